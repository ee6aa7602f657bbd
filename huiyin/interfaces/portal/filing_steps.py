"""The four steps of filing (写诉求四步): between the draft, what was posted, and the form of a step."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from huiyin.casework.intake.checks import check_intake
from huiyin.casework.intake.draft_contents import DraftContent, DraftPerson, intake_of
from huiyin.casework.intake.drafts import draft_rules
from huiyin.interfaces.portal.filing_forms import CheckForm, StepForm, WhatForm, WhoForm, accused_tree
from huiyin.interfaces.ui.parts import Stage, Text
from huiyin.records.agencies.selectors import agency_directory
from huiyin.records.texts import clean

MOST_DEMANDS = 20
NUMBERED = re.compile(r"(?:demand|other)_(\d{1,3})(?:_[a-z]+)?")


class FilingStep(StrEnum):
    """A page of the filing (步骤), by its address."""

    WHAT = "what"
    WHO = "who"
    MATERIALS = "materials"
    CHECK = "check"

    @property
    def number(self) -> int:
        return list(FilingStep).index(self) + 1

    @property
    def following(self) -> "FilingStep":
        return list(FilingStep)[min(self.number, 3)]

    @property
    def preceding(self) -> "FilingStep":
        return list(FilingStep)[max(self.number - 2, 0)]


TITLES: dict[FilingStep, Text] = {
    FilingStep.WHAT: _("什么事"),
    FilingStep.WHO: _("您是谁"),
    FilingStep.MATERIALS: _("附材料"),
    FilingStep.CHECK: _("核对并提交"),
}
STEP_OF_PROBLEM = {
    **dict.fromkeys(("text", "demands", "title", "region_code", "place", "purpose"), FilingStep.WHAT),
    **dict.fromkeys(("office", "channel", "received_on"), FilingStep.CHECK),
    "files": FilingStep.MATERIALS,
}


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that stands in the way of sending, and where to put it right (待改)."""

    sentence: str
    step: FilingStep


def stage_bar(current: FilingStep) -> tuple[Stage, ...]:
    """Where in the filing one is (步骤条)."""
    states = {-1: "done", 0: "current", 1: "next"}
    return tuple(
        Stage(TITLES[step], states[(step.number > current.number) - (step.number < current.number)])
        for step in FilingStep
    )


def step_of_problem(name: str) -> FilingStep:
    if name.startswith("demand_"):
        return FilingStep.WHAT
    return STEP_OF_PROBLEM.get(name, FilingStep.WHO)


def problems_of(content: DraftContent, *, at: datetime) -> Mapping[str, object]:
    """Everything the registration would refuse, by field; the office is asked for on the last page."""
    problems = dict(check_intake(intake_of(content, token="draft"), at=at))
    if not content.purpose:
        problems["purpose"] = _("请选一项；拿不准就选“请求解决一件事”。")
    if content.office_id in accused_tree(content):
        problems["office"] = _("被检举控告的单位和它的下属单位不能接收这件检举，请另选一个单位。")
    return problems


def taken(step: FilingStep, content: DraftContent, posted: QueryDict) -> DraftContent:
    """The draft with what was posted on one page, right or wrong (保存所填)."""
    if step is FilingStep.WHAT:
        return _what_taken(content, posted)
    if step is FilingStep.WHO:
        return _who_taken(content, posted)
    if step is FilingStep.CHECK and "office_id" in posted:
        return replace(content, office_id=_number(posted.get("office_id", "")))
    return content


def storable(posted: QueryDict) -> QueryDict:
    """What was posted without the signs that no database keeps, so that the form judges what is stored."""
    found = QueryDict(mutable=True)
    for name, values in posted.lists():
        found.setlist(name, [clean(str(value)).text for value in values])
    return found


def _text(posted: QueryDict, name: str) -> str:
    return clean(str(posted.get(name, ""))).text


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else None


def _indexes(posted: QueryDict, prefix: str, most: int) -> range:
    found = (NUMBERED.fullmatch(name) for name in posted if name.startswith(prefix))
    return range(1, min(max((int(match[1]) for match in found if match), default=0), most) + 1)


