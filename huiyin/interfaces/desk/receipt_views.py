"""The receipt after registration, and links to earlier matters (登记回执、事项关联)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from huiyin.casework.cases.numbers import case_id_of
from huiyin.casework.cases.refusals import Invalid, Refused
from huiyin.casework.intake.receipts import ReceiptPage, receipt_page
from huiyin.casework.matching import services as matching
from huiyin.casework.matching.selectors import links_of
from huiyin.casework.replies.vocabulary import LinkKind
from huiyin.interfaces.desk import earlier, wording
from huiyin.interfaces.desk.frame import desk_page, desk_view, officer, refusal_notice
from huiyin.interfaces.desk.list_tables import case_url
from huiyin.records.accounts.rights import Right

if TYPE_CHECKING:
    from huiyin.records.accounts.models import User

SALT = "huiyin.desk.receipt"
SECONDS_FRESH = 30 * 60


class LinkForm(forms.Form):
    """What a clerk found out about two matters (事项关联)."""

    other = forms.CharField(label=gettext_lazy("另一件的登记号"), max_length=40)
    kind = forms.ChoiceField(label=gettext_lazy("关系"), choices=LinkKind.choices, widget=forms.RadioSelect)
    reason = forms.CharField(label=gettext_lazy("理由"), max_length=500)


def just_registered(case_id: int, user: User) -> str:
    """A key that opens the receipt for half an hour to whoever registered the case."""
    return signing.dumps([case_id, user.pk], salt=SALT)


def is_fresh(key: str, case_id: int, user: User) -> bool:
    try:
        return bool(signing.loads(key, salt=SALT, max_age=SECONDS_FRESH) == [case_id, user.pk])
    except signing.BadSignature:
        return False


def tracking_url(request: HttpRequest, receipt: ReceiptPage) -> str:
    """Where the petitioner follows the case; the code stands behind the number sign and reaches no log."""
    return request.build_absolute_uri(reverse("portal:track_matter", args=[receipt.number]))


@never_cache
@desk_view(Right.CASE_REGISTER)
def receipt(request: HttpRequest, case_id: int) -> HttpResponseBase:
    """What the petitioner takes home, and what may be the same matter (回执)."""
    return receipt_desk_page(request, case_id, LinkForm())


def receipt_desk_page(
    request: HttpRequest, case_id: int, form: LinkForm, *, refused: Refused | None = None, status: int = 200
) -> HttpResponse:
    """The receipt within the desk, with the candidates for a link below it."""
    user, key = officer(request), request.GET.get("key", "")
    is_new = is_fresh(key, case_id, user)
    page = receipt_page(user=user, case_id=case_id, is_just_registered=is_new, at=timezone.now())
    context = {
        **findings(user, page, request.GET.getlist("likely")),
        "receipt": page,
        "office": wording.agency_text(page.office_id),
        "channel": wording.channel_text(page.channel),
        "track": tracking_url(request, page),
        "key": key,
        "case_url": case_url(case_id),
        "form": form,
        "kinds": LinkKind.choices,
        "can_link": user.has_right(Right.CASE_LINK),
        "notice": refusal_notice(refused) if refused else None,
    }
    here = reverse("desk:register")
    return desk_page(request, "desk/register/receipt.html", context, here=here, status=status)


def findings(user: User, page: ReceiptPage, likely: list[str]) -> dict[str, Any]:
    """What stands about this matter and others, and what may still be found; ticked ones first."""
    links = links_of(user=user, case_id=page.case_id)
    found = earlier.candidates(
        user, text=page.text, region_code=page.region_code, exclude_case_id=page.case_id, likely=likely
    )
    found += earlier.named_candidates(user, likely, known={one.case_id for one in found} | {page.case_id})
    decided = {link.other_id for link in links if not link.is_undone}
    open_ones = [one for one in found if one.case_id not in decided]
    return {"links": links, "candidates": sorted(open_ones, key=lambda one: not one.is_likely)}


@never_cache
@desk_view(Right.CASE_REGISTER)
def receipt_print(request: HttpRequest, case_id: int) -> HttpResponseBase:
    """The receipt on one sheet of paper, large on demand (打印回执)."""
    user, key = officer(request), request.GET.get("key", "")
    is_new = is_fresh(key, case_id, user)
    page = receipt_page(user=user, case_id=case_id, is_just_registered=is_new, at=timezone.now())
    context = {
        "receipt": page,
        "office": wording.agency_entry(page.office_id),
        "office_name": wording.agency_text(page.office_id),
        "channel": wording.channel_text(page.channel),
        "track": tracking_url(request, page),
        "is_large": "large" in request.GET,
    }
    return desk_page(request, "desk/register/receipt_print.html", context)


@require_POST
@desk_view(Right.CASE_LINK)
def link(request: HttpRequest, case_id: int) -> HttpResponseBase:
    """Say how this matter and an earlier one belong together (认定关联)."""
    form, user = LinkForm(request.POST), officer(request)
    back = f"{reverse('desk:receipt', args=[case_id])}?{request.GET.urlencode()}"
    if not form.is_valid():
        return receipt_desk_page(request, case_id, form, status=422)
    given = form.cleaned_data
    other_id = case_id_of(given["other"])
    try:
        if other_id is None:
            raise Invalid({"other": _("登记号不正确：请照回执填写，如 XF2026-0000123-4。")})
        matching.cases_link(
            case_id=case_id,
            other_id=other_id,
            kind=given["kind"],
            reason=given["reason"],
            by=user,
            at=timezone.now(),
        )
    except Refused as refused:
        return receipt_desk_page(request, case_id, form, refused=refused, status=422)
    messages.success(request, _("已记录两件事项的关系，双方台账都已写入。"))
    return redirect(back)


@require_POST
@desk_view(Right.CASE_LINK)
def link_undo(request: HttpRequest, case_id: int, link_id: int) -> HttpResponseBase:
    """Take a finding back, with a reason (撤销关联)."""
    back = f"{reverse('desk:receipt', args=[case_id])}?{request.GET.urlencode()}"
    try:
        matching.link_undo(
            link_id=link_id, reason=request.POST.get("reason", ""), by=officer(request), at=timezone.now()
        )
    except Invalid as refused:
        return receipt_desk_page(request, case_id, LinkForm(), refused=refused, status=422)
    messages.success(request, _("已撤销这项认定，记录仍然保留。"))
    return redirect(back)
