"""Sorting and sending (分流与转交): each demand to the unit that owes an answer, and never to nobody."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from huiyin.casework.cases.accused import discipline_for, is_of_accused
from huiyin.casework.cases.models import Case, Clock, Demand, InvolvementRole
from huiyin.casework.cases.refusals import Invalid, guarded
from huiyin.casework.cases.services import (
    clocks_owed,
    demand_advance,
    demand_for_step,
    involve,
    require,
    step_clocks,
)
from huiyin.casework.routing.letters import SEALED_TITLE, letter_issue
from huiyin.casework.routing.models import Referral, ReferralKind, ReferralRole, ReferralState
from huiyin.law.acceptance import unfit_outcome
from huiyin.law.branches import Branch, Purpose
from huiyin.law.calendar import local_date
from huiyin.law.lifecycle import Step
from huiyin.law.profiles import profile
from huiyin.records.accounts.models import User
from huiyin.records.agencies.selectors import agency_directory, class_directory
from huiyin.records.documents.models import Document
from huiyin.records.ledger.services import Line
from huiyin.records.ledger.vocabulary import without_identity

MAX_LIMIT_DAYS = 90


@transaction.atomic
def demand_sort(
    *,
    demand_id: int,
    content_class: str,
    branch: str,
    purpose: str = "",
    accused_agency_id: int | None = None,
    reason: str = "",
    by: User,
    at: datetime,
    version: int | None = None,
) -> Demand:
    """Sort the demand by law (依法分类): content class, purpose and legal branch; an accusation is sealed.

    One that accuses the sorting agency itself leaves it at once, for the discipline organ.

    Law: 《信访工作条例》(2022) 第二十九至三十一条.
    """
    demand = demand_for_step(demand_id=demand_id, step=Step.SORT, by=by, version=version)
    _check_sorting(demand, content_class, branch, purpose, accused_agency_id)
    changes: dict[str, object] = {"content_class": content_class, "branch": branch, "purpose": purpose}
    holder_id = None
    if branch == Branch.ACCUSATION:
        accused_id = accused_agency_id or demand.accused_agency_id
        changes |= {"is_sealed": True, "accused_agency_id": accused_id}
        Case.objects.filter(pk=demand.case_id).update(title=SEALED_TITLE)
        if is_of_accused(demand.holder_id, accused_id):
            holder_id = _hand_over(demand, accused_id, at=at)
    line = Line(
        "demand.sorted",
        {
            "demand": demand.pk,
            "branch": branch,
            "content_class": content_class,
            "purpose": purpose or None,
            "reason": without_identity(reason),
        },
    )
    lines = [line]
    if holder_id:
        parties = {"demand": demand.pk, "sender": demand.holder_id, "receiver": holder_id}
        lines.append(Line("demand.forwarded", parties))
    demand_advance(
        demand=demand, step=Step.SORT, holder_id=holder_id, changes=changes, lines=lines, by=by, at=at
    )
    return demand


def _hand_over(demand: Demand, accused_id: int | None, *, at: datetime) -> int:
    """Take the demand and its limits from the accused to the discipline organ (移送), unsealed to nobody."""
    organ = discipline_for(accused_id)
    if organ is None:
        raise Invalid(
            {
                "accused_agency": _(
                    "被检举的是本单位，本地又没有可移送的纪检监察机关：请报上一级纪检监察机关处理（第三十条）。"
                )
            }
        )
    involve(demand=demand, agencies={organ.id: InvolvementRole.LEAD}, at=at)
    Clock.objects.filter(demand=demand, stopped_at=None, agency_id=demand.holder_id).update(
        agency_id=organ.id
    )
    return organ.id


def _check_sorting(
    demand: Demand, content_class: str, branch: str, purpose: str, accused_id: int | None
) -> None:
    problems: dict[str, object] = {}
    if class_directory().get(content_class) is None:
        problems["content_class"] = _("请从分类表中选择内容分类（《网上办理工作规程》第五条）。")
    if branch not in {item.value for item in Branch}:
        problems["branch"] = _(
            "请选择办理途径：建议意见、检举控告，或者申诉求决的六种途径之一（第二十九至三十一条）。"
        )
    if demand.is_sealed and branch != Branch.ACCUSATION:
        problems["branch"] = _(
            "检举控告一经密封不能改为其他类别，以免材料外泄（第三十条）；可另行登记其他诉求。"
        )
    if accused_id is not None and agency_directory().get(accused_id) is None:
        problems["accused_agency"] = _("请从机构表中选择被检举的单位；不在表中的留空，并在诉求中写明。")
    if purpose and purpose not in {item.value for item in Purpose}:
        problems["purpose"] = _("请从列表中选择信访目的（《网上办理工作规程》第五条）。")
    if problems:
        raise Invalid(problems)


@transaction.atomic
def demand_forward(
    *,
    demand_id: int,
    receiver_id: int,
    requirement: str = "",
    assisting: Sequence[int] = (),
    by: User,
    at: datetime,
    version: int | None = None,
) -> Referral:
    """Forward the demand to the organ with power (转送), with a letter and the receiver's clocks.

    Law: 《信访工作条例》(2022) 第二十二条第一、二项.
    """
    return _send(
        Step.FORWARD,
        demand_id=demand_id,
        receiver_id=receiver_id,
        requirement=requirement,
        limit_on=None,
        assisting=assisting,
        by=by,
        at=at,
        version=version,
    )


@transaction.atomic
def demand_assign(
    *,
    demand_id: int,
    receiver_id: int,
    limit_on: date,
    requirement: str,
    assisting: Sequence[int] = (),
    by: User,
    at: datetime,
    version: int | None = None,
) -> Referral:
    """Assign the demand (交办): an own limit and a closing report are owed.

    Law: 《信访工作条例》(2022) 第二十二条第三项.
    """
    today = local_date(at)
    problems: dict[str, object] = {}
    if not requirement.strip():
        problems["requirement"] = _("请写明交办要求：要查清什么、报告什么。")
    if not today < limit_on <= today + timedelta(days=MAX_LIMIT_DAYS):
        problems["limit_on"] = _("报结期限应在明天之后、%(days)s天之内。") % {"days": MAX_LIMIT_DAYS}
    if problems:
        raise Invalid(problems)
    return _send(
        Step.ASSIGN,
        demand_id=demand_id,
        receiver_id=receiver_id,
        requirement=requirement,
        limit_on=limit_on,
        assisting=assisting,
        by=by,
        at=at,
        version=version,
    )


def _send(
    step: Step,
    *,
    demand_id: int,
    receiver_id: int,
    requirement: str,
    limit_on: date | None,
    assisting: Sequence[int],
    by: User,
    at: datetime,
    version: int | None,
) -> Referral:
    demand = demand_for_step(demand_id=demand_id, step=step, by=by, version=version)
    require({"requirement": requirement})
    check_sorted(demand)
    check_outcome(demand, step)
    starts, stops = step_clocks(demand=demand, step=step)
    helpers = _checked_helpers(demand, receiver_id, assisting)
    document = letter_issue(
        demand=demand,
        kind="assign_letter" if step is Step.ASSIGN else "forward_letter",
        receiver_id=receiver_id,
        body=_letter_body(demand, requirement=requirement, limit_on=limit_on, assisting=helpers, by=by),
        by=by,
        at=at,
    )
    rows = Referral.objects.bulk_create(
        Referral(
            demand=demand,
            kind=ReferralKind.ASSIGN if step is Step.ASSIGN else ReferralKind.FORWARD,
            role=ReferralRole.LEAD if agency_id == receiver_id else ReferralRole.ASSIST,
            state=ReferralState.AWAITING,
            sender_id=demand.holder_id,
            receiver_id=agency_id,
            requirement=requirement,
            limit_on=limit_on,
            document=document,
            sent_by=by,
            sent_at=at,
        )
        for agency_id in (receiver_id, *helpers)
    )
    involve(
        demand=demand,
        agencies={receiver_id: InvolvementRole.LEAD}
        | {agency_id: InvolvementRole.ASSIST for agency_id in helpers},
        at=at,
    )
    demand_advance(
        demand=demand,
        step=step,
        holder_id=receiver_id,
        clocks=clocks_owed(demand=demand, rules=starts, agency_id=receiver_id, at=at, limit_on=limit_on),
        stops=stops,
        changes={"lead_id": receiver_id, "handler_id": None, "is_assigned": step is Step.ASSIGN},
        lines=[_sent_line(step, demand, rows), issued_line(demand, document)],
        by=by,
        at=at,
    )
    return rows[0]


def _checked_helpers(demand: Demand, receiver_id: int, assisting: Sequence[int]) -> list[int]:
    helpers = [agency_id for agency_id in dict.fromkeys(assisting) if agency_id != receiver_id]
    for agency_id in (receiver_id, *helpers):
        check_receiver(demand, agency_id)
    return helpers


def _sent_line(step: Step, demand: Demand, rows: Sequence[Referral]) -> Line:
    lead, *helpers = rows
    return Line(
        "demand.assigned" if step is Step.ASSIGN else "demand.forwarded",
        {
            "demand": demand.pk,
            "sender": lead.sender_id,
            "receiver": lead.receiver_id,
            "assisting": [row.receiver_id for row in helpers] or None,
            "limit_on": lead.limit_on,
            "requirement": without_identity(lead.requirement),
        },
    )


def _letter_body(
    demand: Demand, *, requirement: str, limit_on: date | None, assisting: Sequence[int], by: User
) -> dict[str, object]:
    """What the letter to the receiving unit says; the petitioner's identity is not in it."""
    body: dict[str, object] = {
        "demand": SEALED_TITLE if demand.is_sealed else demand.statement,
        "requirement": requirement,
        "assisting": "、".join(agency_directory().name(agency_id) for agency_id in assisting),
    }
    if limit_on:
        body |= {
            "limit": limit_on.isoformat(),
            "report_items": "单位名称、文号、签发人；反映的问题和诉求；调查核实和处理情况；答复和送达情况",
            "contact": f"{agency_directory().name(demand.holder_id)} {by.name}",
        }
    return body


