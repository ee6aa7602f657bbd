"""Making, changing and closing accounts; passwords and tokens (账号管理).

Every use case leaves an `AccountChange` line. Closing an account strands no work: matters belong to
agencies, and whoever of the agency holds the right goes on.
"""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from huiyin.records.accounts.errors import AccountConflict, AccountForbidden, AccountRefused
from huiyin.records.accounts.models import AccountChange, ApiToken, PasswordRecord, User
from huiyin.records.accounts.passwords import password_check
from huiyin.records.accounts.permissions import (
    can_create_account,
    can_grant_roles,
    can_issue_tokens,
    can_manage_account,
    can_unlock,
)
from huiyin.records.accounts.policy import TOKEN_DAYS
from huiyin.records.accounts.rights import DUTY_NAMES, ROLE_NAMES, Duty
from huiyin.records.accounts.selectors import deactivation_warnings
from huiyin.records.agencies.selectors import agency_directory


def user_create(
    *,
    username: str,
    name: str,
    password: str,
    agency_id: int | None = None,
    duty: str = Duty.CASEWORK,
    roles: Iterable[str] = (),
    language: str = "zh-hans",
    must_change_password: bool = True,
    is_demo: bool = False,
    by: User | None,
    at: datetime,
) -> User:
    """Make an account with a first password (新建账号); `by=None` is the command line.

    Raises: AccountForbidden, AccountRefused.
    """
    if by is not None and not can_create_account(by, duty):
        raise AccountForbidden(_("您无权新建%s账号。") % DUTY_NAMES.get(duty, duty))
    role_codes = roles_text(roles)
    if by is not None and role_codes:
        raise AccountForbidden(_("角色由安全管理员授予；请先新建账号，再由安全管理员授权。"), field="roles")
    user = User(
        username=username.strip(),
        name=name.strip(),
        agency_id=agency_id,
        duty=duty,
        roles=role_codes,
        language=language,
        must_change_password=must_change_password,
        last_password_change=at,
        created_at=at,
    )
    person_check(user)
    password_check(password, user)
    user.set_password(password)
    try:
        with transaction.atomic():
            user.save(force_insert=True)
            after = described(user) | ({"is_demo": True} if is_demo else {})
            record(user=user, action="created", by=by, at=at, after=after)
    except IntegrityError:
        raise AccountRefused(_("用户名“%s”已被使用，请换一个。") % user.username, field="username") from None
    return user


def user_update(
    *, user_id: int, name: str, agency_id: int | None, expected: int, by: User | None, at: datetime
) -> User:
    """Rename an account or move it to another agency (修改账号).

    A move ends its tokens: a program goes on for the old agency, and would register and read for the new one.

    Raises: AccountForbidden, AccountRefused, AccountConflict.
    """
    user = managed(user_id, by=by)
    before = described(user)
    user.name, user.agency_id = name.strip(), agency_id
    person_check(user)
    with transaction.atomic():
        write(user, expected=expected, name=user.name, agency_id=agency_id)
        if agency_id != before["agency_id"]:
            ApiToken.objects.filter(user=user, revoked_at=None).update(revoked_at=at)
        record(user=user, action="updated", by=by, at=at, before=before, after=described(user))
    return user


def roles_set(*, user_id: int, roles: Iterable[str], expected: int, by: User | None, at: datetime) -> User:
    """Give an account exactly these roles (授予角色).

    Raises: AccountForbidden, AccountRefused, AccountConflict.
    """
    user = account(user_id)
    role_codes = roles_text(roles)
    if user.is_administrator and role_codes:
        raise AccountRefused(_("系统、安全、审计管理员不得兼任业务角色（三员分离）。"), field="roles")
    if by is not None and not can_grant_roles(by, user):
        raise AccountForbidden(_("角色只能由安全管理员授予业务账号。"), field="roles")
    before = described(user)
    with transaction.atomic():
        write(user, expected=expected, roles=role_codes)
        record(user=user, action="roles_set", by=by, at=at, before=before, after=described(user))
    return user


