"""Assisting (协办): the unit asked to help says that it has the matter, and gives its opinion to the lead.

The lead stays responsible: nothing here moves the demand, its holder or its limits.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from huiyin.casework.cases.models import Demand
from huiyin.casework.cases.refusals import ChangedMeanwhile, NotLawful, NotPermitted, NotThere
from huiyin.casework.cases.scope import demands_visible_to
from huiyin.casework.cases.services import require, sealed_line
from huiyin.casework.routing.letters import letter_issue
from huiyin.casework.routing.models import Referral, ReferralRole, ReferralState
from huiyin.casework.routing.services.sending import issued_line
from huiyin.records.accounts.models import User
from huiyin.records.accounts.rights import Right
from huiyin.records.documents.models import Document
from huiyin.records.ledger.services import Line, actor_of, ledger_append


@transaction.atomic
def assist_receive(*, demand_id: int, by: User, at: datetime) -> Referral:
    """Sign for a demand one is asked to help with (签收协办).

    Law: 《信访工作条例》(2022) 第二十四条: matters of several organs are handled in consultation.
    Raises: NotThere, NotPermitted, NotLawful, ChangedMeanwhile when a colleague was faster.
    """
    demand, referral = _assistance(demand_id, Right.DEMAND_ACCEPT, by)
    received = Referral.objects.filter(pk=referral.pk, state=ReferralState.AWAITING).update(
        state=ReferralState.ACCEPTED, answered_by=by, answered_at=at
    )
    if received != 1:
        raise ChangedMeanwhile(_("本单位已经签收这件协办。"), way_out=_("请向主办单位提出协办意见。"))
    line = Line("assist.received", {"demand": demand.pk, "agency": referral.receiver_id})
    _write(demand, [line], by=by, at=at)
    referral.refresh_from_db()
    return referral


@transaction.atomic
def assist_opine(*, demand_id: int, opinion: str, legal_basis: str = "", by: User, at: datetime) -> Document:
    """Give the lead one's opinion in writing (协办意见); the lead answers the petitioner.

    Law: 《信访工作条例》(2022) 第二十四条.
    Raises: NotThere, NotPermitted, NotLawful, Invalid.
    """
    fields = {"opinion": opinion, "legal_basis": legal_basis}
    require(fields, opinion=_("请写明本单位查明的情况和处理意见，供主办单位答复信访人。"))
    demand, referral = _assistance(demand_id, Right.DEMAND_HANDLE, by)
    Referral.objects.filter(pk=referral.pk, state=ReferralState.AWAITING).update(
        state=ReferralState.ACCEPTED, answered_by=by, answered_at=at
    )
    document = letter_issue(
        demand=demand, kind="assist_opinion", receiver_id=demand.lead_id, body=fields, by=by, at=at
    )
    parties = {"agency": referral.receiver_id, "receiver": demand.lead_id}
    line = Line("assist.opined", parties | {"demand": demand.pk})
    _write(demand, [line, issued_line(demand, document)], by=by, at=at)
    return document


def _assistance(demand_id: int, right: Right, by: User) -> tuple[Demand, Referral]:
    """The demand and the standing request for help that went to the user's agency."""
    demand = demands_visible_to(by).select_related("case").filter(pk=demand_id).first()
    standing = [ReferralState.AWAITING, ReferralState.ACCEPTED]
    referral = (
        Referral.objects.filter(
            demand_id=demand_id, role=ReferralRole.ASSIST, receiver_id=by.agency_id, state__in=standing
        ).first()
        if demand is not None
        else None
    )
    if demand is None or referral is None:
        raise NotThere(_("没有请本单位协办的这项诉求，或者协办已经结束。"))
    if not by.has_right(right):
        raise NotPermitted(_("您的角色不能办理协办。"), way_out=_("可由本单位承办人办理。"))
    if not demand.is_open:
        raise NotLawful(_("这项诉求已经终结。"), way_out=_("需要补充的，请与主办单位联系。"))
    return demand, referral


def _write(demand: Demand, lines: list[Line], *, by: User, at: datetime) -> None:
    Demand.objects.filter(pk=demand.pk).update(last_event_at=at)
    ledger_append(
        matter_id=demand.case_id,
        events=[sealed_line(line) if demand.is_sealed else line for line in lines],
        at=at,
        actor=actor_of(by),
        agency_id=by.agency_id,
    )
