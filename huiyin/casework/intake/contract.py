"""The shape of a channel (渠道): what differs between a visit, a call, a letter and a post, as data.

A new channel is one folder in `channels/` with a `channel.py` that makes one `Channel`, plus one line in
`channels/__init__.py`. Registration itself is the same for all (`intake.services.submission_register`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from django_stubs_ext import StrPromise


class EvidenceKind(StrEnum):
    """How a piece of evidence is typed in, and checked."""

    TEXT = "text"
    DATE = "date"
    TIME = "time"
    NUMBER = "number"
    CHOICE = "choice"


@dataclass(frozen=True, kw_only=True)
class EvidenceField:
    """One thing a channel records about how the petition came in (来件凭据)."""

    name: str
    label: StrPromise
    kind: EvidenceKind = EvidenceKind.TEXT
    help: StrPromise | str = ""
    is_required: bool = False
    max_length: int = 100
    choices: tuple[tuple[str, StrPromise], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Channel:
    """A way in (渠道).

    `form` is the official word for it (信访形式); `is_for_staff` puts it on the desk;
    `limits_representatives` applies the cap on representatives (《信访工作条例》第二十条, visits only).
    """

    code: str
    name: StrPromise
    form: StrPromise
    icon: str
    hint: StrPromise | str = ""
    evidence: tuple[EvidenceField, ...] = ()
    is_for_staff: bool = True
    is_for_citizens: bool = False
    limits_representatives: bool = False
    has_superior_number: bool = False


@dataclass(frozen=True, kw_only=True)
class DemandDraft:
    """One demand as it comes in (诉求); branch and class may still be empty."""

    statement: str
    content_class: str = ""
    purpose: str = ""
    branch: str = ""
    accused_agency_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody who takes part beside the first petitioner: co-signer, representative or agent."""

    capacity: str
    name: str
    phone: str = ""
    id_number: str = ""
    address: str = ""
    has_power_of_attorney: bool = False


@dataclass(frozen=True, kw_only=True)
class Intake:
    """Everything a registration needs (登记内容), whatever the channel."""

    channel: str
    office_id: int
    text: str
    demands: tuple[DemandDraft, ...]
    received_on: date | None = None
    title: str = ""
    naming: str = "named"
    name: str = ""
    phone: str = ""
    id_number: str = ""
    address: str = ""
    email: str = ""
    others: tuple[Person, ...] = ()
    head_count: int = 1
    region_code: str = ""
    place: str = ""
    superior_number: str = ""
    evidence: Mapping[str, str] = field(default_factory=dict)
    token: str = ""
