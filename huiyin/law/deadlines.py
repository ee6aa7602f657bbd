"""Count periods (期限计算): one function for every clock of the platform."""

from __future__ import annotations

import calendar as month_calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from huiyin.law.calendar import BEIJING, ONE_DAY, WorkCalendar, local_date
from huiyin.law.citations import Citation, cite
from huiyin.law.clock_rules import PAUSE_LABELS, Direction, PauseReason, RuleVersion, Unit

FIRST_DAY_NOT_COUNTED = cite("CIV", 201, paragraph=2)
MONTH_END = cite("CIV", 202)
ROLL_OVER = cite("CIV", 203, paragraph=1)

# Far enough for every period; beyond it date arithmetic would overflow.
LAST_YEAR = 9000


class DeadlineError(ValueError):
    """A period that the law does not allow (期限不合法): a sentence with its article.

    `text_zh` and `text_en` say the same; `citation` is the article, where there is one.
    """

    def __init__(self, text_zh: str, text_en: str, citation: Citation | None = None) -> None:
        super().__init__(text_en)
        self.text_zh = text_zh
        self.text_en = text_en
        self.citation = citation


@dataclass(frozen=True, slots=True)
class Pause:
    """Days that do not count (停止计算), first and last included; an open pause has no end yet."""

    start: date
    end: date | None
    reason: PauseReason

    def covers(self, day: date) -> bool:
        """Return whether the day does not count (是否停止计算); an open pause is sure of its first only."""
        return self.start <= day <= (self.end or self.start)


class CountKind(StrEnum):
    """One kind of step in a count (计算步骤)."""

    START = "start"
    COUNTED = "counted"
    SKIPPED = "skipped"
    PAUSED = "paused"
    RAW_END = "raw_end"
    EXTENDED = "extended"
    ROLLED = "rolled"
    DUE = "due"
    STANDING = "standing"
    PROVISIONAL = "provisional"


@dataclass(frozen=True, slots=True)
class CountStep:
    """One step of a count (计算步骤): from a day to a day, and how many units were counted by then."""

    kind: CountKind
    start: date
    end: date
    count: int = 0
    pause: Pause | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """The result of a count (到期日) with the steps that led to it."""

    rule: RuleVersion
    start: date
    due: date
    raw_end: date
    due_at: datetime | None
    provisional: bool
    is_paused: bool
    extended_days: int
    steps: tuple[CountStep, ...]


def count(
    rule: RuleVersion,
    start: date | datetime,
    *,
    calendar: WorkCalendar,
    pauses: Sequence[Pause] = (),
    extended_days: int = 0,
) -> Due:
    """Count a period and say step by step how (计算期限).

    The first day does not count; months end on the corresponding day; an extension is counted from the end
    before it rolled; a last day that is a rest day rolls to the next working day, a make-up workday does not.

    Law: CIV 201-203; R2022 23, 34, 36 as the rule cites.
    Raises:
        DeadlineError: the rule allows neither this pause nor this extension.
    """
    _refuse_extension(rule, extended_days)
    _refuse_pauses(rule, pauses)
    if start.year > LAST_YEAR:
        raise DeadlineError(
            f"{start:%Y-%m-%d}太远，无法计算。",
            f"{start:%Y-%m-%d} is too far away to count from.",
            rule.citation,
        )
    if rule.unit is Unit.HOUR:
        return _count_hours(rule, start)
    first = local_date(start) if isinstance(start, datetime) else start
    if rule.direction is Direction.BEFORE:
        return _count_back(rule, first, calendar)
    own = [pause for pause in pauses if (pause.end or pause.start) > first]
    steps = [CountStep(CountKind.START, first, first)]
    raw_end = _run(rule, first, _length(rule, first), calendar, own, steps)
    before_extension = raw_end
    if extended_days:
        extension: list[CountStep] = []
        raw_end = _run(rule, raw_end, extended_days, calendar, own, extension)
        steps.append(CountStep(CountKind.RAW_END, before_extension, before_extension))
        steps.append(CountStep(CountKind.EXTENDED, before_extension + ONE_DAY, raw_end, extended_days))
        steps.extend(step for step in extension if step.kind is CountKind.PAUSED)
    steps.append(CountStep(CountKind.RAW_END, raw_end, raw_end))
    due = calendar.next_workday(raw_end)
    steps.extend(_rolled(raw_end, due, ONE_DAY))
    standing = next((pause for pause in own if pause.end is None and pause.start <= raw_end), None)
    if standing:
        steps.append(CountStep(CountKind.STANDING, standing.start, standing.start, pause=standing))
    touched = raw_end if rule.unit is not Unit.WORKING_DAY else first
    is_paused = standing is not None
    return _finish(rule, first, due, raw_end, calendar, steps, touched, is_paused, extended_days)


