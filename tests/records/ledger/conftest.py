"""A ledger to try things on: an event of its own, three matters, and hands that may change what stands."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

import pytest
from django.db import connection, transaction

from huiyin.records.ledger.services import Line, ledger_append, seal_day
from huiyin.records.ledger.vocabulary import (
    BOOLEAN,
    CODE,
    CODES,
    DATE,
    INTEGER,
    INTEGERS,
    MOMENT,
    NUMBER,
    PROSE,
    EventKind,
    register,
)
from huiyin.records.vault.details import IdentityDetails
from huiyin.records.vault.services import identity_reveal_own, identity_store
from tests.flushing import triggers_aside

TRIAL = EventKind(
    "trial.noted",
    text_staff="试记",
    text_petitioner="试记",
    fields={
        "agreed": BOOLEAN,
        "stage": CODE,
        "grounds": CODES,
        "due": DATE,
        "demand": INTEGER,
        "demands": INTEGERS,
        "heard_at": MOMENT,
        "number": NUMBER,
        "reason": PROSE,
    },
)
register(TRIAL)


def note(demand: int, reason: str = "材料齐全，依法受理") -> Line:
    """Make one line of the trial event."""
    return Line("trial.noted", {"demand": demand, "reason": reason})


@pytest.fixture
def three_chains(db: None, at: datetime) -> None:
    """Three matters of four, one and two entries."""
    with transaction.atomic():
        for matter, length in ((1, 3), (2, 1), (3, 2)):
            lines = [note(number) for number in range(length)]
            ledger_append(matter_id=matter, events=lines, at=at, actor="user:7", agency_id=4, is_new=True)
        ledger_append(matter_id=1, events=[note(9)], at=at, actor="petitioner")


@pytest.fixture
def tamper() -> Callable[[str], None]:
    """Change the tables as somebody could who has the database in hand and puts the triggers aside."""

    def change(statement: str) -> None:
        with hands_on(), connection.cursor() as cursor:
            cursor.execute(statement)
            assert cursor.rowcount == 1, "the test must change exactly one row"

    return change


@contextmanager
def hands_on() -> Iterator[None]:
    with transaction.atomic(), triggers_aside(connection):
        yield


@pytest.fixture
def full_tables(three_chains: None, at: datetime) -> None:
    """A row in every table that can only grow."""
    seal_day(day=at.date(), at=at)
    identity = identity_store(details=IdentityDetails(name="王某"), at=at)
    identity_reveal_own(identity_ids=[identity.id], matter_id=1, at=at)
    # Foreign keys still to be checked would keep PostgreSQL from emptying a table before the trigger does.
    connection.check_constraints()
