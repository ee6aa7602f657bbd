"""Attachments for download (附件下载), behind the scope of their matter."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_safe

from huiyin.casework.cases.services import reading_record
from huiyin.casework.replies.selectors import attachment_visible_to
from huiyin.interfaces.desk.frame import desk_view, officer
from huiyin.interfaces.ui.files import attachment_response


@require_safe
@desk_view()
def attachment(request: HttpRequest, attachment_id: int) -> HttpResponseBase:
    """One attachment, whole or a range of it (附件下载); the first part of it is written down as a look."""
    user = officer(request)
    case_id, line = attachment_visible_to(user=user, attachment_id=attachment_id)
    if request.headers.get("Range", "bytes=0-").replace(" ", "").startswith("bytes=0-"):
        reading_record(case_id=case_id, by=user, surface="file", at=timezone.now())
    return attachment_response(request, line)
