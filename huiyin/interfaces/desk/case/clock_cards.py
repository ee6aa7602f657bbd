"""Clock rows as cards (期限卡): when, under which article, whose turn, and how the date was counted."""

from dataclasses import replace
from datetime import date, datetime
from functools import lru_cache

from django.utils.translation import gettext as _

from huiyin.casework.replies.selectors.rows import ClockRow
from huiyin.interfaces.ui import labels
from huiyin.interfaces.ui.legal import article_of, clock_card_of, counted_days_of, said
from huiyin.interfaces.ui.parts import ClockCard, CountedDay, Light, light_of
from huiyin.interfaces.ui.templatetags.ui import day
from huiyin.law import deadlines, rules
from huiyin.law.calendar import load_calendar, local_date
from huiyin.law.clock_rules import PARTY_LABELS
from huiyin.law.explanations import explain
from huiyin.law.lifecycle_clocks import OBJECTION_CLOCK
from huiyin.law.lights import traffic_light
from huiyin.law.rules import OWN_LIMIT


def clock_cards(
    clocks: tuple[ClockRow, ...], *, today: date
) -> tuple[tuple[ClockCard, ...], tuple[ClockCard, ...]]:
    """The running clocks, the nearest first, and the ended ones, the latest first (期限)."""
    running = sorted((row for row in clocks if row.stopped_at is None), key=lambda row: row.due_on)
    ended = [row for row in clocks if row.stopped_at is not None]
    return (
        tuple(clock_card(row, today=today) for row in running),
        tuple(clock_card(row, today=today) for row in reversed(ended)),
    )


def clock_card(clock: ClockRow, *, today: date) -> ClockCard:
    """One clock, counted again under the version it started with (期限卡)."""
    card = _counted(
        clock.rule,
        clock.rule_version,
        clock.started_at if clock.due_at else local_date(clock.started_at),
        clock.extended_days,
        clock.own_limit_on,
        said("zh", "en"),
    )
    note = _("已延长%(days)s日。") % {"days": clock.extended_days} if clock.extended_days else ""
    if card.due != clock.due_on:
        note += _("放假安排公布后日期有变，仍以原定的日期为准。")
    if clock.stopped_at:
        note += _("%(day)s停止计算。") % {"day": day(clock.stopped_at, "short")}
    who = labels.agency_name(clock.agency_id) or said(*PARTY_LABELS["petitioner"])
    light: Light | None = light_of_clock(clock, today=today)
    is_right = clock.agency_id is None or clock.rule == OBJECTION_CLOCK
    if is_right and clock.stopped_at is None and today > clock.due_on:
        # The petitioner's period and the time for objecting are rights that ended, not duties missed.
        light, note = None, note + _("这一期限已经过去。")
    return replace(card, due=clock.due_on, light=light, who=who, note=note)


def light_of_clock(clock: ClockRow, *, today: date) -> Light:
    """The traffic light of a clock row (红绿灯)."""
    shade = traffic_light(
        clock.due_on,
        today,
        calendar=load_calendar(),
        start=local_date(clock.started_at),
        stopped=clock.stopped_at is not None,
    )
    met_on = local_date(clock.stopped_at) if clock.stopped_at and clock.agency_id else None
    return light_of(shade, due=clock.due_on, today=today, met_on=met_on, is_provisional=clock.is_provisional)


@lru_cache(maxsize=4096)
def _counted(
    rule_id: str,
    version: str,
    start: date | datetime,
    extended_days: int,
    own_limit_on: date | None,
    language: str,
) -> ClockCard:
    """Count and explain; the same start under the same rule is explained once for each language."""
    rule = rules.rule_version(rule_id, version)
    if rule_id == OWN_LIMIT or own_limit_on is not None:
        return _own_limit(rule, start, own_limit_on)
    calendar = load_calendar()
    due = deadlines.count(rule, start, calendar=calendar, extended_days=extended_days)
    return clock_card_of(due, calendar=calendar, light=None)


def _own_limit(rule: rules.RuleVersion, start: date | datetime, limit_on: date | None) -> ClockCard:
    first = local_date(start) if isinstance(start, datetime) else start
    step = CountedDay(
        text=_("这个日期由交办、受理或者审核时写明，不是推算出来的。"),
        kind="rule",
        article=article_of(rule.citation),
    )
    return ClockCard(
        title=said(rule.title_zh, rule.title_en),
        due=limit_on,
        light=None,
        started=first,
        article=article_of(rule.citation),
        steps=(step,),
    )


def extended_date(clock: ClockRow, days: int) -> tuple[date, tuple[CountedDay, ...]]:
    """The new date of a clock with so many more days, and how it is counted (延期后的日期).

    Raises: huiyin.law.deadlines.DeadlineError with the article that forbids it.
    """
    calendar = load_calendar()
    due = deadlines.count(
        rules.rule_version(clock.rule, clock.rule_version),
        clock.started_at,
        calendar=calendar,
        extended_days=clock.extended_days + days,
    )
    return due.due, counted_days_of(explain(due, calendar=calendar))
