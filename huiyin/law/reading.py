"""Read the dated data files (读取规则数据): every fault is a sentence that names the file and the field."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

Choice = TypeVar("Choice", bound=StrEnum)

DATA = Path(__file__).parent / "data"


class LawDataError(ValueError):
    """A data file of the law shelf cannot be right (规则数据有误)."""


class Table:
    """One table of a data file (数据表): typed access, and no field is silently ignored."""

    def __init__(
        self, values: Mapping[str, object], where: str, error: type[LawDataError] = LawDataError
    ) -> None:
        self._values = values
        self._where = where
        self._error = error
        self._read: set[str] = set()

    @property
    def where(self) -> str:
        """Return the place this table was read from (出处)."""
        return self._where

    def __contains__(self, key: str) -> bool:
        return key in self._values

    def names(self) -> tuple[str, ...]:
        """Return the names of the fields (字段名)."""
        return tuple(self._values)

    def values(self) -> Mapping[str, object]:
        """Return the fields as they stand in the file (原始字段)."""
        return self._values

    def fault(self, sentence: str) -> LawDataError:
        """Return the error that says what is wrong here (说明错误)."""
        return self._error(f"{self._where}: {sentence}")

    def _get(self, key: str) -> object:
        self._read.add(key)
        if key not in self._values:
            raise self.fault(f"the field '{key}' is missing.")
        return self._values[key]

    def text(self, key: str, default: str | None = None) -> str:
        """Return a text field (文本)."""
        if key not in self._values and default is not None:
            return default
        value = self._get(key)
        if not isinstance(value, str) or (not value.strip() and default is None):
            raise self.fault(f"the field '{key}' must be a text that is not empty.")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts (文本列表), empty when absent."""
        if key not in self._values:
            return ()
        value = self._get(key)
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self.fault(f"the field '{key}' must be a list of texts.")
        return tuple(str(item) for item in value)

    def choice(self, key: str, options: type[Choice], default: str | None = None) -> Choice:
        """Return one of the values of an enumeration (选项)."""
        value = self.text(key, default)
        try:
            return options(value)
        except ValueError:
            known = ", ".join(option.value for option in options)
            raise self.fault(f"the field '{key}' is '{value}', which is not one of {known}.") from None

    def whole(self, key: str, default: int | None = None) -> int:
        """Return a whole number (整数)."""
        if key not in self._values and default is not None:
            return default
        value = self._get(key)
        if not isinstance(value, int) or isinstance(value, bool):
            raise self.fault(f"the field '{key}' must be a whole number.")
        return value

    def share(self, key: str) -> float:
        """Return a share between 0 and 1 (比例)."""
        value = self._get(key)
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
            raise self.fault(f"the field '{key}' must be a number between 0 and 1.")
        return float(value)

    def flag(self, key: str, default: bool = False) -> bool:
        """Return a yes or no (是否)."""
        if key not in self._values:
            return default
        value = self._get(key)
        if not isinstance(value, bool):
            raise self.fault(f"the field '{key}' must be true or false.")
        return value

    def day(self, key: str) -> date:
        """Return a calendar date (日期); ISO text is taken too, because edited data come as JSON."""
        value = self._get(key)
        if isinstance(value, str):
            try:
                return date.fromisoformat(value)
            except ValueError as reason:
                raise self.fault(f"the field '{key}' is no date: {value!r}.") from reason
        if not isinstance(value, date) or isinstance(value, datetime):
            raise self.fault(f"the field '{key}' must be a date such as 2026-01-01.")
        return value

    def optional_day(self, key: str) -> date | None:
        """Return a date or nothing (可空日期)."""
        return self.day(key) if key in self._values else None

    def table(self, key: str) -> Table:
        """Return a nested table (子表)."""
        value = self._get(key)
        if not isinstance(value, Mapping):
            raise self.fault(f"the field '{key}' must be a table.")
        return Table(value, f"{self._where}, {key}", self._error)

    def tables(self, key: str) -> Iterator[Table]:
        """Yield the tables of a list (表列表), none when absent."""
        if key not in self._values:
            return
        value = self._get(key)
        if not isinstance(value, list) or not all(isinstance(item, Mapping) for item in value):
            raise self.fault(f"the field '{key}' must be a list of tables.")
        for number, item in enumerate(value, start=1):
            yield Table(item, f"{self._where}, {key} {number}", self._error)

    def finish(self) -> None:
        """Refuse fields that nobody read (拒绝未知字段): a misspelt limit must not pass unseen."""
        unknown = sorted(set(self._values) - self._read)
        if unknown:
            raise self.fault(f"unknown field(s): {', '.join(unknown)}.")


def read_file(path: Path, error: type[LawDataError] = LawDataError) -> Table:
    """Read one TOML file (读取一个文件).

    Raises:
        LawDataError: the file is not there, not UTF-8 or not TOML.
    """
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as reason:
        raise error(f"{path.name}: the file cannot be read: {reason}.") from reason
    return Table(values, path.name, error)


def read_folder(path: Path, error: type[LawDataError] = LawDataError) -> list[Table]:
    """Read every TOML file of a folder in the order of its names (读取整个文件夹)."""
    files = sorted(path.glob("*.toml"))
    if not files:
        raise error(f"{path}: there is no .toml file in this folder.")
    return [read_file(file, error) for file in files]
