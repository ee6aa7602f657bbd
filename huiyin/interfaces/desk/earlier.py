"""Earlier matters beside the form (查重): same petitioner by number, same text and place by words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.http import QueryDict

from huiyin.casework.cases.selectors import case_lines, statements_visible
from huiyin.casework.matching.selectors import Match, earlier_matters
from huiyin.interfaces.desk import wording
from huiyin.interfaces.desk.list_tables import case_url
from huiyin.records.vault.details import IdentityDetails

if TYPE_CHECKING:
    from huiyin.records.accounts.models import User

LONGEST = 20_000
MOST = 20


@dataclass(frozen=True, slots=True)
class Candidate:
    """An earlier matter with the reasons a clerk can check (疑似同一事项)."""

    case_id: int
    number: str
    url: str
    text: str
    place: str
    registered_at: datetime
    is_same_petitioner: bool
    is_same_place: bool
    percent: int
    is_likely: bool = False


def panel(user: User, given: QueryDict) -> dict[str, Any]:
    """What the panel shows for what is typed so far."""
    details = IdentityDetails(
        **{name: given.get(name, "").strip() for name in ("name", "phone", "id_number")}
    )
    text = " ".join([given.get("text", ""), *statements(given)])[:LONGEST]
    found = candidates(
        user,
        text=text,
        region_code=given.get("region_code", ""),
        details=None if given.get("naming") == "anonymous" else details,
        likely=given.getlist("likely"),
    )
    return {"candidates": found, "is_asked": bool(text.strip() or not details.is_empty)}


def statements(given: QueryDict) -> list[str]:
    return [str(given.get(name, "")) for name in given if name.endswith("-statement")]


def candidates(
    user: User,
    *,
    text: str,
    region_code: str,
    details: IdentityDetails | None = None,
    exclude_case_id: int | None = None,
    likely: list[str] | tuple[str, ...] = (),
) -> tuple[Candidate, ...]:
    """Earlier matters within the scope; a title may tell of demands of others, so it is not shown."""
    found = earlier_matters(
        user=user,
        text=text,
        region_code=region_code,
        details=details,
        exclude_case_id=exclude_case_id,
    )
    own = statements_visible(user=user, case_ids=[match.case_id for match in found if not match.excerpt])
    return tuple(candidate(match, own, str(match.case_id) in likely) for match in found)


def candidate(match: Match, own: dict[int, str], is_likely: bool) -> Candidate:
    return Candidate(
        case_id=match.case_id,
        number=match.number,
        url=case_url(match.case_id),
        text=match.excerpt or own.get(match.case_id, ""),
        place=match.place,
        registered_at=match.registered_at,
        is_same_petitioner=match.is_same_petitioner,
        is_same_place=match.is_same_place,
        percent=round(match.likeness * 100),
        is_likely=is_likely,
    )


def named_candidates(user: User, likely: list[str], *, known: set[int]) -> tuple[Candidate, ...]:
    """Matters that the clerk ticked before registering and that the text alone does not find."""
    wanted = [int(value) for value in likely if value.isdecimal() and len(value) < 19]
    rows = case_lines(user=user, case_ids=[one for one in wanted if one not in known][:MOST])
    return tuple(
        Candidate(
            case_id=row.case_id,
            number=row.number,
            url=case_url(row.case_id),
            text=row.statement,
            place=wording.place_text(row),
            registered_at=row.received_at,
            is_same_petitioner=False,
            is_same_place=False,
            percent=0,
            is_likely=True,
        )
        for row in rows
    )
