"""A key ring of its own for every test, a matter, and the people around it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from django.db import transaction
from django.utils import timezone

from huiyin.records.accounts.models import User
from huiyin.records.agencies.models import Agency
from huiyin.records.ledger.services import ledger_append
from huiyin.records.vault import keys
from huiyin.records.vault.details import IdentityDetails
from tests.records.ledger.conftest import note

WANG = IdentityDetails(
    name="王国强",
    phone="13812341234",
    id_number="11010519491231002X",
    address="青禾县东街1号",
    email="w@example.cn",
)


@pytest.fixture(autouse=True)
def ring(tmp_path: Path) -> Iterator[Path]:
    """Keep the keys of this test in a file of its own."""
    before = replace(keys.PLACE)
    path = tmp_path / "keys" / "keyring.json"
    keys.configure(path=lambda: path, may_create=lambda: True, clock=timezone.now)
    yield path
    vars(keys.PLACE).update(vars(before))


@pytest.fixture
def matter(db: None, at: datetime) -> int:
    """A matter with a chain."""
    with transaction.atomic():
        ledger_append(matter_id=1, events=[note(1)], at=at, actor="petitioner", is_new=True)
    return 1


@pytest.fixture
def handler(db: None) -> User:
    """Somebody who handles petitions in an agency."""
    agency = Agency.objects.create(code="water", name="青禾县水利局", kind="department")
    return User.objects.create(username="handler", name="李承办", agency=agency, roles="handler")


@pytest.fixture
def auditor(db: None) -> User:
    """The audit administrator."""
    return User.objects.create(username="auditor", name="审计员", duty="auditor")
