"""Hostile and broken uploads through the real forms of desk and portal: refused in words, or harmless."""

import io
import zipfile
from urllib.parse import urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from huiyin.casework.cases.models import Case
from huiyin.records.documents.models import Attachment
from tests.interfaces.desk.register.test_registering import sheet
from tests.records.documents.conftest import office_file, picture

pytestmark = pytest.mark.django_db
SCRIPT = "<script>alert(document.cookie)</script>"


def bomb(megabytes: int = 300) -> bytes:
    """A small archive that unpacks to hundreds of megabytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        with archive.open("word/document.xml", "w", force_zip64=True) as part:
            for _time in range(megabytes):
                part.write(b"\0" * 2**20)
        archive.writestr("[Content_Types].xml", "<Types/>")
    return out.getvalue()


def traversal() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("../../etc/passwd", "x")
    return out.getvalue()


# Name, content: none of these may get in.
REFUSED = {
    "a page with a script": ("说明.html", SCRIPT.encode()),
    "a drawing with a script": ("图.svg", f'<svg xmlns="http://www.w3.org/2000/svg">{SCRIPT}</svg>'.encode()),
    "a page that says it is a picture": ("照片.jpg", b"<html>" + SCRIPT.encode()),
    "a program": ("表格.exe", b"MZ\x90\x00" + b"\0" * 200),
    "a program that says it is a document": ("说明.pdf", b"MZ\x90\x00" + b"\0" * 200),
    "an archive bomb": ("材料.docx", bomb()),
    "an archive": ("材料.zip", traversal()),
    "a document with macros": ("材料.docx", office_file("docx", {"word/vbaProject.bin": b"x"})),
    "half a picture": ("照片.png", picture("PNG")[:60]),
    "a picture of a hundred thousand by a hundred thousand": (
        "照片.png",
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x01\x86\xa0\x00\x01\x86\xa0\x08\x02\x00\x00\x00"
        + b"\0" * 64,
    ),
    "nothing at all": ("空.pdf", b""),
}
NAMES = (
    "../../../etc/cron.d/x.jpg",
    "照片\x00.php.jpg",
    "a" * 300 + ".jpg",
    f"{SCRIPT}.jpg",
    "\u202egpj.exe.jpg",
    ".jpg",
)


def register(browser: Client, *files: SimpleUploadedFile, **changes: object):
    return browser.post("/desk/register/visit/", sheet(files=list(files), **changes))


def test_the_desk_refuses_each_of_them_in_words_and_keeps_what_was_typed(desk):
    browser = desk("clerk")
    for what, (name, content) in REFUSED.items():
        answer = register(browser, SimpleUploadedFile(name, content))
        page = answer.content.decode()
        assert answer.status_code == 422, (what, page[:500])
        assert "我家两亩承包地修路被占" in page, what
        assert SCRIPT not in page, what
    assert not Case.objects.exists()
    assert not Attachment.objects.exists()


def test_a_good_file_beside_a_refused_one_is_not_chosen_twice(desk):
    good = SimpleUploadedFile("照片.jpg", picture())
    bad = SimpleUploadedFile("程序.exe", b"MZ\x90\x00")
    page = register(desk("clerk"), good, bad).content.decode()
    assert "照片" in page


@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
def test_no_name_of_a_file_reaches_beyond_the_store_or_into_a_page(desk, settings, name):
    browser = desk("clerk")
    answer = register(browser, SimpleUploadedFile(name, picture()))
    assert answer.status_code in {302, 422}
    for stored in Attachment.objects.all():
        assert "/" not in stored.name
        assert "\x00" not in stored.name
        assert len(stored.name) <= 200
        assert (
            (settings.ATTACHMENTS_DIR / stored.storage_name)
            .resolve()
            .is_relative_to(settings.ATTACHMENTS_DIR.resolve())
        )
        page = browser.get(f"/desk/cases/{stored.matter_id}/")
        assert page.status_code == 200
        assert SCRIPT not in page.content.decode()
        file = browser.get(f"/desk/files/{stored.pk}/")
        assert file.status_code == 200
        assert file.headers["X-Content-Type-Options"] == "nosniff"


def test_a_script_in_every_field_is_text_on_every_page(desk):
    browser = desk("clerk")
    words = {name: SCRIPT for name in ("text", "title", "place", "demand-0-statement")} | {
        "name": SCRIPT[:50]
    }
    answer = register(browser, **words)
    assert answer.status_code == 302, answer.content.decode()[:500]
    case = Case.objects.get()
    receipt = browser.get(answer.headers["Location"]).content.decode()
    for path in (
        f"/desk/cases/{case.pk}/",
        f"/desk/cases/{case.pk}/print/",
        "/desk/lists/all/",
        "/desk/search/?q=alert",
    ):
        page = browser.get(path)
        assert page.status_code == 200, path
        assert SCRIPT not in page.content.decode(), path
        assert (
            "script-src" in page["Content-Security-Policy"]
            or "default-src 'self'" in page["Content-Security-Policy"]
        )
    assert SCRIPT not in receipt


def test_too_many_fields_and_too_large_bodies_are_answered_with_a_page(desk):
    browser = desk("clerk")
    flooded = browser.post("/desk/register/visit/", {f"x{number}": "1" for number in range(2500)})
    assert flooded.status_code in {400, 413}
    large = browser.post("/desk/register/visit/", sheet(text="长" * 2_000_000))
    assert large.status_code == 413
    assert "太大" in large.content.decode()
    many = register(browser, *[SimpleUploadedFile(f"{number}.jpg", picture()) for number in range(25)])
    assert many.status_code in {400, 413, 422}
    assert not Case.objects.exists()


@pytest.mark.parametrize(
    "body", [b"", b"\xff" * 500, b'--x\r\nContent-Disposition: form-data; name="text"\r\n\r\nhalf']
)
def test_a_torn_form_is_answered_with_a_page(desk, body):
    for path in ("/desk/register/visit/", "/file/"):
        answer = desk("clerk").post(path, body, content_type="multipart/form-data; boundary=x")
        assert answer.status_code < 500, path
    assert not Case.objects.exists()


def a_draft(browser: Client) -> str:
    """Write the first page of a filing and return the address of the page for files."""
    answer = browser.post(
        "/file/", {"text": "路灯坏了请修理，已经三个月。", "demand_1": "请尽快修好", "go": "save"}
    )
    assert answer.status_code == 302, answer.content.decode()[:800]
    return urlsplit(answer.headers["Location"]).path.replace("/what/", "/materials/")


def test_the_portal_refuses_each_of_them_in_words_and_keeps_the_draft(people):
    browser = Client()
    place = a_draft(browser)
    for what, (name, content) in REFUSED.items():
        answer = browser.post(place, {"files": [SimpleUploadedFile(name, content)], "go": "next"})
        page = answer.content.decode()
        assert answer.status_code == 422, (what, page[:500])
        assert SCRIPT not in page, what
        assert browser.get(place.replace("materials", "what")).status_code == 200
    assert not Attachment.objects.exists()


def test_a_draft_of_somebody_else_is_no_draft(people):
    place = a_draft(Client())
    forged = place.replace(place.split("/")[2], "00000000-0000-4000-8000-000000000000")
    for path in (
        forged,
        forged.replace("materials/", "receipt/"),
        forged.replace("materials/", "discard/now/"),
    ):
        assert Client().get(path).status_code in {404, 405}
