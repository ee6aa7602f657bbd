"""Logging in: lock-out, second factor, first password, idle exit, and how many statements it costs."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from importlib import import_module

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.utils import timezone
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings

from huiyin.records.accounts import second_factor, services, sessions
from huiyin.records.accounts.errors import AccountForbidden, AccountRefused, LogInLocked, LogInRefused
from huiyin.records.accounts.models import AccountChange, User
from huiyin.records.accounts.sessions import Gate
from tests.records.accounts.conftest import PASSWORD

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.records.accounts.pages")]


@pytest.fixture
def now() -> datetime:
    """The real moment: lock-out and codes of the libraries go by the clock."""
    return timezone.now()


def request_of(client: Client) -> HttpRequest:
    """A request that belongs to the session of a browser."""
    request = RequestFactory().post("/desk/login/")
    request.session = import_module(settings.SESSION_ENGINE).SessionStore(
        client.cookies[settings.SESSION_COOKIE_NAME].value
        if settings.SESSION_COOKIE_NAME in client.cookies
        else None
    )
    request.user = AnonymousUser()
    return request


def keep(client: Client, request: HttpRequest) -> None:
    """Give the browser the cookie of the session."""
    request.session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = str(request.session.session_key)


def log_in(client: Client, username: str, at: datetime, password: str = PASSWORD) -> Gate | None:
    request = request_of(client)
    gate = sessions.log_in(request, username=username, password=password, at=at)
    keep(client, request)
    return gate


@pytest.fixture
def fresh(handler: User, now: datetime) -> User:
    """A colleague whose password was changed just now."""
    User.objects.filter(pk=handler.pk).update(last_password_change=now)
    handler.refresh_from_db()
    return handler


def code_of(device: TOTPDevice, step: int = 0) -> str:
    return f"{totp(device.bin_key, drift=step):06d}"


def enrolled(user: User, at: datetime) -> TOTPDevice:
    second_factor.second_factor_start(user=user, at=at)
    device = TOTPDevice.objects.get(user=user)
    # The code of the step before, so that the present one is still unused.
    return second_factor.second_factor_confirm(user=user, code=code_of(device, -1), at=at)


def test_the_right_password_opens_the_desk(client: Client, fresh: User, now: datetime) -> None:
    assert log_in(client, " li ", now) is None
    assert client.get("/desk/").content.decode() == "/desk/ li同志"


@pytest.mark.parametrize(("username", "password"), [("li", "wrong"), ("nobody", PASSWORD), ("", "")])
def test_a_wrong_name_and_a_wrong_password_answer_alike(
    client: Client, fresh: User, now: datetime, username: str, password: str
) -> None:
    with pytest.raises(LogInRefused, match="用户名或口令不正确"):
        log_in(client, username, now, password)


def test_a_closed_account_does_not_log_in_and_its_session_ends(
    client: Client, fresh: User, now: datetime
) -> None:
    log_in(client, "li", now)
    services.user_deactivate(user_id=fresh.pk, by=None, at=now)
    assert "AnonymousUser" in client.get("/desk/").content.decode()
    with pytest.raises(LogInRefused):
        log_in(Client(), "li", now)


def test_five_failures_lock_and_the_security_administrator_unlocks(
    client: Client, fresh: User, security_admin: User, now: datetime
) -> None:
    for _failure in range(4):
        with pytest.raises(LogInRefused) as refused:
            log_in(client, "li", now, "wrong")
        assert not isinstance(refused.value, LogInLocked)
    for password in ("wrong", PASSWORD):
        with pytest.raises(LogInLocked, match="15分钟"):
            log_in(client, "li", now, password)
    with pytest.raises(AccountForbidden):
        sessions.unlock(username="li", by=fresh, at=now)
    sessions.unlock(username="li", by=security_admin, at=now)
    assert log_in(client, "li", now) is None
    assert AccountChange.objects.filter(user=fresh, action="unlocked", by=security_admin).exists()


def test_the_first_password_must_be_changed_before_anything_else(
    client: Client, person: Callable[..., User], now: datetime
) -> None:
    user = person("zhao", "registrar", must_change=True)
    assert log_in(client, "zhao", now) == Gate.PASSWORD
    assert client.get("/desk/").headers["Location"] == "/desk/password/"
    assert client.get("/desk/password/").status_code == 200
    assert client.get("/desk/logout/").status_code == 200
    assert client.get("/language/").status_code == 200
    request = request_of(client)
    request.user = user
    sessions.password_renew(request, user=user, old=PASSWORD, new="Changed-2026-a", at=now)
    keep(client, request)
    assert client.get("/desk/").status_code == 200


def test_an_expired_password_must_be_changed(client: Client, fresh: User, now: datetime) -> None:
    User.objects.update(last_password_change=now - timedelta(days=90))
    assert log_in(client, "li", now) == Gate.PASSWORD


def test_a_gate_stops_programs_and_fragments_too(
    client: Client, person: Callable[..., User], now: datetime
) -> None:
    person("zhao", must_change=True)
    log_in(client, "zhao", now)
    assert client.get("/api/v1/thing/").status_code == 403
    fragment = client.get("/desk/", headers={"HX-Request": "true"})
    assert fragment.headers["HX-Redirect"] == "/desk/password/"


def test_an_idle_session_ends_after_fifteen_minutes(client: Client, fresh: User, now: datetime) -> None:
    log_in(client, "li", now - timedelta(minutes=15, seconds=5))
    answer = client.get("/desk/")
    assert answer.headers["Location"] == "/desk/login/?idle=1"
    assert "AnonymousUser" in client.get("/desk/").content.decode()


def test_work_keeps_a_session_alive_and_is_marked_once_a_minute(
    client: Client, fresh: User, now: datetime
) -> None:
    log_in(client, "li", now - timedelta(minutes=14))
    client.get("/desk/")
    seen = client.session[sessions.SEEN]
    assert seen >= int(now.timestamp())
    client.get("/desk/")
    assert client.session[sessions.SEEN] == seen


def test_an_open_session_costs_one_statement_and_a_stranger_none(
    client: Client, fresh: User, now: datetime, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        Client().get("/desk/login/")
    log_in(client, "li", now)
    with django_assert_num_queries(1):
        client.get("/desk/")


def test_a_second_factor_costs_one_statement_more(
    client: Client, fresh: User, now: datetime, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    pass_second_factor(client, fresh, now)
    with django_assert_num_queries(2):
        assert client.get("/desk/").status_code == 200


def pass_second_factor(client: Client, user: User, now: datetime) -> TOTPDevice:
    device = enrolled(user, now)
    assert log_in(client, user.username, now) == Gate.CODE
    request = request_of(client)
    request.user = user
    sessions.second_factor_pass(request, user=user, code=code_of(device), at=now)
    keep(client, request)
    return device


def test_without_the_code_the_desk_stays_closed(client: Client, fresh: User, now: datetime) -> None:
    device = enrolled(fresh, now)
    log_in(client, "li", now)
    assert client.get("/desk/").headers["Location"] == "/desk/code/"
    request = request_of(client)
    with pytest.raises(LogInRefused):
        sessions.second_factor_pass(request, user=fresh, code="000000", at=now)
    with pytest.raises(AccountForbidden):
        sessions.enrolment_pass(request, user=fresh, code=code_of(device), at=now)
    with pytest.raises(AccountForbidden):
        sessions.password_renew(request, user=fresh, old=PASSWORD, new="Changed-2026-a", at=now)
    assert client.get("/desk/").headers["Location"] == "/desk/code/"


def test_a_code_counts_once(fresh: User, now: datetime) -> None:
    device = enrolled(fresh, now)
    code = code_of(device)
    assert second_factor.second_factor_check(user=fresh, code=code) == device
    with pytest.raises(LogInRefused):
        second_factor.second_factor_check(user=fresh, code=code)


@pytest.mark.parametrize(
    ("staff", "admin", "gates"), [(False, True, [None, Gate.ENROL]), (True, False, [Gate.ENROL, None])]
)
def test_the_office_says_who_needs_a_second_factor(
    settings: Settings,
    fresh: User,
    auditor: User,
    now: datetime,
    staff: bool,
    admin: bool,
    gates: list[Gate | None],
) -> None:
    settings.HUIYIN_STAFF_TOTP, settings.HUIYIN_ADMIN_TOTP = staff, admin
    User.objects.update(last_password_change=now)
    assert [log_in(Client(), name, now) for name in ("li", "audit")] == gates


def test_enrolling_shows_a_code_to_scan_and_opens_the_desk(
    client: Client, settings: Settings, fresh: User, now: datetime
) -> None:
    settings.HUIYIN_STAFF_TOTP = True
    log_in(client, "li", now)
    assert client.get("/desk/").headers["Location"] == "/desk/enrol/"
    enrolment = second_factor.second_factor_start(user=fresh, at=now)
    assert enrolment.qr_svg.startswith("<svg")
    assert enrolment.key in enrolment.url
    assert second_factor.second_factor_start(user=fresh, at=now).key == enrolment.key
    request = request_of(client)
    request.user = fresh
    device = TOTPDevice.objects.get(pk=enrolment.device_id)
    assert sessions.enrolment_pass(request, user=fresh, code=code_of(device), at=now) is None
    keep(client, request)
    assert client.get("/desk/").status_code == 200


def test_a_session_from_before_the_second_factor_was_asked_for_stops_at_the_gate(
    client: Client, settings: Settings, fresh: User, now: datetime
) -> None:
    log_in(client, "li", now)
    assert client.get("/desk/").status_code == 200
    settings.HUIYIN_STAFF_TOTP = True
    assert client.get("/desk/").headers["Location"] == "/desk/enrol/"
    enrolled(fresh, now)
    assert client.get("/desk/").headers["Location"] == "/desk/code/"
    request = request_of(client)
    request.user = fresh
    with pytest.raises(AccountForbidden):
        sessions.enrolment_pass(request, user=fresh, code="000000", at=now)


def test_logging_out_ends_even_a_copied_session(client: Client, fresh: User, now: datetime) -> None:
    log_in(client, "li", now)
    copied = Client()
    copied.cookies = client.cookies
    request = request_of(client)
    request.user = fresh
    sessions.log_out(request)
    assert "AnonymousUser" in copied.get("/desk/").content.decode()


def test_a_wrong_code_confirms_no_device(fresh: User, now: datetime) -> None:
    second_factor.second_factor_start(user=fresh, at=now)
    with pytest.raises(AccountRefused, match="6位"):
        second_factor.second_factor_confirm(user=fresh, code="abc", at=now)
    assert not second_factor.has_second_factor(fresh)


def test_a_lost_phone_ends_sessions_and_devices(
    client: Client, fresh: User, security_admin: User, now: datetime
) -> None:
    pass_second_factor(client, fresh, now)
    with pytest.raises(AccountForbidden):
        second_factor.second_factor_reset(user_id=fresh.pk, by=fresh, at=now)
    second_factor.second_factor_reset(user_id=fresh.pk, by=security_admin, at=now)
    assert not second_factor.has_second_factor(fresh)
    assert "AnonymousUser" in client.get("/desk/").content.decode()


def test_a_deleted_device_ends_the_session_it_opened(client: Client, fresh: User, now: datetime) -> None:
    device = pass_second_factor(client, fresh, now)
    device.delete()
    assert client.get("/desk/").headers["Location"] == "/desk/login/"


def test_a_changed_password_ends_the_other_sessions(fresh: User, now: datetime) -> None:
    here, elsewhere = Client(), Client()
    for client in (here, elsewhere):
        log_in(client, "li", now)
    request = request_of(here)
    request.user = fresh
    sessions.password_renew(request, user=fresh, old=PASSWORD, new="Changed-2026-a", at=now)
    keep(here, request)
    assert "li同志" in here.get("/desk/").content.decode()
    assert "AnonymousUser" in elsewhere.get("/desk/").content.decode()


def test_an_unknown_name_takes_as_long_as_a_wrong_password(
    settings: Settings, fresh: User, now: datetime
) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    fresh.set_password(PASSWORD)
    fresh.save(update_fields=["password"])

    def duration(username: str) -> float:
        started = time.perf_counter()
        with pytest.raises(LogInRefused):
            log_in(Client(), username, now, "Wrong-2026-pw")
        return time.perf_counter() - started

    known, unknown = duration("li"), duration("nobody")
    assert unknown > known / 4
