"""The picture of a seal over name and date (印章): an office's own picture, or the one for trying out."""

import io
from math import cos, radians, sin

from docx.oxml import OxmlElement, parse_xml
from docx.shared import Length, Mm
from docx.text.paragraph import Paragraph
from PIL import Image, ImageDraw, ImageFont

DIAMETER = Mm(42)
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


def demonstration_seal(text: str, *, font_path: str, size: int = 496) -> bytes:
    """A red round picture marked 演示 that nobody can take for a seal (演示印章)."""
    red = (214, 0, 18, 235)
    image = Image.new("RGBA", (size, size), (255, 255, 255, 0))
    draw = ImageDraw.Draw(image)
    edge = size // 40
    draw.ellipse((edge, edge, size - edge, size - edge), outline=red, width=edge)
    _star(draw, size / 2, size / 2 - size * 0.03, size * 0.15, red)
    font = ImageFont.truetype(font_path, size // 9)
    for index, sign in enumerate(text):
        angle = -120 + 240 * (index + 0.5) / len(text)
        tile = Image.new("RGBA", (size // 6, size // 6), (255, 255, 255, 0))
        ImageDraw.Draw(tile).text((size // 12, size // 12), sign, font=font, fill=red, anchor="mm")
        turned = tile.rotate(-angle, resample=Image.Resampling.BICUBIC)
        x = size / 2 + size * 0.37 * sin(radians(angle))
        y = size / 2 - size * 0.37 * cos(radians(angle))
        image.alpha_composite(turned, (round(x - size / 12), round(y - size / 12)))
    draw.text(
        (size / 2, size * 0.8),
        "演示",
        font=ImageFont.truetype(font_path, size // 8),
        fill=red,
        anchor="mm",
    )
    out = io.BytesIO()
    image.save(out, "PNG", dpi=(300, 300))
    return out.getvalue()


def _star(draw: ImageDraw.ImageDraw, x: float, y: float, radius: float, colour: tuple[int, ...]) -> None:
    points = []
    for index in range(10):
        reach = radius if index % 2 == 0 else radius * 0.382
        angle = radians(36 * index)
        points.append((x + reach * sin(angle), y - reach * cos(angle)))
    draw.polygon(points, fill=colour)
