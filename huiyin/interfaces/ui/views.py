"""Switch the elder view on, off or larger (大字版)."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from huiyin.interfaces.ui.look import ELDER_COOKIE, elder_size

YEAR_SECONDS = 365 * 24 * 3600


@require_POST
def elder_switch(request: HttpRequest) -> HttpResponse:
    """Remember the letter size in a cookie and go back to the page the visitor came from (大字版)."""
    target = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure()):
        target = "/"
    response = HttpResponseRedirect(target)
    size = elder_size(request.POST.get("size", ""))
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
