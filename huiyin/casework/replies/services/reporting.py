"""Reporting back and closing (报结、审核、办结); nothing closes without proof of service."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from huiyin.casework.cases.fields import unfit_texts
from huiyin.casework.cases.models import Demand, Settled
from huiyin.casework.cases.refusals import Invalid, NotThere, guarded
from huiyin.casework.cases.services import (
    clocks_owed,
    demand_advance,
    demand_for_step,
    require,
    step_clocks,
)
from huiyin.casework.replies.models import Delivery, Examination, Reply, ReplyState, Report
from huiyin.casework.routing.letters import SEALED_TITLE, letter_issue
from huiyin.casework.routing.models import Referral, ReferralKind, ReferralRole, ReferralState
from huiyin.casework.routing.services.sending import issued_line
from huiyin.law.calendar import local_date
from huiyin.law.lifecycle import Step
from huiyin.records.accounts.models import User
from huiyin.records.agencies.selectors import agency_directory
from huiyin.records.ledger.services import Line
from huiyin.records.ledger.vocabulary import without_identity

_EXAMINED = {
    Examination.PASS: (Step.EXAMINE_PASS, "report.passed"),
    Examination.COMPLETE: (Step.EXAMINE_COMPLETE, "report.completion_asked"),
    Examination.REWORK: (Step.EXAMINE_REWORK, "report.rework_ordered"),
}


@transaction.atomic
def report_back(
    *,
    demand_id: int,
    text: str,
    signatory: str,
    settled: str = "",
    by: User,
    at: datetime,
    version: int | None = None,
) -> Report:
    """Report the result to the assigner (报结), signed by a head of the unit.

    Law: 《信访工作条例》(2022) 第二十二条第三项.
    """
    require(
        {"text": text, "signatory": signatory},
        text=_("请写明调查情况、处理结果和答复情况。"),
        signatory=_("办结报告须由单位负责人签发，请填写签发人。"),
    )
    problems = unfit_texts({"signatory": signatory}, signatory=60)
    if problems:
        raise Invalid(problems)
    demand = demand_for_step(demand_id=demand_id, step=Step.REPORT_BACK, by=by, version=version)
    if not demand.is_assigned:
        raise guarded("assigned")
    check_served(demand)
    referral = _standing_referral(demand)
    document = letter_issue(
        demand=demand,
        kind="closing_report",
        receiver_id=referral.sender_id,
        body=_report_body(demand, referral, text=text, signatory=signatory, by=by),
        by=by,
        at=at,
    )
    report = Report.objects.create(
        demand=demand,
        referral=referral,
        document=document,
        text=text,
        signatory=signatory,
        reported_by=by,
        reported_at=at,
    )
    parties = {"sender": referral.sender_id, "agency": demand.holder_id}
    line = Line("demand.reported", parties | {"demand": demand.pk, "report": report.pk})
    demand_advance(
        demand=demand,
        step=Step.REPORT_BACK,
        holder_id=referral.sender_id,
        stops=step_clocks(demand=demand, step=Step.REPORT_BACK)[1],
        changes={"settled": _settled(settled)},
        lines=[line, issued_line(demand, document)],
        by=by,
        at=at,
    )
    return report


def _report_body(
    demand: Demand, referral: Referral, *, text: str, signatory: str, by: User
) -> dict[str, object]:
    return {
        "signatory": signatory,
        "assignment": referral.document.number if referral.document else demand.case.number,
        "problem": SEALED_TITLE if demand.is_sealed else demand.statement,
        "investigation": text,
        "handler": by.name,
        "contact": agency_directory()[demand.holder_id].phone or by.name,
    }


@transaction.atomic
def report_examine(
    *,
    demand_id: int,
    examination: str,
    reasons: str,
    limit_on: date | None = None,
    by: User,
    at: datetime,
    version: int | None = None,
) -> Report:
    """Examine the closing report (审核): pass it, have it completed, or send it back for rework.

    Law: 河南省信访条例 第二十六条 (examination is compulsory for the assigner).
    """
    require({"reasons": reasons}, reasons=_("请写明审核意见。"))
    if examination not in _EXAMINED:
        raise Invalid({"examination": _("请选择通过、补办或者发回重办。")})
    step, event = _EXAMINED[Examination(examination)]
    demand = demand_for_step(demand_id=demand_id, step=step, by=by, version=version)
    report = _pending_report(demand)
    if step is not Step.EXAMINE_PASS and (limit_on is None or limit_on <= local_date(at)):
        raise Invalid({"limit_on": _("请写明补办或者重办的期限，应在今天以后。")})
    lead_id = demand.lead_id or demand.holder_id
    document = letter_issue(
        demand=demand,
        kind="examination_opinion",
        receiver_id=lead_id,
        body={
            "decision": str(Examination(examination).label),
            "reason": reasons,
            "limit": limit_on.isoformat() if limit_on else "",
        },
        by=by,
        at=at,
    )
    Report.objects.filter(pk=report.pk, examination=Examination.PENDING).update(
        examination=examination, examination_reasons=reasons, examined_by=by, examined_at=at
    )
    starts, stops = step_clocks(demand=demand, step=step)
    demand_advance(
        demand=demand,
        step=step,
        holder_id=lead_id,
        clocks=clocks_owed(demand=demand, rules=starts, agency_id=lead_id, at=at, limit_on=limit_on),
        stops=stops,
        lines=[_examined_line(event, demand, report, reasons), issued_line(demand, document)],
        by=by,
        at=at,
    )
    return report


def _pending_report(demand: Demand) -> Report:
    report = Report.objects.filter(demand=demand, examination=Examination.PENDING).first()
    if report is None:
        raise NotThere(_("没有等待审核的办结报告。"))
    return report


def _examined_line(event: str, demand: Demand, report: Report, reasons: str) -> Line:
    payload: dict[str, object] = {
        "demand": demand.pk,
        "report": report.pk,
        "sender": demand.holder_id,
        "agency": demand.lead_id or demand.holder_id,
        "reason": without_identity(reasons),
    }
    return Line(event, payload)


@transaction.atomic
def demand_close(
    *, demand_id: int, settled: str, by: User, at: datetime, version: int | None = None
) -> Demand:
    """Close the procedure (办结) of what was not assigned; whether the matter is settled is said apart."""
    demand = demand_for_step(demand_id=demand_id, step=Step.CLOSE, by=by, version=version)
    if demand.is_assigned:
        raise guarded("not_assigned")
    check_served(demand)
    line = Line(
        "demand.closed",
        {
            "demand": demand.pk,
            "settled": _settled(settled) or "unknown",
            "outcome": demand.outcome or None,
        },
    )
    demand_advance(
        demand=demand,
        step=Step.CLOSE,
        stops=step_clocks(demand=demand, step=Step.CLOSE)[1],
        changes={"settled": _settled(settled)},
        lines=[line],
        by=by,
        at=at,
    )
    return demand


def check_served(demand: Demand) -> None:
    """Refuse to end what nobody can prove to have been served (没有送达凭据不能办结)."""
    reply = Reply.objects.filter(demand=demand, state=ReplyState.ISSUED).order_by("-id").first()
    if reply is None or not Delivery.objects.filter(document=reply.document).exists():
        raise guarded("proof_of_service")


def _standing_referral(demand: Demand) -> Referral:
    referral = (
        Referral.objects.select_related("document")
        .filter(demand=demand, role=ReferralRole.LEAD, kind=ReferralKind.ASSIGN, state=ReferralState.ACCEPTED)
        .first()
    )
    if referral is None:
        raise NotThere(_("没有需要报结的交办。"))
    return referral


def _settled(settled: str) -> str:
    if settled not in Settled.values:
        raise Invalid({"settled": _("请选择化解情况：已化解、部分化解、未化解，或者未评定。")})
    return settled
