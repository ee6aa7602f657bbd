"""Read the deadline scenarios (期限算例) that tests and docs/law.md share."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from huiyin.law.calendar import load_calendar, local_date
from huiyin.law.clock_rules import PauseReason, RuleVersion
from huiyin.law.deadlines import Due, Pause, count
from huiyin.law.reading import read_folder
from huiyin.law.rules import own_limit, rule

FOLDER = Path(__file__).parent / "scenarios"


def scenarios() -> list[dict[str, Any]]:
    """Return every scenario as a plain mapping."""
    found = []
    for file in read_folder(FOLDER):
        found += [dict(row.values()) for row in file.tables("scenario")]
    return found


def version_of(scenario: Mapping[str, Any]) -> RuleVersion:
    """Return the rule version that a scenario runs under."""
    start: date | datetime = scenario["start"]
    on = local_date(start) if isinstance(start, datetime) else start
    version = rule(scenario["rule"], scenario.get("profile"), on=on)
    return own_limit(version, scenario["own_days"]) if "own_days" in scenario else version


def count_of(scenario: Mapping[str, Any]) -> Due:
    """Count a scenario."""
    pauses = [
        Pause(row["from"], row.get("until"), PauseReason(row.get("reason", "hearing")))
        for row in scenario.get("pauses", ())
    ]
    return count(
        version_of(scenario),
        scenario["start"],
        calendar=load_calendar(),
        pauses=pauses,
        extended_days=scenario.get("extend", 0),
    )