def _length(rule: RuleVersion, first: date) -> int:
    """Return the length in the unit of the day-by-day count; months become days (月份折算为日)."""
    return (add_months(first, rule.length) - first).days if rule.unit is Unit.MONTH else rule.length


def _run(
    rule: RuleVersion,
    after: date,
    length: int,
    calendar: WorkCalendar,
    pauses: Sequence[Pause],
    steps: list[CountStep],
) -> date:
    """Return the day on which `length` days have counted, writing down each stretch (逐段计算)."""
    if rule.unit is not Unit.WORKING_DAY and not pauses:
        end = after + ONE_DAY * length
        steps.append(CountStep(CountKind.COUNTED, after + ONE_DAY, end, length))
        return end
    day, counted = after, 0
    while counted < length:
        day += ONE_DAY
        pause = next((pause for pause in pauses if pause.covers(day)), None)
        if pause:
            kind = CountKind.PAUSED
        elif rule.unit is Unit.WORKING_DAY and not calendar.is_workday(day):
            kind = CountKind.SKIPPED
        else:
            kind, counted = CountKind.COUNTED, counted + 1
        last = steps[-1] if steps else None
        is_same = last and last.kind is kind and last.pause is pause and last.end == day - ONE_DAY
        # Working days are listed one by one, so that a clerk can tick them off on a wall calendar.
        if last and is_same and rule.unit is not Unit.WORKING_DAY:
            steps[-1] = CountStep(kind, last.start, day, counted, pause)
        else:
            steps.append(CountStep(kind, day, day, counted, pause))
    return day


def _rolled(raw_end: date, due: date, step: timedelta) -> list[CountStep]:
    """Return the rest days between the counted end and the due date (顺延的休息日)."""
    days = []
    while raw_end != due:
        days.append(CountStep(CountKind.ROLLED, raw_end, raw_end))
        raw_end += step
    return days


def _count_hours(rule: RuleVersion, start: date | datetime) -> Due:
    """Count hours round the clock (按小时计算): no rest days, no rolling."""
    if not isinstance(start, datetime):
        raise DeadlineError(
            f"期限“{rule.title_zh}”按小时计算，请给出起算的日期和时间，例如2026-03-02T09:30。",
            f"The rule {rule.rule_id} counts hours; give date and time, such as 2026-03-02T09:30.",
            rule.citation,
        )
    due_at = start + timedelta(hours=rule.length)
    first, due = local_date(start), local_date(due_at)
    steps = (
        CountStep(CountKind.START, first, first),
        CountStep(CountKind.COUNTED, first, due, rule.length),
        CountStep(CountKind.DUE, due, due),
    )
    return Due(rule, first, due, due, due_at, False, False, 0, steps)


