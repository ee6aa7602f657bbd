"""Writing the ledger (台账): append lines to a matter's chain, seal a day. Nothing else ever writes it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import F, OuterRef, Subquery
from django.utils.translation import gettext as _

from huiyin.records.accounts.models import User
from huiyin.records.ledger.chain import ENCODE, ZERO, DayTree, Head, body_text, link_leaf, moment_text, sm3
from huiyin.records.ledger.models import ChainHead, Entry, Seal, SealLeaf
from huiyin.records.ledger.vocabulary import LedgerRefused, payload_of

ACTOR = re.compile(r"system|petitioner|user:[1-9][0-9]{0,18}")
BATCH = 500


class LedgerOutsideTransaction(Exception):
    """A ledger line must be written in the transaction of the change it tells of."""


class ChainMissing(Exception):
    """The matter has no chain yet, or it has one already where a new one was to begin."""


class ChainMoved(Exception):
    """Somebody else wrote to the matter since its head was read; nothing of this change is written."""


@dataclass(frozen=True)
class Line:
    """One event to be written (台账内容): its code and its fields, as listed in the vocabulary."""

    event: str
    payload: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Opening:
    """The first lines of a new matter, for writing many matters at once."""

    matter_id: int
    events: Sequence[Line]
    at: datetime
    actor: str
    agency_id: int | None = None


def actor_of(by: User | None, *, otherwise: str = "petitioner") -> str:
    """Name who acts as the ledger writes it: an account by its number, never by name."""
    return f"user:{by.pk}" if by is not None else otherwise


def ledger_append(
    *,
    matter_id: int,
    events: Sequence[Line],
    at: datetime,
    actor: str,
    agency_id: int | None = None,
    is_new: bool = False,
    head: Head | None = None,
) -> tuple[Entry, ...]:
    """Append lines to the chain of a matter (记入台账): one statement for a new matter, two otherwise.

    Whoever writes to the same matter waits at its head; the head follows by a trigger of the database. A
    caller who has read the head already passes it, which saves a statement, and nobody waits: of two who
    read the same head the second is refused.

    Raises:
        LedgerOutsideTransaction: there is no transaction around the change.
        LedgerRefused: a line is not in the vocabulary or could hold an identity.
        ChainMissing: the matter has no chain and `is_new` was not said.
        ChainMoved: the chain has grown beyond `head`; the transaction has to be given up.
    """
    opening = Opening(matter_id, events, at, actor, agency_id)
    if is_new:
        return ledger_open(openings=[opening])
    _require_transaction()
    lines = _checked(opening)
    last = head or _locked_head(matter_id)
    try:
        return tuple(
            Entry.objects.bulk_create(_entries(opening, lines, last.sequence, last.hash), batch_size=BATCH)
        )
    except IntegrityError as error:
        if head is None:
            raise
        raise ChainMoved from error


def _locked_head(matter_id: int) -> Head:
    found = ChainHead.objects.select_for_update().filter(pk=matter_id).first()
    if found is None:
        raise ChainMissing(_("信访事项 %(matter)s 没有台账，不能续记。") % {"matter": matter_id})
    return Head(found.sequence, bytes(found.hash))


def ledger_open(*, openings: Sequence[Opening]) -> tuple[Entry, ...]:
    """Begin the chains of new matters (新建台账): one statement for all lines."""
    return tuple(Entry.objects.bulk_create(chains_begun(openings=openings), batch_size=BATCH))


def chains_begun(*, openings: Sequence[Opening]) -> list[Entry]:
    """The first lines of new matters, still to be written with the rows they tell of, in one transaction."""
    _require_transaction()
    return [entry for opening in openings for entry in _entries(opening, _checked(opening), 0, ZERO)]


def seal_day(*, day: date, at: datetime) -> Seal:
    """Seal what was written since the last seal under the name of `day` (每日封印) and chain it to that seal.

    A day is sealed once; asking again returns the seal that stands. A day without entries has a seal too.

    Raises:
        LedgerRefused: a later day is sealed already.
    """
    try:
        with transaction.atomic():
            last = Seal.objects.select_for_update().order_by("-day").first()
            return _standing_seal(day, last) if last and last.day >= day else _seal(day, at, last)
    except IntegrityError:
        # Another worker sealed the day at the same moment; its seal is as good as ours.
        return Seal.objects.get(day=day)


def _seal(day: date, at: datetime, last: Seal | None) -> Seal:
    """Build the tree of the day, and mark the chains as sealed."""
    previous_root = ZERO if last is None else bytes(last.root)
    heads = list(
        ChainHead.objects.filter(sequence__gt=F("sealed_sequence"))
        .order_by("matter_id")
        .values_list("matter_id", "sequence", "hash")
    )
    tree = DayTree([link_leaf(day, previous_root), *(bytes(digest) for _matter, _place, digest in heads)])
    seal = Seal.objects.create(
        day=day, root=tree.get_root(), size=tree.get_size(), previous_root=previous_root, made_at=at
    )
    SealLeaf.objects.bulk_create(
        [
            SealLeaf(seal=seal, index=index, matter_id=matter, sequence=place, hash=digest)
            for index, (matter, place, digest) in enumerate(heads, start=1)
        ],
        batch_size=BATCH,
    )
    # A chain may have grown since it was read: what is marked sealed is what the leaf holds.
    newest = SealLeaf.objects.filter(matter_id=OuterRef("matter_id")).order_by("-sequence")
    grown = SealLeaf.objects.filter(seal=seal).values("matter_id")
    ChainHead.objects.filter(matter_id__in=grown).update(
        sealed_sequence=Subquery(newest.values("sequence")[:1])
    )
    return seal


def _standing_seal(day: date, last: Seal) -> Seal:
    seal = last if last.day == day else Seal.objects.filter(day=day).first()
    if seal is None:
        raise LedgerRefused(
            _("%(day)s 之后的 %(last)s 已经封印，不能补封更早的日期；未封印的条目会进入下一次封印。")
            % {"day": day, "last": last.day}
        )
    return seal


def _require_transaction() -> None:
    if not transaction.get_connection().in_atomic_block:
        raise LedgerOutsideTransaction("ledger lines are written inside the transaction of the change")


def _checked(opening: Opening) -> list[tuple[str, str]]:
    """Refuse whatever the ledger must not hold, and write the payloads as canonical JSON."""
    if not ACTOR.fullmatch(opening.actor):
        raise LedgerRefused(f"actor {opening.actor!r}: use actor_of(by), 'petitioner' or 'system'")
    if opening.at.tzinfo is None:
        raise LedgerRefused("at: pass a moment with its time zone")
    if not opening.events:
        raise LedgerRefused("events: there is nothing to write")
    return [(line.event, ENCODE(payload_of(line.event, line.payload))) for line in opening.events]


def _entries(opening: Opening, lines: list[tuple[str, str]], sequence: int, previous: bytes) -> list[Entry]:
    """Chain the lines onto the entry with this sequence and hash."""
    entries = []
    moment = moment_text(opening.at)
    for place, (event, payload) in enumerate(lines, start=sequence + 1):
        body = body_text(opening.matter_id, place, moment, opening.actor, opening.agency_id, event, payload)
        digest = sm3(previous + sm3(body.encode()))
        entries.append(
            Entry(
                matter_id=opening.matter_id,
                sequence=place,
                at=opening.at,
                actor=opening.actor,
                agency_id=opening.agency_id,
                event=event,
                payload=payload,
                previous=previous,
                hash=digest,
            )
        )
        previous = digest
    return entries