def _what_taken(content: DraftContent, posted: QueryDict) -> DraftContent:
    demands = [_text(posted, f"demand_{index}") for index in _indexes(posted, "demand_", MOST_DEMANDS)]
    return replace(
        content,
        purpose=_text(posted, "purpose"),
        text=_text(posted, "text"),
        demands=tuple(demands) or ("",),
        region_code=_text(posted, "region_code"),
        place=_text(posted, "place"),
        happened=_text(posted, "happened"),
    )


def _who_taken(content: DraftContent, posted: QueryDict) -> DraftContent:
    others = tuple(
        DraftPerson(
            capacity=_text(posted, f"other_{index}_capacity"),
            name=_text(posted, f"other_{index}_name"),
            phone=_text(posted, f"other_{index}_phone"),
            has_power_of_attorney=f"other_{index}_power" in posted,
        )
        for index in _indexes(posted, "other_", draft_rules().max_others)
    )
    return replace(
        content,
        naming=_text(posted, "naming"),
        name=_text(posted, "name"),
        phone=_text(posted, "phone"),
        address=_text(posted, "address"),
        id_number=_text(posted, "id_number"),
        email=_text(posted, "email"),
        head_count=_number(_text(posted, "head_count")) or 0,
        others=others,
        accused_agency_id=_number(_text(posted, "accused_agency_id")),
        accused=_text(posted, "accused"),
    )


def rearranged(content: DraftContent, go: str) -> DraftContent | None:
    """The draft with a line more or less, as one of the small buttons asks; None for other buttons."""
    if go == "add-demand":
        return replace(content, demands=(*content.demands, "")[:MOST_DEMANDS])
    if go == "add-other":
        more = (*content.others, DraftPerson())[: draft_rules().max_others]
        return replace(content, others=more, head_count=max(content.head_count, len(more) + 1))
    action, _dash, number = go.rpartition("-")
    index = (_number(number) or 0) - 1
    if action == "remove-demand":
        kept = tuple(demand for place, demand in enumerate(content.demands) if place != index)
        return replace(content, demands=kept or ("",))
    if action == "remove-other":
        return replace(
            content, others=tuple(person for place, person in enumerate(content.others) if place != index)
        )
    return None


def values_of(content: DraftContent) -> dict[str, Any]:
    """The draft as the values of form fields."""
    plain = ("purpose", "text", "region_code", "place", "happened", "naming", "name", "phone", "address")
    values: dict[str, Any] = {name: getattr(content, name) for name in plain}
    values |= {name: getattr(content, name) for name in ("id_number", "email", "head_count", "accused")}
    values["accused_agency_id"] = str(content.accused_agency_id or "")
    values["office_id"] = str(content.office_id or default_office(content) or "")
    for index, demand in enumerate(content.demands, start=1):
        values[f"demand_{index}"] = demand
    for index, person in enumerate(content.others, start=1):
        values[f"other_{index}_capacity"] = person.capacity
        values[f"other_{index}_name"] = person.name
        values[f"other_{index}_phone"] = person.phone
        values[f"other_{index}_power"] = person.has_power_of_attorney
    return values


def default_office(content: DraftContent) -> int | None:
    """The petition office; for an accusation the discipline organ, neither if it is the accused."""
    directory, closed = agency_directory(), accused_tree(content)
    wanted = ("supervision", "petition_office") if content.is_accusation else ("petition_office",)
    public = [agency for agency in directory.public() if agency.id not in closed]
    ordered = [agency for kind in wanted for agency in public if agency.kind == kind]
    return next((agency.id for agency in [*ordered, *public]), None)


def form_of(step: FilingStep, content: DraftContent, posted: QueryDict | None = None) -> StepForm | None:
    """The form of a step, filled from the draft, or bound to what was posted."""
    values = values_of(content)
    posted = storable(posted) if posted is not None else None
    if step is FilingStep.WHAT:
        return WhatForm(posted, initial=values, demands=len(content.demands))
    if step is FilingStep.WHO:
        return WhoForm(
            posted, initial=values, others=len(content.others), is_accusation=content.is_accusation
        )
    return CheckForm(posted, initial=values, content=content) if step is FilingStep.CHECK else None


def checked_form(
    step: FilingStep, content: DraftContent, posted: QueryDict, *, at: datetime
) -> StepForm | None:
    """The form with everything said about it, or None when one may go on."""
    form = form_of(step, content, posted)
    if form is None:
        return None
    form.is_valid()
    form.take_problems(problems_of(content, at=at))
    return form if form.errors else None
