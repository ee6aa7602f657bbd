"""What stands in the side navigation, by what a person may do (工作台导航)."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from huiyin.interfaces.ui.parts import Link, NavSection, Text
from huiyin.records.accounts.permissions import can_list_accounts
from huiyin.records.accounts.rights import Right

if TYPE_CHECKING:
    from huiyin.records.accounts.models import User

# List name, label, icon, and the rights of which one makes the list part of somebody's daily work.
LISTS: tuple[tuple[str, Text, str, frozenset[Right]], ...] = (
    ("mine", _("我承办的"), "user-check", frozenset({Right.DEMAND_HANDLE})),
    ("unit", _("本单位在办"), "building", frozenset({Right.CASE_READ})),
    ("to-sort", _("待分流"), "route", frozenset({Right.CASE_SORT})),
    ("awaiting", _("待签收"), "inbox", frozenset({Right.DEMAND_ACCEPT, Right.DEMAND_OBJECT})),
    ("due-soon", _("即将到期"), "alert-triangle", frozenset({Right.CASE_READ})),
    ("overdue", _("已超期"), "alarm", frozenset({Right.CASE_READ})),
    ("objections", _("异议待审"), "message-report", frozenset({Right.OBJECTION_DECIDE})),
    ("disputes", _("争议待指定"), "gavel", frozenset({Right.DISPUTE_DESIGNATE, Right.OBJECTION_DECIDE})),
    ("approval", _("答复待审签"), "signature", frozenset({Right.REPLY_REVIEW, Right.REPLY_ISSUE})),
    ("to-serve", _("答复待送达"), "truck-delivery", frozenset({Right.REPLY_SERVE})),
    ("reports", _("报结待审核"), "clipboard-check", frozenset({Right.REPORT_EXAMINE})),
    ("all", _("全部事项"), "list-details", frozenset({Right.CASE_READ})),
    ("closed", _("已办结"), "archive", frozenset({Right.CASE_READ})),
)
LIST_LABELS: dict[str, Text] = {name: label for name, label, _icon, _rights in LISTS}


def lists_of(user: User) -> tuple[tuple[str, Text, str], ...]:
    """The lists that belong to this person's work, in the order of the navigation."""
    return _lists(user.rights)


def _lists(rights: frozenset[str]) -> tuple[tuple[str, Text, str], ...]:
    return tuple((name, label, icon) for name, label, icon, wanted in LISTS if wanted & rights)


def navigation_of(user: User, here: str) -> tuple[NavSection, ...]:
    """The side navigation of this account; administrators have no casework in it (三员分离)."""
    sections = _sections(user.rights, user.is_administrator, can_list_accounts(user), get_language())
    return tuple(
        NavSection(title, tuple(Link(text, url, icon, is_current=url == here) for text, url, icon in rows))
        for title, rows in sections
    )


Row = tuple[Text, str, str]


@lru_cache(maxsize=200)
def _sections(
    rights: frozenset[str], is_administrator: bool, lists_accounts: bool, _language: str | None
) -> tuple[tuple[str, tuple[Row, ...]], ...]:
    """Every account with the same rights has the same navigation; its words follow the language."""
    sections = (
        (_("工作"), _work(rights, is_administrator=is_administrator)),
        (_("资料"), _reference()),
        (_("管理"), _administration(rights, lists_accounts=lists_accounts)),
    )
    return tuple(
        (str(title), tuple((str(text), url, icon) for text, url, icon in rows))
        for title, rows in sections
        if rows
    )


def _work(rights: frozenset[str], *, is_administrator: bool) -> list[Row]:
    rows: list[Row] = []
    if not is_administrator:
        rows.append((_("工作台"), reverse("desk:workbench"), "home"))
    if Right.CASE_REGISTER in rights:
        rows.append((_("新登记"), reverse("desk:register"), "file-plus"))
    rows += [(label, reverse("desk:list", args=[name]), icon) for name, label, icon in _lists(rights)]
    if Right.CASE_READ in rights:
        rows.append((_("搜索"), reverse("desk:search"), "search"))
    return rows


def _reference() -> list[Row]:
    return [
        (_("机构"), reverse("desk:agencies"), "sitemap"),
        (_("内容分类"), reverse("desk:classes"), "tags"),
    ]


def _administration(rights: frozenset[str], *, lists_accounts: bool) -> list[Row]:
    rows: list[Row] = []
    if lists_accounts:
        rows.append((_("账号"), reverse("desk:accounts"), "users"))
    if Right.LEDGER_AUDIT in rights:
        rows += [
            (_("账号操作记录"), reverse("desk:account_changes"), "history"),
            (_("身份查阅记录"), reverse("desk:disclosures"), "eye"),
            (_("导出记录"), reverse("desk:exports"), "file-spreadsheet"),
            (_("台账核验"), reverse("desk:ledger"), "shield-check"),
        ]
    return rows
