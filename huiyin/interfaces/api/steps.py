"""The other steps on a demand (办理步骤): each one call of the service behind the desk's page."""

from collections.abc import Callable

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Status

from huiyin.casework.matching.services import cases_link, link_undo
from huiyin.casework.replies import services as replies
from huiyin.casework.routing import services as routing
from huiyin.interfaces.api import step_schemas as given
from huiyin.interfaces.api.callers import DONE, caller, required_agency
from huiyin.interfaces.api.schemas import AcceptIn

router = Router(tags=["steps"])


def act(
    request: HttpRequest, service: Callable[..., object], demand_id: int, /, **values: object
) -> Status[None]:
    """Take a step as the caller, now."""
    service(demand_id=demand_id, by=caller(request), at=timezone.now(), **values)
    return Status(204, None)


@router.post("/demands/{int:demand_id}/self-handle", response=DONE, summary="自办受理")
def self_handle(request: HttpRequest, demand_id: int, body: AcceptIn) -> Status[None]:
    """Accept a demand the office handles itself."""
    return act(request, routing.demand_self_handle, demand_id, **body.model_dump())


@router.post("/demands/{int:demand_id}/take", response=DONE, summary="认领")
def take(request: HttpRequest, demand_id: int, body: given.Versioned) -> Status[None]:
    """Take a demand of the own agency in hand."""
    return act(request, routing.demand_take, demand_id, handler=caller(request), **body.model_dump())


@router.post("/demands/{int:demand_id}/redirect", response=DONE, summary="告知向有权机关提出")
def redirect(request: HttpRequest, demand_id: int, body: given.ElsewhereIn) -> Status[None]:
    """Tell the petitioner which authority is competent, and how to go there."""
    return act(request, routing.demand_redirect, demand_id, **body.model_dump())


@router.post("/demands/{int:demand_id}/route", response=DONE, summary="导入法定途径")
def route(request: HttpRequest, demand_id: int, body: given.ElsewhereIn) -> Status[None]:
    """Route the demand to its legal procedure."""
    return act(request, routing.demand_route, demand_id, **body.model_dump())


@router.post("/demands/{int:demand_id}/decline", response=DONE, summary="不予受理")
def decline(request: HttpRequest, demand_id: int, body: given.DeclineIn) -> Status[None]:
    """Decline a demand on a ground of the law, with the way forward."""
    return act(request, routing.demand_decline, demand_id, **body.model_dump())


@router.post("/demands/{int:demand_id}/file", response=DONE, summary="存")
def file(request: HttpRequest, demand_id: int, body: given.ReasonIn) -> Status[None]:
    """File a demand that calls for nothing."""
    return act(request, routing.demand_file, demand_id, **body.model_dump())


@router.post("/demands/{int:demand_id}/answer", response=DONE, summary="当场答复")
def answer(request: HttpRequest, demand_id: int, body: given.AnswerIn) -> Status[None]:
    """Answer an inquiry at once."""
    return act(request, routing.demand_answer, demand_id, **body.model_dump())


@router.post("/demands/{int:demand_id}/withdraw", response=DONE, summary="撤回")
def withdraw(request: HttpRequest, demand_id: int, body: given.WithdrawIn) -> Status[None]:
    """Record that the petitioner withdraws the demand."""
    return act(request, routing.demand_withdraw, demand_id, **body.model_dump())


@router.post("/demands/{int:demand_id}/decide-objection", response=DONE, summary="审核异议")
def decide_objection(request: HttpRequest, demand_id: int, body: given.DecideObjectionIn) -> Status[None]:
    """Agree to an objection, or maintain the sending."""
    return act(request, routing.objection_decide, demand_id, **body.model_dump())


@router.post("/demands/{int:demand_id}/designate", response=DONE, summary="指定管辖")
def designate(request: HttpRequest, demand_id: int, body: given.DesignateIn) -> Status[None]:
    """Designate the agency after a second dispute; it cannot be returned."""
    values = body.model_dump(exclude={"receiver"})
    receiver = required_agency(body.receiver, "receiver")
    return act(request, routing.dispute_designate, demand_id, receiver_id=receiver, **values)


