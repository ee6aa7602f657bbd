"""The work calendar (工作日历)."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import chinese_calendar
import holidays
import pytest

from huiyin.law.calendar import (
    CalendarError,
    DayType,
    WorkCalendar,
    calendar_from,
    load_calendar,
    local_date,
)

CALENDAR = load_calendar()
DAYS = [date(2025, 1, 1) + timedelta(days=n) for n in range(730)]


def year(number: int = 2030, **changes: Any) -> dict[str, Any]:
    """Return a small calendar year that is right, with changes."""
    found: dict[str, Any] = {
        "year": number,
        "notice_zh": "通知",
        "notice_en": "notice",
        "notice_date": f"{number - 1}-11-01",
        "holiday": [{"name_zh": "国庆节", "name_en": "National Day", "from": f"{number}-10-01",
                     "until": f"{number}-10-07"}],
        "workday": [],
    }  # fmt: skip
    found.update(changes)
    return found


def span(first: str, last: str) -> dict[str, str]:
    return {"name_zh": "国庆节", "name_en": "National Day", "from": first, "until": last}


def make_up(day: str) -> list[dict[str, str]]:
    return [{"date": day, "holiday_zh": "国庆节"}]


def test_every_day_of_two_years_agrees_with_the_chinesecalendar_package() -> None:
    assert [day for day in DAYS if CALENDAR.is_workday(day) != chinese_calendar.is_workday(day)] == []


def test_every_day_of_two_years_agrees_with_the_holidays_package() -> None:
    theirs = holidays.country_holidays("CN", years=(2025, 2026))
    assert [day for day in DAYS if CALENDAR.is_workday(day) != theirs.is_working_day(day)] == []


def test_each_day_is_exactly_one_of_workday_and_rest_day() -> None:
    assert all(CALENDAR.is_workday(day) is not CALENDAR.is_rest_day(day) for day in DAYS)
    assert all(CALENDAR.day_kind(day).is_workday is CALENDAR.is_workday(day) for day in DAYS)


@pytest.mark.parametrize(
    ("day", "kind", "reason"),
    [
        (date(2026, 2, 14), DayType.MAKE_UP, "春节调休上班"),
        (date(2026, 2, 17), DayType.HOLIDAY, "春节放假"),
        (date(2026, 3, 1), DayType.WEEKEND, "周末休息"),
        (date(2026, 3, 2), DayType.WORKDAY, "工作日"),
    ],
)
def test_a_day_says_what_it_is_and_why(day: date, kind: DayType, reason: str) -> None:
    found = CALENDAR.day_kind(day)
    assert (found.type, found.reason_zh) == (kind, reason)
    assert ("国务院办公厅" in found.notice_zh) is (kind in (DayType.HOLIDAY, DayType.MAKE_UP))


def test_days_after_the_last_notice_are_provisional_and_know_weekends_only() -> None:
    assert CALENDAR.last_known_day == date(2026, 12, 31)
    assert not CALENDAR.is_provisional(date(2026, 12, 31))
    assert CALENDAR.day_kind(date(2027, 1, 1)).is_provisional
    assert CALENDAR.is_workday(date(2027, 1, 1))
    assert CALENDAR.is_rest_day(date(2027, 1, 2))


def test_days_before_the_first_notice_are_provisional() -> None:
    assert CALENDAR.is_provisional(date(2024, 12, 31))


def test_working_days_between_two_days_are_counted_as_one_by_one() -> None:
    for first in DAYS[::17]:
        for length in (0, 1, 5, 13, 60, 400):
            last = first + timedelta(days=length)
            one_by_one = sum(CALENDAR.is_workday(first + timedelta(days=n)) for n in range(1, length + 1))
            assert CALENDAR.workdays_between(first, last) == one_by_one
    assert CALENDAR.workdays_between(date(2026, 3, 9), date(2026, 3, 2)) == 0


def test_an_office_can_build_a_calendar_from_plain_data() -> None:
    built = calendar_from([year(workday=make_up("2030-09-29"))])
    assert built.is_workday(date(2030, 9, 29))
    assert built.is_rest_day(date(2030, 10, 1))


def test_new_year_may_begin_in_the_last_days_of_december() -> None:
    new_year = {"name_zh": "元旦", "name_en": "New Year", "from": "2029-12-30", "until": "2030-01-01"}
    built = calendar_from([year(holiday=[new_year])])
    assert built.is_rest_day(date(2029, 12, 31))
    assert not built.is_provisional(date(2029, 12, 31))


@pytest.mark.parametrize(
    ("years", "sentence"),
    [
        ([year(workday=make_up("2030-10-05"))], "lies inside the holiday"),
        ([year(), year()], "given twice"),
        ([year(workday=make_up("2030-10-08"))], "not a Saturday or Sunday"),
        ([year(workday=make_up("2031-10-11"))], "outside the year"),
        ([year(workday=make_up("2030-09-29") * 2)], "given twice"),
        ([year(workday=[{"date": "2030-09-29", "holiday_zh": "春节"}])], "for no holiday of the year"),
        ([year(holiday=[span("2031-10-01", "2031-10-02")])], "outside the year"),
        ([year(holiday=[span("2030-10-02", "2030-10-01")])], "ends before it starts"),
        ([year(holiday=[span("2030-10-01", "2030-11-01")])], "longer than"),
        ([year(holiday=year()["holiday"] * 2)], "two holidays"),
        ([year(2030, holiday=[span("2030-12-31", "2030-12-31")]),
          year(2031, holiday=[span("2030-12-31", "2031-01-01")])], "two holidays"),
        ([year(notice_date="soon")], "no date"),
        ([year(notice_zh="")], "not empty"),
        ([year(holidays=[])], "unknown field"),
        ([{"year": 2030}], "missing"),
        ([], "at least one"),
    ],
)  # fmt: skip
def test_a_calendar_that_cannot_be_right_is_refused(years: list[dict[str, Any]], sentence: str) -> None:
    with pytest.raises(CalendarError, match=sentence):
        calendar_from(years)


def test_a_make_up_day_inside_a_holiday_of_another_year_is_refused() -> None:
    reaching_back = {"name_zh": "元旦", "name_en": "New Year", "from": "2029-12-29", "until": "2030-01-01"}
    before = year(2029, workday=make_up("2029-12-30"))
    with pytest.raises(CalendarError, match="inside the holiday"):
        calendar_from([before, year(2030, holiday=[reaching_back])])


def test_a_folder_without_files_or_with_broken_ones_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CalendarError, match=r"no \.toml file"):
        load_calendar(tmp_path)
    (tmp_path / "2030.toml").write_text("year = ", encoding="utf-8")
    with pytest.raises(CalendarError, match="cannot be read"):
        load_calendar(tmp_path)
    (tmp_path / "2030.toml").write_bytes("year = 2030 # 国务院放假".encode("gb18030"))
    with pytest.raises(CalendarError, match="cannot be read"):
        load_calendar(tmp_path)


def test_a_moment_has_the_date_of_beijing() -> None:
    assert local_date(datetime(2026, 3, 2, 16, 0, tzinfo=UTC)) == date(2026, 3, 3)
    assert local_date(datetime(2026, 3, 2, 15, 59, tzinfo=UTC)) == date(2026, 3, 2)


def test_a_calendar_is_a_value() -> None:
    assert calendar_from([year()]) == calendar_from([year()])
    assert isinstance(CALENDAR, WorkCalendar)
