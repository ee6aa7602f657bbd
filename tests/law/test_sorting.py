"""Branches, routes, grounds, jurisdiction, confidentiality, handling and classes (分类、管辖、保密、办理)."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from huiyin.law import handling
from huiyin.law.acceptance import ground, grounds, grounds_for, outcomes_for
from huiyin.law.branches import (
    CATEGORY_OF_PURPOSE,
    PURPOSE_LABELS,
    Branch,
    LegalCategory,
    Purpose,
    branch_rule,
    branches_for,
    legal_routes,
    routes_of,
)
from huiyin.law.classes import class_list, class_lists
from huiyin.law.confidentiality import may_receive, may_release_identity, representative_rule
from huiyin.law.jurisdiction import Remit, propose
from huiyin.law.lifecycle import Step
from huiyin.law.profiles import profiles

REMITS = [
    Remit("housing", "04", "9901"),
    Remit("police", "10", "9901"),
    Remit("traffic", "1005", "9901"),
    Remit("east-town", "", "990101"),
    Remit("east-town-police", "10", "990101"),
    Remit("county", "", "990100000000"),
]


def test_the_six_branches_of_article_31_are_numbered_as_in_the_article() -> None:
    six = [Branch.LITIGATION, Branch.ARBITRATION, Branch.PARTY_APPEAL, Branch.ADMINISTRATIVE, Branch.DUTY,
           Branch.PETITION]  # fmt: skip
    assert [branch_rule(branch).citation.item for branch in six] == [1, 2, 3, 4, 5, 6]
    assert {branch_rule(branch).category for branch in six} == {LegalCategory.REQUEST}


def test_suggestions_rest_on_article_29_and_accusations_on_article_30() -> None:
    assert branch_rule("suggestion").citation.articles == ("29",)
    assert branch_rule("accusation").citation.articles == ("30",)


def test_a_branch_that_is_routed_has_a_route_to_show() -> None:
    for branch in Branch:
        assert bool(routes_of(branch)) or not branch_rule(branch).is_routed


def test_every_route_names_authority_limits_and_source_in_both_languages() -> None:
    assert len(legal_routes()) >= 12
    for route in legal_routes().values():
        assert route.branches
        assert all((route.authority_zh, route.authority_en, route.citation.text_zh))
        assert all((route.applicant_limit_zh, route.applicant_limit_en))
        assert all((route.authority_limit_zh, route.authority_limit_en))


def test_purposes_lead_to_the_three_categories() -> None:
    assert set(CATEGORY_OF_PURPOSE) == set(PURPOSE_LABELS) == set(Purpose)
    assert (
        CATEGORY_OF_PURPOSE[Purpose.APPEAL] is CATEGORY_OF_PURPOSE[Purpose.REQUEST] is LegalCategory.REQUEST
    )
    assert CATEGORY_OF_PURPOSE[Purpose.INQUIRY] is None
    assert branches_for("request")[0] is Branch.PETITION
    assert branches_for("accusation") == (Branch.ACCUSATION,)
    assert branches_for("inquiry")[0] is Branch.INQUIRY
    assert set(branches_for("other")) == set(Branch)


def test_every_refusal_has_a_ground_an_article_and_a_next_step() -> None:
    for step in (Step.DECLINE, Step.DECLINE_FINAL, Step.REDIRECT, Step.ROUTE):
        assert grounds_for(step)
    for found in grounds().values():
        assert all((found.title_zh, found.title_en, found.next_zh, found.next_en))
        assert found.citation.articles


@pytest.mark.parametrize(
    ("code", "step", "article"),
    [
        ("pending_elsewhere", Step.DECLINE, "19"),
        ("review_finished", Step.DECLINE_FINAL, "36"),
        ("not_within_powers", Step.REDIRECT, "23"),
        ("litigation_separated", Step.ROUTE, "31"),
    ],
)
def test_a_ground_belongs_to_one_outcome_and_its_article(code: str, step: Step, article: str) -> None:
    assert ground(code).step is step
    assert article in ground(code).citation.articles


def test_an_unknown_ground_is_refused() -> None:
    with pytest.raises(ValueError, match="no ground 'nuisance'"):
        ground("nuisance")


@pytest.mark.parametrize("profile", list(profiles()))
def test_outcomes_follow_the_profile_and_put_the_fitting_first(profile: str) -> None:
    codes = [outcome.step.value for outcome in outcomes_for(profile)]
    assert sorted(codes) == sorted(profiles()[profile].outcomes)
    assert outcomes_for(profile, "inquiry")[0].step is Step.ANSWER
    assert outcomes_for(profile, "arbitration")[0].step is Step.ROUTE


@pytest.mark.parametrize(
    ("content_class", "region", "agency"),
    [
        ("0401", "990102003", "housing"),
        ("1001", "990102003", "police"),
        ("1005", "990102003", "traffic"),
        ("1005", "990101003", "traffic"),
        ("1001", "990101003", "east-town-police"),
        ("0501", "990101003", "east-town"),
        ("0501", "990102003", "county"),
    ],
)
def test_the_most_specific_remit_is_proposed(content_class: str, region: str, agency: str) -> None:
    proposal = propose(REMITS, content_class, region)
    assert proposal.agency_code == agency
    assert agency not in proposal.alternatives
    assert proposal.reason_zh.endswith("。")
    assert proposal.reason_en.endswith(".")


def test_where_nobody_answers_the_clerk_decides() -> None:
    proposal = propose(REMITS, "0501", "880000")
    assert proposal.agency_code is None
    assert "by hand" in proposal.reason_en


def test_the_accused_agency_is_never_proposed_and_not_even_an_alternative() -> None:
    proposal = propose(REMITS, "0401", "990102003", accused="housing")
    assert proposal.agency_code == "county"
    assert "housing" not in proposal.alternatives
    assert "第三十条" in proposal.reason_zh


def test_where_only_the_accused_answers_nobody_is_proposed() -> None:
    proposal = propose(REMITS[:1], "0401", "990102003", accused="housing")
    assert proposal.agency_code is None
    assert proposal.citation.articles == ("30",)


def test_two_equally_specific_remits_are_both_named() -> None:
    proposal = propose([Remit("a", "05", "9901"), Remit("b", "05", "9901")], "0501", "990102")
    assert (proposal.agency_code, proposal.alternatives) == ("a", ("b",))
    assert "第二十四条" in proposal.reason_zh


@pytest.mark.parametrize("superiors", [(), ("bureau",)])
def test_accusation_material_does_not_reach_the_accused_unit_or_a_part_of_it(
    superiors: tuple[str, ...],
) -> None:
    recipient = "section" if superiors else "bureau"
    verdict = may_receive(
        branch="accusation", agency_code=recipient, accused_codes=["bureau"], superior_codes=superiors
    )
    assert not verdict.is_allowed
    assert verdict.citation is not None
    assert verdict.citation.articles == ("30",)


def test_other_material_may_reach_the_unit_it_is_about() -> None:
    assert may_receive(branch="petition", agency_code="bureau", accused_codes=["bureau"]).is_allowed
    assert may_receive(branch="accusation", agency_code="discipline", accused_codes=["bureau"]).is_allowed


@pytest.mark.parametrize(
    ("branch", "secrecy", "anonymous", "allowed"),
    [
        ("petition", False, False, True),
        ("petition", True, False, False),
        ("petition", False, True, False),
        ("accusation", False, False, False),
        (None, False, False, True),
    ],
)
def test_an_identity_goes_along_only_when_nobody_needs_it_kept(
    branch: str | None, secrecy: bool, anonymous: bool, allowed: bool
) -> None:
    verdict = may_release_identity(branch=branch, wants_secrecy=secrecy, is_anonymous=anonymous)
    assert verdict.is_allowed is allowed
    assert bool(verdict.reason_zh) is not allowed


@pytest.mark.parametrize(
    ("variant", "head_count", "most"),
    [("", 100, 5), ("", 6, 5), ("zhejiang", 10, 3), ("zhejiang", 11, 5), ("zhejiang", None, 5)],
)
def test_a_joint_visit_sends_at_most_so_many_representatives(
    variant: str, head_count: int | None, most: int
) -> None:
    assert representative_rule(variant, head_count).most_on_visits == most


def test_an_opinion_has_four_compulsory_contents_and_the_remedy() -> None:
    codes = [part.code for part in handling.compulsory_contents("petition")]
    assert codes == ["request", "facts", "opinion", "basis", "remedy"]
    missing = handling.missing_contents("petition", {"request": "修路", "facts": "属实", "opinion": " "})
    assert [part.code for part in missing] == ["opinion", "basis", "remedy"]


def test_an_opinion_has_three_outcomes_and_a_fourth_where_local_rules_have_it() -> None:
    assert len(handling.outcomes_for("petition")) == 3
    assert handling.ReplyOutcome.PARTLY_SUPPORTED in handling.outcomes_for("duty", has_partly_supported=True)
    assert handling.ReplyOutcome.ADOPTED in handling.outcomes_for("suggestion")
    assert handling.outcomes_for("inquiry") == (handling.ReplyOutcome.ANSWERED,)


def test_labels_are_complete() -> None:
    assert set(handling.OUTCOME_LABELS) == set(handling.OUTCOME_CITATIONS) == set(handling.ReplyOutcome)
    assert set(handling.HANDLING_STEP_LABELS) == set(handling.HandlingStep)


def test_there_are_twenty_classes_and_the_older_seventeen_lead_to_them() -> None:
    edition = class_list()
    assert len(edition.first_level()) == 20
    older = [
        "农村农业",
        "国土资源",
        "城乡建设",
        "劳动和社会保障",
        "卫生计生",
        "教育文体",
        "民政",
        "政法",
        "经济管理",
        "交通运输",
        "商贸旅游",
        "科技与信息产业",
        "环境保护",
        "党务政务",
        "组织人事",
        "纪检监察",
        "其他",
    ]
    assert len(older) == 17
    assert all(edition.from_older(name) for name in older)
    found = edition.find("环境保护")
    assert found is not None
    assert (found.name_zh, found.full_code) == ("生态环境", "140000")


def test_a_class_is_found_by_code_full_code_and_name() -> None:
    edition = class_list(date(2026, 1, 1))
    assert edition.find("99") == edition.find("990000") == edition.find("其他")
    assert edition.find("no such class") is None
    with pytest.raises(ValueError, match="No list of content classes"):
        class_list(date(2000, 1, 1))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('[[class]]\ncode="1"\nname_zh="a"\nname_en="a"', "2, 4 or 6 digits"),
        ('[[class]]\ncode="0101"\nname_zh="a"\nname_en="a"', "before its parent"),
        (
            '[[class]]\ncode="01"\nname_zh="a"\nname_en="a"\n[[class]]\ncode="01"\nname_zh="b"\nname_en="b"',
            "twice",
        ),
    ],
)
def test_a_list_of_classes_that_cannot_be_right_is_refused(tmp_path: Path, text: str, sentence: str) -> None:
    (tmp_path / "list.toml").write_text(
        f'version = "x"\nin_use_from = 2023-01-01\n{text}\n', encoding="utf-8"
    )
    wrong: Any = tmp_path
    with pytest.raises(ValueError, match=sentence):
        class_lists(wrong)
