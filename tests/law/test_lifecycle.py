"""The life of a demand (诉求办理流程): every stage with every step, and every way through it."""

from itertools import product

import pytest

from huiyin.law.acceptance import grounds
from huiyin.law.branches import Branch, branch_rules
from huiyin.law.clock_rules import events
from huiyin.law.diagrams import mermaid
from huiyin.law.lifecycle import (
    CLOCKED_STAGES,
    OPEN_STAGES,
    STAGE_LABELS,
    STEP_LABELS,
    TERMINAL_STAGES,
    TRANSITIONS,
    Actor,
    NotAllowed,
    Stage,
    Step,
    allowed_steps,
    clocks_for,
    guard_refusal,
    row_of,
    transition,
    why_not,
)
from huiyin.law.lifecycle_clocks import ReferralKind
from huiyin.law.profiles import profiles
from huiyin.law.refusals import guards
from huiyin.law.rules import clock_rule

# The table as a clerk would draw it: stage, then what may be done there and where it leads.
EXPECTED: dict[Stage | None, dict[Step, Stage]] = {
    None: {Step.REGISTER: Stage.REGISTERED},
    Stage.REGISTERED: {
        Step.SORT: Stage.REGISTERED,
        Step.FORWARD: Stage.AWAITING_RECEIPT,
        Step.ASSIGN: Stage.AWAITING_RECEIPT,
        Step.SELF_HANDLE: Stage.ACCEPTED,
        Step.REDIRECT: Stage.REDIRECTED,
        Step.DECLINE: Stage.DECLINED,
        Step.DECLINE_FINAL: Stage.DECLINED_FINAL,
        Step.ROUTE: Stage.ROUTED,
        Step.FILE: Stage.FILED,
        Step.ANSWER: Stage.ANSWERED,
    },
    Stage.AWAITING_RECEIPT: {
        Step.ACCEPT: Stage.ACCEPTED,
        Step.OBJECT: Stage.OBJECTED,
        Step.DISPUTE: Stage.DISPUTED,
    },
    Stage.OBJECTED: {
        Step.OBJECTION_AGREE: Stage.REGISTERED,
        Step.OBJECTION_MAINTAIN: Stage.AWAITING_RECEIPT,
    },
    Stage.DISPUTED: {Step.DESIGNATE: Stage.AWAITING_RECEIPT},
    Stage.ACCEPTED: {
        Step.ROUTE: Stage.ROUTED,
        Step.RECORD_STEP: Stage.ACCEPTED,
        Step.EXTEND_REQUEST: Stage.ACCEPTED,
        Step.EXTEND_APPROVE: Stage.ACCEPTED,
        Step.EXTEND_REFUSE: Stage.ACCEPTED,
        Step.DRAFT_REPLY: Stage.ACCEPTED,
        Step.SUBMIT_REPLY: Stage.IN_APPROVAL,
    },
    Stage.IN_APPROVAL: {
        Step.EXTEND_REQUEST: Stage.IN_APPROVAL,
        Step.EXTEND_APPROVE: Stage.IN_APPROVAL,
        Step.EXTEND_REFUSE: Stage.IN_APPROVAL,
        Step.RETURN_REPLY: Stage.ACCEPTED,
        Step.ISSUE_REPLY: Stage.ISSUED,
    },
    Stage.ISSUED: {Step.SERVE: Stage.SERVED},
    Stage.SERVED: {
        Step.REPORT_BACK: Stage.REPORTED,
        Step.CLOSE: Stage.CLOSED,
        Step.RATE: Stage.SERVED,
    },
    Stage.REPORTED: {
        Step.EXAMINE_PASS: Stage.CLOSED,
        Step.EXAMINE_COMPLETE: Stage.ACCEPTED,
        Step.EXAMINE_REWORK: Stage.ACCEPTED,
        Step.RATE: Stage.REPORTED,
    },
    Stage.CLOSED: {Step.RATE: Stage.CLOSED},
}
for open_stage in OPEN_STAGES:
    EXPECTED[open_stage] |= {Step.WITHDRAW: Stage.WITHDRAWN, Step.SUPPLEMENT: open_stage}

STAGES: list[Stage | None] = [None, *Stage]


@pytest.mark.parametrize(("stage", "step"), list(product(STAGES, Step)))
def test_a_stage_allows_exactly_the_steps_of_the_table(stage: Stage | None, step: Step) -> None:
    target = EXPECTED.get(stage, {}).get(step)
    refusal = why_not(step, stage)
    if target is not None:
        assert refusal is None
        assert transition(step, stage).target(stage) is target
        assert step in allowed_steps(stage)
        return
    assert refusal is not None
    assert step not in allowed_steps(stage)
    assert STEP_LABELS[step][0] in refusal.zh
    assert refusal.citation.text_zh in refusal.zh
    assert refusal.en.endswith(".")
    assert refusal.way_out_zh
    assert refusal.way_out_en
    with pytest.raises(NotAllowed) as caught:
        transition(step, stage)
    assert caught.value.refusal == refusal


