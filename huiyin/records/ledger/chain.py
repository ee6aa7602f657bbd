"""The arithmetic of the chain (哈希链): canonical body, SM3 digests, Merkle tree of a day. Pure, no database.

    digest of an entry = SM3(previous hash || SM3(canonical body))

Because the body goes in as its own digest, a proof can show that an entry stands between others without
telling what the others say.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from cryptography.hazmat.primitives import hashes
from pymerkle import BaseMerkleTree

ZERO = bytes(32)
SM3 = hashes.SM3()
ENCODE = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode


@dataclass(frozen=True)
class Head:
    """The last entry of a chain (链头), as it was read together with something else."""

    sequence: int
    hash: bytes


def sm3(data: bytes) -> bytes:
    """Digest with SM3 (GB/T 32905)."""
    return hashes.Hash.hash(SM3, data)


def moment_text(at: datetime) -> str:
    """Write a moment the one canonical way: UTC, microseconds, Z."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")[:26] + "Z"


def body_text(
    matter_id: int, sequence: int, at: str, actor: str, agency_id: int | None, event: str, payload: str
) -> str:
    """Write the canonical JSON of an entry from its columns: sorted keys, no spaces.

    `actor` and `event` must be free of quotes (`is_plain`), `payload` must be canonical JSON already.
    """
    agency = "null" if agency_id is None else agency_id
    return (
        f'{{"actor":"{actor}","agency_id":{agency},"at":"{at}","event":"{event}",'
        f'"matter_id":{matter_id},"payload":{payload},"sequence":{sequence}}}'
    )


def is_plain(text: str) -> bool:
    """Say whether a text stands in JSON as it is, so that it cannot pretend to be other fields."""
    return text.isascii() and text.isprintable() and '"' not in text and "\\" not in text


def link_leaf(day: date, previous_root: bytes) -> bytes:
    """Make the first leaf of a day's tree, which binds it to its day and to the seal before it."""
    return b"huiyin seal " + day.isoformat().encode() + b" " + previous_root


class DayTree(BaseMerkleTree):  # type: ignore[misc]  # pymerkle ships no types
    """A Merkle tree whose leaf digests stand in a list: the library's own costs ten times that."""

    def __init__(self, leaves: Iterable[bytes]) -> None:
        super().__init__(algorithm="sha256")
        self._digests: list[bytes] = [self.hash_buff(leaf) for leaf in leaves]

    def _encode_entry(self, data: bytes) -> bytes:
        return data

    def _store_leaf(self, data: bytes, digest: bytes) -> int:
        self._digests.append(digest)
        return len(self._digests)

    def _get_leaf(self, index: int) -> bytes:
        return self._digests[index - 1]

    def _get_leaves(self, offset: int, width: int) -> list[bytes]:
        return self._digests[offset : offset + width]

    def _get_size(self) -> int:
        return len(self._digests)
