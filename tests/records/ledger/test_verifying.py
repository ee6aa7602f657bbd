"""Whatever is changed behind the ledger's back is found, and named."""

from collections.abc import Callable
from datetime import datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.db import connection

from huiyin.records.ledger.export import verify_file
from huiyin.records.ledger.findings import SENTENCES, explain
from huiyin.records.ledger.models import ChainHead, Entry, SealLeaf
from huiyin.records.ledger.report import Fault, Finding
from huiyin.records.ledger.services import ledger_append, seal_day
from huiyin.records.ledger.streams import export_database, stored_entries
from huiyin.records.ledger.verify import verify_database, verify_entries
from tests.records.ledger.conftest import hands_on, note

Tamper = Callable[[str], None]
pytestmark = pytest.mark.django_db


@pytest.fixture
def sealed(three_chains: None, at: datetime) -> None:
    """Two days sealed, and one line written since."""
    seal_day(day=at.date(), at=at)
    ledger_append(matter_id=3, events=[note(5), note(6)], at=at, actor="system")
    seal_day(day=at.date() + timedelta(1), at=at + timedelta(1))
    ledger_append(matter_id=2, events=[note(7)], at=at, actor="system")


def find(fault: Fault, matter: int | None = None, place: int | None = None) -> Finding:
    """Verify, and make sure that exactly this is found."""
    finding = verify_database().finding
    assert finding is not None, "the change was not found"
    assert (finding.fault, finding.matter_id, finding.sequence) == (fault, matter, place)
    return finding


def test_an_untouched_ledger_is_whole(sealed: None) -> None:
    report = verify_database()
    assert report.finding is None
    assert (report.entries, report.matters, report.seals) == (10, 3, 2)


def test_an_empty_ledger_is_whole() -> None:
    assert verify_database().is_valid


@pytest.mark.parametrize(
    "change",
    [
        "actor = 'user:8'",
        "agency_id = 5",
        "agency_id = NULL",
        "event = 'trial.other'",
        'payload = \'{"demand":1,"reason":"另一个理由"}\'',
        "at = '2026-01-14 01:59:59+00:00'",
        'actor = \'user:7","agency_id":4,"at":"x\'',
    ],
)
def test_a_changed_entry_is_named(sealed: None, tamper: Tamper, change: str) -> None:
    if connection.vendor == "sqlite":
        change = change.replace("+00:00", "")
    tamper(f"UPDATE ledger_entry SET {change} WHERE matter_id = 1 AND sequence = 2")
    finding = find(Fault.ENTRY_CHANGED, 1, 2)
    assert "信访事项 1 的第 2 条台账已被改动" in explain(finding)


def test_a_deleted_entry_is_named(sealed: None, tamper: Tamper) -> None:
    tamper("DELETE FROM ledger_entry WHERE matter_id = 1 AND sequence = 2")
    find(Fault.ENTRY_MISSING, 1, 2)


def test_a_cut_off_tail_is_named(sealed: None, tamper: Tamper) -> None:
    tamper("DELETE FROM ledger_entry WHERE matter_id = 2 AND sequence = 2")
    find(Fault.TAIL_MISSING, 2, 2)


def test_a_cut_off_tail_is_found_by_the_seal_even_when_the_head_was_wound_back(
    sealed: None, tamper: Tamper
) -> None:
    tamper("DELETE FROM ledger_entry WHERE matter_id = 1 AND sequence = 4")
    before = Entry.objects.get(matter_id=1, sequence=3)
    with hands_on():
        ChainHead.objects.filter(pk=1).update(sequence=3, hash=before.hash, sealed_sequence=0)
    find(Fault.TAIL_MISSING, 1, 4)


@pytest.mark.parametrize("matter", [1, 2, 3])
def test_a_vanished_matter_is_named_by_its_head(sealed: None, matter: int) -> None:
    with hands_on():
        Entry.objects.filter(matter_id=matter).delete()
    # The third is noticed by what stands behind it, the others by their head.
    assert verify_database().finding == Finding(Fault.TAIL_MISSING, matter, 1)


def test_a_matter_that_vanished_with_its_head_is_found_by_the_seal(sealed: None) -> None:
    with hands_on():
        Entry.objects.filter(matter_id=3).delete()
        ChainHead.objects.filter(pk=3).delete()
    find(Fault.LEAF_MISSING, 3, 2)


def test_a_wrong_head_is_named(sealed: None, tamper: Tamper) -> None:
    other = "decode(repeat('00', 32), 'hex')" if connection.vendor == "postgresql" else "zeroblob(32)"
    tamper(f"UPDATE ledger_chainhead SET hash = {other} WHERE matter_id = 2")
    find(Fault.HEAD_WRONG, 2, 2)


def test_a_missing_head_is_named(sealed: None, tamper: Tamper) -> None:
    tamper("DELETE FROM ledger_chainhead WHERE matter_id = 2")
    find(Fault.HEAD_MISSING, 2, 2)


def test_an_entry_the_head_does_not_know_is_named(sealed: None) -> None:
    with hands_on():
        ChainHead.objects.filter(pk=2).update(sequence=1)
    find(Fault.ENTRY_EXTRA, 2, 2)


def test_a_chain_rewritten_from_its_start_is_found_by_the_seal(sealed: None, at: datetime) -> None:
    with hands_on():
        Entry.objects.filter(matter_id=1).delete()
        ChainHead.objects.filter(pk=1).delete()
        lines = [note(number, "另一种说法") for number in range(4)]
        ledger_append(matter_id=1, events=lines, at=at, actor="user:7", agency_id=4, is_new=True)
    find(Fault.LEAF_WRONG, 1, 4)


