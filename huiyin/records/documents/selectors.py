"""What is read from a dossier (案卷查阅). Whoever calls has checked that the person may see the matter."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import datetime
from typing import BinaryIO, Protocol

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
    storage_name: str


class StoredFile(Protocol):
    """What reading a file needs to know of it (存储文件): the row of an attachment or its line."""

    @property
    def name(self) -> str: ...
    @property
    def media_type(self) -> str: ...
    @property
    def size(self) -> int: ...
    @property
    def digest(self) -> str: ...
    @property
    def storage_name(self) -> str: ...


@dataclass(frozen=True)
class Dossier:
    """All that was issued and handed in on a matter, in order (案卷)."""

    documents: tuple[DocumentLine, ...]
    attachments: tuple[AttachmentLine, ...]


_ATTACHMENT_COLUMNS = tuple(field.name for field in fields(AttachmentLine))
_DOCUMENT_COLUMNS = tuple(field.name for field in fields(DocumentLine))


def dossier(matter_id: int) -> Dossier:
    """The dossier of a matter (案卷目录), in two statements; sealed attachments are in it and marked."""
    documents = Document.objects.filter(matter_id=matter_id).values_list(*_DOCUMENT_COLUMNS)
    attachments = Attachment.objects.filter(matter_id=matter_id).values_list(*_ATTACHMENT_COLUMNS)
    return Dossier(
        documents=tuple(DocumentLine(*row) for row in documents.order_by("id")),
        attachments=tuple(AttachmentLine(*row) for row in attachments.order_by("id")),
    )


def document_of(matter_id: int, document_id: int) -> Document | None:
    """A document of this matter and no other (文书), or None."""
    return Document.objects.filter(matter_id=matter_id, id=document_id).first()


def attachment_of(matter_id: int, attachment_id: int) -> AttachmentLine | None:
    """An attachment of this matter and no other (附件), or None."""
    rows = Attachment.objects.filter(matter_id=matter_id, id=attachment_id)
    row = rows.values_list(*_ATTACHMENT_COLUMNS).first()
    return AttachmentLine(*row) if row else None


def read_range(attachment: StoredFile, start: int, end: int, *, store: AttachmentStore) -> Iterator[bytes]:
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


def document_by_id(document_id: int) -> Document | None:
    """A document for the worker, which nobody looks at over its shoulder (按编号取文书), or None."""
    return Document.objects.filter(id=document_id).first()


def documents_issued_since(moment: datetime) -> list[Document]:
    """What was issued since a moment (近期文书), oldest first."""
    return list(Document.objects.filter(issued_at__gte=moment).order_by("id"))
