"""Who may take which step on a demand (权限): asked by the services and by the pages that show buttons."""

from collections.abc import Mapping
from types import MappingProxyType

from django.utils.translation import gettext_lazy as _

from huiyin.casework.cases.models import Demand
from huiyin.casework.cases.refusals import NotPermitted
from huiyin.law.lifecycle import Step
from huiyin.records.accounts.models import User
from huiyin.records.accounts.rights import ROLE_NAMES, ROLE_RIGHTS, Right
from huiyin.records.agencies.selectors import agency_directory

STEP_RIGHTS: Mapping[Step, Right] = MappingProxyType(
    {
        Step.ACCEPT: Right.DEMAND_ACCEPT,
        Step.ANSWER: Right.DEMAND_ANSWER,
        Step.ASSIGN: Right.DEMAND_ASSIGN,
        Step.CLOSE: Right.DEMAND_CLOSE,
        Step.DECLINE: Right.DEMAND_DECLINE,
        Step.DECLINE_FINAL: Right.DEMAND_DECLINE,
        Step.DESIGNATE: Right.DISPUTE_DESIGNATE,
        Step.DISPUTE: Right.DEMAND_OBJECT,
        Step.DRAFT_REPLY: Right.REPLY_DRAFT,
        Step.EXAMINE_COMPLETE: Right.REPORT_EXAMINE,
        Step.EXAMINE_PASS: Right.REPORT_EXAMINE,
        Step.EXAMINE_REWORK: Right.REPORT_EXAMINE,
        Step.EXTEND_APPROVE: Right.EXTENSION_APPROVE,
        Step.EXTEND_REFUSE: Right.EXTENSION_APPROVE,
        Step.EXTEND_REQUEST: Right.EXTENSION_REQUEST,
        Step.FILE: Right.DEMAND_FILE,
        Step.FORWARD: Right.DEMAND_FORWARD,
        Step.ISSUE_REPLY: Right.REPLY_ISSUE,
        Step.OBJECT: Right.DEMAND_OBJECT,
        Step.OBJECTION_AGREE: Right.OBJECTION_DECIDE,
        Step.OBJECTION_MAINTAIN: Right.OBJECTION_DECIDE,
        Step.RECORD_STEP: Right.DEMAND_HANDLE,
        Step.REDIRECT: Right.DEMAND_REDIRECT,
        Step.REPORT_BACK: Right.REPORT_BACK,
        Step.RETURN_REPLY: Right.REPLY_REVIEW,
        Step.ROUTE: Right.DEMAND_ROUTE,
        Step.SELF_HANDLE: Right.DEMAND_ACCEPT,
        Step.SERVE: Right.REPLY_SERVE,
        Step.SORT: Right.CASE_SORT,
        Step.SUBMIT_REPLY: Right.REPLY_DRAFT,
        Step.SUPPLEMENT: Right.CASE_READ,
        Step.WITHDRAW: Right.DEMAND_WITHDRAW,
    }
)
# The office that registered a matter stays the petitioner's address, whoever holds the demand.
OFFICE_STEPS = frozenset({Step.SUPPLEMENT, Step.WITHDRAW})


def why_not_permitted(user: User, demand: Demand, step: Step) -> NotPermitted | None:
    """Say why this user may not take the step on this demand; None when they may (为何不能办)."""
    right = STEP_RIGHTS.get(step)
    if right is None:
        return NotPermitted(_("这一步只能由信访人或系统进行。"))
    if not user.has_right(right):
        names = (str(ROLE_NAMES[role]) for role, rights in ROLE_RIGHTS.items() if right in rights)
        roles = str(_("、")).join(names)
        return NotPermitted(
            _("您的角色不能办理这一步。"),
            way_out=_("可由本单位具有以下角色的同事办理：%(roles)s。") % {"roles": roles},
        )
    if user.agency_id == demand.holder_id:
        return None
    if step in OFFICE_STEPS and user.agency_id == demand.office_id:
        return None
    holder = agency_directory().name(demand.holder_id)
    return NotPermitted(
        _("这项诉求现由%(agency)s负责，轮到该单位办理。") % {"agency": holder},
        way_out=_("请等待该单位办理；临近或超过期限时可以催办。"),
    )


def can_take_step(user: User, demand: Demand, step: Step) -> bool:
    """Say whether this user's role and agency allow the step; the stage is the law's affair."""
    return why_not_permitted(user, demand, step) is None


# Whoever may do one of these works on demands; reading alone, as on a visit back, gives nobody work.
WORKING_RIGHTS = (Right.DEMAND_ACCEPT, Right.DEMAND_HANDLE, Right.REPLY_REVIEW)


def can_give_out(user: User, demand: Demand) -> bool:
    """Say whether this user may name the colleague who handles an open demand (确定经办人)."""
    works = any(user.has_right(right) for right in WORKING_RIGHTS)
    return works and demand.is_open and user.agency_id == demand.holder_id


def can_read_secrets(user: User) -> bool:
    """Say whether this user may see sealed accusation material of their own agency (检举控告材料)."""
    return user.has_right(Right.ACCUSATION_HANDLE)
