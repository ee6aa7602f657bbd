"""Many at once (批量打印): envelopes, and the sheets that prove delivery (送达回证), each as one file.

Addresses come from whoever may disclose them; nothing here is kept.
"""

import io
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from enum import Enum

from docx import Document as new_docx
from docx.document import Document as DocxFile
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from huiyin.records.documents.kinds import kind_of
from huiyin.records.documents.printing import Letter, docx_of
from huiyin.records.documents.templates import Template


class EnvelopeSize(Enum):
    """The sizes offices use (GB/T 1416): width and height in millimetres."""

    DL = (220, 110)
    C5 = (229, 162)


@dataclass(frozen=True)
class Envelope:
    """One envelope (信封): to whom and where, and who sends it."""

    name: str
    address_lines: tuple[str, ...]
    postcode: str
    sender: str
    sender_address: str
    sender_postcode: str


@dataclass(frozen=True)
class ReceiptSheet:
    """What stands on a sheet that proves delivery (送达回证) before somebody signs it."""

    case_number: str
    agency: str
    document: str
    addressee: str
    method: str
    place: str = ""


def envelopes_docx(envelopes: Sequence[Envelope], *, size: EnvelopeSize) -> bytes:
    """One page per envelope (批量信封), as the post asks: postcode left above, sender right below."""
    file = new_docx()
    section = file.sections[0]
    width, height = size.value
    section.page_width, section.page_height = Mm(width), Mm(height)
    section.left_margin = section.right_margin = Mm(12)
    section.top_margin = section.bottom_margin = Mm(9)
    section.header_distance = section.footer_distance = Mm(4)
    for index, envelope in enumerate(envelopes):
        _envelope(file, envelope, height=height, is_first=index == 0)
    return _saved(file)


def _envelope(file: DocxFile, envelope: Envelope, *, height: int, is_first: bool) -> None:
    code = _line(file, "  ".join(envelope.postcode), size=18, pitch=9)
    code.paragraph_format.page_break_before = not is_first
    middle = height / 2 - 9 - 9 - 10 * len(envelope.address_lines) / 2
    for index, text in enumerate(envelope.address_lines):
        line = _line(file, text, size=16, pitch=10)
        line.paragraph_format.left_indent = Mm(38)
        line.paragraph_format.space_before = Mm(middle) if index == 0 else Mm(0)
    name = _line(file, f"{envelope.name}　收", size=20, pitch=13)
    name.paragraph_format.left_indent = Mm(58)
    used = 9 + 9 + middle + 10 * len(envelope.address_lines) + 13
    lines = (
        f"{envelope.sender_address}　{envelope.sender}",
        f"邮政编码　{' '.join(envelope.sender_postcode)}",
    )
    for index, text in enumerate(lines):
        line = _line(file, text, size=12, pitch=7)
        line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        line.paragraph_format.space_before = Mm(max(0, height - 11 - 14 - used)) if index == 0 else Mm(0)


def _line(file: DocxFile, text: str, *, size: int, pitch: float) -> Paragraph:
    line = file.add_paragraph()
    form = line.paragraph_format
    form.space_before = form.space_after = Mm(0)
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Mm(pitch)
    run = line.add_run(text)
    run.font.size, run.font.name = Pt(size), "宋体"
    run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "宋体")
    return line


def receipt_sheets_docx(sheets: Sequence[ReceiptSheet], *, template: Template, on: date) -> bytes:
    """One page per sheet (批量送达回证), in the office's own layout.

    Raises:
        ValueError: there is no sheet to print.
    """
    if not sheets:
        raise ValueError("no sheets to print")
    kind = kind_of("delivery_receipt")
    files = []
    for sheet in sheets:
        body = {
            "case_number": sheet.case_number,
            "document": sheet.document,
            "method": sheet.method,
            "place": sheet.place,
            "addressee": sheet.addressee,
        }
        letter = Letter(kind, "", kind.title, sheet.agency, on, body)
        files.append(new_docx(io.BytesIO(docx_of(letter, template))))
    return _saved(joined(files))


def joined(files: Sequence[DocxFile]) -> DocxFile:
    """Documents of one and the same template, one behind the other, each on a page of its own (合并)."""
    first, *others = files
    end = first.element.body.sectPr
    for other in others:
        starts = True
        for part in other.element.body.iterchildren():
            if part.tag != qn("w:sectPr"):
                copy = deepcopy(part)
                end.addprevious(copy)
                if starts and copy.tag == qn("w:p"):
                    Paragraph(copy, first).paragraph_format.page_break_before = True
                    starts = False
    return first


def _saved(file: DocxFile) -> bytes:
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()
