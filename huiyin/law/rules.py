"""Look up deadline rules (期限规则): by day and profile for a new clock, by version for a running one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from huiyin.law.citations import Citation
from huiyin.law.clock_rules import (
    ClockRule,
    Direction,
    ExtensionRule,
    PauseReason,
    RuleVersion,
    Unit,
    base_rules,
)
from huiyin.law.profiles import profile as find_profile
from huiyin.law.profiles import profiles
from huiyin.law.reading import LawDataError

OWN_LIMIT = "OWN"

__all__ = [
    "OWN_LIMIT",
    "Citation",
    "ClockRule",
    "Direction",
    "ExtensionRule",
    "PauseReason",
    "RuleError",
    "RuleVersion",
    "Unit",
    "clock_rule",
    "own_limit",
    "rule",
    "rule_version",
    "rules",
]


class RuleError(LawDataError):
    """There is no such rule or version (没有该规则)."""


def rules() -> Mapping[str, ClockRule]:
    """Return all deadline rules by id, in the order of the data files (全部期限规则)."""
    return base_rules()


def clock_rule(rule_id: str) -> ClockRule:
    """Return one rule with all its versions (期限规则).

    Raises:
        RuleError: there is no such rule; the sentence names its variants or the nearest way to the list.
    """
    found = base_rules().get(rule_id)
    if found is not None:
        return found
    variants = [rule.id for rule in base_rules().values() if rule.variant_of == rule_id]
    if variants:
        raise RuleError(f"The rule {rule_id} has variants; choose one of {', '.join(variants)}.")
    raise RuleError(f"There is no rule '{rule_id}'; 'huiyin deadline --list' shows all rules.")


def rule(rule_id: str, profile: str | None = None, *, on: date) -> RuleVersion:
    """Return the version in force on the start day, the profile's own first (起算日有效的版本).

    Raises:
        RuleError: no such rule, or none in force on that day.
    """
    base = clock_rule(rule_id)
    if profile is not None:
        own = find_profile(profile).override(rule_id, on)
        if own is not None:
            return own
    for version in base.versions:
        if version.is_in_force(on):
            return version
    first = base.versions[0].effective_from
    raise RuleError(f"The rule {rule_id} has no version in force on {on}; the first applies from {first}.")


def rule_version(rule_id: str, version_id: str, *, profile: str | None = None) -> RuleVersion:
    """Return the version that a matter keeps (事项沿用的版本); the profile only says where to look first.

    Raises:
        RuleError: no such version.
    """
    for version in clock_rule(rule_id).versions:
        if version.version_id == version_id:
            return version
    known = profiles()
    first = [known[profile]] if profile is not None and profile in known else []
    for owner in [*first, *known.values()]:
        for version in owner.overrides:
            if (version.rule_id, version.version_id) == (rule_id, version_id):
                return version
    raise RuleError(f"The rule {rule_id} has no version '{version_id}'.")


def own_limit(version: RuleVersion, length: int, unit: Unit = Unit.CALENDAR_DAY) -> RuleVersion:
    """Return the own-limit rule with the number that the assignment sets (交办自定期限).

    Raises:
        RuleError: the rule is not the own limit, or the number is not positive.
    """
    if version.rule_id != OWN_LIMIT:
        raise RuleError(
            f"Only the rule {OWN_LIMIT} takes a limit of one's own; {version.rule_id} is fixed by "
            f"{version.citation.text_en}."
        )
    if length < 1:
        raise RuleError("The limit set in an assignment must be at least 1.")
    return replace(version, length=length, unit=unit)
