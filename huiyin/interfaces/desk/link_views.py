"""Saying how two matters belong together, and taking it back (认定关联、撤销关联), with reasons."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from huiyin.casework.cases.refusals import ChangedMeanwhile, Invalid
from huiyin.casework.matching.services import cases_link, link_undo
from huiyin.casework.replies.selectors import case_page
from huiyin.interfaces.desk.case.linking import LinkForm, UndoForm
from huiyin.interfaces.desk.case_views import private
from huiyin.interfaces.desk.frame import desk_page, desk_view, officer, refusal_notice
from huiyin.records.accounts.rights import Right


@require_http_methods(["GET", "POST"])
@desk_view(Right.CASE_LINK)
def link_new(request: HttpRequest, case_id: int) -> HttpResponse:
    """Say how another matter belongs to this one (认定关联)."""
    user, at = officer(request), timezone.now()
    page = case_page(user=user, case_id=case_id, at=at)
    form = LinkForm(request.POST or None)
    context = {"form": form, "case_id": case_id, "number": page.number, "title": _("认定关联")}
    if request.method == "POST" and form.is_valid():
        try:
            cases_link(case_id=case_id, by=user, at=at, **form.finding)
        except Invalid as invalid:
            form.put(invalid)
        except ChangedMeanwhile as changed:
            context["refusal"] = refusal_notice(changed)
        else:
            return back(request, case_id, _("关联已认定。"))
    return shown(request, context)


@require_http_methods(["GET", "POST"])
@desk_view(Right.CASE_LINK)
def link_remove(request: HttpRequest, case_id: int, link_id: int) -> HttpResponse:
    """Take a finding back (撤销关联); it stays on record."""
    user, at = officer(request), timezone.now()
    page = case_page(user=user, case_id=case_id, at=at)
    form = UndoForm(request.POST or None)
    context = {"form": form, "case_id": case_id, "number": page.number, "title": _("撤销关联")}
    if request.method == "POST" and form.is_valid():
        try:
            link_undo(link_id=link_id, reason=form.cleaned_data["reason"], by=user, at=at)
        except ChangedMeanwhile as changed:
            context["refusal"] = refusal_notice(changed)
        else:
            return back(request, case_id, _("关联已撤销。"))
    return shown(request, context)


def back(request: HttpRequest, case_id: int, done: str) -> HttpResponse:
    messages.success(request, done)
    return HttpResponseRedirect(reverse("desk:case", args=[case_id]) + "#links")


def shown(request: HttpRequest, context: dict[str, object]) -> HttpResponse:
    status = 409 if "refusal" in context else 422 if request.method == "POST" else 200
    return private(desk_page(request, "desk/case/link.html", context, status=status))
