"""The visible demands and letters of one matter (可见诉求与信访件): the scope, compiled once for each reader.

Beside the number of the matter a statement depends on nothing but the `Reader`.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import Count, Exists, OuterRef, Subquery

from huiyin.casework.cases.models import Case, Demand
from huiyin.casework.cases.scope import Reader, demands_read_by, reader_of, submissions_read_by
from huiyin.casework.replies.selectors.rows import SubmissionRow
from huiyin.records.accounts.models import User
from huiyin.records.asking import ANY_NUMBER, Question, question

DEMAND = tuple(field.attname for field in Demand._meta.concrete_fields)
CASE = tuple(field.attname for field in Case._meta.concrete_fields)
SUBMISSION = (
    "id",
    "channel",
    "received_at",
    "recorded_at",
    "recorded_by__name",
    "is_supplement",
    "text",
    "evidence",
)


@dataclass(frozen=True, slots=True)
class FoundDemand:
    """A demand with its matter, and what was counted over the whole matter (查得诉求)."""

    demand: Demand
    registered_by: str
    handler: str
    handler_agency_id: int | None
    demands_in_all: int
    is_accused_anywhere: bool


def demands_of_case(user: User, case_id: int) -> list[FoundDemand]:
    """The demands of a matter that this user may see, in their order: one statement."""
    reader = reader_of(user)
    if reader is None:
        return []
    return [_found(row) for row in _demands(connection.vendor, reader).rows(case_id)]


def _found(row: tuple[Any, ...]) -> FoundDemand:
    beside = len(DEMAND) + len(CASE)
    demand = Demand.from_db(connection.alias, DEMAND, row[: len(DEMAND)])
    demand.case = Case.from_db(connection.alias, CASE, row[len(DEMAND) : beside])
    registered_by, handler, handler_agency_id, in_all, is_accused = row[beside:]
    return FoundDemand(demand, registered_by or "", handler or "", handler_agency_id, in_all, is_accused)


def submissions_of_case(user: User, case_id: int) -> tuple[SubmissionRow, ...]:
    """What was handed in for a matter, if this user may read it: one statement."""
    reader = reader_of(user)
    if reader is None:
        return ()
    return tuple(
        SubmissionRow(number, channel, received_at, recorded_at, name or "", is_supplement, text, evidence)
        for number, channel, received_at, recorded_at, name, is_supplement, text, evidence in _submissions(
            connection.vendor, reader
        ).rows(case_id)
    )


@lru_cache(maxsize=1000)
def _demands(_vendor: str, reader: Reader) -> Question:
    of_case = Demand.objects.filter(case_id=OuterRef("case_id")).order_by()
    in_all = of_case.values("case_id").annotate(number=Count("pk")).values("number")
    return question(
        demands_read_by(reader)
        .filter(case_id=ANY_NUMBER)
        .annotate(
            demands_in_all=Subquery(in_all),
            is_accused_anywhere=Exists(of_case.filter(is_sealed=True)),
        )
        .order_by("position")
        .values_list(
            *DEMAND,
            *(f"case__{name}" for name in CASE),
            "case__registered_by__name",
            "handler__name",
            "handler__agency_id",
            "demands_in_all",
            "is_accused_anywhere",
        )
    )


@lru_cache(maxsize=1000)
def _submissions(_vendor: str, reader: Reader) -> Question:
    return question(
        submissions_read_by(reader).filter(case_id=ANY_NUMBER).order_by("id").values_list(*SUBMISSION)
    )
