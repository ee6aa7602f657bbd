"""Profiles (办理模式): which clocks, outcomes and approval tiers apply to an agency."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache

from huiyin.law.citations import Citation, read_citation
from huiyin.law.clock_rules import RuleVersion, base_rules, read_version
from huiyin.law.reading import DATA, LawDataError, Table, read_folder

DEFAULT_PROFILE = "unit"


@dataclass(frozen=True, slots=True)
class ApprovalTier:
    """Who signs what (审批层级)."""

    code: str
    signer_zh: str
    signer_en: str
    when_zh: str
    when_en: str


@dataclass(frozen=True, slots=True)
class Profile:
    """How one kind of agency handles petitions (办理模式)."""

    id: str
    title_zh: str
    title_en: str
    organ_zh: str
    organ_en: str
    registration_clocks: tuple[str, ...]
    forward_clocks: tuple[str, ...]
    assign_clocks: tuple[str, ...]
    petition_clocks: tuple[str, ...]
    other_clocks: tuple[str, ...]
    assigned_clocks: tuple[str, ...]
    outcomes: tuple[str, ...]
    has_review_chain: bool
    citation: Citation
    approvals: tuple[ApprovalTier, ...]
    alternatives: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    overrides: tuple[RuleVersion, ...] = ()
    extends: str | None = None

    def override(self, rule_id: str, on: date) -> RuleVersion | None:
        """Return this profile's own version of a rule on a day, if it has one (本模式的规则)."""
        for version in self.overrides:
            if version.rule_id == rule_id and version.is_in_force(on):
                return version
        return None


@lru_cache(maxsize=1)
def profiles() -> Mapping[str, Profile]:
    """Return all profiles by id (办理模式表).

    Raises:
        LawDataError: a profile names an unknown rule or extends an unknown profile.
    """
    tables = {table.text("id"): table for table in read_folder(DATA / "profiles")}
    found: dict[str, Profile] = {}
    for table in tables.values():
        if "extends" not in table:
            found[table.text("id")] = _read_whole(table)
    for table in tables.values():
        if "extends" in table:
            parent = table.text("extends")
            if parent not in found:
                raise table.fault(f"the profile '{parent}' that it extends does not exist.")
            found[table.text("id")] = _read_overlay(table, found[parent])
    return found


def profile(profile_id: str) -> Profile:
    """Return one profile (办理模式).

    Raises:
        LawDataError: there is no such profile.
    """
    try:
        return profiles()[profile_id]
    except KeyError:
        known = ", ".join(sorted(profiles()))
        raise LawDataError(f"There is no profile '{profile_id}'; known profiles: {known}.") from None


def _read_whole(table: Table) -> Profile:
    found = Profile(
        id=table.text("id"),
        title_zh=table.text("title_zh"),
        title_en=table.text("title_en"),
        organ_zh=table.text("organ_zh"),
        organ_en=table.text("organ_en"),
        registration_clocks=_rule_ids(table, "registration_clocks"),
        forward_clocks=_rule_ids(table, "forward_clocks"),
        assign_clocks=_rule_ids(table, "assign_clocks"),
        petition_clocks=_rule_ids(table, "petition_clocks"),
        other_clocks=_rule_ids(table, "other_clocks"),
        assigned_clocks=_rule_ids(table, "assigned_clocks"),
        outcomes=table.texts("outcomes"),
        has_review_chain=table.flag("has_review_chain"),
        citation=read_citation(table.table("citation")),
        approvals=tuple(_read_tier(row) for row in table.tables("approval")),
        alternatives=_read_alternatives(table),
        overrides=_read_overrides(table),
    )
    table.finish()
    return found


def _read_overlay(table: Table, parent: Profile) -> Profile:
    found = replace(
        parent,
        id=table.text("id"),
        extends=table.text("extends"),
        title_zh=table.text("title_zh"),
        title_en=table.text("title_en"),
        overrides=_read_overrides(table) + parent.overrides,
    )
    table.finish()
    return found


def _rule_ids(table: Table, key: str) -> tuple[str, ...]:
    ids = table.texts(key)
    for rule_id in ids:
        if rule_id not in base_rules():
            raise table.fault(f"'{key}' names the unknown rule '{rule_id}'.")
    return ids


def _read_tier(table: Table) -> ApprovalTier:
    keys = ("code", "signer_zh", "signer_en", "when_zh", "when_en")
    tier = ApprovalTier(*(table.text(key) for key in keys))
    table.finish()
    return tier


def _read_alternatives(table: Table) -> dict[str, tuple[str, ...]]:
    if "alternatives" not in table:
        return {}
    rows = table.table("alternatives")
    return {rule_id: _rule_ids(rows, rule_id) for rule_id in rows.names()}


def _read_overrides(table: Table) -> tuple[RuleVersion, ...]:
    found = []
    for row in table.tables("override"):
        rule_id = row.text("rule")
        if rule_id not in base_rules():
            raise row.fault(f"the rule '{rule_id}' does not exist.")
        rule = base_rules()[rule_id]
        version = read_version(row, rule, profile=table.text("id"))
        if any(version.version_id == other.version_id for other in rule.versions):
            raise row.fault(f"the version id '{version.version_id}' is taken by the base rule.")
        found.append(version)
    return tuple(found)
