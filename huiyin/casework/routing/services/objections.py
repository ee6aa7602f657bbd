"""Objections (异议): reasons within five working days, the sender decides, twice goes to the superior."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from huiyin.casework.cases.models import Clock, Demand, InvolvementRole
from huiyin.casework.cases.refusals import Invalid, NotLawful, guarded
from huiyin.casework.cases.services import (
    clocks_owed,
    demand_advance,
    demand_for_step,
    involve,
    require,
    step_clocks,
)
from huiyin.casework.routing.letters import letter_issue
from huiyin.casework.routing.models import (
    Objection,
    ObjectionDecision,
    Referral,
    ReferralRole,
    ReferralState,
)
from huiyin.casework.routing.services.sending import check_receiver, issued_line
from huiyin.law.calendar import local_date
from huiyin.law.lifecycle import Step
from huiyin.law.lifecycle_clocks import OBJECTION_CLOCK
from huiyin.records.accounts.models import User
from huiyin.records.agencies.directories import AgencyEntry
from huiyin.records.agencies.selectors import agency_directory
from huiyin.records.documents.models import Document
from huiyin.records.ledger.services import Line
from huiyin.records.ledger.vocabulary import without_identity

STANDING = [ReferralState.AWAITING, ReferralState.ACCEPTED, ReferralState.OBJECTED]


@transaction.atomic
def demand_object(
    *,
    demand_id: int,
    reasons: str,
    legal_basis: str,
    suggested_id: int | None = None,
    by: User,
    at: datetime,
    version: int | None = None,
) -> Objection:
    """Object that the demand is outside the unit's powers (异议); a second one goes to the common superior.

    Law: 《信访工作条例》(2022) 第二十三条第三款: within five working days, with detailed reasons.
    """
    require(
        {"reasons": reasons, "legal_basis": legal_basis},
        reasons=_("请详细说明理由：为什么不属于本单位职权（第二十三条）。"),
        legal_basis=_("请写明依据：法律、三定规定或者职责清单的条款。"),
    )
    demand = demand_for_step(demand_id=demand_id, step=Step.OBJECT, by=by, version=version)
    referral = Referral.objects.get(demand=demand, role=ReferralRole.LEAD, state=ReferralState.AWAITING)
    _check_objection(demand, referral, suggested_id, at)
    superior = _common_superior(demand, referral) if _is_second(referral) else None
    step = Step.DISPUTE if superior else Step.OBJECT
    document = letter_issue(
        demand=demand,
        kind="objection_letter",
        receiver_id=superior.id if superior else referral.sender_id,
        body={
            "reason": reasons,
            "legal_basis": legal_basis,
            "suggested_agency": agency_directory().name(suggested_id) if suggested_id else "请核定",
        },
        by=by,
        at=at,
    )
    objection = Objection.objects.create(
        referral=referral,
        reasons=reasons,
        legal_basis=legal_basis,
        suggested_id=suggested_id,
        document=document,
        raised_by=by,
        raised_at=at,
    )
    Referral.objects.filter(pk=referral.pk).update(
        state=ReferralState.OBJECTED, answered_by=by, answered_at=at
    )
    if superior:
        involve(demand=demand, agencies={superior.id: InvolvementRole.SUPERIOR}, at=at)
    demand_advance(
        demand=demand,
        step=step,
        holder_id=superior.id if superior else referral.sender_id,
        stops=step_clocks(demand=demand, step=step)[1],
        lines=[_objected_line(objection, superior), issued_line(demand, document)],
        by=by,
        at=at,
    )
    return objection


def _objected_line(objection: Objection, superior: AgencyEntry | None) -> Line:
    payload: dict[str, object] = {
        "demand": objection.referral.demand_id,
        "agency": objection.referral.receiver_id,
        "reason": without_identity(objection.reasons),
        "basis": without_identity(objection.legal_basis),
        "objection": objection.pk,
    }
    if superior:
        return Line("demand.disputed", payload | {"superior": superior.id})
    return Line("demand.objected", payload | {"suggested": objection.suggested_id})


def _check_objection(demand: Demand, referral: Referral, suggested_id: int | None, at: datetime) -> None:
    if referral.is_designated:
        raise guarded("not_designated")
    if _is_late(demand, at):
        raise guarded("objection_in_time")
    if suggested_id is not None and agency_directory().get(suggested_id) is None:
        raise Invalid({"suggested": _("请从机构表中选择建议的承办单位。")})


def _is_second(referral: Referral) -> bool:
    """Say whether this unit objected before and the sender maintained the referral."""
    return Objection.objects.filter(
        referral__demand_id=referral.demand_id,
        referral__receiver_id=referral.receiver_id,
        decision=ObjectionDecision.MAINTAINED,
    ).exists()


def _is_late(demand: Demand, at: datetime) -> bool:
    """Say whether the five working days for objecting are over; a hotline order has no such clock."""
    return Clock.objects.filter(
        demand=demand, rule=OBJECTION_CLOCK, stopped_at=None, due_on__lt=local_date(at)
    ).exists()


def _common_superior(demand: Demand, referral: Referral) -> AgencyEntry:
    """Who decides between sender and receiver; an accusation is not spread to yet another organ for it.

    Law: 《信访工作条例》(2022) 第二十四、三十条.
    """
    if demand.is_sealed:
        raise NotLawful(
            _("检举控告材料不因管辖争议转给其他机关，转送机关的审核意见已经作出。"),
            citation=_("《信访工作条例》第三十条"),
            way_out=_("请受理；按干部管理权限应由上级纪检监察机关处理的，受理后移送该机关并告知。"),
        )
    directory = agency_directory()
    superior = directory.common_superior(referral.sender_id, referral.receiver_id)
    while superior is not None and superior.id == demand.accused_agency_id:
        superior = directory.get(superior.parent_id)
    if superior is None:
        raise NotLawful(
            _("两个单位没有可以裁决的共同上级机关。"),
            citation=_("《信访工作条例》第二十四条"),
            way_out=_("请系统管理员在机构表中补上共同上级，或者提请信访工作联席会议决定。"),
        )
    return superior


@transaction.atomic
def objection_decide(
    *,
    demand_id: int,
    is_agreed: bool,
    reasons: str,
    by: User,
    at: datetime,
    version: int | None = None,
) -> Demand:
    """Decide the objection (异议审核): agree and take the demand back, or maintain the referral.

    Law: 《信访工作条例》(2022) 第二十三条第三款: materials go back only after the sender verified and agreed.
    """
    require({"reasons": reasons}, reasons=_("请写明核实情况和审核意见。"))
    step = Step.OBJECTION_AGREE if is_agreed else Step.OBJECTION_MAINTAIN
    demand = demand_for_step(demand_id=demand_id, step=step, by=by, version=version)
    starts, stops = step_clocks(demand=demand, step=step)
    objection = Objection.objects.select_related("referral").get(
        referral__demand=demand, decision=ObjectionDecision.PENDING
    )
    referral = objection.referral
    document = letter_issue(
        demand=demand,
        kind="objection_decision",
        receiver_id=referral.receiver_id,
        body={
            "reason": reasons,
            "decision": "同意退回，另行转送" if is_agreed else "维持原转送、交办",
        },
        by=by,
        at=at,
    )
    decision = ObjectionDecision.AGREED if is_agreed else ObjectionDecision.MAINTAINED
    _close_objection(objection, decision, reasons, by, at)
    _settle_referrals(demand, is_agreed=is_agreed)
    payload = {"demand": demand.pk, "agency": by.agency_id, "objection": objection.pk}
    line = Line(
        "objection.agreed" if is_agreed else "objection.maintained",
        payload | {"reason": without_identity(reasons)},
    )
    demand_advance(
        demand=demand,
        step=step,
        holder_id=demand.holder_id if is_agreed else referral.receiver_id,
        clocks=clocks_owed(
            demand=demand,
            rules=starts,
            agency_id=demand.holder_id if is_agreed else referral.receiver_id,
            at=at,
        ),
        stops=stops,
        changes={"lead_id": None, "handler_id": None, "is_assigned": False} if is_agreed else {},
        lines=[line, issued_line(demand, document)],
        by=by,
        at=at,
    )
    return demand


def _settle_referrals(demand: Demand, *, is_agreed: bool) -> None:
    """Give the objected referral back or let it wait again; with it goes whoever was to assist."""
    state = ReferralState.RETURNED if is_agreed else ReferralState.AWAITING
    Referral.objects.filter(demand=demand, state=ReferralState.OBJECTED).update(state=state)
    if is_agreed:
        helping = Referral.objects.filter(demand=demand, role=ReferralRole.ASSIST, state__in=STANDING)
        helping.update(state=ReferralState.REPLACED)


def _close_objection(
    objection: Objection, decision: ObjectionDecision, reasons: str, by: User, at: datetime
) -> None:
    Objection.objects.filter(pk=objection.pk, decision=ObjectionDecision.PENDING).update(
        decision=decision, decision_reasons=reasons, decided_by=by, decided_at=at
    )


@transaction.atomic
def dispute_designate(
    *, demand_id: int, receiver_id: int, reasons: str, by: User, at: datetime, version: int | None = None
) -> Referral:
    """Designate the unit that handles (指定承办); it may not return the demand again.

    Law: 《信访工作条例》(2022) 第二十四条.
    """
    require({"reasons": reasons}, reasons=_("请写明指定的理由和依据。"))
    demand = demand_for_step(demand_id=demand_id, step=Step.DESIGNATE, by=by, version=version)
    check_receiver(demand, receiver_id)
    objection = Objection.objects.select_related("referral").get(
        referral__demand=demand, decision=ObjectionDecision.PENDING
    )
    document = letter_issue(
        demand=demand,
        kind="objection_decision",
        receiver_id=receiver_id,
        body={
            "reason": reasons,
            "decision": f"指定{agency_directory().name(receiver_id)}承办，不得再退回",
        },
        by=by,
        at=at,
    )
    _close_objection(objection, ObjectionDecision.DESIGNATED, reasons, by, at)
    referral = _designated_referral(demand, objection.referral, receiver_id, document, by=by, at=at)
    involve(demand=demand, agencies={receiver_id: InvolvementRole.LEAD}, at=at)
    line = Line(
        "demand.designated",
        {
            "demand": demand.pk,
            "superior": demand.holder_id,
            "receiver": receiver_id,
            "reason": without_identity(reasons),
        },
    )
    starts, stops = step_clocks(demand=demand, step=Step.DESIGNATE)
    demand_advance(
        demand=demand,
        step=Step.DESIGNATE,
        holder_id=receiver_id,
        clocks=clocks_owed(
            demand=demand, rules=starts, agency_id=receiver_id, at=at, limit_on=referral.limit_on
        ),
        stops=stops,
        changes={"lead_id": receiver_id, "handler_id": None},
        lines=[line, issued_line(demand, document)],
        by=by,
        at=at,
    )
    return referral


def _designated_referral(
    demand: Demand, old: Referral, receiver_id: int, document: Document, *, by: User, at: datetime
) -> Referral:
    """Replace the disputed referral by one that cannot be returned, with as many days as the first had."""
    limit_on = old.limit_on and max(old.limit_on, local_date(at) + (old.limit_on - local_date(old.sent_at)))
    # Whoever assists goes on assisting the new lead, unless it is the new lead.
    is_replaced = Q(role=ReferralRole.LEAD) | Q(receiver_id=receiver_id)
    standing = Referral.objects.filter(is_replaced, demand=demand, state__in=STANDING)
    standing.update(state=ReferralState.REPLACED)
    return Referral.objects.create(
        demand=demand,
        kind=old.kind,
        role=ReferralRole.LEAD,
        state=ReferralState.AWAITING,
        # The first sender stays the one who is reported to, unless it was designated itself.
        sender_id=old.sender_id if old.sender_id != receiver_id else demand.holder_id,
        receiver_id=receiver_id,
        requirement=old.requirement,
        limit_on=limit_on,
        is_designated=True,
        document=document,
        sent_by=by,
        sent_at=at,
    )
