"""Who may open a tracking page (查询凭证): a short-lived signed cookie after number and code were right.

The query code is sent once, by POST, and stands in no address, log or cookie.
"""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from huiyin.casework.cases.numbers import case_id_of
from huiyin.casework.intake.selectors import Admission, Tracked, admission_by_code, tracked
from huiyin.interfaces.portal import throttle
from huiyin.interfaces.portal.answering import private
from huiyin.interfaces.portal.throttle import Pause

COOKIE = "huiyin_track"
SALT = "huiyin.track"
PATH = "/track/"
SECONDS = 30 * 60

P = ParamSpec("P")
MatterView = Callable[Concatenate[HttpRequest, Tracked, P], HttpResponseBase]


def admit(response: HttpResponseBase, admission: Admission) -> None:
    """Let this browser in for half an hour from now on."""
    response.set_signed_cookie(
        COOKIE,
        f"{admission.case_id}:{admission.code_version}",
        salt=SALT,
        max_age=SECONDS,
        path=PATH,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def leave(response: HttpResponseBase) -> None:
    """Close the matter on this device (退出查询)."""
    response.delete_cookie(COOKIE, path=PATH, samesite="Lax")


def admission_of(request: HttpRequest) -> Admission | None:
    """The matter this browser may see, if it was let in less than half an hour ago."""
    value = request.get_signed_cookie(COOKIE, default="", salt=SALT, max_age=SECONDS)
    case_id, _colon, version = str(value).partition(":")
    return Admission(int(case_id), int(version)) if case_id.isdigit() and version.isdigit() else None


def try_code(
    request: HttpRequest, *, number: str, code: str, at: datetime
) -> tuple[Admission | None, Pause | None]:
    """Compare number and code; only wrong ones count against the limits, and only they are slowed down.

    A right code is let in however many wrong ones strangers tried for its number: numbers can be counted
    through, and nobody may lock a petitioner out. From an address at its limit nothing is compared.
    """
    address = throttle.address_of(request)
    pause = throttle.paused("codes_of_address", address, at=at)
    admission = None if pause else admission_by_code(number=number, code=code)
    if admission is None and pause is None:
        pause = throttle.paused("codes_of_number", _key(number), at=at)
        throttle.count_once("codes_of_address", address, at=at)
        throttle.count_once("codes_of_number", _key(number), at=at)
    return admission, pause


def _key(number: str) -> str:
    """The same number however it was typed."""
    return str(case_id_of(number) or number[:40])


def of_matter(view: MatterView[P]) -> Callable[Concatenate[HttpRequest, str, P], HttpResponseBase]:
    """Hand the view the matter of the address, or ask for the code (须凭查询码)."""

    @wraps(view)
    def opened(request: HttpRequest, number: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        admission = admission_of(request)
        is_same = admission is not None and admission.case_id == case_id_of(number)
        matter = tracked(admission) if admission is not None and is_same else None
        if matter is None or admission is None:
            return redirect(f"{reverse('portal:track')}?{urlencode({'number': number[:40]})}")
        response = view(request, matter, *args, **kwargs)
        admit(response, admission)
        return private(response) if isinstance(response, HttpResponse) else response

    return cast(Callable[Concatenate[HttpRequest, str, P], HttpResponseBase], opened)
