"""Lists as files (导出): Excel written by a compiled library, or CSV sent line by line.

Every file begins with who took it, when, and of what: a list that turns up elsewhere can be traced.
"""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import lru_cache
from itertools import islice
from typing import IO, TYPE_CHECKING

from django.http import FileResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from rustpy_xlsxwriter import write_worksheet

from huiyin.casework.cases.filters import ListFilter
from huiyin.casework.cases.selectors import WorkRow
from huiyin.interfaces.desk import wording
from huiyin.interfaces.desk.list_tables import SEALED
from huiyin.interfaces.desk.navigation import LIST_LABELS

if TYPE_CHECKING:
    from huiyin.records.accounts.models import User

KINDS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
# Excel itself takes 1,048,576 rows on a sheet.
MOST_ROWS = 1_000_000
LINES_AT_ONCE = 500
# A spreadsheet program would calculate what begins so, a Chinese one also after the full-width signs; the
# apostrophe makes it a text.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def mark_of(user: User, name: str, wanted: ListFilter, at: datetime) -> str:
    """Who took which list when, and how narrowed (水印)."""
    return _("%(list)s · %(agency)s %(user)s（%(username)s）导出 · %(time)s · 范围：%(scope)s") % {
        "list": LIST_LABELS[name],
        "agency": wording.agency_text(user.agency_id),
        "user": user.name,
        "username": user.username,
        "time": timezone.localtime(at).strftime("%Y-%m-%d %H:%M:%S"),
        "scope": wanted.as_query() or _("本单位可见的全部"),
    }


def headings() -> tuple[str, ...]:
    return (
        _("登记号"),
        _("诉求序号"),
        _("诉求"),
        _("地点"),
        _("问题属地"),
        _("内容分类"),
        _("诉求类别"),
        _("阶段"),
        _("责任单位"),
        _("期限"),
        _("收到日期"),
        _("渠道"),
    )


class Names:
    """Names of codes, each looked up once for a whole file."""

    def __init__(self) -> None:
        self.stage = lru_cache(None)(wording.stage_text)
        self.branch = lru_cache(None)(wording.branch_text)
        self.content_class = lru_cache(None)(wording.class_text)
        self.region = lru_cache(None)(wording.region_text)
        self.agency = lru_cache(None)(wording.agency_text)
        self.channel = lru_cache(None)(lambda code: str(wording.channel_text(code)))
        self.sealed = str(SEALED)

    def cells(self, row: WorkRow) -> tuple[str, ...]:
        """A line of the file; the accusation itself is in none."""
        return (
            row.number,
            str(row.position),
            self.sealed if row.is_sealed else row.statement,
            row.place,
            self.region(row.region_code),
            self.content_class(row.content_class),
            self.branch(row.branch),
            self.stage(row.stage),
            self.agency(row.holder_id),
            row.due_on.isoformat() if row.due_on and row.is_open else "",
            row.received_at.astimezone(wording.PLACE_ZONE).date().isoformat(),
            self.channel(row.channel),
        )


def file_response(kind: str, mark: str, rows: Iterable[WorkRow], stamp: str) -> HttpResponseBase:
    """The list as a download; nothing keeps a copy (导出文件)."""
    names = Names()
    cells = (names.cells(row) for row in rows)
    response: HttpResponseBase
    if kind == "csv":
        response = StreamingHttpResponse(csv_lines(mark, cells), content_type=KINDS[kind])
    else:
        response = FileResponse(xlsx_file(mark, cells), content_type=KINDS[kind])
    name = _("回音列表") + f"-{stamp}.{kind}"
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["Cache-Control"] = "private, no-store"
    return response


def xlsx_file(mark: str, cells: Iterable[tuple[str, ...]]) -> IO[bytes]:
    """Write the workbook to a file that is gone when it has been sent; texts stay texts in it."""
    columns = headings()
    records = (dict(zip(columns, line, strict=True)) for line in islice(cells, MOST_ROWS))
    file = tempfile.NamedTemporaryFile(prefix="huiyin-export-", suffix=".xlsx")  # noqa: SIM115 - sent, then closed
    # Without a first line the library writes no heading either.
    first = next(records, None)
    lines = [dict.fromkeys(columns, "")] if first is None else chained(first, records)
    write_worksheet(
        lines,
        file.name,
        _("列表"),
        header_row=1,
        merge_ranges=[(0, 0, 0, len(columns) - 1, mark)],
        freeze_row=2,
        bold_headers=True,
        column_widths=dict(zip(columns, (22, 8, 60, 20, 12, 14, 14, 16, 22, 12, 12, 8), strict=True)),
    )
    return file


def chained(first: dict[str, str], rest: Iterable[dict[str, str]]) -> Iterator[dict[str, str]]:
    yield first
    yield from rest


class Line:
    """What a csv writer writes into: it hands the line back instead of keeping it."""

    def write(self, value: str) -> str:
        return value


def csv_lines(mark: str, cells: Iterable[tuple[str, ...]]) -> Iterator[str]:
    """The file in portions of some hundred lines; the mark at its start tells WPS that it is UTF-8."""
    writer = csv.writer(Line())
    yield "\ufeff" + writer.writerow([harmless(mark)])
    yield writer.writerow(headings())
    lines = iter(cells)
    while portion := list(islice(lines, LINES_AT_ONCE)):
        yield "".join(writer.writerow([harmless(cell) for cell in line]) for line in portion)


def harmless(cell: str) -> str:
    """The cell as a text that no spreadsheet program calculates (防公式注入)."""
    return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell
