"""The scenarios of every clock (期限算例)."""

from typing import Any

import pytest

from huiyin.law.deadlines import DeadlineError
from huiyin.law.rules import rules
from tests.law.scenario_files import count_of, scenarios, version_of

ALL = scenarios()


@pytest.mark.parametrize("scenario", ALL, ids=[row["name"] for row in ALL])
def test_the_date_is_the_one_on_the_wall_calendar(scenario: dict[str, Any]) -> None:
    if "error" in scenario:
        with pytest.raises(DeadlineError, match=scenario["error"]) as caught:
            count_of(scenario)
        assert caught.value.text_zh
        assert caught.value.citation is not None
        return
    due = count_of(scenario)
    assert due.due == scenario["due"]
    assert due.raw_end == scenario.get("raw_end", due.raw_end)
    assert due.due_at == scenario.get("due_at")
    assert due.provisional is scenario.get("provisional", False)
    if "version" in scenario:
        assert version_of(scenario).version_id == scenario["version"]


@pytest.mark.parametrize("rule_id", list(rules()))
def test_every_rule_has_a_scenario_that_ends_on_a_date(rule_id: str) -> None:
    assert [row for row in ALL if row["rule"] == rule_id and "due" in row]


def test_scenario_names_are_unique_and_fields_are_known() -> None:
    assert len({row["name"] for row in ALL}) == len(ALL)
    known = {
        "name", "rule", "profile", "start", "raw_end", "due", "due_at", "extend", "pauses", "own_days",
        "error", "version", "provisional",
    }  # fmt: skip
    assert all(set(row) <= known for row in ALL)


def test_the_test_vectors_of_the_domain_reference_are_among_the_scenarios() -> None:
    wanted = {
        ("2026-01-20", "2026-02-24"), ("2026-02-01", "2026-02-24"), ("2026-01-30", "2026-02-14"),
        ("2025-12-24", "2026-02-24"), ("2026-07-01", "2026-08-31"), ("2026-08-06", "2026-10-08"),
        ("2026-04-19", "2026-05-06"), ("2025-08-02", "2025-10-09"), ("2026-02-12", "2026-02-26"),
        ("2026-09-24", "2026-10-15"), ("2026-04-30", "2026-05-08"), ("2026-02-13", "2026-02-14"),
        ("2025-09-26", "2025-10-16"),
    }  # fmt: skip
    assert wanted <= {(str(row["start"]), str(row.get("due"))) for row in ALL}
