"""Find earlier matters (查重): same petitioner by blind index, same text and place by words.

Matters are compared, persons are never counted.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from huiyin.casework.cases.accused import barred_by
from huiyin.casework.cases.models import Case, Demand, Naming, Submission
from huiyin.casework.cases.numbers import case_number
from huiyin.casework.cases.permissions import can_read_secrets
from huiyin.casework.cases.scope import cases_visible_to, submissions_visible_to
from huiyin.casework.matching.models import CaseLink, LinkKind
from huiyin.records.accounts.models import User
from huiyin.records.agencies.selectors import region_directory
from huiyin.records.texts.search import filter_any_two
from huiyin.records.texts.words import cosine, salient_words, shape_of
from huiyin.records.vault.details import IdentityDetails
from huiyin.records.vault.selectors import identities_like, identities_named

MOST_SHOWN = 8
FLOOR = 0.12
SAME_PLACE_BONUS = 0.1


@dataclass(frozen=True)
class Match:
    """An earlier matter that may be the same (疑似同一事项), with the reasons a clerk can check."""

    case_id: int
    number: str
    title: str
    registered_at: datetime
    place: str
    is_same_petitioner: bool
    is_same_place: bool
    likeness: float
    excerpt: str


@dataclass(frozen=True)
class LinkRow:
    """A standing or undone finding about two matters, seen from one of them."""

    id: int
    other_id: int
    other_number: str
    kind: LinkKind
    reason: str
    made_at: datetime
    is_undone: bool
    undo_reason: str
    is_other_visible: bool


def earlier_matters(
    *,
    user: User,
    text: str,
    region_code: str = "",
    details: IdentityDetails | None = None,
    exclude_case_id: int | None = None,
) -> list[Match]:
    """Earlier matters within the user's scope with the same petitioner, or the same text and place.

    The petitioner is found by telephone or identity number, or by name in the same place.
    """
    own = _cases_of(user, details, region_code)
    likely = _submissions_like(user, text)
    rows: dict[int, Match] = {}
    wanted = shape_of(text)
    for case in own:
        rows[case.pk] = _match(
            case, text="", title="", wanted=wanted, region_code=region_code, is_same_petitioner=True
        )
    own_ids = set(rows)
    for submission in likely:
        case = submission.case
        match = _match(
            case,
            text=submission.text,
            title=case.title,
            wanted=wanted,
            region_code=region_code,
            is_same_petitioner=case.pk in own_ids,
        )
        if match.likeness >= rows.get(case.pk, match).likeness:
            rows[case.pk] = match
    found = [
        match
        for match in rows.values()
        if match.case_id != exclude_case_id and (match.is_same_petitioner or match.likeness >= FLOOR)
    ]
    return sorted(found, key=_rank, reverse=True)[:MOST_SHOWN]


def _rank(match: Match) -> float:
    return match.likeness + SAME_PLACE_BONUS * match.is_same_place + 0.5 * match.is_same_petitioner


def _cases_of(user: User, details: IdentityDetails | None, region_code: str) -> Iterable[Case]:
    if details is None or details.is_empty:
        return ()
    sure = identities_like(details) if details.phone or details.id_number else set()
    named = identities_named(details.name) if details.name and region_code else set()
    if not sure and not named:
        return ()
    same = _has_identity(sure)
    if named:
        same |= _has_identity(named) & Q(region_code__startswith=region_code[:9])
    told = cases_visible_to(user).filter(same).filter(_identity_told_to(user))
    return told.order_by("-id")[:MOST_SHOWN]


def _identity_told_to(user: User) -> Q:
    """Cases whose petitioner is no secret to the user: trying out telephone numbers must not find one.

    Law: 《信访工作条例》(2022) 第三十条; 《北京市信访条例》第十六条.
    """
    agency = user.agency_id or 0
    sealed = Demand.objects.filter(case_id=OuterRef("pk"), is_sealed=True)
    if can_read_secrets(user):
        sealed = sealed.filter(accused_agency_id__in=barred_by(agency))
    return (Q(naming=Naming.NAMED) | Q(office_id=agency)) & ~Q(Exists(sealed))


def _has_identity(ids: set[UUID]) -> Q:
    return Q(identity_id__in=ids) | Q(petitioners__identity_id__in=ids)


def _submissions_like(user: User, text: str) -> QuerySet[Submission]:
    words = salient_words(text)
    if len(words) < 2:
        return Submission.objects.none()
    found = filter_any_two(submissions_visible_to(user), words, using_vendor=connection.vendor)
    # The tokens are longer than the text they were made of, and nobody compares them here.
    return found.select_related("case").defer("words", "evidence")


def _match(
    case: Case,
    *,
    text: str,
    title: str,
    wanted: dict[str, float],
    region_code: str,
    is_same_petitioner: bool,
) -> Match:
    """One candidate; the title of the whole matter is only for who may read the whole of it."""
    same_place = bool(region_code) and case.region_code[:9] == region_code[:9]
    return Match(
        case_id=case.pk,
        number=case.number,
        title=title,
        registered_at=case.registered_at,
        place=case.place or region_directory().name(case.region_code),
        is_same_petitioner=is_same_petitioner,
        is_same_place=same_place,
        likeness=round(cosine(shape_of(text), wanted), 3) if text else 0.0,
        excerpt=" ".join(text.split())[:120],
    )


def links_of(*, user: User, case_id: int) -> list[LinkRow]:
    """The findings about one matter; of a matter the user may not see, only that there is one."""
    links = list(
        CaseLink.objects.filter(Q(earlier_id=case_id) | Q(later_id=case_id))
        .select_related("earlier", "later")
        .order_by("-id")
    )
    others = {link.later_id if link.earlier_id == case_id else link.earlier_id for link in links}
    visible = (
        set(cases_visible_to(user).filter(pk__in=others).values_list("pk", flat=True)) if others else set()
    )
    hidden = others - visible
    # That a matter has to do with an accusation is itself part of the accusation.
    sealed = (
        set(Demand.objects.filter(case_id__in=hidden, is_sealed=True).values_list("case_id", flat=True))
        if hidden
        else set()
    )
    rows = []
    for link in links:
        other = link.later if link.earlier_id == case_id else link.earlier
        if other.pk in sealed:
            continue
        rows.append(
            LinkRow(
                id=link.pk,
                other_id=other.pk if other.pk in visible else 0,
                other_number=case_number(other.year, other.pk) if other.pk in visible else "",
                kind=LinkKind(link.kind),
                reason=link.reason if other.pk in visible else "",
                made_at=link.made_at,
                is_undone=link.undone_at is not None,
                undo_reason=link.undo_reason if other.pk in visible else "",
                is_other_visible=other.pk in visible,
            )
        )
    return rows
