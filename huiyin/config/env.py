"""Typed reading of the environment: every setting an office may change, with a safe default (环境变量)."""

import os
import secrets
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

ROOT = Path(__file__).resolve().parent.parent.parent
DEVELOPMENT_SECRET = "development-only-secret-never-for-a-real-office"


class EnvironmentInvalid(ImproperlyConfigured):
    """An environment variable has a value that cannot be used; the message names it and the way out."""


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, default).strip()


def flag(name: str, *, default: bool = False) -> bool:
    """Read a yes/no value: 1, true, yes, on or 0, false, no, off."""
    value = text(name).lower()
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    if not value:
        return default
    raise EnvironmentInvalid(f"{name}={value}: use 1 or 0")


def number(name: str, default: int) -> int:
    value = text(name)
    try:
        return int(value) if value else default
    except ValueError:
        raise EnvironmentInvalid(f"{name}={value}: use a whole number") from None


def names(name: str, default: str = "") -> list[str]:
    """Read a comma-separated list."""
    return [part.strip() for part in text(name, default).split(",") if part.strip()]


def secret(data_dir: Path, *, is_production: bool) -> str:
    """Read the secret that signs sessions; outside production an own one is made once, in the data directory.

    A secret that stands in the source would let anybody forge a session wherever the port can be reached. In
    production an office names its own, and the self-check refuses to start without.
    """
    given = text("HUIYIN_SECRET_KEY")
    if given or is_production:
        return given or DEVELOPMENT_SECRET
    path = data_dir / "secret.key"
    if not path.exists():
        draft = data_dir / f"secret.{secrets.token_hex(8)}"
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(50))
        # Whoever is first decides; a second process reads what the first one wrote.
        with suppress(FileExistsError):
            os.link(draft, path)
        draft.unlink()
    return path.read_text().strip() or DEVELOPMENT_SECRET


@dataclass(frozen=True)
class Database:
    """Where the records live, in the shape Django wants."""

    vendor: str
    settings: dict[str, object]


def database(url: str, data_dir: Path) -> Database:
    """Turn DATABASE_URL into Django's settings; without it, SQLite in the data directory."""
    if not url or url.startswith("sqlite"):
        path = unquote(urlsplit(url).path) if url else ""
        return Database("sqlite", sqlite(Path(path) if path else data_dir / "huiyin.sqlite3"))
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise EnvironmentInvalid(
            f"DATABASE_URL: {parts.scheme} is not known; use postgresql://… or sqlite:///…"
        )
    query = dict(parse_qsl(parts.query))
    settings: dict[str, object] = {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", parts.hostname or ""),
        "PORT": str(parts.port or query.pop("port", "")),
        "CONN_MAX_AGE": None,
        "OPTIONS": {"connect_timeout": 5} | dict(query),
    }
    return Database("postgresql", settings)


def sqlite(path: Path) -> dict[str, object]:
    """Write-ahead log, full durability of acknowledged writes, writers queue instead of failing."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
            " PRAGMA cache_size=-32000; PRAGMA mmap_size=268435456;",
        },
    }
