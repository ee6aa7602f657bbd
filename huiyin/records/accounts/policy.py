"""The numbers of the password and session rules (口令与会话策略), as data.

GB/T 22239 asks for complexity, periodic change, lock-out and idle exit and names no figures; these are the
values its assessors expect. The lock-out itself is set in the settings of django-axes.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class PasswordPolicy:
    """How passwords must be (口令策略)."""

    minimum_length: int = 10
    character_classes: int = 3
    remembered: int = 5
    days_valid: int = 90
    days_warned: int = 7


POLICY = PasswordPolicy()
TOKEN_DAYS = 365
MINUTES_LOCKED = 15
# The one password of the demo county; `huiyin check --deploy` refuses accounts that still have it.
DEMO_PASSWORD = "Qinghe-2026-demo"


def password_expires(last_change: datetime | None) -> datetime | None:
    """Say when a password must be changed; None means at once."""
    return None if last_change is None else last_change + timedelta(days=POLICY.days_valid)


def password_is_expired(last_change: datetime | None, at: datetime) -> bool:
    """Say whether a password is past its days (口令到期)."""
    expires = password_expires(last_change)
    return expires is None or at >= expires


def days_left(last_change: datetime | None, at: datetime) -> int | None:
    """Count the days until a password must be changed, once they are few enough to tell."""
    expires = password_expires(last_change)
    if expires is None:
        return 0
    left = max(0, (expires - at).days)
    return left if left <= POLICY.days_warned else None
