"""The one visible set per entity (可见范围): list, detail, count, search, export, chart and API ask here."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from huiyin.casework.cases.accused import barred_by
from huiyin.casework.cases.models import Case, Demand, Involvement, Submission
from huiyin.casework.cases.permissions import can_read_secrets
from huiyin.records.accounts.models import User
from huiyin.records.accounts.rights import Right


def demands_visible_to(user: User) -> QuerySet[Demand]:
    """The demands this user may see: their agency takes part, is no part of the accused, and seals are kept.

    Law: 《信访工作条例》(2022) 第三十条: accusation material must not reach the accused.
    """
    if not user.is_active or not user.has_right(Right.CASE_READ) or user.agency_id is None:
        return Demand.objects.none()
    visible = Demand.objects.filter(involvements__agency_id=user.agency_id)
    visible = visible.filter(Q(accused_agency=None) | ~Q(accused_agency_id__in=barred_by(user.agency_id)))
    return visible if can_read_secrets(user) else visible.filter(is_sealed=False)


def cases_visible_to(user: User) -> QuerySet[Case]:
    """The cases with at least one demand this user may see."""
    return Case.objects.filter(Exists(demands_visible_to(user).filter(case_id=OuterRef("pk"))))


def submissions_visible_to(user: User) -> QuerySet[Submission]:
    """What people handed in, word for word: only where the user may see every demand of the case.

    A letter that also accuses somebody is not shown to whoever sees only its other demands.
    """
    agency = user.agency_id
    if agency is None:
        return Submission.objects.none()
    hidden = Q(~Exists(Involvement.objects.filter(demand_id=OuterRef("pk"), agency_id=agency)))
    hidden |= Q(accused_agency_id__in=barred_by(agency))
    if not can_read_secrets(user):
        hidden |= Q(is_sealed=True)
    withheld = Demand.objects.filter(hidden, case_id=OuterRef("case_id"))
    visible = demands_visible_to(user).filter(case_id=OuterRef("case_id"))
    return Submission.objects.filter(Exists(visible), ~Exists(withheld))
