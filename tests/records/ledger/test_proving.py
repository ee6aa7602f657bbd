"""A petitioner can prove that an entry existed, without the office and without the database."""

import copy
import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction

from huiyin.records.ledger.proof import check_proof, parse_proof, receipt_parts, receipt_text
from huiyin.records.ledger.report import Fault
from huiyin.records.ledger.selectors import entries_of, proof_of, published_root, seals_published, standing_of
from huiyin.records.ledger.services import Opening, ledger_append, ledger_open, seal_day
from tests.records.ledger.conftest import note


@pytest.fixture
def county(db: None, at: datetime) -> None:
    """Thirteen matters, sealed on two days; the seventh went on in between and after."""
    with transaction.atomic():
        ledger_open(openings=[Opening(n, [note(n), note(n, "第二步")], at, "system") for n in range(1, 14)])
        seal_day(day=at.date(), at=at)
        ledger_append(matter_id=7, events=[note(1), note(2), note(3)], at=at, actor="user:3")
        seal_day(day=at.date() + timedelta(1), at=at)
        ledger_append(matter_id=7, events=[note(4)], at=at, actor="user:3")


@pytest.fixture
def proof(county: None) -> dict[str, Any]:
    """The proof of the fourth entry of the seventh matter, as it comes off a QR code."""
    found = proof_of(7, 4, with_body=True)
    assert found is not None
    parsed = parse_proof(found.as_text())
    assert parsed is not None
    return parsed


@pytest.mark.parametrize("matter", range(1, 14))
@pytest.mark.parametrize("sequence", [1, 2])
def test_every_sealed_entry_can_be_proven(county: None, matter: int, sequence: int, at: datetime) -> None:
    found = proof_of(matter, sequence)
    assert found is not None
    report = check_proof(found.as_dict(), roots={at.date(): published_root(at.date()) or b""})
    assert report.is_valid
    assert report.last_day == at.date()
    assert found.hash == entries_of(matter)[sequence - 1].hash.hex()


def test_a_proof_tells_nothing_of_the_lines_that_follow(county: None) -> None:
    found = proof_of(7, 3)
    assert found is not None
    assert len(found.following) == 2
    assert "reason" not in found.as_text()
    assert "受理" not in found.as_text()


def test_a_proof_with_its_body_shows_what_was_written_and_when(proof: dict[str, Any]) -> None:
    report = check_proof(proof)
    assert report.is_valid
    body = report.proven["body"]
    assert isinstance(body, dict)
    assert body["at"] == "2026-01-14T02:00:00.000000Z"
    assert body["payload"]["demand"] == 2


def test_an_entry_that_is_not_sealed_yet_has_no_proof(county: None) -> None:
    assert proof_of(7, 6) is None
    assert proof_of(7, 99) is None
    assert proof_of(99, 1) is None


@pytest.mark.parametrize("field", ["hash", "previous", "digest", "root", "following", "path"])
def test_a_proof_with_one_changed_bit_fails(proof: dict[str, Any], field: str) -> None:
    changed = copy.deepcopy(proof)
    if isinstance(proof[field], list):
        changed[field][0] = flipped(proof[field][0])
    else:
        changed[field] = flipped(proof[field])
    assert not check_proof(changed).is_valid


def flipped(digest: str) -> str:
    return ("0" if digest[0] != "0" else "1") + digest[1:]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("matter", 8),
        ("sequence", 3),
        ("index", 1),
        ("size", 99),
        ("rule", "1"),
        ("path", []),
        ("following", []),
    ],
)
def test_a_proof_cannot_be_bent_to_another_place(proof: dict[str, Any], field: str, value: object) -> None:
    assert not check_proof(proof | {field: value}).is_valid


def test_a_proof_cannot_be_given_another_body(proof: dict[str, Any]) -> None:
    proof["body"]["at"] = "2026-01-13T02:00:00.000000Z"
    finding = check_proof(proof).finding
    assert finding is not None
    assert finding.fault == Fault.PROOF_ENTRY_WRONG


def test_a_proof_of_a_root_that_was_never_published_fails(proof: dict[str, Any], at: datetime) -> None:
    finding = check_proof(proof, roots={at.date(): bytes(32)}).finding
    assert finding is not None
    assert finding.fault == Fault.PROOF_ROOT_UNKNOWN


@pytest.mark.parametrize(
    "change",
    [
        {"rule": "2x"},
        {"rule": None},
        {"path": ["zz"]},
        {"path": 5},
        {"day": "heute"},
        {"size": "9"},
        {"size": -1},
        {"size": 10**40},
        {"matter": "7"},
        {"body": "x"},
        {"following": [7]},
        {"root": ""},
    ],
)
def test_a_mangled_proof_is_an_answer_not_a_crash(proof: dict[str, Any], change: dict[str, object]) -> None:
    assert not check_proof(proof | change).is_valid


@pytest.mark.parametrize("text", ["", "[]", "null", "{", "[" * 100_000, "7" * 1_000_001])
def test_a_text_that_is_no_proof_is_refused(text: str) -> None:
    parsed = parse_proof(text)
    assert parsed is None or not check_proof(parsed).is_valid


def test_an_empty_object_is_no_proof() -> None:
    finding = check_proof({}).finding
    assert finding is not None
    assert finding.fault == Fault.PROOF_UNREADABLE


def test_a_receipt_is_recognised_before_and_after_the_seal(county: None) -> None:
    before = entries_of(7)[5]
    text = receipt_text(matter_id=7, sequence=6, digest=before.hash)
    standing = standing_of(f" {text}\n")
    assert standing is not None
    assert (standing.is_same, standing.proof) == (True, None)
    sealed = entries_of(7)[0]
    standing = standing_of(receipt_text(matter_id=7, sequence=1, digest=sealed.hash))
    assert standing is not None
    assert standing.proof is not None


def test_a_receipt_whose_entry_was_rewritten_shows_it(county: None) -> None:
    standing = standing_of(receipt_text(matter_id=7, sequence=1, digest=bytes(32)))
    assert standing is not None
    assert (standing.exists, standing.is_same, standing.proof) == (True, False, None)


@pytest.mark.parametrize("text", ["", "7.1", "7.1.zz", "x.1." + "0" * 64, "7.1." + "0" * 62, "1.1.1.1"])
def test_a_text_that_is_no_receipt_is_refused(text: str) -> None:
    assert receipt_parts(text) is None


def test_a_proof_fits_on_a_qr_code(county: None) -> None:
    found = proof_of(7, 1)
    assert found is not None
    assert len(found.as_text().encode()) < 2953, "the most a QR code takes"
    assert json.loads(found.as_text())["version"] == 1


def test_the_published_roots_are_a_chain(county: None) -> None:
    newest, oldest = seals_published()
    assert newest.previous_root == oldest.root
    assert oldest.previous_root == bytes(32)
