"""The case page's read-model: whole, in few statements, and within the scope."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huiyin.casework.cases.refusals import Invalid, NotLawful, NotPermitted, NotThere
from huiyin.casework.intake.contract import DemandDraft
from huiyin.casework.intake.supplements import code_renew, submission_supplement
from huiyin.casework.replies import services as replies
from huiyin.casework.replies.selectors import case_page, demand_page
from huiyin.law.lifecycle import Step
from huiyin.records.agencies.selectors import agency_directory
from tests.factories.cases import a_receipt, a_walk

pytestmark = pytest.mark.django_db


def refusals_of(people, name, walk, at=None):
    page = case_page(user=people[name], case_id=walk.demand.case_id, at=at or walk.at)
    return {choice.step: choice.refusal for choice in page.demands[0].steps}


def test_the_whole_matter_is_read_in_eight_statements(people, at):
    walk = a_walk(people, at)
    walk.sorted()
    walk.forwarded()
    walk.accepted()
    agency_directory()
    with CaptureQueriesContext(connection) as queries:
        page = case_page(user=people["land_handler"], case_id=walk.demand.case_id, at=at)
    assert len(queries) <= 8, [query["sql"][:80] for query in queries]
    assert len(page.demands[0].clocks) >= 2
    assert [row.kind for row in page.demands[0].documents] == ["forward_letter", "acceptance_notice"]


def test_rows_come_back_with_their_types(people, at):
    walk = a_walk(people, at)
    walk.sorted()
    walk.assigned()
    walk.accepted()
    row = case_page(user=people["clerk"], case_id=walk.demand.case_id, at=at).demands[0]
    referral = row.referrals[0]
    assert referral.sent_at == at
    assert referral.is_designated is False
    assert referral.limit_on == walk.demand.referrals.get().limit_on
    assert {clock.id for clock in row.clocks} == set(walk.demand.clocks.values_list("pk", flat=True))
    assert all(clock.started_at.tzinfo for clock in row.clocks)


def test_a_matter_without_a_visible_demand_is_not_there(people, at):
    receipt = a_receipt(people, at)
    for name in ("outsider", "auditor", "system_admin"):
        with pytest.raises(NotThere):
            case_page(user=people[name], case_id=receipt.case_id, at=at)


def test_a_demand_of_others_has_no_page_though_its_matter_has_one(people, at):
    two = (DemandDraft(statement="请求补偿"), DemandDraft(statement="请求公开"))
    walk = a_walk(people, at, demands=two)
    walk.sorted()
    walk.forwarded()
    other = walk.demand.case.demands.get(position=2)
    with pytest.raises(NotThere):
        demand_page(user=people["land_handler"], demand_id=other.pk, at=at)


def test_a_draft_can_be_signed_by_anybody_but_its_author(people, at):
    walk = a_walk(people, at)
    walk.sorted()
    walk.forwarded()
    walk.accepted()
    walk.drafted()
    replies.reply_submit(demand_id=walk.demand_id, by=people["land_handler"], at=at)
    assert refusals_of(people, "land_signer", walk)[Step.ISSUE_REPLY] is None
    assert isinstance(refusals_of(people, "land_handler", walk)[Step.ISSUE_REPLY], NotPermitted)


def test_after_five_working_days_objecting_is_over(people, at):
    walk = a_walk(people, at)
    walk.sorted()
    walk.forwarded()
    assert refusals_of(people, "land_handler", walk)[Step.OBJECT] is None
    late = refusals_of(people, "land_handler", walk, walk.later(20).at)[Step.OBJECT]
    assert isinstance(late, NotLawful)


def test_what_the_page_calls_possible_the_services_do_not_refuse_for_stage_or_role(people, at):
    walk = a_walk(people, at)
    walk.sorted()
    walk.forwarded()
    possible = {step for step, refusal in refusals_of(people, "land_handler", walk).items() if not refusal}
    assert possible >= {Step.ACCEPT, Step.OBJECT}
    assert Step.FORWARD not in possible


def test_a_supplement_is_registered_once_and_stands_in_the_matter(people, at):
    receipt = a_receipt(people, at)

    def add():
        return submission_supplement(
            case_id=receipt.case_id,
            text="补充一张照片",
            channel="visit",
            token="s-1",
            by=people["clerk"],
            at=at,
        )

    first, again = add(), add()
    assert (first.is_new, again.is_new, first.submission_id) == (True, False, again.submission_id)
    page = case_page(user=people["clerk"], case_id=receipt.case_id, at=at)
    assert [row.text for row in page.submissions if row.is_supplement] == ["补充一张照片"]
    assert "case.supplemented" in {line.event for line in page.lines}


def test_an_empty_supplement_and_one_to_an_ended_matter_are_refused(people, at):
    walk = a_walk(people, at)

    def add(text, token, by="clerk"):
        return submission_supplement(
            case_id=walk.demand.case_id, text=text, channel="visit", token=token, by=people[by], at=at
        )

    with pytest.raises(Invalid):
        add(" ", "s-2")
    with pytest.raises(NotThere):
        add("x", "s-3", by="outsider")
    walk.sorted()
    walk.forwarded()
    walk.accepted()
    walk.drafted()
    walk.issued()
    walk.served()
    replies.demand_close(demand_id=walk.demand_id, settled="yes", by=people["land_handler"], at=at)
    with pytest.raises(NotLawful) as refused:
        add("还有一件事", "s-4")
    assert "新的信访事项" in str(refused.value.way_out)


def test_only_the_registering_office_renews_a_query_code(people, at):
    walk = a_walk(people, at)
    walk.sorted()
    walk.forwarded("town-liuhe")
    with pytest.raises(NotPermitted):
        code_renew(case_id=walk.demand.case_id, code_version=1, by=people["town_handler"], at=at)
