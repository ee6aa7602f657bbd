"""Printed documents and where they are kept (文书成品): made once from document and template, then only read.

A file's name is the SM3 of all it was made from: the document's digest, the template, the seal, the
addressee and this layout. A changed template makes another name; nothing is ever overwritten or wrong.
"""

import os
import secrets
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from huiyin.records.agencies.selectors import agency_directory
from huiyin.records.documents.kinds import kind_of
from huiyin.records.documents.pdf import PdfFailed, pdfs_of
from huiyin.records.documents.printing import IssuedDocument, docx_of, letter_of
from huiyin.records.documents.templates import Template, TemplateFolder
from huiyin.records.ledger.chain import sm3

# Counts up when the same template would print differently.
LAYOUT = 1
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"


@dataclass(frozen=True)
class Rendering:
    """One document as it is to be printed (待印文书); made when it is asked for."""

    document: IssuedDocument
    agency_name: str
    template: Template
    seal: bytes | None
    addressee: str = ""

    @property
    def key(self) -> str:
        parts = (
            str(LAYOUT),
            self.document.digest,
            self.template.digest,
            sm3(self.seal or b"").hex(),
            self.addressee,
        )
        return sm3("\n".join(parts).encode()).hex()

    @property
    def file_stem(self) -> str:
        return f"{self.document.number}{self.document.title}".replace("/", "_")

    def docx(self) -> bytes:
        letter = letter_of(self.document, agency_name=self.agency_name)
        return docx_of(letter, self.template, seal=self.seal, addressee=self.addressee)


def rendering_of(document: IssuedDocument, *, templates: TemplateFolder, addressee: str = "") -> Rendering:
    """How a document is printed now (文书排版); a broken template of the office gives way to the shipped."""
    agency = agency_directory()[document.agency_id]
    return Rendering(
        document=document,
        agency_name=agency.name,
        template=templates.template_for(agency=agency.code, kind=kind_of(document.kind)),
        seal=templates.seal_of(agency=agency.code),
        addressee=addressee,
    )


@dataclass(frozen=True)
class RenderingStore:
    """The folder of printed documents (成品库), outside the web root beside the attachments."""

    root: Path

    def path_of(self, key: str) -> Path:
        return self.root / key[:2] / f"{key}.pdf"

    def pdf(self, rendering: Rendering) -> bytes | None:
        """The PDF if it has been made."""
        try:
            return self.path_of(rendering.key).read_bytes()
        except OSError:
            return None

    def has(self, rendering: Rendering) -> bool:
        return self.path_of(rendering.key).exists()

    def keep(self, rendering: Rendering, content: bytes) -> None:
        """Put a PDF under its name in one step, so that nobody reads half of it."""
        path = self.path_of(rendering.key)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = path.with_suffix(f".{secrets.token_hex(8)}")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        draft.rename(path)


def pdfs_make(renderings: Sequence[Rendering], *, store: RenderingStore, program: str) -> int:
    """Make the PDFs that are not there yet (生成PDF), in one start of LibreOffice, and count them.

    What a start leaves out gets one of its own: a letter on which LibreOffice fails holds up no other.

    Raises:
        PdfFailed: some could not be made; the others are there, and the .docx files are not affected.
    """
    wanted = {rendering.key: rendering for rendering in renderings if not store.has(rendering)}
    left = _make(wanted, store=store, program=program)
    for key in left if len(wanted) > 1 else ():
        left = left - {key} | _make({key: wanted[key]}, store=store, program=program)
    if left:
        raise PdfFailed(f"no PDF was made of: {', '.join(wanted[key].document.number for key in left)}")
    return len(wanted)


def _make(wanted: Mapping[str, Rendering], *, store: RenderingStore, program: str) -> frozenset[str]:
    """Make what can be made in one start, and return what could not."""
    made: Mapping[str, bytes] = {}
    if wanted:
        with suppress(PdfFailed):
            made = pdfs_of({key: rendering.docx() for key, rendering in wanted.items()}, program=program)
    for key, content in made.items():
        store.keep(wanted[key], content)
    return frozenset(wanted.keys() - made.keys())
