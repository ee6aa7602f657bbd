"""Error pages say what happened, what to do, and ask the database nothing."""

import errno

import pytest
from django.core.exceptions import RequestDataTooBig
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.utils import translation

from huiyin.interfaces.ui import faults
from huiyin.interfaces.ui.middleware import FaultMiddleware


@pytest.mark.parametrize("status", sorted(faults.FAULTS))
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_each_fault_names_itself_and_the_way_out_without_the_database(
    rf: RequestFactory, status: int, language: str
) -> None:
    with translation.override(language):
        response = faults.render(rf.get("/nowhere/"), status)
        fault = faults.FAULTS[status]
        page = response.content.decode()
        assert response.status_code == status
        assert str(fault.title) in page
        assert str(fault.advice) in page


@pytest.mark.parametrize("status", [500, 503])
def test_the_static_pages_speak_both_languages(rf: RequestFactory, status: int) -> None:
    response = faults.static_page(rf.get("/"), status)
    page = response.content.decode()
    assert response.status_code == status
    assert 'lang="zh-CN"' in page
    assert 'lang="en"' in page
    assert "凡是已经给出登记编号的诉求都已保存" in page
    assert "Every matter that was given a registration number is saved" in page


def test_programs_get_the_outage_as_json(rf: RequestFactory) -> None:
    response = faults.unavailable(rf.post("/api/v1/submissions"))
    assert response.headers["Content-Type"] == "application/json"
    assert response.headers["Retry-After"] == "60"


def test_too_large_a_request_is_told_so(rf: RequestFactory) -> None:
    assert faults.bad_request(rf.post("/"), RequestDataTooBig("x")).status_code == 413
    assert faults.bad_request(rf.post("/"), ValueError("x")).status_code == 400


def test_the_lock_out_says_when_to_try_again(rf: RequestFactory) -> None:
    response = faults.too_many(rf.post("/desk/login/"), {"username": "x"})
    assert response.status_code == 429
    assert response.headers["Retry-After"] == "900"


@pytest.mark.parametrize("error", [OperationalError("gone"), OSError(errno.ENOSPC, "full")])
def test_a_lost_database_or_a_full_disk_is_a_pause_of_service(rf: RequestFactory, error: Exception) -> None:
    def view(request: HttpRequest) -> HttpResponse:
        raise AssertionError("not called")

    response = FaultMiddleware(view).process_exception(rf.get("/"), error)
    assert response is not None
    assert response.status_code == 503


def test_the_cause_of_a_wrapped_error_counts(rf: RequestFactory) -> None:
    wrapped = RuntimeError("while saving")
    wrapped.__cause__ = OSError(errno.ENOSPC, "full")
    assert faults.is_outage(wrapped)


def test_an_ordinary_error_is_not_called_an_outage(rf: RequestFactory) -> None:
    assert not faults.is_outage(KeyError("x"))
    assert not faults.is_outage(OSError(errno.ENOENT, "no such file"))


def test_an_outage_outside_of_a_view_is_still_a_pause_of_service(rf: RequestFactory) -> None:
    try:
        raise OperationalError("the session cannot be saved")
    except OperationalError:
        assert faults.server_error(rf.get("/")).status_code == 503
    assert faults.server_error(rf.get("/")).status_code == 500


@pytest.mark.django_db
def test_an_unknown_address_gets_the_page_of_the_house(client: Client) -> None:
    response = client.get("/no/such/page/")
    assert response.status_code == 404
    assert "没有找到这一页" in response.content.decode()


@pytest.mark.parametrize("length", [str(601 * 2**20), "9" * 5000, "-1", "many"])
def test_a_request_larger_than_any_form_is_refused_before_it_is_read(rf: RequestFactory, length: str) -> None:
    def read(request: HttpRequest) -> HttpResponse:
        raise AssertionError("the body was read")

    answer = FaultMiddleware(read)(rf.post("/language/", CONTENT_LENGTH=length))
    assert answer.status_code == 413
    assert "太大" in answer.content.decode()
