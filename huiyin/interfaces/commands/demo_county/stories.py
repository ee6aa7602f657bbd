"""The stories of the demo county, read from `stories/*.toml` (演示故事).

A story is one believable matter with the answer it gets; the same story happens in several places, to
different people, with other dates and amounts. Slots in braces are filled from the place, from the day and
from the story's own `choices`.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "stories"
VILLAGE, URBAN, ANYWHERE = "village", "urban", "anywhere"


@dataclass(frozen=True)
class Ask:
    """One demand of a story and the answer it gets (诉求与答复)."""

    content_class: str
    branch: str
    asks: tuple[str, ...]
    unit: str = ""
    facts: str = ""
    opinion: str = ""
    basis: str = ""
    outcome: str = ""
    settled: str = ""


@dataclass(frozen=True)
class Story:
    """One story; `ending` names what becomes of it, `times` how often it happens."""

    id: str
    texts: tuple[str, ...]
    first: Ask
    second: Ask | None = None
    ending: str = "handled"
    times: int = 4
    places: str = ANYWHERE
    months: tuple[int, ...] = ()
    months_ago: int = 3
    offices: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    namings: tuple[str, ...] = ("named",)
    heads: int = 1
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    objection: Mapping[str, str] = field(default_factory=dict)
    dispute: Mapping[str, str] = field(default_factory=dict)
    supplement: str = ""
    visit: str = ""


def _texts(value: str | list[str]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def _ask(row: Mapping[str, Any]) -> Ask:
    return Ask(
        content_class=row["class"],
        branch=row["branch"],
        asks=_texts(row["ask"]),
        **{name: row.get(name, "") for name in ("unit", "facts", "opinion", "basis", "outcome", "settled")},
    )


def _story(row: Mapping[str, Any]) -> Story:
    lists: dict[str, Any] = {
        name: tuple(row[name]) for name in ("offices", "channels", "namings", "months") if name in row
    }
    plain = {
        name: row[name]
        for name in (
            "ending", "times", "places", "months_ago", "heads", "words", "objection", "dispute",
            "supplement", "visit",
        )
        if name in row
    }  # fmt: skip
    return Story(
        id=row["id"],
        texts=_texts(row["text"]),
        first=_ask(row),
        second=_ask(row["second"]) if "second" in row else None,
        choices={name: tuple(values) for name, values in row.get("choices", {}).items()},
        **lists,
        **plain,
    )


@lru_cache(maxsize=1)
def all_stories() -> tuple[Story, ...]:
    """Every story, in the order of the files and of their lines."""
    return tuple(
        _story(row)
        for path in sorted(FOLDER.glob("*.toml"))
        for row in tomllib.loads(path.read_text(encoding="utf-8"))["story"]
    )
