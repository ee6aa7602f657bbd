"""Sending and receiving: letters, clocks, objections; the demand is never without an owner."""

from datetime import timedelta
from typing import Any

import pytest

from huiyin.casework.cases.models import Clock, Demand
from huiyin.casework.cases.refusals import (
    ChangedMeanwhile,
    Invalid,
    NotLawful,
    NotPermitted,
    NotThere,
)
from huiyin.casework.routing import services as routing
from huiyin.casework.routing.models import Objection, Referral
from huiyin.law.calendar import local_date
from huiyin.records.documents.models import Document
from huiyin.records.ledger.selectors import entries_of
from tests.factories.cases import a_walk


def running(demand_id: int) -> dict[str, object]:
    return {clock.rule: clock.due_on for clock in Clock.objects.filter(demand_id=demand_id, stopped_at=None)}


def test_a_forwarded_demand_owes_receipt_and_may_be_objected_to(people, at):
    walk = a_walk(people, at)
    walk.sorted()
    demand = walk.forwarded()
    assert demand.stage == "awaiting_receipt"
    assert demand.holder_id == demand.lead_id == people.agency_id("natural-resources")
    assert set(running(demand.pk)) == {"C3", "C4"}
    letter = Document.objects.get(kind="forward_letter")
    assert "转〔2026〕1号" in letter.number


def test_an_unsorted_demand_cannot_be_sent(people, at):
    walk = a_walk(people, at)
    with pytest.raises(NotLawful) as refusal:
        walk.forwarded()
    assert str(refusal.value.way_out)


def test_accepting_a_petition_demand_starts_sixty_days(people, at):
    walk = a_walk(people, at)
    walk.sorted()
    walk.forwarded()
    demand = walk.later(2).accepted()
    clock = Clock.objects.get(demand=demand, rule="C5")
    assert clock.raw_end == local_date(at) + timedelta(days=62)
    assert set(running(demand.pk)) == {"C5"}
    notice = Document.objects.get(kind="acceptance_notice")
    assert clock.due_on.isoformat() in notice.body["limit"]


def test_accepting_another_branch_needs_an_own_limit(people, at):
    walk = a_walk(people, at)
    walk.sorted(branch="duty")
    walk.forwarded()
    with pytest.raises(Invalid) as refusal:
        walk.accepted()
    assert "limit_on" in refusal.value.fields
    limit = local_date(at) + timedelta(days=20)
    assert walk.accepted(limit_on=limit).due_on == limit


def test_an_assigned_demand_owes_a_report_by_the_senders_limit(people, at):
    walk = a_walk(people, at)
    walk.sorted()
    demand = walk.assigned(days=30)
    assert demand.is_assigned
    assert running(demand.pk)["OWN"] == local_date(at) + timedelta(days=30)


def test_objections_within_five_working_days_go_back_to_the_sender(people, at):
    walk = a_walk(people, at)
    walk.sorted()
    walk.forwarded()
    demand = walk.later(3).objected()
    assert (demand.stage, demand.holder_id) == ("objected", people.agency_id("petition-office"))
    assert "C4" not in running(demand.pk)


def test_an_objection_after_five_working_days_is_refused(people, at):
    walk = a_walk(people, at)
    walk.sorted()
    walk.forwarded()
    with pytest.raises(NotLawful) as refusal:
        walk.later(9).objected()
    assert "第二十三条" in str(refusal.value.citation)
    assert walk.demand.holder_id == people.agency_id("natural-resources")


def test_an_objection_needs_reasons_and_a_legal_basis(people, at):
    walk = a_walk(people, at)
    walk.sorted()
    walk.forwarded()
    with pytest.raises(Invalid) as refusal:
        routing.demand_object(
            demand_id=walk.demand_id, reasons=" ", legal_basis="", by=people["land_handler"], at=at
        )
    assert set(refusal.value.fields) == {"reasons", "legal_basis"}


