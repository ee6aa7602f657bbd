"""Reading the ledger (台账): the history of a matter, the published roots, the proof of an entry."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from django.db import connection
from django.db.models import F

from huiyin.records.asking import ANY_NUMBER, Question, question
from huiyin.records.ledger.chain import DayTree, body_text, link_leaf, moment_text, sm3
from huiyin.records.ledger.models import ChainHead, Entry, Seal, SealLeaf
from huiyin.records.ledger.proof import Proof, receipt_parts


@dataclass(frozen=True)
class LedgerLine:
    """One entry as a page shows it (台账条目)."""

    sequence: int
    at: datetime
    actor: str
    agency_id: int | None
    event: str
    payload: dict[str, object]
    hash: bytes


@dataclass(frozen=True)
class PublishedSeal:
    """The root of a day as the portal publishes it (每日封印)."""

    day: date
    root: bytes
    size: int
    previous_root: bytes
    made_at: datetime


@dataclass(frozen=True)
class Standing:
    """What became of the entry a receipt names (回执核对): does it stand, and since which seal."""

    exists: bool
    is_same: bool
    proof: Proof | None


LINE = ("sequence", "at", "actor", "agency_id", "event", "payload", "hash")


def entries_of(matter_id: int) -> tuple[LedgerLine, ...]:
    """The whole history of a matter, oldest first: one statement."""
    rows = _lines(connection.vendor).rows(matter_id)
    return tuple(
        LedgerLine(sequence, at, actor, agency_id, event, json.loads(payload), bytes(digest))
        for sequence, at, actor, agency_id, event, payload, digest in rows
    )


@lru_cache(maxsize=4)
def _lines(_vendor: str) -> Question:
    """Every page of a matter asks for its history: the statement is compiled once."""
    return question(Entry.objects.filter(matter_id=ANY_NUMBER).order_by("sequence").values_list(*LINE))


def seals_published(*, limit: int = 400) -> tuple[PublishedSeal, ...]:
    """The newest daily roots, newest first."""
    rows = Seal.objects.order_by("-day").values_list("day", "root", "size", "previous_root", "made_at")[
        :limit
    ]
    return tuple(
        PublishedSeal(day, bytes(root), size, bytes(previous), made_at)
        for day, root, size, previous, made_at in rows
    )


def published_root(day: date) -> bytes | None:
    """The root published for a day, if that day is sealed."""
    root = Seal.objects.filter(day=day).values_list("root", flat=True).first()
    return None if root is None else bytes(root)


def last_sealed_day() -> date | None:
    """The day of the newest seal; the daily job goes on from there."""
    return Seal.objects.order_by("-day").values_list("day", flat=True).first()


def unsealed_chains() -> int:
    """How many chains have grown since the last seal."""
    return ChainHead.objects.filter(sequence__gt=F("sealed_sequence")).count()


def proof_of(matter_id: int, sequence: int, *, with_body: bool = False) -> Proof | None:
    """Prove that an entry existed when its day was sealed; None while it is not sealed (or not there).

    `with_body` lays the entry itself open; without it the proof shows its digest only.
    """
    leaf = (
        SealLeaf.objects.filter(matter_id=matter_id, sequence__gte=sequence)
        .select_related("seal")
        .order_by("sequence")
        .first()
    )
    if leaf is None:
        return None
    entries = list(
        Entry.objects.filter(matter_id=matter_id, sequence__range=(sequence, leaf.sequence)).order_by(
            "sequence"
        )
    )
    if not entries or entries[0].sequence != sequence:
        return None
    hashes = SealLeaf.objects.filter(seal=leaf.seal).order_by("index").values_list("hash", flat=True)
    tree = DayTree([link_leaf(leaf.seal.day, bytes(leaf.seal.previous_root)), *map(bytes, hashes)])
    # The tree counts its leaves from one, and its first leaf is the link to the seal before.
    way = tree.prove_inclusion(leaf.index + 1)
    own = _body(entries[0])
    return Proof(
        matter=matter_id,
        sequence=sequence,
        previous=bytes(entries[0].previous).hex(),
        body=json.loads(own) if with_body else None,
        digest=sm3(own.encode()).hex(),
        hash=bytes(entries[0].hash).hex(),
        following=tuple(sm3(_body(entry).encode()).hex() for entry in entries[1:]),
        day=leaf.seal.day.isoformat(),
        index=way.index,
        size=way.size,
        rule="".join(str(bit) for bit in way.rule),
        path=tuple(step.hex() for step in way.path),
        root=bytes(leaf.seal.root).hex(),
    )


def _body(entry: Entry) -> str:
    return body_text(
        entry.matter_id,
        entry.sequence,
        moment_text(entry.at),
        entry.actor,
        entry.agency_id,
        entry.event,
        entry.payload,
    )


def standing_of(receipt: str) -> Standing | None:
    """Say whether the entry named on a receipt stands unchanged; None when the text is no receipt."""
    parts = receipt_parts(receipt)
    if parts is None:
        return None
    matter_id, sequence, digest = parts
    stored = (
        Entry.objects.filter(matter_id=matter_id, sequence=sequence).values_list("hash", flat=True).first()
    )
    is_same = stored is not None and bytes(stored) == digest
    return Standing(stored is not None, is_same, proof_of(matter_id, sequence) if is_same else None)
