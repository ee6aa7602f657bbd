"""The API does what the desk does, by the same services and within the same scope."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from huiyin.casework.cases.models import Case, Demand, Reading
from huiyin.law.calendar import local_date
from huiyin.records.accounts.models import ApiToken
from tests.factories.cases import a_receipt, a_walk, demand_of

pytestmark = pytest.mark.django_db


def registered(program, petition, **headers):
    answer = program.post("/submissions", petition, **headers)
    assert answer.status_code in (200, 201), answer.content.decode()
    return answer.json()


def test_a_program_registers_and_gets_the_receipt_of_the_counter(program_of, petition):
    receipt = registered(program_of("clerk"), petition)
    case = Case.objects.get(pk=receipt["case_id"])
    assert (receipt["number"], receipt["is_new"]) == (case.number, True)


def test_the_same_key_twice_is_one_petition(program_of, petition):
    clerk = program_of("clerk")
    first = clerk.post("/submissions", petition, idempotency_key="a-1")
    second = clerk.post("/submissions", petition, idempotency_key="a-1")
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json()["number"] == second.json()["number"]
    assert Case.objects.count() == 1


def test_equal_keys_of_two_programs_are_two_petitions(program_of, petition):
    registered(program_of("clerk"), petition, idempotency_key="a-1")
    registered(program_of("town_handler"), petition, idempotency_key="a-1")
    assert Case.objects.count() == 2


def test_a_demand_walks_from_registration_to_its_end_through_the_api(people, program_of, petition):
    today = local_date(timezone.now()).isoformat()
    clerk, handler, signer = program_of("clerk"), program_of("land_handler"), program_of("land_signer")
    case_id = registered(clerk, petition)["case_id"]
    demand = Demand.objects.get(case_id=case_id).pk
    limit = (local_date(timezone.now()) + timedelta(days=50)).isoformat()
    draft = {
        "request": "请求支付征地补偿款",
        "facts": "经查属实。",
        "opinion": "予以支持，十五日内拨付到户。",
        "legal_basis": "《中华人民共和国土地管理法》第四十八条",
        "outcome": "supported",
    }
    steps = [
        (clerk, "sort", {"content_class": "02", "branch": "petition"}),
        (clerk, "assign", {"receiver": "natural-resources", "limit_on": limit, "requirement": "查清并报告"}),
        (handler, "object", {"reasons": "属交通用地", "legal_basis": "三定规定"}),
        (clerk, "decide-objection", {"is_agreed": False, "reasons": "该地块确属你局职责"}),
        (handler, "accept", {"contact": "0999-5500000"}),
        (handler, "take", {}),
        (handler, "evidence", {"five_step": "meet", "happened_on": today, "text": "与信访人见面核实。"}),
        (handler, "request-extension", {"days": 20, "reason": "需要重新测绘"}),
        (signer, "decide-extension", {"is_approved": True, "reasons": "确需重新测绘"}),
        (handler, "draft-reply", draft),
        (handler, "submit-reply", {}),
        (signer, "return-reply", {"reason": "请补充数额"}),
        (handler, "draft-reply", draft | {"opinion": "予以支持，三万元十五日内拨付到户。"}),
        (handler, "submit-reply", {}),
        (signer, "issue-reply", {}),
        (handler, "serve-reply", {"method": "hand", "served_on": today, "proof": "签收单第12号"}),
        (handler, "report-back", {"text": "已拨付到户", "signatory": "局长", "settled": "yes"}),
        (clerk, "examine-report", {"examination": "pass", "reasons": "材料齐全"}),
    ]
    for program, step, body in steps:
        answer = program.post(f"/demands/{demand}/{step}", body)
        assert answer.status_code in (200, 204), (step, answer.content.decode())
    done = clerk.get(f"/cases/{case_id}").json()
    assert done["demands"][0]["settled"] == "yes"
    assert done["history"][0]["event"] == "case.registered"


@pytest.mark.parametrize(
    ("branch", "step", "body"),
    [
        ("petition", "redirect", {"reason": "属法院管辖", "authority": "县人民法院", "how": "到立案庭"}),
        ("petition", "self-handle", {"contact": "0999-5500000"}),
        ("petition", "withdraw", {"reason": "已自行解决", "is_confirmed_by_petitioner": True}),
        ("suggestion", "file", {"reason": "已转有关部门参考"}),
        ("inquiry", "answer", {"answer": "补偿标准见县政府公告。"}),
        ("petition", "decline", {"ground": "D1", "reason": "x", "where_to_go": "县人民法院"}),
    ],
)  # fmt: skip
def test_the_other_ends_of_a_registration_are_reached_or_refused_in_a_sentence(
    people, at, program_of, branch, step, body
):
    walk = a_walk(people, timezone.now())
    walk.sorted(branch=branch)
    answer = program_of("clerk").post(f"/demands/{walk.demand_id}/{step}", body)
    assert answer.status_code in (204, 409, 422), answer.content.decode()
    if answer.status_code != 204:
        assert answer.json()["sentence"]
    else:
        assert walk.demand.version > 2


def test_a_list_is_read_page_by_page_in_the_scope_of_the_caller(people, at, program_of):
    for _number in range(5):
        a_receipt(people, at)
    clerk = program_of("clerk")
    first = clerk.get("/demands", list="unit", limit="3").json()
    rest = clerk.get("/demands", list="unit", limit="3", after=first["next"]).json()
    assert (len(first["rows"]), len(rest["rows"]), rest["next"]) == (3, 2, "")
    assert len({row["id"] for row in first["rows"] + rest["rows"]}) == 5
    assert program_of("outsider").get("/demands", list="all").json()["rows"] == []


def test_an_unknown_list_is_refused_with_the_known_names(program_of):
    answer = program_of("clerk").get("/demands", list="everything")
    assert answer.status_code == 404
    assert "overdue" in answer.json()["sentence"]


def test_a_search_finds_words_for_those_who_may_read_them(people, at, program_of):
    receipt = a_receipt(people, at, text="柳河镇东洼村的水塔漏水，半年没人修理。")
    found = program_of("clerk").get("/search", q="水塔漏水").json()
    assert [row["case_id"] for row in found["rows"]] == [receipt.case_id]
    assert program_of("outsider").get("/search", q="水塔漏水").json()["rows"] == []


def test_every_look_at_a_case_is_written_down(people, at, program_of):
    receipt = a_receipt(people, at)
    answer = program_of("clerk").get(f"/cases/{receipt.case_id}")
    assert answer.status_code == 200
    assert answer.json()["submissions"][0]["text"]
    assert "13900001234" not in answer.content.decode()
    assert Reading.objects.filter(case_id=receipt.case_id, surface="api", user=people["clerk"]).count() == 1


def test_earlier_matters_are_found_before_registration_and_linked_after_it(people, at, program_of, petition):
    earlier = a_receipt(people, at)
    clerk = program_of("clerk")
    found = clerk.post("/earlier-matters", {"text": petition["text"], "phone": "13900001234"}).json()
    assert [match["case_id"] for match in found] == [earlier.case_id]
    assert found[0]["is_same_petitioner"]
    later = registered(clerk, petition)["case_id"]
    body = {"other": earlier.case_id, "kind": "same", "reason": "同一地块、同一诉求"}
    assert clerk.post(f"/cases/{later}/links", body).status_code == 204
    assert clerk.post(f"/cases/{later}/links", body).status_code == 409


def test_reference_data_and_the_own_account_are_read(people, program_of):
    clerk = program_of("clerk")
    assert clerk.get("/me").json()["agency"] == "petition-office"
    agencies = {row["code"]: row for row in clerk.get("/agencies").json()}
    assert agencies["natural-resources"]["parent"]
    assert len(clerk.get("/classes").json()) >= 20


def test_a_demand_that_moved_on_is_answered_with_409(people, at, program_of):
    demand = demand_of(a_receipt(people, timezone.now()))
    body = {"content_class": "02", "branch": "petition", "version": demand.version}
    clerk = program_of("clerk")
    assert clerk.post(f"/demands/{demand.pk}/sort", body).status_code == 200
    answer = clerk.post(f"/demands/{demand.pk}/sort", body)
    assert answer.status_code == 409
    assert "其他人办理" in answer.json()["sentence"]


@pytest.mark.parametrize("header", ["", "Bearer ", "Bearer nonsense", "Basic Y2xlcms6eA==", "Bearer \x00"])
def test_without_a_valid_token_nothing_is_answered(people, header):
    answer = Client().get("/api/v1/me", headers={"authorization": header})
    assert answer.status_code == 401


def test_a_revoked_or_expired_token_opens_nothing(people, program_of):
    clerk = program_of("clerk")
    ApiToken.objects.update(expires_at=timezone.now())
    assert clerk.get("/me").status_code == 401


def test_the_description_is_valid_and_every_call_says_what_it_does(client):
    schema = client.get("/api/v1/openapi.json").json()
    assert schema["openapi"].startswith("3.1")
    names = set(schema["components"]["schemas"])
    for path, methods in schema["paths"].items():
        for method, call in methods.items():
            assert call["summary"], (path, method)
            assert call["security"], (path, method)
            for reference in references(call):
                assert reference.removeprefix("#/components/schemas/") in names
    ids = [call["operationId"] for methods in schema["paths"].values() for call in methods.values()]
    assert len(ids) == len(set(ids))


def references(node):
    """Every $ref below a node of the description."""
    if isinstance(node, dict):
        if "$ref" in node:
            yield node["$ref"]
        for value in node.values():
            yield from references(value)
    elif isinstance(node, list):
        for value in node:
            yield from references(value)


def test_the_documentation_page_loads_nothing_from_elsewhere(client):
    answer = client.get("/api/v1/docs")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "http://" not in page
    assert "https://" not in page
    assert "unsafe-inline" not in answer["Content-Security-Policy"]
    for address in ("ninja/swagger-ui-bundle.js", "ninja/swagger-ui-init.js", "ninja/swagger-ui.css"):
        assert f"/static/{address}" in page
