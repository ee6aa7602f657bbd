"""Verifying the ledger (核验台账): chains, heads and seals, from a database or from an exported file.

Nothing here needs a database but `verify_database`, so that anyone can check an exported file. Rows come as
sorted streams and are compared in one pass; a million entries need no more memory than one matter.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import groupby
from operator import itemgetter

from huiyin.records.ledger.chain import ZERO, DayTree, body_text, is_plain, link_leaf, sm3
from huiyin.records.ledger.report import Broken, Fault, Finding, Report

# matter, sequence, at (canonical text), actor, agency, event, payload (canonical text), previous, hash
EntryRow = tuple[int, int, str, str, int | None, str, str, bytes, bytes]
# matter, sequence, hash
HeadRow = tuple[int, int, bytes]
LeafRow = tuple[int, int, bytes]
# day, index, matter, sequence, hash
DayLeaf = tuple[date, int, int, int, bytes]
# day, root, size, previous root, hashes of the leaves in order
SealRow = tuple[date, bytes, int, bytes, Iterable[bytes]]
Progress = Callable[[int], object]
STEP = 20_000


@dataclass
class Ledger:
    """A ledger as streams: entries and leaves by matter and sequence, heads by matter, seals by day."""

    entries: Iterable[EntryRow]
    heads: Iterable[HeadRow]
    leaves: Iterable[LeafRow] = ()
    seals: Iterable[SealRow] = ()


@dataclass
class Tally:
    """What was counted so far; kept outside the loops, to tell of a broken ledger how far it was right."""

    entries: int = 0
    matters: int = 0
    seals: int = 0
    last_day: date | None = None
    last_root: bytes = ZERO
    plain: set[str] = field(default_factory=set)


def verify_ledger(ledger: Ledger, *, progress: Progress = lambda done: None) -> Report:
    """Check everything against everything else and name the first thing that is wrong."""
    tally = Tally()
    finding = None
    try:
        _check_seals(ledger.seals, tally)
        _check_chains(ledger, tally, progress)
    except Broken as broken:
        finding = broken.finding
    return Report(tally.entries, tally.matters, tally.seals, tally.last_day, tally.last_root, finding)


def verify_entries(entries: Iterable[EntryRow], *, progress: Progress = lambda done: None) -> Report:
    """Check chains alone, without heads and seals: a cut-off tail goes unseen."""
    rows, lasts = _with_lasts(entries)
    return verify_ledger(Ledger(rows, lasts), progress=progress)


def _with_lasts(entries: Iterable[EntryRow]) -> tuple[list[EntryRow], list[HeadRow]]:
    rows = list(entries)
    lasts = {row[0]: (row[0], row[1], row[8]) for row in rows}
    return rows, [lasts[matter] for matter in sorted(lasts)]


def verify_database(*, progress: Progress = lambda done: None) -> Report:
    """Check the database in use, in one snapshot, without holding up writers."""
    # Imported here so that the rest of the module works where there is no database.
    from huiyin.records.ledger.streams import missing_triggers, snapshot, stored_ledger

    with snapshot():
        report = verify_ledger(stored_ledger(), progress=progress)
        unguarded = missing_triggers()
    if report.is_valid and unguarded:
        report = replace(report, finding=Finding(Fault.TRIGGERS_MISSING, detail=", ".join(sorted(unguarded))))
    return report


def _check_seals(seals: Iterable[SealRow], tally: Tally) -> None:
    """Rebuild the tree of every day, and follow the roots from day to day."""
    for day, root, size, previous_root, leaves in seals:
        if previous_root != tally.last_root:
            raise Broken(Finding(Fault.SEAL_LINK_BROKEN, day=day))
        tree = DayTree([link_leaf(day, previous_root), *leaves])
        if tree.get_size() != size or tree.get_root() != root:
            raise Broken(Finding(Fault.SEAL_WRONG, day=day))
        tally.seals += 1
        tally.last_day, tally.last_root = day, root


def _check_chains(ledger: Ledger, tally: Tally, progress: Progress) -> None:
    """Walk entries, heads and leaves side by side, matter by matter."""
    heads = iter(ledger.heads)
    leaves = _Leaves(ledger.leaves)
    told = 0
    for matter, rows in groupby(ledger.entries, key=itemgetter(0)):
        head = next(heads, None)
        if head is not None and head[0] < matter:
            raise Broken(Finding(Fault.TAIL_MISSING, head[0], 1))
        leaves.refuse_before(matter)
        sequence, digest = _check_chain(matter, rows, leaves.of(matter), tally)
        if head is None or head[0] > matter:
            raise Broken(Finding(Fault.HEAD_MISSING, matter, sequence))
        if head[1] > sequence:
            raise Broken(Finding(Fault.TAIL_MISSING, matter, sequence + 1))
        if head[1] < sequence:
            raise Broken(Finding(Fault.ENTRY_EXTRA, matter, head[1] + 1))
        if head[2] != digest:
            raise Broken(Finding(Fault.HEAD_WRONG, matter, sequence))
        tally.matters += 1
        if tally.entries - told >= STEP:
            told = tally.entries
            progress(told)
    for head in heads:
        raise Broken(Finding(Fault.TAIL_MISSING, head[0], 1))
    leaves.refuse_before(None)
    progress(tally.entries)


def _check_chain(
    matter: int, rows: Iterable[EntryRow], sealed: dict[int, bytes], tally: Tally
) -> tuple[int, bytes]:
    """Follow one chain to its end; the loop every entry goes through, so nothing is called twice in it."""
    expected, last, plain = 0, ZERO, tally.plain
    for _matter, sequence, at, actor, agency, event, payload, previous, digest in rows:
        expected += 1
        if sequence != expected:
            fault = Fault.ENTRY_MISSING if sequence > expected else Fault.ENTRY_EXTRA
            raise Broken(Finding(fault, matter, expected))
        if previous != last:
            raise Broken(Finding(Fault.LINK_BROKEN, matter, sequence))
        if actor not in plain or event not in plain:
            if not (is_plain(actor) and is_plain(event)):
                raise Broken(Finding(Fault.ENTRY_CHANGED, matter, sequence))
            plain.update((actor, event))
        body = body_text(matter, sequence, at, actor, agency, event, payload)
        if sm3(previous + sm3(body.encode("utf-8", "surrogatepass"))) != digest:
            raise Broken(Finding(Fault.ENTRY_CHANGED, matter, sequence))
        if sealed and sealed.pop(sequence, digest) != digest:
            raise Broken(Finding(Fault.LEAF_WRONG, matter, sequence))
        last = digest
        tally.entries += 1
    if sealed:
        raise Broken(Finding(Fault.TAIL_MISSING, matter, expected + 1))
    return expected, last


class _Leaves:
    """The sealed entries, handed out matter by matter."""

    def __init__(self, leaves: Iterable[LeafRow]) -> None:
        self._rows: Iterator[LeafRow] = iter(leaves)
        self._next: LeafRow | None = next(self._rows, None)

    def refuse_before(self, matter: int | None) -> None:
        """Complain of a sealed entry whose matter has vanished."""
        if self._next is not None and (matter is None or self._next[0] < matter):
            raise Broken(Finding(Fault.LEAF_MISSING, self._next[0], self._next[1]))

    def of(self, matter: int) -> dict[int, bytes]:
        """Take the sealed entries of one matter."""
        found: dict[int, bytes] = {}
        while self._next is not None and self._next[0] == matter:
            found[self._next[1]] = self._next[2]
            self._next = next(self._rows, None)
        return found
