"""Several writers, sealers and verifiers at once leave one unbroken ledger."""

from datetime import datetime, timedelta

import pytest
from django.db import transaction

from huiyin.records.ledger.models import Seal
from huiyin.records.ledger.selectors import entries_of, unsealed_chains
from huiyin.records.ledger.services import ledger_append, seal_day
from huiyin.records.ledger.streams import snapshot, stored_ledger
from huiyin.records.ledger.verify import verify_database, verify_ledger
from tests.records.ledger.conftest import note
from tests.records.ledger.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def write(matter: int, at: datetime, times: int = 1) -> None:
    """Append one line after the other, each in a transaction of its own."""
    for number in range(times):
        with transaction.atomic():
            ledger_append(matter_id=matter, events=[note(number)], at=at, actor="system")


def test_two_people_writing_to_one_matter_queue_up(three_chains: None, at: datetime) -> None:
    at_once(*[lambda: write(1, at, 10)] * 3)
    assert [line.sequence for line in entries_of(1)] == list(range(1, 35))
    assert verify_database().is_valid


def test_a_ledger_is_verified_while_somebody_writes(three_chains: None, at: datetime) -> None:
    with snapshot():
        assert verify_ledger(stored_ledger()).entries == 7
        at_once(lambda: write(3, at))
        report = verify_ledger(stored_ledger())
        assert (report.is_valid, report.entries) == (True, 7)
    assert verify_database().entries == 8


def test_a_day_sealed_by_two_workers_at_once_has_one_seal(three_chains: None, at: datetime) -> None:
    seal_day(day=at.date() - timedelta(1), at=at)
    write(1, at)
    roots = []
    at_once(*[lambda: roots.append(bytes(seal_day(day=at.date(), at=at).root))] * 3)
    assert len(set(roots)) == 1
    assert Seal.objects.count() == 2
    assert verify_database().is_valid


def test_what_is_written_while_a_day_is_sealed_is_in_this_seal_or_the_next(
    three_chains: None, at: datetime
) -> None:
    at_once(lambda: write(1, at, 20), lambda: seal_day(day=at.date(), at=at))
    seal_day(day=at.date() + timedelta(1), at=at)
    assert unsealed_chains() == 0
    assert verify_database().is_valid
