"""The demo county 青禾县, entirely made up: chapters that are written one after the other (演示县).

A chapter is one module here and one line in CHAPTERS; people who can log in stand in LOG_INS.
"""

from huiyin.interfaces.commands.demo_county.contract import Chapter, LogIn

CHAPTERS: tuple[Chapter, ...] = ()

LOG_INS: tuple[LogIn, ...] = ()
