"""Tables from other systems read row by row (读取导入表): CSV in any usual encoding, and .xlsx.

Nothing is interpreted here: a cell is text, a formula too. A row that cannot be read is a row with a problem,
never an end of the reading.
"""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from zipfile import BadZipFile

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from huiyin.records.texts.decoding import decode

DELIMITERS = (",", "\t", ";", "|", "，")
LONGEST_CELL = 1_000_000
MOST_BYTES = 2 * 2**30
HEADER_AMONG = 10


class FileUnreadable(Exception):
    """The file as a whole cannot be read; the sentence says what to do."""


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One row as it stands in the file (原始行), with the line it begins on."""

    line: int
    cells: tuple[str, ...]
    problem: str = ""


@dataclass(frozen=True)
class SourceTable:
    """A table of text (导入表): its heading, its rows, and what is known of the file."""

    heading: tuple[str, ...]
    rows: Iterator[SourceRow]
    encoding: str = ""
    is_guessed: bool = False
    expected_rows: int | None = None


def read_table(path: Path, *, is_known: Callable[[str], bool], encoding: str = "") -> SourceTable:
    """Open a table; the heading is the row that names the most known columns among the first ten.

    Raises: FileUnreadable with the way out.
    """
    try:
        if path.stat().st_size > MOST_BYTES:
            raise FileUnreadable(_("文件超过 2 GB：请分成几个文件导入。"))
        if path.suffix.lower() in {".xlsx", ".xlsm"}:
            return _table(_workbook_rows(path), is_known)
        if path.suffix.lower() == ".xls":
            raise FileUnreadable(_("不能读取旧版 .xls 文件：请用表格软件另存为 .xlsx 或者 .csv。"))
        return _text_table(path.read_bytes(), is_known, encoding)
    except OSError as problem:
        raise FileUnreadable(
            _("打不开文件 %(path)s：%(reason)s。") % {"path": path, "reason": problem.strerror or problem}
        ) from problem


def _text_table(data: bytes, is_known: Callable[[str], bool], encoding: str) -> SourceTable:
    if encoding:
        try:
            text, had_errors = data.decode(encoding), False
        except (LookupError, UnicodeDecodeError) as problem:
            raise FileUnreadable(
                _("不能按编码 %(encoding)s 读取文件：请换一个编码，或者不写 --encoding 由系统识别。")
                % {"encoding": encoding}
            ) from problem
        text = text.removeprefix("\ufeff")
    else:
        decoded = decode(data)
        text, encoding, had_errors = decoded.text, decoded.encoding, decoded.had_errors
    lines = list(io.StringIO(text, newline=""))
    delimiter = _delimiter(lines, is_known)
    table = _table(_text_rows(lines, delimiter, is_doubtful=had_errors), is_known)
    return SourceTable(table.heading, table.rows, encoding, had_errors, len(lines))


def _delimiter(lines: Sequence[str], is_known: Callable[[str], bool]) -> str:
    """The separator under which the first lines name the most known columns, then the most columns."""

    def named(delimiter: str) -> tuple[int, int]:
        rows = [_split(line, delimiter) for line in lines[:HEADER_AMONG]]
        return max(((sum(map(is_known, row)), len(row)) for row in rows), default=(0, 0))

    return max(DELIMITERS, key=named)


def _split(line: str, delimiter: str) -> list[str]:
    try:
        return [cell.strip() for cell in next(csv.reader([line], delimiter=delimiter), [])]
    except csv.Error:
        return []


def _text_rows(lines: Sequence[str], delimiter: str, *, is_doubtful: bool) -> Iterator[SourceRow]:
    """Parse record by record; after a quote that is never closed, go on with the next line."""
    csv.field_size_limit(LONGEST_CELL)
    taken = 0
    while taken < len(lines):
        source = _Counted(lines, taken)
        reader = csv.reader(source, delimiter=delimiter)
        while True:
            start = source.taken
            problem, cells = "", []
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error:
                problem = _("一格内容超过一百万字，或者引号没有配对：请改正这一行。")
            if not problem and source.taken - start > 1 and _has_open_quote(lines[start : source.taken]):
                problem = _("引号没有配对，后面的行被吞进了这一格：请补上引号。")
            if problem:
                yield SourceRow(start + 1, (lines[start].rstrip("\r\n")[:LONGEST_CELL],), problem)
                taken = start + 1
                break
            if is_doubtful and any("\ufffd" in cell for cell in cells):
                problem = _("有无法识别的字：请用 --encoding 指明文件编码，或者改正乱码。")
            yield SourceRow(start + 1, tuple(cells), problem)
            taken = source.taken


class _Counted:
    """Lines handed to the parser, counted, so that a row knows where it began."""

    def __init__(self, lines: Sequence[str], start: int) -> None:
        self.lines, self.taken = lines, start

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if self.taken >= len(self.lines):
            raise StopIteration
        self.taken += 1
        return self.lines[self.taken - 1]


def _has_open_quote(lines: Iterable[str]) -> bool:
    return sum(line.count('"') for line in lines) % 2 == 1


def _workbook_rows(path: Path) -> Iterator[SourceRow]:
    """The rows of the first sheet; a formula is text, a whole number has no decimal point."""
    try:
        book = load_workbook(path, read_only=True, data_only=False, keep_links=False)
    except (BadZipFile, InvalidFileException, KeyError, ValueError, EOFError) as problem:
        raise FileUnreadable(
            _("这不是完好的 .xlsx 文件，或者设了打开密码：请用表格软件重新另存。")
        ) from problem
    return _sheet_rows(book)


def _sheet_rows(book: "object") -> Iterator[SourceRow]:
    sheet = book.worksheets[0]  # type: ignore[attr-defined]  # the reader has no public type
    sheet.reset_dimensions()
    for line, row in enumerate(sheet.iter_rows(values_only=True), start=1):
        yield SourceRow(line, tuple(map(cell_text, row)))
    book.close()  # type: ignore[attr-defined]  # see above


def cell_text(value: object) -> str:
    """A cell as its reader would type it (单元格文字)."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, datetime | date | time):
        return value.isoformat(" ") if isinstance(value, datetime) else value.isoformat()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e18:
        return str(int(value))
    return str(value)