def check_sorted(demand: Demand) -> None:
    """Refuse to send out what nobody has sorted: the branch decides procedure, limit and remedy."""
    if not demand.branch or not demand.content_class:
        raise guarded("sorted")


def check_receiver(demand: Demand, agency_id: int) -> None:
    """Refuse receivers that cannot take the demand: unknown, oneself, the accused, or unfit for a seal."""
    agency = agency_directory().get(agency_id)
    if agency is None or not agency.is_active:
        raise Invalid({"receiver": _("请从机构表中选择接收单位。")})
    if agency_id == demand.holder_id:
        raise Invalid({"receiver": _("不能转给自己；本单位有权处理的，请选择“自办”。")})
    if is_of_accused(agency_id, demand.accused_agency_id):
        raise Invalid({"receiver": _("不得把检举控告材料转给被检举的单位及其下属单位（第三十条）。")})
    if demand.is_sealed and not agency.is_discipline:
        raise Invalid({"receiver": _("检举控告应当移送有管辖权的纪检监察机关（第二十二、三十条）。")})


def check_outcome(demand: Demand, step: Step) -> None:
    """Refuse an outcome that the holder's profile does not have, or that does not fit the demand."""
    guard = outcome_guard(demand, step)
    if guard:
        raise guarded(guard)


def outcome_guard(demand: Demand, step: Step) -> str | None:
    """The guard that forbids this outcome of registration, if one does; the page asks it too.

    Every agency may hand an accusation to a discipline organ, whatever its profile (第三十条).
    """
    holder = agency_directory()[demand.holder_id]
    is_handed_over = step is Step.FORWARD and demand.branch == Branch.ACCUSATION
    if step.value not in profile(holder.profile).outcomes and not is_handed_over:
        return "outcome_of_profile"
    if step is Step.ROUTE and demand.is_assigned:
        return "not_assigned"
    organ = None if holder.is_discipline else discipline_for(demand.accused_agency_id)
    return unfit_outcome(
        step, branch=demand.branch, purpose=demand.purpose, has_discipline_organ=organ is not None
    )


def issued_line(demand: Demand, document: Document) -> Line:
    """The ledger line of a document just issued, with its digest."""
    return Line(
        "document.issued",
        {
            "demand": demand.pk,
            "document": document.pk,
            "document_kind": document.kind,
            "number": document.number,
            "digest": document.digest,
            "agency": document.agency_id,
        },
    )
