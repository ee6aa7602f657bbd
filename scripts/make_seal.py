"""Draw the seal for trying out (演示印章): python -m scripts.make_seal FONT."""

import io
import sys
from math import cos, radians, sin
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

TARGET = Path(__file__).resolve().parent.parent / "huiyin/records/documents/reference/demonstration_seal.png"


def drawn(text: str, *, font_path: str, size: int = 496) -> bytes:
    """A red round picture marked 演示 that nobody can take for a seal."""
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


if __name__ == "__main__":
    TARGET.write_bytes(drawn("仅供演示不具效力", font_path=sys.argv[1]))
