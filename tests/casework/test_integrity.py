"""Casework and ledger agree, and where somebody meddled a sentence says so."""

from huiyin.casework.cases.models import Clock, Submission
from huiyin.casework.intake.integrity import faults
from huiyin.casework.intake.staffing import demands_nobody_can_move
from huiyin.casework.intake.supplements import submission_supplement
from huiyin.records.ledger.models import ChainHead, Entry
from tests.factories.cases import a_receipt, a_walk
from tests.flushing import triggers_aside


def test_untouched_records_have_no_fault(people, at):
    walk = a_walk(people, at)
    walk.sorted()
    walk.forwarded()
    submission_supplement(
        case_id=walk.demand.case_id, text="补充照片说明", channel="web", by=None, at=at, token="s1"
    )
    assert list(faults()) == []


def test_a_changed_letter_is_found(people, at):
    receipt = a_receipt(people, at)
    Submission.objects.filter(case_id=receipt.case_id).update(text="我没有意见了")
    assert [f"信访事项 {receipt.case_id} 的来件原文与登记时不一致。"] == list(faults())


def test_a_matter_without_history_is_found(people, at):
    from django.db import connection

    receipt = a_receipt(people, at)
    with triggers_aside(connection):
        Entry.objects.filter(matter_id=receipt.case_id).delete()
        ChainHead.objects.filter(matter_id=receipt.case_id).delete()
    assert f"信访事项 {receipt.number} 没有台账。" in list(faults())


def test_a_demand_without_a_clock_is_found(people, at):
    receipt = a_receipt(people, at)
    Clock.objects.filter(demand__case_id=receipt.case_id).update(stopped_at=at)
    assert len(list(faults())) == 1


def test_a_demand_that_nobody_of_its_unit_can_move_is_named(people, at):
    walk = a_walk(people, at)
    walk.sorted()
    walk.forwarded()
    assert list(demands_nobody_can_move()) == []
    accusation = a_walk(people, at)
    accusation.sorted(branch="accusation")
    accusation.forwarded("supervision", by="sealed_clerk")
    assert list(demands_nobody_can_move()) == []
    people["discipline_officer"].roles = "accusation_officer"
    people["discipline_officer"].save(update_fields=["roles"])
    found = list(demands_nobody_can_move())
    assert len(found) == 1
    assert "检举控告专办员" in found[0]