def test_an_agreed_objection_brings_the_demand_back_to_be_sent_on(people, at):
    walk = a_walk(people, at)
    walk.sorted()
    walk.forwarded()
    walk.objected()
    demand = routing.objection_decide(
        demand_id=walk.demand_id, is_agreed=True, reasons="核实属实", by=people["clerk"], at=at
    )
    assert walk.demand.stage == "registered"
    assert walk.demand.holder_id == people.agency_id("petition-office")
    assert "C1" in running(demand.pk)
    assert walk.forwarded("transport").lead_id == people.agency_id("transport")


def test_a_second_objection_goes_to_the_common_superior_who_designates(people, at):
    walk = a_walk(people, at)
    walk.sorted()
    walk.forwarded()
    walk.objected()
    routing.objection_decide(
        demand_id=walk.demand_id, is_agreed=False, reasons="属你局职权", by=people["clerk"], at=at
    )
    assert walk.demand.stage == "awaiting_receipt"
    demand = walk.later(1).objected()
    assert (demand.stage, demand.holder_id) == ("disputed", people.agency_id("qinghe"))
    routing.dispute_designate(
        demand_id=walk.demand_id,
        receiver_id=people.agency_id("natural-resources"),
        reasons="按职责清单",
        by=people["county_supervisor"],
        at=at + timedelta(days=2),
    )
    assert walk.demand.holder_id == people.agency_id("natural-resources")
    with pytest.raises(NotLawful):
        walk.later(2).objected()
    assert walk.later(3).accepted().stage == "accepted"
    assert Objection.objects.count() == 2
    assert Referral.objects.filter(state="accepted", is_designated=True).count() == 1


def test_every_step_leaves_a_line_and_an_owner(people, at):
    walk = a_walk(people, at)
    walk.sorted()
    walk.forwarded()
    walk.objected()
    lines = [line.event for line in entries_of(walk.demand.case_id)]
    assert lines[:3] == ["case.registered", "demand.sorted", "demand.forwarded"]
    assert "demand.objected" in lines
    assert Demand.objects.filter(holder=None).count() == 0


def test_two_people_cannot_both_act_on_what_they_saw(people, at):
    walk = a_walk(people, at)
    walk.sorted()
    seen = walk.demand.version
    walk.forwarded(version=seen)
    with pytest.raises(ChangedMeanwhile):
        routing.demand_accept(
            demand_id=walk.demand_id, contact="", by=people["land_handler"], at=at, version=seen
        )


def test_a_second_accept_is_refused(people, at):
    walk = a_walk(people, at)
    walk.sorted()
    walk.forwarded()
    walk.accepted()
    with pytest.raises(NotLawful):
        walk.accepted()


def test_a_unit_that_is_not_involved_finds_nothing(people, at):
    walk = a_walk(people, at)
    walk.sorted()
    with pytest.raises(NotThere):
        routing.demand_accept(demand_id=walk.demand_id, contact="", by=people["outsider"], at=at)
    with pytest.raises(NotThere):
        routing.demand_accept(demand_id=10**9, contact="", by=people["outsider"], at=at)


def test_a_registrar_may_not_sort(people, at):
    walk = a_walk(people, at)
    with pytest.raises(NotPermitted) as refusal:
        walk.sorted(by="registrar")
    assert "分流员" in str(refusal.value.way_out)


@pytest.mark.parametrize("receiver", ["petition-office"])
def test_an_office_cannot_send_to_itself(people, at, receiver):
    walk = a_walk(people, at)
    walk.sorted()
    with pytest.raises(Invalid):
        walk.forwarded(receiver)


