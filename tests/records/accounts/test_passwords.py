"""Passwords: strong, new, changed in time; changing one ends the other sessions."""

import itertools
from datetime import datetime, timedelta

import pytest

from huiyin.records.accounts.errors import AccountRefused
from huiyin.records.accounts.models import AccountChange, PasswordRecord, User
from huiyin.records.accounts.policy import days_left, password_is_expired
from huiyin.records.accounts.services import password_change, password_reset, sessions_end
from tests.records.accounts.conftest import PASSWORD


def change(user: User, new: str, at: datetime, old: str = PASSWORD) -> None:
    password_change(user=user, old=old, new=new, at=at)


def test_a_changed_password_counts_and_is_recorded(handler: User, at: datetime) -> None:
    change(handler, "New-password-1", at)
    handler.refresh_from_db()
    assert handler.check_password("New-password-1")
    assert not handler.must_change_password
    assert AccountChange.objects.filter(user=handler, action="password_changed", by=handler).exists()


def test_the_old_password_must_be_right(handler: User, at: datetime) -> None:
    with pytest.raises(AccountRefused) as refused:
        change(handler, "New-password-1", at, old="wrong")
    assert refused.value.field == "old"


@pytest.mark.parametrize("new", ["Ab1-", "abcdefghijkl", "ABCDEFGH1234", "abcdefgh1234"])
def test_weak_passwords_are_refused(handler: User, at: datetime, new: str) -> None:
    with pytest.raises(AccountRefused) as refused:
        change(handler, new, at)
    assert refused.value.field == "new"


def test_every_reason_is_told_at_once(handler: User, at: datetime) -> None:
    with pytest.raises(AccountRefused) as refused:
        change(handler, "abc", at)
    assert len(refused.value.sentences) >= 2


def test_the_last_five_passwords_are_not_used_again(handler: User, at: datetime) -> None:
    used = [PASSWORD] + [f"Password-no-{turn}" for turn in range(6)]
    for old, new in itertools.pairwise(used):
        change(handler, new, at, old=old)
    for old in used[-6:]:
        with pytest.raises(AccountRefused, match="最近5次"):
            change(handler, old, at, old=used[-1])
    change(handler, used[0], at, old=used[-1])


def test_no_password_is_kept_in_the_clear(handler: User, at: datetime) -> None:
    change(handler, "New-password-1", at)
    kept = PasswordRecord.objects.get(user=handler).password
    assert PASSWORD not in kept


def test_a_reset_password_must_be_changed_at_once(system_admin: User, handler: User, at: datetime) -> None:
    password_reset(user_id=handler.pk, password="Reset-2026-pw", by=system_admin, at=at)
    handler.refresh_from_db()
    assert handler.must_change_password


def test_a_password_is_good_for_ninety_days(at: datetime) -> None:
    assert not password_is_expired(at, at + timedelta(days=89))
    assert password_is_expired(at, at + timedelta(days=90))
    assert password_is_expired(None, at)


def test_the_last_week_is_announced(at: datetime) -> None:
    assert days_left(at, at + timedelta(days=80)) is None
    assert days_left(at, at + timedelta(days=85)) == 5


def test_a_new_password_and_a_forced_exit_end_sessions(
    security_admin: User, handler: User, at: datetime
) -> None:
    first = handler.get_session_auth_hash()
    change(handler, "New-password-1", at)
    second = handler.get_session_auth_hash()
    sessions_end(user_id=handler.pk, by=security_admin, at=at)
    handler.refresh_from_db()
    assert len({first, second, handler.get_session_auth_hash()}) == 3
