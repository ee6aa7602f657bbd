"""The life of a demand as one table (诉求办理流程): step, from, to, who, clocks, notice, article."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from huiyin.law.citations import Citation, cite
from huiyin.law.lifecycle_clocks import (
    HOTLINE_CLOCKS,
    OFFICE_CLOCKS,
    RECEIPT_CLOCKS,
    REFERRAL_CLOCKS,
    REGISTRATION_CLOCKS,
    ReferralKind,
    clocks_for,
)
from huiyin.law.profiles import profile as find_profile
from huiyin.law.refusals import NotAllowed, Refusal, guard_refusal
from huiyin.law.stages import (
    ACTOR_LABELS,
    CLOCKED_STAGES,
    OPEN_STAGES,
    STAGE_LABELS,
    STEP_LABELS,
    TERMINAL_STAGES,
    Actor,
    Stage,
    Step,
)

__all__ = [
    "ACTOR_LABELS",
    "CLOCKED_STAGES",
    "OPEN_STAGES",
    "STAGE_LABELS",
    "STEP_LABELS",
    "TERMINAL_STAGES",
    "TRANSITIONS",
    "Actor",
    "NotAllowed",
    "ReferralKind",
    "Refusal",
    "Stage",
    "Step",
    "Transition",
    "allowed_steps",
    "clocks_for",
    "guard_refusal",
    "row_of",
    "transition",
    "why_not",
]


@dataclass(frozen=True, slots=True)
class Transition:
    """One row of the table (流程表一行); `to` is nothing where the demand stays in its stage.

    `clocks_started` and `clocks_stopped` hold every clock that the step may start or stop; which of them
    applies depends on profile and branch: see `huiyin.law.lifecycle_clocks.clocks_for`.
    """

    step: Step
    sources: frozenset[Stage]
    to: Stage | None
    who: tuple[Actor, ...]
    citation: Citation
    clocks_started: tuple[str, ...] = ()
    clocks_stopped: tuple[str, ...] = ()
    clocks_extended: tuple[str, ...] = ()
    notice: str | None = None
    guards: tuple[str, ...] = ()

    def target(self, stage: Stage | None) -> Stage:
        """Return the stage after the step (办理后的状态)."""
        found = self.to or stage
        if found is None:
            raise ValueError(f"The step {self.step} needs a stage to stay in.")
        return found


S, A = Stage, Actor
_BASIC = cite("R2022", 22, paragraph=1)
_OTHER = cite("R2022", 23)
_DIRECT = cite("R2022", 23, paragraph=2)
_REFERRED = cite("R2022", 23, paragraph=3)
_LIMIT = cite("R2022", 34)
_ASSIGNED = cite("R2022", 22, paragraph=1, item=3)
_PRACTICE = cite("LOCAL", certainty="D")


def _row(
    step: Step,
    sources: tuple[Stage, ...] | frozenset[Stage],
    to: Stage | None,
    who: tuple[Actor, ...],
    citation: Citation,
    *,
    starts: tuple[str, ...] = (),
    stops: tuple[str, ...] = (),
    extends: tuple[str, ...] = (),
    notice: str | None = None,
    guards: tuple[str, ...] = (),
) -> Transition:
    return Transition(step, frozenset(sources), to, who, citation, starts, stops, extends, notice, guards)


TRANSITIONS: tuple[Transition, ...] = (
    _row(
        Step.REGISTER, (), S.REGISTERED, (A.REGISTRAR, A.PETITIONER, A.SYSTEM), cite("R2022", 21),
        starts=("C1", "C2", "C13", "C18_DISPATCH"), notice="receipt",
    ),
    _row(Step.SORT, (S.REGISTERED,), None, (A.DISPATCHER, A.REGISTRAR), cite("R2022", 28, 29, 30, 31)),
    _row(
        Step.FORWARD, (S.REGISTERED,), S.AWAITING_RECEIPT, (A.DISPATCHER,), _BASIC,
        starts=("C3", "C4", *HOTLINE_CLOCKS), stops=REGISTRATION_CLOCKS, notice="forward_letter",
        guards=("sorted", "outcome_of_profile", "accused_not_recipient"),
    ),
    _row(
        Step.ASSIGN, (S.REGISTERED,), S.AWAITING_RECEIPT, (A.DISPATCHER,), _ASSIGNED,
        starts=("C3", "C4", "OWN", *HOTLINE_CLOCKS), stops=REGISTRATION_CLOCKS, notice="assign_letter",
        guards=("sorted", "outcome_of_profile", "accused_not_recipient"),
    ),
    _row(
        Step.SELF_HANDLE, (S.REGISTERED,), S.ACCEPTED, (A.DISPATCHER, A.HANDLER), _DIRECT,
        starts=("C5", "C12", "OWN"), stops=REGISTRATION_CLOCKS, notice="acceptance_notice",
        guards=("sorted", "outcome_of_profile"),
    ),
    _row(
        Step.REDIRECT, (S.REGISTERED,), S.REDIRECTED, (A.DISPATCHER,), _OTHER,
        stops=OFFICE_CLOCKS, notice="redirect_notice",
        guards=("outcome_of_profile", "ground_given", "accusation_handed_over"),
    ),
    _row(
        Step.DECLINE, (S.REGISTERED,), S.DECLINED, (A.DISPATCHER,), cite("R2022", 19, paragraph=3),
        stops=OFFICE_CLOCKS, notice="decline_notice",
        guards=("outcome_of_profile", "ground_given", "accusation_handed_over"),
    ),
    _row(
        Step.DECLINE_FINAL, (S.REGISTERED,), S.DECLINED_FINAL, (A.DISPATCHER,), cite("R2022", 36),
        stops=OFFICE_CLOCKS, notice="final_decline_notice",
        guards=("outcome_of_profile", "ground_given", "accusation_handed_over"),
    ),
    _row(
        Step.ROUTE, (S.REGISTERED, S.ACCEPTED), S.ROUTED, (A.DISPATCHER, A.HANDLER), cite("R2022", 31),
        stops=OFFICE_CLOCKS, notice="redirect_notice",
        guards=(
            "sorted", "outcome_of_profile", "route_named", "routable", "accusation_handed_over",
            "not_assigned",
        ),
    ),
    _row(
        Step.FILE, (S.REGISTERED,), S.FILED, (A.DISPATCHER,), cite("ONLINE", certainty="C"),
        stops=OFFICE_CLOCKS,
        guards=("sorted", "outcome_of_profile", "reason_given", "fileable", "accusation_handed_over"),
    ),
    _row(
        Step.ANSWER, (S.REGISTERED,), S.ANSWERED, (A.DISPATCHER, A.REGISTRAR), cite("ONLINE", certainty="C"),
        stops=OFFICE_CLOCKS, notice="direct_answer",
        guards=("outcome_of_profile", "answerable", "accusation_handed_over"),
    ),
    _row(
        Step.ACCEPT, (S.AWAITING_RECEIPT,), S.ACCEPTED, (A.HANDLER,), _REFERRED,
        starts=("C5", "C12", "C14", "OWN"), stops=RECEIPT_CLOCKS, notice="acceptance_notice",
    ),
    _row(
        Step.OBJECT, (S.AWAITING_RECEIPT,), S.OBJECTED, (A.HANDLER,), _REFERRED,
        stops=("C4",), notice="objection_letter",
        guards=("first_objection", "not_designated", "objection_in_time", "reason_given"),
    ),
    _row(
        Step.OBJECTION_AGREE, (S.OBJECTED,), S.REGISTERED, (A.DISPATCHER, A.OFFICE), _REFERRED,
        starts=("C1", "C2", "C13", "C18_DISPATCH"), stops=REFERRAL_CLOCKS, notice="objection_decision",
    ),
    _row(
        Step.OBJECTION_MAINTAIN, (S.OBJECTED,), S.AWAITING_RECEIPT, (A.DISPATCHER, A.OFFICE), _REFERRED,
        starts=("C4",), notice="objection_decision", guards=("reason_given",),
    ),
    _row(
        Step.DISPUTE, (S.AWAITING_RECEIPT,), S.DISPUTED, (A.HANDLER,), cite("R2022", 24),
        stops=("C4",), notice="objection_letter",
        guards=("objected_before", "not_designated", "objection_in_time", "reason_given"),
    ),
    _row(
        Step.DESIGNATE, (S.DISPUTED,), S.AWAITING_RECEIPT, (A.SUPERIOR,), cite("R2022", 24),
        starts=("C3", "OWN", *HOTLINE_CLOCKS), stops=REFERRAL_CLOCKS, notice="objection_decision",
        guards=("accused_not_recipient",),
    ),
    _row(Step.RECORD_STEP, (S.ACCEPTED,), None, (A.HANDLER,), cite("R2022", 31, item=6)),
    _row(
        Step.EXTEND_REQUEST, (S.ACCEPTED, S.IN_APPROVAL), None, (A.HANDLER,), _LIMIT,
        guards=("extendable",),
    ),
    _row(
        Step.EXTEND_APPROVE, (S.ACCEPTED, S.IN_APPROVAL), None, (A.SIGNER,), _LIMIT,
        extends=("C5", "C14"), notice="extension_notice",
        guards=("extension_requested", "extendable", "not_own_request"),
    ),
    _row(
        Step.EXTEND_REFUSE, (S.ACCEPTED, S.IN_APPROVAL), None, (A.SIGNER,), _LIMIT,
        guards=("extension_requested",),
    ),
    _row(Step.DRAFT_REPLY, (S.ACCEPTED,), None, (A.HANDLER,), cite("R2022", 32)),
    _row(
        Step.SUBMIT_REPLY, (S.ACCEPTED,), S.IN_APPROVAL, (A.HANDLER,), cite("R2022", 32),
        guards=("reply_complete",),
    ),
    _row(
        Step.RETURN_REPLY, (S.IN_APPROVAL,), S.ACCEPTED, (A.REVIEWER, A.SIGNER), _PRACTICE,
        guards=("reason_given",),
    ),
    _row(
        Step.ISSUE_REPLY, (S.IN_APPROVAL,), S.ISSUED, (A.SIGNER,), cite("R2022", 32),
        notice="handling_opinion", guards=("reply_complete", "not_own_draft"),
    ),
    _row(
        Step.SERVE, (S.ISSUED,), S.SERVED, (A.HANDLER,), cite("R2022", 35),
        starts=("C6",), stops=("C5", "C6", "C12", "OWN", *HOTLINE_CLOCKS), guards=("proof_of_service",),
    ),
    _row(
        Step.REPORT_BACK, (S.SERVED,), S.REPORTED, (A.HANDLER,), _ASSIGNED,
        stops=("C14", "OWN"), notice="closing_report", guards=("assigned", "proof_of_service"),
    ),
    _row(
        Step.EXAMINE_PASS, (S.REPORTED,), S.CLOSED, (A.OFFICE,), cite("HAX", 26),
        stops=OFFICE_CLOCKS, notice="examination_opinion", guards=("assigned",),
    ),
    _row(
        Step.EXAMINE_COMPLETE, (S.REPORTED,), S.ACCEPTED, (A.OFFICE,), cite("HAX", 26),
        starts=("OWN",), stops=("OWN",), notice="examination_opinion", guards=("assigned", "reason_given"),
    ),
    _row(
        Step.EXAMINE_REWORK, (S.REPORTED,), S.ACCEPTED, (A.OFFICE,), cite("HAX", 26),
        starts=("OWN",), stops=("OWN",), notice="examination_opinion", guards=("assigned", "reason_given"),
    ),
    _row(
        Step.CLOSE, (S.SERVED,), S.CLOSED, (A.HANDLER, A.DISPATCHER), _LIMIT,
        stops=OFFICE_CLOCKS, guards=("not_assigned", "proof_of_service"),
    ),
    _row(
        Step.WITHDRAW, OPEN_STAGES, S.WITHDRAWN, (A.PETITIONER, A.REGISTRAR), cite("ZJX", 25, certainty="D"),
        stops=OFFICE_CLOCKS, guards=("petitioner_asked", "accusation_with_the_organ"),
    ),
    _row(Step.SUPPLEMENT, OPEN_STAGES, None, (A.PETITIONER, A.REGISTRAR, A.HANDLER), cite("R2022", 19)),
    _row(
        Step.RATE, (S.SERVED, S.REPORTED, S.CLOSED), None, (A.PETITIONER,), cite("R2022", 21),
        guards=("by_petitioner",),
    ),
)  # fmt: skip

_BY_STEP: Mapping[Step, Transition] = {row.step: row for row in TRANSITIONS}


def transition(step: Step | str, stage: Stage | str | None) -> Transition:
    """Return the row for a step taken in a stage; `None` is the stage before registration (查流程表).

    Raises:
        NotAllowed: the step is not allowed in this stage; the refusal says when it is.
    """
    refusal = why_not(step, stage)
    if refusal is not None:
        raise NotAllowed(refusal)
    return _BY_STEP[Step(step)]


def row_of(step: Step | str) -> Transition:
    """Return the row of a step whatever the stage (某步骤的流程行)."""
    return _BY_STEP[Step(step)]


@lru_cache(maxsize=256)
def allowed_steps(stage: Stage | str | None, profile: str | None = None) -> tuple[Step, ...]:
    """Return the steps that a stage allows, in table order (当前可办理的步骤).

    With a profile, outcomes of registration that this kind of agency does not have are left out.
    """
    steps = tuple(row.step for row in TRANSITIONS if _is_allowed(row, stage))
    if profile is None or stage != Stage.REGISTERED:
        return steps
    mine = find_profile(profile).outcomes
    return tuple(step for step in steps if "outcome_of_profile" not in _BY_STEP[step].guards or step in mine)


def why_not(step: Step | str, stage: Stage | str | None) -> Refusal | None:
    """Return why a step is not allowed in a stage, or nothing when it is (为什么不能办理)."""
    row = _BY_STEP[Step(step)]
    if _is_allowed(row, stage):
        return None
    step_zh, step_en = STEP_LABELS[row.step]
    here_zh, here_en = STAGE_LABELS[Stage(stage)] if stage is not None else ("尚未登记", "not registered")
    when_zh = "、".join(f"“{STAGE_LABELS[source][0]}”" for source in Stage if source in row.sources)
    when_en = ", ".join(f"'{STAGE_LABELS[source][1]}'" for source in Stage if source in row.sources)
    next_steps = allowed_steps(stage)
    can_zh = "、".join(STEP_LABELS[next_step][0] for next_step in next_steps)
    can_en = ", ".join(STEP_LABELS[next_step][1] for next_step in next_steps)
    rule_zh = f"只有在{when_zh}时才能{step_zh}" if when_zh else "登记只能在开头进行一次"
    rule_en = f"this is possible only when it is {when_en}" if when_en else "a demand is registered once"
    return Refusal(
        f"该诉求现为“{here_zh}”，不能{step_zh}；{rule_zh}（{row.citation.text_zh}）。",
        f"The demand is '{here_en}'; '{step_en}' is not possible: {rule_en} ({row.citation.text_en}).",
        row.citation,
        f"现在可以：{can_zh}。" if can_zh else "该诉求已经终结；有新的事实和理由的，请另行登记并关联。",
        f"Possible now: {can_en}."
        if can_en
        else "The demand has ended; register new facts anew and link them.",
    )


def _is_allowed(row: Transition, stage: Stage | str | None) -> bool:
    if row.step is Step.REGISTER:
        return stage is None
    return stage is not None and Stage(stage) in row.sources
