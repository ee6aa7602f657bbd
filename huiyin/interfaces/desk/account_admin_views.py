"""Account management (账号管理) by the system and the security administrator."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from huiyin.interfaces.desk import wording
from huiyin.interfaces.desk.account_forms import AccountForm, NewAccountForm, RolesForm
from huiyin.interfaces.desk.account_views import add_refusal
from huiyin.interfaces.desk.frame import desk_page, desk_view, officer
from huiyin.records.accounts import permissions, second_factor, services, sessions
from huiyin.records.accounts.errors import AccountForbidden, AccountRefused
from huiyin.records.accounts.passwords import initial_password
from huiyin.records.accounts.rights import DUTY_NAMES, ROLE_NAMES, Duty, Right
from huiyin.records.accounts.roster import AccountRow, account_row, account_rows
from huiyin.records.accounts.selectors import deactivation_warnings

if TYPE_CHECKING:
    from huiyin.records.accounts.models import User

ADMINISTRATORS = (Right.ACCOUNT_MANAGE, Right.SECURITY_MANAGE, Right.LEDGER_AUDIT)
MANAGERS = (Right.ACCOUNT_MANAGE, Right.SECURITY_MANAGE)


@desk_view(*ADMINISTRATORS)
def accounts(request: HttpRequest) -> HttpResponseBase:
    """All accounts, found by name or agency (账号列表)."""
    user, words = officer(request), request.GET.get("q", "").strip()[:60]
    rows = account_rows(user, text=words, after=request.GET.get("after", ""))
    context = {
        "rows": [described(row) for row in rows.rows],
        "words": words,
        "next_cursor": rows.next_cursor,
        "can_create": bool(duties_of(user)),
    }
    return desk_page(request, "desk/account/accounts.html", context, here=reverse("desk:accounts"))


def described(row: AccountRow) -> dict[str, Any]:
    """An account in words."""
    return {
        "row": row,
        "agency": wording.agency_text(row.agency_id),
        "duty": DUTY_NAMES.get(row.duty, row.duty),
        "roles": [ROLE_NAMES[role] for role in row.roles.split() if role in ROLE_NAMES],
    }


def duties_of(user: User) -> tuple[str, ...]:
    """The kinds of account that this administrator may make."""
    return tuple(duty for duty in Duty if permissions.can_create_account(user, duty))


@never_cache
@desk_view(*MANAGERS)
def account_new(request: HttpRequest) -> HttpResponseBase:
    """Make an account; its first password is shown this once (新建账号)."""
    user, at = officer(request), timezone.now()
    form = NewAccountForm(request.POST or None, duties=duties_of(user))
    if form.is_valid():
        password = initial_password()
        try:
            made = services.user_create(**form.cleaned_data, password=password, by=user, at=at)
        except AccountRefused as refused:
            add_refusal(form, refused)
        else:
            return password_page(request, made, password, is_new=True)
    status = 422 if form.errors else 200
    here = reverse("desk:accounts")
    return desk_page(request, "desk/account/account_new.html", {"form": form}, here=here, status=status)


def password_page(request: HttpRequest, account: User, password: str, *, is_new: bool) -> HttpResponse:
    """The first password, on this page only: it is kept nowhere in the clear."""
    context = {"account": account, "password": password, "is_new": is_new}
    return desk_page(request, "desk/account/first_password.html", context, here=reverse("desk:accounts"))


@desk_view(*ADMINISTRATORS)
def account(request: HttpRequest, user_id: int) -> HttpResponseBase:
    """One account: what it is, and what this administrator may do to it (账号)."""
    return account_page(request, user_id)


def account_page(
    request: HttpRequest,
    user_id: int,
    *,
    form: AccountForm | None = None,
    roles: RolesForm | None = None,
    problem: str = "",
) -> HttpResponse:
    """The page of one account, with what was refused on it."""
    user = officer(request)
    found = account_row(user, user_id)
    if found is None:
        raise Http404
    context = {
        **described(AccountRow.of(found)),
        **steps_open_to(user, found),
        "form": form or AccountForm(initial={"name": found.name, "agency_id": found.agency_id}),
        "roles_form": roles or RolesForm(initial={"roles": sorted(found.role_set)}),
        "problem": problem,
    }
    status = 422 if problem or (form and form.errors) or (roles and roles.errors) else 200
    here = reverse("desk:accounts")
    return desk_page(request, "desk/account/account.html", context, here=here, status=status)


def steps_open_to(user: User, account: User) -> dict[str, Any]:
    """What this administrator may do to the account, and what closing it would leave undone."""
    can_manage = permissions.can_manage_account(user, account)
    return {
        "can_manage": can_manage,
        "can_grant": permissions.can_grant_roles(user, account),
        "can_unlock": permissions.can_unlock(user) and account.pk != user.pk,
        "warnings": deactivation_warnings(account) if can_manage and account.is_active else (),
    }


@never_cache
@require_POST
@desk_view(*MANAGERS)
def account_step(request: HttpRequest, user_id: int, step: str) -> HttpResponseBase:
    """Do one thing to an account (账号操作)."""
    if account_row(officer(request), user_id) is None or step not in STEPS:
        raise Http404
    try:
        answer = STEPS[step](request, user_id, timezone.now())
    except AccountRefused as refused:
        return account_page(request, user_id, problem=" ".join(refused.sentences))
    return answer or redirect("desk:account", user_id=user_id)


Answer = HttpResponse | None


def expected_of(request: HttpRequest) -> int:
    """The revision that the page was opened with."""
    text = request.POST.get("expected", "")
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def update(request: HttpRequest, user_id: int, at: datetime) -> Answer:
    form = AccountForm(request.POST)
    if not form.is_valid():
        return account_page(request, user_id, form=form)
    try:
        services.user_update(
            user_id=user_id, **form.cleaned_data, expected=expected_of(request), by=officer(request), at=at
        )
    except AccountForbidden:
        raise
    except AccountRefused as refused:
        add_refusal(form, refused)
        return account_page(request, user_id, form=form)
    messages.success(request, _("账号资料已修改。"))
    return None


def roles(request: HttpRequest, user_id: int, at: datetime) -> Answer:
    form = RolesForm(request.POST)
    if not form.is_valid():
        return account_page(request, user_id, roles=form)
    services.roles_set(
        user_id=user_id,
        roles=form.cleaned_data["roles"],
        expected=expected_of(request),
        by=officer(request),
        at=at,
    )
    messages.success(request, _("角色已修改，立即生效。"))
    return None


def deactivate(request: HttpRequest, user_id: int, at: datetime) -> Answer:
    for warning in services.user_deactivate(user_id=user_id, by=officer(request), at=at):
        messages.warning(request, warning)
    messages.success(request, _("账号已停用，登录已退出。在办事项属于单位，不受影响。"))
    return None


def reactivate(request: HttpRequest, user_id: int, at: datetime) -> Answer:
    services.user_reactivate(user_id=user_id, by=officer(request), at=at)
    messages.success(request, _("账号已重新启用。"))
    return None


def reset(request: HttpRequest, user_id: int, at: datetime) -> Answer:
    password = initial_password()
    services.password_reset(user_id=user_id, password=password, by=officer(request), at=at)
    return password_page(request, services.account(user_id), password, is_new=False)


def unlock(request: HttpRequest, user_id: int, at: datetime) -> Answer:
    sessions.unlock(username=services.account(user_id).username, by=officer(request), at=at)
    messages.success(request, _("账号已解锁，可以马上登录。"))
    return None


def log_out(request: HttpRequest, user_id: int, at: datetime) -> Answer:
    services.sessions_end(user_id=user_id, by=officer(request), at=at)
    messages.success(request, _("该账号在所有设备上的登录都已退出。"))
    return None


def unbind(request: HttpRequest, user_id: int, at: datetime) -> Answer:
    second_factor.second_factor_reset(user_id=user_id, by=officer(request), at=at)
    messages.success(request, _("动态口令已解除绑定，下次登录时重新绑定。"))
    return None


STEPS: dict[str, Callable[[HttpRequest, int, datetime], Answer]] = {
    "deactivate": deactivate,
    "log-out": log_out,
    "reactivate": reactivate,
    "reset": reset,
    "roles": roles,
    "unbind": unbind,
    "unlock": unlock,
    "update": update,
}
