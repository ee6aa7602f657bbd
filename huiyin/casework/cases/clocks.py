"""Clock rows (时限): made from the law's rules, kept under the version they started with."""

from dataclasses import dataclass
from datetime import date, datetime

from huiyin.casework.cases.models import Clock, Demand
from huiyin.law import deadlines, rules
from huiyin.law.calendar import WorkCalendar, load_calendar, local_date


def calendar() -> WorkCalendar:
    """The working calendar in force (工作日历)."""
    return load_calendar()


def clock_start(
    *, demand: Demand, rule_id: str, agency_id: int | None, at: datetime, own_limit_on: date | None = None
) -> Clock:
    """Make the row of a clock that starts now; the caller stores it.

    An own limit (自定期限) is a date the sender wrote into the assignment, so nothing is counted.
    """
    rule = rules.rule(rule_id, profile=demand.profile, on=local_date(at))
    if own_limit_on is not None:
        raw_end = due_on = own_limit_on
        due_at, is_provisional = None, False
    else:
        due = deadlines.count(rule, at, calendar=calendar())
        raw_end, due_on, due_at, is_provisional = due.raw_end, due.due, due.due_at, due.provisional
    return Clock(
        demand_id=demand.pk,
        agency_id=agency_id,
        rule=rule_id,
        rule_version=rule.version_id,
        profile=demand.profile,
        started_at=at,
        own_limit_on=own_limit_on,
        raw_end=raw_end,
        due_on=due_on,
        due_at=due_at,
        is_provisional=is_provisional,
    )


@dataclass(frozen=True)
class Recount:
    """A running clock counted again with an extension."""

    raw_end: date
    due_on: date
    due_at: datetime | None
    is_provisional: bool


def clock_recount(*, clock: Clock, extended_days: int) -> Recount:
    """Count a clock again with this many days of extension, under its own rule version.

    Raises: huiyin.law.deadlines.DeadlineError with the article that forbids it.
    """
    rule = rules.rule_version(clock.rule, clock.rule_version)
    due = deadlines.count(rule, clock.started_at, calendar=calendar(), extended_days=extended_days)
    return Recount(due.raw_end, due.due, due.due_at, due.provisional)
