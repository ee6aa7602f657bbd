"""Word and Excel files (办公文档): opened as the archives they are, with limits, without macros."""

import zipfile
import zlib
from typing import IO, BinaryIO

from django.utils.translation import gettext as _

from huiyin.records.documents.errors import AttachmentRefused
from huiyin.records.documents.file_kinds import ArchiveLimits, FileKind, FileRules
from huiyin.records.documents.problems import damaged, refused

MAIN_PARTS = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}
_CONTENT_TYPES = "[Content_Types].xml"
_CHUNK = 2**16
# Below this, a high ratio is only a short file of blanks.
_SMALL = 2**20
_ARCHIVES = (b"PK\x03\x04", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")
_PROGRAMS = (b"MZ", b"\x7fELF", b"\xd0\xcf\x11\xe0")
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError)


def office_kind(file: BinaryIO) -> str:
    """The code of the Office kind whose main part the archive holds (文档类型), or nothing."""
    try:
        with zipfile.ZipFile(file) as archive:
            names = set(archive.namelist())
    except _DAMAGE:
        return ""
    found = [code for code, part in MAIN_PARTS.items() if {part, _CONTENT_TYPES} <= names]
    return found[0] if len(found) == 1 else ""


def check_office_file(file: BinaryIO, kind: FileKind, rules: FileRules) -> None:
    """Unpack the whole file, counting and keeping nothing (检查办公文档).

    Raises:
        AttachmentRefused: a macro, a program, a nested archive, a bomb, a password, or simply damaged.
    """
    limits = rules.archive
    _Unpacking(kind, limits, room=limits.max_unpacked).check(file, limits.max_depth)


class _Unpacking:
    """The examination of one file: how much more it may hold before it is a bomb (解包检查)."""

    def __init__(self, kind: FileKind, limits: ArchiveLimits, room: int) -> None:
        self._kind = kind
        self._limits = limits
        self._room = room

    def check(self, file: IO[bytes], depth: int) -> None:
        size = file.seek(0, 2)
        file.seek(0)
        start = self._room
        try:
            with zipfile.ZipFile(file) as archive:
                self._check_list(archive.infolist())
                for entry in archive.infolist():
                    self._check_entry(archive, entry, depth)
                    if start - self._room > max(_SMALL, size * self._limits.max_ratio):
                        raise _bomb()
        except _DAMAGE:
            raise damaged(self._kind.name) from None

    def _check_list(self, entries: list[zipfile.ZipInfo]) -> None:
        names = [entry.filename for entry in entries]
        if len(entries) > self._limits.max_entries or sum(entry.file_size for entry in entries) > self._room:
            raise _bomb()
        if len(set(names)) < len(names) or any(_leads_out(name) for name in names):
            raise damaged(self._kind.name)
        if any(entry.flag_bits & 1 for entry in entries):
            raise _locked()
        if any("vbaproject" in name.lower() or "activex" in name.lower() for name in names):
            raise _macro()

    def _check_entry(self, archive: zipfile.ZipFile, entry: zipfile.ZipInfo, depth: int) -> None:
        """Unpack one entry, trusting no size it claims."""
        head = b""
        with archive.open(entry) as content:
            while chunk := content.read(_CHUNK):
                head = head or chunk
                self._room -= len(chunk)
                if self._room < 0:
                    raise _bomb()
        if entry.filename == _CONTENT_TYPES and b"macroenabled" in head.lower():
            raise _macro()
        if head.startswith(_PROGRAMS):
            raise refused(
                "program_inside", _("文档里嵌有程序或者旧版对象,不能上传。请删去后另存,或者另存为PDF。")
            )
        if head.startswith(_ARCHIVES):
            # A chart carries its figures as a small workbook; any other archive inside is refused.
            if depth < 1 or "/embeddings/" not in entry.filename or not entry.filename.endswith(".xlsx"):
                raise refused("archive_inside", _("文档里嵌有压缩包,不能上传。请把其中的文件取出,分别上传。"))
            with archive.open(entry) as content:
                self.check(content, depth - 1)


def _leads_out(name: str) -> bool:
    return name.startswith("/") or "\\" in name or ".." in name.split("/") or "\0" in name


def _bomb() -> AttachmentRefused:
    return refused("archive_bomb", _("文档解压后的内容过大,不能上传。请精简后另存,或者另存为PDF。"))


def _locked() -> AttachmentRefused:
    return refused("locked", _("文档设有密码,无法检查,不能上传。请去掉密码后重新上传。"))


def _macro() -> AttachmentRefused:
    return refused("macro", _("文档含有宏,可能带有病毒,不能上传。请另存为不含宏的文档或者PDF。"))
