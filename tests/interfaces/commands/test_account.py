"""`huiyin account`: the first accounts of an office, and the way back in."""

import re
from datetime import datetime

import pytest
from django.utils import timezone
from typer.testing import CliRunner

from huiyin.interfaces.commands.account import app
from huiyin.records.accounts.models import User
from huiyin.records.accounts.selectors import user_by_token

pytestmark = pytest.mark.django_db


def call(*arguments: str) -> str:
    done = CliRunner().invoke(app, list(arguments))
    return f"{done.output}{done.exception if done.exit_code else ''}"


def first_password(told: str) -> str:
    found = re.search(r"first password (\S+)", told)
    assert found, told
    return found.group(1)


def test_an_administrator_is_made_with_a_password_told_once():
    told = call("create", "anquan", "--name", "张三", "--duty", "security_admin")
    user = User.objects.get(username="anquan")
    assert user.check_password(first_password(told))
    assert user.must_change_password
    assert user.duty == "security_admin"


def test_a_caseworker_without_agency_is_refused_in_one_sentence():
    assert "机构" in call("create", "li", "--name", "李四")
    assert "there is no agency moon" in call("create", "li", "--name", "李四", "--agency", "moon")
    assert not User.objects.exists()


def test_a_reset_gives_a_new_first_password_and_ends_sessions(at: datetime):
    call("create", "anquan", "--name", "张三", "--duty", "auditor")
    before = User.objects.get().get_session_auth_hash()
    told = call("reset", "anquan")
    user = User.objects.get()
    assert user.check_password(first_password(told))
    assert user.get_session_auth_hash() != before
    assert "there is no account wang" in call("reset", "wang")


def test_a_key_for_a_program_is_told_once_listed_without_itself_and_taken_back(people):
    told = call("token", "clerk", "政务平台")
    found = re.search(r"(\d+): (hy_\S+)", told)
    assert found, told
    number, key = found.groups()
    assert user_by_token(key, timezone.now()) == people["clerk"]
    listed = call("tokens", "clerk")
    assert "政务平台" in listed
    assert key not in listed
    assert "revoked" in call("revoke", number)
    assert user_by_token(key, timezone.now()) is None
    assert "revoked" in call("tokens", "clerk")
    assert "已经吊销" in call("revoke", number)


def test_no_program_acts_as_an_administrator_or_as_nobody(people):
    for name in ("auditor", "nobody"):
        assert f"no open casework account {name}" in call("token", name, "政务平台")
