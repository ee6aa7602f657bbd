"""Explanations of dates (日期说明): each step with its article, in two languages."""

import re
from datetime import date, datetime

import pytest

from huiyin.law.calendar import load_calendar
from huiyin.law.clock_rules import PauseReason
from huiyin.law.deadlines import Due, Pause, count
from huiyin.law.explanations import Line, explain, explain_text
from huiyin.law.rules import rule
from tests.law.scenario_files import count_of, scenarios

CALENDAR = load_calendar()
DATED = [row for row in scenarios() if "due" in row]


def due_of(rule_id: str, start: date, **more: object) -> Due:
    return count(rule(rule_id, on=start), start, calendar=CALENDAR, **more)  # type: ignore[arg-type]  # test short cut


def lines_of(rule_id: str, start: date, **more: object) -> tuple[Line, ...]:
    return explain(due_of(rule_id, start, **more), calendar=CALENDAR)


def test_christmas_eve_is_explained_step_by_step() -> None:
    assert explain_text(lines_of("C5", date(2025, 12, 24))).splitlines()[:6] == [
        "期限：按信访程序办结，受理之日起60日。（《信访工作条例》第三十四条）",
        "2025-12-24（星期三）为起算日，当日不计入，自次日起计算。（《民法典》第二百零一条第二款）",
        "2025-12-25（星期四）至2026-02-22（星期日），计满60日。",
        "期满日为2026-02-22（星期日），春节放假。",
        "2026-02-22（星期日）至2026-02-23（星期一）春节放假，期限最后一日顺延。（《民法典》第二百零三条第一款）",
        "到期日：2026-02-24（星期二）。（《信访工作条例》第三十四条）",
    ]


def test_working_days_are_numbered_one_by_one_and_rest_days_say_why() -> None:
    lines = lines_of("C4", date(2026, 2, 12))
    counted = [line for line in lines if line.kind == "counted"]
    assert [line.date.isoformat() for line in counted] == [
        "2026-02-13", "2026-02-14", "2026-02-24", "2026-02-25", "2026-02-26",
    ]  # fmt: skip
    assert "春节调休上班，第2个工作日" in counted[1].text_zh
    assert "make-up workday for Spring Festival, number 2" in counted[1].text_en
    skipped = [line for line in lines if line.kind == "skipped"]
    assert [line.text_zh for line in skipped] == [
        "2026-02-15（星期日）至2026-02-23（星期一）春节放假，不计入。"
    ]


def test_a_weekend_is_one_line() -> None:
    skipped = [line for line in lines_of("C4", date(2026, 3, 5)) if line.kind == "skipped"]
    assert [line.text_en for line in skipped] == [
        "2026-03-07 (Sat) to 2026-03-08 (Sun): weekend, not counted."
    ]


def test_a_make_up_workday_at_the_end_is_explained_because_it_surprises() -> None:
    text = explain_text(lines_of("C1", date(2026, 1, 30)), language="en")
    assert "a make-up workday: a working day, so it does not roll" in text


def test_an_extension_names_the_end_before_it_rolled() -> None:
    lines = lines_of("C5", date(2025, 12, 24), extended_days=30)
    assert "原期满日为2026-02-22" in explain_text(lines)
    assert "延长30日，从原期满日（未顺延前）的次日起算，至2026-03-24" in explain_text(lines)
    assert not [line for line in lines if line.kind == "rolled"]


def test_a_pause_inside_an_extension_is_told() -> None:
    pause = Pause(date(2026, 4, 6), date(2026, 4, 7), PauseReason.HEARING)
    text = explain_text(lines_of("C9", date(2026, 3, 9), pauses=[pause]))
    assert "2026-04-06（星期一）至2026-04-07（星期二）因听证停止计算，不计入。" in text


def test_an_open_pause_says_that_the_date_moves() -> None:
    pause = Pause(date(2026, 3, 5), None, PauseReason.HEARING)
    due = due_of("C9", date(2026, 3, 2), pauses=[pause])
    assert due.is_paused
    assert due.provisional
    assert "尚未恢复" in explain_text(explain(due, calendar=CALENDAR))


def test_a_provisional_date_says_until_when_holidays_are_published() -> None:
    assert "只公布到2026-12-31" in explain_text(lines_of("C5", date(2026, 11, 30)))


def test_an_uncertain_rule_says_so() -> None:
    kinds = [line.kind for line in lines_of("C10", date(2026, 2, 13))]
    assert kinds[-2:] == ["note", "certainty"]
    assert "certainty" not in [line.kind for line in lines_of("C5", date(2026, 2, 13))]


def test_hours_are_explained_without_rest_days() -> None:
    start = datetime(2026, 2, 16, 23, 30)
    due = count(rule("C19_2H", on=start.date()), start, calendar=CALENDAR)
    text = explain_text(explain(due, calendar=CALENDAR))
    assert "节假日不扣除" in text
    assert "到期时间：2026-02-17 01:30。" in text


def test_a_date_before_a_meeting_is_explained_backwards() -> None:
    text = explain_text(lines_of("C22_20D", date(2026, 10, 25)))
    assert "当日不计入，向前倒推" in text
    assert "2026-10-01（星期四）至2026-10-05（星期一）国庆节放假，提前到之前的工作日办理。" in text
    assert "最迟日：2026-09-30（星期三）。" in text


@pytest.mark.parametrize("scenario", DATED, ids=[row["name"] for row in DATED])
def test_every_explanation_is_complete_in_both_languages(scenario: dict[str, object]) -> None:
    due = count_of(scenario)
    lines = explain(due, calendar=CALENDAR)
    assert [line.kind for line in lines[:2]] == ["rule", "start"]
    last = next(line for line in lines if line.kind == "due")
    assert str(due.due) in last.text_zh
    assert str(due.due) in last.text_en
    assert last.citation == due.rule.citation
    for line in lines:
        assert not re.search(r"[一-鿿]", line.text_en), line
        assert re.search(r"[一-鿿]", line.text_zh), line
        assert line.text_zh.endswith("。")
        assert line.text_en.endswith(".")
