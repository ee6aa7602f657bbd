"""Everything that hangs on a matter's demands, from nine tables in one statement (一次取全).

Each table gives rows of two columns, its name and a JSON object, so that one UNION ALL holds them all. The
SQL is compiled once for each database and reused: only the number of the matter changes.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from types import UnionType
from typing import Any, TypeVar, get_args, get_type_hints
from uuid import UUID

from django.db import connection
from django.db.models import F, Model, Value
from django.db.models.functions import JSONObject

from huiyin.casework.cases.models import Clock, Petitioner
from huiyin.casework.replies.models import Delivery, Extension, Rating, Reply, Report, StepEvidence
from huiyin.casework.replies.selectors.rows import (
    ClockRow,
    DeliveryRow,
    EvidenceRow,
    ExtensionRow,
    FileRow,
    ObjectionRow,
    PersonRow,
    RatingRow,
    ReferralRow,
    ReplyRow,
    ReportRow,
)
from huiyin.casework.routing.models import Objection, Referral
from huiyin.records.asking import ANY_NUMBER
from huiyin.records.documents.models import Attachment


@dataclass(frozen=True)
class Source:
    """One table: how its rows find their matter, and where a field's name differs from its column."""

    table: type[Model]
    row: type
    case: str = "demand__case_id"
    renamed: Mapping[str, str] | None = None


SOURCES: Mapping[str, Source] = {
    "clock": Source(Clock, ClockRow),
    "evidence": Source(StepEvidence, EvidenceRow, renamed={"recorded_by": "recorded_by__name"}),
    "referral": Source(Referral, ReferralRow),
    "objection": Source(
        Objection,
        ObjectionRow,
        "referral__demand__case_id",
        {
            "demand_id": "referral__demand_id",
            "sender_id": "referral__sender_id",
            "receiver_id": "referral__receiver_id",
        },
    ),
    "extension": Source(Extension, ExtensionRow, renamed={"requested_by": "requested_by__name"}),
    "reply": Source(Reply, ReplyRow, renamed={"drafted_by": "drafted_by__name"}),
    "delivery": Source(Delivery, DeliveryRow),
    "report": Source(Report, ReportRow),
    "rating": Source(Rating, RatingRow),
    "person": Source(Petitioner, PersonRow, "case_id"),
    "file": Source(Attachment, FileRow, "matter_id"),
}

T = TypeVar("T")


class Notes:
    """The rows found, by table, oldest first."""

    def __init__(self, found: Mapping[str, list[dict[str, Any]]]) -> None:
        self._found = found

    def of(self, source: str, row: type[T], *, demand_id: int | None = None) -> tuple[T, ...]:
        """The rows of one table, of one demand if it is named."""
        rows = (
            each
            for each in self._found.get(source, ())
            if demand_id is None or each["demand_id"] == demand_id
        )
        return tuple(_read(row, each) for each in sorted(rows, key=lambda each: each["id"]))


def notes_of(case_id: int) -> Notes:
    """Fetch all rows of a matter: one statement. The caller shows those of visible demands only."""
    sql, params = _statement(connection.vendor)
    found: dict[str, list[dict[str, Any]]] = {}
    with connection.cursor() as cursor:
        cursor.execute(sql, [case_id if value == ANY_NUMBER else value for value in params])
        for source, content in cursor.fetchall():
            found.setdefault(source, []).append(json.loads(content) if isinstance(content, str) else content)
    return Notes(found)


@lru_cache(maxsize=4)
def _statement(vendor: str) -> tuple[str, tuple[Any, ...]]:
    first, *others = [_rows(name, source) for name, source in SOURCES.items()]
    sql, params = first.union(*others, all=True).query.sql_with_params()
    return sql, tuple(params)


def _rows(name: str, source: Source) -> Any:
    renamed = source.renamed or {}
    columns = {field: F(renamed.get(field, field)) for field in get_type_hints(source.row)}
    return (
        source.table._default_manager.filter(**{source.case: ANY_NUMBER})
        .order_by()
        .annotate(source_name=Value(name), source_row=JSONObject(**columns))
        .values_list("source_name", "source_row")
    )


def _read(row: type[T], values: Mapping[str, Any]) -> T:
    shape: Any = row
    fields = {}
    for name, reader in _readers(shape):
        value = values[name]
        fields[name] = reader(value) if reader and value is not None else value
    return row(**fields)


@lru_cache(maxsize=32)
def _readers(row: Any) -> tuple[tuple[str, Callable[[Any], object] | None], ...]:
    """How each field of a row comes back from JSON; None where JSON has the type itself."""
    return tuple((name, _READERS.get(_plain(hint))) for name, hint in get_type_hints(row).items())


def _plain(hint: object) -> object:
    if isinstance(hint, UnionType):
        return next(part for part in get_args(hint) if part is not type(None))
    return hint


def _moment(text: str) -> datetime:
    """SQLite writes moments without their zone, which is UTC."""
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


_READERS: Mapping[object, Callable[[Any], object]] = {
    date: lambda text: date.fromisoformat(text[:10]),
    datetime: _moment,
    bool: bool,
    UUID: UUID,
}
