"""What is written into the ledger, and what it refuses."""

import hashlib
import json
from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, connection, transaction

from huiyin.records.ledger.chain import sm3
from huiyin.records.ledger.models import ChainHead, Entry
from huiyin.records.ledger.selectors import entries_of
from huiyin.records.ledger.services import (
    ChainMissing,
    LedgerOutsideTransaction,
    Line,
    Opening,
    ledger_append,
    ledger_open,
)
from huiyin.records.ledger.vocabulary import (
    EventKind,
    LedgerRefused,
    holds_identity,
    register,
    without_identity,
)
from tests.records.ledger.conftest import note

TABLES = ["ledger_entry", "ledger_seal", "ledger_sealleaf", "ledger_chainhead"]


def test_the_digest_is_the_sm3_of_the_national_standard() -> None:
    # The first example of GB/T 32905-2016, appendix A.
    expected = "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    assert sm3(b"abc").hex() == expected


@pytest.mark.django_db
def test_an_entry_can_be_recomputed_from_its_columns_by_anybody(at: datetime) -> None:
    ledger_append(matter_id=8, events=[note(1), note(2)], at=at, actor="user:7", agency_id=4, is_new=True)
    previous = bytes(32)
    for entry in Entry.objects.filter(matter_id=8).order_by("sequence"):
        body = {
            "matter_id": 8,
            "sequence": entry.sequence,
            "at": "2026-01-14T02:00:00.000000Z",
            "actor": "user:7",
            "agency_id": 4,
            "event": "trial.noted",
            "payload": {"demand": entry.sequence, "reason": "材料齐全，依法受理"},
        }
        text = json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        inner = hashlib.new("sm3", text.encode()).digest()
        assert bytes(entry.previous) == previous
        previous = hashlib.new("sm3", previous + inner).digest()
        assert bytes(entry.hash) == previous
    head = ChainHead.objects.get(pk=8)
    assert (head.sequence, bytes(head.hash)) == (2, previous)


@pytest.mark.django_db
def test_a_new_matter_takes_one_statement_and_a_later_line_two(
    at: datetime, django_assert_num_queries: Callable[[int], object]
) -> None:
    with django_assert_num_queries(1):  # type: ignore[attr-defined]  # a context manager
        ledger_append(matter_id=1, events=[note(1)] * 5, at=at, actor="petitioner", is_new=True)
    with django_assert_num_queries(2):  # type: ignore[attr-defined]  # a context manager
        ledger_append(matter_id=1, events=[note(1)] * 5, at=at, actor="petitioner")


@pytest.mark.django_db
def test_many_matters_are_opened_with_one_statement(
    at: datetime, django_assert_num_queries: Callable[[int], object]
) -> None:
    openings = [Opening(matter, [note(1), note(2)], at, "system") for matter in range(1, 21)]
    with django_assert_num_queries(1):  # type: ignore[attr-defined]  # a context manager
        ledger_open(openings=openings)
    assert [line.sequence for line in entries_of(20)] == [1, 2]


@pytest.mark.django_db(transaction=True)
def test_a_line_outside_a_transaction_is_refused(at: datetime) -> None:
    with pytest.raises(LedgerOutsideTransaction):
        ledger_append(matter_id=1, events=[note(1)], at=at, actor="system", is_new=True)


@pytest.mark.django_db(transaction=True)
def test_a_line_goes_with_the_transaction_it_was_written_in(at: datetime) -> None:
    def change() -> None:
        with transaction.atomic():
            ledger_append(matter_id=1, events=[note(1)], at=at, actor="system", is_new=True)
            raise RuntimeError("the change failed")

    with pytest.raises(RuntimeError):
        change()
    assert entries_of(1) == ()
    assert not ChainHead.objects.exists()


@pytest.mark.django_db
def test_a_matter_without_a_chain_cannot_be_continued(at: datetime) -> None:
    with pytest.raises(ChainMissing, match="99"):
        ledger_append(matter_id=99, events=[note(1)], at=at, actor="system")


@pytest.mark.django_db
def test_a_chain_is_not_begun_twice(three_chains: None, at: datetime) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        ledger_append(matter_id=2, events=[note(1)], at=at, actor="system", is_new=True)


@pytest.mark.django_db
@pytest.mark.parametrize("table", ["ledger_entry", "ledger_seal", "ledger_sealleaf", "vault_disclosure"])
@pytest.mark.parametrize("deed", ["UPDATE {} SET id = id", "DELETE FROM {}"])
def test_what_was_written_cannot_be_changed_or_deleted(full_tables: None, table: str, deed: str) -> None:
    with pytest.raises(IntegrityError, match="can only grow"), transaction.atomic():
        connection.cursor().execute(deed.format(table))


@pytest.mark.django_db
@pytest.mark.parametrize(
    "deed",
    [
        "DELETE FROM ledger_chainhead WHERE matter_id = 1",
        "UPDATE ledger_chainhead SET sequence = 1 WHERE matter_id = 1",
        "UPDATE ledger_chainhead SET matter_id = 77 WHERE matter_id = 1",
    ],
)
def test_a_chain_head_only_moves_forward(three_chains: None, deed: str) -> None:
    with pytest.raises(IntegrityError, match="can only grow"), transaction.atomic():
        connection.cursor().execute(deed)


