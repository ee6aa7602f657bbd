"""Limits that stop programs (限流), counted in Django's cache; addresses are kept only as keyed digests.

The cache lies on the disk of the machine, so its processes count together; every machine counts for itself.
"""

import tomllib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from importlib.resources import files

from django.conf import settings
from django.core.cache import cache as counters
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from huiyin.interfaces.ui.parts import Notice
from huiyin.interfaces.ui.templatetags.ui import clock_time


@dataclass(frozen=True, slots=True)
class Limit:
    """So many times in so many minutes."""

    most: int
    minutes: int


@dataclass(frozen=True, slots=True)
class Pause:
    """A limit that is reached, and when it lifts (限流)."""

    limit: Limit
    lifts_at: datetime

    @property
    def seconds(self) -> int:
        return self.limit.minutes * 60


@cache
def limits() -> dict[str, Limit]:
    """The shipped limits by name."""
    rows = tomllib.loads(files(__package__).joinpath("limits.toml").read_text("utf-8"))
    return {name: Limit(**row) for name, row in rows.items()}


def paused(name: str, who: str, *, at: datetime) -> Pause | None:
    """Is this limit reached (是否限流)? Asking does not count."""
    limit = limits()[name]
    key, ends = _window(name, who, limit, at)
    return Pause(limit, ends) if counters.get(key, 0) >= limit.most else None


def count_once(name: str, who: str, *, at: datetime, amount: int = 1) -> None:
    """Count one time, or an amount, against a limit."""
    limit = limits()[name]
    key, _ends = _window(name, who, limit, at)
    if not counters.add(key, amount, timeout=limit.minutes * 60):
        try:
            counters.incr(key, amount)
        except ValueError:
            # It ran out between the two calls; a new window has begun.
            counters.set(key, amount, timeout=limit.minutes * 60)


def _window(name: str, who: str, limit: Limit, at: datetime) -> tuple[str, datetime]:
    length = limit.minutes * 60
    number = int(at.timestamp()) // length
    digest = salted_hmac("huiyin.throttle", who).hexdigest()
    ends = datetime.fromtimestamp((number + 1) * length, tz=UTC)
    return f"throttle:{name}:{number}:{digest}", ends


def address_of(request: HttpRequest) -> str:
    """The address of the visitor; behind our own proxy the last one it wrote down."""
    forwarded = request.headers.get("X-Forwarded-For", "")
    if settings.SECURE_PROXY_SSL_HEADER and forwarded:
        return forwarded.rsplit(",", 1)[-1].strip()
    return str(request.META.get("REMOTE_ADDR", ""))


def pause_notice(pause: Pause, *, what: str) -> Notice:
    """Say the limit, when it lifts, and what to do meanwhile (限流提示)."""
    numbers = {
        "most": pause.limit.most,
        "minutes": pause.limit.minutes,
        "time": clock_time(pause.lifts_at + timedelta(seconds=59)),
    }
    return Notice(
        _("同一网络%(minutes)s分钟内最多%(most)s次，这里已经到了上限，%(time)s以后就可以继续。") % numbers,
        tone="warning",
        title=what,
        next_step=_(
            "这个限制只是为了挡住程序，不影响您反映问题的权利。急事请拨打 12345 或者到接待场所，随时都收。"
        ),
    )