def _count_back(rule: RuleVersion, event: date, calendar: WorkCalendar) -> Due:
    """Count back from an event (倒推计算): the last day on which the act is still in time.

    The day of the event does not count. A rest day moves the date to the working day before it, because
    rolling forward would shorten the time that the law gives.
    """
    steps = [CountStep(CountKind.START, event, event)]
    if rule.unit is Unit.WORKING_DAY:
        raw_end, counted = event, 0
        while counted < rule.length:
            raw_end -= ONE_DAY
            counted += calendar.is_workday(raw_end)
    elif rule.unit is Unit.MONTH:
        raw_end = add_months(event, -rule.length)
    else:
        raw_end = event - ONE_DAY * rule.length
    steps.append(CountStep(CountKind.COUNTED, raw_end, event - ONE_DAY, rule.length))
    steps.append(CountStep(CountKind.RAW_END, raw_end, raw_end))
    due = calendar.previous_workday(raw_end)
    steps.extend(_rolled(raw_end, due, -ONE_DAY))
    return _finish(rule, event, due, raw_end, calendar, steps, due, False, 0)


def _finish(
    rule: RuleVersion,
    first: date,
    due: date,
    raw_end: date,
    calendar: WorkCalendar,
    steps: list[CountStep],
    touched_from: date,
    is_paused: bool,
    extended_days: int,
) -> Due:
    """Close a count: the due step, and whether an unpublished year was touched (收尾)."""
    steps.append(CountStep(CountKind.DUE, due, due))
    touched_until = max(due, raw_end)
    span = range((touched_until - touched_from).days + 1)
    is_provisional = any(calendar.is_provisional(touched_from + ONE_DAY * n) for n in span)
    if is_provisional:
        steps.append(CountStep(CountKind.PROVISIONAL, due, due))
    return Due(
        rule, first, due, raw_end, None, is_provisional or is_paused, is_paused, extended_days, tuple(steps)
    )


def add_months(day: date, months: int) -> date:
    """Return the corresponding day some months on, else that month's last day (对应日).

    Law: CIV 202.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = month_calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def end_of_day(day: date) -> datetime:
    """Return the moment a period ends on its last day, 24:00 Beijing time (最后一日二十四时)."""
    return datetime(day.year, day.month, day.day, tzinfo=BEIJING) + ONE_DAY


def _refuse_extension(rule: RuleVersion, days: int) -> None:
    if days == 0:
        return
    title_zh, law_zh, law_en = rule.title_zh, rule.citation.text_zh, rule.citation.text_en
    if days < 0:
        raise DeadlineError("延长的天数不能为负数。", "An extension cannot be negative.", rule.citation)
    if rule.extension is None:
        raise DeadlineError(
            f"期限“{title_zh}”不得延长：{law_zh}没有规定延长。请在期限内办结。",
            f"The rule {rule.rule_id} cannot be extended: {law_en} provides for no extension. "
            "Finish within the period.",
            rule.citation,
        )
    if days > rule.extension.max_days:
        most = rule.extension.max_days
        raise DeadlineError(
            f"延长{days}日超过上限：{law_zh}规定延长期限不得超过{most}日。请改为{most}日以内。",
            f"An extension of {days} days is too long: {law_en} allows at most {most} days. "
            f"Choose {most} days or fewer.",
            rule.citation,
        )


def _refuse_pauses(rule: RuleVersion, pauses: Sequence[Pause]) -> None:
    for pause in pauses:
        if pause.reason not in rule.pause_reasons:
            zh, en = PAUSE_LABELS[pause.reason]
            raise DeadlineError(
                f"期限“{rule.title_zh}”不得因{zh}停止计算：{rule.citation.text_zh}没有这样规定。",
                f"The rule {rule.rule_id} cannot stand still for a {en}: "
                f"{rule.citation.text_en} does not provide for it.",
                rule.citation,
            )
        if pause.end is not None and pause.end < pause.start:
            raise DeadlineError(
                f"停止计算的结束日{pause.end}早于开始日{pause.start}，请核对。",
                f"The pause ends on {pause.end}, before it starts on {pause.start}; check the dates.",
                rule.citation,
            )
