"""Looking at who petitioned (查看身份信息): by POST, for a purpose, written down."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from huiyin.casework.replies.selectors import case_page
from huiyin.casework.replies.services import petitioners_disclose
from huiyin.interfaces.desk.case.case_view import PersonView
from huiyin.interfaces.desk.case.watermark import watermark_of
from huiyin.interfaces.desk.case_views import private
from huiyin.interfaces.desk.frame import desk_page, desk_view, officer
from huiyin.interfaces.ui import labels


@require_http_methods(["GET", "POST"])
@desk_view()
def disclose(request: HttpRequest, case_id: int) -> HttpResponse:
    """Show the petitioner in the open, once, for the purpose chosen (查看身份信息)."""
    if request.method == "GET":
        return HttpResponseRedirect(reverse("desk:case", args=[case_id]))
    at, user = timezone.now(), officer(request)
    purpose = request.POST.get("purpose", "")
    people = petitioners_disclose(case_id=case_id, purpose=purpose, by=user, at=at)
    page = case_page(user=user, case_id=case_id, at=at)
    context = {
        "case_id": case_id,
        "number": page.number,
        "people": [PersonView(labels.capacity(row.capacity), row.details) for row in people],
        "purpose": labels.look_purpose(purpose),
        "at": at,
        "watermark": watermark_of(user, at),
    }
    return private(desk_page(request, "desk/case/identity.html", context))
