"""The one visible set per entity (可见范围): list, detail, count, search, export, chart and API ask here."""

from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet

from huiyin.casework.cases.accused import barred_by
from huiyin.casework.cases.models import Case, Demand, Involvement, Submission
from huiyin.casework.cases.permissions import can_read_secrets
from huiyin.records.accounts.models import User
from huiyin.records.accounts.rights import Right


class Reader(NamedTuple):
    """All that the visible set of a user depends on (可见范围的依据): equal readers see the same."""

    agency_id: int
    barred: tuple[int, ...]
    reads_secrets: bool


def reader_of(user: User) -> Reader | None:
    """What decides about the user's visible set; None for whoever sees nothing at all."""
    if not user.is_active or not user.has_right(Right.CASE_READ) or user.agency_id is None:
        return None
    return Reader(user.agency_id, barred_by(user.agency_id), can_read_secrets(user))


def demands_visible_to(user: User) -> QuerySet[Demand]:
    """The demands this user may see (可见诉求)."""
    reader = reader_of(user)
    return Demand.objects.none() if reader is None else demands_read_by(reader)


def demands_read_by(reader: Reader) -> QuerySet[Demand]:
    """The demands where the agency takes part, is no part of the accused, and seals are kept.

    Law: 《信访工作条例》(2022) 第三十条: accusation material must not reach the accused.
    """
    visible = Demand.objects.filter(involvements__agency_id=reader.agency_id)
    visible = visible.filter(Q(accused_agency=None) | ~Q(accused_agency_id__in=reader.barred))
    return visible if reader.reads_secrets else visible.filter(is_sealed=False)


def cases_visible_to(user: User) -> QuerySet[Case]:
    """The cases with at least one demand this user may see."""
    return Case.objects.filter(Exists(demands_visible_to(user).filter(case_id=OuterRef("pk"))))


def submissions_visible_to(user: User) -> QuerySet[Submission]:
    """What people handed in, as far as this user may see it (可见信访件)."""
    reader = reader_of(user)
    return Submission.objects.none() if reader is None else submissions_read_by(reader)


def submissions_read_by(reader: Reader) -> QuerySet[Submission]:
    """What people handed in, word for word: only where the reader sees every demand of the case.

    A letter that also accuses somebody is not shown to whoever sees only its other demands.
    """
    involved = Involvement.objects.filter(demand_id=OuterRef("pk"), agency_id=reader.agency_id)
    hidden = Q(~Exists(involved)) | Q(accused_agency_id__in=reader.barred)
    if not reader.reads_secrets:
        hidden |= Q(is_sealed=True)
    withheld = Demand.objects.filter(hidden, case_id=OuterRef("case_id"))
    visible = demands_read_by(reader).filter(case_id=OuterRef("case_id"))
    return Submission.objects.filter(Exists(visible), ~Exists(withheld))
