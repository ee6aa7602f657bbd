"""The calls of the API (接口操作): each one service or one selector."""

from typing import TYPE_CHECKING, Annotated

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Header, Router, Status

from huiyin.casework.cases.refusals import Invalid
from huiyin.casework.intake.contract import DemandDraft, Intake, Person
from huiyin.casework.intake.services import Receipt, submission_register
from huiyin.casework.replies import services as replies
from huiyin.casework.routing import services as routing
from huiyin.interfaces.api.callers import REFUSALS, agency_id, caller, required_agency
from huiyin.interfaces.api.schemas import (
    AcceptIn,
    DemandOut,
    ObjectIn,
    ReceiptOut,
    SendIn,
    SortIn,
    SubmissionIn,
)
from huiyin.records.agencies.selectors import agency_directory

if TYPE_CHECKING:
    from huiyin.casework.cases.models import Demand

router = Router(tags=["main"])


def standing(demand: "Demand") -> DemandOut:
    """Where the demand stands now."""
    return DemandOut(
        id=demand.pk,
        case_id=demand.case_id,
        stage=demand.stage,
        holder=agency_directory()[demand.holder_id].code,
        version=demand.version,
    )


@router.post("/submissions", response={201: ReceiptOut, 200: ReceiptOut, **REFUSALS}, summary="登记信访事项")
def register(
    request: HttpRequest,
    body: SubmissionIn,
    idempotency_key: Annotated[str, Header(alias="Idempotency-Key")] = "",
) -> Status[Receipt]:
    """Register a petition; the same Idempotency-Key twice is one petition and answers 200."""
    user = caller(request)
    values = body.model_dump(exclude={"demands", "others"})
    drafts = []
    for demand in body.demands:
        draft = demand.model_dump(exclude={"accused_agency"})
        accused = agency_id(demand.accused_agency, "accused_agency")
        drafts.append(DemandDraft(accused_agency_id=accused, **draft))
    token = f"api:{user.pk}:{idempotency_key[:80]}" if idempotency_key else ""
    intake = Intake(
        office_id=user.agency_id or 0,
        demands=tuple(drafts),
        others=tuple(Person(**person.model_dump()) for person in body.others),
        token=token,
        **values,
    )
    receipt = submission_register(intake=intake, by=user, at=timezone.now())
    return Status(201 if receipt.is_new else 200, receipt)


@router.post("/demands/{int:demand_id}/sort", response={200: DemandOut, **REFUSALS}, summary="分流")
def sort(request: HttpRequest, demand_id: int, body: SortIn) -> DemandOut:
    """Sort a demand by law."""
    values = body.model_dump(exclude={"accused_agency"})
    demand = routing.demand_sort(
        demand_id=demand_id,
        accused_agency_id=agency_id(body.accused_agency, "accused_agency"),
        by=caller(request),
        at=timezone.now(),
        **values,
    )
    return standing(demand)


@router.post("/demands/{int:demand_id}/forward", response={204: None, **REFUSALS}, summary="转送")
def forward(request: HttpRequest, demand_id: int, body: SendIn) -> Status[None]:
    """Forward a demand to the agency with power."""
    routing.demand_forward(
        demand_id=demand_id,
        receiver_id=required_agency(body.receiver, "receiver"),
        requirement=body.requirement,
        assisting=[required_agency(code, "assisting") for code in body.assisting],
        by=caller(request),
        at=timezone.now(),
        version=body.version,
    )
    return Status(204, None)


@router.post("/demands/{int:demand_id}/assign", response={204: None, **REFUSALS}, summary="交办")
def assign(request: HttpRequest, demand_id: int, body: SendIn) -> Status[None]:
    """Assign a demand with a limit and a report to come back."""
    if body.limit_on is None:
        raise Invalid({"limit_on": _("交办必须写明报结期限（第二十二条）。")})
    routing.demand_assign(
        demand_id=demand_id,
        receiver_id=required_agency(body.receiver, "receiver"),
        limit_on=body.limit_on,
        requirement=body.requirement,
        assisting=[required_agency(code, "assisting") for code in body.assisting],
        by=caller(request),
        at=timezone.now(),
        version=body.version,
    )
    return Status(204, None)


@router.post("/demands/{int:demand_id}/accept", response={200: DemandOut, **REFUSALS}, summary="受理")
def accept(request: HttpRequest, demand_id: int, body: AcceptIn) -> DemandOut:
    """Accept a demand that was forwarded or assigned."""
    demand = routing.demand_accept(
        demand_id=demand_id, by=caller(request), at=timezone.now(), **body.model_dump()
    )
    return standing(demand)


@router.post("/demands/{int:demand_id}/object", response={204: None, **REFUSALS}, summary="异议")
def object_to(request: HttpRequest, demand_id: int, body: ObjectIn) -> Status[None]:
    """Object that the demand is outside the unit's powers."""
    values = body.model_dump(exclude={"suggested"})
    routing.demand_object(
        demand_id=demand_id,
        suggested_id=agency_id(body.suggested, "suggested"),
        by=caller(request),
        at=timezone.now(),
        **values,
    )
    return Status(204, None)


@router.post("/demands/{int:demand_id}/submit-reply", response={204: None, **REFUSALS}, summary="答复送审")
def submit_reply(request: HttpRequest, demand_id: int, version: int | None = None) -> Status[None]:
    """Send the drafted reply for approval."""
    replies.reply_submit(demand_id=demand_id, by=caller(request), at=timezone.now(), version=version)
    return Status(204, None)
