"""Rules, versions, profiles and citations (规则、版本、模式和依据)."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from huiyin.law.citations import cite, laws
from huiyin.law.clock_rules import Unit, read_rule
from huiyin.law.profiles import profile, profiles
from huiyin.law.reading import LawDataError, Table, read_file
from huiyin.law.rules import RuleError, own_limit, rule, rule_version, rules

TODAY = date(2026, 3, 2)


def test_every_row_of_the_clock_table_has_a_rule() -> None:
    numbers = {(found.variant_of or found.id).partition("_")[0] for found in rules().values()}
    assert numbers == {f"C{number}" for number in range(1, 23)} | {"OWN"}


def test_a_rule_is_the_version_in_force_on_the_start_day() -> None:
    assert rule("C5", on=date(2022, 4, 30)).citation.law == "R2005"
    assert rule("C5", on=date(2022, 5, 1)).citation.law == "R2022"


def test_a_matter_keeps_the_version_it_started_under() -> None:
    old = rule("C5", on=date(2022, 4, 30))
    assert rule_version("C5", old.version_id) == old


def test_a_day_before_the_first_version_is_refused_with_that_day() -> None:
    with pytest.raises(RuleError, match="applies from 2005-05-01"):
        rule("C5", on=date(2005, 4, 30))


def test_a_profile_replaces_a_number_and_leaves_the_others() -> None:
    assert rule("C14", "npc-transfer-90-days", on=TODAY).length == 90
    assert rule("C14", "npc-transfer", on=TODAY).length == 60
    assert rule("C5", "npc-transfer-90-days", on=TODAY) == rule("C5", on=TODAY)


def test_a_profile_s_version_is_found_again_by_its_id() -> None:
    own = rule("C14", "npc-transfer-90-days", on=TODAY)
    assert rule_version("C14", own.version_id) == own
    assert rule_version("C14", own.version_id, profile="npc-transfer-90-days") == own
    assert rule_version("C14", "2022", profile="npc-transfer-90-days").length == 60


@pytest.mark.parametrize(
    ("ask", "sentence"),
    [
        (lambda: rule("C99", on=TODAY), "no rule 'C99'"),
        (lambda: rule("C19", on=TODAY), "choose one of C19_2H, C19_7D"),
        (lambda: rule("C5", "ministry", on=TODAY), "no profile 'ministry'"),
        (lambda: rule_version("C5", "1999"), "no version '1999'"),
        (lambda: own_limit(rule("C5", on=TODAY), 90), "fixed by"),
        (lambda: own_limit(rule("OWN", on=TODAY), 0), "at least 1"),
        (lambda: cite("XYZ", 1), "not listed"),
    ],
)
def test_what_does_not_exist_is_refused_with_a_sentence(ask: Any, sentence: str) -> None:
    with pytest.raises(LawDataError, match=sentence):
        ask()


def test_an_assignment_sets_its_own_limit() -> None:
    version = own_limit(rule("OWN", on=TODAY), 10, Unit.WORKING_DAY)
    assert (version.length, version.unit, version.version_id) == (10, Unit.WORKING_DAY, "2022")


def test_only_review_may_be_paused_and_only_for_a_hearing() -> None:
    pausable = {
        version.rule_id for found in rules().values() for version in found.versions if version.pause_reasons
    }
    assert pausable == {"C9"}


def test_only_handling_may_be_extended_and_by_thirty_days() -> None:
    extendable = {
        version.rule_id: version.extension.max_days
        for found in rules().values()
        for version in found.versions
        if version.extension
    }
    assert extendable == {"C5": 30, "C14": 30}


def test_alternatives_of_a_profile_are_variants_that_exist() -> None:
    found = profile("hotline-12345").alternatives
    assert found == {"C18": ("C19_2H", "C19_24H", "C19_7D", "C19_15D")}


@pytest.mark.parametrize("name", list(profiles()))
def test_a_profile_says_who_signs(name: str) -> None:
    tiers = profile(name).approvals
    assert tiers[0].code == "ordinary"
    assert all(tier.signer_zh and tier.signer_en and tier.when_zh and tier.when_en for tier in tiers)


@pytest.mark.parametrize(
    ("article", "text"),
    [
        (5, "第五条"),
        (10, "第十条"),
        (19, "第十九条"),
        (34, "第三十四条"),
        (100, "第一百条"),
        (201, "第二百零一条"),
    ],
)
def test_articles_are_written_in_chinese_numerals(article: int, text: str) -> None:
    assert cite("CIV", article).text_zh == f"《民法典》{text}"


def test_a_citation_names_paragraph_and_item() -> None:
    place = cite("R2022", 22, paragraph=1, item=3)
    assert place.text_zh == "《信访工作条例》第二十二条第一款第（三）项"
    assert place.text_en == "Regulations on Petition Work (2022), Art. 22 para. 1(3)"
    assert place.short_text == "R2022 22"


def test_every_listed_text_has_both_titles() -> None:
    assert all(law.title_zh and law.title_en for law in laws().values())


EXTENSION = {"max_days": 1, "approver": "signer", "approver_zh": "人", "approver_en": "x", "notice": "n"}


def row(**changes: Any) -> dict[str, Any]:
    version: dict[str, Any] = {
        "id": "1", "from": "2025-01-01", "length": 5, "unit": "calendar_day",
        "citation": {"law": "R2022", "articles": ["1"], "certainty": "A"},
    }  # fmt: skip
    found: dict[str, Any] = {
        "id": "X1", "title_zh": "规则", "title_en": "rule", "party": "petitioner",
        "start_event": "received", "stop_events": ["routed"], "version": [version],
    }  # fmt: skip
    for key, value in changes.items():
        (version if key in version or key in ("until", "direction", "extension", "pause_reasons") else found)[
            key if key != "start" else "from"
        ] = value
    return found


def test_a_right_rule_is_read() -> None:
    assert read_rule(Table(row(), "test")).versions[0].length == 5


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (row(length=0), "at least 1"),
        (row(unit="week"), "'week', which is not one of"),
        (row(direction="sideways"), "'sideways'"),
        (row(party="nobody"), "party 'nobody'"),
        (row(start_event="dawn"), "event 'dawn'"),
        (row(stop_events=[]), "stop event"),
        (row(version=[]), "no version"),
        (row(until="2024-01-01"), "ends before it begins"),
        (row(pause_reasons=["rain"]), "'rain'"),
        (row(unit="hour", pause_reasons=["hearing"]), "neither extended nor paused"),
        (row(unit="hour", direction="before"), "backwards"),
        (row(citation={"law": "R2022", "certainty": "E"}), "needs a note"),
        (row(citation={"law": "R2022", "certainty": "Z"}), "'Z'"),
        (row(citation={"law": "NONE", "certainty": "A"}), "not listed"),
        (row(extension=EXTENSION | {"max_days": 0}), "at least one day"),
        (row(lenght=5), "unknown field"),
        (row(version=row()["version"] * 2), "same id"),
        (row(version=[row()["version"][0], row(id="x")["version"][0] | {"id": "2"}]), "overlap"),
    ],
)  # fmt: skip
def test_a_rule_that_cannot_be_right_is_refused(wrong: dict[str, Any], sentence: str) -> None:
    with pytest.raises(LawDataError, match=sentence):
        read_rule(Table(wrong, "test"))


@pytest.mark.parametrize(
    ("read", "sentence"),
    [
        (lambda table: table.text("missing"), "missing"),
        (lambda table: table.text("number"), "must be a text"),
        (lambda table: table.texts("number"), "list of texts"),
        (lambda table: table.whole("truth"), "whole number"),
        (lambda table: table.share("number"), "between 0 and 1"),
        (lambda table: table.flag("number"), "true or false"),
        (lambda table: table.day("number"), "must be a date"),
        (lambda table: table.table("number"), "must be a table"),
        (lambda table: list(table.tables("number")), "list of tables"),
        (lambda table: table.finish(), "unknown field"),
    ],
)
def test_a_field_of_the_wrong_kind_is_refused_by_name(read: Any, sentence: str) -> None:
    with pytest.raises(LawDataError, match=sentence):
        read(Table({"number": 5, "truth": True}, "test"))


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LawDataError, match="cannot be read"):
        read_file(tmp_path / "none.toml")


@pytest.mark.parametrize("name", list(profiles()))
def test_an_imported_matter_of_earlier_years_has_its_registration_clock(name: str) -> None:
    for year in range(2006, 2027):
        for rule_id in profile(name).registration_clocks:
            assert rule(rule_id, name, on=date(year, 1, 1)).length >= 1
