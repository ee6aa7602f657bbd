"""Which clocks a step starts and stops (起止的期限), by profile, branch and kind of referral."""

from __future__ import annotations

from enum import StrEnum

from huiyin.law.branches import Branch, branch_rule
from huiyin.law.profiles import Profile
from huiyin.law.profiles import profile as find_profile
from huiyin.law.stages import Step

REGISTRATION_CLOCKS = ("C1", "C2", "C10", "C13", "C18_DISPATCH")
RECEIPT_CLOCKS = ("C3", "C4", "C11")
HOTLINE_CLOCKS = ("C18", "C19_2H", "C19_24H", "C19_7D", "C19_15D")
HANDLING_CLOCKS = ("C5", "C12", "C14", "OWN", *HOTLINE_CLOCKS)
REFERRAL_CLOCKS = (*RECEIPT_CLOCKS, "OWN", *HOTLINE_CLOCKS)
OFFICE_CLOCKS = (*REGISTRATION_CLOCKS, *RECEIPT_CLOCKS, *HANDLING_CLOCKS)

OBJECTION_CLOCK = "C4"
REVIEW_CLOCK = "C6"
OWN_LIMIT = "OWN"


class ReferralKind(StrEnum):
    """How a demand came to the agency that handles it (来件方式)."""

    DIRECT = "direct"
    FORWARD = "forward"
    ASSIGN = "assign"


def clocks_for(
    step: Step | str,
    *,
    profile: str,
    branch: Branch | str | None = None,
    kind: ReferralKind | str | None = None,
    sender: str | None = None,
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the rule ids that a step starts and those it stops (起止期限).

    `profile` is that of the agency taking the step; `sender` that of the agency which forwarded or assigned
    the demand, needed at ACCEPT, SERVE and DESIGNATE (without it the petition office's rules apply).
    `kind` is how the demand was referred. Stopping a clock that does not run changes nothing.

    Raises:
        ValueError: an unknown step, branch, kind or profile.
    """
    step = Step(step)
    mine = find_profile(profile)
    referral = ReferralKind(str(kind).lower()) if kind else ReferralKind.DIRECT
    known_branch = Branch(branch) if branch else None
    from_whom = find_profile(sender or "petition-office")
    starts = _starts(step, mine, known_branch, referral, from_whom)
    return starts, _stops(step, referral, starts)


def _starts(
    step: Step, mine: Profile, branch: Branch | None, referral: ReferralKind, sender: Profile
) -> tuple[str, ...]:
    match step:
        case Step.REGISTER | Step.OBJECTION_AGREE:
            return mine.registration_clocks
        case Step.FORWARD:
            return mine.forward_clocks
        case Step.ASSIGN:
            return mine.assign_clocks
        case Step.SELF_HANDLE:
            return (
                mine.petition_clocks if branch is Branch.PETITION and mine.petition_clocks else (OWN_LIMIT,)
            )
        case Step.ACCEPT:
            return _at_acceptance(branch, referral, sender)
        case Step.OBJECTION_MAINTAIN:
            # A hotline order has no objection clock of its own; its answer clock goes on.
            return (OBJECTION_CLOCK,) if OBJECTION_CLOCK in mine.forward_clocks else ()
        case Step.DESIGNATE:
            clocks = sender.assign_clocks if referral is ReferralKind.ASSIGN else sender.forward_clocks
            return tuple(clock for clock in clocks if clock != OBJECTION_CLOCK)
        case Step.SERVE:
            may_review = branch is not None and branch_rule(branch).has_review
            is_order = not sender.petition_clocks
            return (REVIEW_CLOCK,) if may_review and mine.has_review_chain and not is_order else ()
        case Step.EXAMINE_COMPLETE | Step.EXAMINE_REWORK:
            return (OWN_LIMIT,)
        case _:
            return ()


def _at_acceptance(branch: Branch | None, referral: ReferralKind, sender: Profile) -> tuple[str, ...]:
    """Return the clocks of the organ that accepts a referred demand (受理起算的期限)."""
    assigned = sender.assigned_clocks if referral is ReferralKind.ASSIGN else ()
    if branch is Branch.PETITION:
        return (*sender.petition_clocks, *assigned)
    if assigned or (referral is ReferralKind.ASSIGN and OWN_LIMIT in sender.assign_clocks):
        return assigned
    return sender.other_clocks


def _stops(step: Step, referral: ReferralKind, starts: tuple[str, ...]) -> tuple[str, ...]:
    match step:
        case Step.FORWARD | Step.ASSIGN | Step.SELF_HANDLE:
            return REGISTRATION_CLOCKS
        case Step.ACCEPT:
            return RECEIPT_CLOCKS
        case Step.OBJECT | Step.DISPUTE:
            return (OBJECTION_CLOCK,)
        case Step.OBJECTION_AGREE | Step.DESIGNATE:
            return REFERRAL_CLOCKS
        case Step.SERVE:
            served = ("C5", REVIEW_CLOCK, "C12", *HOTLINE_CLOCKS)
            return served if referral is ReferralKind.ASSIGN else (*served, OWN_LIMIT)
        case Step.REPORT_BACK:
            return ("C14", OWN_LIMIT)
        case Step.EXAMINE_COMPLETE | Step.EXAMINE_REWORK:
            return starts
        case Step.REDIRECT | Step.DECLINE | Step.DECLINE_FINAL | Step.ROUTE | Step.FILE | Step.ANSWER:
            return OFFICE_CLOCKS
        case Step.EXAMINE_PASS | Step.CLOSE | Step.WITHDRAW:
            return OFFICE_CLOCKS
        case _:
            return ()
