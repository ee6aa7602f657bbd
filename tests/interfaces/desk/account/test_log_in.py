"""Log-in, lock-out, second factor, first password, log-out on real pages."""

import pytest
from django.test import Client
from django.utils import timezone
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice

from huiyin.records.accounts.models import User
from tests.people import PASSWORD

NEW = "Another-2026-word"


@pytest.fixture
def fresh(people) -> None:
    User.objects.update(last_password_change=timezone.now())


def log_in(client: Client, name: str = "clerk", password: str = PASSWORD, **more: str):
    return client.post("/desk/login/", {"username": name, "password": password, **more})


def test_the_right_password_opens_the_workbench(client, fresh):
    assert log_in(client).headers["Location"] == "/desk/"
    assert client.get("/desk/").status_code == 200


def test_after_log_in_one_is_where_one_wanted_to_be(client, fresh):
    assert log_in(client, next="/desk/lists/all/").headers["Location"] == "/desk/lists/all/"


def test_a_foreign_address_is_not_followed(client, fresh):
    assert log_in(client, next="https://evil.test/").headers["Location"] == "/desk/"


def test_a_wrong_password_does_not_say_what_was_wrong(client, fresh):
    known, unknown = (log_in(client, name, "Wrong-2026-word") for name in ("clerk", "nobody"))
    assert known.status_code == unknown.status_code == 422
    assert known.context["notice"].text == unknown.context["notice"].text


def test_a_locked_account_is_told_when_it_opens_again(client, fresh):
    for _try in range(5):
        answer = log_in(client, password="Wrong-2026-word")
    page = answer.content.decode()
    assert "锁定" in page
    assert "之后可以再试" in page
    assert "锁定" in log_in(client).content.decode()
    assert client.get("/desk/").status_code == 302


def test_the_first_password_must_be_changed_before_anything_else(client, fresh):
    User.objects.filter(username="clerk").update(must_change_password=True)
    assert log_in(client, next="/desk/lists/all/").headers["Location"] == "/desk/password/"
    assert client.get("/desk/lists/all/").headers["Location"] == "/desk/password/"
    refused = client.post("/desk/password/", {"old": PASSWORD, "new": "short", "again": "short"})
    assert refused.status_code == 422
    unlike = client.post("/desk/password/", {"old": PASSWORD, "new": NEW, "again": NEW + "x"})
    assert "不一致" in unlike.content.decode()
    changed = client.post("/desk/password/", {"old": PASSWORD, "new": NEW, "again": NEW})
    assert changed.headers["Location"] == "/desk/lists/all/"
    assert client.get("/desk/lists/all/").status_code == 200


def test_an_old_password_that_is_wrong_is_said_at_its_field(client, fresh):
    log_in(client)
    answer = client.post("/desk/password/", {"old": "Wrong-2026-word", "new": NEW, "again": NEW})
    assert "old" in answer.context["form"].errors


def code_of(device: TOTPDevice) -> str:
    return f"{totp(device.bin_key, step=device.step, t0=device.t0, digits=device.digits):06d}"


def test_a_phone_is_bound_and_then_asked_for(client, fresh):
    log_in(client)
    page = client.get("/desk/enrol/").content.decode()
    device = TOTPDevice.objects.get()
    assert "<svg" in page
    wrong = f"{(int(code_of(device)) + 1) % 1_000_000:06d}"
    assert client.post("/desk/enrol/", {"code": wrong}).status_code == 422
    TOTPDevice.objects.update(throttling_failure_count=0, throttling_failure_timestamp=None)
    assert client.post("/desk/enrol/", {"code": code_of(device)}).status_code == 302
    other = Client()
    assert log_in(other).headers["Location"] == "/desk/code/"
    assert other.get("/desk/lists/all/").headers["Location"] == "/desk/code/"
    assert other.post("/desk/code/", {"code": "abc"}).status_code == 422
    TOTPDevice.objects.update(last_t=-1, throttling_failure_count=0, throttling_failure_timestamp=None)
    assert other.post("/desk/code/", {"code": code_of(TOTPDevice.objects.get())}).status_code == 302
    assert other.get("/desk/lists/all/").status_code == 200


def test_an_account_that_must_have_a_second_factor_is_led_to_it(client, fresh, settings):
    settings.HUIYIN_STAFF_TOTP = True
    assert log_in(client).headers["Location"] == "/desk/enrol/"
    assert client.get("/desk/").headers["Location"] == "/desk/enrol/"


def test_log_out_ends_every_session(client, fresh):
    other = Client()
    log_in(client)
    log_in(other)
    assert client.get("/desk/logout/").status_code == 405
    assert client.post("/desk/logout/").status_code == 302
    assert client.get("/desk/").status_code == 302
    assert other.get("/desk/").status_code == 302


def test_the_log_in_page_says_that_the_session_was_idle(client, db):
    assert "已自动退出" in client.get("/desk/login/?idle=1").content.decode()


def test_htmx_is_sent_to_the_log_in_as_a_whole_page(client, db):
    answer = client.post("/desk/register/earlier/", headers={"HX-Request": "true"})
    assert answer.status_code == 204
    assert answer.headers["HX-Redirect"].startswith("/desk/login/")
