"""Writing the reply (拟稿、审核、签发): evidence first, compulsory contents checked, the head signs."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from huiyin.casework.cases.fields import is_attachment_of
from huiyin.casework.cases.models import Demand
from huiyin.casework.cases.refusals import Invalid, NotThere, cited, guarded, in_language
from huiyin.casework.cases.services import demand_advance, demand_for_step, require
from huiyin.casework.replies.models import Reply, ReplyState, StepEvidence
from huiyin.casework.replies.remedies import remedy_of
from huiyin.casework.routing.letters import letter_issue
from huiyin.casework.routing.services.sending import check_sorted, issued_line
from huiyin.law.branches import branch_rule
from huiyin.law.calendar import local_date
from huiyin.law.handling import HandlingStep, missing_contents, outcomes_for
from huiyin.law.lifecycle import Step
from huiyin.records.accounts.models import User
from huiyin.records.ledger.services import Line
from huiyin.records.ledger.vocabulary import without_identity

FIELD_OF_CONTENT = {"basis": "legal_basis"}
IN_HAND = [ReplyState.DRAFT, ReplyState.SUBMITTED, ReplyState.RETURNED]


@transaction.atomic
def step_record(
    *,
    demand_id: int,
    five_step: str,
    happened_on: date,
    text: str,
    attachment_id: int | None = None,
    by: User,
    at: datetime,
    version: int | None = None,
) -> StepEvidence:
    """Write down one of the five steps (五到位): meet, on site, deliberate, return visit, file."""
    require({"text": text}, text=_("请写明做了什么、谁参加、结果如何。"))
    problems: dict[str, object] = {}
    if five_step not in {item.value for item in HandlingStep}:
        problems["five_step"] = _("请选择五到位中的一项。")
    demand = demand_for_step(demand_id=demand_id, step=Step.RECORD_STEP, by=by, version=version)
    if not local_date(demand.received_at) <= happened_on <= local_date(at):
        problems["happened_on"] = _("日期应在收到信访事项之后、今天之前。")
    if not is_attachment_of(demand, attachment_id):
        problems["scan"] = _("没有这个附件，请重新上传。")
    if problems:
        raise Invalid(problems)
    evidence = StepEvidence.objects.create(
        demand=demand,
        step=five_step,
        happened_on=happened_on,
        text=text,
        attachment_id=attachment_id,
        recorded_by=by,
        recorded_at=at,
    )
    line = Line(
        "step.recorded",
        {
            "demand": demand.pk,
            "five_step": five_step,
            "happened_on": happened_on,
            "evidence": evidence.pk,
        },
    )
    demand_advance(demand=demand, step=Step.RECORD_STEP, lines=[line], by=by, at=at)
    return evidence


@transaction.atomic
def reply_draft(
    *,
    demand_id: int,
    request: str,
    facts: str,
    opinion: str,
    legal_basis: str,
    outcome: str,
    by: User,
    at: datetime,
    version: int | None = None,
) -> Reply:
    """Write or rewrite the draft of the reply (拟稿); it may be incomplete until it goes for approval."""
    demand = demand_for_step(demand_id=demand_id, step=Step.DRAFT_REPLY, by=by, version=version)
    require({"request": request, "facts": facts, "opinion": opinion, "legal_basis": legal_basis})
    check_sorted(demand)
    if outcome and outcome not in {item.value for item in outcomes_for(demand.branch)}:
        raise Invalid({"outcome": _("请从这一类诉求的办理结论中选择（第二十九、三十二条）。")})
    texts = {
        "kind": _reply_kind(demand.branch),
        "request": request,
        "facts": facts,
        "opinion": opinion,
        "legal_basis": legal_basis,
        "outcome": outcome,
        "drafted_by": by,
        "drafted_at": at,
        "state": ReplyState.DRAFT,
    }
    reply, _is_new = Reply.objects.update_or_create(
        demand=demand,
        state__in=IN_HAND,
        defaults=texts,
        create_defaults={"agency_id": demand.holder_id, **texts},
    )
    _advance(Step.DRAFT_REPLY, "reply.drafted", demand, reply, by=by, at=at)
    return reply


def _reply_kind(branch: str) -> str:
    """The document a reply becomes; what goes by another law's procedure is answered, not decided here."""
    rule = branch_rule(branch)
    return "direct_answer" if rule.is_routed else rule.reply_kind


