"""The buttons of a demand (办理按钮), and for what is not possible now the reason, told once."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from huiyin.casework.cases.refusals import Refused
from huiyin.casework.replies.selectors.rows import DemandRow
from huiyin.interfaces.desk.case.step_pages import BY_SLUG, STEP_PAGES, StepPage
from huiyin.interfaces.ui.addresses import address
from huiyin.interfaces.ui.legal import said
from huiyin.interfaces.ui.parts import Text
from huiyin.law.lifecycle import Step, row_of

# What most people come for, by stage; it is the first and the coloured button.
FIRST: dict[str, tuple[str, ...]] = {
    "registered": ("sort", "forward", "assign", "self-handle"),
    "awaiting_receipt": ("accept",),
    "objected": ("objection",),
    "disputed": ("designate",),
    "accepted": ("submit-reply", "draft-reply"),
    "in_approval": ("extension", "issue-reply"),
    "issued": ("serve",),
    "served": ("report-back", "close"),
    "reported": ("examine",),
}
# Seldom taken; they stand at the end, without a frame.
QUIET = frozenset({"take", "supplement", "withdraw", "decline", "decline-final", "file"})


@dataclass(frozen=True, slots=True)
class ActionView:
    """A button that leads to the page of a step (办理按钮)."""

    text: Text
    url: str
    icon: str
    is_first: bool
    is_quiet: bool


@dataclass(frozen=True, slots=True)
class WhyNot:
    """Steps that share the reason why they are not possible now (不能办理的理由)."""

    steps: str
    sentence: str
    citation: str
    way_out: str


def actions_of(demand: DemandRow) -> tuple[tuple[ActionView, ...], tuple[WhyNot, ...]]:
    """What can be done now, and why the rest cannot (可办与不可办)."""
    refusals = {choice.step: choice.refusal for choice in demand.steps}
    possible: list[StepPage] = []
    refused: dict[str, tuple[list[str], Refused, Step]] = {}
    for page in STEP_PAGES:
        asked = [refusals[step] for step in page.steps if step in refusals]
        if None in asked or page.slug in demand.beside:
            possible.append(page)
        elif asked and asked[0] is not None:
            reason = asked[0]
            refused.setdefault(str(reason.sentence), ([], reason, page.steps[0]))[0].append(str(page.title))
    first = _first(demand, possible)
    return (
        tuple(action_view(page, demand.id, first) for page in _ordered(possible, first)),
        tuple(_why_not(*row) for row in refused.values()),
    )


def action_view(page: StepPage, demand_id: int, first: StepPage | None = None) -> ActionView:
    """The button of one page."""
    return ActionView(
        text=page.title,
        url=address("desk:demand_step", demand_id, page.slug),
        icon=page.icon,
        is_first=page is first,
        is_quiet=page.slug in QUIET,
    )


def _first(demand: DemandRow, possible: list[StepPage]) -> StepPage | None:
    for slug in FIRST.get(demand.stage, ()):
        page = BY_SLUG[slug]
        is_sorted_already = slug == "sort" and demand.branch and demand.content_class
        if page in possible and not is_sorted_already:
            return page
    return None


def _ordered(possible: list[StepPage], first: StepPage | None) -> list[StepPage]:
    return sorted(possible, key=lambda page: (page is not first, page.slug in QUIET))


def _why_not(names: list[str], refusal: Refused, step: Step) -> WhyNot:
    citation = str(refusal.citation) or said(row_of(step).citation.text_zh, row_of(step).citation.text_en)
    sentence = str(refusal.sentence)
    return WhyNot(
        _("、").join(names), sentence, "" if citation in sentence else citation, str(refusal.way_out)
    )
