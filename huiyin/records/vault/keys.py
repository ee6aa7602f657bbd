"""The key ring (密钥环): one file with all keys ever used, readable by its owner only.

New rows are written under the active keys; every key stays for reading until no row needs it. The ring must
be backed up apart from the database: without it the identities are lost, with it the database tells all.
"""

import base64
import fcntl
import json
import os
import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from django.utils.translation import gettext as _

SECRET_BYTES = {"encrypt": 16, "index": 32}


class KeyRingError(Exception):
    """The key ring cannot be used; the message says why and what to do."""


class KeyUse(StrEnum):
    """What a key is for: encrypting fields with SM4, or the blind index with HMAC-SM3."""

    ENCRYPT = "encrypt"
    INDEX = "index"


@dataclass(frozen=True)
class Key:
    """One key of the ring (密钥)."""

    id: str
    use: KeyUse
    created: datetime
    secret: bytes

    def __repr__(self) -> str:
        # A key must not reach a log through a traceback.
        return f"Key({self.id}, {self.use})"


@dataclass(frozen=True)
class KeyRing:
    """All keys, and which of them new rows are written under."""

    keys: Mapping[str, Key]
    active: Mapping[KeyUse, str]

    def active_key(self, use: KeyUse) -> Key:
        """The key for new rows."""
        return self.keys[self.active[use]]

    def key(self, key_id: str) -> Key:
        """Find the key a row was written under.

        Raises:
            KeyRingError: the ring does not hold it (any more).
        """
        if key_id not in self.keys:
            raise KeyRingError(
                _(
                    "密钥环中没有编号为 %(key)s 的密钥，无法读取用它加密的身份信息；"
                    "请从备份中恢复包含该密钥的密钥环文件，数据本身没有损坏。"
                )
                % {"key": key_id}
            )
        return self.keys[key_id]

    def of_use(self, use: KeyUse) -> list[Key]:
        """All keys of one use, oldest first."""
        return sorted((key for key in self.keys.values() if key.use == use), key=lambda key: key.created)


@dataclass
class Place:
    """Where the ring is, whether it may be made, which clock dates keys; set by VaultConfig.ready()."""

    path: Callable[[], Path] | None = None
    may_create: Callable[[], bool] = bool
    clock: Callable[[], datetime] | None = None


PLACE = Place()


def configure(
    *, path: Callable[[], Path], may_create: Callable[[], bool], clock: Callable[[], datetime]
) -> None:
    """Say where the ring is, whether a missing one may be made (never in production), and who dates keys."""
    PLACE.path, PLACE.may_create, PLACE.clock = path, may_create, clock


def now() -> datetime:
    """The moment that dates a new key."""
    if PLACE.clock is None:
        raise KeyRingError("the vault is not configured: VaultConfig.ready() has not run")
    return PLACE.clock()


def ring_path() -> Path:
    """Where the ring is kept."""
    if PLACE.path is None:
        raise KeyRingError("the vault is not configured: VaultConfig.ready() has not run")
    return PLACE.path()


def key_ring() -> KeyRing:
    """The ring as it is on disk now; read again only when the file has changed.

    Raises:
        KeyRingError: there is no ring, it cannot be read, or others could read it.
    """
    path = ring_path()
    try:
        found = path.stat()
    except FileNotFoundError:
        if not PLACE.may_create():
            raise KeyRingError(
                _("没有找到密钥环 %(path)s：首次使用请运行 huiyin keys new；迁移或恢复时请先放回原来的文件。")
                % {"path": path}
            ) from None
        return new_ring(path)
    return _load(path, found.st_mtime_ns, found.st_ino, found.st_mode)


@lru_cache(maxsize=8)
def _load(path: Path, _changed: int, _file: int, mode: int) -> KeyRing:
    if mode & 0o077:
        raise KeyRingError(
            _("密钥环 %(path)s 可被其他账户读取，已拒绝使用：请运行 chmod 600 %(path)s。") % {"path": path}
        )
    try:
        data = json.loads(path.read_text("utf-8"))
        keys = [_key(entry) for entry in data["keys"]]
        ring = KeyRing({key.id: key for key in keys}, {use: data["active"][use] for use in KeyUse})
        if any(ring.keys[ring.active[use]].use != use for use in KeyUse):
            raise ValueError("an active key is of the wrong use")
    except (OSError, ValueError, KeyError, TypeError) as reason:
        raise KeyRingError(
            _("密钥环 %(path)s 无法读取，请从备份恢复该文件（%(reason)s）。")
            % {"path": path, "reason": type(reason).__name__}
        ) from reason
    return ring


def _key(entry: Mapping[str, str]) -> Key:
    secret = base64.b64decode(entry["secret"], validate=True)
    use = KeyUse(entry["use"])
    if len(secret) != SECRET_BYTES[use] or len(bytes.fromhex(entry["id"])) != 4:
        raise ValueError("a key has the wrong length")
    return Key(entry["id"], use, datetime.fromisoformat(entry["created"]), secret)


def _make_key(use: KeyUse, created: datetime) -> Key:
    # The id is random, not counted, so that a key of a lost ring is never mistaken for one of a new ring.
    return Key(secrets.token_hex(4), use, created, secrets.token_bytes(SECRET_BYTES[use]))


def new_ring(path: Path) -> KeyRing:
    """Make the first ring, unless another process was quicker."""
    with _locked(path):
        if not path.exists():
            created = now()
            keys = [_make_key(use, created) for use in KeyUse]
            _save(path, KeyRing({key.id: key for key in keys}, {key.use: key.id for key in keys}))
    return key_ring()


def add_keys(*, uses: tuple[KeyUse, ...]) -> list[Key]:
    """Add keys to the ring without using them yet, so that the file can first be copied to every machine."""
    path = ring_path()
    with _locked(path):
        ring = key_ring()
        added = [_make_key(use, now()) for use in uses]
        _save(path, KeyRing({**ring.keys, **{key.id: key for key in added}}, ring.active))
    return added


def activate_newest() -> KeyRing:
    """Write new rows under the newest keys from now on."""
    path = ring_path()
    with _locked(path):
        ring = key_ring()
        newest = {use: ring.of_use(use)[-1].id for use in KeyUse}
        if newest != ring.active:
            _save(path, KeyRing(ring.keys, newest))
    return key_ring()


def _save(path: Path, ring: KeyRing) -> None:
    """Replace the file in one step, so that a crash leaves either the old ring or the new one."""
    data = {
        "version": 1,
        "active": {str(use): key_id for use, key_id in ring.active.items()},
        "keys": [
            {
                "id": key.id,
                "use": str(key.use),
                "created": key.created.isoformat(),
                "secret": base64.b64encode(key.secret).decode(),
            }
            for key in ring.keys.values()
        ],
    }
    draft = path.with_suffix(".new")
    draft.unlink(missing_ok=True)
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(data, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Let one process at a time change the ring."""
    if not path.parent.exists():
        path.parent.mkdir(parents=True, mode=0o700)
    handle = os.open(path.with_suffix(".lock"), os.O_WRONLY | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
