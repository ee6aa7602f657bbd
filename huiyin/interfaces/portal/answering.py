"""Answers shared by filing and tracking (应答): refusals in words, pages nobody keeps, switches."""

from collections.abc import Mapping

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from huiyin.casework.cases.refusals import Refused
from huiyin.interfaces.ui.look import ELDER_COOKIE, elder_size
from huiyin.interfaces.ui.parts import Link, Notice

YEAR_SECONDS = 365 * 24 * 3600


def private(response: HttpResponse) -> HttpResponse:
    """Nothing of this page may stay in a cache or be found by a search engine (不留缓存)."""
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "same-origin"
    return response


def page(
    request: HttpRequest, template: str, context: Mapping[str, object], status: int = 200
) -> HttpResponse:
    """A private page."""
    return private(render(request, template, dict(context), status=status))


def refusal_notice(refused: Refused, action: Link | None = None) -> Notice:
    """A refusal with its article and the way out (不能办理的说明)."""
    text = " ".join(part for part in (str(refused.sentence), str(refused.citation)) if part)
    return Notice(text, tone="refusal", next_step=str(refused.way_out), action=action)


def refusal_page(request: HttpRequest, refused: Refused, back: Link, status: int) -> HttpResponse:
    """A page that only says no, and where to go on (不能办理)."""
    context = {"notice": refusal_notice(refused, back), "title": _("这一步现在不能办")}
    return page(request, "portal/refusal.html", context, status)


def switched(go: str, target: str) -> HttpResponse | None:
    """Another language or letter size, asked for in the middle of a form (切换显示)."""
    kind, _colon, value = go.partition(":")
    if kind == "language" and value in dict(settings.LANGUAGES):
        response = HttpResponseRedirect(target)
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            value,
            max_age=YEAR_SECONDS,
            samesite="Lax",
            secure=settings.LANGUAGE_COOKIE_SECURE,
        )
        return response
    if kind == "elder":
        response = HttpResponseRedirect(target)
        size = elder_size(value)
        if size:
            response.set_cookie(
                ELDER_COOKIE,
                str(size),
                max_age=YEAR_SECONDS,
                samesite="Lax",
                httponly=True,
                secure=settings.SESSION_COOKIE_SECURE,
            )
        else:
            response.delete_cookie(ELDER_COOKIE, samesite="Lax")
        return response
    return None
