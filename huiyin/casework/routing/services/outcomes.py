"""Outcomes without handling (告知、不予受理、导入、存、答复、撤回), each with a way forward."""

from collections.abc import Mapping
from datetime import datetime
from typing import NoReturn

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from huiyin.casework.cases.models import Demand
from huiyin.casework.cases.refusals import Invalid, NotPermitted, NotThere, guarded
from huiyin.casework.cases.services import (
    check_lawful,
    demand_advance,
    demand_for_step,
    require,
    step_clocks,
)
from huiyin.casework.routing.letters import letter_issue
from huiyin.casework.routing.models import Referral, ReferralState
from huiyin.casework.routing.services.sending import check_outcome, check_sorted, issued_line
from huiyin.law.acceptance import Ground, grounds_for
from huiyin.law.branches import Branch, branch_rule
from huiyin.law.lifecycle import Stage, Step
from huiyin.records.accounts.models import User
from huiyin.records.agencies.selectors import agency_directory
from huiyin.records.documents.models import Document
from huiyin.records.ledger.services import Line
from huiyin.records.ledger.vocabulary import without_identity

_EVENTS = {
    Step.REDIRECT: "demand.redirected",
    Step.DECLINE: "demand.declined",
    Step.DECLINE_FINAL: "demand.declined_final",
    Step.ROUTE: "demand.routed",
    Step.FILE: "demand.filed",
    Step.ANSWER: "demand.answered",
}
_NOTICES = {
    Step.REDIRECT: "redirect_notice",
    Step.DECLINE: "decline_notice",
    Step.DECLINE_FINAL: "final_decline_notice",
    Step.ROUTE: "redirect_notice",
    Step.ANSWER: "direct_answer",
}
_STANDING = [ReferralState.AWAITING, ReferralState.ACCEPTED, ReferralState.OBJECTED]


@transaction.atomic
def demand_redirect(
    *,
    demand_id: int,
    reason: str,
    authority: str,
    how: str,
    by: User,
    at: datetime,
    version: int | None = None,
) -> Demand:
    """Tell the petitioner whom to ask, because the office has no power here (不属职权告知).

    Law: 《信访工作条例》(2022) 第二十三条.
    """
    return _refuse(
        Step.REDIRECT,
        demand_id=demand_id,
        ground="not_within_powers",
        reason=reason,
        body={"authority": authority, "how": how},
        by=by,
        at=at,
        version=version,
    )


@transaction.atomic
def demand_decline(
    *,
    demand_id: int,
    ground: str,
    reason: str,
    where_to_go: str,
    review_opinion: str = "",
    is_final: bool = False,
    by: User,
    at: datetime,
    version: int | None = None,
) -> Demand:
    """Decline (不予受理) or decline as final (不再受理), always with ground, reason and where to go.

    Law: 《信访工作条例》(2022) 第十九条第三款、第三十六条、第四十四条.
    """
    return _refuse(
        Step.DECLINE_FINAL if is_final else Step.DECLINE,
        demand_id=demand_id,
        ground=ground,
        reason=reason,
        body={"where_to_go": where_to_go, "review_opinion": review_opinion},
        by=by,
        at=at,
        version=version,
    )


@transaction.atomic
def demand_route(
    *,
    demand_id: int,
    reason: str,
    authority: str,
    how: str,
    by: User,
    at: datetime,
    version: int | None = None,
) -> Demand:
    """Show the petitioner the legal route (导入法定途径): authority, how, and that limits are running.

    Law: 《信访工作条例》(2022) 第三十一条第一至五项.
    """
    return _refuse(
        Step.ROUTE,
        demand_id=demand_id,
        ground="",
        reason=reason,
        body={"authority": authority, "how": how},
        by=by,
        at=at,
        version=version,
    )


@transaction.atomic
def demand_file(*, demand_id: int, reason: str, by: User, at: datetime, version: int | None = None) -> Demand:
    """File what asks for nothing (存), such as thanks; with the reason."""
    return _refuse(
        Step.FILE,
        demand_id=demand_id,
        ground="",
        reason=reason,
        body={},
        by=by,
        at=at,
        version=version,
    )


@transaction.atomic
def demand_answer(
    *, demand_id: int, answer: str, by: User, at: datetime, version: int | None = None
) -> Demand:
    """Answer a question at once (直接答复)."""
    return _refuse(
        Step.ANSWER,
        demand_id=demand_id,
        ground="",
        reason=answer,
        body={"answer": answer},
        by=by,
        at=at,
        version=version,
    )


