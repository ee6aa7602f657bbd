"""Counting periods (期限计算): properties that hold for every start, and the algebra of a clock."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huiyin.law.calendar import load_calendar, local_date
from huiyin.law.clock_rules import Direction, PauseReason, RuleVersion, Unit
from huiyin.law.clock_runs import ClockRun
from huiyin.law.deadlines import CountKind, DeadlineError, Due, Pause, add_months, count, end_of_day
from huiyin.law.lights import Light, traffic_light, working_days_left
from huiyin.law.rules import rule, rules

CALENDAR = load_calendar()
DAY = timedelta(days=1)
# From the day the newest rule came into force; two years with notices and one without.
STARTS = st.dates(date(2025, 3, 12), date(2027, 12, 31))
AFTER = [
    rule_id
    for rule_id, found in rules().items()
    if found.versions[-1].direction is Direction.AFTER and found.versions[-1].unit is not Unit.HOUR
]
PAUSES = st.lists(
    st.tuples(STARTS, st.integers(0, 40)).map(
        lambda row: Pause(row[0], row[0] + DAY * row[1], PauseReason.HEARING)
    ),
    max_size=4,
)
steady = settings(derandomize=True, deadline=None, max_examples=150)


def of(rule_id: str, start: date, **more: object) -> Due:
    return count(rule(rule_id, on=start), start, calendar=CALENDAR, **more)  # type: ignore[arg-type]  # test short cut


@steady
@given(st.sampled_from(AFTER), STARTS)
def test_a_due_date_is_after_its_start_and_a_working_day(rule_id: str, start: date) -> None:
    due = of(rule_id, start)
    assert start < due.raw_end <= due.due
    assert CALENDAR.is_workday(due.due)


@steady
@given(st.sampled_from(AFTER), STARTS, st.integers(0, 60))
def test_a_later_start_is_never_due_earlier(rule_id: str, start: date, later: int) -> None:
    assert of(rule_id, start).due <= of(rule_id, start + DAY * later).due
    assert of(rule_id, start).raw_end <= of(rule_id, start + DAY * later).raw_end


@steady
@given(st.sampled_from(AFTER), STARTS)
def test_a_period_rolls_over_rest_days_only(rule_id: str, start: date) -> None:
    due = of(rule_id, start)
    between = [due.raw_end + DAY * n for n in range((due.due - due.raw_end).days)]
    assert all(CALENDAR.is_rest_day(day) for day in between)


@steady
@given(STARTS, st.integers(1, 30))
def test_an_extension_is_counted_from_the_end_before_it_rolled(start: date, days: int) -> None:
    plain, extended = of("C5", start), of("C5", start, extended_days=days)
    assert extended.raw_end == plain.raw_end + DAY * days
    assert (extended.raw_end - start).days <= 90
    assert extended.due == CALENDAR.next_workday(extended.raw_end)


@steady
@given(STARTS, st.sampled_from(["C4", "C10", "C11", "C12", "C18"]))
def test_a_period_in_working_days_holds_exactly_that_many(start: date, rule_id: str) -> None:
    due = of(rule_id, start)
    assert CALENDAR.workdays_between(start, due.due) == due.rule.length


@steady
@given(STARTS, PAUSES)
def test_days_of_a_hearing_do_not_count_and_all_others_do(start: date, pauses: list[Pause]) -> None:
    due = of("C9", start, pauses=pauses)
    days = [start + DAY * n for n in range(1, (due.raw_end - start).days + 1)]
    free = [day for day in days if not any(pause.covers(day) for pause in pauses)]
    assert len(free) == 30
    assert free[-1] == due.raw_end


@steady
@given(STARTS, PAUSES, st.integers(0, 60))
def test_a_later_start_is_never_due_earlier_whatever_the_hearings(
    start: date, pauses: list[Pause], later: int
) -> None:
    assert of("C9", start, pauses=pauses).due <= of("C9", start + DAY * later, pauses=pauses).due


@steady
@given(STARTS, PAUSES)
def test_the_order_of_pauses_does_not_matter(start: date, pauses: list[Pause]) -> None:
    assert of("C9", start, pauses=pauses).due == of("C9", start, pauses=pauses[::-1]).due


@steady
@given(st.sampled_from(AFTER), STARTS)
def test_the_steps_account_for_every_day(rule_id: str, start: date) -> None:
    due = of(rule_id, start)
    told = {
        step.start + DAY * n
        for step in due.steps
        if step.kind in (CountKind.COUNTED, CountKind.SKIPPED, CountKind.PAUSED, CountKind.ROLLED)
        for n in range((step.end - step.start).days + 1)
    } | {due.due}
    assert told == {start + DAY * n for n in range(1, (due.due - start).days + 1)}


@steady
@given(st.sampled_from(AFTER), STARTS)
def test_a_date_is_provisional_exactly_when_an_unpublished_day_decides_it(rule_id: str, start: date) -> None:
    due = of(rule_id, start)
    first = start if due.rule.unit is Unit.WORKING_DAY else due.raw_end
    decides = [first + DAY * n for n in range((due.due - first).days + 1)]
    assert due.provisional is any(day.year > 2026 for day in decides)


@steady
@given(
    st.dates(date(2024, 11, 8), date(2026, 12, 31)), st.sampled_from(["C22_20D", "C22_10D", "C22_7D", "C21"])
)
def test_a_date_before_a_meeting_leaves_at_least_the_days_the_law_gives(meeting: date, rule_id: str) -> None:
    due = of(rule_id, meeting)
    assert (meeting - due.due).days >= due.rule.length
    assert CALENDAR.is_workday(due.due)


def test_a_moment_late_in_the_evening_of_london_belongs_to_the_next_day_of_beijing() -> None:
    start = datetime(2026, 3, 1, 20, 0, tzinfo=UTC)
    due = count(rule("C4", on=local_date(start)), start, calendar=CALENDAR)
    assert due.start == date(2026, 3, 2)


def test_hours_are_counted_in_the_zone_they_started_in() -> None:
    due = count(
        rule("C19_2H", on=date(2026, 3, 1)), datetime(2026, 3, 1, 15, 0, tzinfo=UTC), calendar=CALENDAR
    )
    assert due.due_at == datetime(2026, 3, 1, 17, 0, tzinfo=UTC)
    assert (due.start, due.due) == (date(2026, 3, 1), date(2026, 3, 2))


def test_a_period_ends_at_midnight_of_its_last_day() -> None:
    assert end_of_day(date(2026, 2, 24)) == datetime(2026, 2, 24, 16, 0, tzinfo=UTC)


def test_a_date_too_far_away_is_refused_with_a_sentence() -> None:
    with pytest.raises(DeadlineError, match="too far away"):
        of("C5", date(9999, 12, 1))


def test_a_negative_extension_is_refused() -> None:
    with pytest.raises(DeadlineError, match="negative"):
        of("C5", date(2026, 3, 2), extended_days=-1)


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ("2026-01-31", 1, "2026-02-28"),
        ("2024-01-31", 1, "2024-02-29"),
        ("2025-12-15", 1, "2026-01-15"),
        ("2026-08-31", 6, "2027-02-28"),
        ("2026-03-31", -1, "2026-02-28"),
    ],
)
def test_months_end_on_the_corresponding_day_or_the_last(start: str, months: int, end: str) -> None:
    assert add_months(date.fromisoformat(start), months) == date.fromisoformat(end)


REVIEW = rule("C9", on=date(2026, 3, 2))
HANDLING = rule("C5", on=date(2026, 3, 2))
START = date(2026, 3, 2)
# No shipped rule may be both paused and extended; a local one might.
BOTH = replace(HANDLING, pause_reasons=(PauseReason.HEARING,))


def apply(run: ClockRun, operation: str, on: date) -> ClockRun:
    """Apply one named operation of the algebra."""
    match operation:
        case "pause":
            return run.pause(on, PauseReason.HEARING, CALENDAR)
        case "resume":
            return run.resume(on)
        case "extend":
            return run.extend(10, on, CALENDAR)
        case "withdraw":
            return run.withdraw_extension(on)
        case _:
            return run.stop(on)


@pytest.mark.parametrize(("version", "lawful_orders"), [(REVIEW, 11), (HANDLING, 11), (BOTH, 94)])
def test_every_order_of_operations_is_refused_or_counts_right(
    version: RuleVersion, lawful_orders: int
) -> None:
    counted = 0
    for length in range(6):
        for operations in product(("pause", "resume", "extend", "withdraw", "stop"), repeat=length):
            run, model = ClockRun(version, START), {"paused": False, "extended": False, "stopped": False}
            pauses: list[tuple[date, date]] = []
            for number, operation in enumerate(operations, start=1):
                on = START + DAY * (number * 3)
                lawful = is_lawful(version, model, operation)
                try:
                    run = apply(run, operation, on)
                except DeadlineError:
                    assert not lawful, operations
                    break
                assert lawful, operations
                step_model(model, pauses, operation, on)
            else:
                counted += 1
                assert run.due(CALENDAR).raw_end == expected_end(version, model, pauses), operations
    assert counted == lawful_orders


def is_lawful(version: RuleVersion, model: dict[str, bool], operation: str) -> bool:
    if model["stopped"]:
        return False
    can_pause, can_extend = bool(version.pause_reasons), version.extension is not None
    return {
        "pause": can_pause and not model["paused"],
        "resume": model["paused"],
        "extend": can_extend and not model["extended"],
        "withdraw": model["extended"],
        "stop": True,
    }[operation]


def step_model(model: dict[str, bool], pauses: list[tuple[date, date]], operation: str, on: date) -> None:
    if operation == "pause":
        model["paused"] = True
        pauses.append((on, on))
    elif operation == "resume":
        model["paused"] = False
        pauses[-1] = (pauses[-1][0], on - DAY)
    elif operation in ("extend", "withdraw"):
        model["extended"] = operation == "extend"
    else:
        model["stopped"] = True


def expected_end(version: RuleVersion, model: dict[str, bool], pauses: list[tuple[date, date]]) -> date:
    """Count with sets of days: what the platform does with a walk, done the plain way."""
    still = {first + DAY * n for first, last in pauses for n in range((last - first).days + 1)}
    length = version.length + (10 if model["extended"] else 0)
    free = [day for day in (START + DAY * n for n in range(1, 400)) if day not in still]
    return free[length - 1]


def test_a_second_extension_is_refused() -> None:
    run = ClockRun(HANDLING, START).extend(10, START, CALENDAR)
    with pytest.raises(DeadlineError, match="second extension") as caught:
        run.extend(10, START, CALENDAR)
    assert "第三十四条" in caught.value.text_zh


def test_an_extension_after_the_end_is_refused() -> None:
    with pytest.raises(DeadlineError, match="ended on 2026-05-06"):
        ClockRun(HANDLING, START).extend(10, date(2026, 5, 7), CALENDAR)


def test_an_extension_on_the_rolled_last_day_is_in_time() -> None:
    assert ClockRun(HANDLING, START).due(CALENDAR).raw_end == date(2026, 5, 1)
    assert ClockRun(HANDLING, START).extend(10, date(2026, 5, 6), CALENDAR).due(CALENDAR).due == date(
        2026, 5, 11
    )


def test_withdrawing_an_extension_brings_the_old_date_back() -> None:
    run = ClockRun(HANDLING, START)
    assert run.extend(30, START, CALENDAR).withdraw_extension(START).due(CALENDAR) == run.due(CALENDAR)


def test_a_clock_cannot_resume_on_the_day_it_was_paused() -> None:
    run = ClockRun(REVIEW, START).pause(date(2026, 3, 5), PauseReason.HEARING, CALENDAR)
    with pytest.raises(DeadlineError, match="only after"):
        run.resume(date(2026, 3, 5))


def test_pauses_cannot_overlap_in_one_clock() -> None:
    run = (
        ClockRun(REVIEW, START)
        .pause(date(2026, 3, 5), PauseReason.HEARING, CALENDAR)
        .resume(date(2026, 3, 9))
    )
    with pytest.raises(DeadlineError, match="already lies in the pause"):
        run.pause(date(2026, 3, 8), PauseReason.HEARING, CALENDAR)


def test_nothing_happens_to_a_clock_before_it_starts() -> None:
    with pytest.raises(DeadlineError, match="before the clock's start"):
        ClockRun(HANDLING, START).stop(START - DAY)


def test_a_clock_that_stops_on_its_due_date_is_in_time_and_a_day_later_is_not() -> None:
    run = ClockRun(HANDLING, START)
    assert run.is_in_time(CALENDAR) is None
    assert run.stop(date(2026, 5, 6)).is_in_time(CALENDAR) is True
    assert run.stop(date(2026, 5, 7)).is_in_time(CALENDAR) is False


@pytest.mark.parametrize(
    ("today", "light"),
    [
        (date(2026, 3, 3), Light.GREEN),
        (date(2026, 4, 18), Light.GREEN),
        (date(2026, 4, 20), Light.AMBER),
        (date(2026, 5, 6), Light.AMBER),
        (date(2026, 5, 7), Light.RED),
    ],
)
def test_a_light_turns_amber_in_the_last_quarter_and_red_after_the_due_date(
    today: date, light: Light
) -> None:
    assert traffic_light(date(2026, 5, 6), today, calendar=CALENDAR, start=START) is light


def test_a_light_without_a_start_turns_amber_five_working_days_before() -> None:
    assert traffic_light(date(2026, 3, 31), date(2026, 3, 23), calendar=CALENDAR) is Light.GREEN
    assert traffic_light(date(2026, 3, 31), date(2026, 3, 24), calendar=CALENDAR) is Light.AMBER


def test_a_short_clock_is_not_amber_from_its_first_day() -> None:
    due = date(2026, 3, 9)
    assert traffic_light(due, START, calendar=CALENDAR, start=START) is Light.GREEN
    assert traffic_light(due, date(2026, 3, 8), calendar=CALENDAR, start=START) is Light.AMBER


def test_a_stopped_clock_is_grey_even_when_it_was_late() -> None:
    assert traffic_light(START, date(2027, 1, 1), calendar=CALENDAR, stopped=True) is Light.GREY


def test_working_days_left_are_negative_when_overdue() -> None:
    assert working_days_left(date(2026, 2, 12), date(2026, 2, 26), calendar=CALENDAR) == 5
    assert working_days_left(date(2026, 2, 26), date(2026, 2, 12), calendar=CALENDAR) == -5
    assert working_days_left(START, START, calendar=CALENDAR) == 0
