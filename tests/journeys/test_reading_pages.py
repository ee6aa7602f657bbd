"""The portal's reading pages in a real browser: three widths, both languages, elder view, calculator."""

import pytest
from playwright.sync_api import Page

from tests.journeys.conftest import AxeCheck, NewPage

PAGES = [
    "/",
    "/expect/",
    "/deadlines/?rule=C5&start=2025-12-24",
    "/agencies/",
    "/law/",
    "/privacy/",
    "/no/page/",
]
SMALL_CONTROLS = """
least => [...document.querySelectorAll("button, .btn, select, summary, nav a, input:not([type=hidden])")]
  .filter(part => part.offsetParent && !part.closest(".trail") && part.getBoundingClientRect().height < least)
  .map(part => part.outerHTML.slice(0, 120))
"""


@pytest.mark.parametrize("width", ["phone", "tablet", "desk"])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_reading_pages_are_accessible_and_fit(
    new_page: NewPage, assert_accessible: AxeCheck, assert_fits: AxeCheck, width: str, language: str
) -> None:
    page = new_page(width)
    refused: list[str] = []
    page.on("console", lambda line: refused.append(line.text) if "Content Security" in line.text else None)
    page.goto("/privacy/")
    page.context.add_cookies([{"name": "django_language", "value": language, "url": page.url}])
    for path in PAGES:
        page.goto(path)
        assert_accessible(page)
        assert_fits(page)
        assert page.evaluate(SMALL_CONTROLS, 44) == []
    assert refused == []


def test_the_elder_view_is_large_roomy_and_fits(
    new_page: NewPage, assert_accessible: AxeCheck, assert_fits: AxeCheck
) -> None:
    page = new_page("phone")
    page.goto("/expect/")
    page.get_by_role("button", name="大字版").click()
    for size in ("大", "更大", "最大"):
        page.get_by_role("button", name=size, exact=True).click()
        letters, lines = page.evaluate(
            "(style => [parseFloat(style.fontSize), parseFloat(style.lineHeight)])"
            "(getComputedStyle(document.querySelector('#main p')))"
        )
        assert letters >= 18
        assert lines >= 1.5 * letters
        assert page.evaluate(SMALL_CONTROLS, 60) == []
        assert_fits(page)
    assert letters >= 30
    assert_accessible(page)


def test_the_keyboard_reaches_the_content_first(page: Page) -> None:
    page.goto("/expect/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_a_date_is_counted_on_the_page(page: Page) -> None:
    page.goto("/deadlines/")
    page.get_by_label("哪一种期限").select_option("C5")
    page.get_by_label("从哪一天起算").fill("2025-12-24")
    page.get_by_role("button", name="计算").click()
    assert "2026年2月24日（星期二）" in page.locator(".answer").inner_text()
    assert page.locator("td.wall-due").count() == 1


def test_the_calculator_works_without_scripts(new_page: NewPage) -> None:
    page = new_page("phone", java_script_enabled=False)
    page.goto("/deadlines/")
    page.get_by_label("延长了几天").fill("40")
    page.get_by_label("从哪一天起算").fill("2026-03-02")
    page.get_by_role("button", name="计算").click()
    assert page.get_by_role("alert").is_visible()
    assert page.get_by_label("延长了几天").input_value() == "40"
