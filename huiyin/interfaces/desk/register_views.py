"""Registration on the desk (登记): one form for each channel, one use case for all."""

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from huiyin.casework.cases.refusals import Invalid
from huiyin.casework.intake.attachments import submission_register_with_files
from huiyin.casework.intake.channels import BY_CODE, CHANNELS
from huiyin.casework.intake.contract import Channel
from huiyin.casework.intake.services import submission_register
from huiyin.interfaces.desk import earlier as earlier_panel
from huiyin.interfaces.desk.frame import desk_page, desk_view, officer
from huiyin.interfaces.desk.receipt_views import just_registered
from huiyin.interfaces.desk.register_desk import Sheet
from huiyin.records.accounts.rights import Right


@desk_view(Right.CASE_REGISTER)
def channels(request: HttpRequest) -> HttpResponseBase:
    """How did it come in? (选择渠道)"""
    shown = [channel for channel in CHANNELS if channel.is_for_staff]
    return desk_page(request, "desk/register/channels.html", {"channels": shown})


@desk_view(Right.CASE_REGISTER)
def register(request: HttpRequest, code: str) -> HttpResponseBase:
    """Take down a petition; whatever is wrong, everything typed stays (登记)."""
    user, channel = officer(request), staff_channel(code)
    if request.method != "POST":
        return sheet_page(request, Sheet.blank(channel, at=timezone.now()))
    sheet = Sheet.posted(channel, request)
    if sheet.is_only_edited or not sheet.is_readable:
        return sheet_page(request, sheet, status=200 if sheet.is_only_edited else 422)
    at, intake = timezone.now(), sheet.intake(user)
    files = [kept.file for kept in sheet.uploads.kept]
    try:
        if files:
            receipt = submission_register_with_files(intake=intake, files=files, by=user, at=at)
        else:
            receipt = submission_register(intake=intake, by=user, at=at)
    except Invalid as refused:
        sheet.explain(refused)
        return sheet_page(request, sheet, status=422)
    query = {"key": just_registered(receipt.case_id, user), "likely": sheet.likely}
    return redirect(f"{reverse('desk:receipt', args=[receipt.case_id])}?{urlencode(query, doseq=True)}")


def staff_channel(code: str) -> Channel:
    """A channel that stands on the desk."""
    channel = BY_CODE.get(code)
    if channel is None or not channel.is_for_staff:
        raise Http404
    return channel


def sheet_page(request: HttpRequest, sheet: Sheet, status: int = 200) -> HttpResponse:
    """The form with what was typed, and earlier matters where the clerk asked for them."""
    context = {"sheet": sheet, "channel": sheet.channel, "form": sheet.form, "at": timezone.now()}
    if sheet.form.is_bound:
        context |= earlier_panel.panel(officer(request), request.POST)
    here = reverse("desk:register")
    return desk_page(request, "desk/register/form.html", context, here=here, status=status)


@require_POST
@desk_view(Right.CASE_REGISTER)
def earlier(request: HttpRequest) -> HttpResponseBase:
    """Earlier matters like the one being typed, as a part of the page (查重)."""
    context = earlier_panel.panel(officer(request), request.POST)
    return render(request, "desk/register/earlier.html", context)
