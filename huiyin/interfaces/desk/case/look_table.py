"""Who looked at a matter, as a table for auditors (查阅记录)."""

from django.utils.translation import gettext as _

from huiyin.casework.replies.selectors.looks import LookRow, Looks
from huiyin.interfaces.ui import labels
from huiyin.interfaces.ui.parts import Cell, Column, Table
from huiyin.interfaces.ui.templatetags.ui import clock_time


def look_table(looks: Looks) -> Table:
    """Every look, the newest first: when, who, of which unit, at what, for what (查阅记录)."""
    columns = (
        Column(_("时间"), is_heading=True),
        Column(_("查阅人")),
        Column(_("单位")),
        Column(_("查阅内容")),
        Column(_("目的")),
    )
    return Table(_("查阅记录"), columns, [_row(row) for row in looks.rows])


def _row(row: LookRow) -> tuple[Cell, ...]:
    return (
        Cell(day=row.at, note=clock_time(row.at)),
        Cell(row.user or _("信访人本人")),
        Cell(labels.agency_name(row.agency_id)),
        Cell(_surface(row.surface)),
        Cell(labels.look_purpose(row.purpose) if row.purpose else ""),
    )


def _surface(code: str) -> str:
    names = {
        "case": _("事项页"),
        "document": _("文书"),
        "file": _("附件"),
        "identity": _("身份信息"),
        "print": _("打印件"),
        "step": _("办理页"),
    }
    return names.get(code, code)
