"""Invented matters in every stage (造数), as rows of all tables they touch, with true chains and ciphers.

A matter's ids follow from its number, so that several processes can write at once; the same number gives
the same matter.
"""

import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from benchmarks import words
from benchmarks.county import Cast
from huiyin.casework.cases.clocks import clock_start
from huiyin.casework.cases.models import Demand
from huiyin.law import lifecycle
from huiyin.law.calendar import local_date
from huiyin.law.lifecycle import Step
from huiyin.records.ledger.chain import ENCODE, ZERO, body_text, moment_text, sm3
from huiyin.records.texts.words import index_text
from huiyin.records.vault.details import IdentityDetails
from huiyin.records.vault.provider import provider
from huiyin.records.vault.sealing import FIELDS, sealed

COLUMNS: dict[str, str] = {
    "vault_identity": "id name_cipher phone_cipher id_number_cipher address_cipher email_cipher name_index"
    " phone_index id_number_index key_id index_key_id created_at",
    "cases_case": "id office_id year title channel received_at registered_at registered_by_id naming"
    " identity_id head_count region_code place superior_number code_version",
    "cases_submission": "id case_id channel received_at recorded_at recorded_by_id is_supplement text words"
    " evidence token",
    "cases_demand": "id case_id position statement content_class purpose branch profile stage version"
    " office_id holder_id lead_id handler_id is_open is_assigned is_sealed accused_agency_id due_on due_rule"
    " outcome settled received_at last_event_at closed_at",
    "cases_involvement": "id demand_id case_id agency_id role since",
    "cases_clock": "id demand_id agency_id rule rule_version profile started_at own_limit_on raw_end due_on"
    " due_at extended_days paused_days is_provisional stopped_at",
    "routing_referral": "id demand_id kind role state sender_id receiver_id requirement limit_on"
    " is_designated document_id sent_by_id sent_at answered_by_id answered_at",
    "ledger_entry": "id matter_id sequence at actor agency_id event payload previous hash",
    "ledger_chainhead": "matter_id sequence hash sealed_sequence",
}
# Most matters of a county are closed; what is open is young.
STAGES: tuple[tuple[str, int, int], ...] = (
    ("registered", 12, 12),
    ("awaiting_receipt", 8, 12),
    ("accepted", 20, 75),
    ("closed", 60, 1100),
)
CHANNELS = ("visit", "visit", "call", "call", "web", "web", "web", "letter", "email")
DEMANDS, CLOCKS, LINES = 2, 8, 16
SHANGHAI = ZoneInfo("Asia/Shanghai")
Rows = dict[str, list[tuple[Any, ...]]]


@dataclass(frozen=True)
class Text:
    """What somebody wrote."""

    content_class: str
    place: tuple[str, str]
    text: str
    demands: tuple[str, ...]


def text_of(number: int, cast: Cast) -> Text:
    """The petition with this number."""
    dice = random.Random(number * 2654435761 % 2**32)
    content_class, openings, middles, wishes = dice.choice(words.MATTERS)
    region = dice.choice(cast.regions)

    def filled(text: str) -> str:
        return text.format(
            place=region[1],
            road=dice.choice(words.ROADS),
            estate=dice.choice(words.ESTATES),
            firm=dice.choice(words.FIRMS),
            month=dice.choice(words.MONTHS),
            year=dice.randint(2019, 2026),
            n=dice.randint(2, 180),
        )

    def detail() -> str:
        return dice.choice(words.DETAILS) + dice.choice(words.TROUBLES)

    told = [dice.choice(openings), *dice.sample(middles, dice.randint(1, 2))]
    told += [f"{dice.choice(words.FIRMS)}的{detail()}" for _time in range(dice.randint(0, 2))]
    told += dice.sample(words.CLOSINGS, dice.randint(0, 2))
    demands = tuple(dice.sample(wishes, 2 if dice.random() < 0.2 else 1))
    return Text(content_class, region, "。".join(map(filled, told)) + "。", demands)


@lru_cache(maxsize=20_000)
def due_of(rule: str, profile: str, day: date) -> tuple[str, date, date]:
    """Version, raw end and due date of a clock that starts on this day."""
    noon = datetime.combine(day, time(12), tzinfo=SHANGHAI)
    clock = clock_start(demand=Demand(profile=profile), rule_id=rule, agency_id=1, at=noon)
    return clock.rule_version, clock.raw_end, clock.due_on


