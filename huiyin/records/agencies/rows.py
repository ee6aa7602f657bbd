"""Rows of the reference tables as plain values and back, the same way for all three kinds."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import F

from huiyin.records.agencies.models import Agency, ContentClass, Edited, Region, Remit
from huiyin.records.agencies.rules import AGENCY_FIELDS, CLASS_FIELDS, REGION_FIELDS, Values


@dataclass(frozen=True)
class Table:
    """One kind of reference row: its name in the files, its model and its fields."""

    kind: str
    model: type[Agency] | type[ContentClass] | type[Region]
    fields: tuple[str, ...]

    @property
    def has_parent_row(self) -> bool:
        """Classes name their parent by code only; places and agencies point at its row."""
        return self.model is not ContentClass


@dataclass(frozen=True, slots=True)
class Stored:
    """A row as it stands in the database."""

    values: Values
    revision: int
    edited: frozenset[str]


REGIONS = Table("regions", Region, REGION_FIELDS)
CLASSES = Table("classes", ContentClass, CLASS_FIELDS)
AGENCIES = Table("agencies", Agency, AGENCY_FIELDS)
TABLES = (REGIONS, CLASSES, AGENCIES)


def stored(table: Table) -> dict[str, Stored]:
    """Read all rows of one kind, in the order of their code or position."""
    remits = remits_by_agency() if table is AGENCIES else {}
    found: dict[str, Stored] = {}
    all_rows: list[Any] = list(table.model._default_manager.all())
    codes = {row.pk: row.code for row in all_rows}
    for row in all_rows:
        values = {name: getattr(row, name) for name in table.fields if name not in ("parent_code", "remits")}
        values["parent_code"] = (
            row.parent_code if isinstance(row, ContentClass) else codes.get(row.parent_id, "")
        )
        if table is AGENCIES:
            values["remits"] = remits.get(row.pk, [])
        found[row.code] = Stored(values, row.revision, row.edited)
    return found


def values_of(table: Table) -> dict[str, Values]:
    """Read all rows of one kind, values only."""
    return {code: row.values for code, row in stored(table).items()}


def remits_by_agency() -> dict[int, list[list[str]]]:
    """Read all remits as sorted pairs per agency."""
    found: dict[int, list[list[str]]] = {}
    for agency_id, class_prefix, region_prefix in Remit.objects.order_by(
        "class_prefix", "region_prefix"
    ).values_list("agency_id", "class_prefix", "region_prefix"):
        found.setdefault(agency_id, []).append([class_prefix, region_prefix])
    return found


def parents_first(wanted: Mapping[str, Values]) -> Iterator[str]:
    """Give the codes so that a parent comes before its children, otherwise in the given order."""
    given: set[str] = set()

    def visit(code: str) -> Iterator[str]:
        if code in given or code not in wanted:
            return
        yield from visit(wanted[code]["parent_code"])
        given.add(code)
        yield code

    for code in wanted:
        yield from visit(code)


def columns(table: Table, values: Values) -> dict[str, Any]:
    """Turn plain values into columns: the parent's code becomes its row, remits live in their own table."""
    found = {name: value for name, value in values.items() if name != "remits"}
    if table.has_parent_row and "parent_code" in found:
        code = found.pop("parent_code")
        found["parent_id"] = (
            table.model._default_manager.values_list("pk", flat=True).get(code=code) if code else None
        )
    return found


def create(table: Table, code: str, values: Values, *, edited: Iterable[str]) -> Edited:
    """Add a row, with the fields that were set by hand."""
    row: Edited = table.model._default_manager.create(
        code=code, edited_fields=" ".join(sorted(edited)), **columns(table, values)
    )
    if "remits" in values:
        write_remits(row.pk, values["remits"])
    return row


def update(
    table: Table, code: str, difference: Values, *, edited: Iterable[str], expected: int | None = None
) -> bool:
    """Change fields of a row, if it is still at the expected revision; say whether it was."""
    rows = table.model._default_manager.filter(code=code)
    if expected is not None:
        rows = rows.filter(revision=expected)
    is_changed = rows.update(
        revision=F("revision") + 1,
        edited_fields=" ".join(sorted(edited)),
        **columns(table, difference),
    )
    if is_changed and "remits" in difference:
        agency_id = Agency.objects.values_list("pk", flat=True).get(code=code)
        write_remits(agency_id, difference["remits"])
    return bool(is_changed)


def write_remits(agency_id: int, pairs: Iterable[Iterable[str]]) -> None:
    """Replace the remits of an agency; the change record keeps the old ones."""
    Remit.objects.filter(agency_id=agency_id).delete()
    Remit.objects.bulk_create(
        Remit(agency_id=agency_id, class_prefix=class_prefix, region_prefix=region_prefix)
        for class_prefix, region_prefix in pairs
    )
