"""An accusation never reaches the accused, and nobody but the discipline organ can make it vanish."""

from datetime import timedelta

import pytest

from huiyin.casework.cases.models import Clock
from huiyin.casework.cases.refusals import Invalid, NotLawful
from huiyin.casework.cases.scope import demands_visible_to
from huiyin.casework.intake.contract import DemandDraft
from huiyin.casework.routing import services as routing
from huiyin.law.calendar import local_date
from huiyin.records.agencies.selectors import agency_directory
from huiyin.records.ledger.selectors import entries_of
from tests.factories.cases import Walk, a_walk

TEXT = "反映东洼村村干部克扣低保款，已有多人可以作证。"


def an_accusation(people, at, *, accused: str = "natural-resources", by: str = "clerk", **changes) -> Walk:
    """A registered accusation, sorted and sealed by `by`'s office."""
    walk = a_walk(people, at, text=TEXT, demands=(DemandDraft(statement="检举克扣低保款"),), **changes)
    walk.sorted(branch="accusation", by=by, accused_agency_id=people.agency_id(accused))
    return walk


ENDINGS = {
    "file": lambda walk, by: routing.demand_file(
        demand_id=walk.demand_id, reason="重复件", by=by, at=walk.at
    ),
    "answer": lambda walk, by: routing.demand_answer(
        demand_id=walk.demand_id, answer="已了解", by=by, at=walk.at
    ),
    "route": lambda walk, by: routing.demand_route(
        demand_id=walk.demand_id, reason="属纪检", authority="纪委", how="自行前往", by=by, at=walk.at
    ),
    "redirect": lambda walk, by: routing.demand_redirect(
        demand_id=walk.demand_id, reason="属纪检", authority="纪委", how="自行前往", by=by, at=walk.at
    ),
    "decline": lambda walk, by: routing.demand_decline(
        demand_id=walk.demand_id,
        ground="pending_elsewhere",
        reason="已有件",
        where_to_go="等候",
        by=by,
        at=walk.at,
    ),
}


@pytest.mark.parametrize("ending", ENDINGS)
def test_the_office_cannot_end_an_accusation_instead_of_handing_it_over(people, at, ending):
    walk = an_accusation(people, at)
    with pytest.raises(NotLawful) as refusal:
        ENDINGS[ending](walk, people["sealed_clerk"])
    assert "第三十条" in str(refusal.value.citation) or "第二十二、三十条" in str(refusal.value.citation)
    assert "转送" in str(refusal.value.way_out)
    assert walk.demand.is_open


def test_a_unit_hands_an_accusation_over_although_it_forwards_nothing_else(people, at):
    people["town_handler"].roles = "dispatcher accusation_officer"
    people["town_handler"].save(update_fields=["roles"])
    walk = a_walk(people, at, office_id=people.agency_id("town-liuhe"), by=people["town_handler"], text=TEXT)
    walk.sorted(by="town_handler")
    with pytest.raises(NotLawful):
        walk.forwarded("supervision", by="town_handler")
    walk.sorted(branch="accusation", by="town_handler")
    assert walk.forwarded("supervision", by="town_handler").holder_id == people.agency_id("supervision")


def test_an_accusation_of_the_sorting_office_leaves_it_at_once(people, at):
    walk = an_accusation(people, at, accused="petition-office")
    demand = walk.demand
    assert demand.holder_id == people.agency_id("supervision")
    assert demand.is_sealed
    assert not demands_visible_to(people["sealed_clerk"]).filter(pk=demand.pk).exists()
    assert demands_visible_to(people["discipline_officer"]).filter(pk=demand.pk).exists()
    running = Clock.objects.filter(demand=demand, stopped_at=None)
    assert {clock.agency_id for clock in running} == {people.agency_id("supervision")}


def test_the_discipline_organ_takes_up_what_came_to_it_without_a_letter(people, at):
    walk = an_accusation(people, at, accused="petition-office")
    routing.demand_self_handle(
        demand_id=walk.demand_id,
        contact="0999-5500001",
        limit_on=local_date(at) + timedelta(days=30),
        by=people["discipline_officer"],
        at=at,
    )
    assert walk.demand.stage == "accepted"


