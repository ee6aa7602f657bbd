"""Filing a petition on the portal (写诉求): four pages over one encrypted draft, all without scripts."""

from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huiyin.casework.cases.refusals import Invalid, NotThere
from huiyin.casework.intake import drafts
from huiyin.casework.intake.draft_contents import DraftContent
from huiyin.casework.intake.drafts import DraftPage
from huiyin.casework.intake.selectors import Tracked, admission_by_code, tracked
from huiyin.casework.intake.services import Receipt
from huiyin.interfaces.portal import filing_page, throttle
from huiyin.interfaces.portal.answering import page, private, refusal_page, switched
from huiyin.interfaces.portal.filing_forms import CheckForm
from huiyin.interfaces.portal.filing_frame import step_page
from huiyin.interfaces.portal.filing_steps import (
    FilingStep,
    checked_form,
    form_of,
    problems_of,
    rearranged,
    taken,
)
from huiyin.interfaces.portal.filing_uploads import RefusedFile, files_taken
from huiyin.interfaces.ui.parts import Link, Text
from huiyin.law.calendar import local_date


@require_http_methods(["GET", "HEAD", "POST"])
def file_start(request: HttpRequest) -> HttpResponse:
    """Begin to write; the first press of a button opens a draft (写诉求)."""
    if request.method != "POST":
        return step_page(request, FilingStep.WHAT, None)
    at, address = timezone.now(), throttle.address_of(request)
    content = taken(FilingStep.WHAT, DraftContent(), request.POST)
    pause = throttle.paused("drafts", address, at=at)
    if pause:
        notice = throttle.pause_notice(pause, what=_("请稍等再保存"))
        form = form_of(FilingStep.WHAT, content, request.POST)
        return step_page(request, FilingStep.WHAT, None, form=form, notice=notice, status=429)
    throttle.count_once("drafts", address, at=at)
    draft = drafts.draft_open(content=content, step=1, at=at)
    return step_answer(request, FilingStep.WHAT, draft, at=at)


