"""The shape of a chapter of the demo county and of a person who can log in (演示章节)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

Progress = Callable[[int, int], None]
"""Told how many of how many things are written."""


@dataclass(frozen=True)
class Chapter:
    """A part of the demo county; `is_written` makes a second start quick and an interrupted one resumable."""

    title: str
    is_written: Callable[[], bool]
    write: Callable[[datetime, Progress], None]


@dataclass(frozen=True)
class LogIn:
    """A person of the demo county who can log in to the desk (演示账号)."""

    username: str
    password: str
    person: str
    duty: str
