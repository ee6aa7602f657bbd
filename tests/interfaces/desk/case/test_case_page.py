"""The case page shows a matter to those it belongs to, and nothing of it to anybody else."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from huiyin.casework.cases.models import Reading
from huiyin.casework.intake.contract import DemandDraft, Person
from huiyin.casework.replies import services as replies
from huiyin.law.calendar import local_date
from huiyin.records.agencies.selectors import agency_directory
from huiyin.records.documents.models import Document
from tests.factories.cases import Walk, a_receipt, a_walk, demand_of

pytestmark = pytest.mark.django_db
TWO = (DemandDraft(statement="请求支付征地补偿款"), DemandDraft(statement="请求公开分配方案"))
AGAINST_LAND = DemandDraft(statement="反映经办人收受礼金")


def page_of(client, case_id):
    return client.get(reverse("desk:case", args=[case_id]))


def text_of(response):
    return response.content.decode()


def test_a_full_matter_costs_at_most_ten_statements(people, desk, lately):
    receipt = a_receipt(
        people,
        lately,
        demands=TWO,
        head_count=2,
        others=(Person(capacity="cosigner", name="李大山", phone="13911112222"),),
    )
    first = Walk(people, demand_of(receipt, 1).pk, lately)
    first.sorted()
    first.assigned()
    first.accepted()
    first.drafted()
    first.issued()
    first.served()
    first.reported()
    second = Walk(people, demand_of(receipt, 2).pk, lately)
    second.sorted(branch="duty")
    second.forwarded("town-liuhe")
    client = desk("clerk")
    client.get(reverse("desk:case", args=[receipt.case_id]))
    with CaptureQueriesContext(connection) as queries:
        response = page_of(client, receipt.case_id)
    assert response.status_code == 200
    assert len(response.context["case"].events) >= 10
    assert len(queries) <= 10, [query["sql"][:90] for query in queries]


def test_the_page_tells_who_holds_the_demand_until_when_and_by_which_article(people, desk, lately):
    walk = a_walk(people, lately)
    walk.sorted()
    walk.forwarded()
    text = text_of(page_of(desk("land_handler"), walk.demand.case_id))
    assert agency_directory().name(walk.demand.holder_id) in text
    assert "《信访工作条例》第二十三条第三款" in text
    assert "这个日期是怎么算的" in text
    assert str(walk.demand.due_on) in text


def plain(response):
    """A page without the secret of its forms, which differs each time."""
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text_of(response))


def test_absent_and_forbidden_get_the_same_answer(people, desk, lately):
    walk = a_walk(people, lately)
    client = desk("outsider")
    forbidden, absent = page_of(client, walk.demand.case_id), page_of(client, 999_999)
    assert forbidden.status_code == absent.status_code == 404
    assert plain(forbidden) == plain(absent).replace("999999", str(walk.demand.case_id))


SURFACES = [
    ("desk:case", "case"),
    ("desk:case_print", "case"),
    ("desk:case_code", "case"),
    ("desk:case_link_new", "case"),
    ("desk:case_looks", "case"),
    ("desk:demand", "demand"),
    ("desk:demand_proposal", "demand"),
    ("desk:document", "document"),
    ("desk:document_receipt", "document"),
    ("desk:document_serve", "document"),
]


@pytest.mark.parametrize(("name", "kind"), SURFACES)
def test_every_page_of_a_matter_is_closed_to_other_agencies(people, desk, lately, name, kind):
    walk = a_walk(people, lately)
    walk.sorted()
    walk.forwarded()
    ids = {"case": walk.demand.case_id, "demand": walk.demand_id, "document": document_of(walk)}
    assert desk("outsider").get(reverse(name, args=[ids[kind]])).status_code == 404
    assert desk("outsider").get(reverse(name, args=[999_999])).status_code == 404


def document_of(walk):
    return Document.objects.filter(matter_id=walk.demand.case_id).latest("id").pk


def test_whoever_is_not_logged_in_is_sent_to_the_log_in_page(client, people, lately):
    walk = a_walk(people, lately)
    response = page_of(client, walk.demand.case_id)
    assert response.status_code == 302
    assert reverse("desk:login") in response["Location"]


def test_every_look_is_written_down_and_only_auditors_read_the_list(people, desk, lately):
    walk = a_walk(people, lately)
    page_of(desk("clerk"), walk.demand.case_id)
    assert (
        Reading.objects.filter(case_id=walk.demand.case_id, user=people["clerk"], surface="case").count() == 1
    )
    looks = reverse("desk:case_looks", args=[walk.demand.case_id])
    assert desk("clerk").get(looks).status_code == 404
    text = text_of(desk("auditor").get(looks))
    assert "clerk" in text
    assert "征地补偿款" not in text


def test_identities_are_covered_and_stand_in_no_title(people, desk, lately):
    walk = a_walk(people, lately)
    text = text_of(page_of(desk("clerk"), walk.demand.case_id))
    assert "周**" in text
    assert "周桂兰" not in text
    assert "13900001234" not in text
    title = text.split("<title>")[1].split("</title>")[0]
    assert "征地" not in title


def test_a_unit_sees_its_own_demand_and_cannot_tell_that_there_is_another(people, desk, lately):
    receipt = a_receipt(people, lately, demands=TWO)
    second = Walk(people, demand_of(receipt, 2).pk, lately)
    second.sorted(branch="duty")
    second.forwarded("town-liuhe")
    response = page_of(desk("town_handler"), receipt.case_id)
    text = text_of(response)
    assert "请求公开分配方案" in text
    assert "请求支付征地补偿款" not in text
    assert "我家两亩承包地" not in text
    assert "诉求 2" not in text
    assert "2项诉求" not in text
    assert [demand.position for demand in response.context["case"].demands] == [1]


def test_the_accused_unit_learns_nothing_of_an_accusation_beside_its_own_demand(people, desk, lately):
    receipt = a_receipt(people, lately, demands=(TWO[0], AGAINST_LAND), by=people["sealed_clerk"])
    own = Walk(people, demand_of(receipt, 1).pk, lately)
    own.sorted()
    own.forwarded()
    Walk(people, demand_of(receipt, 2).pk, lately).sorted(
        branch="accusation", by="sealed_clerk", accused_agency_id=people.agency_id("natural-resources")
    )
    text = text_of(page_of(desk("land_handler"), receipt.case_id))
    assert "请求支付征地补偿款" in text
    for secret in ("礼金", "检举", "密封", "周**", "诉求 2", "2项诉求"):
        assert secret not in text
    assert "身份不公开" in text


def test_a_sealed_demand_is_shown_to_accusation_officers_only(people, desk, lately):
    walk = a_walk(people, lately, demands=(AGAINST_LAND,))
    walk.sorted(
        branch="accusation", by="sealed_clerk", accused_agency_id=people.agency_id("natural-resources")
    )
    assert page_of(desk("clerk"), walk.demand.case_id).status_code == 404
    assert "密封" in text_of(page_of(desk("sealed_clerk"), walk.demand.case_id))


def test_what_cannot_be_done_now_is_listed_with_reason_and_article(people, desk, lately):
    walk = a_walk(people, lately)
    demand = page_of(desk("clerk"), walk.demand.case_id).context["case"].demands[0]
    possible = {str(action.text) for action in demand.actions}
    assert "分类" in possible
    assert "转送" not in possible
    reasons = {reason.steps: reason for reason in demand.why_not}
    forward = next(reason for steps, reason in reasons.items() if "转送" in steps)
    assert "尚未分类" in forward.sentence
    assert all("《" in reason.citation + reason.sentence for reason in demand.why_not)


def test_the_first_button_is_what_the_demand_waits_for(people, desk, lately):
    walk = a_walk(people, lately)
    walk.sorted()
    walk.forwarded()
    demand = page_of(desk("land_handler"), walk.demand.case_id).context["case"].demands[0]
    assert [str(action.text) for action in demand.actions if action.is_first] == ["签收受理"]


def test_the_five_steps_are_shown_filled_or_missing(people, desk, lately):
    walk = a_walk(people, lately)
    walk.sorted()
    walk.forwarded()
    walk.accepted()
    replies.step_record(
        demand_id=walk.demand_id,
        five_step="meet",
        happened_on=local_date(walk.later(1).at),
        text="在村委会见面",
        by=people["land_handler"],
        at=walk.later(1).at,
    )
    demand = page_of(desk("land_handler"), walk.demand.case_id).context["case"].demands[0]
    assert [slot.is_filled for slot in demand.slots] == [True, False, False, False, False]


def test_return_loops_stand_on_the_matter(people, desk, lately):
    walk = a_walk(people, lately)
    walk.sorted()
    walk.forwarded()
    walk.objected()
    demand = page_of(desk("clerk"), walk.demand.case_id).context["case"].demands[0]
    assert len(demand.loops) == 1
    assert demand.loops[0].receiver == agency_directory().name(people.agency_id("natural-resources"))


def test_the_office_reads_the_words_of_a_rating_and_the_unit_its_score_only(people, desk, lately):
    walk = a_walk(people, lately)
    walk.sorted()
    walk.forwarded()
    walk.accepted()
    walk.drafted()
    walk.issued()
    walk.served()
    replies.rating_give(
        case_id=walk.demand.case_id,
        demand_id=walk.demand_id,
        scores={"office": "satisfied", "unit": "unsatisfied"},
        text="跑了三趟才收",
        at=walk.later(1).at,
    )
    office = text_of(page_of(desk("clerk"), walk.demand.case_id))
    unit_page = page_of(desk("land_handler"), walk.demand.case_id)
    assert "跑了三趟才收" in office
    assert "跑了三趟才收" not in text_of(unit_page)
    ratings = unit_page.context["case"].demands[0].ratings
    assert [(rating.score, rating.text) for rating in ratings] == [("不满意", "")]


def test_every_view_carries_who_looked_and_when_and_stays_out_of_caches(people, desk, lately):
    walk = a_walk(people, lately)
    walk.sorted()
    walk.forwarded()
    client = desk("clerk")
    for url in (
        reverse("desk:case", args=[walk.demand.case_id]),
        reverse("desk:case_print", args=[walk.demand.case_id]),
        reverse("desk:demand_step", args=[walk.demand_id, "supplement"]),
        reverse("desk:document", args=[document_of(walk)]),
    ):
        response = client.get(url)
        assert "clerk clerk 20" in text_of(response), url
        assert response["Cache-Control"] == "private, no-store"


def test_the_page_speaks_english_without_a_chinese_label_of_the_law(people, desk, lately):
    walk = a_walk(people, lately)
    walk.sorted()
    client = desk("clerk")
    client.cookies["django_language"] = "en"
    demand = page_of(client, walk.demand.case_id).context["case"].demands[0]
    assert demand.stage == "registered, to be sorted"
    assert "petition procedure" in [str(tag) for tag in demand.tags]
