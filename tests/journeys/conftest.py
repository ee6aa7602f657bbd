"""A real Chromium for the journeys: Debian's own, against the real server on loopback, with axe at hand."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent.parent
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
WIDTHS = {"phone": (360, 780), "tablet": (768, 1024), "desk": (1440, 900)}
# WCAG 2.2 on levels A and AA.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever stands in this folder is a journey in a browser and writes to a real database."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.django_db(transaction=True))


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    program = (
        os.environ.get("HUIYIN_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    )
    if program is None:
        pytest.fail("Chromium is absent; run: scripts/system-packages test")
    # Playwright keeps an event loop in this thread, which Django takes for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program, args=["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]
        )
        yield browser
        browser.close()


class NewPage(Protocol):
    def __call__(self, width: str = "desk", **options: Any) -> Page: ...


@pytest.fixture
def new_page(chromium: Browser, live_server: Any) -> Iterator[NewPage]:
    """Open a page as somebody new: own cookies, one of three widths; a script error fails the test."""
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def make(width: str = "desk", **options: Any) -> Page:
        across, down = WIDTHS[width]
        context = chromium.new_context(
            base_url=live_server.url,
            viewport={"width": across, "height": down},
            **{"locale": "zh-CN", "timezone_id": "Asia/Shanghai", **options},
        )
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        return page

    yield make
    for context in contexts:
        context.close()
    assert faults == [], "errors in the scripts of the page"


@pytest.fixture
def page(new_page: NewPage) -> Page:
    """A page on an office screen."""
    return new_page()


class AxeCheck(Protocol):
    def __call__(self, page: Page) -> None: ...


@pytest.fixture(scope="session")
def assert_accessible() -> AxeCheck:
    """Fail with the broken rules and the first elements that break them."""
    source = AXE.read_text(encoding="utf-8")

    def check(page: Page) -> None:
        # Evaluated through the debugger, so the page's own content security policy stays in force.
        page.evaluate(source)
        result = page.evaluate("rules => axe.run(document, {runOnly: {type: 'tag', values: rules}})", RULES)
        broken = [
            f"{violation['id']}: {violation['help']} ({violation['nodes'][0]['html'][:160]})"
            for violation in result["violations"]
        ]
        assert broken == [], f"{page.url} breaks rules of accessibility"

    return check


@pytest.fixture(scope="session")
def assert_fits() -> AxeCheck:
    """Fail if the page is wider than the screen."""

    def check(page: Page) -> None:
        wide, screen = page.evaluate(
            "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
        )
        assert wide <= screen + 1, f"{page.url} is {wide} px wide on a screen of {screen} px"

    return check
