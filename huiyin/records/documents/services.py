"""What is written into a dossier (案卷办理): attachments taken, documents numbered and issued.

The ledger line of each is the caller's, who knows which step of the matter it belongs to.
"""

import json
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Protocol

from django.db import connection, transaction

from huiyin.law.calendar import local_date
from huiyin.records.accounts.models import User
from huiyin.records.documents.errors import DocumentIncomplete
from huiyin.records.documents.kinds import DocumentKind, kind_of
from huiyin.records.documents.models import Attachment, Document, NumberCounter
from huiyin.records.documents.preparing import Incoming, PreparedFile, attachment_prepare
from huiyin.records.documents.storage import AttachmentStore
from huiyin.records.ledger.chain import ENCODE, moment_text, sm3
from huiyin.records.texts import clean

# A file without a row is kept this long: its row may be in a transaction that is still open.
ORPHAN_AGE = timedelta(days=1)


class IssuingAgency(Protocol):
    """What numbering needs to know of an agency (发文机关): its row or its entry in the directory."""

    @property
    def id(self) -> int: ...
    @property
    def short_name(self) -> str: ...
    @property
    def document_word(self) -> str: ...


def attachment_attach(
    *,
    matter_id: int,
    submission_id: int | None,
    demand_id: int | None,
    prepared: PreparedFile,
    by: User | None,
    at: datetime,
    is_from_petitioner: bool,
    is_sealed: bool,
) -> Attachment:
    """Enter a prepared file in the dossier (附件入卷), inside the transaction of the step it belongs to."""
    return Attachment.objects.create(
        matter_id=matter_id,
        submission_id=submission_id,
        demand_id=demand_id,
        name=prepared.name,
        media_type=prepared.media_type,
        size=prepared.size,
        digest=prepared.digest,
        storage_name=prepared.storage_name,
        uploaded_at=at,
        uploaded_by=by,
        is_from_petitioner=is_from_petitioner,
        is_sealed=is_sealed,
    )


def attachment_store(
    *,
    matter_id: int,
    submission_id: int | None = None,
    demand_id: int | None = None,
    file: Incoming,
    name: str,
    by: User | None,
    at: datetime,
    is_from_petitioner: bool = False,
    is_sealed: bool = False,
    store: AttachmentStore,
) -> Attachment:
    """Check a file, write it durably, then enter it in the dossier (附件存入).

    Raises:
        AttachmentRefused, StorageFull, StorageFailed: as `attachment_prepare`.
    """
    prepared = attachment_prepare(file=file, name=name, store=store)
    try:
        return attachment_attach(
            matter_id=matter_id,
            submission_id=submission_id,
            demand_id=demand_id,
            prepared=prepared,
            by=by,
            at=at,
            is_from_petitioner=is_from_petitioner,
            is_sealed=is_sealed,
        )
    except Exception:
        store.delete(prepared.storage_name)
        raise


def orphans_sweep(*, store: AttachmentStore, at: datetime, spared: Collection[str] = ()) -> int:
    """Take away files without a row and broken-off uploads, older than a day (清理无主文件); count them.

    `spared` are the files that something else still holds, such as a petition being written.
    """
    before = at - ORPHAN_AGE
    removed = store.delete_drafts_before(before)
    old = list(store.names_before(before))
    for start in range(0, len(old), 500):
        names = set(old[start : start + 500])
        known = Attachment.objects.filter(storage_name__in=names).values_list("storage_name", flat=True)
        for name in names - set(known) - set(spared):
            store.delete(name)
            removed += 1
    return removed


def document_number_take(*, agency: IssuingAgency, kind: str, year: int) -> int:
    """Take the next serial of an agency for a kind of document (取文号), inside the issuing transaction.

    If the transaction is undone, so is the number: there are no gaps. Until it ends, others wait.

    Raises:
        RuntimeError: no transaction is open, so the number could be lost.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("a document number is taken inside the transaction that issues the document")
    table = NumberCounter._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f'INSERT INTO "{table}" (agency_id, kind, year, last_serial) VALUES (%s, %s, %s, 1) '
            "ON CONFLICT (agency_id, kind, year) "
            f'DO UPDATE SET last_serial = "{table}".last_serial + 1 RETURNING last_serial',
            [agency.id, kind_of(kind).code, year],
        )
        return int(cursor.fetchone()[0])


def document_issue(
    *,
    matter_id: int,
    demand_id: int | None,
    agency: IssuingAgency,
    kind: str,
    title: str,
    body: Mapping[str, object],
    by: User | None,
    at: datetime,
) -> Document:
    """Issue a document with its number (制发文书); it never changes again.

    Raises:
        DocumentIncomplete: compulsory contents are missing; each is named.
        KeyError: there is no such kind.
    """
    known = kind_of(kind)
    contents = _complete(known, body)
    # No savepoint: a step that cannot issue its document is given up as a whole.
    with transaction.atomic(savepoint=False):
        year = local_date(at).year
        serial = document_number_take(agency=agency, kind=kind, year=year)
        document = Document(
            matter_id=matter_id,
            demand_id=demand_id,
            agency_id=agency.id,
            kind=kind,
            year=year,
            serial=serial,
            number=number_text(agency=agency, kind=known, year=year, serial=serial),
            title=clean(title).text.strip() or known.title,
            body=contents,
            issued_at=at,
            issued_by=by,
        )
        document.digest = document_digest(document)
        document.save(force_insert=True)
    return document


def number_text(*, agency: IssuingAgency, kind: DocumentKind, year: int, serial: int) -> str:
    """The number as it is printed (发文字号): 青信告〔2026〕12号."""
    return f"{agency.document_word or agency.short_name}{kind.word}〔{year}〕{serial}号"


def document_digest(document: Document) -> str:
    """The SM3 of a document's canonical JSON (文书摘要), to compare with its row and with the ledger."""
    content = {
        "agency_id": document.agency_id,
        "body": document.body,
        "demand_id": document.demand_id,
        "issued_at": moment_text(document.issued_at),
        "issued_by": document.issued_by_id,
        "kind": document.kind,
        "matter_id": document.matter_id,
        "number": document.number,
        "title": document.title,
    }
    return sm3(ENCODE(content).encode()).hex()


def _complete(kind: DocumentKind, body: Mapping[str, object]) -> dict[str, object]:
    """The body as plain JSON without characters that a database refuses, if nothing compulsory is missing."""
    plain = json.loads(ENCODE(dict(body)))
    contents = {clean(key).text: _storable(value) for key, value in plain.items()}
    missing = {field: str(asks) for field, asks in kind.required.items() if _is_blank(contents.get(field))}
    if missing:
        raise DocumentIncomplete(missing)
    return contents


def _is_blank(value: object) -> bool:
    return value is None or value in ([], {}) or (isinstance(value, str) and not value.strip())


def _storable(value: object) -> object:
    if isinstance(value, str):
        return clean(value).text
    if isinstance(value, float):
        raise TypeError("a document holds texts and whole numbers; write a fraction as a text")
    if isinstance(value, list):
        return [_storable(part) for part in value]
    if isinstance(value, dict):
        return {clean(key).text: _storable(part) for key, part in value.items()}
    return value
