"""What columns of other systems mean (列名对照), and dates as people write them."""

import re
import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

from django.utils.translation import gettext as _

_FILE = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))


def _by_word(table: Mapping[str, Sequence[str]]) -> dict[str, str]:
    return {_plain(word): code for code, words in table.items() for word in (code, *words)}


def _plain(word: str) -> str:
    return unicodedata.normalize("NFKC", word).strip().strip("*：: ").casefold()


_COLUMNS = _by_word(_FILE["fields"])
_FORMS = _by_word(_FILE["forms"])
_NAMINGS = _by_word(_FILE["namings"])
FIELDS = tuple(name for name in _FILE["fields"] if name != "reason")
_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?!\d)\s*日?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:\d{2}){0,3}")
_SERIAL = re.compile(r"(\d{5})(?:\.\d+)?")
_NUMERAL = "〇零○一二三四五六七八九"
_CHINESE_DAY = re.compile(
    rf"([{_NUMERAL}]{{4}})年([一二三四五六七八九十]{{1,3}})月([一二三四五六七八九十]{{1,3}})[日号]?"
)
_DIGITS = {sign: max(0, place - 2) for place, sign in enumerate(_NUMERAL)}


def field_of(column: str) -> str:
    """What a column means by its name; empty when it is not known."""
    return _COLUMNS.get(_plain(column), "")


def channel_of(form: str) -> str:
    """The channel a form of petition (信访形式) names; empty when it is not known."""
    return _FORMS.get(_plain(form), "")


def naming_of(said: str) -> str:
    """How the petitioner wants to be named (署名方式); empty when it is not known."""
    return _NAMINGS.get(_plain(said), "")


def columns_of(heading: Sequence[str], chosen: Mapping[str, str]) -> dict[str, int]:
    """Field → place of its column: what was chosen first, then the known names, the first of each."""
    places: dict[str, int] = {}
    for field, column in chosen.items():
        if column:
            places[field] = heading.index(column)
    for place, column in enumerate(heading):
        field = field_of(column)
        if field and field not in places and field not in chosen and place not in places.values():
            places[field] = place
    return places


def day_of(text: str) -> date | None:
    """The day a cell names, in any usual way; None when it names none (日期识别)."""
    plain = unicodedata.normalize("NFKC", text).strip()
    found = _DAY.match(plain) or _COMPACT.fullmatch(plain)
    try:
        if found:
            return date(int(found[1]), int(found[2]), int(found[3]))
        if serial := _SERIAL.fullmatch(plain):
            # What spreadsheets count from 1900, with the leap day that year did not have.
            return date(1899, 12, 30) + timedelta(days=int(serial[1]))
        if said := _CHINESE_DAY.match(plain):
            year = int("".join(str(_DIGITS[sign]) for sign in said[1]))
            return date(year, _chinese_number(said[2]), _chinese_number(said[3]))
        return datetime.fromisoformat(plain).date()
    except ValueError:
        return None


def _chinese_number(text: str) -> int:
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return _DIGITS[text] if len(text) == 1 else 0
    return 10 * (_DIGITS.get(tens, 0) if tens else 1) + (_DIGITS[ones] if ones else 0)


def date_problem(text: str, day: date | None) -> str:
    """Why a date cannot stand, in a sentence; empty when it can."""
    if day is None:
        return _("看不懂时间“%(text)s”：请按“年-月-日”填写，如 2026-03-01。") % {"text": text[:30]}
    return ""
