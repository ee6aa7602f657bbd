"""The same sent twice, and two people at one matter at the same moment: one of them wins, nothing doubles."""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
from django.utils import timezone

from huiyin.casework.cases.models import Case, Demand, Submission
from huiyin.casework.replies.models import StepEvidence
from huiyin.law.calendar import local_date
from huiyin.records.documents.models import Document
from huiyin.records.ledger.verify import verify_database
from tests.factories.cases import Walk, a_receipt, demand_of
from tests.interfaces.desk.register.test_registering import sheet
from tests.records.ledger.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def statuses(*calls: Callable[[], object]) -> Counter[int]:
    """What calls at the same moment are answered with."""
    found: list[int] = []
    at_once(*[lambda call=call: found.append(call().status_code) for call in calls])
    return Counter(found)


def is_won_by_one(found: Counter[int]) -> bool:
    """One went through; the other was told that it is too late, or no longer theirs."""
    done, refused = found[200] + found[204], found[403] + found[404] + found[409]
    return (done, refused, found.total()) == (1, 1, 2)


def test_one_key_from_six_programs_at_once_is_one_petition(program_of, petition):
    clerk = program_of("clerk")
    found = statuses(*[lambda: clerk.post("/submissions", petition, idempotency_key="same")] * 6)
    assert found == {201: 1, 200: 5}
    assert Case.objects.count() == Submission.objects.count() == 1
    assert verify_database().is_valid


def test_different_petitions_at_once_are_all_registered_with_numbers_of_their_own(program_of, petition):
    clerk = program_of("clerk")
    calls = [lambda n=n: clerk.post("/submissions", petition, idempotency_key=str(n)) for n in range(12)]
    assert statuses(*calls) == {201: 12}
    assert len({case.number for case in Case.objects.all()}) == 12
    assert verify_database().matters == 12


def test_a_form_sent_twice_from_the_desk_is_one_petition(desk):
    browser, typed = desk("clerk"), sheet()
    first, second = (browser.post("/desk/register/visit/", typed) for _time in range(2))
    assert (first.status_code, second.status_code) == (302, 302)
    assert first.headers["Location"].split("?")[0] == second.headers["Location"].split("?")[0]
    assert Case.objects.count() == 1


def test_a_form_pressed_three_times_at_once_is_one_petition(desk):
    typed = sheet()
    browsers = [desk("clerk") for _time in range(3)]
    found = statuses(*[lambda browser=one: browser.post("/desk/register/visit/", typed) for one in browsers])
    assert found == {302: 3}
    assert Case.objects.count() == 1
    assert verify_database().is_valid


@pytest.fixture
def walk(people) -> Walk:
    """A fresh demand of the petition office."""
    now = timezone.now()
    return Walk(people, demand_of(a_receipt(people, now)).pk, now)


def test_two_clerks_who_sort_at_once_sort_once(walk, program_of):
    path, body = f"/demands/{walk.demand_id}/sort", {"content_class": "02", "branch": "petition"}
    body["version"] = walk.demand.version
    one, other = program_of("clerk"), program_of("examiner")
    assert is_won_by_one(statuses(lambda: one.post(path, body), lambda: other.post(path, body)))
    assert Demand.objects.get(pk=walk.demand_id).version == 2
    assert verify_database().is_valid


def test_forwarding_to_two_units_at_once_reaches_one(walk, program_of):
    walk.sorted()
    path = f"/demands/{walk.demand_id}/forward"
    one, other = program_of("clerk"), program_of("examiner")
    found = statuses(
        lambda: one.post(path, {"receiver": "natural-resources"}),
        lambda: other.post(path, {"receiver": "housing"}),
    )
    assert is_won_by_one(found)
    demand = walk.demand
    assert demand.holder_id in {walk.people.agency_id("natural-resources"), walk.people.agency_id("housing")}
    assert verify_database().is_valid


def test_accepting_and_objecting_at_once_is_one_of_the_two(walk, program_of):
    walk.sorted()
    walk.forwarded()
    one, other = program_of("land_handler"), program_of("land_handler")
    objection = {"reasons": "属交通用地", "legal_basis": "三定规定第五条"}
    found = statuses(
        lambda: one.post(f"/demands/{walk.demand_id}/accept", {"contact": "0999-5500000"}),
        lambda: other.post(f"/demands/{walk.demand_id}/object", objection),
    )
    assert is_won_by_one(found)
    assert walk.demand.stage in {"accepted", "handling", "objected"}
    assert verify_database().is_valid


def test_a_reply_signed_twice_at_once_is_one_document_with_one_number(walk, program_of):
    walk.sorted()
    walk.forwarded()
    walk.accepted()
    walk.drafted()
    handler, one, other = (program_of(name) for name in ("land_handler", "land_signer", "land_signer"))
    assert handler.post(f"/demands/{walk.demand_id}/submit-reply", {}).status_code == 204
    before = Document.objects.count()
    path = f"/demands/{walk.demand_id}/issue-reply"
    assert is_won_by_one(statuses(lambda: one.post(path, {}), lambda: other.post(path, {})))
    assert Document.objects.count() == before + 1
    assert verify_database().is_valid


def test_replies_of_one_unit_signed_at_once_have_numbers_in_a_row(people, program_of):
    now, signer = timezone.now(), program_of("land_signer")
    walks = [Walk(people, demand_of(a_receipt(people, now)).pk, now) for _number in range(4)]
    for walk in walks:
        walk.sorted()
        walk.forwarded()
        walk.accepted()
        walk.drafted()
        program_of("land_handler").post(f"/demands/{walk.demand_id}/submit-reply", {})
    calls = [lambda one=one: signer.post(f"/demands/{one.demand_id}/issue-reply", {}) for one in walks]
    assert statuses(*calls) == {204: 4}
    replies = Document.objects.filter(matter_id__in=[one.demand.case_id for one in walks])
    series = sorted(replies.values_list("kind", "serial"))
    assert len(series) == len(set(series))
    assert verify_database().is_valid


def test_an_approval_given_twice_at_once_extends_once(walk, program_of):
    walk.sorted()
    walk.assigned()
    walk.accepted()
    handler, signer = program_of("land_handler"), program_of("land_signer")
    path = f"/demands/{walk.demand_id}"
    asked = handler.post(f"{path}/request-extension", {"days": 20, "reason": "需要重新测绘"})
    assert asked.status_code == 204, asked.content.decode()
    decide = {"is_approved": True, "reasons": "确需重新测绘"}
    call = partial(signer.post, f"{path}/decide-extension", decide)
    assert is_won_by_one(statuses(call, call))
    due = Demand.objects.get(pk=walk.demand_id).due_on
    assert due is not None
    assert due <= local_date(timezone.now()) + timedelta(days=95)
    assert verify_database().is_valid


def test_two_notes_about_one_demand_at_once_are_both_kept_or_one_is_asked_to_look_again(walk, program_of):
    walk.sorted()
    walk.forwarded()
    walk.accepted()
    handler = program_of("land_handler")
    note = {"five_step": "meet", "happened_on": local_date(walk.at).isoformat(), "text": "与信访人见面核实。"}
    call = partial(handler.post, f"/demands/{walk.demand_id}/evidence", note)
    found = statuses(call, call)
    assert found[204] >= 1
    assert found[204] + found[409] == 2
    assert StepEvidence.objects.filter(demand_id=walk.demand_id).count() == found[204]
    assert verify_database().is_valid