def user_deactivate(*, user_id: int, by: User | None, at: datetime) -> tuple[str, ...]:
    """Close an account and end its sessions and tokens (停用账号); say what the agency now lacks.

    Raises: AccountForbidden.
    """
    user = managed(user_id, by=by)
    warnings = deactivation_warnings(user)
    with transaction.atomic():
        before = described(user)
        write(user, expected=None, is_active=False, session_epoch=user.session_epoch + 1)
        ApiToken.objects.filter(user=user, revoked_at=None).update(revoked_at=at)
        record(user=user, action="deactivated", by=by, at=at, before=before, after=described(user))
    return warnings


def user_reactivate(*, user_id: int, by: User | None, at: datetime) -> User:
    """Reopen a closed account (启用账号).

    Raises: AccountForbidden.
    """
    user = managed(user_id, by=by)
    with transaction.atomic():
        before = described(user)
        write(user, expected=None, is_active=True)
        record(user=user, action="reactivated", by=by, at=at, before=before, after=described(user))
    return user


def preferences_set(*, user: User, language: str, is_elder_mode: bool, at: datetime) -> None:
    """Keep the language and the large print of the own account (个人偏好)."""
    User.objects.filter(pk=user.pk).update(language=language, is_elder_mode=is_elder_mode)
    user.language, user.is_elder_mode = language, is_elder_mode


def password_change(*, user: User, old: str, new: str, at: datetime) -> User:
    """Change the own password (修改口令); every other session of the account ends.

    Raises: AccountRefused naming the field `old` or `new`.
    """
    if not user.check_password(old):
        raise AccountRefused(_("当前口令不正确。"), field="old")
    password_check(new, user, field="new")
    with transaction.atomic():
        password_write(user=user, password=new, must_change=False, at=at)
        record(user=user, action="password_changed", by=user, at=at)
    return user


def password_reset(*, user_id: int, password: str, by: User | None, at: datetime) -> User:
    """Give an account a new first password, to be changed at once (重置口令); its sessions end.

    Raises: AccountForbidden, AccountRefused.
    """
    user = managed(user_id, by=by)
    password_check(password, user)
    with transaction.atomic():
        password_write(user=user, password=password, must_change=True, at=at)
        record(user=user, action="password_reset", by=by, at=at)
    return user


def sessions_end(*, user_id: int, by: User | None, at: datetime) -> None:
    """Log an account out everywhere (强制退出).

    Raises: AccountForbidden.
    """
    user = account(user_id)
    if by is not None and by.pk != user.pk and not can_unlock(by):
        raise AccountForbidden(_("强制退出需要安全管理员权限。"))
    with transaction.atomic():
        write(user, expected=None, session_epoch=user.session_epoch + 1)
        record(user=user, action="sessions_ended", by=by, at=at)


def token_issue(
    *, user_id: int, name: str, by: User | None, at: datetime, days: int = TOKEN_DAYS
) -> tuple[ApiToken, str]:
    """Make a key for a program that acts as an account (签发接口令牌); the key is shown this once.

    Raises: AccountForbidden, AccountRefused.
    """
    user = account(user_id)
    if by is not None and not can_issue_tokens(by, user):
        raise AccountForbidden(_("接口令牌只能由安全管理员为业务账号签发。"))
    if not (name.strip() and 1 <= days <= TOKEN_DAYS):
        raise AccountRefused(_("请填写令牌用途；有效期为1至%d天。") % TOKEN_DAYS, field="name")
    key = f"hy_{secrets.token_urlsafe(32)}"
    with transaction.atomic():
        token = ApiToken.objects.create(
            user=user,
            name=name.strip(),
            digest=token_digest(key),
            created_at=at,
            expires_at=at + timedelta(days=days),
        )
        record(user=user, action="token_issued", by=by, at=at, after={"token": token.pk, "name": token.name})
    return token, key


