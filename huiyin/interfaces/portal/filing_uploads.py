"""Files from a phone (上传材料): each is checked by itself; a refused one never takes the others with it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from huiyin.casework.cases.refusals import Invalid
from huiyin.casework.intake.drafts import draft_add_file, draft_of
from huiyin.interfaces.portal import throttle
from huiyin.interfaces.ui.faults import FAULTS
from huiyin.interfaces.ui.files import attachment_store_of_settings
from huiyin.records.documents.errors import AttachmentRefused, StorageFailed
from huiyin.records.documents.preparing import PreparedFile, attachment_prepare


@dataclass(frozen=True, slots=True)
class RefusedFile:
    """A file that was not kept, and why (未收文件)."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Prepared:
    """The files that passed and those that did not (检查结果)."""

    files: tuple[PreparedFile, ...]
    refused: tuple[RefusedFile, ...]


def prepared(files: Iterable["UploadedFile[bytes]"], *, address: str, at: datetime) -> Prepared:
    """Check each file by itself (逐个检查), as long as the network it comes from has not sent too much."""
    kept: list[PreparedFile] = []
    refused: list[RefusedFile] = []
    store = attachment_store_of_settings()
    for file in files:
        name = file.name or _("没有名字的文件")
        if throttle.paused("uploads", address, at=at):
            refused.append(RefusedFile(name[:120], f"{FAULTS[429].text}{FAULTS[429].advice}"))
            continue
        throttle.count_once("uploads", address, at=at, amount=1 + (file.size or 0) // 2**20)
        try:
            kept.append(attachment_prepare(file=file, name=name, store=store))
        except AttachmentRefused as refusal:
            refused.append(RefusedFile(name[:120], refusal.message))
        except StorageFailed as failure:
            refused.append(RefusedFile(name[:120], str(failure)))
    return Prepared(tuple(kept), tuple(refused))


def files_taken(
    draft_id: UUID, files: Iterable["UploadedFile[bytes]"], *, address: str, at: datetime
) -> tuple[RefusedFile, ...]:
    """Keep what passes with the draft; the same content twice is one file (存入草稿)."""
    found = prepared(files, address=address, at=at)
    refused = list(found.refused)
    known = {file.digest for file in draft_of(draft_id, at=at).content.files}
    for file in found.files:
        if file.digest in known:
            continue
        try:
            draft_add_file(draft_id=draft_id, file=file, at=at)
        except Invalid as invalid:
            refused.append(RefusedFile(file.name, str(invalid)))
            continue
        known.add(file.digest)
    return tuple(refused)
