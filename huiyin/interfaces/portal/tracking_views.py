"""Following a matter (查进度): everything the petitioner may see and do with number and query code."""

from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huiyin.casework.intake.selectors import Admission, Tracked, own_file
from huiyin.interfaces.portal import admissions, throttle
from huiyin.interfaces.portal.admissions import of_matter
from huiyin.interfaces.portal.answering import page
from huiyin.interfaces.portal.document_words import body_rows
from huiyin.interfaces.portal.tracking_forms import CodeForm
from huiyin.interfaces.portal.tracking_page import tracking_view
from huiyin.interfaces.portal.views import trail
from huiyin.interfaces.ui import labels
from huiyin.interfaces.ui.files import attachment_response
from huiyin.law.calendar import local_date


@require_http_methods(["GET", "HEAD", "POST"])
def track(request: HttpRequest) -> HttpResponse:
    """Ask for number and code; the same answer for a wrong code and for no such number (查进度)."""
    at = timezone.now()
    form = CodeForm(request.POST or None, initial={"number": request.GET.get("number", "")[:40]})
    context: dict[str, object] = {"form": form, "trail": trail(_("查进度"))}
    if request.method != "POST" or not form.is_valid():
        return page(request, "portal/track/ask.html", context, 422 if form.is_bound else 200)
    number = form.cleaned_data["number"]
    admission, pause = admissions.try_code(request, number=number, code=form.cleaned_data["code"], at=at)
    if pause:
        context["notice"] = throttle.pause_notice(pause, what=_("查询码错的次数太多"))
        answer = page(request, "portal/track/ask.html", context, 429)
        answer["Retry-After"] = str(pause.seconds)
        return answer
    if admission is None:
        form.add_error(None, _("登记编号或者查询码不对。请照登记凭证核对；忘了查询码，可以到登记单位更换。"))
        return page(request, "portal/track/ask.html", context, 422)
    answer = redirect("portal:track_matter", admission.number)
    admissions.admit(answer, admission)
    return answer


@require_safe
@of_matter
def track_matter(request: HttpRequest, matter: Tracked) -> HttpResponse:
    """Every step, date, article, document and limit of the own matter (进度)."""
    view = tracking_view(matter, today=local_date(timezone.now()))
    context = {"view": view, "matter": matter, "texts": matter.texts, "done": request.GET.get("done", "")}
    return page(request, "portal/track/matter.html", context)


@require_safe
@of_matter
def track_document(request: HttpRequest, matter: Tracked, document_id: int) -> HttpResponse:
    """A document addressed to the petitioner, to read or print (文书)."""
    document = matter.document(document_id)
    if document is None:
        raise Http404
    if document.awaits_signature and document.demand_id is not None:
        return redirect("portal:track_receive", matter.number, document.demand_id)
    context = {
        "matter": matter,
        "document": document,
        "title": labels.document_kind(document.kind),
        "office": labels.agency_name(document.agency_id),
        "rows": body_rows(document.body),
        "is_large": "large" in request.GET,
    }
    return page(request, "portal/track/document.html", context)


@require_safe
@of_matter
def track_file(request: HttpRequest, matter: Tracked, attachment_id: int) -> HttpResponseBase:
    """A file the petitioner handed in (本人材料)."""
    admission = Admission(matter.id, matter.code_version)
    file = own_file(admission=admission, attachment_id=attachment_id)
    if file is None:
        raise Http404
    return attachment_response(request, file)


@require_safe
@of_matter
def track_print(request: HttpRequest, matter: Tracked) -> HttpResponse:
    """The whole dossier of the petitioner on paper (打印案卷)."""
    documents = [
        (labels.document_kind(document.kind), document, body_rows(document.body))
        for document in matter.documents
        if not document.awaits_signature
    ]
    context = {
        "view": tracking_view(matter, today=local_date(timezone.now())),
        "matter": matter,
        "documents": documents,
        "is_large": "large" in request.GET,
    }
    return page(request, "portal/track/print.html", context)


@require_POST
def track_leave(request: HttpRequest) -> HttpResponse:
    """Close the matter on this device (退出查询)."""
    answer = redirect("portal:track")
    admissions.leave(answer)
    return answer


def new_token() -> str:
    """A fresh token, so that a form sent twice counts once."""
    return str(uuid4())
