"""Promises about the files that a dossier refuses: nothing is kept, and a sentence says why and what now."""

import struct
import zlib

import pytest

from huiyin.records.documents.errors import AttachmentRefused
from huiyin.records.documents.file_kinds import file_rules
from huiyin.records.documents.models import Attachment
from huiyin.records.documents.preparing import attachment_prepare

from .conftest import CONTENT_TYPES, archive, boxes, mp3, office_file, pdf, picture

EXE = b"MZ\x90\x00" + b"\0" * 200
OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


def png_bomb(side: int) -> bytes:
    """A PNG of a few hundred bytes that claims a huge area."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 99))
        + chunk(b"IEND", b"")
    )


def overstated(content: bytes) -> bytes:
    """The same archive whose directory claims that every entry is one byte long."""
    data = bytearray(content)
    position = data.find(b"PK\x01\x02")
    while position >= 0:
        data[position + 24 : position + 28] = struct.pack("<I", 1)
        position = data.find(b"PK\x01\x02", position + 1)
    return bytes(data)


def encrypted(content: bytes) -> bytes:
    data = bytearray(content)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        position = data.find(mark)
        while position >= 0:
            data[position + offset] |= 1
            position = data.find(mark, position + 1)
    return bytes(data)


def twice(name: str) -> bytes:
    """An archive that holds two entries of one name: readers differ on which of them counts."""
    content = archive(
        {"[Content_Types].xml": CONTENT_TYPES, "word/document.xml": "x", name: "1", "word/other1": "2"}
    )
    return content.replace(b"word/other1", name.encode())


BOMB = b"0" * (60 * 2**20)

REFUSED = [
    ("empty", b"", "空.jpg"),
    ("program", EXE, "照片.exe"),
    ("program", EXE, "照片.jpg"),
    ("damaged", EXE, "照片.txt"),
    ("old_office", OLD_WORD, "申请.doc"),
    ("not_allowed", b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>", "图.svg"),
    ("active_content", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "图.txt"),
    ("not_allowed", b"<!DOCTYPE html><html></html>", "页.html"),
    ("active_content", b"\xef\xbb\xbf <!DOCTYPE html><html></html>", "页.txt"),
    ("active_content", b"#!/bin/sh\nrm -rf /\n", "脚本.txt"),
    ("archive", b"Rar!\x1a\x07\x00" + b"\0" * 90, "包.rar"),
    ("archive", archive({"a.txt": "x"}), "包.zip"),
    ("damaged", archive({"a.txt": "x"}), "申请.docx"),
    ("macro", office_file("docx", {"word/vbaProject.bin": b"x"}), "申请.docx"),
    ("macro", office_file("xlsx", {"xl/VBAPROJECT.BIN": b"x"}), "名单.xlsx"),
    ("macro", office_file("docx", {"word/activeX/activeX1.xml": b"x"}), "申请.docx"),
    (
        "macro",
        archive(
            {
                "[Content_Types].xml": CONTENT_TYPES
                + "application/vnd.ms-word.document.macroEnabled.main+xml",
                "word/document.xml": "x",
            }
        ),
        "申请.docx",
    ),
    ("program_inside", office_file("docx", {"word/embeddings/oleObject1.bin": OLD_WORD}), "申请.docx"),
    ("program_inside", office_file("docx", {"word/media/image1.png": EXE}), "申请.docx"),
    ("archive_inside", office_file("docx", {"word/x.zip": archive({"a": "b"})}), "申请.docx"),
    ("archive_bomb", office_file("xlsx", {"xl/sheet1.xml": BOMB}), "名单.xlsx"),
    ("archive_bomb", office_file("xlsx", {f"xl/{number}.xml": BOMB for number in range(4)}), "名单.xlsx"),
    ("archive_bomb", office_file("docx", {f"word/{number}.xml": b"" for number in range(2001)}), "申请.docx"),
    (
        "archive_bomb",
        office_file("docx", {"word/embeddings/a.xlsx": office_file("xlsx", {"xl/s.xml": BOMB})}),
        "申请.docx",
    ),
    ("damaged", overstated(office_file("xlsx", {"xl/sheet1.xml": BOMB})), "名单.xlsx"),
    ("locked", encrypted(office_file()), "申请.docx"),
    ("damaged", office_file("docx", {"../../etc/cron.d/x": b"x"}), "申请.docx"),
    ("damaged", office_file()[:-30], "申请.docx"),
    ("damaged", b"junk before " + pdf(), "合同.pdf"),
    ("damaged", pdf()[:-8], "合同.pdf"),
    ("too_many_pixels", png_bomb(9_000), "图.png"),
    ("too_many_pixels", png_bomb(60_000), "图.png"),
    ("damaged", png_bomb(500), "图.png"),
    ("damaged", picture("JPEG")[:200], "照片.jpg"),
    ("damaged", boxes(b"mp42", b"moov"), "视频.mp4"),
    ("damaged", boxes(b"mp42", b"moov", b"mdat")[:-5], "视频.mp4"),
    ("damaged", b"ID3\x03\x00\x00\x00\x00\x00\x0a" + b"<script>alert(1)</script>" * 40, "通话.mp3"),
    ("damaged", b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + b"\0\0\0\x08free" * 100_001, "视频.mp4"),
    ("damaged", b"RIFF\x24\x00\x00\x00WAVEjunk", "通话.wav"),
    ("damaged", b"\x80\x81\xff" * 41, "说明.txt"),
    ("program", "正常文字".encode(), "说明.bat"),
    ("not_allowed", "正常文字".encode(), "说明.odt"),
]


@pytest.mark.parametrize(
    ("code", "content", "name"), REFUSED, ids=[f"{number}-{row[0]}" for number, row in enumerate(REFUSED)]
)
def test_a_dangerous_or_broken_file_is_refused_with_a_reason_and_a_way_out(take, store, code, content, name):
    with pytest.raises(AttachmentRefused) as caught:
        take(content, name)
    assert caught.value.code == code
    assert caught.value.message.count("。") >= 2 or code == "empty"
    assert Attachment.objects.count() == 0
    assert [path for path in store.root.rglob("*") if path.is_file()] == []


def test_two_entries_of_one_name_are_refused(take):
    with pytest.raises(AttachmentRefused, match="打不开"):
        take(twice("word/styles"), "申请.docx")


def test_a_chart_with_its_figures_inside_a_document_is_taken(take):
    content = office_file("docx", {"word/embeddings/figures.xlsx": office_file("xlsx")})
    assert take(content, "报告.docx").size == len(content)


@pytest.mark.parametrize("depth", [2, 3])
def test_archives_within_archives_within_archives_are_refused(take, depth):
    inner = office_file("xlsx")
    for _level in range(depth):
        inner = office_file("xlsx", {"xl/embeddings/inner.xlsx": inner})
    with pytest.raises(AttachmentRefused) as caught:
        take(inner, "名单.xlsx")
    assert caught.value.code == "archive_inside"


def test_a_file_above_the_limit_of_its_kind_is_refused_and_the_limit_is_named(take):
    limit = file_rules().by_code("txt").max_bytes
    with pytest.raises(AttachmentRefused, match="5 MB"):
        take(b"a" * (limit + 1), "说明.txt")
    assert take(b"a" * limit, "说明.txt").size == limit


def test_a_file_above_every_limit_is_refused_before_it_is_read_to_its_end(store):
    class Endless:
        served = 0

        def read(self, size: int) -> bytes:
            self.served += size
            return b"\0" * size

    endless = Endless()
    with pytest.raises(AttachmentRefused) as caught:
        attachment_prepare(file=endless, name="视频.mp4", store=store)
    assert caught.value.code == "too_large"
    assert endless.served <= file_rules().max_bytes + 2**20


def test_an_mp3_that_starts_well_and_goes_on_as_something_else_is_refused(take):
    with pytest.raises(AttachmentRefused, match="MP3"):
        take(mp3()[: 20 + 417] + b"<html>" * 200, "通话.mp3")
