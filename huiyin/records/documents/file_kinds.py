"""The kinds of files a dossier takes (附件类型), read from `reference/file_kinds.toml`."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

MIB = 2**20


@dataclass(frozen=True)
class FileKind:
    """One kind of file with its limit and the examination that opens it (附件类型)."""

    code: str
    name: str
    extensions: tuple[str, ...]
    media_type: str
    check: str
    max_mib: int
    starts: str = ""

    @property
    def max_bytes(self) -> int:
        return self.max_mib * MIB

    def may_start(self, head: bytes) -> bool:
        """Whether a file of this kind may begin with these bytes (文件头); never true of texts."""
        return bool(self.starts and re.match(self.starts.encode("latin-1"), head, re.DOTALL))


@dataclass(frozen=True)
class ArchiveLimits:
    """How much may be packed into an Office file (压缩包上限)."""

    max_entries: int
    max_unpacked_mib: int
    max_ratio: int
    max_depth: int

    @property
    def max_unpacked(self) -> int:
        return self.max_unpacked_mib * MIB


@dataclass(frozen=True)
class FileRules:
    """All that is allowed (附件规则)."""

    kinds: tuple[FileKind, ...]
    archive: ArchiveLimits
    max_pixels: int

    @property
    def max_bytes(self) -> int:
        return max(kind.max_bytes for kind in self.kinds)

    @property
    def extensions(self) -> tuple[str, ...]:
        """Every allowed extension, for the file field of a form and for sentences."""
        return tuple(extension for kind in self.kinds for extension in kind.extensions)

    def by_code(self, code: str) -> FileKind:
        return next(kind for kind in self.kinds if kind.code == code)


@cache
def file_rules() -> FileRules:
    """The rules shipped with this version (附件规则)."""
    data = tomllib.loads(files(__package__).joinpath("reference/file_kinds.toml").read_text("utf-8"))
    kinds = tuple(FileKind(**{**row, "extensions": tuple(row["extensions"])}) for row in data["kinds"])
    limits = ArchiveLimits(**data["archive"])
    return FileRules(kinds=kinds, archive=limits, max_pixels=data["image"]["max_megapixels"] * 1_000_000)
