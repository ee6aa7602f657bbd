"""A document as a .docx file (文书排版): the contents put into the template, then fitted to the standard.

Some things cannot be written into a template because they depend on the contents: a long issuer mark is set
smaller so that it stays on its line, name and date are centred on one another, the seal lies over both, and
the last words of the text stay on one page with them.
"""

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import Protocol

from docx.document import Document as DocxFile
from docx.shared import Emu, Mm, Pt
from docx.text.paragraph import Paragraph

from huiyin.law.calendar import local_date
from huiyin.records.documents.kinds import DocumentKind, kind_of
from huiyin.records.documents.seals import place_seal
from huiyin.records.documents.templates import Template, filled

_ISO_DATE = re.compile(r"(?<![\d-])(\d{4})-(\d{2})-(\d{2})(?=$|（)")
_TYPE_WIDTH = 442.2  # points: 156 mm
_CHARACTER = 16
_MARK = "发文机关标志"
_NAME, _DATE = "署名", "成文日期"
_END = ("署名前空行", "签名行", _NAME)


class IssuedDocument(Protocol):
    """What printing needs to know of a document (已发文书): its row."""

    @property
    def id(self) -> int: ...
    @property
    def agency_id(self) -> int: ...
    @property
    def kind(self) -> str: ...
    @property
    def number(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def body(self) -> Mapping[str, object]: ...
    @property
    def issued_at(self) -> datetime: ...
    @property
    def digest(self) -> str: ...


@dataclass(frozen=True)
class Letter:
    """All that one printed document says (文书内容), apart from how it looks."""

    kind: DocumentKind
    number: str
    title: str
    agency: str
    issued_on: date
    body: Mapping[str, object]


def letter_of(document: IssuedDocument, *, agency_name: str) -> Letter:
    """The letter that an issued document is."""
    return Letter(
        kind=kind_of(document.kind),
        number=document.number,
        title=document.title,
        agency=agency_name,
        issued_on=local_date(document.issued_at),
        body=document.body,
    )


def docx_of(letter: Letter, template: Template, *, seal: bytes | None = None, addressee: str = "") -> bytes:
    """The letter as a .docx file (生成公文); `addressee` is the petitioner's name if it may be shown here."""
    made = filled(template.content, contents_of(letter, addressee=addressee))
    file: DocxFile = made.docx
    _fit_marks(file)
    _centre_signature(file, seal)
    _keep_end(file)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def contents_of(letter: Letter, *, addressee: str = "") -> dict[str, object]:
    """What stands for each variable of the template (模板内容); what is not known is left blank."""
    contents: dict[str, object] = dict.fromkeys(letter.kind.variables, "")
    contents |= {name: shown(value) for name, value in letter.body.items()}
    return contents | {
        "addressee": addressee or contents["addressee"] or _PETITIONER,
        "agency": letter.agency,
        "date": chinese_date(letter.issued_on),
        "number": letter.number,
        "title": letter.title,
    }


_PETITIONER = "信访人"


def shown(value: object) -> str:
    """A value as it is printed: dates in words, every line a paragraph of its own, lists numbered."""
    if isinstance(value, list):
        numbered = [f"{index}. {shown(each)}" for index, each in enumerate(value, 1)]
        return "\n".join(numbered) if len(numbered) > 1 else shown(value[0]) if value else ""
    if isinstance(value, bool):
        return "是" if value else "否"
    text = "" if value is None else str(value)
    parts = (_ISO_DATE.sub(_in_words, part) for part in text.strip().split("；"))
    return re.sub(r"\s*\n\s*", "\a", "；".join(parts).replace("\a", " ").replace("\f", " "))


def _in_words(match: re.Match[str]) -> str:
    return f"{match[1]}年{int(match[2])}月{int(match[3])}日"


def chinese_date(day: date) -> str:
    """2026年1月14日, without leading zeros (成文日期)."""
    return f"{day.year}年{day.month}月{day.day}日"


def width_of(text: str) -> float:
    """How wide a text is in characters: Latin signs take half of one, a gap beside Chinese a quarter."""
    signs = sum(0.5 if ord(sign) < 0x2000 else 1 for sign in text)
    return signs + sum(_is_word(left) != _is_word(right) for left, right in pairwise(text)) / 4


def _is_word(sign: str) -> bool:
    return sign.isascii() and sign.isalnum()


def _fit_marks(file: DocxFile) -> None:
    """A long name of an office must stay on one line of the head."""
    section = file.sections[0]
    for paragraph in (*file.paragraphs, *section.first_page_header.paragraphs):
        size = _font_size(paragraph) if _style(paragraph) == _MARK and paragraph.text.strip() else None
        if size and width_of(paragraph.text) * size > _TYPE_WIDTH:
            fitting = int(_TYPE_WIDTH / width_of(paragraph.text) * 2) / 2
            for run in paragraph.runs:
                run.font.size = Pt(fitting)


def _font_size(paragraph: Paragraph) -> float | None:
    sizes = [run.font.size for run in paragraph.runs if run.font.size]
    size = max(sizes) if sizes else paragraph.style.font.size if paragraph.style else None
    return size.pt if size else None


def _style(paragraph: Paragraph) -> str:
    return (paragraph.style.name or "") if paragraph.style else ""


def _centre_signature(file: DocxFile, seal: bytes | None) -> None:
    """The date ends four characters from the right, the name stands centred above it (署名居中于日期)."""
    named = {_style(paragraph): paragraph for paragraph in file.paragraphs}
    if _NAME not in named or _DATE not in named:
        return
    name, day = named[_NAME], named[_DATE]
    wide = width_of(name.text) - width_of(day.text)
    axis = max(4.0, 2 + wide / 2) + width_of(day.text) / 2
    # Centring both between indents would be shorter; LibreOffice forgets the indents beside the end block.
    for paragraph in (name, day):
        right = axis - width_of(paragraph.text) / 2
        paragraph.paragraph_format.right_indent = Emu(round(Pt(_CHARACTER) * right))
    if seal is not None:
        centre = Mm(156) - round(Pt(_CHARACTER) * axis)
        place_seal(name, seal, centre=Emu(centre), below=Pt(28.95))


def _keep_end(file: DocxFile) -> None:
    """No page holds a signature alone (不得“此页无正文”)."""
    paragraphs = file.paragraphs
    for before, paragraph in pairwise(paragraphs):
        if _style(paragraph) in _END:
            before.paragraph_format.keep_with_next = True
            return
