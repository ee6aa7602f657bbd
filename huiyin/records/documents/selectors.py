"""What is read from a dossier (案卷查阅). Whoever calls has checked that the person may see the matter."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from huiyin.records.documents.errors import RangeNotSatisfiable
from huiyin.records.documents.models import Attachment, Document
from huiyin.records.documents.storage import AttachmentStore

_CHUNK = 2**16


@dataclass(frozen=True)
class DocumentLine:
    """A document in the list of a dossier (文书目录项)."""

    id: int
    demand_id: int | None
    agency_id: int
    kind: str
    number: str
    title: str
    issued_at: datetime
    digest: str


@dataclass(frozen=True)
class AttachmentLine:
    """An attachment in the list of a dossier (附件目录项)."""

    id: int
    submission_id: int | None
    demand_id: int | None
    name: str
    media_type: str
    size: int
    digest: str
    uploaded_at: datetime
    is_from_petitioner: bool
    is_sealed: bool


@dataclass(frozen=True)
class Dossier:
    """All that was issued and handed in on a matter, in order (案卷)."""

    documents: tuple[DocumentLine, ...]
    attachments: tuple[AttachmentLine, ...]


def dossier(matter_id: int) -> Dossier:
    """The dossier of a matter (案卷目录), in two statements; sealed attachments are in it and marked."""
    documents = Document.objects.filter(matter_id=matter_id).values_list(
        "id", "demand_id", "agency_id", "kind", "number", "title", "issued_at", "digest"
    )
    attachments = Attachment.objects.filter(matter_id=matter_id).values_list(
        "id",
        "submission_id",
        "demand_id",
        "name",
        "media_type",
        "size",
        "digest",
        "uploaded_at",
        "is_from_petitioner",
        "is_sealed",
    )
    return Dossier(
        documents=tuple(DocumentLine(*row) for row in documents.order_by("id")),
        attachments=tuple(AttachmentLine(*row) for row in attachments.order_by("id")),
    )


def document_of(matter_id: int, document_id: int) -> Document | None:
    """A document of this matter and no other (文书), or None."""
    return Document.objects.filter(matter_id=matter_id, id=document_id).first()


def attachment_of(matter_id: int, attachment_id: int) -> Attachment | None:
    """An attachment of this matter and no other (附件), or None."""
    return Attachment.objects.filter(matter_id=matter_id, id=attachment_id).first()


def read_range(attachment: Attachment, start: int, end: int, *, store: AttachmentStore) -> Iterator[bytes]:
    """The bytes from `start` to `end`, both included, in portions (分段读取).

    Raises:
        RangeNotSatisfiable: the file has no such bytes.
        FileNotFoundError: the file is missing from the store.
    """
    if not 0 <= start <= end < attachment.size:
        raise RangeNotSatisfiable(attachment.size)
    return _portions(store.open(attachment.storage_name), start, end - start + 1)


def _portions(file: BinaryIO, start: int, left: int) -> Iterator[bytes]:
    with file:
        file.seek(start)
        while left > 0 and (portion := file.read(min(_CHUNK, left))):
            left -= len(portion)
            yield portion
