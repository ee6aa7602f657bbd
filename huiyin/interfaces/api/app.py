"""The API itself (接口): the same services and scopes as the pages, described by OpenAPI at /api/v1/docs."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.renderers import JSONRenderer

from huiyin.casework.cases.refusals import ChangedMeanwhile, Invalid, NotPermitted, NotThere, Refused
from huiyin.interfaces.api.reading import router as reading
from huiyin.interfaces.api.schemas import ProblemOut
from huiyin.interfaces.api.steps import router as steps
from huiyin.interfaces.api.tokens import TokenAuth
from huiyin.interfaces.api.views import router as main
from huiyin.records.ledger.vocabulary import LedgerRefused


class ReadableRenderer(JSONRenderer):
    """Chinese as characters, not as escapes: a third of the bytes, and people can read it."""

    json_dumps_params = {"ensure_ascii": False}


class PrivateAPI(NinjaAPI):
    """Every answer is for its caller alone; nothing on the way keeps a copy (不留缓存)."""

    def create_temporal_response(self, request: HttpRequest) -> HttpResponse:
        response = super().create_temporal_response(request)
        response["Cache-Control"] = "private, no-store"
        return response


api = PrivateAPI(
    title="Huiyin 回音",
    version="1",
    description="Register petitions, work on demands, read lists. Every call sees what its account may see.",
    auth=TokenAuth(),
    renderer=ReadableRenderer(),
    urls_namespace="api",
)
for router in (main, steps, reading):
    api.add_router("", router)

STATUS: tuple[tuple[type[Refused], int], ...] = (
    (NotThere, 404),
    (NotPermitted, 403),
    (ChangedMeanwhile, 409),
    (Invalid, 422),
    (Refused, 409),
)


@api.exception_handler(Refused)
def refused(request: HttpRequest, error: Refused) -> HttpResponse:
    """Answer a refusal with its sentence, article and way out."""
    status = next(code for kind, code in STATUS if isinstance(error, kind))
    fields = {name: str(text) for name, text in error.fields.items()} if isinstance(error, Invalid) else {}
    problem = ProblemOut(
        sentence=str(error.sentence), citation=str(error.citation), way_out=str(error.way_out), fields=fields
    )
    return api.create_response(request, problem.model_dump(), status=status)


@api.exception_handler(LedgerRefused)
def ledger_refused(request: HttpRequest, error: LedgerRefused) -> HttpResponse:
    """A text that may not stand in the ledger, such as a telephone number among the reasons."""
    problem = ProblemOut(sentence=str(error), way_out=_("请删去理由中的个人信息后重试。"))
    return api.create_response(request, problem.model_dump(), status=422)
