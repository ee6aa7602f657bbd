"""Photographs and pictures (图片): opened, turned upright and written anew, so only the picture stays."""

import io
import warnings
from typing import BinaryIO

from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from huiyin.records.documents.file_kinds import FileKind, FileRules
from huiyin.records.documents.problems import damaged, refused

# What is written anew and how; a format that is not here becomes PNG.
_WRITTEN: dict[str, tuple[str, dict[str, object]]] = {
    "jpeg": ("JPEG", {"quality": 90, "optimize": False}),
    "png": ("PNG", {"compress_level": 6}),
    "webp": ("WEBP", {"quality": 90, "method": 2}),
}
_READ = {"jpeg": "JPEG", "png": "PNG", "webp": "WEBP", "gif": "GIF", "bmp": "BMP"}
_DAMAGE = (
    OSError,
    ValueError,
    SyntaxError,
    EOFError,
    IndexError,
    KeyError,
    TypeError,
    OverflowError,
    MemoryError,
)


def rewritten_image(file: BinaryIO, kind: FileKind, rules: FileRules) -> tuple[FileKind, bytes]:
    """The picture without place, device, comments and anything appended (图片重新编码), and its kind now.

    Raises:
        AttachmentRefused: it cannot be opened, or it is larger than a picture may be.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image: Image.Image = Image.open(file, formats=[_READ[kind.code]])
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise _too_large(rules) from None
    except (UnidentifiedImageError, *_DAMAGE):
        raise damaged(kind.name) from None
    if image.width * image.height > rules.max_pixels:
        raise _too_large(rules)
    written, options = _WRITTEN.get(kind.code, _WRITTEN["png"])
    try:
        picture = _plain(ImageOps.exif_transpose(image), written)
        out = io.BytesIO()
        picture.save(out, written, **options)
    except (Image.DecompressionBombError, *_DAMAGE):
        raise damaged(kind.name) from None
    return rules.by_code(written.lower()), out.getvalue()


def _plain(image: Image.Image, written: str) -> Image.Image:
    """The pixels alone: copying them to a new picture leaves every note behind."""
    mode = "RGB" if written == "JPEG" else ("RGBA" if image.has_transparency_data else "RGB")
    pixels = image.convert(mode)
    plain = Image.new(mode, pixels.size)
    plain.paste(pixels)
    return plain


def _too_large(rules: FileRules) -> Exception:
    return refused(
        "too_many_pixels",
        _("图片尺寸过大:最多 %(limit)d 万像素。请缩小后重新上传。") % {"limit": rules.max_pixels // 10_000},
    )
