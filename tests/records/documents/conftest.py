"""An agency, a folder and files of every kind for the tests of the dossier."""

import io
import struct
import wave
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from huiyin.records.agencies.models import Agency
from huiyin.records.documents.models import Attachment
from huiyin.records.documents.services import attachment_store
from huiyin.records.documents.storage import AttachmentStore

CONTENT_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
)
MAIN_PARTS = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}


@pytest.fixture
def store(tmp_path: Path) -> AttachmentStore:
    return AttachmentStore(tmp_path / "attachments")


@pytest.fixture
def office(db) -> Agency:
    return Agency.objects.create(
        code="petition-office",
        name="青禾县信访局",
        short_name="县信访局",
        kind="petition_office",
        region_code="990123000000",
        document_word="青信",
    )


@pytest.fixture
def take(db, store, at) -> Callable[..., Attachment]:
    """Take a file into the dossier of matter 7."""

    def taken(content: bytes, name: str, **more: Any) -> Attachment:
        return attachment_store(
            matter_id=7, file=io.BytesIO(content), name=name, by=None, at=at, store=store, **more
        )

    return taken


def picture(form: str = "JPEG", size: tuple[int, int] = (40, 30), **options: object) -> bytes:
    out = io.BytesIO()
    image = Image.new("RGB", size, "white")
    image.paste("red", (0, 0, size[0] // 2, size[1]))
    image.save(out, form, **options)
    return out.getvalue()


def archive(parts: dict[str, bytes | str], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as written:
        for name, content in parts.items():
            written.writestr(name, content)
    return out.getvalue()


def office_file(code: str = "docx", extra: dict[str, bytes | str] | None = None) -> bytes:
    parts: dict[str, bytes | str] = {"[Content_Types].xml": CONTENT_TYPES, MAIN_PARTS[code]: "<document/>"}
    return archive(parts | (extra or {}))


def pdf() -> bytes:
    return b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"


def sound() -> bytes:
    out = io.BytesIO()
    with wave.open(out, "wb") as written:
        written.setnchannels(1)
        written.setsampwidth(2)
        written.setframerate(8000)
        written.writeframes(b"\0\1" * 800)
    return out.getvalue()


def mp3(tag: bytes = b"ID3\x03\x00\x00\x00\x00\x00\x0a" + b"\0" * 10) -> bytes:
    frame = b"\xff\xfb\x90\x00" + b"\0" * 413  # 128 kbit/s, 44.1 kHz
    return tag + frame * 5


def boxes(brand: bytes, *kinds: bytes) -> bytes:
    def box(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", 8 + len(content)) + kind + content

    return box(b"ftyp", brand + b"\0\0\0\0" + brand + b"isom") + b"".join(
        box(kind, b"\0" * 64) for kind in kinds
    )