def test_each_step_has_one_row_and_the_labels_are_complete() -> None:
    assert sorted(row.step for row in TRANSITIONS) == sorted(Step)
    assert set(STAGE_LABELS) == set(Stage)
    assert set(STEP_LABELS) == set(Step)
    assert set(Stage) == OPEN_STAGES | TERMINAL_STAGES
    assert not OPEN_STAGES & TERMINAL_STAGES


def test_every_stage_can_be_reached_and_every_open_stage_can_end() -> None:
    reached = {row.target(source) for row in TRANSITIONS for source in (row.sources or {None})}
    assert reached == set(Stage)
    ends = set(TERMINAL_STAGES)
    for _ in Stage:
        for row in TRANSITIONS:
            if row.step is not Step.WITHDRAW and row.to in ends:
                ends |= row.sources
    assert ends == set(Stage)


def test_nothing_but_the_petitioner_s_rating_happens_after_the_end() -> None:
    later = {row.step for row in TRANSITIONS if row.sources & TERMINAL_STAGES}
    assert later == {Step.RATE}
    assert row_of(Step.RATE).who == (Actor.PETITIONER,)


def test_clocks_guards_and_articles_of_the_table_exist() -> None:
    for row in TRANSITIONS:
        for rule_id in (*row.clocks_started, *row.clocks_stopped, *row.clocks_extended):
            assert clock_rule(rule_id)
        for guard in row.guards:
            assert guard_refusal(guard).zh
        assert row.citation.text_en
        assert row.who


def test_every_guard_is_used_and_speaks_both_languages() -> None:
    assert set(guards()) == {guard for row in TRANSITIONS for guard in row.guards}
    for refusal in guards().values():
        assert refusal.zh.endswith("。")
        assert refusal.en.endswith(".")


def test_a_clock_starts_and_stops_at_the_steps_that_its_events_name() -> None:
    for row in TRANSITIONS:
        for rule_id in row.clocks_started:
            assert row.step in events()[clock_rule(rule_id).start_event].steps or is_restart(row.step), (
                rule_id
            )
    started = {rule_id for row in TRANSITIONS for rule_id in row.clocks_started}
    for rule_id in started - {"C6"}:
        stops = {step for code in clock_rule(rule_id).stop_events for step in events()[code].steps}
        for step in stops - {"accept"}:
            assert rule_id in row_of(step).clocks_stopped, (rule_id, step)


def is_restart(step: Step) -> bool:
    """A designation starts the hotline's answer clock anew, although the order was dispatched before."""
    return step is Step.DESIGNATE


@pytest.mark.parametrize("name", list(profiles()))
def test_the_outcomes_of_a_profile_are_steps_of_the_table(name: str) -> None:
    possible = {row.step.value for row in TRANSITIONS if "outcome_of_profile" in row.guards}
    assert set(profiles()[name].outcomes) <= possible
    allowed = set(allowed_steps(Stage.REGISTERED, name))
    assert allowed & possible == set(profiles()[name].outcomes)
    assert {Step.SORT, Step.WITHDRAW, Step.SUPPLEMENT} <= allowed


def test_a_body_that_redirects_has_no_forwarding() -> None:
    refused = set(allowed_steps(Stage.REGISTERED)) - set(allowed_steps(Stage.REGISTERED, "npc-redirect"))
    assert refused == {Step.FORWARD, Step.ASSIGN}


HANDLERS = ("unit", "petition-office")


@pytest.mark.parametrize("branch", list(Branch))
@pytest.mark.parametrize("sender", list(profiles()))
def test_on_every_way_through_the_table_some_clock_runs_where_an_organ_owes_something(
    sender: str, branch: Branch
) -> None:
    seen: set[tuple[Stage, ReferralKind, frozenset[str]]] = set()
    open_ways: list[tuple[Stage | None, ReferralKind, frozenset[str]]] = [
        (None, ReferralKind.DIRECT, frozenset())
    ]
    while open_ways:
        stage, kind, running = open_ways.pop()
        for step in allowed_steps(stage, sender if stage is Stage.REGISTERED else None):
            way = walk(stage, step, kind, running, sender=sender, branch=branch)
            if way is None or way in seen:
                continue
            seen.add(way)
            open_ways.append(way)
            after, _, clocks = way
            assert after not in CLOCKED_STAGES or clocks - {"C6"}, (stage, step, kind)
            assert after not in TERMINAL_STAGES or not clocks - {"C6"}, (stage, step, kind, clocks)
    assert {stage for stage, _, _ in seen} >= {Stage.CLOSED, Stage.WITHDRAWN, Stage.ROUTED}


