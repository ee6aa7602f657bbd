"""Taking a file in (来件落盘): checked by content, written durably, waiting for its row in the dossier.

No table is touched here, so it is done before a transaction begins.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO, Protocol

from cryptography.hazmat.primitives import hashes
from django.utils.translation import gettext as _

from huiyin.records.documents.errors import AttachmentRefused
from huiyin.records.documents.file_kinds import FileKind, FileRules, file_rules
from huiyin.records.documents.file_names import safe_name
from huiyin.records.documents.images import rewritten_image
from huiyin.records.documents.inspection import CHECKS, kind_by_content
from huiyin.records.documents.problems import refused
from huiyin.records.documents.storage import AttachmentStore, Draft

_CHUNK = 2**18

# Every scanner reads a file and raises AttachmentRefused if it must not be kept. None is installed yet.
SCANNERS: tuple[Callable[[BinaryIO], None], ...] = ()


class Incoming(Protocol):
    """A file that comes in (来件): anything that can be read in portions."""

    def read(self, size: int, /) -> bytes: ...


@dataclass(frozen=True)
class PreparedFile:
    """A file that is checked, durable and waiting for its row (已落盘文件)."""

    name: str
    media_type: str
    size: int
    digest: str
    storage_name: str


def attachment_prepare(*, file: Incoming, name: str, store: AttachmentStore) -> PreparedFile:
    """Check a file, write it durably and return what its row needs (附件检查落盘).

    Do this before the transaction: it takes time, and SQLite has one writer. A file that never gets a row is
    taken away by the sweep.

    Raises:
        AttachmentRefused: the file is of a kind that is not taken; the message says why and the way out.
        StorageFull, StorageFailed: it could not be written; nothing is left of it.
    """
    rules = file_rules()
    with store.draft() as draft:
        size = _receive(file, draft, rules)
        kind = kind_by_content(draft.file, name, rules)
        if size > kind.max_bytes:
            raise _too_large(kind.name, kind.max_mib)
        draft.file.seek(0)
        if kind.check == "image":
            kind, content = rewritten_image(draft.file, kind, rules)
            with store.draft() as rewritten:
                rewritten.write(content)
                return _keep(rewritten, kind, name)
        CHECKS[kind.check](draft.file, kind, rules)
        return _keep(draft, kind, name)


def _receive(file: Incoming, draft: Draft, rules: FileRules) -> int:
    """Write what comes to the draft, up to the largest size that any kind may have."""
    size = 0
    while chunk := file.read(_CHUNK):
        size += len(chunk)
        if size > rules.max_bytes:
            raise _too_large(_("附件"), rules.max_bytes // 2**20)
        draft.write(chunk)
    if not size:
        raise AttachmentRefused("empty", _("文件是空的(0字节)。请检查后重新选择文件。"))
    return size


def _keep(draft: Draft, kind: FileKind, name: str) -> PreparedFile:
    for scan in SCANNERS:
        draft.file.seek(0)
        scan(draft.file)
    draft.file.seek(0)
    hasher = hashes.Hash(hashes.SM3())
    size = 0
    while chunk := draft.file.read(_CHUNK):
        hasher.update(chunk)
        size += len(chunk)
    return PreparedFile(
        name=safe_name(name, extensions=kind.extensions),
        media_type=kind.media_type,
        size=size,
        digest=hasher.finalize().hex(),
        storage_name=draft.keep(),
    )


def _too_large(name: str, limit: int) -> AttachmentRefused:
    reason = _("文件过大:%(name)s最大%(limit)d MB。请压缩或者分成几份后重新上传。")
    return refused("too_large", reason % {"name": name, "limit": limit})
