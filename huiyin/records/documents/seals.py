"""The picture of a seal over name and date (印章).

An office puts its own picture into its template folder. Shipped is only one for trying out, marked 演示.
"""

import io
from importlib.resources import files

from docx.oxml import OxmlElement, parse_xml
from docx.shared import Length, Mm
from docx.text.paragraph import Paragraph

DIAMETER = Mm(42)
_DEMONSTRATION = "reference/demonstration_seal.png"
_ANCHOR = (
    '<wp:anchor xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="251659264" behindDoc="0" '
    'locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
    '<wp:positionH relativeFrom="margin"><wp:posOffset>{left}</wp:posOffset></wp:positionH>'
    '<wp:positionV relativeFrom="paragraph"><wp:posOffset>{top}</wp:posOffset></wp:positionV>'
    '<wp:extent cx="{size}" cy="{size}"/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/></wp:anchor>'
)


def place_seal(paragraph: Paragraph, picture: bytes, *, centre: Length, below: Length) -> None:
    """Lay the seal over a paragraph: its middle `centre` from the left margin and `below` its upper edge."""
    run = paragraph.add_run()
    inline = run.add_picture(io.BytesIO(picture), width=DIAMETER, height=DIAMETER)._inline
    half = DIAMETER // 2
    anchor = parse_xml(_ANCHOR.format(left=centre - half, top=below - half, size=int(DIAMETER)))
    anchor.extend([inline.docPr, OxmlElement("wp:cNvGraphicFramePr"), inline.graphic])
    inline.getparent().replace(inline, anchor)


def demonstration_seal() -> bytes:
    """A red round picture that nobody can take for a seal (演示印章); `scripts/make_seal.py` draws it."""
    return (files(__package__) / _DEMONSTRATION).read_bytes()