def test_declining_needs_a_legal_ground_and_a_way_forward(people, at):
    walk = a_walk(people, at)
    walk.sorted()
    values: dict[str, Any] = {
        "demand_id": walk.demand_id,
        "by": people["clerk"],
        "at": at,
        "ground": "pending_elsewhere",
        "reason": "省级已受理",
        "where_to_go": "请等候省级答复",
    }
    for field, wrong in (("ground", "busy"), ("where_to_go", "")):
        with pytest.raises(Invalid) as refusal:
            routing.demand_decline(**values | {field: wrong})
        assert field in refusal.value.fields
    routing.demand_decline(**values)
    assert walk.demand.stage == "declined"
    notice = Document.objects.get(kind="decline_notice")
    assert "第十九条" in notice.body["ground"]
    assert running(walk.demand_id) == {}


def test_a_redirect_names_the_authority_and_warns_of_limits(people, at):
    walk = a_walk(people, at)
    walk.sorted(branch="arbitration")
    routing.demand_redirect(
        demand_id=walk.demand_id,
        reason="属于劳动争议",
        authority="县劳动人事争议仲裁院",
        how="携带劳动合同到和平路8号立案窗口",
        by=people["clerk"],
        at=at,
    )
    notice = Document.objects.get(kind="redirect_notice")
    assert "一年" in notice.body["limitation_warning"]


def test_only_the_petitioner_ends_a_demand_by_withdrawing(people, at):
    walk = a_walk(people, at)
    with pytest.raises(NotLawful):
        routing.demand_withdraw(
            demand_id=walk.demand_id,
            reason="来电说不用了",
            is_confirmed_by_petitioner=False,
            by=people["clerk"],
            at=at,
        )
    with pytest.raises(NotThere):
        routing.demand_withdraw(
            demand_id=walk.demand_id,
            reason="不告了",
            is_confirmed_by_petitioner=True,
            by=None,
            at=at,
            case_id=walk.demand.case_id + 1,
        )
    routing.demand_withdraw(
        demand_id=walk.demand_id,
        reason="已经解决",
        is_confirmed_by_petitioner=True,
        by=None,
        at=at,
        case_id=walk.demand.case_id,
    )
    assert walk.demand.stage == "withdrawn"
    assert not walk.demand.is_open


@pytest.mark.parametrize("days", [-3, 0, 181, 4000])
def test_an_own_limit_is_a_day_to_work_towards(people, at, days):
    walk = a_walk(people, at)
    walk.sorted(branch="duty")
    walk.forwarded()
    with pytest.raises(Invalid) as refusal:
        walk.accepted(limit_on=local_date(at) + timedelta(days=days))
    assert "limit_on" in refusal.value.fields


def test_a_designated_unit_gets_as_many_days_as_the_first_one(people, at):
    walk = a_walk(people, at)
    walk.sorted()
    walk.assigned(days=5)
    walk.objected()
    routing.objection_decide(
        demand_id=walk.demand_id, is_agreed=False, reasons="属你局职权", by=people["clerk"], at=at
    )
    walk.later(1).objected()
    later = walk.later(20)
    referral = routing.dispute_designate(
        demand_id=walk.demand_id,
        receiver_id=people.agency_id("transport"),
        reasons="按职责清单",
        by=people["county_supervisor"],
        at=later.at,
    )
    assert referral.limit_on == local_date(later.at) + timedelta(days=5)


def test_a_dispute_never_goes_to_the_accused(people, at):
    walk = a_walk(people, at)
    walk.sorted()
    walk.forwarded()
    walk.objected()
    routing.objection_decide(
        demand_id=walk.demand_id, is_agreed=False, reasons="属你局职权", by=people["clerk"], at=at
    )
    Demand.objects.filter(pk=walk.demand_id).update(accused_agency_id=people.agency_id("qinghe"))
    with pytest.raises((NotLawful, NotThere)):
        walk.later(1).objected()
    assert walk.demand.stage == "awaiting_receipt"


def test_a_purpose_that_is_none_is_named(people, at):
    with pytest.raises(Invalid) as refusal:
        a_walk(people, at).sorted(purpose="闹访")
    assert "purpose" in refusal.value.fields
