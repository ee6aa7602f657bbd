"""The ledger as a file (台账导出): one JSON array per line, readable and verifiable without a database.

Sections in this order: a header that names the columns, `seal`, `leaf` (by day and index), `head` (by
matter), `entry` (by matter and sequence), and one `end` line with the number of entries, so that a cut-off
file shows.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any, TextIO

from huiyin.records.ledger.chain import ENCODE
from huiyin.records.ledger.report import Broken, Fault, Finding, Report
from huiyin.records.ledger.verify import (
    STEP,
    DayLeaf,
    EntryRow,
    HeadRow,
    Ledger,
    Progress,
    SealRow,
    verify_ledger,
)

HEADER = {
    "huiyin_ledger": 1,
    "seal": ["day", "root", "size", "previous_root"],
    "leaf": ["day", "index", "matter_id", "sequence", "hash"],
    "head": ["matter_id", "sequence", "hash"],
    "entry": ["matter_id", "sequence", "at", "actor", "agency_id", "event", "payload", "previous", "hash"],
}


def write_ledger(
    ledger: Ledger,
    leaves: Iterable[DayLeaf],
    file: TextIO,
    *,
    at: datetime,
    progress: Progress = lambda done: None,
) -> int:
    """Write a ledger line by line and return the number of entries; `leaves` come by day and index."""
    write = file.write
    write(ENCODE(HEADER | {"made_at": at.isoformat()}) + "\n")
    for day, root, size, previous, _leaves in ledger.seals:
        write(ENCODE(["seal", day.isoformat(), root.hex(), size, previous.hex()]) + "\n")
    for day, index, matter, sequence, digest in leaves:
        write(ENCODE(["leaf", day.isoformat(), index, matter, sequence, digest.hex()]) + "\n")
    for matter, sequence, digest in ledger.heads:
        write(ENCODE(["head", matter, sequence, digest.hex()]) + "\n")
    done = 0
    for done, row in enumerate(ledger.entries, start=1):
        write(ENCODE(["entry", *row[:7], row[7].hex(), row[8].hex()]) + "\n")
        if done % STEP == 0:
            progress(done)
    write(ENCODE(["end", done]) + "\n")
    progress(done)
    return done


def verify_file(path: Path, *, progress: Progress = lambda done: None) -> Report:
    """Check an exported file against itself (离线核验); compare its last root with the published one."""
    try:
        _check_header(path)
        leaves = sorted((row[2], row[3], bytes.fromhex(row[4])) for row in _section(path, "leaf", _leaf))
        ledger = Ledger(_entries(path), _heads(path), leaves, _seals(path))
        return verify_ledger(ledger, progress=progress)
    except Broken as broken:
        return Report(finding=broken.finding)


def _check_header(path: Path) -> None:
    try:
        with path.open(encoding="utf-8") as file:
            header = json.loads(file.readline(10_000))
        if header["huiyin_ledger"] != 1:
            raise ValueError("another version")
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as reason:
        raise Broken(Finding(Fault.FILE_UNREADABLE, line=1, detail=path.name)) from reason


def _section(path: Path, kind: str, read: Callable[[list[Any]], Any]) -> Iterator[Any]:
    """Read the lines of one section, skipping those before it and stopping after it."""
    start, is_inside = f'["{kind}",', False
    with path.open(encoding="utf-8") as file:
        for number, line in enumerate(file, start=1):
            if not line.startswith(start):
                if is_inside:
                    break
                continue
            is_inside = True
            try:
                row = read(json.loads(line)[1:])
            except (ValueError, TypeError, IndexError, RecursionError) as reason:
                raise Broken(Finding(Fault.FILE_UNREADABLE, line=number, detail=path.name)) from reason
            yield row


def _leaf(row: list[Any]) -> list[Any]:
    day, index, matter, sequence, digest = row
    return [date.fromisoformat(day), int(index), int(matter), int(sequence), digest]


def _seal(row: list[Any]) -> tuple[date, bytes, int, bytes]:
    day, root, size, previous = row
    return date.fromisoformat(day), bytes.fromhex(root), int(size), bytes.fromhex(previous)


def _head(row: list[Any]) -> HeadRow:
    matter, sequence, digest = row
    return int(matter), int(sequence), bytes.fromhex(digest)


def _entry(row: list[Any]) -> EntryRow:
    matter, sequence, at, actor, agency, event, payload, previous, digest = row
    if not (isinstance(at, str) and isinstance(actor, str) and isinstance(payload, str)):
        raise TypeError("a text is expected")
    return matter, sequence, at, actor, agency, event, payload, bytes.fromhex(previous), bytes.fromhex(digest)


def _heads(path: Path) -> Iterator[HeadRow]:
    return _section(path, "head", _head)


def _seals(path: Path) -> Iterator[SealRow]:
    leaves = {
        day: [bytes.fromhex(row[4]) for row in rows]
        for day, rows in groupby(_section(path, "leaf", _leaf), key=itemgetter(0))
    }
    for day, root, size, previous in _section(path, "seal", _seal):
        yield day, root, size, previous, leaves.pop(day, [])
    for day in leaves:
        raise Broken(Finding(Fault.SEAL_WRONG, day=day))


def _entries(path: Path) -> Iterator[EntryRow]:
    count = 0
    for row in _section(path, "entry", _entry):
        count += 1
        yield row
    if next(_section(path, "end", itemgetter(0)), None) != count:
        raise Broken(Finding(Fault.FILE_INCOMPLETE, detail=path.name))