def _refuse(
    step: Step,
    *,
    demand_id: int,
    ground: str,
    reason: str,
    body: Mapping[str, str],
    by: User,
    at: datetime,
    version: int | None,
) -> Demand:
    demand = demand_for_step(demand_id=demand_id, step=step, by=by, version=version)
    if step in (Step.ROUTE, Step.DECLINE, Step.DECLINE_FINAL):
        check_sorted(demand)
    check_outcome(demand, step)
    rule = _check_refusal(demand, step, ground=ground, reason=reason, body=body)
    way_forward = "：".join(body[name] for name in ("authority", "how", "where_to_go") if body.get(name))
    document = None
    if step in _NOTICES:
        document = letter_issue(
            demand=demand,
            kind=_NOTICES[step],
            receiver_id=None,
            body=_notice_body(demand, rule, reason=reason, body=body),
            by=by,
            at=at,
        )
    line = Line(
        _EVENTS[step],
        {
            "demand": demand.pk,
            "agency": demand.holder_id,
            "ground": ground or None,
            "reason": without_identity(reason),
            "way_forward": without_identity(way_forward) or None,
        },
    )
    _end(step, demand, lines=[line], document=document, by=by, at=at)
    return demand


def _check_refusal(
    demand: Demand, step: Step, *, ground: str, reason: str, body: Mapping[str, str]
) -> Ground | None:
    require({"reason": reason}, reason=_("请写明理由和说明，信访人会看到。"))
    way_out = _("请写明信访人接下来可以去哪里、怎么办；不能没有出路（第二十三条）。")
    if step in (Step.REDIRECT, Step.ROUTE):
        require(body, authority=way_out, how=_("请写明怎样提出：地点、电话、要带的材料。"))
    if step in (Step.DECLINE, Step.DECLINE_FINAL):
        require(body, where_to_go=way_out)
    if step is Step.DECLINE_FINAL:
        require(body, review_opinion=_("请写明复核意见的文号和日期（第三十六条）。"))
    if step in (Step.DECLINE, Step.DECLINE_FINAL, Step.REDIRECT):
        found = {rule.code: rule for rule in grounds_for(step)}.get(ground)
        if found is None:
            raise Invalid({"ground": _("请从列出的法定理由中选择一项；没有法定理由不能拒绝。")})
        return found
    return None


def _notice_body(
    demand: Demand, rule: Ground | None, *, reason: str, body: Mapping[str, str]
) -> dict[str, object]:
    branch = branch_rule(demand.branch) if demand.branch else branch_rule(Branch.ADMINISTRATIVE)
    return {
        "ground": rule.citation.text_zh if rule else branch.citation.text_zh,
        "reason": reason,
        "request": demand.statement,
        "suggestion": demand.statement,
        "limitation_warning": branch.should_know_zh,
        "remedy": branch.remedies_zh,
        **body,
    }


def _end(
    step: Step,
    demand: Demand,
    *,
    lines: list[Line],
    document: Document | None,
    by: User | None,
    at: datetime,
) -> None:
    Referral.objects.filter(demand=demand, state__in=_STANDING).update(state=ReferralState.REPLACED)
    if document:
        lines = [*lines, issued_line(demand, document)]
    demand_advance(
        demand=demand,
        step=step,
        stops=step_clocks(demand=demand, step=step)[1],
        # A reply that was given stays what it was, even where the petitioner withdraws afterwards.
        changes={"outcome": demand.outcome or step.value},
        lines=lines,
        by=by,
        at=at,
    )


def not_the_office(demand: Demand) -> NotPermitted:
    """Why a unit that is not the registering office cannot note a withdrawal (不能登记撤回)."""
    office = agency_directory().name(demand.office_id)
    return NotPermitted(
        _("承办单位不能登记撤回：撤回由信访人自己提出，或者由登记机构凭其书面材料登记。"),
        way_out=_("请信访人在查询页面撤回，或者向%(office)s提出。") % {"office": office},
    )


def _not_there() -> NoReturn:
    raise NotThere(_("没有这项诉求。"))


@transaction.atomic
def demand_withdraw(
    *,
    demand_id: int,
    reason: str,
    is_confirmed_by_petitioner: bool,
    by: User | None,
    at: datetime,
    case_id: int | None = None,
    version: int | None = None,
) -> Demand:
    """End a demand because the petitioner asked for it (撤回); never for the office's convenience.

    `by` None means the petitioner did it on the tracking page, whose case is `case_id`. The unit that handles
    the demand cannot note a withdrawal: only the office it was handed to can.
    """
    require({"reason": reason}, reason=_("请写明撤回的说明；由信访人提出，工作人员不得代为决定。"))
    if not is_confirmed_by_petitioner:
        raise guarded("petitioner_asked")
    if by is not None:
        demand = demand_for_step(demand_id=demand_id, step=Step.WITHDRAW, by=by, version=version)
        if by.agency_id != demand.office_id:
            raise not_the_office(demand)
    else:
        own = Demand.objects.select_related("case").filter(pk=demand_id, case_id=case_id or 0)
        demand = own.first() or _not_there()
        check_lawful(demand, Step.WITHDRAW)
    is_with_the_organ = agency_directory()[demand.holder_id].is_discipline
    if demand.is_sealed and (is_with_the_organ or demand.stage != Stage.REGISTERED):
        raise guarded("accusation_with_the_organ")
    line = Line(
        "demand.withdrawn",
        {"demand": demand.pk, "reason": without_identity(reason), "confirmed_by_petitioner": True},
    )
    _end(Step.WITHDRAW, demand, lines=[line], document=None, by=by, at=at)
    return demand
