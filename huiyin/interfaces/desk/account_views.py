"""Log-in, second factor, own password, log-out (登录与本人账号)."""

from datetime import datetime, timedelta

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from huiyin.interfaces.desk.account_forms import CodeForm, LogInForm, PasswordForm
from huiyin.interfaces.desk.frame import account_of, desk_view, officer
from huiyin.interfaces.ui.parts import Notice
from huiyin.records.accounts import second_factor, sessions
from huiyin.records.accounts.errors import AccountForbidden, AccountRefused, LogInLocked
from huiyin.records.accounts.policy import MINUTES_LOCKED
from huiyin.records.accounts.sessions import GATE_PAGES, Gate

NEXT = "next"


@never_cache
def login(request: HttpRequest) -> HttpResponseBase:
    """Name and password; what comes next depends on the account (登录)."""
    at = timezone.now()
    form = LogInForm(request.POST or None)
    target = request.POST.get(NEXT) or request.GET.get(NEXT, "")
    notice = idle_notice(request)
    if request.method != "POST" and (user := account_of(request)):
        return go_on(request, sessions.gate_of(request, user, at))
    if form.is_valid():
        try:
            gate = sessions.log_in(request, at=at, **form.cleaned_data)
        except AccountRefused as refused:
            notice = refused_notice(refused, at)
        else:
            request.session[NEXT] = target if is_ours(request, target) else ""
            return go_on(request, gate)
    status = 200 if request.method == "GET" else 422
    context = {"form": form, "next": target, "notice": notice}
    return render(request, "desk/account/login.html", context, status=status)


@require_POST
def logout(request: HttpRequest) -> HttpResponseBase:
    """End every session of the account, here and on other machines (退出)."""
    sessions.log_out(request)
    messages.success(request, _("已安全退出。本账号在其他设备上的登录也已一并退出。"))
    return redirect("desk:login")


@never_cache
@desk_view()
def code(request: HttpRequest) -> HttpResponseBase:
    """A code from the phone, for whoever has bound one (动态口令)."""
    user, at = officer(request), timezone.now()
    form = CodeForm(request.POST or None)
    if form.is_valid():
        try:
            gate = sessions.second_factor_pass(request, user=user, code=form.cleaned_data["code"], at=at)
        except AccountRefused as refused:
            add_refusal(form, refused)
        else:
            return go_on(request, gate)
    return gate_page(request, "desk/account/code.html", form)


@never_cache
@desk_view()
def enrol(request: HttpRequest) -> HttpResponseBase:
    """Bind a phone by scanning a QR code and typing what it shows (绑定动态口令)."""
    user, at = officer(request), timezone.now()
    form = CodeForm(request.POST or None)
    if sessions.gate_of(request, user, at) == Gate.CODE:
        return redirect("desk:code")
    if form.is_valid():
        try:
            gate = sessions.enrolment_pass(request, user=user, code=form.cleaned_data["code"], at=at)
        except AccountRefused as refused:
            add_refusal(form, refused)
        else:
            messages.success(request, _("动态口令已绑定，下次登录时需要输入手机上的6位数字。"))
            return go_on(request, gate)
    enrolment = second_factor.second_factor_start(user=user, at=at)
    return gate_page(request, "desk/account/enrol.html", form, enrolment=enrolment)


@never_cache
@desk_view()
def password(request: HttpRequest) -> HttpResponseBase:
    """Change the own password; the first one must be changed before anything else (修改口令)."""
    user, at = officer(request), timezone.now()
    form = PasswordForm(request.POST or None)
    is_forced = sessions.gate_of(request, user, at) == Gate.PASSWORD
    if form.is_valid():
        given = form.cleaned_data
        try:
            sessions.password_renew(request, user=user, old=given["old"], new=given["new"], at=at)
        except AccountRefused as refused:
            add_refusal(form, refused)
        else:
            messages.success(request, _("口令已修改，其他设备上的登录已退出。"))
            return go_on(request, sessions.gate_of(request, user, at))
    return gate_page(request, "desk/account/password.html", form, is_forced=is_forced)


def go_on(request: HttpRequest, gate: Gate | None) -> HttpResponse:
    """To the next gate, or to where the person wanted to go."""
    if gate is not None:
        return redirect(GATE_PAGES[gate])
    return redirect(request.session.pop(NEXT, "") or "desk:workbench")


def is_ours(request: HttpRequest, target: str) -> bool:
    return url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())


def gate_page(request: HttpRequest, template: str, form: Form, **more: object) -> HttpResponse:
    status = 422 if form.errors else 200
    return render(request, template, {"form": form, **more}, status=status)


def add_refusal(form: Form, refused: AccountRefused) -> None:
    """Put the sentences of the service beside the field they are about."""
    field = refused.field if refused.field in form.fields else None
    for sentence in refused.sentences:
        form.add_error(field, sentence)


def idle_notice(request: HttpRequest) -> Notice | None:
    if "idle" not in request.GET:
        return None
    return Notice(_("长时间未操作，为保护信访人信息，系统已自动退出，请重新登录。"), tone="warning")


def refused_notice(refused: AccountRefused, at: datetime) -> Notice:
    """Why the log-in was refused; for a locked account also when it opens again (锁定提示)."""
    next_step = ""
    if isinstance(refused, LogInLocked):
        opens = timezone.localtime(at + timedelta(minutes=MINUTES_LOCKED))
        next_step = _("%(time)s 之后可以再试；急用请联系本单位的安全管理员解锁。") % {
            "time": opens.strftime("%H:%M")
        }
    elif isinstance(refused, AccountForbidden):
        next_step = _("请联系系统管理员。")
    return Notice(" ".join(refused.sentences), tone="refusal", next_step=next_step)
