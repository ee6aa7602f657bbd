"""Which steps are possible now, and why the others are not (可办步骤)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from huiyin.casework.cases.models import Demand
from huiyin.casework.cases.permissions import STEP_RIGHTS, can_give_out, why_not_permitted
from huiyin.casework.cases.refusals import Refused, guarded, unlawful
from huiyin.casework.replies.selectors.rows import (
    ClockRow,
    ExtensionRow,
    ReferralRow,
    ReplyRow,
    StepChoice,
)
from huiyin.casework.replies.services.extending import EXTENDABLE
from huiyin.casework.routing.services.outcomes import not_the_office
from huiyin.casework.routing.services.sending import outcome_guard
from huiyin.law import lifecycle
from huiyin.law.lifecycle import Step
from huiyin.law.lifecycle_clocks import OBJECTION_CLOCK
from huiyin.records.accounts.models import User
from huiyin.records.accounts.rights import Right

NEEDS_A_DRAFT = frozenset({Step.SUBMIT_REPLY, Step.RETURN_REPLY, Step.ISSUE_REPLY})
# A second objection is the same page; the service sends it to the common superior.
HIDDEN = frozenset({Step.DISPUTE})


@dataclass(frozen=True, slots=True)
class DemandFacts:
    """What the conditions of a step ask about."""

    clocks: Sequence[ClockRow]
    extension: ExtensionRow | None
    reply: ReplyRow | None
    referral: ReferralRow | None


def step_choices(*, user: User, demand: Demand, facts: DemandFacts, today: date) -> tuple[StepChoice, ...]:
    """The steps this user may take now, and those of their work that must wait, each with its reason.

    Left out is what is neither this user's work nor what the demand waits for.
    """
    choices = []
    for step, right in STEP_RIGHTS.items():
        not_now = _not_now(step, demand.stage)
        if step in HIDDEN or (not_now and not user.has_right(right)):
            continue
        refusal: Refused | None = why_not_permitted(user, demand, step)
        if refusal is None and step is Step.WITHDRAW and user.agency_id != demand.office_id:
            refusal = not_the_office(demand)
        if refusal is None or not_now:
            refusal = not_now or _unmet(user, demand, step, facts, today)
        choices.append(StepChoice(step, refusal))
    return tuple(choices)


def steps_beside(*, user: User, demand: Demand, referrals: Sequence[ReferralRow]) -> frozenset[str]:
    """What this user may do that moves no stage: give the demand to a colleague, sign for and give help."""
    if not demand.is_open:
        return frozenset()
    found = {"take"} if can_give_out(user, demand) else set()
    states = {
        row.state for row in referrals if row.role == "assist" and row.receiver_id == user.agency_id
    } & {"awaiting", "accepted"}
    if "awaiting" in states and user.has_right(Right.DEMAND_ACCEPT):
        found.add("assist-receive")
    if states and user.has_right(Right.DEMAND_HANDLE):
        found.add("assist-opine")
    return frozenset(found)


@lru_cache(maxsize=1024)
def _not_now(step: Step, stage: str) -> Refused | None:
    """Why the life cycle does not know the step from this stage; the sentence follows the language shown."""
    refusal = lifecycle.why_not(step, stage)
    return unlawful(refusal) if refusal else None


def _unmet(user: User, demand: Demand, step: Step, facts: DemandFacts, today: date) -> Refused | None:
    guard = _guard(user, demand, step, facts, today)
    return guarded(guard) if guard else None


def _guard(user: User, demand: Demand, step: Step, facts: DemandFacts, today: date) -> str | None:
    """The first condition of the step that does not hold; the services check them all again."""
    guards = lifecycle.row_of(step).guards
    needs_sorting = "sorted" in guards or step is Step.DRAFT_REPLY
    if needs_sorting and not (demand.branch and demand.content_class):
        return "sorted"
    unfit = outcome_guard(demand, step) if "outcome_of_profile" in guards else None
    if unfit:
        return unfit
    if step in NEEDS_A_DRAFT and facts.reply is None:
        return "reply_complete"
    match step:
        case Step.OBJECT:
            return _objection_guard(facts, today)
        case Step.EXTEND_REQUEST:
            return None if _can_be_extended(facts, today) else "extendable"
        case Step.EXTEND_APPROVE | Step.EXTEND_REFUSE:
            return _extension_guard(user, step, facts)
        case Step.ISSUE_REPLY:
            is_own = facts.reply is not None and facts.reply.drafted_by_id == user.pk
            return "not_own_draft" if is_own else None
        case Step.REPORT_BACK:
            return None if demand.is_assigned else "assigned"
        case Step.CLOSE:
            return "not_assigned" if demand.is_assigned else None
    return None


def _extension_guard(user: User, step: Step, facts: DemandFacts) -> str | None:
    if facts.extension is None:
        return "extension_requested"
    is_own = facts.extension.requested_by_id == user.pk
    return "not_own_request" if is_own and step is Step.EXTEND_APPROVE else None


def _objection_guard(facts: DemandFacts, today: date) -> str | None:
    if facts.referral is not None and facts.referral.is_designated:
        return "not_designated"
    is_late = any(
        clock.rule == OBJECTION_CLOCK and clock.stopped_at is None and clock.due_on < today
        for clock in facts.clocks
    )
    return "objection_in_time" if is_late else None


def _can_be_extended(facts: DemandFacts, today: date) -> bool:
    return facts.extension is None and any(
        clock.rule in EXTENDABLE
        and clock.stopped_at is None
        and not clock.extended_days
        and today <= clock.due_on
        for clock in facts.clocks
    )
