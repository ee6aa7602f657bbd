"""The frame of every page of the desk (工作台框架): who may enter, the navigation, how a refusal is shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import update_wrapper
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render, resolve_url
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from huiyin.casework.cases.refusals import ChangedMeanwhile, Invalid, NotPermitted, NotThere, Refused
from huiyin.interfaces.desk.navigation import navigation_of
from huiyin.interfaces.ui.parts import Article, Notice
from huiyin.records.accounts.rights import Right

if TYPE_CHECKING:
    from huiyin.records.accounts.models import User

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]
STATUSES: tuple[tuple[type[Refused], int], ...] = (
    (NotThere, 404),
    (ChangedMeanwhile, 409),
    (NotPermitted, 403),
    (Invalid, 422),
)


def officer(request: HttpRequest) -> User:
    """The account that is logged in; only behind `desk_view` (当前用户)."""
    user = account_of(request)
    if user is None:
        raise Http404
    return user


def account_of(request: HttpRequest) -> User | None:
    """The account that is logged in, if anybody is (当前账号)."""
    return request.user if request.user.is_authenticated else None


def desk_view(*rights: Right) -> Callable[[View[P]], View[P]]:
    """Let in whoever is logged in and holds one of the rights, if any are named (准入).

    A refusal that the view does not catch becomes a page; what is absent and what is forbidden look alike.
    """

    def decorate(view: View[P]) -> View[P]:
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            user = account_of(request)
            if user is None:
                return to_log_in(request)
            try:
                if rights and not any(user.has_right(right) for right in rights):
                    raise not_your_page()
                answer = view(request, *args, **kwargs)
            except NotThere as absent:
                raise Http404 from absent
            except Refused as refused:
                answer = refusal_page(request, refused)
            # Petitioners' words and names must not come back by the "back" button after the log-out.
            answer.headers.setdefault("Cache-Control", "private, no-store")
            return answer

        update_wrapper(guarded, view)
        return guarded

    return decorate


def to_log_in(request: HttpRequest) -> HttpResponse:
    """Send to the log-in page, and back here afterwards; tell htmx to go there as a whole page."""
    here = request.get_full_path() if request.method == "GET" else reverse("desk:workbench")
    target = f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': here})}"
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": target})
    return HttpResponseRedirect(target)


def not_your_page() -> NotPermitted:
    return NotPermitted(
        _("您的账号没有打开这一页的权限。"), way_out=_("需要这项权限的，请向本单位的安全管理员申请相应角色。")
    )


def desk_page(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any] | None = None,
    *,
    here: str = "",
    status: int = 200,
) -> HttpResponse:
    """Render a page within the frame; `here` is the address of the current item of the navigation (页面)."""
    frame: dict[str, Any] = {"desk_home": reverse("desk:workbench"), "logout_url": reverse("desk:logout")}
    user = account_of(request)
    if user is not None:
        frame["desk_nav"] = navigation_of(user, here or request.path)
        if user.has_right(Right.CASE_READ):
            frame["search_url"] = reverse("desk:search")
    return render(request, template, {**frame, **(context or {})}, status=status)


def refusal_notice(refused: Refused) -> Notice:
    """A refusal in a box: the sentence, the article, the next step (拒绝提示)."""
    return Notice(
        text=str(refused.sentence),
        tone="refusal",
        article=Article(str(refused.citation)) if str(refused.citation) else None,
        next_step=str(refused.way_out),
    )


def refusal_page(request: HttpRequest, refused: Refused) -> HttpResponse:
    """A whole page that says no, for a step that has no form to go back to (拒绝页)."""
    status = next((status for kind, status in STATUSES if isinstance(refused, kind)), 409)
    return desk_page(request, "desk/refusal.html", {"notice": refusal_notice(refused)}, status=status)
