"""Working days and rest days (工作日与休息日) after the State Council's yearly notices."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from huiyin.law.reading import DATA, LawDataError, Table, read_folder

ONE_DAY = timedelta(days=1)
SATURDAY = 5
BEIJING = timezone(timedelta(hours=8), "Asia/Shanghai")


def local_date(at: datetime) -> date:
    """Return the Beijing date of a moment (北京日期); one without a zone is taken as Beijing time."""
    return at.date() if at.tzinfo is None else at.astimezone(BEIJING).date()


class CalendarError(LawDataError):
    """A calendar that cannot be right (日历数据有误)."""


class DayType(StrEnum):
    """What a day is (日期类别)."""

    WORKDAY = "workday"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    MAKE_UP = "make_up"


@dataclass(frozen=True, slots=True)
class Day:
    """A day, what it is and why (某日的性质与理由)."""

    date: date
    type: DayType
    reason_zh: str
    reason_en: str
    notice_zh: str
    is_provisional: bool

    @property
    def is_workday(self) -> bool:
        """Return whether offices work on this day (是否工作日)."""
        return self.type in (DayType.WORKDAY, DayType.MAKE_UP)


@dataclass(frozen=True, slots=True)
class Holiday:
    """A run of rest days (放假)."""

    name_zh: str
    name_en: str
    start: date
    end: date

    def days(self) -> Iterable[date]:
        """Yield each day of the holiday (逐日)."""
        return (self.start + ONE_DAY * n for n in range((self.end - self.start).days + 1))


@dataclass(frozen=True, slots=True)
class CalendarYear:
    """One published year (一年的放假安排)."""

    year: int
    notice_zh: str
    notice_en: str
    notice_date: date
    holidays: tuple[Holiday, ...]
    make_up_days: tuple[tuple[date, str], ...]


@dataclass(frozen=True)
class WorkCalendar:
    """The working calendar (工作日历): published years; beyond them weekends only, marked provisional.

    Law: 国务院关于职工工作时间的规定; 全国年节及纪念日放假办法 Art. 2, 6.
    Raises:
        CalendarError: the years contradict themselves or one another.
    """

    years: tuple[CalendarYear, ...]
    _rest: Mapping[date, tuple[Holiday, CalendarYear]] = field(init=False, repr=False, compare=False)
    _make_up: Mapping[date, tuple[str, CalendarYear]] = field(init=False, repr=False, compare=False)
    _known: frozenset[int] = field(init=False, repr=False, compare=False)
    _lost: tuple[date, ...] = field(init=False, repr=False, compare=False)
    _gained: tuple[date, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if not self.years:
            raise CalendarError("A calendar needs at least one published year.")
        rest: dict[date, tuple[Holiday, CalendarYear]] = {}
        make_up: dict[date, tuple[str, CalendarYear]] = {}
        seen: set[int] = set()
        for year in self.years:
            if year.year in seen:
                raise CalendarError(f"{year.year}: the year is given twice; keep one file per year.")
            seen.add(year.year)
            _collect(year, rest, make_up)
        for day in sorted(set(rest) & set(make_up)):
            raise CalendarError(
                f"{make_up[day][1].year}: the make-up workday {day} lies inside the holiday "
                f"{rest[day][0].name_zh}; a day cannot be both."
            )
        put = object.__setattr__
        put(self, "_rest", rest)
        put(self, "_make_up", make_up)
        put(self, "_known", frozenset(seen))
        put(self, "_lost", tuple(sorted(day for day in rest if day.weekday() < SATURDAY)))
        put(self, "_gained", tuple(sorted(make_up)))

    @property
    def last_known_day(self) -> date:
        """Return the last day that a notice covers (已公布的最后一日)."""
        return date(max(self._known), 12, 31)

    def is_provisional(self, day: date) -> bool:
        """Return whether no notice covers this day (是否暂定)."""
        return day.year not in self._known and day not in self._rest and day not in self._make_up

    def is_workday(self, day: date) -> bool:
        """Return whether offices work on this day, make-up workdays included (是否工作日)."""
        return day in self._make_up or (day.weekday() < SATURDAY and day not in self._rest)

    def is_rest_day(self, day: date) -> bool:
        """Return whether the day is a rest day: weekend, holiday or swapped day (是否休息日)."""
        return not self.is_workday(day)

    def day_kind(self, day: date) -> Day:
        """Return what the day is and the notice that says so (日期性质)."""
        if day in self._make_up:
            name, year = self._make_up[day]
            english = next(holiday.name_en for holiday in year.holidays if holiday.name_zh == name)
            zh, en = f"{name}调休上班", f"make-up workday for {english}"
            return Day(day, DayType.MAKE_UP, zh, en, year.notice_zh, False)
        if day in self._rest:
            holiday, year = self._rest[day]
            zh, en = f"{holiday.name_zh}放假", f"holiday: {holiday.name_en}"
            return Day(day, DayType.HOLIDAY, zh, en, year.notice_zh, False)
        provisional = self.is_provisional(day)
        if day.weekday() >= SATURDAY:
            return Day(day, DayType.WEEKEND, "周末休息", "weekend", "", provisional)
        return Day(day, DayType.WORKDAY, "工作日", "working day", "", provisional)

    def workdays_between(self, after: date, until: date) -> int:
        """Count the working days after `after` up to and including `until` (期间工作日数)."""
        if until <= after:
            return 0
        lost = bisect_right(self._lost, until) - bisect_left(self._lost, after + ONE_DAY)
        gained = bisect_right(self._gained, until) - bisect_left(self._gained, after + ONE_DAY)
        return _weekdays(until) - _weekdays(after) - lost + gained

    def next_workday(self, day: date) -> date:
        """Return the day itself or the first working day after it (顺延至工作日)."""
        while not self.is_workday(day):
            day += ONE_DAY
        return day

    def previous_workday(self, day: date) -> date:
        """Return the day itself or the last working day before it (提前至工作日)."""
        while not self.is_workday(day):
            day -= ONE_DAY
        return day


def _weekdays(day: date) -> int:
    """Return the number of Mondays to Fridays since a fixed Monday (周一至周五累计数)."""
    weeks, rest = divmod(day.toordinal() - 1, 7)
    return weeks * 5 + min(rest + 1, 5)


def _collect(
    year: CalendarYear,
    rest: dict[date, tuple[Holiday, CalendarYear]],
    make_up: dict[date, tuple[str, CalendarYear]],
) -> None:
    """Add one year's days and refuse what cannot be right (汇入一年)."""
    names = {holiday.name_zh for holiday in year.holidays}
    for holiday in year.holidays:
        if holiday.end < holiday.start:
            raise CalendarError(f"{year.year}: the holiday {holiday.name_zh} ends before it starts.")
        if (holiday.end - holiday.start).days >= 16:
            raise CalendarError(f"{year.year}: the holiday {holiday.name_zh} is longer than 16 days.")
        for day in holiday.days():
            _refuse_outside(year, day, f"the holiday {holiday.name_zh}")
            if day in rest:
                names_zh = f"{rest[day][0].name_zh}, {holiday.name_zh}"
                raise CalendarError(f"{year.year}: {day} belongs to two holidays: {names_zh}.")
            rest[day] = (holiday, year)
    for day, name in year.make_up_days:
        _refuse_outside(year, day, "the make-up workday")
        if day.weekday() < SATURDAY:
            raise CalendarError(f"{year.year}: the make-up workday {day} is not a Saturday or Sunday.")
        if name not in names:
            raise CalendarError(
                f"{year.year}: the make-up workday {day} is for no holiday of the year: {name}."
            )
        if day in make_up:
            raise CalendarError(f"{year.year}: the make-up workday {day} is given twice.")
        make_up[day] = (name, year)


