"""From a petition to its answer, in a browser, on both sides of the counter (主流程)."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from huiyin.casework.cases.models import Demand
from huiyin.casework.intake.integrity import faults
from huiyin.law.calendar import local_date
from huiyin.records.ledger.verify import verify_database
from tests.people import PASSWORD, load_county, make_people

pytestmark = pytest.mark.both_databases
STORY = "村口的路灯坏了三个月，晚上老人孩子出门看不见路，已经有两个人摔伤，打了几次电话没有人来修。"


@pytest.fixture
def cast(transactional_db):
    """The reference county and its people, with passwords that have not expired today."""
    load_county(timezone.now())
    return make_people(timezone.now())


@pytest.fixture
def desk(new_page, cast):
    """Open the desk as somebody of the cast."""

    def enter(name: str, width: str = "desk") -> Page:
        page: Page = new_page(width)
        page.goto("/desk/login/")
        page.fill("#id_username", name)
        page.fill("#id_password", PASSWORD)
        page.click("main form .btn-primary")
        page.wait_for_url("**/desk/")
        return page

    return enter


def press(page: Page, name: str) -> None:
    page.locator("main").get_by_role("button", name=name, exact=True).first.click()
    page.wait_for_load_state()


def fill(page: Page, **fields: str) -> None:
    """Fill named fields, whatever kind of control they are."""
    for name, value in fields.items():
        field = page.locator(f"main [name='{name}']")
        kind = field.first.evaluate("e => e.type")
        if kind == "radio":
            page.check(f"main [name='{name}'][value='{value}']")
        elif kind == "checkbox":
            field.first.check()
        elif kind.startswith("select"):
            field.select_option(value)
        else:
            field.fill(value)


def take_step(page: Page, demand_id: int, slug: str, **fields: str) -> None:
    """Open the form of a step, fill it, press its own button and land on the case."""
    page.goto(f"/desk/demands/{demand_id}/{slug}/")
    fill(page, **fields)
    page.locator("main form .btn-primary").last.click()
    page.wait_for_url(re.compile(r"/desk/cases/\d+/"))


def file_petition(page: Page, **who: str) -> tuple[str, str]:
    """File on the portal as a citizen with a phone; returns number and query code."""
    page.goto("/file/")
    fill(page, purpose="request", text=STORY, demand_1="请求修复村口路灯", place="柳河镇前湾村口")
    press(page, "下一步")
    fill(page, **who)
    press(page, "下一步")
    press(page, "下一步")
    press(page, "提交")
    page.wait_for_url("**/receipt/")
    said = page.inner_text("main")
    number = re.search(r"XF\d{4}-\d{7,}-\d", said)
    code = re.search(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", said.replace(number[0], "") if number else said)
    assert number
    assert code
    return number[0], code[0]


def track(page: Page, number: str, code: str) -> None:
    page.goto("/track/")
    fill(page, number=number, code=code)
    press(page, "查看进度")


def newest() -> Demand:
    return Demand.objects.select_related("case").order_by("-pk")[0]


def answer(desk, demand: Demand) -> Page:
    """The unit accepts, looks at the place, drafts; somebody else signs. Returns the handler's page."""
    handler: Page = desk("housing_handler")
    handler.goto("/desk/lists/awaiting/")
    expect(handler.locator("main")).to_contain_text("请求修复村口路灯")
    take_step(handler, demand.pk, "accept", contact="市政股 0999-5500000")
    today = local_date(timezone.now()).isoformat()
    found = {"five_step": "on_site", "happened_on": today, "text": "现场查看，线路老化"}
    take_step(handler, demand.pk, "record-step", **found)
    reply = {
        "outcome": "supported",
        "request": "请求修复村口路灯",
        "facts": "经现场查看，线路老化致路灯不亮。",
        "opinion": "予以支持，七日内修复。",
        "legal_basis": "《城市道路照明设施管理规定》",
    }
    take_step(handler, demand.pk, "draft-reply", **reply)
    take_step(handler, demand.pk, "submit-reply")
    take_step(desk("housing_signer"), demand.pk, "issue-reply")
    return handler


