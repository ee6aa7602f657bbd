"""The pages anyone may read: both languages, few statements, true numbers."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from huiyin.interfaces.portal.counting import day_numbers, wall_calendar
from huiyin.law.calendar import load_calendar
from huiyin.law.deadlines import count
from huiyin.law.rules import rule
from huiyin.records.agencies.models import Agency
from huiyin.records.agencies.selectors import reference_forget

pytestmark = pytest.mark.django_db
PAGES = ["/", "/expect/", "/deadlines/", "/agencies/", "/law/", "/privacy/"]
STATEMENTS = 8


@pytest.fixture
def petition_office() -> Agency:
    return Agency.objects.create(
        code="test-petition-office",
        name="测试县信访局",
        name_en="Test County Petition Bureau",
        short_name="信访局",
        kind="petition_office",
        region_code="990100000000",
        phone="0999-7123110",
        reception_place="文昌路12号",
    )


@pytest.fixture(autouse=True)
def fresh_directory() -> None:
    """Another test's agencies must not linger in this process."""
    reference_forget()


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(("language", "tag"), [("zh-hans", "zh-CN"), ("en", "en")])
def test_a_page_opens_in_both_languages(client: Client, path: str, language: str, tag: str) -> None:
    client.cookies["django_language"] = language
    page = client.get(path).content.decode()
    assert f'<html lang="{tag}"' in page
    assert page.count("<h1") == 1
    assert 'href="#main"' in page
    assert page.count('id="main"') == 1


@pytest.mark.parametrize("path", PAGES)
def test_a_page_asks_the_database_little(client: Client, path: str) -> None:
    with CaptureQueriesContext(
        connection,
    ) as statements:
        client.get(path)
    assert len(statements) <= STATEMENTS


@pytest.mark.parametrize("path", PAGES)
def test_a_page_without_a_session_sets_no_session_cookie(client: Client, path: str) -> None:
    assert "sessionid" not in client.get(path).cookies


def test_the_navigation_marks_where_one_is(client: Client) -> None:
    page = client.get("/law/").content.decode()
    assert page.count('href="/law/"') >= 1
    home = client.get("/").content.decode()
    assert 'href="/" aria-current="page"' in home
    assert 'href="/expect/" aria-current' not in home


def test_the_calculator_gives_the_date_and_why(client: Client) -> None:
    page = client.get("/deadlines/", {"rule": "C5", "start": "2025-12-24", "extend": ""}).content.decode()
    assert "2026年2月24日（星期二）" in page
    assert "《信访工作条例》第三十四条" in page
    assert "《民法典》第二百零三条" in page


def test_the_calculator_speaks_english(client: Client) -> None:
    client.cookies["django_language"] = "en"
    page = client.get("/deadlines/", {"rule": "C5", "start": "2025-12-24"}).content.decode()
    assert "24 Feb 2026 (Tue)" in page
    assert "Regulations on Petition Work (2022), Art. 34" in page


def test_an_extension_the_law_does_not_allow_is_refused_with_its_article(client: Client) -> None:
    response = client.get("/deadlines/", {"rule": "C5", "start": "2025-12-24", "extend": "40"})
    page = response.content.decode()
    assert response.status_code == 422
    assert "第三十四条" in page
    assert 'href="#id_extend"' in page
    assert 'value="40"' in page


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("start", ""),
        ("start", "31/31"),
        ("start", "1890-01-01"),
        ("rule", "XX"),
        ("extend", "-3"),
        ("extend", "x"),
    ],
)
def test_nonsense_gets_a_sentence_at_its_field(client: Client, field: str, value: str) -> None:
    asked = {"rule": "C5", "start": "2026-03-02", "extend": ""} | {field: value}
    response = client.get("/deadlines/", asked)
    assert response.status_code == 422
    assert f'id="id_{field}_error"' in response.content.decode()


def test_the_wall_calendar_counts_each_day_once() -> None:
    calendar = load_calendar()
    due = count(rule("C5", on=date(2025, 12, 24)), date(2025, 12, 24), calendar=calendar)
    numbers = day_numbers(due, due.rule)
    assert sorted(numbers.values()) == list(range(1, 61))
    assert numbers[date(2025, 12, 25)] == 1
    assert numbers[date(2026, 2, 22)] == 60


def test_working_days_are_numbered_without_the_rest_days() -> None:
    calendar = load_calendar()
    due = count(rule("C4", on=date(2026, 2, 12)), date(2026, 2, 12), calendar=calendar)
    numbers = day_numbers(due, due.rule)
    assert sorted(numbers.values()) == [1, 2, 3, 4, 5]
    assert numbers[date(2026, 2, 14)] == 2
    assert date(2026, 2, 16) not in numbers


def test_an_extended_count_goes_on_with_one_again() -> None:
    calendar = load_calendar()
    version = rule("C5", on=date(2026, 3, 2))
    due = count(version, date(2026, 3, 2), calendar=calendar, extended_days=10)
    values = list(day_numbers(due, version).values())
    assert len(values) == 70
    assert values.count(1) == 2


def test_the_wall_shows_the_first_and_the_last_day() -> None:
    calendar = load_calendar()
    due = count(rule("C1", on=date(2026, 1, 28)), date(2026, 1, 28), calendar=calendar)
    squares = [day for month in wall_calendar(due, calendar) for week in month.weeks for day in week if day]
    assert [square.day for square in squares if square.is_start] == [due.start]
    assert [square.day for square in squares if square.is_due] == [due.due]
    assert len(squares) == 31 + 28


def test_published_agencies_are_found_by_name_and_phone(client: Client, petition_office: Agency) -> None:
    for words in ("信访", "7123110", "文昌路"):
        assert "测试县信访局" in client.get("/agencies/", {"q": words}).content.decode()
    nothing = client.get("/agencies/", {"q": "没有这个"}).content.decode()
    assert "没有找到符合的单位" in nothing
    assert "12345" in nothing


def test_an_agency_that_takes_no_petitions_is_not_published(client: Client, petition_office: Agency) -> None:
    Agency.objects.filter(id=petition_office.id).update(takes_petitions=False)
    assert "测试县信访局" not in client.get("/agencies/").content.decode()


def test_the_privacy_notice_names_who_uses_the_data(client: Client, petition_office: Agency) -> None:
    page = client.get("/privacy/").content.decode()
    assert "测试县信访局" in page
    assert "tel:09997123110" in page


def test_search_words_are_escaped(client: Client) -> None:
    page = client.get("/agencies/", {"q": '"><script>x</script>'}).content.decode()
    assert "<script>x" not in page


def test_the_law_page_shows_every_limit_with_its_article(client: Client) -> None:
    page = client.get("/law/").content.decode()
    for words in ("C5", "60日", "《信访工作条例》第三十四条", 'id="R2022"'):
        assert words in page