@router.post("/demands/{int:demand_id}/evidence", response=DONE, summary="记录五到位")
def record_step(request: HttpRequest, demand_id: int, body: given.EvidenceIn) -> Status[None]:
    """Record what was done about one of the five steps."""
    return act(request, replies.step_record, demand_id, **body.model_dump())


@router.post("/demands/{int:demand_id}/request-extension", response=DONE, summary="申请延期")
def request_extension(request: HttpRequest, demand_id: int, body: given.ExtensionIn) -> Status[None]:
    """Ask for more time, with the reason."""
    return act(request, replies.extension_request, demand_id, **body.model_dump())


@router.post("/demands/{int:demand_id}/decide-extension", response=DONE, summary="审批延期")
def decide_extension(request: HttpRequest, demand_id: int, body: given.DecideExtensionIn) -> Status[None]:
    """Approve or refuse more time."""
    return act(request, replies.extension_decide, demand_id, **body.model_dump())


@router.post("/demands/{int:demand_id}/draft-reply", response=DONE, summary="拟写答复")
def draft_reply(request: HttpRequest, demand_id: int, body: given.DraftIn) -> Status[None]:
    """Write or rewrite the draft of the reply."""
    return act(request, replies.reply_draft, demand_id, **body.model_dump())


@router.post("/demands/{int:demand_id}/return-reply", response=DONE, summary="退回修改")
def return_reply(request: HttpRequest, demand_id: int, body: given.ReasonIn) -> Status[None]:
    """Give the draft back for correction."""
    return act(request, replies.reply_return, demand_id, **body.model_dump())


@router.post("/demands/{int:demand_id}/issue-reply", response=DONE, summary="签发答复")
def issue_reply(request: HttpRequest, demand_id: int, body: given.Versioned) -> Status[None]:
    """Sign and issue the reply."""
    return act(request, replies.reply_issue, demand_id, **body.model_dump())


@router.post("/demands/{int:demand_id}/serve-reply", response=DONE, summary="登记送达")
def serve_reply(request: HttpRequest, demand_id: int, body: given.ServeIn) -> Status[None]:
    """Record how and when the reply reached the petitioner."""
    return act(request, replies.reply_serve, demand_id, **body.model_dump())


@router.post("/demands/{int:demand_id}/report-back", response=DONE, summary="报结")
def report_back(request: HttpRequest, demand_id: int, body: given.ReportIn) -> Status[None]:
    """Report the result to the office that assigned the demand."""
    return act(request, replies.report_back, demand_id, **body.model_dump())


@router.post("/demands/{int:demand_id}/examine-report", response=DONE, summary="审核报结")
def examine_report(request: HttpRequest, demand_id: int, body: given.ExamineIn) -> Status[None]:
    """Pass the report, or ask for completion or rework."""
    return act(request, replies.report_examine, demand_id, **body.model_dump())


@router.post("/demands/{int:demand_id}/close", response=DONE, summary="办结")
def close(request: HttpRequest, demand_id: int, body: given.CloseIn) -> Status[None]:
    """Close a demand whose reply was served."""
    return act(request, replies.demand_close, demand_id, **body.model_dump())


@router.post("/cases/{int:case_id}/links", response=DONE, summary="认定关联")
def link(request: HttpRequest, case_id: int, body: given.LinkIn) -> Status[None]:
    """Say how two matters belong together."""
    cases_link(
        case_id=case_id,
        other_id=body.other,
        kind=body.kind,
        reason=body.reason,
        by=caller(request),
        at=timezone.now(),
    )
    return Status(204, None)


@router.post("/links/{int:link_id}/undo", response=DONE, summary="撤销关联")
def undo_link(request: HttpRequest, link_id: int, body: given.ReasonIn) -> Status[None]:
    """Undo a finding about two matters; it stays on record."""
    link_undo(link_id=link_id, reason=body.reason, by=caller(request), at=timezone.now())
    return Status(204, None)