def _refuse_outside(year: CalendarYear, day: date, what: str) -> None:
    """Refuse a day outside the year (不属本年); New Year may begin in the last days of December before."""
    if not date(year.year - 1, 12, 25) <= day <= date(year.year, 12, 31):
        raise CalendarError(f"{year.year}: {what} on {day} lies outside the year.")


def calendar_from(years: Iterable[Mapping[str, object]]) -> WorkCalendar:
    """Build a calendar from plain mappings (由数据生成日历), as an office edits them.

    Raises:
        CalendarError: a field is missing, or the days cannot be right.
    """
    tables = (Table(values, f"calendar {values.get('year', '?')}", CalendarError) for values in years)
    return WorkCalendar(tuple(sorted((_year(table) for table in tables), key=lambda year: year.year)))


@lru_cache(maxsize=8)
def load_calendar(folder: Path | None = None) -> WorkCalendar:
    """Load the published years from a folder, by default the shipped one (载入日历).

    Raises:
        CalendarError: a file cannot be read or cannot be right.
    """
    tables = read_folder(folder or DATA / "calendar", CalendarError)
    return WorkCalendar(tuple(sorted((_year(table) for table in tables), key=lambda year: year.year)))


def _year(table: Table) -> CalendarYear:
    number = table.whole("year")
    holidays = []
    for row in table.tables("holiday"):
        holidays.append(Holiday(row.text("name_zh"), row.text("name_en"), row.day("from"), row.day("until")))
        row.finish()
    make_up = []
    for row in table.tables("workday"):
        make_up.append((row.day("date"), row.text("holiday_zh")))
        row.finish()
    notice_zh, notice_en = table.text("notice_zh"), table.text("notice_en")
    if "notice_number" in table:
        notice_zh = f"{notice_zh}（{table.text('notice_number')}）"
    year = CalendarYear(
        number, notice_zh, notice_en, table.day("notice_date"), tuple(holidays), tuple(make_up)
    )
    table.finish()
    return year
