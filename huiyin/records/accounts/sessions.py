"""Logging in and out of a browser (登录、退出): what must know the request, so that a view stays short.

A view calls `log_in`; where it returns a gate, it redirects to `GATE_PAGES[gate]`, and the middleware lets
nothing else through until the gate is passed: `second_factor_pass`, `enrolment_pass`, `password_renew`.
"""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

import django_otp
from axes.handlers.proxy import AxesProxyHandler
from axes.utils import reset as axes_reset
from django.conf import settings
from django.contrib.auth import authenticate, login, logout, update_session_auth_hash
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp.plugins.otp_totp.models import TOTPDevice

from huiyin.records.accounts import second_factor, services
from huiyin.records.accounts.errors import AccountForbidden, LogInLocked, LogInRefused
from huiyin.records.accounts.models import User
from huiyin.records.accounts.permissions import can_unlock
from huiyin.records.accounts.policy import MINUTES_LOCKED, password_is_expired

SEEN = "seen"
GATE = "gate"


class Gate(StrEnum):
    """What a person must still do before the desk opens."""

    CODE = "code"
    ENROL = "enrol"
    PASSWORD = "password"


GATE_PAGES: Mapping[Gate, str] = MappingProxyType(
    {Gate.CODE: "desk:code", Gate.ENROL: "desk:enrol", Gate.PASSWORD: "desk:password"}
)


def log_in(request: HttpRequest, *, username: str, password: str, at: datetime) -> Gate | None:
    """Log an account in; say what it must do first.

    Raises: LogInLocked after too many failures, LogInRefused otherwise.
    """
    user = authenticate(request, username=username.strip(), password=password)
    if not isinstance(user, User):
        is_locked = AxesProxyHandler.is_locked(request, {"username": username.strip()})
        # The desk answers on its own page instead of the plain text of django-axes.
        request.axes_locked_out = False  # type: ignore[attr-defined]  # set by django-axes
        if is_locked:
            minutes = MINUTES_LOCKED
            raise LogInLocked(_("失败次数过多，账号已锁定%d分钟。请稍后再试，或请安全管理员解锁。") % minutes)
        raise LogInRefused(_("用户名或口令不正确，或账号已停用。连续失败5次将锁定15分钟。"))
    login(request, user)
    request.session[SEEN] = int(at.timestamp())
    if second_factor.has_second_factor(user):
        request.session[GATE] = str(Gate.CODE)
    elif needs_second_factor(user):
        request.session[GATE] = str(Gate.ENROL)
    return gate_of(request, user, at)


def needs_second_factor(user: User) -> bool:
    """Say whether the office asks this account for a second factor."""
    return bool(settings.HUIYIN_ADMIN_TOTP if user.is_administrator else settings.HUIYIN_STAFF_TOTP)


def gate_of(request: HttpRequest, user: User, at: datetime) -> Gate | None:
    """Say what this session must still do; the second factor comes before the password."""
    if GATE in request.session:
        return Gate(request.session[GATE])
    # A session from before the office asked for a second factor does not outlive that decision.
    if needs_second_factor(user) and DEVICE_ID_SESSION_KEY not in request.session:
        return Gate.CODE if second_factor.has_second_factor(user) else Gate.ENROL
    if user.must_change_password or password_is_expired(user.last_password_change, at):
        return Gate.PASSWORD
    return None


def second_factor_pass(request: HttpRequest, *, user: User, code: str, at: datetime) -> Gate | None:
    """Open the desk by a code from the phone; say what is still to do.

    Raises: LogInRefused.
    """
    open_by_device(request, second_factor.second_factor_check(user=user, code=code))
    return gate_of(request, user, at)


def enrolment_pass(request: HttpRequest, *, user: User, code: str, at: datetime) -> Gate | None:
    """Confirm a new device and open the desk by it; say what is still to do.

    Raises: AccountForbidden if an older device has not been passed, AccountRefused.
    """
    if gate_of(request, user, at) == Gate.CODE:
        raise AccountForbidden(_("请先输入已绑定设备的动态口令。"))
    open_by_device(request, second_factor.second_factor_confirm(user=user, code=code, at=at))
    return gate_of(request, user, at)


def open_by_device(request: HttpRequest, device: TOTPDevice) -> None:
    """Note in the session which device has proved the person."""
    django_otp.login(request, device)
    request.session.pop(GATE, None)
    request.session.cycle_key()


def password_renew(request: HttpRequest, *, user: User, old: str, new: str, at: datetime) -> None:
    """Change the own password; this session goes on, all others end.

    Raises: AccountRefused naming the field; AccountForbidden before the second factor is passed.
    """
    if gate_of(request, user, at) in (Gate.CODE, Gate.ENROL):
        raise AccountForbidden(_("请先完成动态口令验证。"))
    services.password_change(user=user, old=old, new=new, at=at)
    update_session_auth_hash(request, user)


def log_out(request: HttpRequest) -> None:
    """End all sessions of the account.

    The session is a signed cookie: a copy of it would go on if only this browser forgot it.
    """
    if isinstance(request.user, User):
        User.objects.filter(pk=request.user.pk).update(session_epoch=F("session_epoch") + 1)
    logout(request)


def unlock(*, username: str, by: User | None, at: datetime) -> None:
    """Unlock an account before its time (解锁).

    Raises: AccountForbidden.
    """
    user = User.objects.filter(username=username).first()
    if by is not None and (not can_unlock(by) or by.username == username):
        raise AccountForbidden(_("解锁需要安全管理员权限，且不能为自己解锁。"))
    with transaction.atomic():
        axes_reset(username=username)
        if user is not None:
            services.record(user=user, action="unlocked", by=by, at=at)
