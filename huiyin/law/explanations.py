"""Explain a date (日期说明): every step as data, in Chinese and English; pages and the command render it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from huiyin.law.calendar import ONE_DAY, DayType, WorkCalendar
from huiyin.law.citations import CERTAINTY_LABELS, Certainty, Citation, cite
from huiyin.law.clock_rules import PAUSE_LABELS, UNIT_LABELS, Direction, Unit, events
from huiyin.law.deadlines import FIRST_DAY_NOT_COUNTED, MONTH_END, ROLL_OVER, CountKind, CountStep, Due

WEEKDAYS_ZH = "一二三四五六日"
WEEKDAYS_EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
HOLIDAYS = cite("HOL", 2, 6)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an explanation (说明的一行)."""

    kind: str
    date: date
    text_zh: str
    text_en: str
    citation: Citation | None = None


def explain(due: Due, *, calendar: WorkCalendar) -> tuple[Line, ...]:
    """Return the explanation of a date, line by line (逐步说明)."""
    lines = [_rule(due), _start(due)]
    steps = _merged(due.steps, calendar)
    lines.extend(_line(due, step, calendar) for step in steps if step.kind is not CountKind.START)
    lines.extend(_doubts(due))
    return tuple(lines)


def explain_text(lines: Iterable[Line], *, language: str = "zh") -> str:
    """Return the explanation as plain text (说明文本), each line with its article."""
    texts = []
    for line in lines:
        if language == "zh":
            source = f"（{line.citation.text_zh}）" if line.citation else ""
            texts.append(f"{line.text_zh}{source}")
        else:
            source = f" [{line.citation.text_en}]" if line.citation else ""
            texts.append(f"{line.text_en}{source}")
    return "\n".join(texts)


def day_zh(day: date) -> str:
    """Return a date with its weekday (日期与星期)."""
    return f"{day}（星期{WEEKDAYS_ZH[day.weekday()]}）"


def day_en(day: date) -> str:
    """Return a date with its weekday in English (英文日期与星期)."""
    return f"{day} ({WEEKDAYS_EN[day.weekday()]})"


def _rule(due: Due) -> Line:
    rule = due.rule
    event = events()[rule.start_event]
    after_zh = "之日起" if rule.direction is Direction.AFTER else "之前"
    after_en = "from" if rule.direction is Direction.AFTER else "before"
    return Line(
        "rule",
        due.start,
        f"期限：{rule.title_zh}，{event.zh}{after_zh}{rule.length_zh}。",
        f"Period: {rule.title_en}, {rule.length_en} {after_en} {event.en}.",
        rule.citation,
    )


def _start(due: Due) -> Line:
    if due.due_at is not None:
        return Line(
            "start",
            due.start,
            f"自{day_zh(due.start)}该时刻起连续计算，节假日不扣除。",
            f"Counted without a break from that moment on {day_en(due.start)}; rest days are not left out.",
            due.rule.citation,
        )
    if due.rule.direction is Direction.BEFORE:
        return Line(
            "start",
            due.start,
            f"{day_zh(due.start)}当日不计入，向前倒推。",
            f"{day_en(due.start)} itself does not count; the days are counted back from it.",
            FIRST_DAY_NOT_COUNTED,
        )
    return Line(
        "start",
        due.start,
        f"{day_zh(due.start)}为起算日，当日不计入，自次日起计算。",
        f"The period starts on {day_en(due.start)}; that day does not count, the next is the first.",
        FIRST_DAY_NOT_COUNTED,
    )


def _merged(steps: Iterable[CountStep], calendar: WorkCalendar) -> list[CountStep]:
    """Join neighbouring rest days that have the same reason (合并相连的休息日)."""
    joined: list[CountStep] = []
    for step in steps:
        last = joined[-1] if joined else None
        if (
            last is not None
            and step.kind in (CountKind.SKIPPED, CountKind.ROLLED)
            and last.kind is step.kind
            and ONE_DAY in (step.start - last.end, last.start - step.end)
            and calendar.day_kind(last.start).reason_zh == calendar.day_kind(step.start).reason_zh
        ):
            joined[-1] = CountStep(step.kind, min(last.start, step.start), max(last.end, step.end))
        else:
            joined.append(step)
    return joined


def _span(step: CountStep) -> tuple[str, str]:
    if step.start == step.end:
        return day_zh(step.start), day_en(step.start)
    return f"{day_zh(step.start)}至{day_zh(step.end)}", f"{day_en(step.start)} to {day_en(step.end)}"


