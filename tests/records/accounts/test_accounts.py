"""Making, changing and closing accounts: who may, what is recorded, what a leaver leaves."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from huiyin.records.accounts import permissions, selectors, services
from huiyin.records.accounts.errors import AccountConflict, AccountForbidden, AccountRefused
from huiyin.records.accounts.models import AccountChange, ApiToken, User
from huiyin.records.accounts.passwords import classes_in, initial_password
from huiyin.records.accounts.rights import Duty, Right
from huiyin.records.agencies.models import Agency
from huiyin.records.agencies.selectors import reference_forget
from tests.records.accounts.conftest import PASSWORD


def create(by: User | None, at: datetime, agency: Agency | None, **given: object) -> User:
    values: dict[str, object] = {"username": "zhao", "name": "赵同志", "password": PASSWORD} | given
    return services.user_create(agency_id=agency.pk if agency else None, by=by, at=at, **values)  # type: ignore[arg-type]  # any field may be given


def test_the_system_administrator_makes_an_account_without_roles(
    system_admin: User, agency: Agency, at: datetime
) -> None:
    user = create(system_admin, at, agency)
    assert (user.must_change_password, user.roles) == (True, "")
    change = AccountChange.objects.get(user=user)
    assert (change.by, change.action, change.at) == (system_admin, "created", at)
    assert "password" not in change.after


def test_the_system_administrator_gives_no_roles(
    system_admin: User, handler: User, agency: Agency, at: datetime
) -> None:
    with pytest.raises(AccountForbidden, match="安全管理员"):
        create(system_admin, at, agency, roles=["signer"])
    with pytest.raises(AccountForbidden):
        services.roles_set(user_id=handler.pk, roles=["signer"], expected=1, by=system_admin, at=at)


def test_the_security_administrator_gives_roles(security_admin: User, handler: User, at: datetime) -> None:
    user = services.roles_set(
        user_id=handler.pk, roles=["signer", "handler"], expected=1, by=security_admin, at=at
    )
    assert user.role_set == {"handler", "signer"}
    change = AccountChange.objects.filter(user=user).first()
    assert change is not None
    assert (change.before["roles"], change.after["roles"]) == ("handler", "handler signer")


def test_no_administrator_gets_a_role(security_admin: User, auditor: User, at: datetime) -> None:
    with pytest.raises(AccountRefused, match="三员分离"):
        services.roles_set(user_id=auditor.pk, roles=["handler"], expected=1, by=security_admin, at=at)


def test_the_first_administrator_without_agency_comes_from_the_command_line(db: None, at: datetime) -> None:
    user = create(None, at, None, duty=Duty.SECURITY_ADMIN)
    assert user.is_administrator
    assert user.agency is None


@pytest.mark.parametrize("duty", list(Duty))
def test_a_colleague_makes_no_account(handler: User, agency: Agency, at: datetime, duty: str) -> None:
    with pytest.raises(AccountForbidden):
        create(handler, at, agency, duty=duty)


def test_nobody_makes_another_security_administrator(
    system_admin: User, security_admin: User, agency: Agency, at: datetime
) -> None:
    for by in (system_admin, security_admin):
        with pytest.raises(AccountForbidden):
            create(by, at, agency, duty=Duty.SECURITY_ADMIN)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"username": "li"}, "已被使用"),
        ({"username": "zhao min"}, "空格"),
        ({"name": " "}, "姓名"),
        ({"roles": ["emperor"]}, "emperor"),
        ({"duty": "emperor"}, "账号类型"),
        ({"duty": Duty.AUDITOR, "roles": ["handler"]}, "三员分离"),
        ({"password": "Short-1"}, "10"),
        ({"password": "alllowercase"}, "三类"),
    ],
)
def test_what_cannot_be_an_account_is_refused(
    handler: User, agency: Agency, at: datetime, given: dict[str, object], words: str
) -> None:
    with pytest.raises(AccountRefused, match=words):
        create(None, at, agency, **given)


def test_casework_needs_a_working_agency(agency: Agency, at: datetime) -> None:
    Agency.objects.update(is_active=False)
    reference_forget()
    with pytest.raises(AccountRefused, match="机构"):
        create(None, at, agency)
    with pytest.raises(AccountRefused, match="机构"):
        create(None, at, None)


def test_the_second_of_two_administrators_is_told(system_admin: User, handler: User, at: datetime) -> None:
    def rename(name: str) -> None:
        services.user_update(
            user_id=handler.pk, name=name, agency_id=handler.agency_id, expected=1, by=system_admin, at=at
        )

    rename("李一")
    with pytest.raises(AccountConflict, match="刷新"):
        rename("李二")


def test_nobody_manages_the_own_account(system_admin: User, at: datetime) -> None:
    assert not permissions.can_manage_account(system_admin, system_admin)
    with pytest.raises(AccountForbidden):
        services.user_deactivate(user_id=system_admin.pk, by=system_admin, at=at)


def test_the_system_administrator_cannot_take_over_the_auditor(
    system_admin: User, auditor: User, at: datetime
) -> None:
    with pytest.raises(AccountForbidden):
        services.password_reset(user_id=auditor.pk, password="Other-2026-pw", by=system_admin, at=at)


def test_absent_and_forbidden_answer_alike(handler: User, auditor: User, at: datetime) -> None:
    answers = set()
    for user_id in (auditor.pk, 987654):
        with pytest.raises(AccountForbidden) as refused:
            services.user_deactivate(user_id=user_id, by=handler, at=at)
        answers.add(str(refused.value))
    assert len(answers) == 1


def test_closing_the_only_signer_warns_and_closes(
    person: Callable[..., User], system_admin: User, handler: User, at: datetime
) -> None:
    signer = person("chen", "signer", "handler")
    warnings = services.user_deactivate(user_id=signer.pk, by=system_admin, at=at)
    assert len(warnings) == 1
    assert "签发人" in warnings[0]
    signer.refresh_from_db()
    assert not signer.is_active


def test_closing_an_account_ends_its_tokens_and_reopening_does_not_bring_them_back(
    system_admin: User, handler: User, at: datetime
) -> None:
    _token, key = services.token_issue(user_id=handler.pk, name="导入", by=None, at=at)
    services.user_deactivate(user_id=handler.pk, by=system_admin, at=at)
    services.user_reactivate(user_id=handler.pk, by=system_admin, at=at)
    assert selectors.user_by_token(key, at) is None


def test_moving_an_account_ends_its_tokens_and_renaming_does_not(
    system_admin: User, handler: User, at: datetime
) -> None:
    elsewhere = Agency.objects.create(code="elsewhere", name="别处", kind="department", region_code="")
    reference_forget()
    _token, key = services.token_issue(user_id=handler.pk, name="导入", by=None, at=at)
    who: dict[str, Any] = {"user_id": handler.pk, "by": system_admin, "at": at}
    services.user_update(name="李改名", agency_id=handler.agency_id, expected=1, **who)
    assert selectors.user_by_token(key, at) is not None
    services.user_update(name="李改名", agency_id=elsewhere.pk, expected=2, **who)
    assert selectors.user_by_token(key, at) is None


def test_a_token_finds_its_account_in_one_statement(
    security_admin: User, handler: User, at: datetime, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    token, key = services.token_issue(user_id=handler.pk, name="导入", by=security_admin, at=at)
    assert key not in token.digest
    with django_assert_num_queries(1):
        user = selectors.user_by_token(key, at)
        assert user == handler
        assert user.agency_id == handler.agency_id
        assert user.has_right(Right.DEMAND_HANDLE)


def test_a_token_ends_on_its_day_and_when_revoked(security_admin: User, handler: User, at: datetime) -> None:
    token, key = services.token_issue(user_id=handler.pk, name="导入", by=security_admin, at=at, days=30)
    assert selectors.user_by_token(key, at + timedelta(days=29)) == handler
    assert selectors.user_by_token(key, at + timedelta(days=30)) is None
    services.token_revoke(token_id=token.pk, by=security_admin, at=at)
    assert selectors.user_by_token(key, at) is None
    with pytest.raises(AccountConflict):
        services.token_revoke(token_id=token.pk, by=security_admin, at=at)


def test_a_colleague_issues_no_token(handler: User, at: datetime) -> None:
    with pytest.raises(AccountForbidden):
        services.token_issue(user_id=handler.pk, name="导入", by=handler, at=at)
    assert not ApiToken.objects.exists()


def test_only_the_auditor_reads_what_administrators_did(
    system_admin: User, security_admin: User, auditor: User, handler: User
) -> None:
    assert selectors.changes_visible_to(auditor).count() == 4
    for other in (system_admin, security_admin, handler):
        assert not selectors.changes_visible_to(other).exists()


def test_colleagues_see_no_list_of_accounts(handler: User, auditor: User) -> None:
    assert not selectors.users_visible_to(handler).exists()
    assert selectors.users_visible_to(auditor).count() == 2


def test_an_initial_password_obeys_the_policy_and_is_never_the_same() -> None:
    made = {initial_password() for _turn in range(50)}
    assert len(made) == 50
    assert all(len(password) >= 10 and classes_in(password) == 4 for password in made)
