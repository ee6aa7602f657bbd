"""Where the contents of attachments stand (附件存储): files under random names, outside the web root.

A file appears under its name only when it is complete and on the disk: written to a temporary name, synced,
renamed, the folder synced. What a crash leaves behind is a temporary or an unreferenced file; the sweep takes
both away.
"""

import errno
import os
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from django.utils.translation import gettext as _

from huiyin.records.documents.errors import StorageFailed, StorageFull

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_NAME = re.compile(r"[0-9a-f]{32}")
_INCOMING = "incoming"
_NEW_FILE = os.O_RDWR | os.O_CREAT | os.O_EXCL


class Draft:
    """A file being written (草稿文件); it is gone when its `with` block ends, unless it was kept."""

    def __init__(self, store: "AttachmentStore", path: Path, file: BinaryIO) -> None:
        self._store = store
        self._path = path
        self.file = file

    def write(self, data: bytes) -> None:
        """Write on (写入).

        Raises:
            StorageFull: there is no room left.
        """
        with _storage_errors():
            self.file.write(data)

    def keep(self) -> str:
        """Make the file durable under a new random name (落盘), and return that name."""
        name = secrets.token_hex(16)
        target = self._store.path_of(name)
        with _storage_errors():
            self.file.flush()
            os.fsync(self.file.fileno())
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._path.rename(target)
            for folder in (target.parent, target.parent.parent, self._store.root):
                _sync_folder(folder)
        return name

    def discard(self) -> None:
        """Close and take the temporary file away (丢弃); a kept file has left this name."""
        with suppress(OSError):
            self.file.close()
        with suppress(OSError):
            self._path.unlink(missing_ok=True)


@dataclass(frozen=True)
class AttachmentStore:
    """A folder that holds the attachments (附件库)."""

    root: Path

    @contextmanager
    def draft(self) -> Iterator[Draft]:
        """A new file to write into and to read back (新草稿)."""
        with _storage_errors():
            folder = self.root / _INCOMING
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            path = folder / secrets.token_hex(16)
            draft = Draft(self, path, os.fdopen(os.open(path, _NEW_FILE, 0o600), "w+b"))
        try:
            yield draft
        finally:
            draft.discard()

    def path_of(self, name: str) -> Path:
        """Where the file of that storage name stands (存储路径): ab/cd/abcd…

        Raises:
            ValueError: this is no storage name.
        """
        if not _NAME.fullmatch(name):
            raise ValueError(f"no storage name: {name!r}")
        return self.root / name[:2] / name[2:4] / name

    def open(self, name: str) -> BinaryIO:
        """Open a kept file for reading (打开)."""
        return self.path_of(name).open("rb")

    def delete(self, name: str) -> None:
        """Take a file away that no row names (删除)."""
        self.path_of(name).unlink(missing_ok=True)

    def names_before(self, moment: datetime) -> Iterator[str]:
        """The kept files written before a moment (早于某时的文件)."""
        for path in self.root.glob("[0-9a-f][0-9a-f]/[0-9a-f][0-9a-f]/*"):
            if _NAME.fullmatch(path.name) and path.stat().st_mtime < moment.timestamp():
                yield path.name

    def delete_drafts_before(self, moment: datetime) -> int:
        """Take away what interrupted uploads left behind (清理残留草稿), and count it."""
        old = [
            path for path in (self.root / _INCOMING).glob("*") if path.stat().st_mtime < moment.timestamp()
        ]
        for path in old:
            path.unlink(missing_ok=True)
        return len(old)


@contextmanager
def _storage_errors() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise StorageFull(
                _("服务器存储空间已满,文件没有保存。请稍后再试,或者将材料交到接待窗口。")
            ) from error
        raise StorageFailed(_("文件没有保存:存储设备出错。请稍后再试,或者将材料交到接待窗口。")) from error


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