def _table(rows: Iterator[SourceRow], is_known: Callable[[str], bool]) -> SourceTable:
    """Find the heading among the first rows that hold anything."""
    first: list[SourceRow] = []
    for row in rows:
        if any(cell.strip() for cell in row.cells):
            first.append(row)
        if len(first) == HEADER_AMONG:
            break
    if not first:
        raise FileUnreadable(_("文件是空的：第一行应当是列名，以下每行一件。"))
    best = max(range(len(first)), key=lambda place: sum(map(is_known, first[place].cells)))
    heading = tuple(cell.strip() for cell in first[best].cells)
    while heading and not heading[-1]:
        heading = heading[:-1]

    def following() -> Iterator[SourceRow]:
        for row in first[best + 1 :]:
            yield _fitted(row, len(heading))
        for row in rows:
            if any(cell.strip() for cell in row.cells):
                yield _fitted(row, len(heading))

    return SourceTable(heading, following())


def _fitted(row: SourceRow, width: int) -> SourceRow:
    """Say when a row has more or fewer cells than the heading; empty cells at its end do not count."""
    cells = row.cells
    while len(cells) > width and not cells[-1].strip():
        cells = cells[:-1]
    if row.problem or len(cells) == width:
        return SourceRow(row.line, cells, row.problem)
    if len(cells) > width:
        problem = _("这一行比表头多出%(count)s列：内容里的逗号、换行请用引号括起来。") % {
            "count": len(cells) - width
        }
    else:
        problem = _("这一行比表头少%(count)s列：可能被截断，请补全。") % {"count": width - len(cells)}
    return SourceRow(row.line, cells, problem)
