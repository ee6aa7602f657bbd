"""Refusals (不能办理的理由): a sentence with its article and the way out, for guards of the lifecycle."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from huiyin.law.citations import Citation, read_citation
from huiyin.law.reading import DATA, read_file


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a step is not allowed now (不能办理的理由), its article and the way out."""

    zh: str
    en: str
    citation: Citation
    way_out_zh: str
    way_out_en: str


class NotAllowed(ValueError):
    """A step that is not allowed (不能办理); carries the refusal."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(f"{refusal.en} {refusal.way_out_en}")
        self.refusal = refusal


@lru_cache(maxsize=1)
def guards() -> Mapping[str, Refusal]:
    """Return the refusal of each guard by its name (办理条件表)."""
    root = read_file(DATA / "guards.toml")
    found = {}
    for code in root.names():
        row = root.table(code)
        found[code] = Refusal(
            row.text("zh"),
            row.text("en"),
            read_citation(row.table("citation")),
            row.text("way_out_zh"),
            row.text("way_out_en"),
        )
        row.finish()
    return found


def guard_refusal(guard: str) -> Refusal:
    """Return the refusal for a guard that does not hold (条件不满足的理由).

    Raises:
        KeyError: there is no such guard.
    """
    return guards()[guard]