def test_a_part_of_the_accused_is_the_accused(people, at):
    village = next(
        agency
        for agency in agency_directory().entries
        if agency.parent_id == people.agency_id("town-liuhe") and agency.kind == "village"
    )
    walk = an_accusation(people, at, accused="town-liuhe")
    user = people["outsider"]
    user.agency_id, user.roles = village.id, "accusation_officer handler"
    walk.forwarded("supervision", by="sealed_clerk")
    demand = walk.demand
    demand.involvements.create(case_id=demand.case_id, agency_id=village.id, role="assist", since=at)
    assert not demands_visible_to(user).filter(pk=demand.pk).exists()


def test_sorting_again_without_the_accused_keeps_the_accused(people, at):
    walk = an_accusation(people, at)
    routing.demand_sort(
        demand_id=walk.demand_id,
        content_class="02",
        branch="accusation",
        by=people["sealed_clerk"],
        at=at,
    )
    assert walk.demand.accused_agency_id == people.agency_id("natural-resources")


def test_an_accusation_of_the_discipline_organ_can_be_led_elsewhere(people, at):
    walk = an_accusation(people, at, accused="supervision")
    with pytest.raises(Invalid):
        walk.forwarded("supervision", by="sealed_clerk")
    routing.demand_route(
        demand_id=walk.demand_id,
        reason="被检举的是县纪检监察机关",
        authority="市纪检监察机关",
        how="信函或者网络举报",
        by=people["sealed_clerk"],
        at=at,
    )
    assert walk.demand.stage == "routed"


def test_a_withdrawal_does_not_end_an_accusation_that_was_handed_over(people, at):
    walk = an_accusation(people, at)
    walk.forwarded("supervision", by="sealed_clerk")
    with pytest.raises(NotLawful) as refusal:
        routing.demand_withdraw(
            demand_id=walk.demand_id,
            reason="不举报了",
            is_confirmed_by_petitioner=True,
            by=None,
            at=at,
            case_id=walk.demand.case_id,
        )
    assert "打击报复" in str(refusal.value.way_out)
    assert walk.demand.is_open


def objected_twice(people, at) -> Walk:
    walk = an_accusation(people, at)
    walk.forwarded("supervision", by="sealed_clerk")
    walk.objected(by="discipline_officer")
    routing.objection_decide(
        demand_id=walk.demand_id, is_agreed=False, reasons="属你委职权", by=people["sealed_clerk"], at=at
    )
    return walk


def test_a_dispute_about_an_accusation_spreads_it_to_nobody_else(people, at):
    walk = objected_twice(people, at)
    with pytest.raises(NotLawful) as refusal:
        walk.objected(by="discipline_officer")
    assert "第三十条" in str(refusal.value.citation)
    assert walk.demand.holder_id == people.agency_id("supervision")


def test_what_an_accusation_is_about_stays_out_of_the_ledger(people, at):
    walk = objected_twice(people, at)
    told = " ".join(str(line.payload) for line in entries_of(walk.demand.case_id))
    assert "〔密封〕" in told
    assert "职权" not in told
    assert "交通" not in told
    assert "低保" not in told


def test_a_withdrawal_does_not_end_what_went_straight_to_the_discipline_organ(people, at):
    walk = an_accusation(people, at, accused="petition-office")
    with pytest.raises(NotLawful):
        routing.demand_withdraw(
            demand_id=walk.demand_id,
            reason="有人找我谈话",
            is_confirmed_by_petitioner=True,
            by=None,
            at=at,
            case_id=walk.demand.case_id,
        )


def test_an_accused_agency_that_does_not_exist_is_named(people, at):
    with pytest.raises(Invalid) as refusal:
        a_walk(people, at).sorted(branch="accusation", accused_agency_id=10**8)
    assert "accused_agency" in refusal.value.fields
