"""Promises about sending attachments: whole or in parts, never shown or run in our name."""

import io

import pytest
from django.test import RequestFactory

from huiyin.interfaces.ui.files import attachment_response, attachment_store_of_settings
from huiyin.records.documents.selectors import attachment_of
from huiyin.records.documents.services import attachment_store

CONTENT = "".join(f"第{number}行\n" for number in range(20_000)).encode()
SIZE = len(CONTENT)


@pytest.fixture
def attachment(db, at, settings, tmp_path):
    settings.ATTACHMENTS_DIR = tmp_path / "attachments"
    stored = attachment_store(
        matter_id=7,
        file=io.BytesIO(CONTENT),
        name='说明 "最终".txt',
        by=None,
        at=at,
        store=attachment_store_of_settings(),
    )
    return attachment_of(7, stored.id)


def ask(attachment, **headers):
    return attachment_response(RequestFactory().get("/", headers=headers), attachment)


def test_the_whole_file_comes_as_a_download_that_no_browser_runs(attachment):
    response = ask(attachment)
    assert response.status_code == 200
    assert response.getvalue() == CONTENT
    assert response["Content-Length"] == str(SIZE)
    assert response["Content-Type"] == "text/plain"
    assert response["Accept-Ranges"] == "bytes"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"].startswith("sandbox")
    assert response["Cache-Control"] == "private, no-store"


def test_a_chinese_name_is_sent_by_rfc_5987(attachment):
    disposition = ask(attachment)["Content-Disposition"]
    assert disposition.startswith("attachment; filename*=utf-8''%E8%AF%B4%E6%98%8E")
    assert disposition.isascii()


@pytest.mark.parametrize(
    ("wanted", "start", "end"),
    [
        ("bytes=0-0", 0, 0),
        ("bytes=10-99", 10, 99),
        ("bytes=10-", 10, SIZE - 1),
        ("bytes=-10", SIZE - 10, SIZE - 1),
        (f"bytes=5-{SIZE * 2}", 5, SIZE - 1),
        (f"bytes=-{SIZE * 2}", 0, SIZE - 1),
        ("bytes=70000-140000", 70_000, 140_000),
    ],
)
def test_a_part_that_is_asked_for_comes_alone(attachment, wanted, start, end):
    response = ask(attachment, range=wanted)
    assert response.status_code == 206
    assert response["Content-Range"] == f"bytes {start}-{end}/{SIZE}"
    assert response["Content-Length"] == str(end - start + 1)
    assert response.getvalue() == CONTENT[start : end + 1]


@pytest.mark.parametrize(
    "wanted", [f"bytes={SIZE}-", f"bytes={SIZE}-{SIZE + 5}", "bytes=-0", "bytes=999999999-"]
)
def test_a_part_beyond_the_end_is_answered_with_the_size(attachment, wanted):
    response = ask(attachment, range=wanted)
    assert response.status_code == 416
    assert response["Content-Range"] == f"bytes */{SIZE}"
    assert response.getvalue() == b""


@pytest.mark.parametrize(
    "wanted",
    ["bytes=5-2", "bytes=-", "bytes=0-1,5-6", "lines=1-2", "bytes=a-b", "bytes=" + "9" * 40 + "-", ""],
)
def test_nonsense_and_several_parts_get_the_whole_file(attachment, wanted):
    response = ask(attachment, range=wanted)
    assert response.status_code == 200
    assert response.getvalue() == CONTENT


def test_a_part_of_a_file_that_is_not_the_expected_one_gets_the_whole(attachment):
    known = ask(attachment)["ETag"]
    assert ask(attachment, range="bytes=0-9", **{"if-range": known}).status_code == 206
    assert ask(attachment, range="bytes=0-9", **{"if-range": '"other"'}).status_code == 200


def test_an_attachment_of_another_matter_does_not_exist(attachment):
    assert attachment_of(8, attachment.id) is None


def test_a_file_missing_from_the_disk_is_an_error_and_not_an_empty_download(attachment):
    attachment_store_of_settings().delete(attachment.storage_name)
    with pytest.raises(FileNotFoundError):
        ask(attachment)
