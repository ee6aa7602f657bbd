"""Whatever a program sends, the API answers in words and nothing breaks: never a 500."""

import json

import pytest

from huiyin.casework.cases.models import Case, Submission
from huiyin.records.ledger.verify import verify_database
from tests.factories.cases import a_receipt, demand_of

pytestmark = pytest.mark.django_db
HUGE = 10**30
REFUSED = {400, 404, 405, 409, 413, 415, 422}
BODIES = (
    b"",
    b"{",
    b"null",
    b"[]",
    b'"text"',
    b"\xff\xfe\x00",
    '{"text": "路灯坏了"}'.encode("gb18030"),
    '{"text": "路灯坏了"}'.encode("utf-16"),
    b"[" * 100_000,
    b'{"a":' * 50_000,
    b'{"channel": "visit", "text": "x", "demands": [' + b'{"statement": "x"},' * 3000 + b"{}]}",
    b'{"head_count": 1e400, "channel": "visit", "text": "x", "demands": []}',
    b'{"channel": NaN}',
)
ODD = ("路灯\x00坏了", "路灯\ud800坏了", "\u202e路灯坏了", "路灯坏了\x07")
FIELDS = ("text", "title", "place", "statement", "name", "post_number", "token")
CHANGES: tuple[dict[str, object], ...] = (
    {"channel": "pigeon"},
    {"head_count": 0},
    {"head_count": HUGE},
    {"head_count": -1},
    {"received_on": "2126-01-01"},
    {"received_on": "0001-01-01"},
    {"received_on": "9999-12-31"},
    {"received_on": "gestern"},
    {"text": "x" * 50_001},
    {"demands": []},
    {"demands": [{"statement": "x"}] * 21},
    {"demands": [{"statement": "x", "branch": "nowhere"}]},
    {"demands": [{"statement": "x", "accused_agency": "nobody"}]},
    {"naming": "anonymous"},
    {"phone": "1"},
    {"id_number": "1" * 18},
    {"region_code": "' OR 1=1 --"},
    {"superior_number": "9" * 199},
    {"evidence": {"__proto__": "x"}},
    {"others": [{"capacity": "agent", "name": "张三"}]},
    {"place": "x" * 201},
    {"title": "x" * 121},
)
NUMBERS = ("0", "-1", str(HUGE), "1e3", "1'", "%00", "../1", "9223372036854775808")
CURSORS = ("x", "_", "0_", "2026-13-99_5", str(HUGE), "\x00", "'; DROP", "²")
WORDS = ("", "\x00", "'", '"', "a & b | !", "*", "%", "的", "的" * 5000, "🀄", "NEAR(", "\ud800")
FILTERS = (
    {"stage": "\x00"},
    {"place": "\x00"},
    {"text": "\x00路灯"},
    {"due_until": "x"},
    {"limit": "-5"},
    {"limit": str(HUGE)},
    {"received_to": "9999-12-31"},
    {"received_from": "0001-01-01"},
)
STEPS: tuple[tuple[str, dict[str, object]], ...] = (
    ("sort", {"content_class": "\x00", "branch": "petition"}),
    ("sort", {"content_class": "02", "branch": "petition", "reason": "\x00"}),
    ("sort", {"content_class": "02", "branch": "petition", "version": HUGE}),
    ("forward", {"receiver": "\x00"}),
    ("forward", {"receiver": "natural-resources", "requirement": "a\x00b\ud800"}),
    ("assign", {"receiver": "natural-resources", "limit_on": "0001-01-01", "requirement": "x"}),
    ("assign", {"receiver": "natural-resources", "limit_on": "9999-12-31", "requirement": "x"}),
    ("redirect", {"reason": "\x00", "authority": "\ud800", "how": "\x00"}),
    ("withdraw", {"reason": "\x00\x00", "is_confirmed_by_petitioner": True}),
)


def test_a_body_that_is_no_petition_is_refused(program_of):
    clerk = program_of("clerk")
    for body in BODIES:
        assert clerk.post("/submissions", body).status_code in REFUSED, body[:60]
    assert not Case.objects.exists()


def test_a_body_beyond_the_limit_is_answered_with_413(program_of):
    body = json.dumps({"channel": "visit", "text": "长" * 5_000_000, "demands": []}).encode()
    assert program_of("clerk").post("/submissions", body).status_code == 413


@pytest.mark.parametrize("field", FIELDS)
def test_characters_no_database_takes_are_refused_or_taken_out(program_of, petition, field):
    clerk = program_of("clerk")
    for text in ODD:
        body, headers = dict(petition), {}
        if field == "statement":
            body["demands"] = [{"statement": text}]
        elif field == "post_number":
            body |= {"channel": "web", "evidence": {"post_number": text}}
        elif field == "token":
            headers = {"idempotency_key": text.encode("utf-8", "replace").decode("latin-1")}
        else:
            body[field] = text
        answer = clerk.post("/submissions", body, **headers)
        assert answer.status_code in REFUSED | {201}, (text, answer.content.decode())
    for submission in Submission.objects.all():
        assert not set(submission.text) & {"\x00", "\ud800"}
    assert verify_database().is_valid


def test_a_field_that_cannot_be_is_refused_with_a_sentence(program_of, petition):
    clerk = program_of("clerk")
    for change in CHANGES:
        answer = clerk.post("/submissions", petition | change)
        assert answer.status_code == 422, (change, answer.content.decode())
    assert not Case.objects.exists()


def test_forged_numbers_are_not_found(people, at, program_of):
    a_receipt(people, at)
    clerk = program_of("clerk")
    link = {"other": 1, "kind": "same", "reason": "同一"}
    for number in NUMBERS:
        assert clerk.get(f"/cases/{number}").status_code == 404, number
        assert clerk.post(f"/demands/{number}/accept", {}).status_code == 404, number
        assert clerk.post(f"/cases/{number}/links", link).status_code == 404, number


def test_a_cursor_that_is_none_shows_the_first_page(people, at, program_of):
    a_receipt(people, at)
    clerk = program_of("clerk")
    for after in CURSORS:
        for sort in ("", "newest"):
            answer = clerk.get("/demands", list="unit", after=after, sort=sort)
            assert answer.status_code in {200, 422}, (after, answer.content.decode())


def test_a_search_for_anything_is_answered(people, at, program_of):
    a_receipt(people, at)
    clerk = program_of("clerk")
    for words in WORDS:
        answer = clerk.get("/search", q=words.encode("utf-8", "replace").decode())
        assert answer.status_code in {200, 422}, (words, answer.content.decode())
        answer = clerk.post("/earlier-matters", {"text": words, "phone": words[:20], "name": words[:20]})
        assert answer.status_code in {200, 422}, (words, answer.content.decode())


def test_filters_that_cannot_be_are_answered(people, at, program_of):
    a_receipt(people, at)
    clerk = program_of("clerk")
    for filters in FILTERS:
        answer = clerk.get("/demands", list="all", **filters)
        assert answer.status_code in {200, 422}, (filters, answer.content.decode())


def test_a_step_with_odd_contents_is_refused_or_done_but_never_breaks(people, at, program_of):
    clerk = program_of("clerk")
    for step, body in STEPS:
        demand = demand_of(a_receipt(people, at))
        if step != "sort":
            clerk.post(f"/demands/{demand.pk}/sort", {"content_class": "02", "branch": "petition"})
        answer = clerk.post(f"/demands/{demand.pk}/{step}", body)
        assert answer.status_code in REFUSED | {200, 204}, (step, body, answer.content.decode())
    assert verify_database().is_valid
