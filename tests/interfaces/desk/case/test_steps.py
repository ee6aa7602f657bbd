"""Every step can be taken from its page, once, by whoever may, and nothing typed is lost."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from huiyin.casework.cases.models import Demand, Submission
from huiyin.casework.replies.models import Delivery, StepEvidence
from huiyin.interfaces.desk.case.forms import FORMS
from huiyin.interfaces.desk.case.step_pages import BY_SLUG, STEP_PAGES
from huiyin.law.calendar import local_date
from huiyin.law.lifecycle import Step
from huiyin.records.documents.models import Attachment, Document
from tests.factories.cases import LAND, a_walk

pytestmark = pytest.mark.django_db
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


def url_of(walk, slug):
    return reverse("desk:demand_step", args=[walk.demand_id, slug])


def send(client, walk, slug, *, version=None, **values):
    data = {"version": version or Demand.objects.get(pk=walk.demand_id).version, **values}
    return client.post(url_of(walk, slug), data)


def stage_of(walk):
    return Demand.objects.get(pk=walk.demand_id).stage


def problem_of(response):
    """What the page says is wrong."""
    context = response.context or {}
    return context.get("refusal"), getattr(context.get("form"), "errors", None)


def taken(response):
    assert response.status_code == 302, problem_of(response)
    return True


def test_every_step_of_an_officer_has_a_page_and_every_page_a_form():
    on_pages = {step for page in STEP_PAGES for step in page.steps}
    by_others = {Step.REGISTER, Step.RATE, Step.DISPUTE}
    assert on_pages == set(Step) - by_others
    assert set(FORMS) == set(BY_SLUG)


def test_a_whole_life_is_walked_from_the_pages(people, desk, lately):
    walk = a_walk(people, lately)
    clerk, handler, signer = desk("clerk"), desk("land_handler"), desk("land_signer")
    taken(send(clerk, walk, "sort", content_class=LAND, branch="petition", purpose="request"))
    land = people.agency_id("natural-resources")
    taken(send(clerk, walk, "assign", receiver=land, requirement="查清补偿款去向", limit="30"))
    taken(send(handler, walk, "accept", contact="0999-1"))
    assert Demand.objects.get(pk=walk.demand_id).handler_id == people["land_handler"].pk
    today = local_date(timezone.now())
    taken(send(handler, walk, "record-step", five_step="meet", happened_on=today, text="见面沟通"))
    taken(send(handler, walk, "extend", days="30", reason="等待测绘"))
    taken(send(signer, walk, "extension", decision="approve", reasons="情况复杂"))
    texts = {
        "request": "补偿款",
        "facts": "经查属实",
        "opinion": "予以支持",
        "legal_basis": "土地管理法第四十八条",
    }
    taken(send(handler, walk, "draft-reply", outcome="supported", **texts))
    taken(send(handler, walk, "submit-reply"))
    taken(send(signer, walk, "return-reply", reason="请补充金额"))
    taken(send(handler, walk, "draft-reply", outcome="supported", **texts | {"facts": "金额三万元"}))
    taken(send(handler, walk, "submit-reply"))
    taken(send(signer, walk, "issue-reply"))
    taken(send(handler, walk, "serve", method="hand", served_on=today, proof="签收单1号"))
    taken(send(handler, walk, "report-back", text="已拨付到户", signatory="局长", settled="yes"))
    taken(send(clerk, walk, "examine", examination="pass", reasons="事实清楚"))
    assert stage_of(walk) == "closed"


def test_an_objection_goes_to_and_fro_from_the_pages(people, desk, lately):
    walk = a_walk(people, lately)
    walk.sorted()
    walk.forwarded()
    clerk, handler = desk("clerk"), desk("land_handler")
    reasons = {"reasons": "不属于本局职权", "legal_basis": "三定规定第五条"}
    taken(send(handler, walk, "object", **reasons))
    taken(send(clerk, walk, "objection", decision="maintain", reasons="经核实属于你局"))
    page = handler.get(url_of(walk, "object")).content.decode()
    assert "报请共同上级指定" in page
    taken(send(handler, walk, "object", **reasons))
    assert stage_of(walk) == "disputed"
    town = people.agency_id("town-liuhe")
    taken(send(desk("county_supervisor"), walk, "designate", receiver=town, reasons="属地管理"))
    demand = Demand.objects.get(pk=walk.demand_id)
    assert (demand.stage, demand.holder_id) == ("awaiting_receipt", town)


ENDINGS = [
    ("redirect", "redirected", {"reason": "属于铁路部门", "authority": "铁路局", "how": "电话12306"}, ""),
    ("answer", "answered", {"answer": "办理时间为工作日"}, "inquiry"),
    ("file", "filed", {"reason": "表达感谢"}, "suggestion"),
    ("route", "routed", {"reason": "应当诉讼", "authority": "县人民法院", "how": "递交起诉状"}, "litigation"),
]


@pytest.mark.parametrize(("slug", "stage", "values", "branch"), ENDINGS)
def test_an_outcome_without_handling_is_taken_from_its_page(
    people, desk, lately, slug, stage, values, branch
):
    walk = a_walk(people, lately)
    if branch:
        walk.sorted(branch=branch)
    taken(send(desk("clerk"), walk, slug, **values))
    assert stage_of(walk) == stage


def test_declining_needs_a_ground_of_the_law_and_a_way_out(people, desk, lately):
    walk = a_walk(people, lately)
    walk.sorted()
    response = send(desk("clerk"), walk, "decline", reason="正在办理")
    assert response.status_code == 422
    assert {"ground", "where_to_go"} <= set(response.context["form"].errors)
    ground = response.context["form"].fields["ground"].choices[0][0]
    taken(send(desk("clerk"), walk, "decline", ground=ground, reason="正在办理", where_to_go="等待县局答复"))
    assert stage_of(walk) == "declined"


def test_two_people_cannot_act_on_one_demand_and_nothing_typed_is_lost(people, desk, lately):
    walk = a_walk(people, lately)
    walk.sorted()
    seen = walk.demand.version
    taken(
        send(
            desk("clerk"),
            walk,
            "assign",
            receiver=people.agency_id("housing"),
            requirement="查清",
            limit="30",
        )
    )
    land = people.agency_id("natural-resources")
    response = send(
        desk("examiner"), walk, "forward", version=seen, receiver=land, requirement="请尽快核实并答复"
    )
    text = response.content.decode()
    assert response.status_code == 409
    assert "请尽快核实并答复" in text
    assert "刚才发生了什么" in text
    assert "交办" in text
    assert Demand.objects.get(pk=walk.demand_id).holder_id == people.agency_id("housing")


def test_after_a_look_at_what_changed_the_form_can_be_sent_again(people, desk, lately):
    walk = a_walk(people, lately)
    walk.sorted()
    seen = walk.demand.version
    walk.later(1).sorted(branch="duty")
    land = people.agency_id("natural-resources")
    response = send(desk("clerk"), walk, "forward", version=seen, receiver=land, requirement="请核实")
    assert response.status_code == 409
    assert f'value="{seen + 1}"' in response.content.decode()
    taken(send(desk("clerk"), walk, "forward", receiver=land, requirement="请核实"))


def test_a_double_click_takes_the_step_once(people, desk, lately):
    walk = a_walk(people, lately)
    walk.sorted()
    seen = walk.demand.version
    values = {"receiver": people.agency_id("natural-resources"), "requirement": "请核实"}
    client = desk("clerk")
    taken(send(client, walk, "forward", version=seen, **values))
    taken(send(client, walk, "forward", version=seen, **values))
    assert walk.demand.referrals.count() == 1


def test_an_error_names_the_field_and_keeps_the_rest(people, desk, lately):
    walk = a_walk(people, lately)
    walk.sorted()
    response = send(
        desk("clerk"),
        walk,
        "assign",
        receiver=people.agency_id("housing"),
        limit="own",
        requirement="查清去向",
    )
    assert response.status_code == 422
    assert "limit_on" in response.context["form"].errors
    assert "查清去向" in response.content.decode()


def test_a_step_that_is_not_possible_now_says_why_and_offers_no_form(people, desk, lately):
    walk = a_walk(people, lately)
    response = desk("clerk").get(url_of(walk, "accept"))
    text = response.content.decode()
    assert response.status_code == 409
    assert "第二十三条" in text
    assert 'name="contact"' not in text


def test_a_step_of_another_role_names_the_roles_that_may(people, desk, lately):
    walk = a_walk(people, lately)
    response = desk("registrar").get(url_of(walk, "sort"))
    assert response.status_code == 403
    assert "分流员" in response.content.decode()


@pytest.mark.parametrize("slug", sorted(BY_SLUG))
def test_no_step_of_another_agency_can_be_opened_or_sent(people, desk, lately, slug):
    walk = a_walk(people, lately)
    client = desk("outsider")
    assert client.get(url_of(walk, slug)).status_code == 404
    assert send(client, walk, slug, contact="x", text="x", reason="x").status_code in (404, 422)
    assert stage_of(walk) == "registered"


def test_an_unknown_step_is_not_found(people, desk, lately):
    walk = a_walk(people, lately)
    assert desk("clerk").get(url_of(walk, "vanish")).status_code == 404


def test_sorting_proposes_who_has_the_power_and_why(people, desk, lately):
    walk = a_walk(people, lately)
    url = reverse("desk:demand_proposal", args=[walk.demand_id])
    text = desk("clerk").get(url, {"content_class": LAND}).content.decode()
    assert "青禾县自然资源局" in text
    assert "职责范围" in text
    text = desk("clerk").get(url, {"content_class": LAND, "branch": "accusation"}).content.decode()
    assert "纪检监察" in text


def test_sorting_as_an_accusation_seals_it_and_leads_the_clerk_away(people, desk, lately):
    walk = a_walk(people, lately)
    response = send(
        desk("clerk"),
        walk,
        "sort",
        content_class=LAND,
        branch="accusation",
        accused_agency=people.agency_id("natural-resources"),
    )
    assert response["Location"] == reverse("desk:workbench")
    assert Demand.objects.get(pk=walk.demand_id).is_sealed


def test_the_head_sees_the_new_date_before_approving_an_extension(people, desk, lately):
    walk = a_walk(people, lately)
    walk.sorted()
    walk.forwarded()
    walk.accepted()
    choices = desk("land_handler").get(url_of(walk, "extend")).context["form"].fields["days"].choices
    assert all("延至" in str(label) for _value, label in choices)
    taken(send(desk("land_handler"), walk, "extend", days="20", reason="等待测绘"))
    text = desk("land_signer").get(url_of(walk, "extension")).content.decode()
    taken(send(desk("land_signer"), walk, "extension", decision="approve", reasons="情况复杂"))
    demand = Demand.objects.get(pk=walk.demand_id)
    assert demand.due_on is not None
    assert f"{demand.due_on.year}年{demand.due_on.month}月{demand.due_on.day}日" in text


def test_signing_shows_the_document_with_its_remedy_first(people, desk, lately):
    walk = a_walk(people, lately)
    walk.sorted()
    walk.forwarded()
    walk.accepted()
    walk.drafted()
    taken(send(desk("land_handler"), walk, "submit-reply"))
    text = desk("land_signer").get(url_of(walk, "issue-reply")).content.decode()
    assert "信访事项处理意见书" in text
    assert "自收到之日起30日内" in text


def test_a_scan_is_filed_with_the_step_it_proves_or_not_at_all(people, desk, lately):
    walk = a_walk(people, lately)
    walk.sorted()
    walk.forwarded()
    walk.accepted()
    client = desk("land_handler")
    today = local_date(timezone.now())

    def record(day, content):
        scan = SimpleUploadedFile("现场.png", content, "image/png")
        values = {"five_step": "on_site", "happened_on": day, "text": "现场查看", "scan": scan}
        return send(client, walk, "record-step", **values)

    assert record(today + timedelta(days=9), PNG).status_code == 422
    assert record(today, b"MZ not a picture").status_code == 422
    assert Attachment.objects.count() == StepEvidence.objects.count() == 0
    taken(record(today, PNG))
    evidence = StepEvidence.objects.get()
    assert evidence.attachment is not None
    assert evidence.attachment.demand_id == walk.demand_id


def test_a_supplement_is_kept_word_for_word_and_once(people, desk, lately):
    walk = a_walk(people, lately)
    client = desk("clerk")
    token = client.get(url_of(walk, "supplement")).context["form"]["token"].value()
    for _click in range(2):
        taken(send(client, walk, "supplement", channel="call", text="村里已经答应了", token=token))
    added = Submission.objects.filter(case_id=walk.demand.case_id, is_supplement=True)
    assert [row.text for row in added] == ["村里已经答应了"]


def test_a_withdrawal_without_the_petitioners_word_is_refused(people, desk, lately):
    walk = a_walk(people, lately)
    response = send(desk("clerk"), walk, "withdraw", reason="信访人电话表示不再反映")
    assert response.status_code == 409
    assert "撤回只能由信访人提出" in response.content.decode()
    assert "信访人电话表示不再反映" in response.content.decode()
    taken(send(desk("clerk"), walk, "withdraw", reason="信访人书面撤回", is_confirmed="on"))
    assert stage_of(walk) == "withdrawn"


def test_a_colleague_of_the_same_unit_takes_over(people, desk, lately):
    walk = a_walk(people, lately)
    walk.sorted()
    walk.forwarded()
    walk.accepted()
    taken(send(desk("land_handler"), walk, "take", handler=people["land_reviewer"].pk))
    assert Demand.objects.get(pk=walk.demand_id).handler_id == people["land_reviewer"].pk
    response = send(desk("land_handler"), walk, "take", handler=people["outsider"].pk)
    assert response.status_code == 422


def test_an_assisting_agency_signs_and_gives_its_opinion_to_the_lead(people, desk, lately):
    walk = a_walk(people, lately)
    walk.sorted()
    walk.forwarded(assisting=[people.agency_id("town-liuhe")])
    town = desk("town_handler")
    taken(send(town, walk, "assist-receive"))
    assert town.get(url_of(walk, "assist-receive")).status_code == 403
    taken(send(town, walk, "assist-opine", opinion="已核对占地面积"))
    assert Document.objects.filter(kind="assist_opinion").count() == 1
    assert desk("land_handler").get(url_of(walk, "assist-opine")).status_code == 403


def test_a_notice_is_served_with_proof(people, desk, lately):
    walk = a_walk(people, lately)
    walk.sorted()
    walk.forwarded()
    walk.accepted()
    document = Document.objects.get(kind="acceptance_notice")
    url = reverse("desk:document_serve", args=[document.pk])
    today = local_date(timezone.now())
    client = desk("land_handler")
    assert client.post(url, {"method": "post", "served_on": today, "proof": ""}).status_code == 422
    taken(client.post(url, {"method": "post", "served_on": today, "proof": "XA123456789"}))
    assert Delivery.objects.get().document_id == document.pk


def test_forms_are_refused_without_the_secret_of_the_page(people, desk, lately):
    from django.test import Client

    walk = a_walk(people, lately)
    client = Client(enforce_csrf_checks=True)
    client.cookies = desk("clerk").cookies
    assert send(client, walk, "file", reason="感谢").status_code == 403
    assert stage_of(walk) == "registered"


def test_a_self_handled_demand_is_closed_from_the_pages(people, desk, lately):
    walk = a_walk(people, lately, office_id=people.agency_id("town-liuhe"), by=people["town_handler"])
    client = desk("town_handler")
    taken(send(client, walk, "sort", content_class=LAND, branch="petition"))
    taken(send(client, walk, "self-handle", contact="0999-2"))
    assert stage_of(walk) == "accepted"
    routing_steps = [
        page.slug for page in STEP_PAGES if client.get(url_of(walk, page.slug)).status_code == 200
    ]
    assert "draft-reply" in routing_steps
