"""The pages of the steps (办理页面): one pair of views for all, driven by `step_pages` and `forms`."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from huiyin.casework.cases.refusals import ChangedMeanwhile, Invalid, NotThere, Refused
from huiyin.casework.cases.services import reading_record
from huiyin.casework.replies.selectors import case_of_demand, demand_page
from huiyin.interfaces.desk.case.forms import FORMS, Setting
from huiyin.interfaces.desk.case.proposals import proposal_of
from huiyin.interfaces.desk.case.step_pages import BY_SLUG
from huiyin.interfaces.desk.case.step_responses import (
    put_errors,
    refusal_of,
    step_response,
    was_just_done,
)
from huiyin.interfaces.desk.case_views import private
from huiyin.interfaces.desk.frame import desk_view, officer


@require_GET
@desk_view()
def demand(request: HttpRequest, demand_id: int) -> HttpResponse:
    """The place of a demand on its case page (诉求)."""
    case_id = case_of_demand(user=officer(request), demand_id=demand_id)
    return HttpResponseRedirect(f"{reverse('desk:case', args=[case_id])}#demand-{demand_id}")


@require_http_methods(["GET", "POST"])
@desk_view()
def demand_step(request: HttpRequest, demand_id: int, slug: str) -> HttpResponse:
    """The form of one step on a demand, and taking it (办理)."""
    page, form_class = BY_SLUG.get(slug), FORMS.get(slug)
    if page is None or form_class is None:
        raise Http404
    user, at = officer(request), timezone.now()
    setting = Setting(user, demand_id, at, request.GET.get("use", ""))
    if request.method == "POST":
        return take_step(request, setting, slug)
    refusal = refusal_of(page, setting.demand)
    reading_record(case_id=setting.page.id, by=user, surface="step", at=at)
    return step_response(request, setting, page, form_class(setting=setting), refusal=refusal)


def take_step(request: HttpRequest, setting: Setting, slug: str) -> HttpResponse:
    """Take the step; whatever is refused, the page keeps what was typed."""
    page = BY_SLUG[slug]
    form = FORMS[slug](request.POST, request.FILES, setting=setting)
    try:
        if form.is_valid():
            form.take()
            return done(request, setting, slug, leaves=form.leaves)
    except NotThere:
        raise
    except Invalid as invalid:
        put_errors(form, invalid)
    except Refused as refused:
        if isinstance(refused, ChangedMeanwhile) and was_just_done(page, setting):
            return done(request, setting, slug, leaves=form.leaves)
        return step_response(request, setting, page, form, refusal=refused)
    return step_response(request, setting, page, form, status=422)


def done(request: HttpRequest, setting: Setting, slug: str, *, leaves: bool) -> HttpResponse:
    """Say that the step is taken, and go back to the demand (办理完毕)."""
    messages.success(request, _("已办理：%(step)s。") % {"step": BY_SLUG[slug].title})
    if leaves:
        return HttpResponseRedirect(reverse("desk:workbench"))
    return HttpResponseRedirect(reverse("desk:demand", args=[setting.demand_id]))


@require_GET
@desk_view()
def proposal(request: HttpRequest, demand_id: int) -> HttpResponse:
    """Who has the power over a class at the place of the matter, while the clerk still chooses (管辖建议)."""
    page, row = demand_page(user=officer(request), demand_id=demand_id, at=timezone.now())
    found = proposal_of(
        content_class=request.GET.get("content_class", ""),
        region_code=page.region_code,
        branch=request.GET.get("branch", ""),
        accused_id=row.accused_id,
    )
    return private(render(request, "desk/case/proposal.html", {"notice": found.notice}))
