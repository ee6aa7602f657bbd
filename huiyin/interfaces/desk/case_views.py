"""The case page (事项页), who looked at it, and a new query code for it."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from huiyin.casework.cases.services import reading_record
from huiyin.casework.intake.supplements import code_renew
from huiyin.casework.replies.selectors import case_page, looks_at
from huiyin.interfaces.desk.case.case_view import case_view
from huiyin.interfaces.desk.case.look_table import look_table
from huiyin.interfaces.desk.case.watermark import watermark_of
from huiyin.interfaces.desk.frame import desk_page, desk_view, officer
from huiyin.interfaces.ui.parts import Confirmation, Link
from huiyin.law.privacy import PURPOSES
from huiyin.records.accounts.rights import Right


@require_GET
@desk_view()
def case(request: HttpRequest, case_id: int) -> HttpResponse:
    """One matter with all its demands (事项页); opening it is written down."""
    at, user = timezone.now(), officer(request)
    page = case_page(user=user, case_id=case_id, at=at)
    reading_record(case_id=case_id, by=user, surface="case", at=at)
    context = {
        "case": case_view(page, user, at=at),
        "purposes": [rule for rule in PURPOSES.values() if rule.is_for_staff],
        "watermark": watermark_of(user, at),
    }
    return private(desk_page(request, "desk/case/case.html", context))


@require_GET
@desk_view()
def case_looks(request: HttpRequest, case_id: int) -> HttpResponse:
    """Who looked at a matter (查阅记录), for auditors; of the matter itself they see the number only."""
    looks = looks_at(user=officer(request), case_id=case_id)
    return private(desk_page(request, "desk/case/looks.html", {"looks": looks, "table": look_table(looks)}))


@require_http_methods(["GET", "POST"])
@desk_view(Right.CASE_REGISTER)
def case_code(request: HttpRequest, case_id: int) -> HttpResponse:
    """Give out a new query code after checking who asks (更换查询码)."""
    at, user = timezone.now(), officer(request)
    page = case_page(user=user, case_id=case_id, at=at)
    if request.method == "POST":
        version = request.POST.get("code_version", "")
        new = code_renew(
            case_id=case_id, code_version=int(version) if version.isdecimal() else 0, by=user, at=at
        )
        return private(desk_page(request, "desk/case/code.html", {"number": page.number, "code": new}))
    confirmation = Confirmation(
        title=_("更换查询码"),
        text=_("更换后，旧查询码立即失效。请先核对来人是信访人本人或者其代理人。"),
        button=_("核对无误，更换查询码"),
        back=Link(_("返回事项"), reverse("desk:case", args=[case_id])),
        hidden=(("code_version", str(page.code_version)),),
    )
    context = {"confirmation": confirmation, "layout": "desk/base.html"}
    return private(desk_page(request, "ui/confirm.html", context))


def private(response: HttpResponse) -> HttpResponse:
    """Keep a page of casework out of every cache (不留缓存)."""
    response["Cache-Control"] = "private, no-store"
    return response
