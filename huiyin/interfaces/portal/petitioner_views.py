"""What the petitioner does on the tracking page (信访人办理): supplement, withdraw, rate, sign."""

from collections.abc import Mapping

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from huiyin.casework.cases.refusals import Invalid, Refused
from huiyin.casework.intake.selectors import Tracked, TrackedDemand
from huiyin.casework.intake.supplements import submission_supplement
from huiyin.casework.replies.services import rating_give, reply_receive
from huiyin.casework.routing.services import demand_withdraw
from huiyin.interfaces.portal import throttle
from huiyin.interfaces.portal.admissions import of_matter
from huiyin.interfaces.portal.answering import page, refusal_page
from huiyin.interfaces.portal.filing_uploads import Prepared, prepared
from huiyin.interfaces.portal.tracking_forms import RatingForm, SupplementForm, WithdrawForm
from huiyin.interfaces.portal.tracking_page import back_to, demand_title
from huiyin.interfaces.portal.tracking_views import new_token

BOTH = ["GET", "HEAD", "POST"]


def demand_or_404(matter: Tracked, demand_id: int) -> TrackedDemand:
    """A demand of this matter and no other."""
    demand = matter.demand(demand_id)
    if demand is None:
        raise Http404
    return demand


def form_page(
    request: HttpRequest,
    name: str,
    matter: Tracked,
    form: forms.Form | None,
    demand: TrackedDemand | None = None,
    more: Mapping[str, object] | None = None,
) -> HttpResponse:
    """The page of one act, with what was typed kept."""
    context: dict[str, object] = {
        "matter": matter,
        "form": form,
        "demand": demand,
        "title": demand_title(matter, demand) if demand else "",
        "back": back_to(matter),
        **(more or {}),
    }
    return page(
        request, f"portal/track/{name}.html", context, 422 if form is not None and form.errors else 200
    )


def done(matter: Tracked, what: str) -> HttpResponse:
    return redirect(f"{reverse('portal:track_matter', args=[matter.number])}?done={what}")


def put_errors(form: forms.Form, sentences: Mapping[str, object]) -> None:
    """Sentences of the service at the fields of the form."""
    for name, sentence in sentences.items():
        form.add_error(name if name in form.fields else None, str(sentence))


@require_http_methods(BOTH)
@of_matter
def track_supplement(request: HttpRequest, matter: Tracked) -> HttpResponse:
    """Add words and files later (补充材料); good files are kept even when one is refused."""
    form = SupplementForm(request.POST or None, initial={"token": new_token()})
    if request.method != "POST" or not form.is_valid():
        return form_page(request, "supplement", matter, form)
    chosen = [*request.FILES.getlist("files"), *request.FILES.getlist("photo")]
    found = prepared(chosen, address=throttle.address_of(request), at=timezone.now())
    if found.refused and not found.files and not form.cleaned_data["text"].strip():
        return form_page(request, "supplement", matter, form, more={"refused": found.refused})
    try:
        add_supplement(matter, form, found)
    except Invalid as invalid:
        put_errors(form, invalid.fields)
        return form_page(request, "supplement", matter, form)
    except Refused as refused:
        return refusal_page(request, refused, back_to(matter), 409)
    if not found.refused:
        return done(matter, "supplement")
    more = {"refused": found.refused, "kept": True}
    return form_page(request, "supplement", matter, SupplementForm(initial={"token": new_token()}), more=more)


def add_supplement(matter: Tracked, form: SupplementForm, found: Prepared) -> None:
    """Hand in what was typed and the files that passed."""
    submission_supplement(
        case_id=matter.id,
        text=form.cleaned_data["text"],
        channel="web",
        by=None,
        at=timezone.now(),
        token=f"supplement:{matter.id}:{form.cleaned_data['token']}",
        files=found.files,
    )


@require_http_methods(BOTH)
@of_matter
def track_withdraw(request: HttpRequest, matter: Tracked, demand_id: int) -> HttpResponse:
    """Take a demand back, after reading what that means (撤回)."""
    demand = demand_or_404(matter, demand_id)
    form = WithdrawForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return form_page(request, "withdraw", matter, form, demand)
    try:
        demand_withdraw(
            demand_id=demand.id,
            case_id=matter.id,
            reason=form.cleaned_data["reason"],
            is_confirmed_by_petitioner=True,
            by=None,
            at=timezone.now(),
        )
    except Refused as refused:
        return refusal_page(request, refused, back_to(matter), 409)
    return done(matter, "withdraw")


@require_http_methods(BOTH)
@of_matter
def track_rate(request: HttpRequest, matter: Tracked, demand_id: int) -> HttpResponse:
    """Rate office and unit, each once; nobody can change it later (评价)."""
    demand = demand_or_404(matter, demand_id)
    form = RatingForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return form_page(request, "rate", matter, form, demand)
    try:
        rating_give(
            case_id=matter.id,
            demand_id=demand.id,
            scores=form.scores,
            text=form.cleaned_data["text"],
            at=timezone.now(),
        )
    except Invalid as invalid:
        put_errors(form, invalid.fields)
        return form_page(request, "rate", matter, form, demand)
    except Refused as refused:
        return refusal_page(request, refused, back_to(matter), 409)
    return done(matter, "rate")


@require_http_methods(BOTH)
@of_matter
def track_receive(request: HttpRequest, matter: Tracked, demand_id: int) -> HttpResponse:
    """Sign for a reply and read it; the period for a review runs from this day (网上签收)."""
    demand = demand_or_404(matter, demand_id)
    waiting = next((document for document in demand.documents if document.awaits_signature), None)
    if waiting is None:
        return redirect("portal:track_matter", matter.number)
    if request.method != "POST":
        return form_page(request, "receive", matter, None, demand, {"document": waiting})
    try:
        reply_receive(case_id=matter.id, demand_id=demand.id, at=timezone.now())
    except Refused as refused:
        return refusal_page(request, refused, back_to(matter), 409)
    return redirect("portal:track_document", matter.number, waiting.id)
