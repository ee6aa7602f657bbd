"""`huiyin keys` on the command line."""

import base64
from datetime import datetime
from pathlib import Path

import pytest
from django.utils import timezone
from typer.testing import CliRunner

from huiyin.interfaces.commands.keys import app
from huiyin.records.vault import keys
from huiyin.records.vault.keys import KeyUse, key_ring
from huiyin.records.vault.services import identity_store
from tests.records.vault.conftest import WANG

pytestmark = pytest.mark.django_db


def command(*arguments: str) -> tuple[int, str]:
    """Run the command and return its exit code and what it said."""
    result = CliRunner().invoke(app, arguments, terminal_width=160)
    return result.exit_code, result.output


def test_the_life_of_a_key_ring(ring: Path, at: datetime) -> None:
    keys.configure(path=lambda: ring, may_create=lambda: False, clock=timezone.now)
    code, said = command("status")
    assert code == 1
    assert "huiyin keys new" in said
    code, said = command("new")
    assert code == 0
    assert "请立即另行备份" in said
    identity_store(details=WANG, at=at)
    first = key_ring().active[KeyUse.ENCRYPT]
    code, said = command("new")
    assert code == 0
    assert "尚未启用" in said
    assert key_ring().active[KeyUse.ENCRYPT] == first
    code, said = command("rotate")
    assert code == 0
    assert "重新加密 1 条" in said
    assert key_ring().active[KeyUse.ENCRYPT] != first
    code, said = command("status")
    assert code == 0
    assert first in said


def test_status_never_shows_a_secret(ring: Path) -> None:
    command("new")
    said = command("status")[1]
    for key in key_ring().keys.values():
        assert key.secret.hex() not in said
        assert base64.b64encode(key.secret).decode() not in said


def test_status_warns_of_rows_whose_key_is_gone(ring: Path, at: datetime) -> None:
    identity_store(details=WANG, at=at)
    lost = key_ring().active[KeyUse.ENCRYPT]
    ring.unlink()
    command("new")
    code, said = command("status")
    assert code == 1
    assert lost in said
    assert "请从备份恢复密钥环" in said
    code, said = command("rotate")
    assert code == 1
    assert "数据本身没有损坏" in said
