"""Promises about the files that a dossier takes, and how they are kept."""

import errno
import io
import os
import resource
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from huiyin.records.documents.errors import StorageFailed, StorageFull
from huiyin.records.documents.models import Attachment
from huiyin.records.documents.preparing import attachment_prepare
from huiyin.records.documents.services import attachment_store, orphans_sweep
from huiyin.records.documents.storage import AttachmentStore
from huiyin.records.ledger.chain import sm3

from .conftest import boxes, mp3, office_file, pdf, picture, sound


def kept_files(store) -> list[str]:
    return [path.name for path in store.root.rglob("*") if path.is_file()]


def content_of(store: AttachmentStore, attachment: Attachment) -> bytes:
    with store.open(attachment.storage_name) as file:
        return file.read()


def pixel(image: Image.Image, x: int, y: int) -> Any:
    return image.getpixel((x, y))


@pytest.mark.parametrize(
    ("content", "name", "media_type"),
    [
        (picture("JPEG"), "现场.jpg", "image/jpeg"),
        (picture("PNG"), "现场.png", "image/png"),
        (picture("WEBP"), "现场.webp", "image/webp"),
        (pdf(), "合同.pdf", "application/pdf"),
        (
            office_file("docx"),
            "申请.docx",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
        (
            office_file("xlsx"),
            "名单.xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ),
        ("砂石厂夜里开工".encode(), "说明.txt", "text/plain"),
        ("编号,内容\n1,砂石厂\n".encode("gb18030"), "清单.csv", "text/plain"),
        (sound(), "通话.wav", "audio/wav"),
        (mp3(), "通话.mp3", "audio/mpeg"),
        (mp3(tag=b""), "通话.mp3", "audio/mpeg"),
        (boxes(b"mp42", b"moov", b"mdat"), "视频.mp4", "video/mp4"),
        (boxes(b"isom", b"moov", b"mdat"), "视频.mp4", "video/mp4"),
        (boxes(b"qt  ", b"mdat", b"moov"), "视频.mov", "video/quicktime"),
        (boxes(b"M4A ", b"moov", b"mdat"), "通话.m4a", "audio/mp4"),
    ],
)
def test_what_petitioners_hand_in_is_taken(take, store, content, name, media_type):
    attachment = take(content, name, submission_id=3, is_from_petitioner=True)
    assert (attachment.name, attachment.media_type) == (name, media_type)
    kept = content_of(store, attachment)
    assert attachment.size == len(kept)
    assert attachment.digest == sm3(kept).hex()
    assert attachment.is_from_petitioner
    assert not attachment.is_sealed


@pytest.mark.parametrize("content", [pdf(), office_file(), "原文".encode()])
def test_what_is_no_picture_is_kept_byte_for_byte(take, store, content):
    assert content_of(store, take(content, "原件.txt")) == content


def test_a_file_is_kept_under_a_random_name_in_folders_nobody_else_may_enter(take, store):
    attachment = take(pdf(), "合同.pdf")
    path = store.path_of(attachment.storage_name)
    assert path.relative_to(store.root).parts[:2] == (path.name[:2], path.name[2:4])
    assert "合同" not in str(path)
    assert path.stat().st_mode & 0o077 == 0
    assert path.parent.stat().st_mode & 0o077 == 0
    assert kept_files(store) == [attachment.storage_name]


def test_the_place_and_device_of_a_photograph_are_gone(take, store):
    exif = Image.Exif()
    exif[0x010F] = "Phone Maker"
    exif.get_ifd(0x8825).update({1: "N", 2: (30.0, 15.0, 0.0), 3: "E", 4: (114.0, 5.0, 0.0)})
    photograph = picture("JPEG", exif=exif.tobytes(), comment=b"home of the petitioner")
    assert b"Phone Maker" in photograph
    with Image.open(io.BytesIO(photograph)) as image:
        assert image.getexif().get_ifd(0x8825)
    kept = content_of(store, take(photograph, "现场.jpg"))
    assert b"Phone Maker" not in kept
    assert b"home of the petitioner" not in kept
    with Image.open(io.BytesIO(kept)) as image:
        assert not image.getexif()
        assert not image.getexif().get_ifd(0x8825)


def test_text_hidden_in_a_png_is_gone(take, store):
    note = PngInfo()
    note.add_text("Comment", "home of the petitioner")
    kept = content_of(store, take(picture("PNG", pnginfo=note), "现场.png"))
    assert b"home of the petitioner" not in kept


def test_a_photograph_taken_sideways_stands_upright(take, store):
    exif = Image.Exif()
    exif[0x0112] = 6
    kept = content_of(store, take(picture("JPEG", size=(40, 30), exif=exif.tobytes()), "现场.jpg"))
    with Image.open(io.BytesIO(kept)) as image:
        assert image.size == (30, 40)
        top, bottom = pixel(image, 15, 2), pixel(image, 15, 37)
    assert top[1] < 60 < 200 < bottom[1]  # the red half is on top


def test_a_transparent_picture_stays_transparent(take, store):
    out = io.BytesIO()
    Image.new("RGBA", (8, 8), (0, 0, 0, 0)).save(out, "PNG")
    with Image.open(io.BytesIO(content_of(store, take(out.getvalue(), "图.png")))) as image:
        assert pixel(image, 0, 0)[3] == 0


@pytest.mark.parametrize("form", ["GIF", "BMP"])
def test_old_picture_formats_are_kept_as_png(take, form):
    attachment = take(picture(form), f"图.{form.lower()}")
    assert (attachment.name, attachment.media_type) == ("图.png", "image/png")


@pytest.mark.parametrize(
    ("content", "name", "kept_name"),
    [
        (picture("PNG"), "现场.jpg", "现场.png"),
        (picture("JPEG"), "现场.html", "现场.jpg"),
        (pdf(), "合同", "合同.pdf"),
        (office_file("xlsx"), "名单.docx", "名单.xlsx"),
        (pdf(), "../../etc/passwd", "passwd.pdf"),
        (pdf(), "C:\\Users\\王\\合同.pdf", "合同.pdf"),
        (pdf(), "合同\u202efdp.exe", "合同fdp.pdf"),
        (pdf(), "合\x00同\n.pdf", "合同.pdf"),
        (pdf(), "...", "附件.pdf"),
        (pdf(), "CON.pdf", "附件CON.pdf"),
        (pdf(), 'a<b>"c|d?.pdf', "a_b__c_d_.pdf"),
        (pdf(), "长" * 500 + ".pdf", "长" * 116 + ".pdf"),
    ],
)
def test_a_name_says_what_the_content_is_and_harms_nobody(take, content, name, kept_name):
    assert take(content, name).name == kept_name


def test_pictures_that_also_are_something_else_lose_the_other_half(take, store):
    polyglot = picture("JPEG") + office_file() + b"<script>alert(1)</script>"
    kept = content_of(store, take(polyglot, "现场.jpg"))
    assert b"PK\x03\x04" not in kept
    assert b"<script>" not in kept


def test_a_full_disk_gives_a_clear_error_and_leaves_nothing(store):
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2**20, hard))  # the kernel refuses to write any further
    try:
        with pytest.raises(StorageFull, match=r"存储空间已满.*窗口"):
            attachment_prepare(file=io.BytesIO(pdf() * 50_000), name="合同.pdf", store=store)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert kept_files(store) == []


