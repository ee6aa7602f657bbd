"""The public deadline calculator: counted as for real matters, shown on a wall calendar (期限计算)."""

from calendar import Calendar
from dataclasses import dataclass
from datetime import date, timedelta

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiyin.interfaces.ui.legal import article_of, counted_days_of, said
from huiyin.interfaces.ui.parts import Article, CountedDay
from huiyin.law.calendar import DayType, WorkCalendar, load_calendar
from huiyin.law.clock_rules import Direction, RuleVersion, Unit
from huiyin.law.deadlines import CountKind, DeadlineError, Due, count
from huiyin.law.explanations import explain
from huiyin.law.rules import OWN_LIMIT, RuleError, rule, rules

FIRST_START, LAST_START = date(2005, 5, 1), date(2099, 12, 31)
MOST_MONTHS = 13


def rule_choices() -> list[tuple[str, str]]:
    """The limits one can count here: all but those in hours and those set for one assignment."""
    found = []
    for one in rules().values():
        version = one.versions[0]
        if one.id != OWN_LIMIT and version.unit is not Unit.HOUR:
            zh, en = f"{one.title_zh}（{version.length_zh}）", f"{one.title_en} ({version.length_en})"
            found.append((one.id, said(zh, en)))
    return found


class CountingForm(forms.Form):
    """Which limit, from which day, extended by how much (期限计算表)."""

    rule = forms.ChoiceField(label=gettext_lazy("哪一种期限"), choices=rule_choices, initial="C5")
    start = forms.DateField(
        label=gettext_lazy("从哪一天起算"),
        help_text=gettext_lazy("收到、受理或者送达的那一天。那一天本身不算，从第二天数起。"),
        widget=forms.DateInput(attrs={"type": "date", "min": "2005-05-01"}, format="%Y-%m-%d"),
        error_messages={
            "required": gettext_lazy("请填写起算日期，例如 2026-03-02。"),
            "invalid": gettext_lazy("这个日期看不懂，请写成 2026-03-02 这样。"),
        },
    )
    extend = forms.IntegerField(
        label=gettext_lazy("延长了几天"),
        help_text=gettext_lazy("办理单位告诉过您延长的，填延长的天数。"),
        required=False,
        min_value=0,
        max_value=365,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )

    def clean_start(self) -> date:
        start: date = self.cleaned_data["start"]
        if not FIRST_START <= start <= LAST_START:
            raise forms.ValidationError(_("只能计算 2005 年 5 月 1 日以后、2100 年以前的日期，请核对年份。"))
        return start

    def clean(self) -> None:
        """Ask the law itself; its refusal names the article and goes to the field it is about."""
        super().clean()
        data = self.cleaned_data
        if "rule" not in data or "start" not in data or "extend" not in data:
            return
        try:
            count(
                rule(data["rule"], on=data["start"]),
                data["start"],
                calendar=load_calendar(),
                extended_days=data["extend"] or 0,
            )
        except RuleError:
            self.add_error("start", _("这种期限在那一天还没有规定，请选晚一些的日期。"))
        except DeadlineError as error:
            self.add_error("extend", said(error.text_zh, error.text_en))


@dataclass(frozen=True, slots=True)
class WallDay:
    """A square of the wall calendar; kind is rest, holiday, makeup or workday (日历格)."""

    day: date
    kind: str
    mark: str
    number: int
    note: str
    is_start: bool
    is_due: bool


@dataclass(frozen=True, slots=True)
class WallMonth:
    """A month of the wall calendar; None where a week begins or ends in another month (月历)."""

    first: date
    weeks: tuple[tuple[WallDay | None, ...], ...]


@dataclass(frozen=True, slots=True)
class Counted:
    """A counted date with everything that explains it (计算结果)."""

    title: str
    length: str
    start: date
    due: date
    distance: str
    article: Article | None
    is_provisional: bool
    steps: tuple[CountedDay, ...]
    months: tuple[WallMonth, ...]


def counted(form: CountingForm, today: date) -> Counted:
    """Count what the valid form asks for (计算)."""
    data, calendar = form.cleaned_data, load_calendar()
    version = rule(data["rule"], on=data["start"])
    due = count(version, data["start"], calendar=calendar, extended_days=data["extend"] or 0)
    return Counted(
        title=said(version.title_zh, version.title_en),
        length=said(version.length_zh, version.length_en),
        start=due.start,
        due=due.due,
        distance=distance(due.due, today),
        article=article_of(version.citation),
        is_provisional=due.provisional,
        steps=counted_days_of(explain(due, calendar=calendar)),
        months=wall_calendar(due, calendar),
    )


def distance(due: date, today: date) -> str:
    """How far a day is from today, in words (相距天数)."""
    days = (due - today).days
    if days == 0:
        return _("就是今天。")
    if days < 0:
        return _("这一天已经过去 %(days)s 天。") % {"days": -days}
    return _("离今天还有 %(days)s 天。") % {"days": days}


def day_numbers(due: Due, version: RuleVersion) -> dict[date, int]:
    """Which day is the how-manieth, as one would tick them off on the wall (逐日序号)."""
    if version.direction is Direction.BEFORE:
        return {}
    numbers: dict[date, int] = {}
    for step in due.steps:
        if step.kind not in (CountKind.COUNTED, CountKind.EXTENDED):
            continue
        for back in range((step.end - step.start).days + 1):
            numbers[step.end - timedelta(days=back)] = step.count - back
    return numbers


def wall_calendar(due: Due, calendar: WorkCalendar) -> tuple[WallMonth, ...]:
    """The months from the first to the last day of a count, at most thirteen (挂历)."""
    first, last = sorted((due.start, due.due))
    numbers = day_numbers(due, due.rule)
    months: list[WallMonth] = []
    year, month = first.year, first.month
    while (year, month) <= (last.year, last.month) and len(months) < MOST_MONTHS:
        weeks = tuple(
            tuple(wall_day(day, due, calendar, numbers) if day.month == month else None for day in week)
            for week in Calendar().monthdatescalendar(year, month)
        )
        months.append(WallMonth(date(year, month, 1), weeks))
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return tuple(months)


def wall_day(day: date, due: Due, calendar: WorkCalendar, numbers: dict[date, int]) -> WallDay:
    """One square: what day it is, and its number in the count (日历格)."""
    what = calendar.day_kind(day)
    kinds = {DayType.WEEKEND: "rest", DayType.HOLIDAY: "holiday", DayType.MAKE_UP: "makeup"}
    marks = {DayType.HOLIDAY: _("休"), DayType.MAKE_UP: _("班")}
    return WallDay(
        day=day,
        kind=kinds.get(what.type, "workday"),
        mark=marks.get(what.type, ""),
        number=numbers.get(day, 0),
        note=said(what.reason_zh, what.reason_en),
        is_start=day == due.start,
        is_due=day == due.due,
    )