def press_last(page: Page) -> None:
    page.locator("main form .btn-primary").last.click()
    page.wait_for_load_state()


def test_a_citizen_files_and_is_answered(new_page, desk, cast, assert_accessible, assert_fits):
    citizen = new_page("phone")
    number, code = file_petition(citizen, naming="named", name="周桂兰", phone="13900001234")
    assert_accessible(citizen)
    assert_fits(citizen)
    demand = newest()
    assert (demand.case.number, demand.stage) == (number, "registered")

    clerk = desk("clerk")
    clerk.goto(f"/desk/cases/{demand.case_id}/")
    assert_accessible(clerk)
    take_step(clerk, demand.pk, "sort", content_class="03", branch="petition", purpose="request")
    letter = {"receiver": str(cast.agency_id("housing")), "limit": "30", "requirement": "查明原因并限期修复"}
    take_step(clerk, demand.pk, "assign", **letter)
    handler = answer(desk, demand)

    track(citizen, number, code)
    expect(citizen.locator("main")).to_contain_text("第二十三条")
    expect(citizen.locator("main")).to_contain_text("予以支持")
    assert_accessible(citizen)
    assert_fits(citizen)
    citizen.goto(f"/track/{number}/receive/{demand.pk}/")
    press_last(citizen)
    demand.refresh_from_db()
    assert demand.stage == "served"

    take_step(handler, demand.pk, "report-back", text="已修复并答复", signatory="梁局长", settled="yes")
    take_step(clerk, demand.pk, "examine", examination="pass", reasons="事实清楚，群众已确认")
    citizen.goto(f"/track/{number}/rate/{demand.pk}/")
    fill(citizen, score_office="satisfied", score_unit="basically", text="修好了，谢谢")
    press_last(citizen)
    demand.refresh_from_db()
    assert (demand.stage, demand.settled) == ("closed", "yes")
    scores = {rating.body: rating.score for rating in demand.ratings.all()}
    assert scores == {"office": "satisfied", "unit": "basically"}
    assert verify_database(progress=lambda done: None).finding is None
    assert list(faults()) == []


@pytest.mark.parametrize("channel", ["visit", "call", "letter"])
def test_a_clerk_registers_at_the_counter(desk, channel, assert_accessible, assert_fits):
    clerk = desk("clerk")
    clerk.goto(f"/desk/register/{channel}/")
    assert_accessible(clerk)
    fill(
        clerk,
        text=STORY,
        **{"demand-0-statement": "请求修复路灯"},
        naming="named",
        name="李大山",
        phone="13900005678",
        place="柳河镇前湾村",
    )
    clerk.locator("main form .btn-primary").last.click()
    clerk.wait_for_url("**/receipt/**")
    demand = newest()
    assert demand.case.channel == channel
    expect(clerk.locator("main")).to_contain_text(demand.case.number)
    assert_accessible(clerk)
    phone = desk("clerk", "phone")
    phone.goto(f"/desk/cases/{demand.case_id}/")
    assert_fits(phone)


def test_a_wrong_unit_objects_and_the_demand_finds_its_owner(new_page, desk, cast):
    citizen = new_page("phone")
    number, code = file_petition(citizen, naming="anonymous")
    demand = newest()
    clerk = desk("clerk")
    take_step(clerk, demand.pk, "sort", content_class="03", branch="petition")
    take_step(clerk, demand.pk, "forward", receiver=str(cast.agency_id("natural-resources")))
    handler = desk("land_handler")
    take_step(handler, demand.pk, "object", reasons="路灯由住建部门管理", legal_basis="三定规定第六条")
    take_step(clerk, demand.pk, "objection", decision="agree", reasons="核实属实")
    take_step(clerk, demand.pk, "forward", receiver=str(cast.agency_id("housing")))
    demand.refresh_from_db()
    assert demand.lead_id == cast.agency_id("housing")
    track(citizen, number, code)
    expect(citizen.locator("main")).to_contain_text("异议")
    expect(citizen.locator("main")).to_contain_text("住房和城乡建设局")
