"""Handling (办理): the compulsory contents of an opinion, its outcomes, and the five steps in place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from huiyin.law.branches import Branch
from huiyin.law.citations import Citation, cite


class ReplyOutcome(StrEnum):
    """What a reply decides (处理结果)."""

    SUPPORTED = "supported"
    PARTLY_SUPPORTED = "partly_supported"
    EXPLAINED = "explained"
    NOT_SUPPORTED = "not_supported"
    ADOPTED = "adopted"
    PARTLY_ADOPTED = "partly_adopted"
    NOT_ADOPTED = "not_adopted"
    ANSWERED = "answered"


OUTCOME_LABELS: dict[ReplyOutcome, tuple[str, str]] = {
    ReplyOutcome.SUPPORTED: ("予以支持", "supported"),
    ReplyOutcome.PARTLY_SUPPORTED: ("部分支持", "partly supported"),
    ReplyOutcome.EXPLAINED: ("作出解释说明", "reasonable but without legal basis: explained"),
    ReplyOutcome.NOT_SUPPORTED: ("不予支持", "not supported"),
    ReplyOutcome.ADOPTED: ("采纳", "adopted"),
    ReplyOutcome.PARTLY_ADOPTED: ("部分采纳", "partly adopted"),
    ReplyOutcome.NOT_ADOPTED: ("不采纳", "not adopted"),
    ReplyOutcome.ANSWERED: ("已答复", "answered"),
}

OUTCOME_CITATIONS: dict[ReplyOutcome, Citation] = {
    ReplyOutcome.SUPPORTED: cite("R2022", 32),
    ReplyOutcome.PARTLY_SUPPORTED: cite("BJX", 42),
    ReplyOutcome.EXPLAINED: cite("R2022", 32),
    ReplyOutcome.NOT_SUPPORTED: cite("R2022", 32),
    ReplyOutcome.ADOPTED: cite("R2022", 29),
    ReplyOutcome.PARTLY_ADOPTED: cite("R2022", 29),
    ReplyOutcome.NOT_ADOPTED: cite("R2022", 29),
    ReplyOutcome.ANSWERED: cite("LOCAL", certainty="D"),
}


def outcomes_for(branch: Branch | str, *, has_partly_supported: bool = False) -> tuple[ReplyOutcome, ...]:
    """Return the outcomes a reply in a branch may have (可选处理结果); partial support is a local rule."""
    match Branch(branch):
        case Branch.SUGGESTION:
            return (ReplyOutcome.ADOPTED, ReplyOutcome.PARTLY_ADOPTED, ReplyOutcome.NOT_ADOPTED)
        case Branch.INQUIRY | Branch.ACCUSATION:
            return (ReplyOutcome.ANSWERED,)
        case _:
            middle = (ReplyOutcome.PARTLY_SUPPORTED,) if has_partly_supported else ()
            return (ReplyOutcome.SUPPORTED, *middle, ReplyOutcome.EXPLAINED, ReplyOutcome.NOT_SUPPORTED)


@dataclass(frozen=True, slots=True)
class Content:
    """One compulsory part of a reply (必备内容)."""

    code: str
    label_zh: str
    label_en: str
    citation: Citation


_OPINION = (
    Content("request", "信访人投诉请求", "the petitioner's request", cite("R2022", 32)),
    Content("facts", "事实和理由", "facts and reasons", cite("R2022", 32)),
    Content("opinion", "处理意见", "the opinion on each demand", cite("R2022", 32)),
    Content("basis", "法律法规依据", "the legal basis", cite("R2022", 32)),
)
_REMEDY = Content("remedy", "救济途径、期限和机关", "remedy, time limit and organ", cite("R2022", 35))
_SUGGESTION = (
    Content("request", "建议内容", "the suggestion", cite("R2022", 29)),
    Content("opinion", "研究采纳情况", "what is adopted", cite("R2022", 29)),
    Content("facts", "理由", "reasons", cite("R2022", 29)),
)
_ANSWER = (Content("opinion", "答复内容", "the answer", cite("R2022", 23, certainty="D")),)


def compulsory_contents(branch: Branch | str) -> tuple[Content, ...]:
    """Return what a reply in a branch must contain (必备内容)."""
    match Branch(branch):
        case Branch.SUGGESTION:
            return _SUGGESTION
        case Branch.INQUIRY | Branch.ACCUSATION:
            return _ANSWER
        case _:
            return (*_OPINION, _REMEDY)


def missing_contents(branch: Branch | str, contents: Mapping[str, str]) -> tuple[Content, ...]:
    """Return the compulsory parts that are empty (缺少的内容)."""
    return tuple(part for part in compulsory_contents(branch) if not contents.get(part.code, "").strip())


class HandlingStep(StrEnum):
    """The five steps in place (五到位)."""

    MEET = "meet"
    ON_SITE = "on_site"
    DELIBERATE = "deliberate"
    RETURN_VISIT = "return_visit"
    FILE = "file"


HANDLING_STEP_LABELS: dict[HandlingStep, tuple[str, str]] = {
    HandlingStep.MEET: ("见面沟通到位", "the petitioner was met"),
    HandlingStep.ON_SITE: ("现场核查到位", "the place was inspected"),
    HandlingStep.DELIBERATE: ("集体研究到位", "the matter was deliberated"),
    HandlingStep.RETURN_VISIT: ("回访签字到位", "a return visit was signed"),
    HandlingStep.FILE: ("资料归档到位", "the file is complete"),
}