def _line(due: Due, step: CountStep, calendar: WorkCalendar) -> Line:
    zh, en = _span(step)
    day = calendar.day_kind(step.start)
    match step.kind:
        case CountKind.COUNTED:
            return _counted(due, step, calendar)
        case CountKind.SKIPPED:
            text_zh, text_en = f"{zh}{day.reason_zh}，不计入。", f"{en}: {day.reason_en}, not counted."
            return Line("skipped", step.start, text_zh, text_en, _rest_citation(day.type))
        case CountKind.ROLLED if due.rule.direction is Direction.BEFORE:
            text_zh = f"{zh}{day.reason_zh}，提前到之前的工作日办理。"
            return Line(
                "rolled", step.start, text_zh, f"{en}: {day.reason_en}; act on the working day before."
            )
        case CountKind.ROLLED:
            text_zh = f"{zh}{day.reason_zh}，期限最后一日顺延。"
            return Line(
                "rolled", step.start, text_zh, f"{en}: {day.reason_en}; the last day rolls on.", ROLL_OVER
            )
        case CountKind.PAUSED | CountKind.STANDING:
            return _paused(due, step, zh, en)
        case CountKind.EXTENDED:
            text_zh = f"经批准延长{step.count}日，从原期满日（未顺延前）的次日起算，至{day_zh(step.end)}。"
            text_en = (
                f"Extended by {step.count} days, counted from the day after the end before it rolled, "
                f"to {day_en(step.end)}."
            )
            return Line("extended", step.start, text_zh, text_en, due.rule.citation)
        case CountKind.RAW_END:
            return _raw_end(due, step, calendar)
        case CountKind.PROVISIONAL:
            known = calendar.last_known_day
            return Line(
                "provisional",
                step.start,
                f"国务院办公厅的放假安排只公布到{known}，此日期为暂定，公布后重新计算。",
                f"Holidays are published until {known} only; this date is provisional and will be recounted.",
                HOLIDAYS,
            )
        case _:
            return _due(due, step)


def _counted(due: Due, step: CountStep, calendar: WorkCalendar) -> Line:
    zh, en = _span(step)
    rule = due.rule
    if rule.unit is Unit.HOUR:
        return Line("counted", step.end, f"连续计算{step.count}小时。", f"{step.count} hours are counted.")
    if rule.unit is Unit.WORKING_DAY and rule.direction is Direction.AFTER:
        day = calendar.day_kind(step.start)
        return Line(
            "counted",
            step.start,
            f"{zh}{day.reason_zh}，第{step.count}个工作日。",
            f"{en}: {day.reason_en}, number {step.count}.",
            HOLIDAYS if day.type is DayType.MAKE_UP else None,
        )
    if rule.unit is Unit.MONTH:
        return Line(
            "counted",
            step.end,
            f"{zh}，满{rule.length}个月，期满日为对应日；没有对应日的，为该月末日。",
            f"{en}: {rule.length_en}, ending on the corresponding day, else on the last of the month.",
            MONTH_END,
        )
    unit_zh, unit_en = UNIT_LABELS[rule.unit]
    count = f"{step.count} {unit_en[:-1] if step.count == 1 else unit_en}"
    return Line("counted", step.end, f"{zh}，计满{step.count}{unit_zh}。", f"{en}: {count} counted.")


def _paused(due: Due, step: CountStep, zh: str, en: str) -> Line:
    reason_zh, reason_en = PAUSE_LABELS[step.pause.reason] if step.pause else ("", "")
    if step.kind is CountKind.STANDING:
        return Line(
            "standing",
            step.start,
            f"自{zh}起因{reason_zh}停止计算，尚未恢复；每停一日，到期日推后一日。",
            f"The clock stands still for a {reason_en} since {en}; the date moves on with every further day.",
            due.rule.citation,
        )
    text_zh, text_en = f"{zh}因{reason_zh}停止计算，不计入。", f"{en}: {reason_en}, not counted."
    return Line("paused", step.start, text_zh, text_en, due.rule.citation)


def _raw_end(due: Due, step: CountStep, calendar: WorkCalendar) -> Line:
    day = calendar.day_kind(step.start)
    zh, en = day_zh(step.start), day_en(step.start)
    is_extended_later = due.extended_days and step.start != due.raw_end
    if day.type is DayType.MAKE_UP and not is_extended_later:
        text_zh = f"期满日为{zh}，{day.reason_zh}，是工作日，不顺延。"
        text_en = f"The period ends on {en}, a make-up workday: a working day, so it does not roll."
        return Line("raw_end", step.start, text_zh, text_en, HOLIDAYS)
    text_zh = f"{'原期满日' if is_extended_later else '期满日'}为{zh}，{day.reason_zh}。"
    text_en = f"The {'original ' if is_extended_later else ''}period ends on {en}, {day.reason_en}."
    return Line("raw_end", step.start, text_zh, text_en)


def _due(due: Due, step: CountStep) -> Line:
    if due.due_at is not None:
        at = f"{due.due_at:%Y-%m-%d %H:%M}"
        return Line("due", due.due, f"到期时间：{at}。", f"Due at {at}.", due.rule.citation)
    text_zh, text_en = f"到期日：{day_zh(step.start)}。", f"Due on {day_en(step.start)}."
    if due.rule.direction is Direction.BEFORE:
        text_zh, text_en = f"最迟日：{day_zh(step.start)}。", f"At the latest on {day_en(step.start)}."
    return Line("due", step.start, text_zh, text_en, due.rule.citation)


def _doubts(due: Due) -> list[Line]:
    """Return what is not certain about the rule (不确定之处)."""
    lines = []
    if due.rule.note_zh:
        lines.append(Line("note", due.due, f"说明：{due.rule.note_zh}", f"Note: {due.rule.note_en}"))
    mark = due.rule.citation.certainty
    if mark is not Certainty.A:
        zh, en = CERTAINTY_LABELS[mark]
        lines.append(Line("certainty", due.due, f"依据可靠程度{mark}：{zh}。", f"Certainty {mark}: {en}."))
    return lines


def _rest_citation(kind: DayType) -> Citation | None:
    return HOLIDAYS if kind is DayType.HOLIDAY else None
