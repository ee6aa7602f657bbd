"""Lines of the work lists as a page shows them (列表显示)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from huiyin.casework.cases.selectors import WorkRow, row_light
from huiyin.interfaces.desk import wording
from huiyin.interfaces.ui.addresses import address
from huiyin.interfaces.ui.parts import Empty, Light, Link, Text, Tile, light_of
from huiyin.records.accounts.rights import Right

if TYPE_CHECKING:
    from huiyin.records.accounts.models import User

SEALED: Text = _("检举控告材料（密封）")
TONES = {"overdue": "cinnabar", "due-soon": "amber"}
# What a signer, a decider or an examiner must do stands before what merely runs.
FIRST_FOR: tuple[tuple[Right, tuple[str, ...]], ...] = (
    (Right.REPLY_ISSUE, ("approval",)),
    (Right.DISPUTE_DESIGNATE, ("disputes", "objections", "reports")),
    (Right.CASE_SORT, ("to-sort", "objections")),
)


@dataclass(frozen=True, slots=True)
class Line:
    """One demand as a line of a list (列表行)."""

    number: str
    url: str
    statement: Text
    place: str
    content_class: str
    stage: str
    holder: str
    light: Light | None
    due_on: date | None
    received: date
    channel: Text
    is_sealed: bool


def case_url(case_id: int) -> str:
    """The page of a case."""
    try:
        return address("desk:case", case_id)
    except NoReverseMatch:
        return f"{reverse('desk:workbench')}cases/{case_id}/"


def line_of(row: WorkRow, *, today: date) -> Line:
    """Join the names in memory; the accusation itself stands on no list."""
    shade = row_light(row.due_on, today=today) if row.is_open else None
    return Line(
        number=row.number,
        url=case_url(row.case_id),
        statement=SEALED if row.is_sealed else row.statement,
        place=wording.place_text(row),
        content_class=wording.class_text(row.content_class),
        stage=wording.stage_text(row.stage),
        holder=wording.agency_text(row.holder_id),
        light=light_of(shade, due=row.due_on, today=today) if shade and row.due_on else None,
        due_on=row.due_on if row.is_open else None,
        received=row.received_at,
        channel=wording.channel_text(row.channel),
        is_sealed=row.is_sealed,
    )


def lines_of(rows: Iterable[WorkRow], *, today: date) -> tuple[Line, ...]:
    return tuple(line_of(row, today=today) for row in rows)


def tiles_of(
    user: User, counts: dict[str, int], labels: Iterable[tuple[str, Text, str]], *, cap: int
) -> tuple[Tile, ...]:
    """The figures of the workbench, each opening its list; what waits for this person's role comes first."""
    tiles = {
        name: Tile(
            label=label,
            value=f"{cap}+" if counts[name] > cap else str(counts[name]),
            url=reverse("desk:list", args=[name]),
            icon=icon,
            tone=TONES.get(name, "jade") if counts[name] else "",
        )
        for name, label, icon in labels
        if name in counts
    }
    first = [name for right, names in FIRST_FOR if user.has_right(right) for name in names if name in tiles]
    order = dict.fromkeys([*first, *tiles])
    return tuple(tiles[name] for name in order)


EMPTY: dict[str, tuple[Text, Text]] = {
    "mine": (_("您手上没有在办的诉求"), _("可以到“本单位在办”里签收或领办一件。")),
    "unit": (_("本单位没有在办的诉求"), _("新登记或转来的诉求会出现在这里。")),
    "to-sort": (_("没有待分流的诉求"), _("新登记的诉求会出现在这里，等待分类和转送。")),
    "awaiting": (_("没有待签收的诉求"), _("上级转送、交办来的诉求会出现在这里，5个工作日内可以提出异议。")),
    "due-soon": (_("近期没有到期的诉求"), _("5个工作日内到期的会出现在这里。")),
    "overdue": (_("没有超期的诉求"), _("按期办理得很好。")),
    "objections": (_("没有等待审核的异议"), _("承办单位提出异议后会出现在这里。")),
    "disputes": (_("没有等待指定的争议"), _("两个单位对由谁承办有争议时会出现在这里。")),
    "approval": (_("没有待审签的答复"), _("承办人送审的答复会出现在这里。")),
    "to-serve": (_("没有待送达的答复"), _("签发后的答复会出现在这里；送达之后才起算信访人的30日。")),
    "reports": (_("没有待审核的报结"), _("承办单位报结后会出现在这里。")),
    "all": (_("还没有事项"), _("本单位登记的、转来的、协办的事项都会出现在这里。")),
    "closed": (_("还没有办结的事项"), _("办结、告知、撤回的事项会出现在这里。")),
}


def empty_of(name: str, user: User, *, is_narrowed: bool, clear_url: str) -> Empty:
    """Why a list is empty and what to do (空列表)."""
    if is_narrowed:
        return Empty(
            _("没有符合这些条件的诉求"),
            _("放宽筛选条件再看看。这里只列出本单位参与的事项。"),
            "zoom-question",
            Link(_("清除筛选"), clear_url),
        )
    text, advice = EMPTY[name]
    action = None
    if name in ("all", "to-sort") and user.has_right(Right.CASE_REGISTER):
        action = Link(_("去登记"), reverse("desk:register"))
    return Empty(text, advice, "inbox", action)
