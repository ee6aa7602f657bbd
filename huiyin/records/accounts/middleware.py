"""The gate in front of every request of a logged-in account: idle exit, second factor, first password.

Statements for an open session: the account with its agency, and the device if there is one; the session
itself is a signed cookie. A request without that cookie costs none.
"""

from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils import timezone
from django.utils.translation import gettext as _
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp.models import Device

from huiyin.records.accounts.models import User
from huiyin.records.accounts.sessions import GATE_PAGES, SEEN, Gate, gate_of

SECONDS_BETWEEN_MARKS = 60
ALWAYS_OPEN = ("desk:logout",)
OPEN_PREFIXES = ("/static/", "/language/", "/elder/")


class AccountMiddleware:
    """End idle sessions, check the second factor, and let nobody past an open gate (会话控制)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.SESSION_COOKIE_NAME in request.COOKIES and isinstance(request.user, User):
            answer = self.check(request, request.user, timezone.now())
            if answer is not None:
                return answer
        return self.get_response(request)

    def check(self, request: HttpRequest, user: User, at: datetime) -> HttpResponse | None:
        """Give the answer that stops the request, or None where it may pass."""
        if self.is_idle(request, at):
            logout(request)
            return self.stop(
                request,
                f"{resolve_url(settings.LOGIN_URL)}?idle=1",
                _("长时间未操作，已自动退出，请重新登录。"),
            )
        if not self.device_is_valid(request, user):
            logout(request)
            return self.stop(request, resolve_url(settings.LOGIN_URL), _("动态口令绑定已解除，请重新登录。"))
        gate = gate_of(request, user, at)
        if gate is None or request.path.startswith(OPEN_PREFIXES) or request.path in self.pages_of(gate):
            return None
        return self.stop(request, resolve_url(GATE_PAGES[gate]), _("请先完成动态口令验证或修改初始口令。"))

    @staticmethod
    def is_idle(request: HttpRequest, at: datetime) -> bool:
        """Say whether the session was left alone too long; mark it as seen at most once a minute."""
        now = int(at.timestamp())
        seen = request.session.get(SEEN)
        if seen is not None and now - seen >= settings.HUIYIN_IDLE_MINUTES * 60:
            return True
        if seen is None or now - seen >= SECONDS_BETWEEN_MARKS:
            request.session[SEEN] = now
        return False

    @staticmethod
    def device_is_valid(request: HttpRequest, user: User) -> bool:
        """Say whether the device this session was opened by still belongs to the account."""
        device_id = request.session.get(DEVICE_ID_SESSION_KEY)
        if device_id is None:
            return True
        device = Device.from_persistent_id(device_id)
        return device is not None and device.user_id == user.pk and device.confirmed

    @staticmethod
    def pages_of(gate: Gate) -> set[str]:
        """The pages that stay open at a gate: its own and the way out."""
        return {resolve_url(page) for page in (GATE_PAGES[gate], *ALWAYS_OPEN)}

    @staticmethod
    def stop(request: HttpRequest, page: str, why: str) -> HttpResponse:
        """Send a browser to the page, tell htmx to go there, tell a program why."""
        if request.headers.get("HX-Request"):
            return HttpResponse(status=204, headers={"HX-Redirect": page})
        if request.path.startswith("/api/"):
            return HttpResponse(why, status=403, content_type="text/plain; charset=utf-8")
        return redirect(page)
