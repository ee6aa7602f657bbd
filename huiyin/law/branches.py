"""Legal branches of a demand (依法分类): the six of Art. 31, suggestions, accusations and inquiries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from huiyin.law.citations import Citation, read_citation
from huiyin.law.reading import DATA, read_file


class Branch(StrEnum):
    """The legal branch of a demand (诉求类别)."""

    LITIGATION = "litigation"
    ARBITRATION = "arbitration"
    PARTY_APPEAL = "party_appeal"
    ADMINISTRATIVE = "administrative"
    DUTY = "duty"
    PETITION = "petition"
    SUGGESTION = "suggestion"
    ACCUSATION = "accusation"
    INQUIRY = "inquiry"


class Purpose(StrEnum):
    """Why somebody petitions (信访目的)."""

    APPEAL = "appeal"
    REQUEST = "request"
    ACCUSATION = "accusation"
    SUGGESTION = "suggestion"
    INQUIRY = "inquiry"
    OTHER = "other"


class LegalCategory(StrEnum):
    """The three categories of the regulations (信访事项类别); an inquiry has none."""

    SUGGESTION = "suggestion"
    ACCUSATION = "accusation"
    REQUEST = "request"


PURPOSE_LABELS: dict[Purpose, tuple[str, str]] = {
    Purpose.APPEAL: ("申诉", "appeal"),
    Purpose.REQUEST: ("求决", "request for a solution"),
    Purpose.ACCUSATION: ("揭发控告", "accusation"),
    Purpose.SUGGESTION: ("意见建议", "suggestion or opinion"),
    Purpose.INQUIRY: ("咨询", "inquiry"),
    Purpose.OTHER: ("其他", "other"),
}
CATEGORY_LABELS: dict[LegalCategory, tuple[str, str]] = {
    LegalCategory.SUGGESTION: ("建议意见类", "suggestions and opinions"),
    LegalCategory.ACCUSATION: ("检举控告类", "accusations"),
    LegalCategory.REQUEST: ("申诉求决类", "appeals and requests"),
}
CATEGORY_OF_PURPOSE: dict[Purpose, LegalCategory | None] = {
    Purpose.APPEAL: LegalCategory.REQUEST,
    Purpose.REQUEST: LegalCategory.REQUEST,
    Purpose.ACCUSATION: LegalCategory.ACCUSATION,
    Purpose.SUGGESTION: LegalCategory.SUGGESTION,
    Purpose.INQUIRY: None,
    Purpose.OTHER: None,
}


@dataclass(frozen=True, slots=True)
class BranchRule:
    """What the law says about a branch (类别规则)."""

    branch: Branch
    label_zh: str
    label_en: str
    category: LegalCategory | None
    reply_kind: str
    is_petition_procedure: bool
    is_routed: bool
    has_review: bool
    remedies_zh: str
    remedies_en: str
    should_know_zh: str
    should_know_en: str
    citation: Citation


@dataclass(frozen=True, slots=True)
class LegalRoute:
    """A legal route with its limits (法定途径)."""

    code: str
    title_zh: str
    title_en: str
    branches: tuple[Branch, ...]
    authority_zh: str
    authority_en: str
    applicant_limit_zh: str
    applicant_limit_en: str
    authority_limit_zh: str
    authority_limit_en: str
    citation: Citation


@lru_cache(maxsize=1)
def branch_rules() -> Mapping[Branch, BranchRule]:
    """Return what the law says about each branch (类别规则表)."""
    root = read_file(DATA / "branches.toml")
    found = {}
    for row in root.tables("branch"):
        category = row.text("category", "")
        rule = BranchRule(
            branch=row.choice("id", Branch),
            label_zh=row.text("label_zh"),
            label_en=row.text("label_en"),
            category=LegalCategory(category) if category else None,
            reply_kind=row.text("reply_kind"),
            is_petition_procedure=row.flag("is_petition_procedure"),
            is_routed=row.flag("is_routed"),
            has_review=row.flag("has_review"),
            remedies_zh=row.text("remedies_zh"),
            remedies_en=row.text("remedies_en"),
            should_know_zh=row.text("should_know_zh"),
            should_know_en=row.text("should_know_en"),
            citation=read_citation(row.table("citation")),
        )
        row.finish()
        found[rule.branch] = rule
    root.finish()
    missing = set(Branch) - set(found)
    if missing:
        raise root.fault(f"the branch '{min(missing)}' is missing.")
    return found


def branch_rule(branch: Branch | str) -> BranchRule:
    """Return what the law says about one branch (类别规则).

    Raises:
        ValueError: there is no such branch.
    """
    return branch_rules()[Branch(branch)]


@lru_cache(maxsize=1)
def legal_routes() -> Mapping[str, LegalRoute]:
    """Return the catalogue of legal routes by code (法定途径清单)."""
    root = read_file(DATA / "routes.toml")
    found = {}
    for row in root.tables("route"):
        route = LegalRoute(
            code=row.text("code"),
            title_zh=row.text("title_zh"),
            title_en=row.text("title_en"),
            branches=tuple(Branch(branch) for branch in row.texts("branches")),
            authority_zh=row.text("authority_zh"),
            authority_en=row.text("authority_en"),
            applicant_limit_zh=row.text("applicant_limit_zh"),
            applicant_limit_en=row.text("applicant_limit_en"),
            authority_limit_zh=row.text("authority_limit_zh"),
            authority_limit_en=row.text("authority_limit_en"),
            citation=read_citation(row.table("citation")),
        )
        row.finish()
        if route.code in found:
            raise row.fault(f"the route '{route.code}' is given twice.")
        found[route.code] = route
    root.finish()
    return found


def routes_of(branch: Branch | str) -> tuple[LegalRoute, ...]:
    """Return the legal routes open to a branch (该类别可走的法定途径)."""
    return tuple(route for route in legal_routes().values() if Branch(branch) in route.branches)


def branches_for(purpose: Purpose | str) -> tuple[Branch, ...]:
    """Return the branches that fit a purpose, the likeliest first (信访目的对应的类别)."""
    category = CATEGORY_OF_PURPOSE[Purpose(purpose)]
    if category is None:
        first = Branch.INQUIRY if Purpose(purpose) is Purpose.INQUIRY else Branch.PETITION
        return (first, *(branch for branch in Branch if branch is not first))
    fitting = [branch for branch in Branch if branch_rules()[branch].category is category]
    return tuple(sorted(fitting, key=lambda branch: branch is not Branch.PETITION))
