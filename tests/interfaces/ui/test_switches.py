"""Language and letter size are switched by POST and remembered in a cookie."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("size", ["20", "24", "30"])
def test_the_elder_view_is_remembered_with_its_size(client: Client, size: str) -> None:
    response = client.post("/elder/", {"size": size, "next": "/privacy/"})
    assert response.headers["Location"] == "/privacy/"
    page = client.get("/privacy/").content.decode()
    assert f'class="elder elder-{size}"' in page


def test_the_standard_view_comes_back(client: Client) -> None:
    client.post("/elder/", {"size": "24", "next": "/privacy/"})
    client.post("/elder/", {"size": "", "next": "/privacy/"})
    assert 'class="standard"' in client.get("/privacy/").content.decode()


@pytest.mark.parametrize("size", ["99", "-1", "20; x", "<b>"])
def test_an_unknown_size_means_the_standard_view(client: Client, size: str) -> None:
    client.post("/elder/", {"size": size, "next": "/"})
    assert 'class="standard"' in client.get("/privacy/").content.decode()


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_a_switch_never_leads_to_another_site(client: Client, target: str) -> None:
    response = client.post("/elder/", {"size": "20", "next": target})
    assert response.headers["Location"] == "/"


def test_switching_by_get_is_refused(client: Client) -> None:
    assert client.get("/elder/").status_code == 405


def test_a_switch_without_the_forgery_token_is_refused() -> None:
    assert Client(enforce_csrf_checks=True).post("/elder/", {"size": "20"}).status_code == 403


def test_the_language_switch_turns_the_page_english_and_back(client: Client) -> None:
    client.post("/language/", {"language": "en", "next": "/privacy/"})
    page = client.get("/privacy/").content.decode()
    assert '<html lang="en"' in page
    client.post("/language/", {"language": "zh-hans", "next": "/privacy/"})
    assert '<html lang="zh-CN"' in client.get("/privacy/").content.decode()
