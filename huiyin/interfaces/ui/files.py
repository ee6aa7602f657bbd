"""Attachments sent to a browser (附件下载), whole or in parts; the caller has checked who may have them."""

import re

from django.conf import settings
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header

from huiyin.records.documents.errors import RangeNotSatisfiable
from huiyin.records.documents.selectors import StoredFile, read_range
from huiyin.records.documents.storage import AttachmentStore

_ONE_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")


def attachment_store_of_settings() -> AttachmentStore:
    """The folder that this installation keeps attachments in (附件库)."""
    return AttachmentStore(settings.ATTACHMENTS_DIR)


def attachment_response(request: HttpRequest, attachment: StoredFile) -> HttpResponseBase:
    """The attachment as a download that no browser runs in our name, whole or one range of it (206, 416)."""
    etag = f'"{attachment.digest}"'
    wanted = _wanted_range(request, etag, attachment.size)
    start, end = wanted or (0, attachment.size - 1)
    response: HttpResponseBase
    try:
        portions = read_range(attachment, start, end, store=attachment_store_of_settings())
    except RangeNotSatisfiable as error:
        response = HttpResponse(status=416, headers={"Content-Range": f"bytes */{error.size}"})
    else:
        response = StreamingHttpResponse(
            portions, status=206 if wanted else 200, content_type=attachment.media_type
        )
        response["Content-Length"] = str(end - start + 1)
        if wanted:
            response["Content-Range"] = f"bytes {start}-{end}/{attachment.size}"
    response["Accept-Ranges"] = "bytes"
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-store"
    response["Content-Disposition"] = content_disposition_header(True, attachment.name) or "attachment"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _wanted_range(request: HttpRequest, etag: str, size: int) -> tuple[int, int] | None:
    """The one range asked for; None for the whole file, as for several ranges or nonsense (RFC 9110)."""
    match = _ONE_RANGE.fullmatch(request.headers.get("Range", "").replace(" ", ""))
    if not match or request.headers.get("If-Range", etag) != etag or match[1] == match[2] == "":
        return None
    if match[1] == "":
        return max(0, size - int(match[2])), size - 1 if int(match[2]) else -1
    start = int(match[1])
    if match[2] and int(match[2]) < start:
        return None
    return start, min(int(match[2]) if match[2] else size - 1, size - 1)
