"""No free close: every way to end a demand without handling it has its conditions."""

from datetime import timedelta

import pytest

from huiyin.casework.cases.refusals import NotLawful, NotPermitted
from huiyin.casework.routing import services as routing
from huiyin.law.calendar import local_date
from tests.factories.cases import Walk, a_walk


def file(walk: Walk):
    return routing.demand_file(demand_id=walk.demand_id, reason="存档", by=walk.people["clerk"], at=walk.at)


def answer(walk: Walk):
    return routing.demand_answer(
        demand_id=walk.demand_id, answer="请耐心", by=walk.people["clerk"], at=walk.at
    )


def route(walk: Walk, by: str = "clerk"):
    return routing.demand_route(
        demand_id=walk.demand_id,
        reason="应走其他途径",
        authority="县人民法院",
        how="到立案庭",
        by=walk.people[by],
        at=walk.at,
    )


@pytest.mark.parametrize("branch", ["petition", "duty", "litigation", "arbitration"])
@pytest.mark.parametrize("ending", [file, answer])
def test_what_asks_for_something_is_neither_filed_nor_answered_off_hand(people, at, branch, ending):
    walk = a_walk(people, at)
    walk.sorted(branch=branch)
    with pytest.raises(NotLawful) as refusal:
        ending(walk)
    assert str(refusal.value.citation)
    assert str(refusal.value.way_out)


@pytest.mark.parametrize("ending", [file, answer])
def test_what_nobody_sorted_cannot_be_put_away(people, at, ending):
    with pytest.raises(NotLawful):
        ending(a_walk(people, at))


def test_a_request_relabelled_as_a_suggestion_is_not_filed(people, at):
    walk = a_walk(people, at)
    walk.sorted(branch="suggestion", purpose="request")
    with pytest.raises(NotLawful):
        file(walk)


def test_thanks_are_filed_with_a_reason(people, at):
    walk = a_walk(people, at)
    walk.sorted(branch="suggestion", purpose="other")
    assert file(walk).stage == "filed"


@pytest.mark.parametrize("branch", ["petition", "duty", "suggestion", "inquiry"])
def test_only_what_has_a_legal_route_is_routed(people, at, branch):
    walk = a_walk(people, at)
    walk.sorted(branch=branch)
    with pytest.raises(NotLawful):
        route(walk)


def test_an_accepted_petition_is_not_routed_away(people, at):
    walk = a_walk(people, at)
    walk.sorted()
    walk.forwarded()
    walk.accepted()
    with pytest.raises(NotLawful) as refusal:
        route(walk, "land_handler")
    assert "处理意见" in str(refusal.value.way_out)


def test_an_assigned_demand_is_reported_back_and_not_routed_away(people, at):
    walk = a_walk(people, at)
    walk.sorted(branch="arbitration")
    walk.assigned()
    walk.accepted()
    with pytest.raises(NotLawful) as refusal:
        route(walk, "land_handler")
    assert "报结" in str(refusal.value.sentence)


def test_the_handling_unit_cannot_note_a_withdrawal(people, at):
    walk = a_walk(people, at)
    walk.sorted()
    walk.forwarded()
    walk.accepted(limit_on=local_date(at) + timedelta(days=20))
    values = {"demand_id": walk.demand_id, "reason": "已协商", "is_confirmed_by_petitioner": True, "at": at}
    with pytest.raises(NotPermitted) as refusal:
        routing.demand_withdraw(by=people["land_handler"], **values)
    assert "查询页面" in str(refusal.value.way_out)
    assert routing.demand_withdraw(by=people["clerk"], **values).stage == "withdrawn"


def test_whoever_only_reads_gives_out_no_work(people, at):
    walk = a_walk(people, at)
    user = people["registrar"]
    with pytest.raises(NotPermitted) as refusal:
        routing.demand_take(demand_id=walk.demand_id, handler=people["clerk"], by=user, at=at)
    assert "分流员" in str(refusal.value.way_out)
    taken = routing.demand_take(demand_id=walk.demand_id, handler=people["clerk"], by=people["clerk"], at=at)
    assert taken.pk == walk.demand_id
    assert walk.demand.handler_id == people["clerk"].pk
