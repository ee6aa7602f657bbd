"""Small drawn pictures that stand in for photographs and scans (演示附件)."""

from io import BytesIO
from random import Random

from django.conf import settings
from PIL import Image, ImageDraw

from huiyin.records.documents.preparing import PreparedFile, attachment_prepare
from huiyin.records.documents.storage import AttachmentStore

SIZE = (480, 320)


def site_photo(seed: str) -> PreparedFile:
    """A landscape with fields, a road and a few houses, as a PNG."""
    rng = Random(seed)
    image = Image.new("RGB", SIZE, (198, 221, 235))
    draw = ImageDraw.Draw(image)
    horizon = rng.randint(110, 150)
    draw.polygon(
        [(0, horizon), (140, 60), (260, horizon - 10), (400, 80), (480, horizon)], fill=(126, 158, 132)
    )
    for row in range(6):
        top = horizon + row * 36
        green = (96 + row * 8, 150 + rng.randint(-12, 12), 84)
        draw.polygon([(0, top), (480, top - 8), (480, top + 34), (0, top + 40)], fill=green)
    road = rng.randint(170, 300)
    draw.polygon(
        [(road, horizon), (road + 16, horizon), (road + 120, 320), (road - 60, 320)], fill=(150, 145, 138)
    )
    for _house in range(rng.randint(2, 4)):
        left, top = rng.randint(20, 400), rng.randint(horizon, 240)
        draw.rectangle((left, top, left + 46, top + 30), fill=(236, 228, 214), outline=(120, 110, 100))
        draw.polygon([(left - 4, top), (left + 23, top - 18), (left + 50, top)], fill=(140, 82, 66))
    return _prepared(image, "PNG", "现场核查照片.png")


def receipt_scan(seed: str) -> PreparedFile:
    """A sheet with ruled lines and a red seal, as a PDF."""
    rng = Random(seed)
    image = Image.new("RGB", (420, 594), (252, 251, 247))
    draw = ImageDraw.Draw(image)
    for row in range(14):
        top = 80 + row * 32
        draw.line((40, top, 40 + rng.randint(180, 340), top), fill=(110, 116, 124), width=3)
    draw.ellipse((270, 450, 360, 540), outline=(196, 50, 42), width=5)
    return _prepared(image, "PDF", "补充材料扫描件.pdf")


def _prepared(image: Image.Image, kind: str, name: str) -> PreparedFile:
    content = BytesIO()
    image.save(content, kind)
    content.seek(0)
    return attachment_prepare(file=content, name=name, store=AttachmentStore(settings.ATTACHMENTS_DIR))