def walk(
    stage: Stage | None,
    step: Step,
    kind: ReferralKind,
    running: frozenset[str],
    *,
    sender: str,
    branch: Branch,
) -> tuple[Stage, ReferralKind, frozenset[str]] | None:
    """Take one step as the services do: the sender's profile where the sender acts, else a unit's."""
    row = transition(step, stage)
    is_assigned = kind is ReferralKind.ASSIGN
    if ("assigned" in row.guards and not is_assigned) or ("not_assigned" in row.guards and is_assigned):
        return None
    if step in (Step.FORWARD, Step.ASSIGN):
        kind = ReferralKind(step.value)
    senders_own = stage in (None, Stage.REGISTERED, Stage.OBJECTED) or kind is ReferralKind.DIRECT
    starts, stops = clocks_for(
        step, profile=sender if senders_own else "unit", branch=branch, kind=kind,
        sender=None if kind is ReferralKind.DIRECT else sender,
    )  # fmt: skip
    assert set(starts) <= set(row.clocks_started), (step, starts)
    assert set(stops) <= set(row.clocks_stopped), (step, stops)
    if step is Step.OBJECTION_AGREE:
        kind = ReferralKind.DIRECT
    return row.target(stage), kind, (running - set(stops)) | set(starts)


def clocks(step: Step, **more: str | None) -> set[str]:
    return set(clocks_for(step, **{"profile": "unit", **more})[0])  # type: ignore[arg-type]  # test short cut


def test_the_sixty_days_run_for_the_petition_branch_only() -> None:
    for branch in Branch:
        assert ("C5" in clocks(Step.ACCEPT, branch=branch, kind="forward")) is (branch is Branch.PETITION)
        assert ("C5" in clocks(Step.SELF_HANDLE, branch=branch)) is (branch is Branch.PETITION)


def test_the_thirty_days_for_reexamination_run_for_the_petition_branch_only() -> None:
    for branch, rule in branch_rules().items():
        assert rule.has_review is (branch is Branch.PETITION)
        assert ("C6" in clocks(Step.SERVE, branch=branch, kind="forward")) is (branch is Branch.PETITION)


def test_an_opinion_of_a_people_s_congress_has_no_reexamination() -> None:
    assert "C6" not in clocks(Step.SERVE, profile="npc-transfer", branch="petition")


def test_a_department_s_opinion_on_a_matter_of_the_people_s_congress_has_one() -> None:
    assert "C6" in clocks(Step.SERVE, branch="petition", kind="assign", sender="npc-transfer")


@pytest.mark.parametrize(
    ("profile", "clock"),
    [("petition-office", "C1"), ("unit", "C2"), ("npc-transfer", "C13"), ("hotline-12345", "C18_DISPATCH")],
)
def test_registration_starts_the_clock_of_the_profile(profile: str, clock: str) -> None:
    assert clocks(Step.REGISTER, profile=profile) == {clock}


def test_a_matter_assigned_by_the_people_s_congress_has_its_report_clock_from_acceptance() -> None:
    # The limit in the letter of assignment runs beside it: whichever ends first is owed first.
    assert clocks(Step.ASSIGN, profile="npc-transfer") == {"C3", "C4", "OWN"}
    assert clocks(Step.ACCEPT, branch="petition", kind="assign", sender="npc-transfer") == {"C5", "C14"}
    assert clocks(Step.ACCEPT, branch="duty", kind="assign", sender="npc-transfer") == {"C14"}
    assert clocks(Step.ACCEPT, branch="petition", kind="forward", sender="npc-transfer") == {"C5"}


def test_an_own_limit_ends_with_service_or_where_assigned_with_the_report() -> None:
    served = {kind: clocks_for(Step.SERVE, profile="unit", kind=kind)[1] for kind in ReferralKind}
    assert "OWN" in served[ReferralKind.DIRECT]
    assert "OWN" in served[ReferralKind.FORWARD]
    assert "OWN" not in served[ReferralKind.ASSIGN]
    assert "OWN" in clocks_for(Step.REPORT_BACK, profile="unit", kind="assign")[1]


def test_an_answer_to_a_hotline_order_has_no_reexamination_and_starts_no_sixty_days() -> None:
    assert clocks(Step.ACCEPT, branch="petition", kind="forward", sender="hotline-12345") == set()
    assert clocks(Step.SERVE, branch="petition", kind="forward", sender="hotline-12345") == set()


def test_a_designated_organ_has_no_objection_clock() -> None:
    for sender in profiles():
        for kind in ("forward", "assign"):
            assert "C4" not in clocks(Step.DESIGNATE, kind=kind, sender=sender)


def test_a_kind_may_be_written_in_capitals_and_an_unknown_one_is_refused() -> None:
    assert clocks(Step.ACCEPT, branch="petition", kind="FORWARD") == {"C5"}
    with pytest.raises(ValueError, match="by_mail"):
        clocks(Step.ACCEPT, branch="petition", kind="by_mail")


def test_the_grounds_belong_to_steps_that_need_one() -> None:
    for ground in grounds().values():
        guards_of_step = row_of(ground.step).guards
        assert "ground_given" in guards_of_step or "route_named" in guards_of_step


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_picture_shows_every_stage_and_every_move(language: str) -> None:
    picture = mermaid(language=language)
    side = 0 if language == "zh" else 1
    assert all(label[side] in picture for label in STAGE_LABELS.values())
    moves = sum(len(row.sources) for row in TRANSITIONS if row.to and row.step is not Step.WITHDRAW)
    arrows = [line for line in picture.splitlines() if " --> " in line and "[*]" not in line]
    assert len(arrows) == moves
