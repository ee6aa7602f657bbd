"""What may stand in the ledger (台账词汇): every event with the fields it may carry, and never an identity.

Each app lists its events in `events.py` as `EVENTS: tuple[EventKind, ...]` and registers them in its
AppConfig.ready() with `register(*EVENTS)`. Appending anything else is refused.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum, auto
from string import ascii_letters, digits

from django.utils.translation import gettext as _
from django_stubs_ext import StrPromise

MAX_PROSE = 2000
LARGEST_INTEGER = 9_999_999_999
EVENT_CODE = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+")
CODE_SHAPE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:/-]{0,63}")
DIGEST_SHAPE = re.compile(r"[0-9a-f]{64}")
# A mobile number, an identity number of 18 or 15 digits, an e-mail address; separators do not hide them. An
# address is looked for where a word begins only: from each of its letters, a long word would take the square
# of its length.
IDENTITY = re.compile(
    r"(?<!\d)(?:"
    r"(?:\+?86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}"
    r"|[1-9]\d{5}[ -]?(?:18|19|20)\d{2}[ -]?\d{4}[ -]?\d{3}[\dXx]"
    r"|[1-9]\d{14}"
    r")(?![\dXx])"
    r"|(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+\.[A-Za-z0-9.-]+"
)


# Full-width 0-9, A-Z, a-z and @ - . + stand at a fixed distance from the plain ones.
HALF_WIDTH = {ord(plain) + 0xFEE0: plain for plain in ascii_letters + digits + "@-.+_"}
BLANKED = "〔已隐去〕"


class LedgerRefused(Exception):
    """The ledger does not take this line; the message says which event and field, and the way out."""


class Kind(StrEnum):
    """What a field of a payload may hold."""

    BOOLEAN = auto()
    CODE = auto()
    CODES = auto()
    DATE = auto()
    DIGEST = auto()
    INTEGER = auto()
    INTEGERS = auto()
    MOMENT = auto()
    NUMBER = auto()
    PROSE = auto()


BOOLEAN, CODE, CODES, DATE = Kind.BOOLEAN, Kind.CODE, Kind.CODES, Kind.DATE
DIGEST = Kind.DIGEST
INTEGER, INTEGERS, MOMENT = Kind.INTEGER, Kind.INTEGERS, Kind.MOMENT
NUMBER, PROSE = Kind.NUMBER, Kind.PROSE


@dataclass(frozen=True)
class EventKind:
    """One word of the vocabulary (事件种类): its fields, and its text for staff and for the petitioner.

    `text_petitioner` is None where the petitioner is not shown the event. NUMBER is a document number such as
    青信告〔2026〕12号; PROSE is for reasons, written by staff.
    """

    code: str
    text_staff: str | StrPromise
    text_petitioner: str | StrPromise | None = None
    fields: Mapping[str, Kind] = field(default_factory=dict)


EVENTS: dict[str, EventKind] = {}


def register(*kinds: EventKind) -> None:
    """Add events to the vocabulary; the same event twice must mean the same."""
    for kind in kinds:
        if not EVENT_CODE.fullmatch(kind.code):
            raise LedgerRefused(f"{kind.code}: an event is named like 'demand.accepted'")
        if EVENTS.setdefault(kind.code, kind) != kind:
            raise LedgerRefused(f"{kind.code}: two apps give this event different meanings")


def payload_of(event: str, values: Mapping[str, object]) -> dict[str, object]:
    """Check a payload against the vocabulary and turn it into what JSON can hold; None fields are left out.

    Raises:
        LedgerRefused: the event or a field is unknown, a value has the wrong type or looks like an identity.
    """
    kind = EVENTS.get(event)
    if kind is None:
        raise LedgerRefused(
            _("台账没有“%(event)s”这一事件，请先在所属应用的 events.py 中登记。") % {"event": event}
        )
    payload: dict[str, object] = {}
    for name, value in values.items():
        expected = kind.fields.get(name)
        if expected is None:
            raise _refusal(event, name, _("该事件没有这一字段，请先在 events.py 中登记"))
        if value is not None:
            payload[name] = _plain(event, name, expected, value)
    return payload


def _plain(event: str, name: str, kind: Kind, value: object) -> object:
    match kind, value:
        case (Kind.BOOLEAN, bool()):
            return value
        case (Kind.INTEGER, int()) if _is_harmless(value):
            return int(value)
        case (Kind.INTEGERS, list() | tuple()) if all(_is_harmless(item) for item in value):
            return [int(item) for item in value]
        case (Kind.MOMENT, datetime()) if value.tzinfo is not None:
            return value.isoformat(timespec="seconds")
        case (Kind.DATE, date()) if not isinstance(value, datetime):
            return value.isoformat()
        case (Kind.DIGEST, str()) if DIGEST_SHAPE.fullmatch(value):
            # A digest says nothing about anybody, though its digits may look like a telephone number.
            return value
        case (Kind.CODE, str()):
            return _code(event, name, value)
        case (Kind.CODES, list() | tuple()) if all(isinstance(item, str) for item in value):
            return [_code(event, name, item) for item in value]
        case (Kind.NUMBER, str()) if len(value) <= 64:
            return _text(event, name, value)
        case (Kind.PROSE, str()) if len(value) <= MAX_PROSE:
            return _text(event, name, value)
    raise _refusal(event, name, _("内容与登记的类型“%(kind)s”不符") % {"kind": kind})


def _is_harmless(value: object) -> bool:
    """Take whole numbers that are too small to be a telephone or identity number."""
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) <= LARGEST_INTEGER


def _code(event: str, name: str, value: str) -> str:
    if not CODE_SHAPE.fullmatch(value):
        raise _refusal(event, name, _("代码只能由字母、数字和 _ . : / - 组成"))
    return _text(event, name, value)


def _text(event: str, name: str, value: str) -> str:
    if holds_identity(value):
        raise _refusal(event, name, _("台账不得记载身份信息，请删去其中的电话、身份证号或电子邮箱"))
    if any("\ud800" <= letter <= "\udfff" for letter in value):
        raise _refusal(event, name, _("含有无法保存的字符"))
    return str(value)


def _refusal(event: str, name: str, reason: str) -> LedgerRefused:
    return LedgerRefused(
        _("台账事件“%(event)s”的字段“%(field)s”：%(reason)s。")
        % {"event": event, "field": name, "reason": reason}
    )


def holds_identity(text: str) -> bool:
    """Say whether a text holds something shaped like a telephone number, identity number or e-mail."""
    return IDENTITY.search(_half_width(text)) is not None


def without_identity(text: str) -> str:
    """Blank out what is shaped like an identity, so that a petitioner's own words can stand as a reason."""
    hidden = IDENTITY.sub(BLANKED, _half_width(text))[:MAX_PROSE]
    # Cutting may leave the first eleven digits of a longer number, which look like a telephone again.
    return IDENTITY.sub(BLANKED, hidden)


def _half_width(text: str) -> str:
    """Write full-width digits, letters and the signs of an address in their plain form."""
    return text.translate(HALF_WIDTH)


def petitioner_events() -> Iterable[str]:
    """Name the events that a petitioner may see on the tracking page."""
    return [code for code, kind in EVENTS.items() if kind.text_petitioner is not None]
