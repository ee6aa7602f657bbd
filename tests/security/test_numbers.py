"""A number that no database can hold leads nowhere, on every way in; it is no error of the server."""

import pytest
from django.test import Client
from django.utils import timezone
from stdnum import damm

from huiyin.casework.cases.numbers import case_id_of, case_number
from huiyin.records.accounts.models import User
from tests.factories.cases import a_receipt

BODY = "2026" + "9" * 30
HUGE = f"XF{BODY}{damm.calc_check_digit(BODY)}"


@pytest.mark.parametrize("case_id", [1, 10**7, 10**18 - 1])
def test_every_number_that_can_be_given_is_read_back(case_id: int) -> None:
    assert case_id_of(case_number(2026, case_id)) == case_id


def test_a_number_of_thirty_digits_is_none() -> None:
    assert case_id_of(HUGE) is None


@pytest.mark.django_db
def test_a_number_of_thirty_digits_breaks_no_page(people) -> None:
    User.objects.update(last_password_change=timezone.now())
    case_id = a_receipt(people, timezone.now()).case_id
    browser = Client(raise_request_exception=False)
    browser.force_login(people["clerk"], backend="huiyin.records.accounts.backends.AccountBackend")
    finding = {"kind": "same", "reason": "同一块地"}
    answers = [
        browser.get("/desk/search/", {"q": HUGE}),
        browser.get("/desk/lists/all/", {"text": HUGE}),
        browser.post("/track/", {"number": HUGE, "code": "ABCD-ABCD-ABCD"}),
        browser.post(f"/desk/cases/{case_id}/link/", finding | {"number": HUGE}),
        browser.post(f"/desk/cases/{case_id}/links/", finding | {"other": HUGE}),
    ]
    assert [answer.status_code for answer in answers] == [200, 200, 422, 422, 422]
