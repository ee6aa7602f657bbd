"""The page of a step: its form, or why it cannot be taken, or what somebody else did meanwhile (办理页)."""

from dataclasses import replace
from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from huiyin.casework.cases.refusals import ChangedMeanwhile, Invalid, NotPermitted, Refused, unlawful
from huiyin.casework.replies.selectors.rows import DemandRow
from huiyin.interfaces.desk.case.case_view import timeline_of
from huiyin.interfaces.desk.case.clock_cards import clock_cards
from huiyin.interfaces.desk.case.forms import Setting, StepForm
from huiyin.interfaces.desk.case.stage_bar import stage_bar
from huiyin.interfaces.desk.case.step_pages import StepPage
from huiyin.interfaces.desk.case.watermark import watermark_of
from huiyin.interfaces.desk.case_views import private
from huiyin.interfaces.desk.frame import desk_page, refusal_notice
from huiyin.interfaces.ui import labels
from huiyin.interfaces.ui.history import STEPS
from huiyin.interfaces.ui.parts import Notice
from huiyin.law.lifecycle import why_not

EVENTS_SHOWN = 3
# A form sent twice within this time by the same person was sent by one impatient hand.
SAME_HAND = timedelta(minutes=2)


def step_response(
    request: HttpRequest,
    setting: Setting,
    page: StepPage,
    form: StepForm,
    *,
    refusal: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    """Show the form with what was typed; a refusal stands above it, and what others did (办理页)."""
    is_possible = refusal is None or (
        isinstance(refusal, ChangedMeanwhile) and refusal_of(page, setting.demand) is None
    )
    form.show()
    if isinstance(refusal, ChangedMeanwhile) and is_possible:
        typed = request.POST.copy()
        typed["version"] = str(setting.demand.version)
        form.data = typed
    demand = setting.demand
    running, _past = clock_cards(demand.clocks, today=setting.today)
    context = {
        "step": page,
        "form": form,
        "demand": demand,
        "case_id": setting.page.id,
        "number": setting.page.number,
        "holder": labels.agency_name(demand.holder_id),
        "stage": labels.stage(demand.stage),
        "stages": stage_bar(demand, setting.page.lines),
        "clocks": running,
        "refusal": _notice(refusal) if refusal else None,
        "is_possible": is_possible,
        "is_multiple": len(setting.page.demands) > 1,
        "events": _meanwhile(setting) if isinstance(refusal, ChangedMeanwhile) else (),
        "watermark": watermark_of(setting.user, setting.at),
    }
    code = _status(refusal) if refusal else status
    return private(desk_page(request, "desk/case/step.html", context, status=code))


def refusal_of(page: StepPage, demand: DemandRow) -> Refused | None:
    """Why the page's step cannot be taken by this user now; None when one of its steps can (不能办理)."""
    if not page.steps:
        return None if page.slug in demand.beside else not_your_turn(demand)
    known = {choice.step: choice.refusal for choice in demand.steps}
    asked = [known[step] for step in page.steps if step in known]
    if None in asked:
        return None
    return asked[0] if asked else not_now(page, demand)


def not_now(page: StepPage, demand: DemandRow) -> Refused:
    """The step is neither this user's work nor what the demand waits for; the law says why not now."""
    refusal = why_not(page.steps[0], demand.stage)
    return unlawful(refusal) if refusal else not_your_turn(demand)


def not_your_turn(demand: DemandRow) -> NotPermitted:
    return NotPermitted(
        _("这项诉求现为“%(stage)s”，由%(agency)s负责。")
        % {"stage": labels.stage(demand.stage), "agency": labels.agency_name(demand.holder_id)},
        way_out=_("请由负责的单位办理。"),
    )


def put_errors(form: StepForm, invalid: Invalid) -> None:
    """Put each sentence of a refusal beside its field, or at the top (填写有误)."""
    for name, sentence in invalid.fields.items():
        form.add_error(name if name in form.fields else None, str(sentence))


def was_just_done(page: StepPage, setting: Setting) -> bool:
    """Say whether this person took this very step a moment ago: the second click of a double click."""
    own = f"user:{setting.user.pk}"
    return any(
        line.actor == own
        and line.payload.get("demand") == setting.demand_id
        and setting.at - line.at < SAME_HAND
        and STEPS.get(line.event) in page.steps
        for line in setting.page.lines[-EVENTS_SHOWN:]
    )


def _meanwhile(setting: Setting) -> tuple[object, ...]:
    return timeline_of(setting.page, setting.user)[:EVENTS_SHOWN]


def _notice(refusal: Refused) -> Notice:
    """The refusal in a box; an article the sentence names already is not named twice."""
    notice = refusal_notice(refusal)
    is_said = notice.article is not None and str(notice.article.text) in str(notice.text)
    return replace(notice, article=None) if is_said else notice


def _status(refusal: Refused) -> int:
    return 403 if isinstance(refusal, NotPermitted) else 409
