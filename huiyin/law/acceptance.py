"""Outcomes of registration (登记后的去向处理): each refusal has a ground, an article and a next step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from huiyin.law.branches import Branch, Purpose, branch_rule
from huiyin.law.citations import Citation, cite, read_citation
from huiyin.law.profiles import profile as find_profile
from huiyin.law.reading import DATA, read_file
from huiyin.law.stages import STEP_LABELS, Step


@dataclass(frozen=True, slots=True)
class Outcome:
    """What may become of a registered demand (去向处理)."""

    step: Step
    label_zh: str
    label_en: str
    hint_zh: str
    hint_en: str
    citation: Citation


@dataclass(frozen=True, slots=True)
class Ground:
    """Why a demand is not taken (不予受理等的理由).

    `needs` names what else must be given: an authority, a legal route or the review opinion.
    """

    code: str
    step: Step
    title_zh: str
    title_en: str
    next_zh: str
    next_en: str
    needs: str
    is_local: bool
    citation: Citation


_HINTS: dict[Step, tuple[str, str, Citation]] = {
    Step.FORWARD: (
        "属于其他机关、单位职权的，转送有权处理的机关。",
        "Send it to the organ with power.",
        cite("R2022", 22, paragraph=1),
    ),
    Step.ASSIGN: (
        "重要、需要反馈结果的，写明期限交办并要求报结。",
        "Assign important matters with a limit and a report.",
        cite("R2022", 22, paragraph=1, item=3),
    ),
    Step.SELF_HANDLE: (
        "属于本机关职权的，自行受理办理。",
        "Accept what is within your own powers.",
        cite("R2022", 23, paragraph=2),
    ),
    Step.REDIRECT: (
        "不属于职权范围的，告知向谁提出。",
        "Tell the petitioner whom to ask.",
        cite("R2022", 23),
    ),
    Step.DECLINE: (
        "其他机关正在办理又重复提出的，不予受理。",
        "Another organ is handling it already.",
        cite("R2022", 19, paragraph=3),
    ),
    Step.DECLINE_FINAL: (
        "复核后仍以同一事实和理由提出的，不再受理。",
        "Final review is done; same facts and reasons.",
        cite("R2022", 36),
    ),
    Step.ROUTE: (
        "依法应当通过诉讼、仲裁、行政程序等处理的，导入并告知。",
        "Route it to its legal procedure.",
        cite("R2022", 31),
    ),
    Step.FILE: (
        "表达感谢、情况反映等无须答复的，存。",
        "Thanks and information that need no answer.",
        cite("ONLINE", certainty="C"),
    ),
    Step.ANSWER: (
        "咨询、建议等能够直接说明的，直接答复。",
        "Answer inquiries and suggestions directly.",
        cite("ONLINE", certainty="C"),
    ),
}


@lru_cache(maxsize=1)
def grounds() -> Mapping[str, Ground]:
    """Return the grounds by code (理由表)."""
    root = read_file(DATA / "grounds.toml")
    found = {}
    for row in root.tables("ground"):
        ground = Ground(
            row.text("code"),
            row.choice("step", Step),
            row.text("title_zh"),
            row.text("title_en"),
            row.text("next_zh"),
            row.text("next_en"),
            row.text("needs", ""),
            row.flag("is_local"),
            read_citation(row.table("citation")),
        )
        row.finish()
        found[ground.code] = ground
    root.finish()
    return found


def ground(code: str) -> Ground:
    """Return one ground (理由).

    Raises:
        ValueError: there is no such ground.
    """
    try:
        return grounds()[code]
    except KeyError:
        raise ValueError(f"There is no ground '{code}'; known: {', '.join(grounds())}.") from None


def grounds_for(step: Step | str) -> tuple[Ground, ...]:
    """Return the grounds that a refusing step may rest on (该去向可用的理由)."""
    return tuple(row for row in grounds().values() if row.step is Step(step))


_ANSWERABLE = frozenset({Branch.INQUIRY.value, Branch.SUGGESTION.value})
_WANTS_SOMETHING = frozenset({Purpose.APPEAL.value, Purpose.REQUEST.value, Purpose.ACCUSATION.value})
ENDING_STEPS = frozenset(
    {Step.REDIRECT, Step.DECLINE, Step.DECLINE_FINAL, Step.ROUTE, Step.FILE, Step.ANSWER}
)


def unfit_outcome(
    step: Step | str, *, branch: str, purpose: str = "", has_discipline_organ: bool = False
) -> str | None:
    """Return the guard that forbids ending a demand this way, if one does (不得以此结束).

    `has_discipline_organ` says that an accusation can be handed over to one, so nobody else may end it.
    """
    step = Step(step)
    if step not in ENDING_STEPS:
        return None
    if branch == Branch.ACCUSATION and has_discipline_organ:
        return "accusation_handed_over"
    if step is Step.FILE:
        return _unfit_for_filing(branch, purpose)
    if step is Step.ANSWER:
        is_question = not branch and purpose in (Purpose.INQUIRY, Purpose.SUGGESTION)
        return None if branch in _ANSWERABLE or is_question else "answerable"
    if step is Step.ROUTE and branch and not branch_rule(branch).is_routed:
        return "routable"
    return None


def _unfit_for_filing(branch: str, purpose: str) -> str | None:
    if not branch:
        return "sorted"
    return "fileable" if branch not in _ANSWERABLE or purpose in _WANTS_SOMETHING else None


def outcomes_for(profile: str, branch: Branch | str | None = None) -> tuple[Outcome, ...]:
    """Return the outcomes open to an agency, those that fit the branch first (可选去向)."""
    steps = [Step(code) for code in find_profile(profile).outcomes]
    likely = _likely(Branch(branch)) if branch else ()
    steps.sort(key=lambda step: likely.index(step) if step in likely else len(likely))
    return tuple(_outcome(step) for step in steps)


def _outcome(step: Step) -> Outcome:
    label_zh, label_en = STEP_LABELS[step]
    hint_zh, hint_en, citation = _HINTS[step]
    return Outcome(step, label_zh, label_en, hint_zh, hint_en, citation)


def _likely(branch: Branch) -> tuple[Step, ...]:
    if branch is Branch.INQUIRY:
        return (Step.ANSWER,)
    if branch is Branch.ACCUSATION:
        return (Step.FORWARD, Step.ROUTE)
    if branch_rule(branch).is_routed:
        return (Step.ROUTE, Step.FORWARD)
    return (Step.FORWARD, Step.ASSIGN, Step.SELF_HANDLE)
