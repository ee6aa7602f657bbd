"""Turn a lost database or a full disk into a clear page (故障页面)."""

import logging
from collections.abc import Callable, Mapping

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from huiyin.interfaces.ui import faults

LARGEST_KEY = 2**63 - 1
logger = logging.getLogger(__name__)


class FaultMiddleware:
    """Answer 503 in words when the database or the disk is away (暂停服务).

    Only what was committed has been acknowledged; the page says so. Errors outside of views, such as a
    session that cannot be saved, reach faults.server_error, which asks the same question.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Refuse what is larger than any lawful form before a byte of it is written to the disk."""
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isdecimal() or len(length) > 15 or int(length) > settings.HUIYIN_LARGEST_REQUEST:
            return faults.too_large(request)
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., object], args: object, kwargs: Mapping[str, object]
    ) -> HttpResponse | None:
        """No record has a number that no database can hold: answer as for any other that is not there."""
        if any(isinstance(value, int) and value > LARGEST_KEY for value in kwargs.values()):
            return faults.not_found(request)
        return None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not faults.is_outage(exception):
            return None
        logger.exception("The database or the disk is away", exc_info=exception)
        return faults.unavailable(request)
