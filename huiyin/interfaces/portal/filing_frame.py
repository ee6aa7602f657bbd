"""One page of the filing with everything beside its form (步骤页)."""

from collections.abc import Mapping
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from huiyin.casework.intake import drafts
from huiyin.casework.intake.draft_contents import DraftContent
from huiyin.casework.intake.drafts import DraftPage
from huiyin.interfaces.portal import contacts, filing_page
from huiyin.interfaces.portal.answering import page
from huiyin.interfaces.portal.filing_forms import StepForm
from huiyin.interfaces.portal.filing_steps import TITLES, FilingStep, form_of, problems_of, stage_bar
from huiyin.interfaces.portal.filing_uploads import RefusedFile
from huiyin.interfaces.ui.parts import Notice
from huiyin.records.agencies.selectors import agency_directory


def step_page(
    request: HttpRequest,
    step: FilingStep,
    draft: DraftPage | None,
    *,
    form: StepForm | None = None,
    notice: Notice | None = None,
    refused: tuple[RefusedFile, ...] = (),
    status: int = 200,
) -> HttpResponse:
    """One page of the filing with everything beside its form (步骤页)."""
    content = draft.content if draft else DraftContent()
    context: dict[str, object] = {
        "step": step,
        "title": TITLES[step],
        "stages": stage_bar(step),
        "form": form or form_of(step, content),
        "draft": draft,
        "content": content,
        "notice": notice,
        "refused": refused,
        "is_saved": "saved" in request.GET,
        "resume_link": filing_page.resume_link(request, draft) if draft else "",
        "keep_days": drafts.draft_rules().keep_days,
        "max_files": drafts.draft_rules().max_files,
    }
    if step is FilingStep.CHECK:
        context |= check_context(content, at=timezone.now())
    return page(request, f"portal/file/{step.value}.html", context, status)


def check_context(content: DraftContent, *, at: datetime) -> Mapping[str, object]:
    """What the last page shows beside the button (核对页)."""
    problems = dict(problems_of(content, at=at))
    if not content.office_id:
        problems.pop("office", None)
    return {
        "summary": filing_page.summary_of(content),
        "advice": filing_page.advice_for(content),
        "offices": filing_page.office_advice(),
        "problems": filing_page.problems_shown(problems),
        "processor": contacts.notice_office(agency_directory()),
    }
