"""Several writers, sealers and verifiers at once leave one unbroken ledger."""

from datetime import datetime, timedelta

import pytest
from django.db import transaction

from huiyin.records.ledger.chain import Head
from huiyin.records.ledger.models import ChainHead, Entry, Seal
from huiyin.records.ledger.selectors import entries_of, unsealed_chains
from huiyin.records.ledger.services import ChainMoved, ledger_append, seal_day
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


def test_of_two_who_read_the_same_head_the_second_is_refused(three_chains: None, at: datetime) -> None:
    found = ChainHead.objects.get(pk=1)
    head = Head(found.sequence, bytes(found.hash))
    outcomes: list[str] = []

    def act() -> None:
        try:
            with transaction.atomic():
                ledger_append(matter_id=1, events=[note(1), note(2)], at=at, actor="system", head=head)
            outcomes.append("written")
        except ChainMoved:
            outcomes.append("refused")

    at_once(*[act] * 3)
    assert sorted(outcomes) == ["refused", "refused", "written"]
    assert [line.sequence for line in entries_of(1)] == list(range(1, 7))
    assert verify_database().is_valid


def test_a_head_follows_a_line_that_somebody_writes_by_hand(three_chains: None, at: datetime) -> None:
    last = Entry.objects.filter(matter_id=2).latest("sequence")
    last.pk, last.sequence, last.previous, last.hash = None, 2, last.hash, b"x" * 32
    last.save(force_insert=True)
    head = ChainHead.objects.get(pk=2)
    assert (head.sequence, bytes(head.hash)) == (2, b"x" * 32)
    assert not verify_database().is_valid
