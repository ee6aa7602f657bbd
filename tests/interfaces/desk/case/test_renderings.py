"""An issued document leaves the desk as a file, for those who may see it."""

import io
import zipfile

import pytest

from huiyin.interfaces.ui.renderings import pdfs_make_since
from huiyin.records.documents.models import Document
from tests.factories.cases import a_walk
from tests.people import People


@pytest.fixture
def letter(people: People, at, settings, tmp_path) -> Document:
    settings.DATA_DIR = tmp_path
    walk = a_walk(people, at)
    walk.sorted()
    walk.forwarded()
    return Document.objects.get(kind="forward_letter")


def test_the_letter_is_a_docx_with_its_number_and_without_the_petitioner(desk, letter):
    client = desk("land_handler")
    answer = client.get(f"/desk/documents/{letter.pk}/file.docx")
    assert answer.status_code == 200
    text = zipfile.ZipFile(io.BytesIO(answer.content)).read("word/document.xml").decode()
    assert letter.number in text
    assert "周桂兰" not in text


@pytest.mark.parametrize("form", ["file.docx", "file.pdf"])
def test_who_may_not_see_the_document_finds_nothing(desk, letter, form):
    client = desk("outsider")
    absent = client.get(f"/desk/documents/{letter.pk + 10**6}/{form}")
    hidden = client.get(f"/desk/documents/{letter.pk}/{form}")
    assert (hidden.status_code, absent.status_code) == (404, 404)


def test_a_pdf_that_is_not_there_yet_is_asked_for_and_said_so(desk, letter):
    client = desk("land_handler")
    answer = client.get(f"/desk/documents/{letter.pk}/file.pdf")
    assert answer.status_code == 202
    assert ".docx" in answer.content.decode()


def test_the_pdf_is_served_once_the_worker_has_made_it(desk, letter, at):
    if not pdfs_make_since(at):
        pytest.skip("LibreOffice is not installed; run: scripts/system-packages pdf")
    client = desk("land_handler")
    answer = client.get(f"/desk/documents/{letter.pk}/file.pdf")
    assert answer.content.startswith(b"%PDF")