@lru_cache(maxsize=500)
def starts_of(step: Step, profile: str, sender: str) -> tuple[str, ...]:
    """The clocks a step starts."""
    kind = "direct" if step is Step.REGISTER else "forward"
    return lifecycle.clocks_for(step, profile=profile, branch="petition", kind=kind, sender=sender)[0]


class Matter:
    """One matter on its way into the tables."""

    def __init__(self, number: int, cast: Cast, now: datetime, rows: Rows) -> None:
        self.number, self.cast, self.rows = number, cast, rows
        self.dice = random.Random(number)
        self.stage, _weight, oldest = self.dice.choices(STAGES, [weight for _stage, weight, _age in STAGES])[
            0
        ]
        days = self.dice.randint(0 if self.is_open else 60, oldest)
        self.at = now - timedelta(days=days + 1, seconds=self.dice.randint(0, 80_000))
        self.office = cast.office_id if self.dice.random() < 0.8 else self.dice.choice(cast.townships)
        self.text = text_of(number, cast)
        self.previous, self.sequence, self.clocks = ZERO, 0, 0

    @property
    def is_open(self) -> bool:
        return self.stage != "closed"

    def write(self) -> None:
        """Add the rows of every table."""
        identity = self._identity()
        region, place = self.text.place
        clerk = self.cast.officers[self.office]
        channel = self.dice.choice(CHANNELS)
        naming = "named" if identity else "anonymous"
        statement = self.text.demands[0]
        self.rows["cases_case"].append(
            (
                self.number,
                self.office,
                self.at.year,
                statement[:120],
                channel,
                self.at,
                self.at,
                clerk,
                naming,
                identity,
                1,
                region,
                place,
                "",
                1,
            )
        )
        tokens = index_text(self.text.text, statement, place, *self.text.demands)
        self.rows["cases_submission"].append(
            (
                self.number,
                self.number,
                channel,
                self.at,
                self.at,
                clerk,
                False,
                self.text.text,
                tokens,
                "{}",
                f"bench-{self.number}",
            )
        )
        digest = sm3(self.text.text.encode()).hex()
        registered: dict[str, object] = {
            "channel": channel,
            "demands": len(self.text.demands),
            "head_count": 1,
        }
        registered |= {"head_count": 1, "agency": self.office, "naming": naming, "text_digest": digest}
        self._line(
            self.at, self.office, "case.registered", {**registered, "received_on": str(self.at.date())}
        )
        for position, wish in enumerate(self.text.demands, start=1):
            self._demand(position, wish)
        self.rows["ledger_chainhead"].append((self.number, self.sequence, self.previous, 0))

    def _identity(self) -> UUID | None:
        if self.dice.random() < 0.3:
            return None
        name = self.dice.choice(words.SURNAMES) + "".join(self.dice.sample(words.GIVEN, 2))
        details = IdentityDetails(name=name, phone=f"139{self.dice.randint(0, 99_999_999):08}")
        row = sealed(details, provider=provider(), identity_id=UUID(int=self.dice.getrandbits(128)))
        ciphers = tuple(getattr(row, f"{field}_cipher") for field in FIELDS)
        self.rows["vault_identity"].append(
            (
                row.id,
                *ciphers,
                row.name_index,
                row.phone_index,
                row.id_number_index,
                row.key_id,
                row.index_key_id,
                self.at,
            )
        )
        return row.id

    def _line(self, at: datetime, agency: int, event: str, payload: dict[str, object]) -> None:
        """Chain one more line onto the ledger."""
        self.sequence += 1
        actor, text = f"user:{self.cast.officers[agency]}", ENCODE(payload)
        body = body_text(self.number, self.sequence, moment_text(at), actor, agency, event, text)
        digest = sm3(self.previous + sm3(body.encode()))
        self.rows["ledger_entry"].append(
            (
                self.number * LINES + self.sequence,
                self.number,
                self.sequence,
                at,
                actor,
                agency,
                event,
                text,
                self.previous,
                digest,
            )
        )
        self.previous = digest

    def _demand(self, position: int, wish: str) -> None:
        """One demand up to its stage, with clocks, referral and lines."""
        key = self.number * DEMANDS + position - 1
        demand: dict[str, object] = {"demand": key}
        sender = self.cast.profiles[self.office]
        moment, holder, unit = self.at, self.office, None
        is_sent = self.stage != "registered"
        sent = self.at + timedelta(hours=self.dice.randint(1, 22))
        taken = sent + timedelta(days=self.dice.randint(0, 3)) if self.stage != "awaiting_receipt" else None
        done = taken + timedelta(days=self.dice.randint(5, 55)) if taken and not self.is_open else None
        due = self._clocks(key, Step.REGISTER, self.office, self.at, sent if is_sent else None, sender)
        if is_sent:
            unit = self.dice.choice([one for one in self.cast.units if one != self.office])
            holder, moment = unit, taken or sent
            due = self._clocks(key, Step.FORWARD, unit, sent, taken, sender)
            self._line(sent, self.office, "demand.sorted", self._sorting(key))
            lines = {**demand, "sender": self.office, "receiver": unit}
            self._line(sent, self.office, "demand.forwarded", lines)
            self._referral(key, unit, sent, taken)
            self._involve(key, self.number, unit, "lead", sent)
        if unit and taken:
            due = self._clocks(key, Step.ACCEPT, unit, taken, done, sender)
            self._line(taken, unit, "demand.accepted", {**demand, "agency": unit, "branch": "petition"})
        if unit and done:
            due, moment = (None, ""), done
            self._line(done, unit, "demand.closed", {**demand, "settled": "yes", "outcome": "supported"})
        self._involve(key, self.number, self.office, "office", self.at)
        steps = {"registered": 1, "awaiting_receipt": 3, "accepted": 4, "closed": 5}[self.stage]
        self.rows["cases_demand"].append(
            (
                key,
                self.number,
                position,
                wish,
                self.text.content_class if is_sent else "",
                "",
                "petition" if is_sent else "",
                sender,
                self.stage,
                steps,
                self.office,
                holder,
                unit,
                None,
                self.is_open,
                False,
                False,
                None,
                *due,
                "supported" if done else "",
                "yes" if done else "",
                self.at,
                moment,
                done,
            )
        )

    def _sorting(self, key: int) -> dict[str, object]:
        return {"demand": key, "branch": "petition", "content_class": self.text.content_class}

    def _involve(self, key: int, case: int, agency: int, role: str, at: datetime) -> None:
        place = key * 2 + (role == "lead")
        self.rows["cases_involvement"].append((place, key, case, agency, role, at))

    def _referral(self, key: int, unit: int, sent: datetime, taken: datetime | None) -> None:
        state = "accepted" if taken else "awaiting"
        answered = self.cast.officers[unit] if taken else None
        self.rows["routing_referral"].append(
            (
                key,
                key,
                "forward",
                "lead",
                state,
                self.office,
                unit,
                "请依法处理",
                None,
                False,
                None,
                self.cast.officers[self.office],
                sent,
                answered,
                taken,
            )
        )

    def _clocks(
        self, key: int, step: Step, agency: int, at: datetime, stopped: datetime | None, sender: str
    ) -> tuple[date | None, str]:
        """Add the clocks a step starts; return the nearest due date with its rule."""
        found: tuple[date | None, str] = (None, "")
        for rule in starts_of(step, self.cast.profiles[agency], sender):
            version, raw_end, due_on = due_of(rule, sender, local_date(at))
            place = self.number * CLOCKS * DEMANDS + self.clocks
            self.clocks += 1
            self.rows["cases_clock"].append(
                (
                    place,
                    key,
                    agency,
                    rule,
                    version,
                    sender,
                    at,
                    None,
                    raw_end,
                    due_on,
                    None,
                    0,
                    0,
                    False,
                    stopped,
                )
            )
            found = min(found, (due_on, rule)) if found[0] else (due_on, rule)
        return found


def rows_of(numbers: range, cast: Cast, now: datetime) -> Rows:
    """The rows of these matters by table."""
    rows: Rows = defaultdict(list)
    for number in numbers:
        Matter(number, cast, now, rows).write()
    return rows


def batches(first: int, last: int, size: int) -> Iterator[range]:
    """The numbers from first to last in portions."""
    for start in range(first, last + 1, size):
        yield range(start, min(start + size, last + 1))
