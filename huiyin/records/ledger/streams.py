"""The ledger in the database as sorted streams (台账数据流), for verifying and exporting."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from typing import TextIO

from django.db import connection, transaction
from django.db.models import Func, TextField
from django.db.models.functions import Cast

from huiyin.records.ledger.export import write_ledger
from huiyin.records.ledger.models import ChainHead, Entry, Seal, SealLeaf
from huiyin.records.ledger.triggers import guarded_tables
from huiyin.records.ledger.verify import DayLeaf, EntryRow, HeadRow, LeafRow, Ledger, Progress, SealRow

CHUNK = 5_000
GUARDED = ("ledger_entry", "ledger_seal", "ledger_sealleaf", "ledger_chainhead")
COLUMNS = ("matter_id", "sequence", "moment", "actor", "agency_id", "event", "payload", "previous", "hash")


@contextmanager
def snapshot() -> Iterator[None]:
    """Read everything as of one moment, while others go on writing; within a transaction, as it stands."""
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
    else:
        # atomic() would take SQLite's one write lock (transaction_mode IMMEDIATE) for as long as we read.
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")


def stored_ledger() -> Ledger:
    """The whole ledger of the database in use."""
    return Ledger(stored_entries(), stored_heads(), stored_leaves(), stored_seals())


def stored_entries() -> Iterator[EntryRow]:
    """All entries by matter and sequence, their moment in canonical text.

    The database writes the text: turning it into a datetime and back costs more than all the digests.
    """
    moment = IsoMoment("at") if connection.vendor == "postgresql" else Cast("at", TextField())
    entries = Entry.objects.order_by("matter_id", "sequence").annotate(moment=moment)
    rows = entries.values_list(*COLUMNS).iterator(chunk_size=CHUNK)
    if connection.vendor == "postgresql":
        return rows
    return ((*row[:2], _moment_from_text(row[2]), *row[3:]) for row in rows)


class IsoMoment(Func):
    """Write a moment in the canonical way (see `chain.moment_text`) on PostgreSQL."""

    template = """to_char(%(expressions)s AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')"""
    output_field = TextField()


def _moment_from_text(text: str) -> str:
    """SQLite keeps UTC as 2026-01-14 02:00:00[.000001]."""
    return f"{text[:10]}T{text[11:]}Z" if len(text) == 26 else f"{text[:10]}T{text[11:]}.000000Z"


def stored_heads() -> Iterator[HeadRow]:
    """All heads by matter."""
    rows = ChainHead.objects.order_by("matter_id").values_list("matter_id", "sequence", "hash")
    return ((matter, place, bytes(digest)) for matter, place, digest in rows.iterator(chunk_size=CHUNK))


def stored_leaves() -> Iterator[LeafRow]:
    """All sealed entries by matter and sequence."""
    rows = SealLeaf.objects.order_by("matter_id", "sequence").values_list("matter_id", "sequence", "hash")
    return ((matter, place, bytes(digest)) for matter, place, digest in rows.iterator(chunk_size=CHUNK))


def stored_leaves_by_day() -> Iterator[DayLeaf]:
    """All leaves by day and index."""
    columns = ("seal__day", "index", "matter_id", "sequence", "hash")
    rows = SealLeaf.objects.order_by("seal__day", "index").values_list(*columns)
    return ((*row[:4], bytes(row[4])) for row in rows.iterator(chunk_size=CHUNK))


def stored_seals() -> Iterator[SealRow]:
    """All seals by day, each with the hashes of its leaves in order."""
    leaves = groupby(stored_leaves_by_day(), key=itemgetter(0))
    held = next(leaves, None)
    columns = ("day", "root", "size", "previous_root")
    for day, root, size, previous in Seal.objects.order_by("day").values_list(*columns):
        hashes: list[bytes] = []
        if held is not None and held[0] == day:
            hashes = [row[4] for row in held[1]]
            held = next(leaves, None)
        yield day, bytes(root), size, bytes(previous), hashes


def export_database(file: TextIO, *, at: datetime, progress: Progress = lambda done: None) -> int:
    """Write the ledger of the database in use into a file, as of one moment; return the number of entries."""
    with snapshot():
        return write_ledger(stored_ledger(), stored_leaves_by_day(), file, at=at, progress=progress)


def missing_triggers() -> set[str]:
    """Tables of the ledger that are not protected as they should be."""
    return set(GUARDED) - guarded_tables(connection)