@pytest.mark.django_db
def test_an_entry_cannot_be_replaced_by_inserting_over_it(three_chains: None) -> None:
    columns = "id, matter_id, sequence, at, actor, agency_id, event, payload, previous, hash"
    if connection.vendor == "postgresql":
        statement = (
            f"INSERT INTO ledger_entry ({columns}) SELECT {columns} FROM ledger_entry WHERE matter_id = 2"
            " ON CONFLICT (id) DO UPDATE SET actor = 'user:1'"
        )
    else:
        statement = (
            f"INSERT OR REPLACE INTO ledger_entry ({columns})"
            f" SELECT {columns} FROM ledger_entry WHERE matter_id = 2"
        )
    with pytest.raises(IntegrityError, match="can only grow"), transaction.atomic():
        connection.cursor().execute(statement)


@pytest.mark.django_db
@pytest.mark.parametrize("table", [*TABLES, "vault_disclosure"])
def test_the_tables_cannot_be_emptied_at_once(full_tables: None, table: str) -> None:
    statement = f"TRUNCATE {table} CASCADE" if connection.vendor == "postgresql" else f"DELETE FROM {table}"
    with pytest.raises(IntegrityError, match="can only grow"), transaction.atomic():
        connection.cursor().execute(statement)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("reason", "请拨打13812345678联系"),
        ("reason", "电话 138 1234 5678"),
        ("reason", "电话138-1234-5678"),
        ("reason", "电话１３８１２３４５６７８"),
        ("reason", "身份证11010519491231002X"),
        ("reason", "身份证 110105 19491231 002x"),
        ("reason", "来信人 wang@example.cn"),
        ("number", "13812345678"),
        ("stage", "13812345678"),
        ("grounds", ["a", "110105194912310021"]),
        ("demand", 13812345678),
        ("demands", [1, 13812345678]),
    ],
)
def test_an_identity_cannot_be_written_into_the_ledger(field: str, value: object, at: datetime) -> None:
    with pytest.raises(LedgerRefused):
        ledger_append(
            matter_id=1, events=[Line("trial.noted", {field: value})], at=at, actor="system", is_new=True
        )
    assert not Entry.objects.exists()


@pytest.mark.parametrize(
    "text", ["青信告〔2026〕12号", "QH2026-0001234-7", "20260000012347", "补偿款 1380000 元"]
)
def test_numbers_of_the_office_are_not_taken_for_identities(text: str) -> None:
    assert not holds_identity(text)


def test_a_petitioners_words_can_stand_once_the_identity_is_blanked_out() -> None:
    assert without_identity("我是王某，电话13812345678，撤回") == "我是王某，电话〔已隐去〕，撤回"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", "王某"),
        ("demand", "1"),
        ("demand", True),
        ("demand", 1.5),
        ("agreed", 1),
        ("due", "2026-01-01"),
        ("due", datetime(2026, 1, 1, tzinfo=UTC)),
        ("heard_at", datetime(2026, 1, 1)),
        ("stage", "已受理 "),
        ("stage", 'a","b":"c'),
        ("grounds", "abc"),
        ("reason", "长" * 2001),
        ("reason", "\ud800"),
    ],
)
def test_a_field_outside_the_vocabulary_is_refused(field: str, value: object, at: datetime) -> None:
    with pytest.raises(LedgerRefused, match=field):
        ledger_append(
            matter_id=1, events=[Line("trial.noted", {field: value})], at=at, actor="system", is_new=True
        )


@pytest.mark.django_db
def test_every_kind_of_field_comes_back_as_written(at: datetime) -> None:
    payload = {
        "agreed": True,
        "stage": "accepted",
        "grounds": ["art-31", "art.34"],
        "due": date(2026, 3, 1),
        "demand": 3,
        "demands": (1, 2),
        "heard_at": at,
        "number": "青信告〔2026〕12号",
        "reason": '他说："好"\\\n第二行',
    }
    line = Line("trial.noted", {**payload, "due": date(2026, 3, 1)})
    ledger_append(matter_id=1, events=[line], at=at, actor="system", is_new=True)
    expected = payload | {"due": "2026-03-01", "demands": [1, 2], "heard_at": "2026-01-14T10:00:00+08:00"}
    assert entries_of(1)[0].payload == expected


@pytest.mark.django_db
@pytest.mark.parametrize("actor", ["王某", "user:", 'user:1"', "user:0", "", "user:1\n"])
def test_an_actor_is_a_number_never_a_name(actor: str, at: datetime) -> None:
    with pytest.raises(LedgerRefused, match="actor"):
        ledger_append(matter_id=1, events=[note(1)], at=at, actor=actor, is_new=True)


def test_an_unknown_event_is_refused_and_a_known_one_keeps_its_meaning() -> None:
    with pytest.raises(LedgerRefused, match="different meanings"):
        register(EventKind("trial.noted", text_staff="别的"))
    with pytest.raises(LedgerRefused, match="named like"):
        register(EventKind("Trial noted", text_staff="别的"))
