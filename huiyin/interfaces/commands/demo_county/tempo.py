"""The pace of an office (办公节奏): steps fall on working days and into office hours."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from random import Random

from huiyin.law.calendar import BEIJING, WorkCalendar, load_calendar

HOURS = ((8, 35, 11, 40), (14, 35, 17, 10))


@dataclass(frozen=True)
class Act:
    """One step of a matter at its moment (步骤); `demand` is its position, 0 for the matter itself."""

    at: datetime
    step: str
    by: str
    demand: int = 1
    values: Mapping[str, object] = field(default_factory=dict)


@lru_cache(maxsize=1)
def calendar() -> WorkCalendar:
    return load_calendar()


class Pen:
    """Writes the steps of one matter down, one after the other, as time goes by."""

    def __init__(self, rng: Random, start: datetime) -> None:
        self.rng = rng
        self.now = start
        self.acts: list[Act] = []

    @property
    def today(self) -> date:
        return self.now.astimezone(BEIJING).date()

    def wait(self, least: int, most: int) -> None:
        """Let so many working days pass; none means later in the same hour."""
        days = self.rng.randint(least, most)
        if days == 0 and calendar().is_workday(self.today):
            self.now += timedelta(minutes=self.rng.randint(6, 34))
            return
        day = self.today
        for _turn in range(max(days, 1)):
            day = calendar().next_workday(day + timedelta(days=1))
        self.now = office_time(day, self.rng)

    def act(self, step: str, by: str, demand: int = 1, **values: object) -> None:
        """Take a step now."""
        self.acts.append(Act(self.now, step, by, demand, values))
        self.now += timedelta(minutes=self.rng.randint(3, 9))

    def in_days(self, days: int) -> date:
        """A working day so many calendar days on."""
        return calendar().next_workday(self.today + timedelta(days=days))


def office_time(day: date, rng: Random) -> datetime:
    """A moment of a day within office hours."""
    first_hour, first_minute, last_hour, last_minute = HOURS[rng.random() < 0.45]
    minutes = rng.randint(first_hour * 60 + first_minute, last_hour * 60 + last_minute)
    return datetime.combine(day, time(minutes // 60, minutes % 60, rng.randint(0, 59)), tzinfo=BEIJING)


def any_time(day: date, rng: Random) -> datetime:
    """A moment of a day when people write from home."""
    minutes = rng.randint(7 * 60, 22 * 60 + 30)
    return datetime.combine(day, time(minutes // 60, minutes % 60, rng.randint(0, 59)), tzinfo=BEIJING)
