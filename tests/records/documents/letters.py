"""Letters with invented contents, for the tests of how documents look."""

import io
from datetime import date

from docx import Document as open_docx

from huiyin.records.documents.kinds import DocumentKind, kind_of
from huiyin.records.documents.printing import Letter, docx_of
from huiyin.records.documents.templates import Template

COMMON = {
    "case_number": "2026000123-7",
    "matter": "反映东关村村道积水，雨天无法通行。",
    "content_class": "农村基础设施",
    "branch": "申诉求决",
    "received_on": "2026-01-10",
    "addressee": "",
}


def sample_letter(code: str, *, agency: str = "青禾县信访局", **body: object) -> Letter:
    kind = kind_of(code)
    return Letter(
        kind=kind,
        number=f"青信{kind.word}〔2026〕12号",
        title=str(kind.name),
        agency=agency,
        issued_on=date(2026, 3, 2),
        body={**COMMON, **kind.sample(), **body},
    )


def shipped(kind: DocumentKind) -> Template:
    return Template(kind.template(), is_own=False)


def printed(
    code: str, *, seal: bytes | None = None, addressee: str = "", agency: str = "青禾县信访局", **body: str
) -> bytes:
    letter = sample_letter(code, agency=agency, **body)
    return docx_of(letter, shipped(letter.kind), seal=seal, addressee=addressee)


def texts_of(content: bytes) -> list[str]:
    """Every paragraph of a .docx, those of its tables too."""
    file = open_docx(io.BytesIO(content))
    cells = (cell for table in file.tables for row in table.rows for cell in row.cells)
    paragraphs = [*file.paragraphs, *(paragraph for cell in cells for paragraph in cell.paragraphs)]
    return [paragraph.text for paragraph in paragraphs]
