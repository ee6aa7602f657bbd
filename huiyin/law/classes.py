"""Content classes (信访事项内容分类): a dated list with the way over from the older one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from huiyin.law.reading import DATA, Table, read_folder


@dataclass(frozen=True, slots=True)
class ContentClass:
    """One content class (内容分类); the codes are provisional, two digits a level."""

    code: str
    name_zh: str
    name_en: str
    replaces: tuple[str, ...]
    version: str

    @property
    def parent_code(self) -> str:
        """Return the code of the class above, empty on the first level (上级分类)."""
        return self.code[:-2]

    @property
    def full_code(self) -> str:
        """Return the code at the six digits that other systems write (六位码)."""
        return self.code.ljust(6, "0")


@dataclass(frozen=True, slots=True)
class ClassList:
    """One edition of the content classes (分类版本)."""

    version: str
    in_use_from: date
    classes: Mapping[str, ContentClass]

    def first_level(self) -> tuple[ContentClass, ...]:
        """Return the classes of the first level (一级分类)."""
        return tuple(row for row in self.classes.values() if not row.parent_code)

    def from_older(self, name: str) -> ContentClass | None:
        """Return the class that takes the matters of an older one (旧分类的对应分类)."""
        return next((row for row in self.classes.values() if name in row.replaces), None)

    def find(self, text: str) -> ContentClass | None:
        """Return the class with this code, full code or name, old names included (查找分类)."""
        for row in self.classes.values():
            if text in (row.code, row.full_code, row.name_zh, row.name_en):
                return row
        return self.from_older(text)


@lru_cache(maxsize=4)
def class_lists(folder: Path | None = None) -> Mapping[str, ClassList]:
    """Return every edition by its version (全部分类版本)."""
    editions = (_read(file) for file in read_folder(folder or DATA / "classes"))
    return {edition.version: edition for edition in editions}


def class_list(on: date | None = None) -> ClassList:
    """Return the edition in use on a day, the newest by default (当日分类版本).

    Raises:
        ValueError: no edition was in use yet.
    """
    editions = sorted(class_lists().values(), key=lambda edition: edition.in_use_from)
    usable = [edition for edition in editions if on is None or edition.in_use_from <= on]
    if not usable:
        raise ValueError(
            f"No list of content classes was in use on {on}; the first is of {editions[0].version}."
        )
    return usable[-1]


def _read(root: Table) -> ClassList:
    version = root.text("version")
    in_use_from = root.day("in_use_from")
    classes: dict[str, ContentClass] = {}
    for row in root.tables("class"):
        found = ContentClass(
            row.text("code"), row.text("name_zh"), row.text("name_en"), row.texts("replaces"), version
        )
        row.finish()
        if found.code in classes:
            raise row.fault(f"the code {found.code} is given twice.")
        if not found.code.isdigit() or len(found.code) not in (2, 4, 6):
            raise row.fault(f"the code {found.code} must have 2, 4 or 6 digits.")
        if found.parent_code and found.parent_code not in classes:
            raise row.fault(f"the class {found.code} comes before its parent {found.parent_code}.")
        classes[found.code] = found
    root.finish()
    return ClassList(version, in_use_from, classes)
