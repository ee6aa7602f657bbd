"""The receipt and the look-up of earlier matters."""

from datetime import timedelta

import pytest
from django.utils import timezone

from huiyin.casework.cases.models import Case
from huiyin.casework.intake.contract import DemandDraft
from huiyin.casework.intake.services import submission_register
from huiyin.casework.matching.models import CaseLink
from huiyin.records.ledger.proof import receipt_parts
from huiyin.records.ledger.selectors import standing_of
from tests.factories.cases import a_receipt, an_intake
from tests.interfaces.desk.register.test_registering import sheet


def test_the_receipt_shows_number_code_and_proof(desk, people):
    receipt = a_receipt(people, timezone.now())
    page = desk("clerk").get(f"/desk/cases/{receipt.case_id}/receipt/")
    text = page.content.decode()
    assert receipt.number in text
    assert receipt.code in text
    assert "<svg" in text
    proof = page.context["receipt"].proof
    assert proof in text
    parts, standing = receipt_parts(proof), standing_of(proof)
    assert parts is not None
    assert parts[2].hex() == receipt.entry_hash
    assert standing is not None
    assert standing.is_same


def test_the_printed_receipt_tells_rights_and_ways(desk, people):
    receipt = a_receipt(people, timezone.now())
    text = desk("clerk").get(f"/desk/cases/{receipt.case_id}/receipt/print/?large=1").content.decode()
    for words in (receipt.number, receipt.code, "个人信息", "核验", "large-print"):
        assert words in text


@pytest.mark.parametrize("name", ["land_handler", "outsider", "npc_clerk", "auditor", "examiner"])
def test_the_query_code_is_for_the_registering_office_only(desk, people, name):
    receipt = a_receipt(people, timezone.now())
    answer = desk(name).get(f"/desk/cases/{receipt.case_id}/receipt/")
    expected = 200 if name == "examiner" else (403 if not people[name].has_right("case_register") else 404)
    assert answer.status_code == expected
    assert (receipt.code in answer.content.decode()) is (expected == 200)


@pytest.mark.parametrize("page", ["receipt/", "receipt/print/"])
def test_after_a_day_only_the_petitioner_knows_the_code(desk, people, page):
    receipt = a_receipt(people, timezone.now() - timedelta(days=2))
    text = desk("clerk").get(f"/desk/cases/{receipt.case_id}/{page}").content.decode()
    assert receipt.number in text
    assert receipt.code not in text
    assert "更换" in text


def test_the_code_of_what_came_through_the_portal_is_never_told_to_the_desk(desk, people):
    receipt = submission_register(intake=an_intake(people, channel="web"), by=None, at=timezone.now())
    text = desk("clerk").get(f"/desk/cases/{receipt.case_id}/receipt/").content.decode()
    assert receipt.code not in text


def test_absent_and_forbidden_look_alike(desk, people, at):
    receipt = a_receipt(people, at)
    client = desk("npc_clerk")
    answers = [client.get(f"/desk/cases/{key}/receipt/") for key in (receipt.case_id, 999_999)]
    assert [answer.status_code for answer in answers] == [404, 404]


def test_who_registers_against_the_own_office_gets_the_receipt_once(desk, people):
    client, own = desk("clerk"), people.agency_id("petition-office")
    answer = client.post(
        "/desk/register/visit/",
        sheet(**{"demand-0-branch": "accusation", "demand-0-accused_agency_id": str(own)}),
    )
    case = Case.objects.get()
    page = client.get(answer.headers["Location"])
    assert page.status_code == 200
    assert "请求支付补偿款" not in page.content.decode()
    assert client.get(f"/desk/cases/{case.pk}/receipt/").status_code == 404
    assert desk("examiner").get(answer.headers["Location"]).status_code == 404


