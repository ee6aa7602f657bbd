"""Traffic lights (红绿灯): how near a due date is, with thresholds as data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from huiyin.law.calendar import WorkCalendar
from huiyin.law.reading import DATA, read_file


class Light(StrEnum):
    """The light of a clock (灯色); pages show its label and shape too, never colour alone."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"
    GREY = "grey"


LIGHT_LABELS: dict[Light, tuple[str, str]] = {
    Light.GREEN: ("正常", "in time"),
    Light.AMBER: ("临期", "due soon"),
    Light.RED: ("超期", "overdue"),
    Light.GREY: ("已停止", "stopped"),
}


@dataclass(frozen=True, slots=True)
class Thresholds:
    """When a clock turns amber (临期标准)."""

    amber_share: float
    amber_working_days: int
    working_days_count_from: int


@lru_cache(maxsize=1)
def thresholds() -> Thresholds:
    """Return the shipped thresholds (默认临期标准)."""
    table = read_file(DATA / "lights.toml")
    found = Thresholds(
        table.share("amber_share"), table.whole("amber_working_days"), table.whole("working_days_count_from")
    )
    table.finish()
    return found


def working_days_left(today: date, due: date, *, calendar: WorkCalendar) -> int:
    """Return the working days after today up to the due date; negative when overdue (剩余工作日)."""
    if today <= due:
        return calendar.workdays_between(today, due)
    return -calendar.workdays_between(due, today)


def traffic_light(
    due: date,
    today: date,
    *,
    calendar: WorkCalendar,
    start: date | None = None,
    stopped: bool = False,
    limits: Thresholds | None = None,
) -> Light:
    """Return the light of a clock (灯色).

    Without `start` the share of the period is unknown and only the remaining working days count.
    """
    limits = limits or thresholds()
    if stopped:
        return Light.GREY
    if today > due:
        return Light.RED
    period = (due - start).days if start is not None else None
    if period is not None and (due - today).days <= period * limits.amber_share:
        return Light.AMBER
    if period is not None and period < limits.working_days_count_from:
        return Light.GREEN
    is_near = working_days_left(today, due, calendar=calendar) <= limits.amber_working_days
    return Light.AMBER if is_near else Light.GREEN
