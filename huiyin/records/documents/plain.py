"""The plain version of a document (便民版): the same contents under plain headings, for large print."""

from dataclasses import dataclass
from datetime import date

from huiyin.records.documents.kinds import EVERYWHERE, kind_of
from huiyin.records.documents.labels import LABELS
from huiyin.records.documents.printing import IssuedDocument, chinese_date, letter_of, shown

# Shown at the top of the page, or no concern of the person who reads it.
_NOT_A_PART = {*EVERYWHERE, "query_code"} - {"matter", "received_on", "enclosures"}


@dataclass(frozen=True)
class PlainPart:
    """A heading and its paragraphs."""

    label: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class PlainPage:
    """All the plain page says (便民版内容); the page adds its own QR code for the query."""

    title: str
    number: str
    agency: str
    case_number: str
    issued_on: date
    date_text: str
    parts: tuple[PlainPart, ...]


def plain_page(document: IssuedDocument, *, agency_name: str) -> PlainPage:
    """The contents of an issued document in the order in which the kind asks for them (便民版)."""
    letter = letter_of(document, agency_name=agency_name)
    kind = kind_of(document.kind)
    names = dict.fromkeys(("received_on", "matter", *kind.required, *kind.optional, "enclosures"))
    parts = [
        PlainPart(str(LABELS[name]), tuple(text.replace("\n", "\a").split("\a")))
        for name in names
        if name not in _NOT_A_PART and (text := shown(letter.body.get(name)))
    ]
    return PlainPage(
        title=letter.title,
        number=letter.number,
        agency=agency_name,
        case_number=shown(letter.body.get("case_number")),
        issued_on=letter.issued_on,
        date_text=chinese_date(letter.issued_on),
        parts=tuple(parts),
    )