def test_a_changed_seal_leaf_is_found(sealed: None) -> None:
    with hands_on():
        SealLeaf.objects.filter(matter_id=2).update(hash=bytes(32))
    finding = find(Fault.SEAL_WRONG)
    assert "2026-01-14" in explain(finding)


@pytest.mark.parametrize(
    "change", ["root = {0}", "size = 9", "day = '2026-01-13'"], ids=["root", "size", "day"]
)
def test_a_changed_seal_is_found(sealed: None, tamper: Tamper, change: str) -> None:
    zero = "decode(repeat('00', 32), 'hex')" if connection.vendor == "postgresql" else "zeroblob(32)"
    tamper(f"UPDATE ledger_seal SET {change.format(zero)} WHERE day = '2026-01-14'")
    find(Fault.SEAL_WRONG)


def test_a_deleted_seal_breaks_the_chain_of_roots(sealed: None) -> None:
    with hands_on(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM ledger_sealleaf WHERE seal_id = (SELECT MIN(id) FROM ledger_seal)")
        cursor.execute("DELETE FROM ledger_seal WHERE day = '2026-01-14'")
    finding = find(Fault.SEAL_LINK_BROKEN)
    assert finding.day is not None
    assert finding.day.isoformat() == "2026-01-15"


def test_a_missing_trigger_is_reported_though_nothing_was_changed_yet(sealed: None) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("DROP TRIGGER append_only_ledger_entry ON ledger_entry")
        else:
            cursor.execute("DROP TRIGGER append_only_ledger_entry_delete")
    finding = find(Fault.TRIGGERS_MISSING)
    assert "ledger_entry" in explain(finding)


def test_a_day_is_sealed_once_and_never_out_of_order(sealed: None, at: datetime) -> None:
    first = seal_day(day=at.date(), at=at + timedelta(9))
    assert first.made_at == at
    with pytest.raises(Exception, match="不能补封更早的日期"):
        seal_day(day=at.date() - timedelta(1), at=at)


def test_a_quiet_day_has_a_seal_that_goes_on_from_the_day_before(sealed: None, at: datetime) -> None:
    third = seal_day(day=at.date() + timedelta(2), at=at)
    quiet = seal_day(day=at.date() + timedelta(3), at=at)
    assert (quiet.size, bytes(quiet.previous_root)) == (1, bytes(third.root))
    assert verify_database().seals == 4


def test_chains_alone_can_be_verified_too(sealed: None) -> None:
    rows = list(stored_entries())
    assert verify_entries(rows).is_valid
    del rows[1]
    assert verify_entries(rows).finding == Finding(Fault.ENTRY_MISSING, 1, 2)


def test_every_fault_has_a_sentence() -> None:
    assert set(SENTENCES) == set(Fault)
    for fault in Fault:
        assert "%" not in explain(Finding(fault, 1, 2, line=3, detail="某文件"))


@pytest.fixture
def exported(sealed: None, tmp_path: Path, at: datetime) -> Path:
    """The ledger as a file."""
    file = StringIO()
    assert export_database(file, at=at) == 10
    path = tmp_path / "ledger.jsonl"
    path.write_text(file.getvalue(), "utf-8")
    return path


def test_an_exported_file_is_verified_without_the_database(
    exported: Path, django_assert_num_queries: Callable[[int], object]
) -> None:
    live = verify_database()
    with django_assert_num_queries(0):  # type: ignore[attr-defined]  # a context manager
        report = verify_file(exported)
    assert report == live
    assert report.is_valid


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("依法受理", "依法拒绝", Fault.ENTRY_CHANGED),
        ("user:7", "user:8", Fault.ENTRY_CHANGED),
        ('["end",10]', "", Fault.FILE_INCOMPLETE),
        ('["end",10]', '["end",11]', Fault.FILE_INCOMPLETE),
        ('["head",1,4', '["head",1,5', Fault.TAIL_MISSING),
        ('["seal","2026-01-15"', '["seal","2026-01-16"', Fault.SEAL_WRONG),
        ('["leaf","2026-01-14",1,', '["leaf","2026-01-14",1,[],', Fault.FILE_UNREADABLE),
        ('"huiyin_ledger":1', '"huiyin_ledger":2', Fault.FILE_UNREADABLE),
    ],
)
def test_a_changed_file_is_found(exported: Path, old: str, new: str, fault: Fault) -> None:
    text = exported.read_text("utf-8")
    assert old in text
    exported.write_text(text.replace(old, new, 1), "utf-8")
    finding = verify_file(exported).finding
    assert finding is not None
    assert finding.fault == fault


@pytest.mark.parametrize("number", range(1, 21))
def test_a_file_that_lost_any_one_line_is_found(exported: Path, number: int) -> None:
    lines = exported.read_text("utf-8").splitlines(keepends=True)
    assert len(lines) == 21
    del lines[number]
    exported.write_text("".join(lines), "utf-8")
    assert not verify_file(exported).is_valid


@pytest.mark.parametrize("content", ["", "{}", "[]", "null", "垃圾", "[" * 100_000])
def test_a_file_of_another_kind_is_refused_with_a_sentence(tmp_path: Path, content: str) -> None:
    path = tmp_path / "other.txt"
    path.write_text(content, "utf-8")
    finding = verify_file(path).finding
    assert finding is not None
    assert "不是台账导出的格式" in explain(finding)
