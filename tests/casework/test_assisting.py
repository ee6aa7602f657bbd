"""Assisting units help the lead and move nothing."""

import pytest

from huiyin.casework.cases.refusals import ChangedMeanwhile, Invalid, NotPermitted, NotThere
from huiyin.casework.routing import services as routing
from huiyin.casework.routing.models import Referral
from huiyin.records.agencies.selectors import agency_directory
from huiyin.records.ledger.selectors import entries_of
from tests.factories.cases import Walk, a_walk


def assisted(people, at) -> Walk:
    walk = a_walk(people, at)
    walk.sorted()
    walk.forwarded(assisting=[people.agency_id("housing")])
    return walk


def state_of(walk: Walk, code: str = "housing") -> str:
    referral = Referral.objects.get(
        demand_id=walk.demand_id, role="assist", receiver_id=walk.people.agency_id(code)
    )
    return referral.state


def test_an_assisting_unit_signs_once_and_the_lead_keeps_the_demand(people, at):
    walk = assisted(people, at)
    before = walk.demand
    routing.assist_receive(demand_id=walk.demand_id, by=people["housing_handler"], at=at)
    assert state_of(walk) == "accepted"
    assert (walk.demand.holder_id, walk.demand.stage, walk.demand.version) == (
        before.holder_id,
        before.stage,
        before.version,
    )
    with pytest.raises(ChangedMeanwhile):
        routing.assist_receive(demand_id=walk.demand_id, by=people["housing_handler"], at=at)


def test_an_opinion_is_a_numbered_letter_to_the_lead(people, at):
    walk = assisted(people, at)
    walk.accepted()
    document = routing.assist_opine(
        demand_id=walk.demand_id, opinion="经查，房屋手续齐全。", by=people["housing_handler"], at=at
    )
    assert "协〔2026〕1号" in document.number
    assert document.body["addressee"] == agency_directory().name(people.agency_id("natural-resources"))
    assert state_of(walk) == "accepted"
    events = [line.event for line in entries_of(walk.demand.case_id)]
    assert events[-2:] == ["assist.opined", "document.issued"]


def test_only_whoever_was_asked_to_help_helps(people, at):
    walk = assisted(people, at)
    for name, refusal in (
        ("land_handler", NotThere),
        ("outsider", NotThere),
        ("housing_signer", NotPermitted),
    ):
        with pytest.raises(refusal):
            routing.assist_opine(demand_id=walk.demand_id, opinion="意见", by=people[name], at=at)
    with pytest.raises(Invalid):
        routing.assist_opine(demand_id=walk.demand_id, opinion=" ", by=people["housing_handler"], at=at)


def test_help_ends_when_the_demand_goes_back_to_the_sender(people, at):
    walk = assisted(people, at)
    routing.assist_receive(demand_id=walk.demand_id, by=people["housing_handler"], at=at)
    walk.objected()
    routing.objection_decide(
        demand_id=walk.demand_id, is_agreed=True, reasons="核实属实", by=people["clerk"], at=at
    )
    assert state_of(walk) == "replaced"
    with pytest.raises(NotThere):
        routing.assist_opine(demand_id=walk.demand_id, opinion="意见", by=people["housing_handler"], at=at)


def test_whoever_helps_goes_on_helping_the_designated_unit(people, at):
    walk = assisted(people, at)
    walk.objected()
    routing.objection_decide(
        demand_id=walk.demand_id, is_agreed=False, reasons="属你局职权", by=people["clerk"], at=at
    )
    walk.objected()
    routing.dispute_designate(
        demand_id=walk.demand_id,
        receiver_id=people.agency_id("transport"),
        reasons="按职责清单",
        by=people["county_supervisor"],
        at=at,
    )
    assert state_of(walk) == "awaiting"
    routing.assist_receive(demand_id=walk.demand_id, by=people["housing_handler"], at=at)
