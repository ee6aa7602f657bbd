"""Frozen data that the parts of a page take: lights, clocks, timelines, tables, forms, charts (页面部件)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from huiyin.law.lights import Light as LawLight

Text = str | Promise


class LightState(StrEnum):
    """How a time limit stands (灯)."""

    ON_TIME = "on-time"
    DUE_SOON = "due-soon"
    OVERDUE = "overdue"
    STOPPED = "stopped"
    PROVISIONAL = "provisional"
    MET = "met"
    MISSED = "missed"


LIGHT_TEXTS: dict[LightState, Text] = {
    LightState.ON_TIME: _("期限内"),
    LightState.DUE_SOON: _("即将到期"),
    LightState.OVERDUE: _("已超期"),
    LightState.STOPPED: _("已中止"),
    LightState.PROVISIONAL: _("暂定"),
    LightState.MET: _("按期完成"),
    LightState.MISSED: _("超期完成"),
}
LIGHT_ICONS: dict[LightState, str] = {
    LightState.ON_TIME: "circle-check",
    LightState.DUE_SOON: "alert-triangle",
    LightState.OVERDUE: "alarm",
    LightState.STOPPED: "clock-pause",
    LightState.PROVISIONAL: "circle-dashed",
    LightState.MET: "checks",
    LightState.MISSED: "clock-exclamation",
}


@dataclass(frozen=True, slots=True)
class Light:
    """A traffic light that does not depend on colour: shape, words and days left (红绿灯)."""

    state: LightState
    days: int | None = None

    @property
    def text(self) -> Text:
        return LIGHT_TEXTS[self.state]

    @property
    def icon(self) -> str:
        return LIGHT_ICONS[self.state]

    @property
    def days_over(self) -> int:
        return -self.days if self.days is not None and self.days < 0 else 0


LAW_STATES = {
    LawLight.GREEN: LightState.ON_TIME,
    LawLight.AMBER: LightState.DUE_SOON,
    LawLight.RED: LightState.OVERDUE,
    LawLight.GREY: LightState.STOPPED,
}


def light_of(
    shade: LawLight, *, due: date, today: date, met_on: date | None = None, is_provisional: bool = False
) -> Light:
    """Show what huiyin.law.lights.traffic_light says; a limit that was met or missed says so (灯)."""
    if met_on is not None:
        return Light(LightState.MET if met_on <= due else LightState.MISSED)
    state = LAW_STATES[shade]
    if state is LightState.STOPPED:
        return Light(state)
    if state is LightState.ON_TIME and is_provisional:
        state = LightState.PROVISIONAL
    return Light(state, (due - today).days)


@dataclass(frozen=True, slots=True)
class Link:
    """A place to go."""

    text: Text
    url: str = ""
    icon: str = ""
    is_current: bool = False
    count: str = ""


@dataclass(frozen=True, slots=True)
class NavSection:
    """A titled group of links in the desk's side navigation (导航组)."""

    title: Text
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Article:
    """A reference to a legal text, e.g. 《信访工作条例》第二十二条 (条款)."""

    text: Text
    url: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """One line of a timeline: what happened when, by whom, under which article (经过)."""

    at: date | datetime | None
    text: Text
    detail: Text = ""
    who: Text = ""
    article: Article | None = None
    documents: tuple[Link, ...] = ()
    light: Light | None = None
    is_future: bool = False
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class CountedDay:
    """One line of counting a date (推算步骤); kind is the law shelf's: counted, skipped, rolled, due …"""

    text: Text
    kind: str = ""
    article: Article | None = None


@dataclass(frozen=True, slots=True)
class ClockCard:
    """One running limit with the way its date was counted (期限卡)."""

    title: Text
    due: date | None
    light: Light | None
    who: Text = ""
    started: date | None = None
    article: Article | None = None
    steps: tuple[CountedDay, ...] = ()
    note: Text = ""


@dataclass(frozen=True, slots=True)
class Stage:
    """One step of the stage bar; state is done, current, next or skipped (阶段)."""

    text: Text
    state: str
    note: Text = ""


@dataclass(frozen=True, slots=True)
class Tile:
    """A figure that opens its list (数字块)."""

    label: Text
    value: str
    url: str = ""
    icon: str = ""
    tone: str = ""
    note: Text = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A table column; the heading column names the row, a code such as a case number never breaks (列)."""

    label: Text
    is_heading: bool = False
    is_number: bool = False
    is_code: bool = False

    @property
    def css(self) -> str:
        return "number" if self.is_number else "whole" if self.is_code else ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell: words, a link, a light, a second line (单元格)."""

    text: Text = ""
    url: str = ""
    note: Text = ""
    light: Light | None = None
    day: date | datetime | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table that turns into cards on a phone (表格)."""

    caption: Text
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[Cell]]
    is_caption_hidden: bool = True


@dataclass(frozen=True, slots=True)
class Pager:
    """Keyset paging: next and back, and a count that says when it is capped (翻页)."""

    shown: int
    count: int
    is_capped: bool = False
    next_url: str = ""
    first_url: str = ""

    @property
    def count_text(self) -> str:
        return f"{self.count}+" if self.is_capped else str(self.count)


@dataclass(frozen=True, slots=True)
class Empty:
    """Nothing here: a sentence and what to do (空状态)."""

    text: Text
    advice: Text = ""
    icon: str = "inbox"
    action: Link | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """A box with a sentence, the article and the next step; tone is info, good, warning or refusal (提示)."""

    text: Text
    tone: str = "info"
    title: Text = ""
    article: Article | None = None
    next_step: Text = ""
    action: Link | None = None


@dataclass(frozen=True, slots=True)
class Confirmation:
    """A page that asks once more before a step that cannot be taken back (确认页)."""

    title: Text
    text: Text
    button: Text
    back: Link
    consequence: Text = ""
    article: Article | None = None
    hidden: tuple[tuple[str, str], ...] = ()
    is_grave: bool = False


@dataclass(frozen=True, slots=True)
class Series:
    """One line or bar group of a chart (数列)."""

    label: Text
    values: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart drawn from a table that stays readable without it; kind is bar or line (图表)."""

    title: Text
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    kind: str = "bar"
    unit: Text = ""
    definition: Text = ""
    is_stacked: bool = field(default=False)
