"""The key ring: private, recoverable, rotated without losing anything."""

import json
import stat
from datetime import datetime
from pathlib import Path

import pytest
from django.utils import timezone

from huiyin.records.vault import keys
from huiyin.records.vault.details import IdentityDetails
from huiyin.records.vault.keys import KeyRingError, KeyUse, key_ring
from huiyin.records.vault.models import Identity
from huiyin.records.vault.provider import SoftwareProvider, provider, use_provider
from huiyin.records.vault.rotation import identities_rotate
from huiyin.records.vault.selectors import identities_like, rows_per_key, rows_to_rotate
from huiyin.records.vault.services import (
    identities_store,
    identity_reveal_own,
    identity_store,
)
from tests.records.vault.conftest import WANG


def test_the_ring_is_readable_by_its_owner_only(ring: Path) -> None:
    key_ring()
    assert stat.S_IMODE(ring.stat().st_mode) == 0o600
    assert stat.S_IMODE(ring.parent.stat().st_mode) == 0o700


def test_a_ring_that_others_can_read_is_refused(ring: Path) -> None:
    key_ring()
    ring.chmod(0o644)
    with pytest.raises(KeyRingError, match="chmod 600"):
        key_ring()


def test_a_missing_ring_is_never_made_up_in_production(ring: Path) -> None:
    keys.configure(path=lambda: ring, may_create=lambda: False, clock=timezone.now)
    with pytest.raises(KeyRingError, match="huiyin keys new"):
        key_ring()
    assert not ring.exists()


@pytest.mark.parametrize(
    "content", ["", "{}", "[]", '{"keys": [], "active": {}}', '{"keys": [{"id": "zz"}]}']
)
def test_a_broken_ring_is_refused_and_left_alone(ring: Path, content: str) -> None:
    key_ring()
    ring.write_text(content, "utf-8")
    with pytest.raises(KeyRingError, match="从备份恢复"):
        key_ring()
    assert ring.read_text("utf-8") == content


def test_a_second_process_that_was_quicker_keeps_its_ring(ring: Path) -> None:
    first = key_ring()
    assert keys.new_ring(ring).keys == first.keys


def test_new_keys_wait_until_they_are_everywhere(ring: Path) -> None:
    before = key_ring().active
    keys.add_keys(uses=tuple(KeyUse))
    assert key_ring().active == before
    assert len(key_ring().keys) == 4
    assert keys.activate_newest().active != before
    assert stat.S_IMODE(ring.stat().st_mode) == 0o600


def test_keys_do_not_show_in_a_traceback() -> None:
    key = key_ring().active_key(KeyUse.ENCRYPT)
    assert str(key.secret) not in repr(key_ring())


@pytest.mark.django_db
def test_a_lost_key_is_told_apart_from_damaged_data(ring: Path, matter: int, at: datetime) -> None:
    row = identity_store(details=WANG, at=at)
    lost = key_ring().active[KeyUse.ENCRYPT]
    ring.unlink()
    with pytest.raises(KeyRingError, match=f"{lost}.*数据本身没有损坏"):
        identity_reveal_own(identity_ids=[row.id], matter_id=matter, at=at)


def rotate() -> int:
    """What `huiyin keys rotate` does."""
    keys.activate_newest()
    return identities_rotate()


@pytest.mark.django_db
def test_rotation_writes_every_row_anew_and_loses_nothing(matter: int, at: datetime) -> None:
    rows = identities_store(people=[WANG] + [IdentityDetails(phone=f"139{n:08d}") for n in range(30)], at=at)
    keys.add_keys(uses=tuple(KeyUse))
    keys.activate_newest()
    assert identities_like(WANG) == {rows[0].id}, "found under the old index before the rotation"
    assert rotate() == 31
    ring = key_ring()
    assert rows_per_key() == ({ring.active[KeyUse.ENCRYPT]: 31}, {ring.active[KeyUse.INDEX]: 31})
    assert identity_reveal_own(identity_ids=[rows[0].id], matter_id=matter, at=at)[rows[0].id] == WANG
    assert identities_like(WANG) == {rows[0].id}
    assert rotate() == 0


@pytest.mark.django_db
def test_an_interrupted_rotation_goes_on_where_it_stopped(matter: int, at: datetime) -> None:
    rows = identities_store(people=[IdentityDetails(phone=f"139{n:08d}") for n in range(30)], at=at)
    keys.add_keys(uses=tuple(KeyUse))
    keys.activate_newest()

    def pull_the_plug(done: int) -> None:
        if done == 20:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        identities_rotate(batch=10, progress=pull_the_plug)
    assert rows_to_rotate() == 10
    shown = identity_reveal_own(identity_ids=[row.id for row in rows], matter_id=matter, at=at)
    assert {details.phone for details in shown.values()} == {f"139{n:08d}" for n in range(30)}
    assert identities_rotate() == 10
    assert rows_to_rotate() == 0


@pytest.mark.django_db
def test_a_damaged_row_stops_the_rotation_and_keeps_its_batch_as_it_was(at: datetime) -> None:
    rows = identities_store(people=[IdentityDetails(phone=f"139{n:08d}") for n in range(5)], at=at)
    Identity.objects.filter(pk=rows[2].pk).update(phone_cipher=rows[1].phone_cipher)
    keys.add_keys(uses=(KeyUse.ENCRYPT,))
    with pytest.raises(Exception, match="不一致"):
        rotate()
    assert rows_to_rotate() == 5


@pytest.mark.django_db
def test_the_first_key_can_be_taken_out_once_nothing_stands_under_it(
    ring: Path, matter: int, at: datetime
) -> None:
    row = identity_store(details=WANG, at=at)
    old = set(key_ring().keys)
    keys.add_keys(uses=tuple(KeyUse))
    rotate()
    data = json.loads(ring.read_text("utf-8"))
    data["keys"] = [key for key in data["keys"] if key["id"] not in old]
    ring.write_text(json.dumps(data), "utf-8")
    assert identity_reveal_own(identity_ids=[row.id], matter_id=matter, at=at)[row.id] == WANG


@pytest.fixture
def standard_provider() -> object:
    """Put the software provider back afterwards."""
    yield
    use_provider(SoftwareProvider())


@pytest.mark.django_db
def test_another_provider_takes_over_all_cryptography(
    standard_provider: None, matter: int, at: datetime
) -> None:
    class Module(SoftwareProvider):
        """Stands for a certified module: counts what it is asked."""

        asked = 0

        def encrypt(self, plain: bytes, context: bytes) -> bytes:
            self.asked += 1
            return super().encrypt(plain, context)

    module = Module()
    use_provider(module)
    assert provider() is module
    identity_store(details=WANG, at=at)
    assert module.asked == 5
