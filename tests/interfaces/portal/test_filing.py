"""Filing on the portal: nothing typed is lost, one draft is one petition, and the law is said plainly."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from huiyin.casework.cases.models import Case, Demand, Petitioner, Submission
from huiyin.casework.intake import drafts
from huiyin.casework.intake.draft_contents import DraftContent
from huiyin.casework.intake.guidance import guidance_for, hints
from huiyin.casework.intake.models import Draft
from huiyin.law.branches import legal_routes
from huiyin.records.ledger.models import Entry
from tests.interfaces.portal.conftest import TEXT, WHAT, Citizen
from tests.people import People

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("language", "words"), [("zh-hans", "什么事"), ("en", '<html lang="en"')])
def test_the_first_page_opens_in_both_languages(citizen: Citizen, language: str, words: str) -> None:
    citizen.client.cookies["django_language"] = language
    assert words in citizen.client.get("/file/").content.decode()


def test_four_pages_make_one_petition_with_a_receipt(citizen: Citizen) -> None:
    draft = citizen.ready()
    answer = citizen.send(draft)
    assert answer["Location"] == f"/file/{draft}/receipt/"
    page = citizen.client.get(answer["Location"]).content.decode()
    case = Case.objects.get()
    entry = Entry.objects.get(matter_id=case.pk, sequence=1)
    assert case.number in page
    assert f"{case.pk}.1.{bytes(entry.hash).hex()}" in page
    assert "<svg" in page
    assert "第二十二条" in page
    assert Submission.objects.get().text.startswith(TEXT)
    assert case.channel == "web"


def test_a_double_submit_is_one_petition(citizen: Citizen) -> None:
    draft = citizen.ready()
    first, second = citizen.send(draft), citizen.send(draft)
    assert first["Location"] == second["Location"]
    assert Case.objects.count() == 1
    assert drafts.draft_send(draft_id=draft, at=timezone.now()).is_new is False


def test_several_demands_can_be_added_and_taken_away_without_scripts(citizen: Citizen) -> None:
    answer = citizen.client.post("/file/", WHAT | {"go": "add-demand"})
    draft = UUID(answer["Location"].split("/")[2])
    assert 'name="demand_2"' in citizen.page(draft, "what")
    citizen.post(draft, "what", "add-demand", **WHAT, demand_2="请求修好排水沟")
    citizen.post(draft, "what", "remove-demand-1", **WHAT, demand_2="请求修好排水沟", demand_3="")
    page = citizen.page(draft, "what")
    assert "请求修好排水沟" in page
    assert "请求支付征地补偿款" not in page


def test_each_demand_becomes_its_own(citizen: Citizen) -> None:
    draft = citizen.begin(demand_2="请求修好排水沟")
    citizen.post(draft, "who", naming="anonymous", head_count="1")
    citizen.send(draft)
    assert list(Demand.objects.order_by("position").values_list("statement", flat=True)) == [
        "请求支付征地补偿款",
        "请求修好排水沟",
    ]


def test_what_is_not_right_yet_is_kept_and_explained(citizen: Citizen) -> None:
    answer = citizen.client.post("/file/", {"text": "水渠塌了", "place": "西头", "go": "next"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "水渠塌了" in page
    assert 'href="#id_demand_1"' in page
    assert Draft.objects.count() == 1


def test_a_saved_draft_goes_on_at_its_link_in_another_browser(citizen: Citizen) -> None:
    draft = citizen.ready()
    stranger = Client()
    answer = stranger.get(f"/file/{draft}/", follow=True)
    assert "周桂兰" in answer.content.decode()
    assert f"/file/{draft}/" in answer.content.decode()


def test_switching_the_language_in_the_middle_keeps_what_was_typed(citizen: Citizen) -> None:
    answer = citizen.client.post("/file/", WHAT | {"go": "language:en", "purpose": ""})
    assert citizen.client.cookies["django_language"].value == "en"
    page = citizen.client.get(answer["Location"]).content.decode()
    assert '<html lang="en"' in page
    assert TEXT in page


def test_switching_to_large_letters_keeps_what_was_typed(citizen: Citizen) -> None:
    answer = citizen.client.post("/file/", WHAT | {"go": "elder:24"})
    assert TEXT in citizen.client.get(answer["Location"]).content.decode()
    assert citizen.client.cookies["huiyin_elder"].value == "24"


def test_a_draft_is_unreadable_in_the_database(citizen: Citizen) -> None:
    draft = citizen.ready()
    row = Draft.objects.get(pk=draft)
    assert TEXT.encode() not in bytes(row.content)
    assert "周桂兰".encode() not in bytes(row.content)


def test_sending_wipes_the_draft(citizen: Citizen) -> None:
    draft = citizen.ready()
    citizen.send(draft)
    row = Draft.objects.get(pk=draft)
    assert drafts.draft_of(draft, at=timezone.now()).content == DraftContent()
    assert row.files == []


def test_a_draft_lives_thirty_days_after_its_last_change(citizen: Citizen) -> None:
    draft = citizen.ready()
    Draft.objects.filter(pk=draft).update(changed_at=timezone.now() - timedelta(days=29))
    assert citizen.client.get(f"/file/{draft}/what/").status_code == 200
    Draft.objects.filter(pk=draft).update(changed_at=timezone.now() - timedelta(days=31))
    answer = citizen.client.get(f"/file/{draft}/what/")
    assert answer.status_code == 404
    assert "30天" in answer.content.decode()
    assert drafts.drafts_expire(at=timezone.now()) == 1


def test_a_sent_draft_expires_and_its_case_stays(citizen: Citizen) -> None:
    draft = citizen.ready()
    citizen.send(draft)
    assert drafts.drafts_expire(at=timezone.now() + timedelta(days=40)) == 1
    assert Case.objects.count() == 1


def test_the_receipt_leaves_its_address_after_a_day(citizen: Citizen) -> None:
    draft = citizen.ready()
    citizen.send(draft)
    Draft.objects.filter(pk=draft).update(changed_at=timezone.now() - timedelta(hours=25))
    answer = citizen.client.get(f"/file/{draft}/receipt/")
    assert answer.status_code == 404
    assert Case.objects.get().number not in answer.content.decode()


@pytest.mark.parametrize("path", ["receipt/", "receipt/print/", "receipt/text/", "check/", ""])
def test_an_unknown_draft_says_so(citizen: Citizen, path: str) -> None:
    assert citizen.client.get(f"/file/{uuid4()}/{path}").status_code == 404


@pytest.mark.parametrize("path", ["receipt/", "receipt/print/", "receipt/text/"])
def test_a_draft_that_was_not_sent_has_no_receipt(citizen: Citizen, path: str) -> None:
    assert citizen.client.get(f"/file/{citizen.ready()}/{path}").status_code == 404


def test_the_receipt_can_be_printed_and_saved(citizen: Citizen) -> None:
    draft = citizen.ready()
    citizen.send(draft)
    number = Case.objects.get().number
    assert number in citizen.client.get(f"/file/{draft}/receipt/print/").content.decode()
    saved = citizen.client.get(f"/file/{draft}/receipt/text/")
    assert number in saved.content.decode()
    assert saved["Content-Disposition"].startswith("attachment")


def test_private_pages_are_kept_by_nobody(citizen: Citizen) -> None:
    draft = citizen.ready()
    assert "no-store" in citizen.client.get(f"/file/{draft}/who/")["Cache-Control"]
    citizen.send(draft)
    assert "no-store" in citizen.client.get(f"/file/{draft}/receipt/")["Cache-Control"]


def test_scripts_in_a_petition_are_words(citizen: Citizen) -> None:
    evil = '<script>alert(1)</script>"><img src=x onerror=alert(2)>'
    draft = citizen.ready(what={"text": evil, "demand_1": evil, "place": evil})
    for step in ("what", "check"):
        page = citizen.page(draft, step)
        assert "<script>alert" not in page
        assert "<img src=x" not in page
    citizen.send(draft)
    assert "<script>alert" not in citizen.client.get(f"/file/{draft}/receipt/print/").content.decode()


def test_a_text_too_long_is_kept_and_refused_with_a_sentence(citizen: Citizen) -> None:
    answer = citizen.client.post("/file/", WHAT | {"text": "长" * 50_001, "go": "next"})
    assert answer.status_code == 422
    assert "50000" in answer.content.decode()
    assert len(drafts.draft_of(Draft.objects.get().pk, at=timezone.now()).content.text) == 50_001


def test_unstorable_signs_do_not_break_a_draft(citizen: Citizen) -> None:
    draft = citizen.ready(what={"text": "前\x00后\x1b"})
    citizen.send(draft)
    assert Submission.objects.get().text.startswith("前后")


def test_anonymous_keeps_no_identity(citizen: Citizen) -> None:
    draft = citizen.begin()
    refused = citizen.post(draft, "who", naming="anonymous", name="周桂兰", head_count="1")
    assert refused.status_code == 422
    assert "匿名" in refused.content.decode()
    citizen.post(draft, "who", naming="anonymous", head_count="1")
    citizen.send(draft)
    assert Case.objects.get().identity_id is None


def test_a_joint_petition_names_its_people_and_its_agent(citizen: Citizen) -> None:
    draft = citizen.begin()
    people = {
        "other_1_capacity": "representative",
        "other_1_name": "李二",
        "other_2_capacity": "agent",
        "other_2_name": "王律师",
    }
    refused = citizen.post(draft, "who", naming="named", name="周桂兰", head_count="12", **people)
    assert "授权委托书" in refused.content.decode()
    people["other_2_power"] = "on"
    citizen.post(draft, "who", naming="named", name="周桂兰", head_count="12", **people)
    citizen.send(draft)
    assert Case.objects.get().head_count == 12
    assert set(Petitioner.objects.values_list("capacity", flat=True)) == {"representative", "agent"}


def test_an_accusation_is_sealed_and_never_offered_to_the_accused(citizen: Citizen) -> None:
    accused = citizen.people.agency_id("town-liuhe")
    draft = citizen.begin(purpose="accusation")
    page = citizen.page(draft, "who")
    assert "绝不会交给被检举控告的人和单位" in page
    who = {"naming": "secret", "name": "周桂兰", "head_count": "1", "accused_agency_id": str(accused)}
    citizen.post(draft, "who", **who, accused="某副镇长")
    check = citizen.page(draft, "check")
    assert f'<option value="{accused}"' not in check
    refused = citizen.send(draft, "town-liuhe")
    assert refused.status_code == 422
    assert Case.objects.count() == 0
    citizen.send(draft, "petition-office")
    demand = Demand.objects.get()
    assert demand.is_sealed
    assert demand.accused_agency_id == accused
    assert demand.holder_id != accused
    assert "某副镇长" in Submission.objects.get().text


def test_the_hints_name_routes_and_never_block(citizen: Citizen) -> None:
    draft = citizen.ready(what={"text": "老板拖欠工资三个月，我干活时受伤，想认定工伤。"})
    page = citizen.page(draft, "check")
    for words in ("劳动争议仲裁", "劳动保障监察", "工伤认定", "不影响您提交"):
        assert words in page
    assert citizen.send(draft).status_code == 302


def test_traditional_script_gets_the_same_hint(citizen: Citizen) -> None:
    draft = citizen.ready(what={"text": "老闆拖欠工資"})
    assert "劳动保障监察" in citizen.page(draft, "check")


def test_the_personal_information_notice_stands_before_the_button(citizen: Citizen) -> None:
    page = citizen.page(citizen.ready(), "check")
    assert "第十七条" in page
    assert page.index("您的个人信息怎么用") < page.index('value="send"')


def test_an_office_that_takes_no_petitions_cannot_be_chosen(citizen: Citizen) -> None:
    draft = citizen.ready()
    assert citizen.send(draft, "qinghe").status_code == 422
    assert Case.objects.count() == 0


def test_sending_without_the_second_page_says_what_is_missing(citizen: Citizen) -> None:
    draft = citizen.begin()
    answer = citizen.send(draft)
    assert answer.status_code == 422
    assert f"/file/{draft}/who/" in answer.content.decode()


def test_a_draft_can_be_deleted_after_asking(citizen: Citizen) -> None:
    draft = citizen.ready()
    assert citizen.client.get(f"/file/{draft}/discard/").status_code == 200
    assert citizen.client.get(f"/file/{draft}/discard/now/").status_code == 405
    citizen.client.post(f"/file/{draft}/discard/now/")
    assert not Draft.objects.exists()


def test_a_program_that_opens_drafts_is_told_the_limit_and_when_it_lifts(citizen: Citizen) -> None:
    from huiyin.interfaces.portal import throttle

    for _round in range(throttle.limits()["drafts"].most):
        throttle.count_once("drafts", "127.0.0.1", at=timezone.now())
    answer = citizen.client.post("/file/", WHAT | {"go": "next"})
    page = answer.content.decode()
    assert answer.status_code == 429
    assert "120" in page
    assert TEXT in page
    assert Draft.objects.count() == 0


def test_every_telling_word_leads_to_a_route_the_law_knows() -> None:
    assert len(hints()) > 5
    assert all(code in legal_routes() for hint in hints() for code in hint.routes)


def test_the_accused_is_never_named_as_the_handler(people: People) -> None:
    land = people.agency_id("natural-resources")
    found = guidance_for(texts=["征地补偿"], is_accusation=False, region_code="", accused_agency_id=None)
    assert found.handler is not None
    assert found.handler.id == land
    other = guidance_for(texts=["征地补偿"], is_accusation=False, region_code="", accused_agency_id=land)
    assert other.handler is None or other.handler.id != land


@pytest.mark.parametrize(
    ("accused", "taker"), [("qinghe", "supervision"), ("supervision", "petition-office")]
)
def test_an_accusation_always_finds_an_office_that_takes_it(
    citizen: Citizen, accused: str, taker: str
) -> None:
    draft = citizen.begin(purpose="accusation")
    citizen.post(
        draft,
        "who",
        naming="anonymous",
        head_count="1",
        accused_agency_id=str(citizen.people.agency_id(accused)),
    )
    assert citizen.send(draft, taker).status_code == 302
    assert Demand.objects.get().holder_id == citizen.people.agency_id(taker)


def test_filing_asks_the_database_little(citizen: Citizen) -> None:
    draft = citizen.ready()
    citizen.page(draft, "check")
    with CaptureQueriesContext(connection) as reading:
        citizen.page(draft, "check")
    with CaptureQueriesContext(connection) as sending:
        citizen.send(draft)
    assert len(reading) <= 3
    assert len([one for one in sending if "SAVEPOINT" not in one["sql"]]) <= 16