def test_a_disk_that_fails_at_the_last_step_leaves_no_row_and_no_file(take, store, monkeypatch):
    def failing(descriptor: int) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(os, "fsync", failing)
    with pytest.raises(StorageFailed, match="窗口"):
        take(pdf(), "合同.pdf")
    assert Attachment.objects.count() == 0
    assert kept_files(store) == []


def test_a_store_that_cannot_be_written_gives_a_clear_error(db, at):
    nowhere = AttachmentStore(Path("/dev/null/attachments"))
    with pytest.raises(StorageFailed, match="存储设备出错"):
        attachment_store(matter_id=7, file=io.BytesIO(pdf()), name="a.pdf", by=None, at=at, store=nowhere)
    assert Attachment.objects.count() == 0


def test_a_row_that_cannot_be_written_takes_its_file_along(take, store):
    with pytest.raises(ValueError, match="expected a number"):
        take(pdf(), "合同.pdf", submission_id="no number")
    assert kept_files(store) == []


def test_the_sweep_takes_old_files_without_a_row_and_nothing_else(take, store, at):
    attachment = take(pdf(), "合同.pdf")
    with store.draft() as draft:
        draft.write(b"orphan")
        orphan = draft.keep()
    fresh = orphans_sweep(store=store, at=at)
    assert fresh == 0
    broken_off = store.root / "incoming" / ("0" * 32)
    broken_off.write_bytes(b"half")
    for path in (store.path_of(orphan), store.path_of(attachment.storage_name), broken_off):
        os.utime(path, (at.timestamp(), at.timestamp()))
    assert orphans_sweep(store=store, at=at + timedelta(hours=23)) == 0
    assert orphans_sweep(store=store, at=at + timedelta(hours=25)) == 2
    assert kept_files(store) == [attachment.storage_name]


@pytest.mark.parametrize("name", ["../x", "", "ab", "A" * 32, "0" * 31 + "/"])
def test_a_storage_name_cannot_lead_out_of_the_store(store, name):
    with pytest.raises(ValueError, match="storage name"):
        store.path_of(name)
