"""Promises about offering a document: the .docx always, the PDF when it is made, else a sentence."""

from datetime import timedelta

import pytest
from django_tasks import task_backends
from django_tasks_db.models import DBTaskResult

from huiyin.interfaces.ui import renderings as offered
from huiyin.records.documents.pdf import PdfFailed, office_program, pdfs_of
from huiyin.records.documents.plain import plain_page
from huiyin.records.documents.renderings import Rendering, RenderingStore, pdfs_make, rendering_of
from huiyin.records.documents.services import document_issue
from huiyin.records.documents.templates import TemplateFolder
from tests.records.documents.conftest import picture
from tests.records.documents.letters import texts_of

PROGRAM = office_program()
needs_office = pytest.mark.skipif(
    PROGRAM is None, reason="LibreOffice is not installed: scripts/system-packages pdf"
)


@pytest.fixture
def issued(office, at):
    return document_issue(
        matter_id=7,
        demand_id=8,
        agency=office,
        kind="extension_notice",
        title="延长办理期限告知书",
        body={"case_number": "2026-7", "reason": "等待鉴定。\n鉴定需要时间。", "new_date": "2026-04-14"},
        by=None,
        at=at,
    )


@pytest.fixture
def data(tmp_path, settings):
    settings.DATA_DIR = tmp_path
    return tmp_path


@pytest.fixture
def folder(tmp_path):
    return TemplateFolder(tmp_path / "templates")


def test_the_docx_is_there_at_once(issued, data):
    response = offered.docx_response(offered.rendering_here(issued))
    assert "延长的理由是：等待鉴定。" in texts_of(response.content)
    assert "filename*=utf-8''" in response["Content-Disposition"]
    assert response["Content-Disposition"].endswith(".docx")
    assert response["Cache-Control"] == "private, no-store"


def test_without_libreoffice_the_docx_is_offered_and_the_page_says_so(issued, data, monkeypatch):
    monkeypatch.setenv("PATH", "")
    offer = offered.offer_of(offered.rendering_here(issued))
    assert not offer.is_pdf_possible
    assert ".docx" in offer.notes[0]
    assert offered.pdf_response(offered.rendering_here(issued)) is None
    assert offered.pdfs_make_since(issued.issued_at) == 0


def test_a_broken_template_is_named_beside_the_document(issued, data):
    path = offered.template_folder_of_settings().path_of(
        agency="petition-office", name="extension_notice.docx"
    )
    path.parent.mkdir(parents=True)
    path.write_bytes(b"broken")
    rendering = offered.rendering_here(issued)
    assert any("自带模板" in note for note in offered.offer_of(rendering).notes)
    assert "鉴定需要时间。" in texts_of(rendering.docx())


def test_the_name_of_a_printed_file_stands_for_all_it_was_made_from(issued, folder):
    plain = rendering_of(issued, templates=folder).key
    assert plain == rendering_of(issued, templates=folder).key
    named = rendering_of(issued, templates=folder, addressee="张某某").key
    seal = folder.path_of(agency="petition-office", name="seal.png")
    seal.parent.mkdir(parents=True)
    seal.write_bytes(picture("PNG"))
    sealed = rendering_of(issued, templates=folder).key
    issued.digest = "0" * 64
    assert len({plain, named, sealed, rendering_of(issued, templates=folder).key}) == 4


@needs_office
def test_the_worker_makes_the_pdf_once(issued, data):
    assert offered.document_pdf_make.call(issued.pk) == 1
    assert offered.document_pdf_make.call(issued.pk) == 0
    rendering = offered.rendering_here(issued)
    assert offered.offer_of(rendering).is_pdf_ready
    response = offered.pdf_response(rendering)
    assert response is not None
    assert response.content.startswith(b"%PDF-")
    assert offered.rendering_store_of_settings().path_of(rendering.key).stat().st_mode & 0o077 == 0


@needs_office
def test_asking_for_a_pdf_that_is_not_there_puts_it_on_the_workers_list(issued, data):
    assert offered.pdf_response(offered.rendering_here(issued)) is None
    (waiting,) = DBTaskResult.objects.filter(task_path__endswith="document_pdf_make")
    assert waiting.args_kwargs["args"] == [issued.pk]
    assert task_backends["default"].get_result(str(waiting.id)).args == [issued.pk]


@needs_office
def test_what_was_issued_lately_is_printed_in_one_go(issued, data, at):
    assert offered.pdfs_make_since(at + timedelta(hours=1)) == 0
    assert offered.pdfs_make_since(at - timedelta(days=1)) == 1
    assert offered.pdfs_make_since(at - timedelta(days=1)) == 0


@needs_office
def test_a_document_that_no_longer_exists_is_no_error(db, data):
    assert offered.document_pdf_make.call(123456) == 0


@needs_office
def test_a_program_that_takes_too_long_is_ended(issued, folder):
    assert PROGRAM is not None
    letter = rendering_of(issued, templates=folder).docx()
    with pytest.raises(PdfFailed, match="did not finish"):
        pdfs_of({"letter": letter}, program=PROGRAM, timeout=0.05)


@needs_office
def test_a_letter_on_which_the_program_fails_holds_up_no_other(issued, folder, tmp_path):
    """An office's template may pass every check and still be too much for LibreOffice."""
    store = RenderingStore(tmp_path / "renderings")
    good = rendering_of(issued, templates=folder)
    bad = Unprintable(issued, good.agency_name, good.template, None, addressee="甲")
    assert PROGRAM is not None
    with pytest.raises(PdfFailed, match="1号"):
        pdfs_make([bad, good], store=store, program=PROGRAM)
    assert (store.has(good), store.has(bad)) == (True, False)


class Unprintable(Rendering):
    """A letter whose file no word processor opens."""

    def docx(self) -> bytes:
        return b"PK\x03\x04 broken"


def test_a_program_that_does_nothing_is_an_error_that_names_the_letter(issued, folder, tmp_path):
    store = RenderingStore(tmp_path / "renderings")
    with pytest.raises(PdfFailed, match="1号"):
        pdfs_make([rendering_of(issued, templates=folder)], store=store, program="/bin/true")
    assert not store.has(rendering_of(issued, templates=folder))


def test_the_plain_page_says_the_same_under_plain_headings(issued, office):
    page = plain_page(issued, agency_name=office.name)
    assert (page.title, page.number, page.case_number) == ("延长办理期限告知书", issued.number, "2026-7")
    assert page.date_text == "2026年1月14日"
    assert [(part.label, part.paragraphs) for part in page.parts] == [
        ("理由", ("等待鉴定。", "鉴定需要时间。")),
        ("延期后的期限", ("2026年4月14日",)),
    ]
