"""Changing the reference data: loading files, editing one row from a page (基础数据维护)."""

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from huiyin.records.agencies import loading, rows
from huiyin.records.agencies.directories import AgencyEntry, ClassEntry
from huiyin.records.agencies.errors import ReferenceConflict, ReferenceForbidden, ReferenceInvalid
from huiyin.records.agencies.models import ReferenceChange, ReferenceVersion
from huiyin.records.agencies.permissions import Actor, can_edit_agencies, can_edit_classes
from huiyin.records.agencies.rows import Table
from huiyin.records.agencies.rules import (
    Problem,
    Values,
    agency_problems,
    class_problems,
)
from huiyin.records.agencies.selectors import agency_directory, class_directory, reference_forget


@dataclass
class LoadReport:
    """What loading the files did, as `kind code` lines."""

    created: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    deactivated: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    unchanged: int = 0

    @property
    def is_quiet(self) -> bool:
        """True if the files said nothing new."""
        return not (self.created or self.changed or self.deactivated)


def reference_load(*, folder: Path, by: Actor | None, at: datetime, is_forced: bool = False) -> LoadReport:
    """Bring places, content classes and agencies in line with the files of a folder (载入基础数据).

    A row the files no longer name is closed, never deleted. A field somebody edited on a page is kept
    unless the load is forced. Content classes come from the law shelf where the folder has none.

    Raises: ReferenceForbidden; ReferenceInvalid naming file, entry and rule, before anything is written.
    """
    if by is not None and not (can_edit_agencies(by) and can_edit_classes(by)):
        raise ReferenceForbidden([_("载入基础数据需要系统管理员权限。")])
    files = loading.read_folder(folder)
    if files.classes is None:
        loading.add_law_classes(files)
    with transaction.atomic():
        known = {table.kind: rows.values_of(table) for table in rows.TABLES}
        loading.check(files, known=known)
        report = LoadReport()
        changes: list[ReferenceChange] = []
        for table in rows.TABLES:
            wanted: dict[str, Values] | None = getattr(files, table.kind)
            if wanted is not None:
                load_table(table, wanted, report=report, changes=changes, is_forced=is_forced)
        record(changes=changes, by=by, at=at)
        if not report.is_quiet:
            reference_touch()
    return report


def load_table(
    table: Table,
    wanted: Mapping[str, Values],
    *,
    report: LoadReport,
    changes: list[ReferenceChange],
    is_forced: bool,
) -> None:
    """Create, change or close the rows of one kind; parents come before children."""
    stored = rows.stored(table)
    for code in rows.parents_first(wanted):
        row = stored.get(code)
        if row is None:
            rows.create(table, code, wanted[code], edited=())
            report.created.append(f"{table.kind} {code}")
            changes.append(ReferenceChange(entity=table.kind, code=code, after=wanted[code]))
            continue
        difference = {name: value for name, value in wanted[code].items() if row.values[name] != value}
        kept = [] if is_forced else sorted(row.edited & difference.keys())
        report.kept += [f"{table.kind} {code} {name}" for name in kept]
        difference = {name: value for name, value in difference.items() if name not in kept}
        if not difference:
            report.unchanged += 1
            continue
        rows.update(table, code, difference, edited=row.edited - difference.keys())
        report.changed.append(f"{table.kind} {code}")
        changes.append(change_of(table, code, row.values, difference))
    for code, row in stored.items():
        if code in wanted or not row.values["is_active"] or ("is_active" in row.edited and not is_forced):
            continue
        rows.update(table, code, {"is_active": False}, edited=row.edited)
        report.deactivated.append(f"{table.kind} {code}")
        changes.append(change_of(table, code, row.values, {"is_active": False}))


def agency_save(
    *, code: str, values: Mapping[str, Any], expected: int | None, by: Actor | None, at: datetime
) -> AgencyEntry:
    """Add an agency (expected=None) or change fields of one that is still at revision `expected` (维护机构).

    Raises: ReferenceForbidden, ReferenceInvalid, ReferenceConflict.
    """
    if by is not None and not can_edit_agencies(by):
        raise ReferenceForbidden([_("维护机构资料需要系统管理员权限。")])
    with transaction.atomic():
        save(table=rows.AGENCIES, code=code, values=values, expected=expected, by=by, at=at)
        entry = agency_directory().by_code(code)
    assert entry is not None
    return entry


