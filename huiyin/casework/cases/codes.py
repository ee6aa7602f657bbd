"""Query codes (查询码): derived from a key, stored nowhere, so a leaked database opens no tracking page."""

import hmac
import re

from huiyin.casework.cases.models import Case
from huiyin.records.vault.provider import provider

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 12
_SLIPS = str.maketrans("OILU", "011V")


def query_code(case: Case) -> str:
    """Make the query code of a case, such as 7K2M-9QXT-3APH (60 bits)."""
    return _codes(case)[0]


def is_code_of(case: Case, typed: str) -> bool:
    """Compare a typed code in constant time; spaces, dashes and look-alike letters do not matter.

    A code printed before the index key was rotated stays good.
    """
    plain = _plain(typed)
    return any([hmac.compare_digest(_plain(code), plain) for code in _codes(case, with_old_keys=True)])


def _codes(case: Case, *, with_old_keys: bool = False) -> list[str]:
    value = f"query-code:{case.pk}:{case.code_version}".encode()
    return [_readable(digest) for digest in provider().index(value, with_old_keys=with_old_keys)]


def _readable(digest: bytes) -> str:
    bits = int.from_bytes(digest[:8], "big")
    letters = "".join(ALPHABET[(bits >> (5 * place)) & 31] for place in range(LENGTH))
    return "-".join(letters[start : start + 4] for start in range(0, LENGTH, 4))


def _plain(code: str) -> str:
    return re.sub(r"[^0-9A-Z]", "", code.upper()).translate(_SLIPS)
