"""What the auditor reads (审计): accounts changed, identities looked at, lists exported, the ledger."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from huiyin.casework.cases.exports import exports_visible_to
from huiyin.interfaces.desk import wording
from huiyin.interfaces.desk.frame import desk_page, desk_view, officer
from huiyin.interfaces.desk.navigation import LIST_LABELS
from huiyin.interfaces.ui.legal import said
from huiyin.interfaces.ui.parts import Cell, Column, Empty, Notice, Table, Text
from huiyin.law.privacy import PURPOSES, Purpose
from huiyin.records.accounts.rights import Right
from huiyin.records.accounts.roster import change_rows
from huiyin.records.ledger.findings import explain
from huiyin.records.ledger.report import Report
from huiyin.records.ledger.selectors import seals_published, unsealed_chains
from huiyin.records.ledger.verify import verify_database
from huiyin.records.vault.selectors import disclosures_visible_to

PAGE = 100
ACTIONS: dict[str, Text] = {
    "created": _("新建账号"),
    "deactivated": _("停用"),
    "password_changed": _("本人修改口令"),
    "password_reset": _("重置初始口令"),
    "reactivated": _("启用"),
    "roles_set": _("授予角色"),
    "second_factor_confirmed": _("绑定动态口令"),
    "second_factor_reset": _("解除动态口令"),
    "sessions_ended": _("强制退出"),
    "token_issued": _("签发接口令牌"),
    "token_revoked": _("吊销接口令牌"),
    "unlocked": _("解锁"),
    "updated": _("修改资料"),
}


def cursor(request: HttpRequest) -> int | None:
    """The id below which the page begins."""
    text = request.GET.get("after", "")
    return int(text) if text.isdecimal() and len(text) < 19 else None


def audit_page(
    request: HttpRequest, title: Text, intro: Text, columns: tuple[Text, ...], rows: Sequence[Any], cells: Any
) -> HttpResponseBase:
    """A log in pages, newest first."""
    shown = rows[:PAGE]
    table = Table(
        title,
        tuple(Column(label, is_heading=place == 0) for place, label in enumerate(columns)),
        [cells(row) for row in shown],
    )
    context = {
        "title": title,
        "intro": intro,
        "table": table if shown else None,
        "empty": Empty(_("还没有记录"), _("发生之后会自动出现在这里，任何人都不能修改或者删除。"), "history"),
        "next_cursor": shown[-1].id if len(rows) > PAGE else "",
        "is_later_page": "after" in request.GET,
    }
    return desk_page(request, "desk/audit/log.html", context)


def moment(at: Any) -> Cell:
    return Cell(timezone.localtime(at).strftime("%Y-%m-%d %H:%M:%S"))


@desk_view(Right.LEDGER_AUDIT)
def account_changes(request: HttpRequest) -> HttpResponseBase:
    """What was done to accounts and by whom (账号操作记录)."""
    rows = change_rows(officer(request), before=cursor(request), limit=PAGE + 1)
    columns = (_("时间"), _("操作人"), _("账号"), _("操作"), _("变化"))
    return audit_page(
        request, _("账号操作记录"), _("谁在什么时候对哪个账号做了什么。"), columns, rows, change_cells
    )


def change_cells(row: Any) -> tuple[Cell, ...]:
    changed = "；".join(f"{name}：{old or '—'} → {new or '—'}" for name, old, new in row.differences)
    return (
        moment(row.at),
        Cell(row.by or _("命令行")),
        Cell(row.username),
        Cell(ACTIONS.get(row.action, row.action)),
        Cell(changed if row.before else ""),
    )


@desk_view(Right.LEDGER_AUDIT)
def disclosures(request: HttpRequest) -> HttpResponseBase:
    """Who looked at which identity and why; never the identity itself (身份查阅记录)."""
    rows = disclosures_visible_to(officer(request), after=cursor(request), limit=PAGE + 1)
    columns = (_("时间"), _("单位"), _("账号编号"), _("事项编号"), _("目的"))
    intro = _("每次查看信访人的姓名、电话、证件号码都有一行；这里看不到身份信息本身。")
    return audit_page(request, _("身份查阅记录"), intro, columns, rows, look_cells)


def look_cells(row: Any) -> tuple[Cell, ...]:
    rule = PURPOSES.get(Purpose(row.purpose)) if row.purpose in set(Purpose) else None
    return (
        moment(row.at),
        Cell(wording.agency_text(row.agency_id)),
        Cell(str(row.user_id or _("本人"))),
        Cell(str(row.matter_id or "")),
        Cell(said(rule.text_zh, rule.text_en) if rule else row.purpose),
    )


@desk_view(Right.LEDGER_AUDIT)
def exports(request: HttpRequest) -> HttpResponseBase:
    """Which lists left the system (导出记录)."""
    rows = exports_visible_to(officer(request), before=cursor(request), limit=PAGE + 1)
    columns = (_("时间"), _("姓名"), _("单位"), _("列表"), _("范围"), _("格式"))
    intro = _("谁在什么时候把哪个列表导出成文件，筛选条件是什么。")
    return audit_page(request, _("导出记录"), intro, columns, rows, export_cells)


def export_cells(row: Any) -> tuple[Cell, ...]:
    return (
        moment(row.at),
        Cell(row.name),
        Cell(wording.agency_text(row.agency_id)),
        Cell(LIST_LABELS.get(row.list_name, row.list_name)),
        Cell(row.query or _("本单位可见的全部")),
        Cell(row.kind),
    )


@desk_view(Right.LEDGER_AUDIT)
def ledger(request: HttpRequest) -> HttpResponseBase:
    """The daily seals, and a check of every line on demand (台账核验)."""
    report = verify_database() if request.method == "POST" else None
    context = {
        "seals": seals_published(limit=60),
        "unsealed": unsealed_chains(),
        "report": report,
        "notice": verdict(report) if report else None,
    }
    return desk_page(request, "desk/audit/ledger.html", context)


def verdict(report: Report) -> Notice:
    """The result of the check in words (核验结论)."""
    if report.finding is not None:
        return Notice(explain(report.finding), tone="refusal", title=_("核验没有通过"))
    return Notice(
        _("核验了%(matters)s件事项的%(entries)s条台账和%(seals)s个封印，全部与写入时一致。")
        % {"matters": report.matters, "entries": report.entries, "seals": report.seals},
        tone="good",
        title=_("核验通过"),
    )
