"""Service (送达): method, date and proof; the petitioner's own periods run from it."""

from datetime import date, datetime, time

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from huiyin.casework.cases.fields import is_attachment_of, unfit_texts
from huiyin.casework.cases.models import Demand
from huiyin.casework.cases.refusals import Invalid, NotLawful, NotThere
from huiyin.casework.cases.scope import demands_visible_to
from huiyin.casework.cases.services import (
    check_lawful,
    clocks_owed,
    demand_advance,
    demand_for_step,
    step_clocks,
)
from huiyin.casework.replies.models import Delivery, DeliveryMethod, Reply, ReplyState
from huiyin.law.calendar import BEIJING, local_date
from huiyin.law.lifecycle import Stage, Step
from huiyin.records.accounts.models import User
from huiyin.records.accounts.rights import Right
from huiyin.records.documents.models import Document
from huiyin.records.ledger.services import Line, actor_of, ledger_append

# The petitioner's periods run from the receipt of the *written* opinion.
WRITTEN_ONLY = frozenset({"handling_opinion"})


@transaction.atomic
def reply_serve(
    *,
    demand_id: int,
    method: str,
    served_on: date,
    proof: str,
    receiver_relation: str = "",
    attachment_id: int | None = None,
    by: User,
    at: datetime,
    version: int | None = None,
) -> Delivery:
    """Record that the reply reached the petitioner (送达), from which 30 days for re-examination run.

    Law: 《信访工作条例》(2022) 第三十五条.
    """
    demand = demand_for_step(demand_id=demand_id, step=Step.SERVE, by=by, version=version)
    document = _document_to_serve(demand)
    delivery = _delivery(
        document,
        demand,
        method=method,
        served_on=served_on,
        proof=proof,
        receiver_relation=receiver_relation,
        attachment_id=attachment_id,
        by=by,
        at=at,
    )
    _advance(demand, document, delivery, by=by, at=at)
    return delivery


@transaction.atomic
def reply_receive(*, case_id: int, demand_id: int, at: datetime) -> Delivery:
    """Sign for the reply on the portal (网上签收), as the petitioner who holds the query code.

    The 30 days for re-examination run from this day.

    Law: 《信访工作条例》(2022) 第三十二条、第三十五条.
    Raises: NotThere, NotLawful when there is nothing to sign for, ChangedMeanwhile.
    """
    demand = Demand.objects.select_related("case").filter(pk=demand_id, case_id=case_id).first()
    if demand is None:
        raise NotThere(_("没有这项诉求。"))
    check_lawful(demand, Step.SERVE)
    document = _document_to_serve(demand)
    delivery = _delivery(
        document,
        demand,
        method=DeliveryMethod.PORTAL,
        served_on=local_date(at),
        proof=f"信访人凭查询码网上签收，{at.astimezone(BEIJING):%Y-%m-%d %H:%M}",
        receiver_relation="",
        attachment_id=None,
        by=None,
        at=at,
    )
    _advance(demand, document, delivery, by=None, at=at)
    return delivery


def _document_to_serve(demand: Demand) -> Document:
    reply = (
        Reply.objects.filter(demand=demand, state=ReplyState.ISSUED)
        .select_related("document")
        .order_by("-id")
        .first()
    )
    if reply is None or reply.document is None:
        raise NotThere(_("没有已出具、待送达的答复。"))
    return reply.document


def _advance(
    demand: Demand, document: Document, delivery: Delivery, *, by: User | None, at: datetime
) -> None:
    """Move the demand on, and let the petitioner's own period run from the day of service."""
    starts, stops = step_clocks(demand=demand, step=Step.SERVE)
    served_at = _noon(delivery.served_on)
    demand_advance(
        demand=demand,
        step=Step.SERVE,
        clocks=clocks_owed(demand=demand, rules=starts, agency_id=demand.holder_id, at=served_at),
        stops=stops,
        lines=[_line(delivery, document, demand)],
        by=by,
        at=at,
    )


