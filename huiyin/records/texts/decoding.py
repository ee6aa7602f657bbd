"""Bytes of unknown origin read as text (编码识别): what Chinese offices save as .csv and .txt."""

import codecs
from dataclasses import dataclass, replace

from charset_normalizer import from_bytes

from huiyin.records.texts.dictionary import dictionary

from .normalising import simplified

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # begins with the mark of UTF-16, so it is asked first
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 20_000
_FEW = 0.01


@dataclass(frozen=True)
class Decoded:
    """A text read from bytes (解码结果) with its encoding.

    `had_errors`: some bytes were unreadable, or the encoding could only be guessed; a person should look.
    """

    text: str
    encoding: str
    had_errors: bool


def decode(data: bytes) -> Decoded:
    """Read bytes as text (解码): by byte order mark, as UTF-8, UTF-16, GB18030 or Big5, else by statistics.

    GB18030 and Big5 accept each other's bytes; the reading that falls into more Chinese words is taken.
    Unreadable bytes become U+FFFD and are reported, never dropped.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _read(data, encoding)
    wide = _wide_encoding(data)
    if wide:
        return _read(data, wide)
    exact = [reading for reading in map(_strictly, [data] * 3, ("utf-8", "gb18030", "big5")) if reading]
    if exact:
        return exact[0] if exact[0].encoding == "utf-8" else max(exact, key=_sense)
    nearest = min((_read(data, name) for name in ("utf-8", "gb18030", "big5")), key=_unreadable)
    if _unreadable(nearest) <= _FEW * max(1, len(nearest.text)):
        return nearest
    guess = from_bytes(data[:_SAMPLE]).best()
    return replace(_read(data, guess.encoding), had_errors=True) if guess else nearest


def _read(data: bytes, encoding: str) -> Decoded:
    text = data.decode(encoding, "replace")
    # U+FFFD may have been in the file already; only a failing strict reading tells.
    return Decoded(text, encoding, had_errors="\ufffd" in text and _strictly(data, encoding) is None)


def _strictly(data: bytes, encoding: str) -> Decoded | None:
    try:
        return Decoded(data.decode(encoding), encoding, had_errors=False)
    except UnicodeDecodeError:
        return None


def _wide_encoding(data: bytes) -> str:
    """UTF-16 without a mark shows by the zero bytes of its line feeds, digits and commas."""
    sample = data[:_SAMPLE]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if max(even, odd) < 2 or len(data) % 2:
        return ""
    encoding = "utf-16-le" if odd > even else "utf-16-be"
    return encoding if min(even, odd) * 2 < max(even, odd) and _strictly(data, encoding) else ""


def _sense(reading: Decoded) -> float:
    """Average length of the words: text in the wrong encoding falls into single characters."""
    sample = simplified(reading.text[:_SAMPLE])
    return len(sample) / max(1, len(dictionary().cut(sample, False)))


def _unreadable(reading: Decoded) -> int:
    return reading.text.count("\ufffd")
