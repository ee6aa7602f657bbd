"""Prints of a matter (打印): the cover and history of a dossier, its documents, the receipt of service."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from huiyin.casework.cases.refusals import Invalid
from huiyin.casework.cases.services import reading_record
from huiyin.casework.replies.selectors import case_page, document_page
from huiyin.interfaces.desk.case.case_view import case_view
from huiyin.interfaces.desk.case.document_serving import DocumentServeForm
from huiyin.interfaces.desk.case.watermark import watermark_of
from huiyin.interfaces.desk.case_views import private
from huiyin.interfaces.desk.frame import desk_page, desk_view, officer
from huiyin.interfaces.ui import labels
from huiyin.interfaces.ui.letters import letter_of


@require_GET
@desk_view()
def case_print(request: HttpRequest, case_id: int) -> HttpResponse:
    """The cover of the dossier and its history (案卷封面、经过), without identities."""
    at, user = timezone.now(), officer(request)
    page = case_page(user=user, case_id=case_id, at=at)
    reading_record(case_id=case_id, by=user, surface="print", at=at)
    context = {
        "case": case_view(page, user, at=at),
        "office": labels.agency_name(user.agency_id),
        "is_large": bool(request.GET.get("large")),
        "watermark": watermark_of(user, at),
        "at": at,
    }
    return private(render(request, "desk/case/case_print.html", context))


@require_GET
@desk_view()
def document(request: HttpRequest, document_id: int) -> HttpResponse:
    """An issued document as it is printed (文书); ?large=1 for large print."""
    at, user = timezone.now(), officer(request)
    row = document_page(user=user, document_id=document_id)
    reading_record(case_id=row.case_id, by=user, surface="document", at=at)
    letter = letter_of(
        kind=row.kind, number=row.number, agency_id=row.agency_id, body=row.body, issued_at=row.issued_at
    )
    context = {
        "document": row,
        "letter": letter,
        "is_large": bool(request.GET.get("large")),
        "watermark": watermark_of(user, at),
    }
    return private(render(request, "desk/case/document.html", context))


@require_GET
@desk_view()
def document_receipt(request: HttpRequest, document_id: int) -> HttpResponse:
    """The receipt of service for a document (送达回证): to be signed, or filled with what is recorded."""
    at, user = timezone.now(), officer(request)
    row = document_page(user=user, document_id=document_id)
    reading_record(case_id=row.case_id, by=user, surface="print", at=at)
    context = {
        "document": row,
        "kind": labels.document_kind(row.kind),
        "office": labels.agency_name(row.agency_id),
        "deliveries": [(labels.method(each.method), each) for each in row.deliveries],
        "is_large": bool(request.GET.get("large")),
        "watermark": watermark_of(user, at),
    }
    return private(render(request, "desk/case/receipt_of_service.html", context))


@require_http_methods(["GET", "POST"])
@desk_view()
def document_serve(request: HttpRequest, document_id: int) -> HttpResponse:
    """Record that a notice reached the petitioner (告知书送达)."""
    at, user = timezone.now(), officer(request)
    row = document_page(user=user, document_id=document_id)
    form = DocumentServeForm(request.POST or None, request.FILES or None, document=row, user=user, at=at)
    if request.method == "POST" and form.is_valid():
        try:
            return form.served(request)
        except Invalid as invalid:
            form.put(invalid)
    context = {"form": form, "document": row, "kind": labels.document_kind(row.kind)}
    status = 422 if form.errors else 200
    return private(desk_page(request, "desk/case/document_serve.html", context, status=status))
