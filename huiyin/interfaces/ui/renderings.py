"""Documents offered as .docx and PDF (文书下载); the caller has checked who may have them.

The .docx is made at once. The PDF is made by the worker: when somebody asks for it and it is not there yet,
and in every round for what was issued lately. Where LibreOffice is missing the .docx is offered and the page
says so.
"""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django_tasks import task

from huiyin.records.documents.pdf import PdfFailed, office_program
from huiyin.records.documents.printing import IssuedDocument
from huiyin.records.documents.renderings import (
    DOCX,
    PDF,
    Rendering,
    RenderingStore,
    pdfs_make,
    rendering_of,
)
from huiyin.records.documents.selectors import document_by_id, documents_issued_since
from huiyin.records.documents.templates import TemplateFolder

# So many letters are made in one start of LibreOffice.
BATCH = 25


def template_folder_of_settings() -> TemplateFolder:
    """Where the offices of this installation keep their own templates and seals (模板目录)."""
    return TemplateFolder(settings.DATA_DIR / "templates")


def rendering_store_of_settings() -> RenderingStore:
    """Where this installation keeps printed documents (成品库)."""
    return RenderingStore(settings.DATA_DIR / "renderings")


def rendering_here(document: IssuedDocument, *, addressee: str = "") -> Rendering:
    """How the document is printed in this installation now."""
    return rendering_of(document, templates=template_folder_of_settings(), addressee=addressee)


@dataclass(frozen=True)
class DocumentOffer:
    """What the page of a document offers (可下载格式), with the sentences that belong beside it."""

    is_pdf_ready: bool
    is_pdf_possible: bool
    notes: tuple[str, ...]


def offer_of(rendering: Rendering) -> DocumentOffer:
    """Which forms there are of a document, and why one is missing (可下载格式)."""
    is_ready = rendering_store_of_settings().has(rendering)
    is_possible = is_ready or office_program(settings.OFFICE_PROGRAM) is not None
    notes = []
    if not is_possible:
        notes.append(_("本服务器没有安装LibreOffice,不能生成PDF。请下载.docx文档,用WPS或者Word打开打印。"))
    if rendering.template.problems:
        notes.append(_("本单位的模板不能使用,已改用系统自带模板。请按下列提示修改后重新上传:"))
        notes.extend(rendering.template.problems)
    return DocumentOffer(is_ready, is_possible, tuple(notes))


def docx_response(rendering: Rendering) -> HttpResponse:
    """The document as a .docx file (下载文档)."""
    return _download(rendering.docx(), f"{rendering.file_stem}.docx", DOCX)


def pdf_response(rendering: Rendering) -> HttpResponse | None:
    """The document as a PDF (下载PDF); None while it is being made, which this call asks for."""
    content = rendering_store_of_settings().pdf(rendering)
    if content is None:
        if office_program(settings.OFFICE_PROGRAM) is not None:
            document_pdf_make.enqueue(rendering.document.id)
        return None
    return _download(content, f"{rendering.file_stem}.pdf", PDF)


def _download(content: bytes, name: str, media_type: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["Cache-Control"] = "private, no-store"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@task()
def document_pdf_make(document_id: int) -> int:
    """Make the PDF of one document in the worker (生成PDF); doing it twice does no harm."""
    document = document_by_id(document_id)
    program = office_program(settings.OFFICE_PROGRAM)
    if document is None or program is None:
        return 0
    return pdfs_make([rendering_here(document)], store=rendering_store_of_settings(), program=program)


def pdfs_make_since(moment: datetime) -> int:
    """Make the PDFs of all that was issued since a moment and has none (补生成PDF), many at a time.

    Raises:
        PdfFailed: some could not be made; all others were.
    """
    program = office_program(settings.OFFICE_PROGRAM)
    if program is None:
        return 0
    store = rendering_store_of_settings()
    wanted = [
        rendering
        for rendering in map(rendering_here, documents_issued_since(moment))
        if not store.has(rendering)
    ]
    made, failed = 0, []
    for start in range(0, len(wanted), BATCH):
        try:
            made += pdfs_make(wanted[start : start + BATCH], store=store, program=program)
        except PdfFailed as error:
            failed.append(str(error))
    if failed:
        raise PdfFailed("; ".join(failed))
    return made