def remit_set(
    *, code: str, remits: Iterable[tuple[str, str]], expected: int, by: Actor | None, at: datetime
) -> AgencyEntry:
    """Say anew what an agency is for: pairs of class prefix and place prefix (维护职责范围).

    Raises: ReferenceForbidden, ReferenceInvalid, ReferenceConflict.
    """
    pairs = sorted({(class_prefix, place) for class_prefix, place in remits})
    return agency_save(
        code=code, values={"remits": [list(pair) for pair in pairs]}, expected=expected, by=by, at=at
    )


def class_save(
    *, code: str, values: Mapping[str, Any], expected: int | None, by: Actor | None, at: datetime
) -> ClassEntry:
    """Add a content class or change one that is still at revision `expected` (维护内容分类).

    Raises: ReferenceForbidden, ReferenceInvalid, ReferenceConflict.
    """
    if by is not None and not can_edit_classes(by):
        raise ReferenceForbidden([_("维护内容分类需要基础数据维护权限。")])
    with transaction.atomic():
        save(table=rows.CLASSES, code=code, values=values, expected=expected, by=by, at=at)
        entry = class_directory().get(code)
    assert entry is not None
    return entry


def save(
    *,
    table: Table,
    code: str,
    values: Mapping[str, Any],
    expected: int | None,
    by: Actor | None,
    at: datetime,
) -> None:
    """Check one row among all others, write it if nobody else did, and record the change."""
    stored = rows.stored(table)
    row = stored.get(code)
    given = as_given(table, code, values)
    if expected is None and row is not None:
        raise ReferenceInvalid([str(Problem(code, "code", _("代码已被使用，请换一个代码。")))])
    if expected is not None and (row is None or row.revision != expected):
        raise conflict(code)
    old = row.values if row else loading.DEFAULTS[table.kind] | {"position": len(stored) + 1}
    complete = {name: given.get(name, old.get(name, "")) for name in table.fields}
    before = {other: kept.values for other, kept in stored.items()}
    refuse_problems(table, before, before | {code: complete})
    if row is None:
        rows.create(table, code, complete, edited=table.fields)
        record(changes=[ReferenceChange(entity=table.kind, code=code, after=complete)], by=by, at=at)
    else:
        difference = {name: value for name, value in given.items() if row.values[name] != value}
        if not difference:
            return
        edited = row.edited | difference.keys()
        if not rows.update(table, code, difference, edited=edited, expected=expected):
            raise conflict(code)
        record(changes=[change_of(table, code, row.values, difference)], by=by, at=at)
    reference_touch()


def as_given(table: Table, code: str, values: Mapping[str, Any]) -> Values:
    """Refuse fields the table does not have; trim texts."""
    unknown = sorted(set(values) - set(table.fields))
    if unknown:
        raise ReferenceInvalid([str(Problem(code, name, _("没有这个字段。"))) for name in unknown])
    return {name: value.strip() if isinstance(value, str) else value for name, value in values.items()}


def refuse_problems(table: Table, before: Mapping[str, Values], after: Mapping[str, Values]) -> None:
    """Refuse a change that brings a breach which was not there before."""
    if table is rows.CLASSES:
        old, new = set(class_problems(before)), list(class_problems(after))
    else:
        known = {
            "class_codes": rows.values_of(rows.CLASSES),
            "region_codes": rows.values_of(rows.REGIONS),
        }
        old, new = set(agency_problems(before, **known)), list(agency_problems(after, **known))
    if problems := [str(problem) for problem in new if problem not in old]:
        raise ReferenceInvalid(problems)


def conflict(code: str) -> ReferenceConflict:
    return ReferenceConflict([_("%s 已被他人修改或不存在，请刷新页面后重新填写。") % code])


def change_of(table: Table, code: str, old: Values, difference: Values) -> ReferenceChange:
    """Describe a change by the fields that differ."""
    before = {name: old[name] for name in difference}
    return ReferenceChange(entity=table.kind, code=code, before=before, after=dict(difference))


def record(*, changes: list[ReferenceChange], by: Actor | None, at: datetime) -> None:
    """Add the lines that say who changed what; nothing ever changes or removes them."""
    for change in changes:
        change.at = at
        change.user_id = by.pk if by else None
        change.username = by.username if by else ""
    ReferenceChange.objects.bulk_create(changes)


def reference_touch() -> None:
    """Tell every process that the reference data changed: this one now, the others within a second.

    The value is random and not counted up: after a roll-back the same number could otherwise stand for
    other rows.
    """
    value = secrets.randbits(62)
    if not ReferenceVersion.objects.filter(id=1).update(value=value):
        ReferenceVersion.objects.create(id=1, value=value)
    reference_forget()
    transaction.on_commit(reference_forget)
