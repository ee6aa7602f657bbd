"""Published seals and receipts: anyone can check that an entry stood, with a file checked offline."""

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from huiyin.casework.intake.services import Receipt
from huiyin.interfaces.commands.verify import read_proof
from huiyin.law.calendar import local_date
from huiyin.records.ledger.models import Seal
from huiyin.records.ledger.proof import receipt_text
from huiyin.records.ledger.services import seal_day
from tests.factories.cases import a_receipt
from tests.people import People

pytestmark = pytest.mark.django_db


def line_of(receipt: Receipt) -> str:
    digest = bytes.fromhex(receipt.entry_hash)
    return receipt_text(matter_id=receipt.case_id, sequence=receipt.sequence, digest=digest)


def a_sealed_receipt(people: People, at: datetime) -> Receipt:
    receipt = a_receipt(people, at)
    seal_day(day=local_date(at), at=at + timedelta(days=1))
    return receipt


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("path", ["/verify/", "/proof/"])
def test_the_pages_open_in_both_languages(client: Client, people: People, language: str, path: str) -> None:
    client.cookies["django_language"] = language
    page = client.get(path).content.decode()
    assert page.count("<h1") == 1


def test_the_daily_roots_are_published(client: Client, people: People, at: datetime) -> None:
    assert "还没有封存过" in client.get("/verify/").content.decode()
    a_sealed_receipt(people, at)
    assert bytes(Seal.objects.get().root).hex() in client.get("/verify/").content.decode()


def test_a_receipt_of_today_stands_and_waits_for_the_seal(client: Client, people: People) -> None:
    receipt = a_receipt(people, timezone.now())
    page = client.post("/proof/", {"text": line_of(receipt)}).content.decode()
    assert "核验通过，尚未封存" in page
    assert 'value="download"' not in page


def test_a_sealed_receipt_yields_a_proof_that_the_command_accepts(
    client: Client, people: People, at: datetime, tmp_path: Path
) -> None:
    line = line_of(a_sealed_receipt(people, at))
    assert "核验通过" in client.post("/proof/", {"text": f"  {line}\n"}).content.decode()
    answer = client.post("/proof/", {"text": line, "go": "download"})
    assert answer["Content-Disposition"].startswith("attachment")
    path = tmp_path / "proof.json"
    path.write_bytes(answer.content)
    report = read_proof(path)
    assert report.finding is None
    assert report.last_root == bytes(Seal.objects.get().root)


def test_a_saved_proof_can_be_pasted_again(client: Client, people: People, at: datetime) -> None:
    line = line_of(a_sealed_receipt(people, at))
    proof = client.post("/proof/", {"text": line, "go": "download"}).content.decode()
    assert "证明有效" in client.post("/proof/", {"text": proof}).content.decode()
    forged = json.loads(proof) | {"root": "00" * 32}
    assert "核验不通过" in client.post("/proof/", {"text": json.dumps(forged)}).content.decode()


def test_a_proof_of_an_unpublished_day_is_refused(client: Client, people: People, at: datetime) -> None:
    line = line_of(a_sealed_receipt(people, at))
    proof = json.loads(client.post("/proof/", {"text": line, "go": "download"}).content)
    page = client.post("/proof/", {"text": json.dumps(proof | {"day": "1999-01-01"})}).content.decode()
    assert "核验不通过" in page


def test_a_receipt_that_differs_is_refused_with_what_to_do(client: Client, people: People) -> None:
    line = line_of(a_receipt(people, timezone.now()))
    changed = line[:-1] + ("0" if line[-1] != "0" else "1")
    page = client.post("/proof/", {"text": changed}).content.decode()
    assert "核验不通过" in page
    assert "监察机关" in page


@pytest.mark.parametrize(
    "text",
    ["", "你好", "1.2", "1.1.zz", "9" * 30 + ".1." + "a" * 64, "-1.1." + "a" * 64, "{}", "[1]", '{"day": 5}'],
)
def test_nonsense_gets_a_sentence(client: Client, people: People, text: str) -> None:
    answer = client.post("/proof/", {"text": text})
    assert answer.status_code in (200, 422)
    assert "核验通过" not in answer.content.decode()


def test_a_huge_paste_is_refused(client: Client, people: People) -> None:
    assert client.post("/proof/", {"text": "9" * 300_000}).status_code == 422


def test_scripts_in_a_paste_are_words(client: Client, people: People) -> None:
    page = client.post("/proof/", {"text": "</textarea><script>x()</script>"}).content.decode()
    assert "<script>x()" not in page
