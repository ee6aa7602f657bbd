"""Reading the reference files of an office: TOML in, checked rows out (基础数据文件)."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from huiyin.law.classes import class_list
from huiyin.records.agencies.errors import ReferenceInvalid
from huiyin.records.agencies.models import Profile
from huiyin.records.agencies.rules import (
    AGENCY_FIELDS,
    CLASS_FIELDS,
    REGION_FIELDS,
    Values,
    agency_problems,
    class_problems,
    region_level,
    region_parent,
    region_prefix,
    region_problems,
)

SHIPPED = Path(__file__).resolve().parent / "reference"

DEFAULTS: Mapping[str, Values] = {
    "regions": {"name_en": "", "is_active": True},
    "classes": {"name_en": "", "parent_code": "", "is_active": True},
    "agencies": {
        "name_en": "",
        "parent_code": "",
        "profile": str(Profile.UNIT),
        "is_discipline": False,
        "takes_petitions": True,
        "reception_place": "",
        "reception_hours": "",
        "phone": "",
        "postal_address": "",
        "document_word": "",
        "is_active": True,
        "remits": [],
    },
}
FIELDS: Mapping[str, tuple[str, ...]] = {
    "regions": REGION_FIELDS,
    "classes": CLASS_FIELDS,
    "agencies": AGENCY_FIELDS,
}
COMPUTED = frozenset({"level", "position"})


@dataclass
class ReferenceFiles:
    """What the files of a folder say; a kind of row that no file mentions is None."""

    regions: dict[str, Values] | None = None
    classes: dict[str, Values] | None = None
    agencies: dict[str, Values] | None = None
    sources: dict[tuple[str, str], str] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)


def read_folder(folder: Path) -> ReferenceFiles:
    """Read all `*.toml` of a folder; collect every breach before refusing.

    Raises: ReferenceInvalid naming file, entry and rule.
    """
    files = ReferenceFiles()
    paths = sorted(folder.glob("*.toml"))
    if not paths:
        raise ReferenceInvalid([_("文件夹 %s 中没有基础数据文件（*.toml）。") % folder])
    for path in paths:
        read_file(path, files)
    if files.problems:
        raise ReferenceInvalid(files.problems)
    return files


def read_file(path: Path, files: ReferenceFiles) -> None:
    """Add the rows of one file."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as unreadable:
        files.problems.append(_("%(file)s: 无法读取（%(why)s）。") % {"file": path.name, "why": unreadable})
        return
    for kind, entries in content.items():
        if kind not in FIELDS or not isinstance(entries, list):
            known = "、".join(FIELDS)
            files.problems.append(
                _("%(file)s: 不认识的内容 %(kind)s；可用：%(known)s。")
                % {"file": path.name, "kind": kind, "known": known}
            )
            continue
        rows: dict[str, Values] = getattr(files, kind) or {}
        setattr(files, kind, rows)
        for entry in entries:
            add_row(kind, entry, rows, path.name, files)


def add_row(kind: str, entry: Any, rows: dict[str, Values], file: str, files: ReferenceFiles) -> None:
    """Add one entry; say what is missing, unknown or there twice."""
    code = str(entry.get("code", "")) if isinstance(entry, dict) else ""
    if not code:
        files.problems.append(_("%(file)s: 有一项没有 code:%(entry)s") % {"file": file, "entry": entry})
        return
    where = f"{file}: {code}"
    allowed = set(FIELDS[kind]) - COMPUTED
    if kind == "regions":
        allowed.discard("parent_code")
    given = {name: value for name, value in entry.items() if name != "code"}
    unknown = sorted(set(given) - allowed)
    missing = sorted(allowed - set(given) - set(DEFAULTS[kind]))
    if unknown:
        files.problems.append(f"{where}: " + _("不认识的字段 %s。") % "、".join(unknown))
    if missing:
        files.problems.append(f"{where}: " + _("缺少字段 %s。") % "、".join(missing))
    if code in rows:
        files.problems.append(f"{where}: " + _("代码重复，已见于 %s。") % files.sources[kind, code])
    if unknown or missing or code in rows:
        return
    files.sources[kind, code] = file
    rows[code] = complete(kind, code, DEFAULTS[kind] | given, position=len(rows) + 1)


def complete(kind: str, code: str, values: Values, *, position: int) -> Values:
    """Fill in what follows from the code or from the place in the file."""
    if kind == "regions":
        return values | {"level": region_level(code), "parent_code": region_parent(code)}
    if kind == "classes":
        return values
    return values | {
        "position": position,
        "remits": remit_pairs(values["remits"], str(values["region_code"])),
    }


def class_prefix(code: str) -> str:
    """Cut a class code down to what all classes under it share: 020000 and its children begin with 02."""
    while len(code) > 2 and code.endswith("00"):
        code = code[:-2]
    return code


def name_remits(files: ReferenceFiles, classes: Mapping[str, Values]) -> None:
    """Turn the names of content classes in remits into their codes; what is no name is taken for a code."""
    codes: dict[str, str] = {}
    for code in sorted(classes, key=len, reverse=True):
        codes[classes[code]["name"]] = class_prefix(code)
    for values in (files.agencies or {}).values():
        values["remits"] = sorted([codes.get(name, name), place] for name, place in values["remits"])


def add_law_classes(files: ReferenceFiles) -> None:
    """Take the content classes from the law shelf, where they are dated and cited (内容分类)."""
    files.classes = {}
    for entry in class_list().classes.values():
        files.sources["classes", entry.code] = "huiyin/law/data/classes"
        files.classes[entry.code] = {
            "name": entry.name_zh,
            "name_en": entry.name_en,
            "parent_code": entry.parent_code,
            "version": entry.version,
            "is_active": True,
        }


def remit_pairs(remits: Iterable[str], region_code: str) -> list[list[str]]:
    """Read `class` or `class@place`; without a place the remit is all of the agency's own place."""
    pairs = [remit.partition("@") for remit in remits]
    own = region_prefix(region_code)
    return sorted([class_prefix, place or own] for class_prefix, _at, place in pairs)


def check(files: ReferenceFiles, *, known: Mapping[str, Mapping[str, Values]]) -> None:
    """Check what the files say against the rules, with the known rows where the files are silent.

    Raises: ReferenceInvalid naming file, entry and rule.
    """
    regions = known["regions"] if files.regions is None else files.regions
    classes = known["classes"] if files.classes is None else files.classes
    name_remits(files, classes)
    problems = [("regions", problem) for problem in region_problems(files.regions or {})]
    problems += [("classes", problem) for problem in class_problems(files.classes or {})]
    problems += [
        ("agencies", problem)
        for problem in agency_problems(files.agencies or {}, class_codes=classes, region_codes=regions)
    ]
    if problems:
        raise ReferenceInvalid(
            [f"{files.sources.get((kind, problem.code), '?')}: {problem}" for kind, problem in problems]
        )
