"""File names that are safe to keep, show and download (文件名)."""

import re
import unicodedata
from pathlib import PurePosixPath

from huiyin.records.texts import clean

LONGEST = 120
_FORBIDDEN = re.compile(r'[<>:"|?*\\/\n\t]')
_DEVICE = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)


def extension_of(name: str) -> str:
    """The extension of a name in lower case, with its dot (扩展名)."""
    return PurePosixPath(name).suffix.lower()


def safe_name(name: str, *, extensions: tuple[str, ...] = ()) -> str:
    """The name without folders, control and direction marks, shortened (清理文件名).

    With `extensions`, the first of them is put on if the name does not end in one of them: the content has
    decided what the file is, and a name that says otherwise would mislead whoever opens it.
    """
    last = re.split(r"[\\/]", clean(name).text.replace("\n", " "))[-1]
    plain = _FORBIDDEN.sub("_", unicodedata.normalize("NFC", last)).strip(" .")
    extension = extension_of(plain)
    stem = plain[: len(plain) - len(extension)].rstrip(" .")
    if extensions and extension not in extensions:
        extension = extensions[0]
    if not stem or _DEVICE.match(stem):
        stem = f"附件{stem}"
    return stem[: LONGEST - len(extension)] + extension[:LONGEST]