@transaction.atomic
def document_serve(
    *,
    document_id: int,
    method: str,
    served_on: date,
    proof: str,
    receiver_relation: str = "",
    attachment_id: int | None = None,
    by: User,
    at: datetime,
) -> Delivery:
    """Record that another document, such as a notice, reached the petitioner (送达)."""
    document = Document.objects.filter(pk=document_id).first()
    demand = (
        demands_visible_to(by).filter(pk=document.demand_id).first()
        if document is not None and document.demand_id is not None
        else None
    )
    if document is None or demand is None or document.agency_id != by.agency_id:
        raise NotThere(_("没有这份文书，或者不是本单位出具的。"))
    if not (by.has_right(Right.REPLY_SERVE) or by.has_right(Right.CASE_REGISTER)):
        raise NotThere(_("没有这份文书，或者您不能登记送达。"))
    if demand.stage == Stage.ISSUED and Reply.objects.filter(document=document).exists():
        raise NotLawful(
            _("答复的送达要作为办理步骤登记，信访人的期限才会起算。"),
            citation=_("《信访工作条例》第三十五条"),
            way_out=_("请在该项诉求的“送达”一步登记。"),
        )
    delivery = _delivery(
        document,
        demand,
        method=method,
        served_on=served_on,
        proof=proof,
        receiver_relation=receiver_relation,
        attachment_id=attachment_id,
        by=by,
        at=at,
    )
    ledger_append(
        matter_id=demand.case_id,
        events=[_line(delivery, document, demand)],
        at=at,
        actor=actor_of(by),
        agency_id=by.agency_id,
    )
    return delivery


def _delivery(
    document: Document,
    demand: Demand,
    *,
    method: str,
    served_on: date,
    proof: str,
    receiver_relation: str,
    attachment_id: int | None,
    by: User | None,
    at: datetime,
) -> Delivery:
    problems: dict[str, object] = {}
    if method not in DeliveryMethod.values:
        problems["method"] = _("请选择送达方式。")
    if method == DeliveryMethod.PHONE and document.kind in WRITTEN_ONLY:
        problems["method"] = _("处理意见书应当书面送达，不能以电话代替（第三十五条）；请改用其他方式。")
    if not proof.strip():
        problems["proof"] = _("请写明送达凭据：签收人、挂号编号或者回执编号；没有凭据不能办结。")
    issued_on = local_date(document.issued_at) if document.issued_at else None
    if served_on > local_date(at) or (issued_on and served_on < issued_on):
        problems["served_on"] = _("送达日期应在出具之日以后、今天以前；信访人的期限从这一天起算。")
    texts = {"proof": proof, "receiver_relation": receiver_relation}
    problems |= unfit_texts(texts, proof=300, receiver_relation=60)
    if not is_attachment_of(demand, attachment_id):
        problems["scan"] = _("没有这个附件，请重新上传送达凭证。")
    if method == DeliveryMethod.RELATIVE and not receiver_relation.strip():
        problems["receiver_relation"] = _("由家属代收的，请写明与信访人的关系。")
    if problems:
        raise Invalid(problems)
    return Delivery.objects.create(
        document=document,
        demand=demand,
        method=method,
        served_on=served_on,
        proof=proof,
        receiver_relation=receiver_relation,
        attachment_id=attachment_id,
        recorded_by=by,
        recorded_at=at,
    )


def _noon(day: date) -> datetime:
    """A moment that lies on this day of the county, whatever the server's zone."""
    return datetime.combine(day, time(12), tzinfo=BEIJING)


def _line(delivery: Delivery, document: Document, demand: Demand) -> Line:
    return Line(
        "document.served",
        {
            "demand": demand.pk,
            "document": document.pk,
            "number": document.number,
            "method": delivery.method,
            "served_on": delivery.served_on,
            "delivery": delivery.pk,
        },
    )
