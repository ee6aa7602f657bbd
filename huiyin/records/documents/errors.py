"""Why the dossier refuses something, as sentences (案卷的拒绝)."""

from collections.abc import Sequence


class AttachmentRefused(Exception):
    """A file cannot be taken; the message says which file, why, and the way out. `code` is for programs."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


class StorageFailed(Exception):
    """The file could not be written durably; nothing of it was kept."""


class StorageFull(StorageFailed):
    """There is no room left for the file; nothing of it was kept."""


class DocumentIncomplete(Exception):
    """A document lacks compulsory contents; `missing` maps each field to the sentence that asks for it."""

    def __init__(self, missing: dict[str, str]) -> None:
        super().__init__("\n".join(missing.values()))
        self.missing = missing
        self.problems: Sequence[str] = tuple(missing.values())


class RangeNotSatisfiable(Exception):
    """The part of a file that was asked for does not exist; `size` is the size of the whole."""

    def __init__(self, size: int) -> None:
        super().__init__(f"the file has {size} bytes")
        self.size = size
