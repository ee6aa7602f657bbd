"""Make the templates of documents from their outlines (生成模板): python -m scripts.make_templates [CODE…].

An outline says in words what stands where; this script gives all of them one layout. What it writes is an
ordinary .docx that an office opens, changes and keeps in WPS or Word.

    layout: red | letter | form     the head: red head, letter format, or a form without a head
    copies: yes                     with an end block (版记) when there are copies
    signatory: yes                  the number stands left, the person who signs right
    page_sign: TEXT                 room for signatures on every page
    to: TEXT                        the addressee
    # TEXT, ## TEXT                 headings
    | label | value | label | value a row of the form's table; |3 | … is at least three lines high
    {%p if x %}, {%tr if x %}       what docxtpl reads: a part or a row that may be left out
    parties: LEFT|RIGHT             a line to sign on; space: an empty line; enclosures; sign
"""

import io
import re
import sys
import zipfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from docx.document import Document as DocumentFile
from docx.shared import Mm

from scripts import template_layout as layout

KINDS = Path(__file__).resolve().parent.parent / "huiyin" / "records" / "documents" / "kinds"
MADE = datetime(2026, 1, 1)
Outline = tuple[dict[str, str], list[str]]
_SETTINGS = ("layout", "copies", "signatory", "page_sign")
_TEXTS = {"# ": "一级标题", "## ": "二级标题", "to: ": "主送机关"}


def read_outline(text: str) -> Outline:
    """The settings at the top and the lines below them."""
    settings: dict[str, str] = {}
    lines = text.splitlines()
    while lines and (parts := lines[0].partition(": "))[0] in _SETTINGS:
        settings[parts[0]] = parts[2].strip()
        lines.pop(0)
    return settings, lines


def build(outline: Outline) -> DocumentFile:
    """The template as a document."""
    settings, lines = outline
    document = layout.blank_document()
    layout.page_numbers(document)
    if "page_sign" in settings:
        layout.page_signatures(document, settings["page_sign"])
    if settings["layout"] == "letter":
        layout.letter_head(document)
    elif settings["layout"] == "red":
        layout.head(document, has_signatory="signatory" in settings)
    else:
        form_head(document, lines)
    for block in blocks(lines):
        if isinstance(block, list):
            layout.table(document, block)
        else:
            add_line(document, block, has_copies="copies" in settings)
    set_properties(document)
    return document


def form_head(document: DocumentFile, lines: list[str]) -> None:
    """A form has no red head: its title, and its number at the right."""
    document.add_paragraph("{{ title }}", style="公文标题")
    if not any("{{ number }}" in line for line in lines):
        number = document.add_paragraph("{{ number }}", style="发文字号")
        number.paragraph_format.alignment = layout.ALIGN.RIGHT
    else:
        document.add_paragraph()


def blocks(lines: list[str]) -> Iterator[str | list[tuple[int, list[str]]]]:
    """Rows that follow one another are one table."""
    rows: list[tuple[int, list[str]]] = []
    for line in lines:
        if line.startswith("{%tr"):
            rows.append((1, [line]))
        elif line.startswith("|"):
            height, text = re.match(r"\|(\d*)\s*(.*)", line).groups()  # type: ignore[union-attr]  # it has a bar
            cells = [part.strip(" ") for part in text.removeprefix("|").split("|")]
            rows.append((int(height or 1), cells))
        else:
            if rows:
                yield rows
                rows = []
            yield line
    if rows:
        yield rows


def add_line(document: DocumentFile, line: str, *, has_copies: bool) -> None:
    """One line of an outline as a paragraph of its style."""
    for sign, style in _TEXTS.items():
        if line.startswith(sign):
            document.add_paragraph(line.removeprefix(sign), style=style)
            return
    if line == "sign":
        layout.signature(document, has_copies=has_copies)
    elif line == "space":
        document.add_paragraph(style="署名前空行")
    elif line == "enclosures":
        for text in ("{%p if enclosures %}", "", "附件：{{ enclosures }}", "{%p endif %}"):
            document.add_paragraph(text, style="附件说明")
    elif line.startswith("parties: "):
        left, _, right = line.removeprefix("parties: ").partition("|")
        paragraph = document.add_paragraph(f"{left}\t{right}", style="签名行")
        paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(84))
    else:
        document.add_paragraph(line, style="公文正文")


def set_properties(document: DocumentFile) -> None:
    """Neither a name nor the hour: the same outline makes the same file."""
    properties = document.core_properties
    properties.author = properties.last_modified_by = "Huiyin"
    properties.comments = properties.title = ""
    properties.created = properties.modified = MADE


def packed(document: DocumentFile) -> bytes:
    """The file, with the same bytes every time."""
    raw, out = io.BytesIO(), io.BytesIO()
    document.save(raw)
    with zipfile.ZipFile(raw) as read, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as written:
        for name in read.namelist():
            info = zipfile.ZipInfo(name, MADE.timetuple()[:6])
            info.compress_type = zipfile.ZIP_DEFLATED
            written.writestr(info, read.read(name))
    return out.getvalue()


def template_of(folder: Path) -> bytes:
    """The template that an outline makes."""
    return packed(build(read_outline((folder / "outline.txt").read_text("utf-8"))))


def main(codes: list[str]) -> None:
    folders = [KINDS / code for code in codes] or sorted(path.parent for path in KINDS.glob("*/outline.txt"))
    for folder in folders:
        (folder / "template.docx").write_bytes(template_of(folder))
        print(f"· {folder.name}")


if __name__ == "__main__":
    main(sys.argv[1:])