def token_revoke(*, token_id: int, by: User | None, at: datetime) -> None:
    """Take a key back (吊销接口令牌).

    Raises: AccountForbidden, AccountConflict.
    """
    token = ApiToken.objects.select_related("user").filter(pk=token_id).first()
    if token is None or (by is not None and not can_issue_tokens(by, token.user)):
        raise AccountForbidden(_("令牌不存在，或您无权吊销。"))
    with transaction.atomic():
        if not ApiToken.objects.filter(pk=token_id, revoked_at=None).update(revoked_at=at):
            raise AccountConflict(_("令牌已经吊销。"))
        record(
            user=token.user,
            action="token_revoked",
            by=by,
            at=at,
            after={"token": token.pk, "name": token.name},
        )


def token_digest(key: str) -> str:
    """Digest a key; it is long and random, so a plain hash cannot be searched."""
    return hashlib.sha256(key.encode()).hexdigest()


def account(user_id: int) -> User:
    """Find an account; the same answer for absent and forbidden.

    Raises: AccountForbidden.
    """
    user = User.objects.select_related("agency").filter(pk=user_id).first()
    if user is None:
        raise AccountForbidden(_("账号不存在，或您无权管理。"))
    return user


def managed(user_id: int, *, by: User | None) -> User:
    """Find an account that `by` may manage.

    Raises: AccountForbidden.
    """
    user = account(user_id)
    if by is not None and not can_manage_account(by, user):
        raise AccountForbidden(_("账号不存在，或您无权管理。"))
    return user


def person_check(user: User) -> None:
    """Refuse an account without name, or a casework account without a working agency.

    Raises: AccountRefused.
    """
    if not user.username or any(character.isspace() for character in user.username):
        raise AccountRefused(_("请填写用户名，中间不能有空格。"), field="username")
    if not user.name:
        raise AccountRefused(_("请填写姓名。账号一人一个，不得共用。"), field="name")
    if user.duty not in DUTY_NAMES:
        raise AccountRefused(_("没有这种账号类型。"), field="duty")
    if user.duty != Duty.CASEWORK and user.roles:
        raise AccountRefused(_("系统、安全、审计管理员不得兼任业务角色（三员分离）。"), field="roles")
    agency = agency_directory().get(user.agency_id)
    if user.duty == Duty.CASEWORK and (agency is None or not agency.is_active):
        raise AccountRefused(_("业务账号须属于一个在用的机构，请选择机构。"), field="agency_id")


def roles_text(roles: Iterable[str]) -> str:
    """Write roles the way the table keeps them.

    Raises: AccountRefused for an unknown role.
    """
    codes = sorted(set(roles))
    unknown = [code for code in codes if code not in ROLE_NAMES]
    if unknown:
        raise AccountRefused(_("没有这个角色：%s。") % "、".join(unknown), field="roles")
    return " ".join(codes)


def write(user: User, *, expected: int | None, **values: Any) -> None:
    """Change columns of an account that nobody else changed in the meantime.

    Raises: AccountConflict.
    """
    rows = User.objects.filter(pk=user.pk)
    if expected is not None:
        rows = rows.filter(revision=expected)
    if not rows.update(revision=F("revision") + 1, **values):
        raise AccountConflict(_("账号已被他人修改，请刷新页面后重新填写。"))
    user.refresh_from_db()


def password_write(*, user: User, password: str, must_change: bool, at: datetime) -> None:
    """Keep the old hash, set the new one. Sessions are tied to the hash and end with it."""
    PasswordRecord.objects.create(user=user, password=user.password, set_at=at)
    user.set_password(password)
    user.must_change_password, user.last_password_change = must_change, at
    user.save(update_fields=["password", "must_change_password", "last_password_change"])


def described(user: User) -> dict[str, Any]:
    """What the record of changes keeps of an account; never a password."""
    return {
        "username": user.username,
        "name": user.name,
        "agency_id": user.agency_id,
        "duty": str(user.duty),
        "roles": user.roles,
        "is_active": user.is_active,
    }


def record(
    *,
    user: User,
    action: str,
    by: User | None,
    at: datetime,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    """Add the line that says who did what to which account; nothing ever changes or removes it."""
    AccountChange.objects.create(
        at=at, by=by, user=user, action=action, before=before or {}, after=after or {}
    )