@require_safe
def file_resume(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Go on where one stopped (续写)."""
    try:
        draft = drafts.draft_of(draft_id, at=timezone.now())
    except NotThere as gone:
        return draft_gone(request, gone)
    if draft.is_sent:
        return redirect("portal:file_receipt", draft_id)
    return redirect("portal:file_step", draft_id, list(FilingStep)[min(draft.step, 4) - 1].value)


@require_http_methods(["GET", "HEAD", "POST"])
def file_step(request: HttpRequest, draft_id: UUID, step: FilingStep) -> HttpResponse:
    """One of the four pages (步骤页)."""
    at = timezone.now()
    try:
        draft = drafts.draft_of(draft_id, at=at)
        if draft.is_sent:
            return redirect("portal:file_receipt", draft_id)
        if request.method != "POST":
            return step_page(request, step, draft)
        draft = drafts.draft_change(
            draft_id=draft_id,
            change=lambda content: taken(step, content, request.POST),
            step=step.number,
            at=at,
        )
        return step_answer(request, step, draft, at=at)
    except NotThere as gone:
        return draft_gone(request, gone)


def step_answer(request: HttpRequest, step: FilingStep, draft: DraftPage, *, at: datetime) -> HttpResponse:
    """What follows a button, after everything typed has been saved (按钮)."""
    go = request.POST.get("go", "next")
    if step is FilingStep.MATERIALS:
        refused = change_files(request, draft, go, at=at)
        if refused:
            fresh = drafts.draft_of(draft.id, at=at)
            return step_page(request, step, fresh, refused=refused, status=422)
    if go == "send" and step is FilingStep.CHECK:
        return send(request, draft, at=at)
    if go == "next":
        form = checked_form(step, draft.content, request.POST, at=at)
        if form is not None:
            return step_page(request, step, draft, form=form, status=422)
        return redirect("portal:file_step", draft.id, step.following.value)
    if go == "back":
        return redirect("portal:file_step", draft.id, step.preceding.value)
    return stay(draft, step, go, at=at)


def stay(draft: DraftPage, step: FilingStep, go: str, *, at: datetime) -> HttpResponse:
    """The same page again: saved, one line more or less, or another language (留在本页)."""
    here = reverse("portal:file_step", args=[draft.id, step.value])
    anchor = ""
    if rearranged(draft.content, go) is not None:
        draft = drafts.draft_change(
            draft_id=draft.id,
            change=lambda content: rearranged(content, go) or content,
            step=step.number,
            at=at,
        )
        anchor = f"#id_demand_{len(draft.content.demands)}" if "demand" in go else "#others"
    answer = switched(go, here) or redirect(f"{here}{'?saved=1' if go == 'save' else ''}{anchor}")
    return private(answer)


def change_files(request: HttpRequest, draft: DraftPage, go: str, *, at: datetime) -> tuple[RefusedFile, ...]:
    """Take in what was chosen, take out what is not wanted (附件增减)."""
    if go.startswith("remove-file-"):
        drafts.draft_remove_file(draft_id=draft.id, storage_name=go.removeprefix("remove-file-"), at=at)
    files = [*request.FILES.getlist("files"), *request.FILES.getlist("photo")]
    return files_taken(draft.id, files, address=throttle.address_of(request), at=at)


def send(request: HttpRequest, draft: DraftPage, *, at: datetime) -> HttpResponse:
    """Hand it in: one petition, however often the button is pressed (提交)."""
    step, address = FilingStep.CHECK, throttle.address_of(request)
    form = CheckForm(request.POST, content=draft.content)
    if not form.is_valid() or problems_of(draft.content, at=at):
        form.take_problems(problems_of(draft.content, at=at))
        return step_page(request, step, draft, form=form, status=422)
    pause = throttle.paused("sending", address, at=at)
    if pause:
        notice = throttle.pause_notice(pause, what=_("您写的都已保存，请稍等再提交"))
        return step_page(request, step, draft, notice=notice, status=429)
    throttle.count_once("sending", address, at=at)
    try:
        drafts.draft_send(draft_id=draft.id, at=at)
    except Invalid as invalid:
        form.take_problems(invalid.fields)
        return step_page(request, step, draft, form=form, status=422)
    return redirect("portal:file_receipt", draft.id)


def draft_gone(request: HttpRequest, gone: NotThere) -> HttpResponse:
    return refusal_page(request, gone, Link(_("重新写一件"), reverse("portal:file")), 404)


def own_receipt(draft_id: UUID, *, at: datetime) -> tuple[Receipt, Tracked]:
    """The receipt of a sent draft and its matter.

    Raises: NotThere.
    """
    receipt = drafts.draft_receipt(draft_id, at=at)
    admission = admission_by_code(number=receipt.number, code=receipt.code)
    matter = tracked(admission) if admission else None
    if matter is None:
        raise NotThere(_("没有这份登记凭证。"))
    return receipt, matter


def receipt_answer(request: HttpRequest, draft_id: UUID, template: str, **more: Text | bool) -> HttpResponse:
    at = timezone.now()
    try:
        receipt, matter = own_receipt(draft_id, at=at)
    except NotThere as gone:
        return refusal_page(request, gone, Link(_("查进度"), reverse("portal:track")), 404)
    view = filing_page.receipt_view(request, receipt, matter, today=local_date(at))
    context = {"receipt": view, "matter": matter, "draft_id": draft_id, **more}
    return page(request, template, context)


@require_safe
def file_receipt(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Registered: number, query code, proof, and what comes next (登记成功)."""
    return receipt_answer(
        request, draft_id, "portal/file/receipt.html", hours=str(drafts.draft_rules().receipt_hours)
    )


@require_safe
def file_receipt_print(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """The receipt on paper (打印登记凭证)."""
    return receipt_answer(
        request, draft_id, "portal/file/receipt_print.html", is_large="large" in request.GET
    )


@require_safe
def file_receipt_text(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """The receipt as a small file to keep (保存登记凭证)."""
    response = receipt_answer(request, draft_id, "portal/file/receipt.txt")
    if response.status_code == 200:
        response["Content-Type"] = "text/plain; charset=utf-8"
        response["Content-Disposition"] = 'attachment; filename="huiyin-receipt.txt"'
    return response


@require_POST
def file_discard(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Delete the draft (删除草稿), asked for on its own page."""
    drafts.draft_discard(draft_id=draft_id)
    return redirect("portal:file")


@require_safe
def file_discard_ask(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Ask once more before deleting (确认删除)."""
    return page(request, "portal/file/discard.html", {"draft_id": draft_id})
