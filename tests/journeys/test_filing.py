"""A citizen writes, sends and follows a petition in a real browser, with and without scripts."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone
from playwright.sync_api import FilePayload, Page

from tests.factories.cases import Walk, a_receipt, demand_of
from tests.journeys.conftest import AxeCheck, NewPage
from tests.people import People

TEXT = "去年修路占了我家两亩承包地，补偿款一直没有给。"


@pytest.fixture(autouse=True)
def fresh_counters() -> None:
    cache.clear()


def press(page: Page, value: str) -> None:
    page.locator(f'main button[name="go"][value="{value}"]:not([aria-hidden])').click()


def fill_in(page: Page) -> None:
    """Write what happened, two demands, a name."""
    page.goto("/file/")
    page.get_by_label("请求解决一件事").check()
    page.get_by_label("发生了什么事").fill(TEXT)
    page.locator("[name=demand_1]").fill("请求支付征地补偿款")
    press(page, "add-demand")
    page.locator("[name=demand_2]").fill("请求修好压坏的村道")
    press(page, "next")
    page.get_by_label("要求保密").check()
    page.locator("[name=name]").fill("周桂兰")
    press(page, "next")


@pytest.mark.parametrize("has_scripts", [True, False])
def test_a_petition_is_written_sent_and_followed_on_a_phone(
    new_page: NewPage, people: People, has_scripts: bool
) -> None:
    page = new_page("phone", java_script_enabled=has_scripts)
    fill_in(page)
    page.set_input_files(
        "#id_files",
        [
            FilePayload(name="收据.txt", mimeType="text/plain", buffer="收据".encode()),
            FilePayload(name="程序.exe", mimeType="application/x", buffer=b"MZ" + b"\0" * 99),
        ],
    )
    press(page, "upload")
    assert "程序.exe" in page.get_by_role("alert").inner_text()
    assert "收据.txt" in page.locator(".kept").inner_text()
    press(page, "next")
    press(page, "send")
    number, code = page.locator(".receipt-codes dd").all_inner_texts()
    page.goto("/track/")
    page.get_by_label("登记编号").fill(number)
    page.get_by_label("查询码").fill(code)
    page.get_by_role("button", name="查看进度").click()
    assert "请求修好压坏的村道" in page.locator("main").inner_text()
    assert code not in page.url


@pytest.mark.parametrize("width", ["phone", "tablet", "desk"])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_filing_pages_are_accessible_and_fit(
    new_page: NewPage,
    people: People,
    assert_accessible: AxeCheck,
    assert_fits: AxeCheck,
    width: str,
    language: str,
) -> None:
    page = new_page(width)
    fill_in(page)
    draft = page.url.split("/file/")[1].split("/")[0]
    page.context.add_cookies([{"name": "django_language", "value": language, "url": page.url}])
    for step in ("what", "who", "materials", "check", "discard"):
        page.goto(f"/file/{draft}/{step}/")
        assert_accessible(page)
        assert_fits(page)
    page.goto(f"/file/{draft}/check/")
    press(page, "send")
    for path in ("", "print/"):
        page.goto(f"/file/{draft}/receipt/{path}")
        assert_accessible(page)
        assert_fits(page)


@pytest.mark.parametrize("elder", ["", "30"])
@pytest.mark.parametrize("width", ["phone", "desk"])
def test_tracking_pages_are_accessible_and_fit(
    new_page: NewPage,
    people: People,
    assert_accessible: AxeCheck,
    assert_fits: AxeCheck,
    width: str,
    elder: str,
) -> None:
    now = timezone.now() - timedelta(days=20)
    receipt = a_receipt(people, now)
    walk = Walk(people, demand_of(receipt).pk, now)
    walk.sorted()
    walk.forwarded()
    walk.accepted()
    walk.later(5).drafted()
    walk.later(6).issued()
    page = new_page(width)
    page.goto("/verify/")
    if elder:
        page.context.add_cookies([{"name": "huiyin_elder", "value": elder, "url": page.url}])
    page.goto(f"/track/#n={receipt.number}&c={receipt.code}")
    assert "#" not in page.url
    page.get_by_role("button", name="查看进度").click()
    page.wait_for_url(f"**/track/{receipt.number}/")
    paths = ["", f"receive/{walk.demand_id}/", "supplement/", f"withdraw/{walk.demand_id}/", "print/"]
    for path in paths:
        page.goto(f"/track/{receipt.number}/{path}")
        assert_accessible(page)
        assert_fits(page)
    page.goto(f"/track/{receipt.number}/receive/{walk.demand_id}/")
    page.get_by_role("button", name="我收到了").click()
    assert "拨付到户" in page.locator("main").inner_text()
    page.goto(f"/track/{receipt.number}/rate/{walk.demand_id}/")
    assert_accessible(page)
    assert_fits(page)


def test_a_draft_saves_itself_while_one_writes(new_page: NewPage, people: People) -> None:
    page = new_page("phone")
    page.clock.install()
    page.goto("/file/")
    page.get_by_label("发生了什么事").fill(TEXT)
    with page.expect_response(lambda answer: "/what/" in answer.url):
        page.clock.fast_forward(21_000)
    page.wait_for_url("**/file/*/what/")
    page.reload()
    assert page.get_by_label("发生了什么事").input_value() == TEXT
