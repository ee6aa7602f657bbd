"""Who has the power (管辖建议): the most specific remit wins, and the reason is a sentence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from huiyin.law.citations import Citation, cite

LOCAL_CHARGE = cite("R2022", 22, paragraph=1, item=2)
ACCUSED_NEVER = cite("R2022", 30)


@dataclass(frozen=True, slots=True)
class Remit:
    """What an agency answers for (职责范围): content classes and places, both by code prefix."""

    agency_code: str
    class_prefix: str
    region_prefix: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """Which agency should handle a demand, and why (管辖建议)."""

    agency_code: str | None
    reason_zh: str
    reason_en: str
    alternatives: tuple[str, ...]
    citation: Citation = LOCAL_CHARGE


def propose(remits: Iterable[Remit], content_class: str, region: str, accused: str | None = None) -> Proposal:
    """Propose the agency with power (建议承办机关): the longest class prefix, then the longest place prefix.

    Place codes may carry trailing zeros (a county is 990100000000); they match by their significant part.
    The accused agency is never proposed.
    """
    matching = [
        remit
        for remit in remits
        if content_class.startswith(remit.class_prefix)
        and region.startswith(_significant(remit.region_prefix))
    ]
    fitting = [remit for remit in matching if remit.agency_code != accused]
    fitting.sort(key=_rank)
    if not fitting:
        if matching:
            zh = "职责范围内只有被检举控告的单位，不得转给它；请移送纪检监察机关或者其上级。"
            en = (
                "Only the accused unit answers for this, and it must not receive it; send it to its superior."
            )
            return Proposal(None, zh, en, (), ACCUSED_NEVER)
        zh = f"没有单位的职责范围包含内容分类{content_class}和地点{region}；请人工确定。"
        en = f"No agency answers for class {content_class} at place {region}; decide by hand."
        return Proposal(None, zh, en, ())
    best = fitting[0]
    others = tuple(dict.fromkeys(r.agency_code for r in fitting[1:] if r.agency_code != best.agency_code))
    tied = [remit for remit in fitting[1:] if _rank(remit)[:2] == _rank(best)[:2]]
    zh, en = _reason(best, has_rivals=any(remit.agency_code != best.agency_code for remit in tied))
    if len(fitting) < len(matching):
        zh += "被检举控告的单位已排除（《信访工作条例》第三十条）。"
        en += " The accused unit was left out (Art. 30)."
    return Proposal(best.agency_code, zh, en, others)


def _significant(region: str) -> str:
    """Return a place code without the zeros that mean 'all of it' (有效区划码)."""
    for length in (2, 4, 6, 9):
        if len(region) > length and not region[length:].strip("0"):
            return region[:length]
    return region


def _rank(remit: Remit) -> tuple[int, int, str]:
    return (-len(remit.class_prefix), -len(_significant(remit.region_prefix)), remit.agency_code)


def _reason(remit: Remit, *, has_rivals: bool) -> tuple[str, str]:
    class_zh = f"内容分类{remit.class_prefix}" if remit.class_prefix else "全部内容分类"
    class_en = f"content class {remit.class_prefix}" if remit.class_prefix else "all content classes"
    place_zh = f"地点{_significant(remit.region_prefix)}" if remit.region_prefix else "全部地点"
    place_en = f"place {_significant(remit.region_prefix)}" if remit.region_prefix else "all places"
    zh = f"该单位的职责范围是{class_zh}、{place_zh}，最为具体；属地管理、谁主管谁负责。"
    en = f"Its remit, {class_en} and {place_en}, is the most specific that fits."
    if has_rivals:
        zh += "另有单位职责范围同样具体，请协商确定（《信访工作条例》第二十四条）。"
        en += " Another agency's remit is as specific: consult it (Art. 24)."
    return zh, en
