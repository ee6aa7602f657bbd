"""Proof that an entry existed (存在证明), checkable by anyone without the database. Pure.

It leads from the entry's hash over the digests of the lines that follow it to the head of the chain that was
sealed, and from there up the Merkle tree to the published root of that day. Digests tell nothing about the
contents of the other lines.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from pymerkle import InclusionProof, InvalidProof, verify_inclusion

from huiyin.records.ledger.chain import ENCODE, DayTree, sm3
from huiyin.records.ledger.report import Fault, Finding, Report

LONGEST_TEXT = 1_000_000


@dataclass(frozen=True)
class Proof:
    """The way from one entry to the root of a day; digests are written in hexadecimal."""

    matter: int
    sequence: int
    previous: str
    body: dict[str, object] | None
    digest: str
    hash: str
    following: tuple[str, ...]
    day: str
    index: int
    size: int
    rule: str
    path: tuple[str, ...]
    root: str
    version: int = 1

    def as_dict(self) -> dict[str, object]:
        """The proof as a page or an API gives it."""
        return asdict(self)

    def as_text(self) -> str:
        """The proof as compact JSON, for a QR code or a file."""
        return ENCODE(self.as_dict())


def receipt_text(*, matter_id: int, sequence: int, digest: bytes) -> str:
    """What a receipt carries before the day is sealed: matter, place in the chain, hash (回执凭据)."""
    return f"{matter_id}.{sequence}.{digest.hex()}"


def receipt_parts(text: str) -> tuple[int, int, bytes] | None:
    """Read `receipt_text` back; None when it is not one."""
    parts = "".join(text.split()).split(".")
    try:
        matter, sequence, digest = int(parts[0]), int(parts[1]), bytes.fromhex(parts[2])
    except (IndexError, ValueError):
        return None
    return (matter, sequence, digest) if len(digest) == 32 and len(parts) == 3 else None


def parse_proof(text: str) -> dict[str, Any] | None:
    """Read a proof that somebody pasted or scanned; None when it is none."""
    if len(text) > LONGEST_TEXT:
        return None
    try:
        proof = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return proof if isinstance(proof, dict) else None


def check_proof(proof: Mapping[str, Any], *, roots: Mapping[date, bytes] | None = None) -> Report:
    """Follow a proof step by step (核验存在证明); with `roots`, also ask whether its root was published.

    Without `roots` the report tells day and root in `proven`, to be compared with what was published.
    """
    try:
        fault = _first_fault(proof)
        day, root = date.fromisoformat(proof["day"]), bytes.fromhex(proof["root"])
    except (KeyError, TypeError, ValueError, AttributeError, InvalidProof, RecursionError):
        return Report(finding=Finding(Fault.PROOF_UNREADABLE))
    if fault is None and roots is not None and roots.get(day) != root:
        fault = Fault.PROOF_ROOT_UNKNOWN
    if fault is not None:
        return Report(finding=Finding(fault, proof["matter"], proof["sequence"], day))
    proven = {
        "matter": proof["matter"],
        "sequence": proof["sequence"],
        "hash": proof["hash"],
        "day": day,
        "root": proof["root"],
        "body": proof.get("body"),
    }
    return Report(entries=1, matters=1, seals=1, last_day=day, last_root=root, proven=proven)


def _first_fault(proof: Mapping[str, Any]) -> Fault | None:
    if not (isinstance(proof["matter"], int) and isinstance(proof["sequence"], int)):
        raise TypeError("matter and sequence are whole numbers")
    digest = bytes.fromhex(proof["digest"])
    body = proof.get("body")
    if body is not None:
        is_of_entry = body.get("matter_id") == proof["matter"] and body.get("sequence") == proof["sequence"]
        if not is_of_entry or sm3(ENCODE(body).encode()) != digest:
            return Fault.PROOF_ENTRY_WRONG
    link = sm3(bytes.fromhex(proof["previous"]) + digest)
    if link != bytes.fromhex(proof["hash"]):
        return Fault.PROOF_ENTRY_WRONG
    for following in proof["following"]:
        link = sm3(link + bytes.fromhex(following))
    rule = [int(bit) for bit in proof["rule"]]
    path = [bytes.fromhex(step) for step in proof["path"]]
    way = InclusionProof("sha256", True, proof["size"], proof["index"], rule, path)
    try:
        leaf = DayTree([]).hash_buff(link)
        verify_inclusion(leaf, bytes.fromhex(proof["root"]), way, algorithm="sha256")
    except InvalidProof:
        return Fault.PROOF_PATH_WRONG
    return None
