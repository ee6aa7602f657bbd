"""Number and query code open one matter, for a while; wrong ones are slowed down."""

import time
from datetime import datetime

import pytest
from django.test import Client

from huiyin.casework.cases.models import Case, Demand
from huiyin.casework.intake.selectors import admission_by_code
from huiyin.interfaces.portal import throttle
from tests.factories.cases import demand_of
from tests.interfaces.portal.conftest import Citizen, a_matter
from tests.people import People

pytestmark = pytest.mark.django_db
WRONG = "0000-0000-0000"


def test_a_wrong_code_and_an_absent_number_get_the_same_answer(citizen: Citizen, now: datetime) -> None:
    receipt, _walk = a_matter(citizen.people, now)
    absent = "XF2026-9999999-"
    absent += next(str(n) for n in range(10) if admission_number(absent + str(n)))

    def answer(number: str) -> tuple[int, str]:
        page = citizen.client.post("/track/", {"number": number, "code": WRONG})
        text = page.content.decode().replace(number, "")
        return page.status_code, text.split('id="main"')[1].split('name="csrfmiddlewaretoken"')[0]

    assert answer(receipt.number) == answer(absent) == answer("乱写")


def admission_number(number: str) -> bool:
    from huiyin.casework.cases.numbers import case_id_of

    return case_id_of(number) is not None


@pytest.fixture(autouse=True)
def _one_window() -> None:
    """Begin no test in the last seconds of a quarter of an hour, in which limits are counted."""
    left = 900 - time.time() % 900
    if left < 20:
        time.sleep(left)


def test_wrong_codes_are_slowed_down_and_the_page_says_until_when(citizen: Citizen, now: datetime) -> None:
    receipt, _walk = a_matter(citizen.people, now)
    most = throttle.limits()["codes_of_address"].most
    for _round in range(most):
        citizen.client.post("/track/", {"number": receipt.number, "code": WRONG})
    answer = citizen.open(receipt)
    assert answer.status_code == 429
    assert "15分钟内最多20次" in answer.content.decode()
    assert answer["Retry-After"] == "900"


def test_right_codes_are_never_slowed_down(citizen: Citizen, now: datetime) -> None:
    receipt, _walk = a_matter(citizen.people, now)
    for _round in range(throttle.limits()["codes_of_address"].most + 5):
        assert citizen.open(receipt).status_code == 302


def test_wrong_codes_for_one_number_count_from_everywhere_and_lock_nobody_out(
    citizen: Citizen, now: datetime
) -> None:
    receipt, _walk = a_matter(citizen.people, now)
    for place in range(throttle.limits()["codes_of_number"].most):
        citizen.client.post(
            "/track/", {"number": receipt.number, "code": WRONG}, REMOTE_ADDR=f"10.0.0.{place}"
        )
    wrong = {"number": receipt.number, "code": WRONG}
    assert citizen.client.post("/track/", wrong, REMOTE_ADDR="10.0.1.1").status_code == 429
    assert citizen.open(receipt).status_code == 302


def test_without_the_code_every_page_asks_for_it(citizen: Citizen, now: datetime) -> None:
    receipt, walk = a_matter(citizen.people, now)
    paths = ["", "print/", "supplement/", "documents/1/", "files/1/"]
    paths += [f"{act}/{walk.demand_id}/" for act in ("withdraw", "rate", "receive")]
    for path in paths:
        for send in (citizen.client.get, citizen.client.post):
            answer = send(f"/track/{receipt.number}/{path}")
            assert answer.status_code in (302, 405), path
            if answer.status_code == 302:
                assert answer["Location"] == f"/track/?number={receipt.number}"
    assert demand_of(receipt).is_open


def test_one_code_does_not_open_another_matter(citizen: Citizen, now: datetime) -> None:
    mine, _walk = a_matter(citizen.people, now)
    other, walk = a_matter(citizen.people, now)
    citizen.open(mine)
    assert citizen.client.get(f"/track/{other.number}/").status_code == 302
    assert citizen.client.get(f"/track/{mine.number}/withdraw/{walk.demand_id}/").status_code == 404
    assert citizen.client.post(f"/track/{mine.number}/rate/{walk.demand_id}/").status_code == 404


def test_a_forged_cookie_opens_nothing(citizen: Citizen, now: datetime) -> None:
    receipt, _walk = a_matter(citizen.people, now)
    citizen.client.cookies["huiyin_track"] = f"{receipt.case_id}:1"
    assert citizen.client.get(f"/track/{receipt.number}/").status_code == 302


def test_a_renewed_code_closes_the_pages_opened_with_the_old_one(citizen: Citizen, now: datetime) -> None:
    receipt, _walk = a_matter(citizen.people, now)
    citizen.open(receipt)
    Case.objects.filter(pk=receipt.case_id).update(code_version=2)
    assert citizen.client.get(f"/track/{receipt.number}/").status_code == 302


def test_leaving_closes_the_matter(citizen: Citizen, now: datetime) -> None:
    receipt, _walk = a_matter(citizen.people, now)
    citizen.open(receipt)
    citizen.client.post("/track/leave/")
    assert citizen.client.get(f"/track/{receipt.number}/").status_code == 302


@pytest.mark.parametrize("number", ["XF", "乱写", "XF2026-0000001-0", "9" * 39, "a" * 5000, "' OR 1=1 --"])
def test_forged_numbers_and_codes_are_answered_calmly(client: Client, people: People, number: str) -> None:
    assert client.post("/track/", {"number": number, "code": "码" * 30}).status_code == 422
    assert client.get(f"/track/{number[:60]}/").status_code in (302, 404)


def test_admission_takes_the_right_code_only(people: People, now: datetime) -> None:
    receipt, _walk = a_matter(people, now)
    assert admission_by_code(number=receipt.number, code=receipt.code) is not None
    assert admission_by_code(number=receipt.number, code=WRONG) is None
    assert admission_by_code(number="XF99999999999999999999999-1", code=receipt.code) is None
    assert Demand.objects.count() == 1
