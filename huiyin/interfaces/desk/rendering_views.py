"""A document as a file (文书下载): .docx at once, PDF when the worker has made it.

The libraries for Word files are loaded when the first document is asked for, not by every web process.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from huiyin.casework.cases.services import reading_record
from huiyin.casework.replies.selectors import document_page
from huiyin.interfaces.desk.case_views import private
from huiyin.interfaces.desk.frame import desk_page, desk_view, officer
from huiyin.interfaces.ui.parts import Notice
from huiyin.records.documents.selectors import document_by_id

if TYPE_CHECKING:
    from huiyin.records.documents.renderings import Rendering

SECONDS_TO_WAIT = 4


@require_GET
@desk_view()
def document_docx(request: HttpRequest, document_id: int) -> HttpResponse:
    """The document for WPS or Word, after the office's own template if it has one (下载文档)."""
    from huiyin.interfaces.ui.renderings import docx_response

    return docx_response(_rendering(request, document_id))


@require_GET
@desk_view()
def document_pdf(request: HttpRequest, document_id: int) -> HttpResponse:
    """The document as a PDF; the page asks again by itself while it is being made (下载PDF)."""
    from huiyin.interfaces.ui.renderings import offer_of, pdf_response

    rendering = _rendering(request, document_id)
    found = pdf_response(rendering)
    if found is not None:
        return found
    offer = offer_of(rendering)
    waiting = _("PDF正在生成，好了会自动下载；也可以先下载.docx文档。")
    notes = [waiting, *offer.notes] if offer.is_pdf_possible else offer.notes
    notices = [Notice(text=note, tone="info") for note in notes]
    context = {"notices": notices, "document_id": document_id, "number": rendering.document.number}
    page = private(desk_page(request, "desk/case/document_waiting.html", context, status=202))
    if offer.is_pdf_possible:
        page["Refresh"] = str(SECONDS_TO_WAIT)
    return page


def _rendering(request: HttpRequest, document_id: int) -> Rendering:
    """Check that the officer may have the document, note the look, and lay it out."""
    from huiyin.interfaces.ui.renderings import rendering_here

    at, user = timezone.now(), officer(request)
    row = document_page(user=user, document_id=document_id)
    reading_record(case_id=row.case_id, by=user, surface="print", at=at)
    issued = document_by_id(document_id)
    if issued is None:
        raise Http404
    return rendering_here(issued)
