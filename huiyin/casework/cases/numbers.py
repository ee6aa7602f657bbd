"""Registration numbers (登记号): readable on the phone, with a check digit, made from year and id."""

import re

from stdnum import damm

PREFIX = "XF"
# No database counts beyond 18 digits.
_PATTERN = re.compile(r"^(?:XF)?(\d{4})(\d{7,18})(\d)$")


def case_number(year: int, case_id: int) -> str:
    """Make the number of a case, such as XF2026-0000123-4; the last digit catches slips of the pen."""
    body = f"{year}{case_id:07d}"
    return f"{PREFIX}{year}-{case_id:07d}-{damm.calc_check_digit(body)}"


def case_id_of(number: str) -> int | None:
    """Read a number however it was typed; None when it cannot be one (wrong length or check digit)."""
    compact = re.sub(r"[\s\-—–－]", "", number).upper()
    found = _PATTERN.match(compact)
    if not found or not damm.is_valid("".join(found.groups())):
        return None
    return int(found[2])