@transaction.atomic
def reply_submit(*, demand_id: int, by: User, at: datetime, version: int | None = None) -> Reply:
    """Send the draft for approval (送审), once its compulsory contents are there.

    Law: 《信访工作条例》(2022) 第三十二条.
    """
    demand = demand_for_step(demand_id=demand_id, step=Step.SUBMIT_REPLY, by=by, version=version)
    reply = reply_in_hand(demand)
    check_complete(demand, reply)
    Reply.objects.filter(pk=reply.pk).update(state=ReplyState.SUBMITTED, submitted_at=at)
    _advance(Step.SUBMIT_REPLY, "reply.submitted", demand, reply, by=by, at=at)
    return reply


@transaction.atomic
def reply_return(*, demand_id: int, reason: str, by: User, at: datetime, version: int | None = None) -> Reply:
    """Give the draft back for correction (退回修改) with what is wrong."""
    require({"reason": reason}, reason=_("请写明需要修改什么。"))
    demand = demand_for_step(demand_id=demand_id, step=Step.RETURN_REPLY, by=by, version=version)
    reply = reply_in_hand(demand)
    Reply.objects.filter(pk=reply.pk).update(state=ReplyState.RETURNED, return_reason=reason)
    _advance(Step.RETURN_REPLY, "reply.returned", demand, reply, reason=reason, by=by, at=at)
    return reply


@transaction.atomic
def reply_issue(*, demand_id: int, by: User, at: datetime, version: int | None = None) -> Reply:
    """Sign and issue the reply in the name of the organ (签发), numbered, with the remedy.

    Law: 《信访工作条例》(2022) 第三十二、三十四、三十五条.
    """
    demand = demand_for_step(demand_id=demand_id, step=Step.ISSUE_REPLY, by=by, version=version)
    reply = reply_in_hand(demand)
    if reply.drafted_by_id == by.pk:
        raise guarded("not_own_draft")
    check_complete(demand, reply)
    document = letter_issue(
        demand=demand,
        kind=reply.kind,
        receiver_id=None,
        body=_reply_body(demand, reply),
        by=by,
        at=at,
    )
    Reply.objects.filter(pk=reply.pk).update(
        state=ReplyState.ISSUED, issued_by=by, issued_at=at, document=document
    )
    demand_advance(
        demand=demand,
        step=Step.ISSUE_REPLY,
        changes={"outcome": reply.outcome},
        lines=[_line("reply.issued", demand, reply), issued_line(demand, document)],
        by=by,
        at=at,
    )
    return reply


def _reply_body(demand: Demand, reply: Reply) -> dict[str, object]:
    """The reply under the names each kind of document asks for."""
    return {
        "request": reply.request,
        "suggestion": reply.request,
        "facts": reply.facts,
        "reason": reply.facts,
        "opinion": reply.opinion,
        "answer": reply.opinion,
        "decision": reply.opinion,
        "legal_basis": reply.legal_basis,
        "outcome": reply.outcome,
        "remedy": remedy_of(demand),
    }


def reply_in_hand(demand: Demand) -> Reply:
    """The draft being worked on.

    Raises: NotThere when nobody has written one.
    """
    reply = Reply.objects.filter(demand=demand, state__in=IN_HAND).first()
    if reply is None:
        raise NotThere(_("还没有拟写答复。"), way_out=_("请先拟稿。"))
    return reply


def check_complete(demand: Demand, reply: Reply) -> None:
    """Refuse a reply that lacks what the law demands, naming each missing part."""
    contents = {
        "request": reply.request,
        "facts": reply.facts,
        "opinion": reply.opinion,
        "basis": reply.legal_basis,
        "remedy": remedy_of(demand),
    }
    missing: dict[str, object] = {
        FIELD_OF_CONTENT.get(part.code, part.code): _("请填写“%(part)s”（%(article)s）。")
        % {"part": in_language(part.label_zh, part.label_en), "article": cited(part.citation)}
        for part in missing_contents(demand.branch, contents)
    }
    if not reply.outcome:
        missing["outcome"] = _("请选择办理结论。")
    if missing:
        raise Invalid(missing)


def _line(event: str, demand: Demand, reply: Reply, reason: str = "") -> Line:
    payload: dict[str, object] = {
        "demand": demand.pk,
        "reply": reply.pk,
        "document_kind": reply.kind,
        "outcome": reply.outcome or None,
        "agency": demand.holder_id,
        "reason": without_identity(reason) or None,
    }
    return Line(event, payload)


def _advance(
    step: Step, event: str, demand: Demand, reply: Reply, *, reason: str = "", by: User, at: datetime
) -> None:
    line = _line(event, demand, reply, reason)
    demand_advance(demand=demand, step=step, lines=[line], by=by, at=at)
