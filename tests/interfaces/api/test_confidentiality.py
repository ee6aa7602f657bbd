"""The API tells what the desk tells: to the accused nothing of an accusation, to colleagues no looks."""

import json

import pytest
from django.utils import timezone

from huiyin.casework.intake.contract import DemandDraft
from huiyin.casework.replies.services import petitioners_disclose
from tests.factories.cases import Walk, a_receipt, demand_of

pytestmark = pytest.mark.django_db
OWN = DemandDraft(statement="请求支付征地补偿款")
AGAINST_LAND = DemandDraft(statement="自然资源局工作人员收受礼金", branch="accusation")


def history_of(program, case_id):
    answer = program.get(f"/cases/{case_id}")
    assert answer.status_code == 200, answer.content.decode()
    return answer.json()["history"], answer.content.decode()


def test_the_accused_unit_cannot_count_the_demands_it_does_not_see(people, program_of):
    at, land = timezone.now(), people.agency_id("natural-resources")
    accusation = DemandDraft(
        statement=AGAINST_LAND.statement, branch=AGAINST_LAND.branch, accused_agency_id=land
    )
    receipt = a_receipt(people, at, demands=(accusation, OWN), by=people["sealed_clerk"])
    Walk(people, demand_of(receipt, 1).pk, at).sorted(
        branch="accusation", by="sealed_clerk", accused_agency_id=land
    )
    own = Walk(people, demand_of(receipt, 2).pk, at)
    own.sorted()
    own.forwarded()
    history, text = history_of(program_of("land_handler"), receipt.case_id)
    assert history[0]["payload"]["demands"] == 1
    assert "text_digest" not in history[0]["payload"]
    assert [line["sequence"] for line in history] == list(range(1, len(history) + 1))
    assert "is_whole" not in text
    assert [demand["position"] for demand in json.loads(text)["demands"]] == [1]


def test_who_looked_at_an_identity_is_not_told_to_colleagues(people, program_of):
    at = timezone.now()
    receipt = a_receipt(people, at)
    petitioners_disclose(case_id=receipt.case_id, purpose="verify_identity", by=people["clerk"], at=at)
    _history, text = history_of(program_of("clerk"), receipt.case_id)
    assert "identity.disclosed" not in text


def test_telephone_numbers_are_tried_out_only_by_those_who_register(people, program_of):
    a_receipt(people, timezone.now())
    body = {"text": "", "phone": "13900001234"}
    assert program_of("registrar").post("/earlier-matters", body).json()
    assert program_of("land_reviewer").post("/earlier-matters", body).status_code == 403


def test_no_answer_is_kept_on_the_way(people, program_of, petition):
    clerk = program_of("clerk")
    registered = clerk.post("/submissions", petition)
    answers = [registered, clerk.get(f"/cases/{registered.json()['case_id']}"), clerk.get("/demands")]
    for answer in answers:
        assert "no-store" in answer["Cache-Control"]