def test_earlier_matters_are_found_by_phone_and_by_text(desk, people, at):
    by_phone = a_receipt(people, at, text="完全不同的事情，噪音扰民。", phone="13911112222")
    by_text = a_receipt(people, at, text="西坡灌溉水渠塌了三年没有人修，稻子绝收。", phone="13800000000")
    page = desk("clerk").post(
        "/desk/register/earlier/",
        {"text": "西坡的灌溉水渠塌了没有人修，今年稻子又绝收", "phone": "139 1111 2222", "naming": "named"},
    )
    shown = {one.case_id: one for one in page.context["candidates"]}
    assert shown.keys() == {by_phone.case_id, by_text.case_id}
    assert shown[by_phone.case_id].is_same_petitioner
    assert shown[by_text.case_id].percent > 30


def test_an_anonymous_caller_is_not_looked_up_by_number(desk, people, at):
    a_receipt(people, at, text="噪音扰民。", phone="13911112222")
    page = desk("clerk").post("/desk/register/earlier/", {"phone": "13911112222", "naming": "anonymous"})
    assert page.context["candidates"] == ()


def test_earlier_matters_of_other_offices_stay_unseen(desk, people, at):
    a_receipt(people, at, phone="13911112222")
    page = desk("outsider").post("/desk/register/earlier/", {"phone": "13911112222", "naming": "named"})
    assert page.context["candidates"] == ()


def test_ticked_matters_lead_the_receipt(desk, people, at):
    earlier = a_receipt(people, at, text="噪音扰民。")
    client = desk("clerk")
    looked = client.post("/desk/register/visit/", sheet(look="1", likely=str(earlier.case_id)))
    assert looked.status_code == 200
    answer = client.post("/desk/register/visit/", sheet(likely=str(earlier.case_id)))
    page = client.get(answer.headers["Location"])
    assert page.context["candidates"][0].case_id == earlier.case_id
    assert page.context["candidates"][0].is_likely


def test_two_matters_are_linked_and_the_link_is_undone(desk, people, at):
    first, second = a_receipt(people, at), a_receipt(people, at)
    client = desk("clerk")
    address = f"/desk/cases/{second.case_id}/links/"
    client.post(address, {"other": first.number, "kind": "same", "reason": "同一块地、同一笔补偿款"})
    link = CaseLink.objects.get()
    assert (link.earlier_id, link.later_id, link.kind) == (first.case_id, second.case_id, "same")
    page = client.get(f"/desk/cases/{second.case_id}/receipt/")
    assert first.case_id not in {one.case_id for one in page.context["candidates"]}
    assert client.post(f"{address}{link.pk}/undo/", {"reason": ""}).status_code == 422
    assert client.post(f"{address}{link.pk}/undo/", {"reason": "地块不同"}).status_code == 302
    assert CaseLink.objects.get().undone_at is not None


@pytest.mark.parametrize(
    "given",
    [
        {"other": "不是号码", "kind": "same", "reason": "相同"},
        {"other": "XF2026-9999999-9", "kind": "same", "reason": "相同"},
        {"other": "", "kind": "same", "reason": "相同"},
        {"other": "FIRST", "kind": "worse", "reason": "相同"},
        {"other": "FIRST", "kind": "same", "reason": " "},
    ],
)
def test_a_link_that_cannot_stand_is_refused_on_the_page(desk, people, at, given):
    first, second = a_receipt(people, at), a_receipt(people, at)
    given = given | {"other": first.number if given["other"] == "FIRST" else given["other"]}
    answer = desk("clerk").post(f"/desk/cases/{second.case_id}/links/", given)
    assert answer.status_code == 422
    assert CaseLink.objects.count() == 0


def test_a_matter_of_others_cannot_be_linked(desk, people, at):
    mine = a_receipt(people, at)
    other = a_receipt(
        people,
        at,
        by=people["outsider"],
        office_id=people.agency_id("education"),
        demands=(DemandDraft(statement="办学"),),
    )
    answer = desk("clerk").post(
        f"/desk/cases/{mine.case_id}/links/", {"other": other.number, "kind": "same", "reason": "相同"}
    )
    assert answer.status_code == 422
    assert CaseLink.objects.count() == 0
