"""The demo county 青禾县, entirely made up: chapters that are written one after the other (演示县).

A chapter is one module here and one line in CHAPTERS; people who can log in stand in LOG_INS.
"""

from huiyin.interfaces.commands.demo_county.contract import Chapter, LogIn
from huiyin.interfaces.commands.demo_county.people import LOG_INS, accounts_are_written, accounts_write
from huiyin.interfaces.commands.demo_county.writing import matters_are_written, matters_write, samples

CHAPTERS: tuple[Chapter, ...] = (
    Chapter("demo county: accounts", accounts_are_written, accounts_write),
    Chapter("demo county: a year and a half of matters", matters_are_written, matters_write),
)

__all__ = ["CHAPTERS", "LOG_INS", "Chapter", "LogIn", "samples"]
