"""Receiving (受理): the unit says in writing that it has the matter, and the handling limit starts."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from huiyin.casework.cases.models import Clock, Demand, InvolvementRole
from huiyin.casework.cases.permissions import can_give_out, can_read_secrets
from huiyin.casework.cases.refusals import ChangedMeanwhile, NotLawful, NotPermitted, NotThere
from huiyin.casework.cases.scope import demands_visible_to
from huiyin.casework.cases.services import (
    check_version,
    clocks_owed,
    demand_advance,
    demand_for_step,
    involve,
    require,
    step_clocks,
)
from huiyin.casework.routing.letters import letter_issue
from huiyin.casework.routing.models import Referral, ReferralRole, ReferralState
from huiyin.casework.routing.services.sending import check_outcome, check_sorted, issued_line
from huiyin.law import rules
from huiyin.law.branches import Branch, branch_rule
from huiyin.law.lifecycle import Step
from huiyin.records.accounts.models import User
from huiyin.records.accounts.rights import Right
from huiyin.records.agencies.selectors import agency_directory
from huiyin.records.ledger.services import Line, actor_of, ledger_append


@transaction.atomic
def demand_accept(
    *,
    demand_id: int,
    contact: str,
    limit_on: date | None = None,
    by: User,
    at: datetime,
    version: int | None = None,
) -> Demand:
    """Accept the demand (受理), tell the petitioner in writing, start the handling limit.

    Law: 《信访工作条例》(2022) 第二十三条第二、三款、第三十四条.
    """
    demand = demand_for_step(demand_id=demand_id, step=Step.ACCEPT, by=by, version=version)
    answered = Referral.objects.filter(
        demand=demand, role=ReferralRole.LEAD, state=ReferralState.AWAITING, receiver_id=by.agency_id
    )
    if answered.update(state=ReferralState.ACCEPTED, answered_by=by, answered_at=at) != 1:
        raise ChangedMeanwhile(_("没有等待本单位签收的转交，请查看最新情况。"))
    _start_handling(demand, Step.ACCEPT, contact=contact, limit_on=limit_on, by=by, at=at)
    return demand


@transaction.atomic
def demand_self_handle(
    *,
    demand_id: int,
    contact: str,
    limit_on: date | None = None,
    by: User,
    at: datetime,
    version: int | None = None,
) -> Demand:
    """Take over what the office itself has power to decide (自办), as its own acceptance."""
    demand = demand_for_step(demand_id=demand_id, step=Step.SELF_HANDLE, by=by, version=version)
    check_sorted(demand)
    check_outcome(demand, Step.SELF_HANDLE)
    if demand.branch == Branch.ACCUSATION and not agency_directory()[demand.holder_id].is_discipline:
        raise NotLawful(
            _("检举控告不能由收到的单位自行办理。"),
            citation=_("《信访工作条例》第二十二、三十条"),
            way_out=_("请转送有管辖权的纪检监察机关。"),
        )
    involve(demand=demand, agencies={demand.holder_id: InvolvementRole.LEAD}, at=at)
    _start_handling(demand, Step.SELF_HANDLE, contact=contact, limit_on=limit_on, by=by, at=at)
    return demand


def _start_handling(
    demand: Demand, step: Step, *, contact: str, limit_on: date | None, by: User, at: datetime
) -> None:
    require({"contact": contact})
    starts, stops = step_clocks(demand=demand, step=step)
    clocks = clocks_owed(demand=demand, rules=starts, agency_id=demand.holder_id, at=at, limit_on=limit_on)
    document = letter_issue(
        demand=demand,
        kind="acceptance_notice",
        receiver_id=None,
        body=_notice_body(demand, clocks, contact=contact),
        by=by,
        at=at,
    )
    line = Line(
        "demand.accepted", {"demand": demand.pk, "agency": demand.holder_id, "branch": demand.branch or None}
    )
    demand_advance(
        demand=demand,
        step=step,
        clocks=clocks,
        stops=stops,
        changes={"lead_id": demand.holder_id, "handler_id": by.pk},
        lines=[line, issued_line(demand, document)],
        by=by,
        at=at,
    )


def _notice_body(demand: Demand, clocks: Sequence[Clock], *, contact: str) -> dict[str, object]:
    """What the petitioner is told (第二十三条): route, procedure, limit and whom to ask."""
    rule = branch_rule(demand.branch) if demand.branch else branch_rule(Branch.PETITION)
    limits = [
        f"{clock.due_on.isoformat()}（{rules.clock_rule(clock.rule).title_zh}）"
        for clock in clocks
        if clock.agency_id
    ]
    return {
        "route": rule.label_zh,
        "procedure": rule.should_know_zh,
        "limit": "；".join(limits) or "尽快答复",
        "contact": contact or agency_directory()[demand.holder_id].phone,
        "remedy": rule.remedies_zh,
    }


@transaction.atomic
def demand_take(
    *, demand_id: int, handler: User, by: User, at: datetime, version: int | None = None
) -> Demand:
    """Give the demand to a colleague of the same unit (确定经办人); the unit stays responsible."""
    demand = demands_visible_to(by).filter(pk=demand_id, holder_id=by.agency_id, is_open=True).first()
    if demand is None:
        raise NotThere(_("没有这项诉求，或者现在不由您的单位负责。"))
    if not can_give_out(by, demand):
        raise NotPermitted(
            _("您的角色不能确定经办人。"), way_out=_("可由本单位的分流员、承办人、审核人或者签发人办理。")
        )
    check_version(demand, version)
    if handler.agency_id != by.agency_id or not handler.is_active or not handler.has_right(Right.CASE_READ):
        raise NotLawful(_("经办人应是本单位在用账号的工作人员。"), way_out=_("请另选一位同事。"))
    if demand.is_sealed and not can_read_secrets(handler):
        raise NotLawful(_("检举控告只能由专办员经办（第三十条）。"), way_out=_("请另选一位专办员。"))
    moved = Demand.objects.filter(pk=demand.pk, version=demand.version).update(
        handler=handler, version=demand.version + 1, last_event_at=at
    )
    if moved != 1:
        raise ChangedMeanwhile(_("就在刚才，其他人办理了这项诉求。"))
    ledger_append(
        matter_id=demand.case_id,
        events=[Line("demand.taken", {"demand": demand.pk, "handler": handler.pk})],
        at=at,
        actor=actor_of(by),
        agency_id=by.agency_id,
    )
    return demand
