"""What a verification found (核验结果): figures and the first thing that is wrong. Pure, no language."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum, auto


class Fault(StrEnum):
    """The ways in which a ledger or a proof can be wrong."""

    ENTRY_CHANGED = auto()
    ENTRY_MISSING = auto()
    ENTRY_EXTRA = auto()
    LINK_BROKEN = auto()
    TAIL_MISSING = auto()
    HEAD_WRONG = auto()
    HEAD_MISSING = auto()
    LEAF_WRONG = auto()
    LEAF_MISSING = auto()
    SEAL_WRONG = auto()
    SEAL_LINK_BROKEN = auto()
    FILE_UNREADABLE = auto()
    FILE_INCOMPLETE = auto()
    TRIGGERS_MISSING = auto()
    PROOF_UNREADABLE = auto()
    PROOF_ENTRY_WRONG = auto()
    PROOF_PATH_WRONG = auto()
    PROOF_ROOT_UNKNOWN = auto()


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong, and where; `line` counts the lines of a file, from one."""

    fault: Fault
    matter_id: int | None = None
    sequence: int | None = None
    day: date | None = None
    line: int | None = None
    detail: str = ""


@dataclass(frozen=True)
class Report:
    """What was checked and what was found; no finding means all is as it was written."""

    entries: int = 0
    matters: int = 0
    seals: int = 0
    last_day: date | None = None
    last_root: bytes = b""
    finding: Finding | None = None
    proven: dict[str, object] = field(default_factory=dict)

    @property
    def is_valid(self) -> bool:
        """True when nothing is wrong."""
        return self.finding is None


class Broken(Exception):
    """Carries the first finding out of the loops."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.fault)
        self.finding = finding
