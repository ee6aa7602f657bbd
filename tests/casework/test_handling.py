"""Handling to closing: evidence, extension, reply, service, report, examination, rating."""

from datetime import timedelta

import pytest

from huiyin.casework.cases.models import Clock
from huiyin.casework.cases.refusals import ChangedMeanwhile, Invalid, NotLawful, NotThere
from huiyin.casework.replies import services as replies
from huiyin.casework.replies.models import Rating
from huiyin.law.calendar import local_date
from huiyin.records.documents.models import Document
from tests.factories.cases import Walk, a_walk


def handled(people, at, *, is_assigned: bool = False) -> Walk:
    walk = a_walk(people, at)
    walk.sorted()
    if is_assigned:
        walk.assigned()
    else:
        walk.forwarded()
    walk.accepted()
    return walk


def test_the_five_steps_are_evidence_with_a_date(people, at):
    walk = handled(people, at)
    evidence = replies.step_record(
        demand_id=walk.demand_id,
        five_step="on_site",
        happened_on=local_date(at),
        text="到地块查看",
        by=people["land_handler"],
        at=at,
    )
    assert evidence.step == "on_site"
    with pytest.raises(Invalid) as refusal:
        replies.step_record(
            demand_id=walk.demand_id,
            five_step="on_site",
            happened_on=local_date(at) + timedelta(days=1),
            text="明天去",
            by=people["land_handler"],
            at=at,
        )
    assert "happened_on" in refusal.value.fields


def ask(walk, days=30):
    return replies.extension_request(
        demand_id=walk.demand_id, days=days, reason="需重新测绘", by=walk.people["land_handler"], at=walk.at
    )


def decide(walk, *, is_approved=True):
    return replies.extension_decide(
        demand_id=walk.demand_id,
        is_approved=is_approved,
        reasons="情况复杂",
        by=walk.people["land_signer"],
        at=walk.at,
    )


def test_an_approved_extension_moves_the_date_and_is_told(people, at):
    walk = handled(people, at)
    before = Clock.objects.get(demand_id=walk.demand_id, rule="C5")
    ask(walk)
    decide(walk)
    after = Clock.objects.get(demand_id=walk.demand_id, rule="C5")
    assert after.raw_end == before.raw_end + timedelta(days=30)
    assert walk.demand.due_on == after.due_on
    assert Document.objects.get(kind="extension_notice").body["new_date"] == after.due_on.isoformat()


def test_a_second_extension_is_refused(people, at):
    walk = handled(people, at)
    ask(walk)
    decide(walk)
    with pytest.raises(NotLawful) as refusal:
        ask(walk)
    assert "第三十四条" in str(refusal.value.citation)


@pytest.mark.parametrize("days", [31, 90])
def test_an_extension_beyond_thirty_days_is_refused(people, at, days):
    with pytest.raises(NotLawful):
        ask(handled(people, at), days)


def test_a_refused_extension_leaves_the_date(people, at):
    walk = handled(people, at)
    before = walk.demand.due_on
    ask(walk)
    decide(walk, is_approved=False)
    assert walk.demand.due_on == before


def test_an_extension_after_the_limit_is_refused(people, at):
    walk = handled(people, at)
    with pytest.raises(Invalid):
        ask(walk.later(80))


def test_a_reply_without_its_compulsory_contents_cannot_be_submitted(people, at):
    walk = handled(people, at)
    walk.drafted(facts="", legal_basis="", outcome="")
    with pytest.raises(Invalid) as refusal:
        replies.reply_submit(demand_id=walk.demand_id, by=people["land_handler"], at=at)
    assert set(refusal.value.fields) == {"facts", "legal_basis", "outcome"}
    assert "第三十二条" in str(refusal.value.fields["facts"])


def test_nobody_signs_their_own_draft(people, at):
    walk = handled(people, at)
    people["land_handler"].roles = "handler signer"
    people["land_handler"].save(update_fields=["roles"])
    walk.drafted()
    with pytest.raises(NotLawful):
        walk.issued(by="land_handler")


def test_an_outcome_of_another_branch_is_refused(people, at):
    walk = handled(people, at)
    with pytest.raises(Invalid):
        walk.drafted(outcome="adopted")


def test_an_issued_opinion_names_remedy_body_and_thirty_days(people, at):
    walk = handled(people, at)
    walk.drafted()
    walk.issued()
    opinion = Document.objects.get(kind="handling_opinion")
    assert "30日内" in opinion.body["remedy"]
    assert "诉讼" not in opinion.body["remedy"]


def test_service_starts_the_petitioners_thirty_days(people, at):
    walk = handled(people, at)
    walk.drafted()
    walk.later(5).issued()
    demand = walk.later(7).served()
    clock = Clock.objects.get(demand=demand, rule="C6")
    assert clock.agency_id is None
    assert clock.raw_end == local_date(at) + timedelta(days=37)
    assert Clock.objects.get(demand=demand, rule="C5").stopped_at is not None


def test_nothing_closes_without_service(people, at):
    walk = handled(people, at)
    walk.drafted()
    walk.issued()
    with pytest.raises(NotLawful):
        replies.demand_close(demand_id=walk.demand_id, settled="yes", by=people["land_handler"], at=at)


def test_service_needs_proof_and_a_day_after_issue(people, at):
    walk = handled(people, at)
    walk.drafted()
    walk.later(5).issued()
    with pytest.raises(Invalid) as refusal:
        replies.reply_serve(
            demand_id=walk.demand_id,
            method="post",
            served_on=local_date(at),
            proof="",
            by=people["land_handler"],
            at=at + timedelta(days=6),
        )
    assert set(refusal.value.fields) == {"served_on", "proof"}


def test_closed_settled_and_satisfied_are_three_things(people, at):
    walk = handled(people, at)
    walk.drafted(outcome="not_supported")
    walk.issued()
    walk.served()
    demand = replies.demand_close(demand_id=walk.demand_id, settled="no", by=people["land_handler"], at=at)
    assert (walk.demand.stage, walk.demand.settled) == ("closed", "no")
    assert not Rating.objects.filter(demand=demand).exists()


def test_an_assigned_demand_cannot_be_closed_by_the_unit(people, at):
    walk = handled(people, at, is_assigned=True)
    walk.drafted()
    walk.issued()
    walk.served()
    with pytest.raises(NotLawful):
        replies.demand_close(demand_id=walk.demand_id, settled="yes", by=people["land_handler"], at=at)


def test_a_report_may_be_sent_back_for_rework_and_passes_the_second_time(people, at):
    walk = handled(people, at, is_assigned=True)
    walk.drafted()
    walk.issued()
    walk.served()
    walk.reported()
    assert walk.demand.holder_id == people.agency_id("petition-office")
    examine = {"demand_id": walk.demand_id, "by": people["examiner"], "at": at}
    with pytest.raises(Invalid):
        replies.report_examine(examination="rework", reasons="没有与信访人见面", **examine)
    limit = local_date(at) + timedelta(days=15)
    replies.report_examine(examination="rework", reasons="没有与信访人见面", limit_on=limit, **examine)
    assert (walk.demand.stage, walk.demand.due_on) == ("accepted", limit)
    walk = walk.later(3)
    walk.drafted(opinion="见面核实后，予以支持，十日内拨付。")
    walk.issued()
    walk.served()
    walk.reported()
    replies.report_examine(
        demand_id=walk.demand_id, examination="pass", reasons="事实清楚", by=people["examiner"], at=walk.at
    )
    assert walk.demand.stage == "closed"
    assert Document.objects.filter(kind="handling_opinion").count() == 2


def test_office_and_unit_are_rated_apart_and_once(people, at):
    walk = handled(people, at)
    case_id = walk.demand.case_id
    rate = {"case_id": case_id, "demand_id": walk.demand_id, "at": at}
    with pytest.raises(NotLawful):
        replies.rating_give(scores={"office": "satisfied"}, **rate)
    walk.drafted()
    walk.issued()
    walk.served()
    replies.rating_give(scores={"office": "satisfied", "unit": "unsatisfied"}, **rate)
    given = {rating.body: (rating.agency_id, rating.score) for rating in Rating.objects.all()}
    assert given == {
        "office": (people.agency_id("petition-office"), "satisfied"),
        "unit": (people.agency_id("natural-resources"), "unsatisfied"),
    }
    with pytest.raises(ChangedMeanwhile):
        replies.rating_give(scores={"unit": "satisfied"}, **rate)
    with pytest.raises(NotThere):
        replies.rating_give(
            case_id=case_id + 1, demand_id=walk.demand_id, scores={"unit": "satisfied"}, at=at
        )


def test_nobody_approves_an_extension_of_their_own(people, at):
    walk = handled(people, at)
    people["land_handler"].roles = "handler signer"
    people["land_handler"].save(update_fields=["roles"])
    ask(walk)
    with pytest.raises(NotLawful) as refusal:
        replies.extension_decide(
            demand_id=walk.demand_id, is_approved=True, reasons="同意", by=people["land_handler"], at=at
        )
    assert "第三十四条" in str(refusal.value.citation)
    decide(walk)


def test_an_approval_after_the_limit_heals_nothing(people, at):
    walk = handled(people, at)
    ask(walk)
    before = walk.demand.due_on
    with pytest.raises(NotLawful):
        decide(walk.later(80))
    assert walk.demand.due_on == before
    decide(walk.later(80), is_approved=False)


@pytest.mark.parametrize("days", [0, -5, 10**6])
def test_an_extension_by_a_strange_number_of_days_is_refused(people, at, days):
    with pytest.raises((NotLawful, Invalid)):
        ask(handled(people, at), days)


def test_an_opinion_is_not_served_by_telephone(people, at):
    walk = handled(people, at)
    walk.drafted()
    walk.issued()
    with pytest.raises(Invalid) as refusal:
        replies.reply_serve(
            demand_id=walk.demand_id,
            method="phone",
            served_on=local_date(at),
            proof="电话录音",
            by=people["land_handler"],
            at=at,
        )
    assert "第三十五条" in str(refusal.value.fields["method"])


def test_proof_must_be_a_file_of_this_matter_and_fit_its_place(people, at):
    walk = handled(people, at)
    walk.drafted()
    walk.issued()
    with pytest.raises(Invalid) as refusal:
        replies.reply_serve(
            demand_id=walk.demand_id,
            method="hand",
            served_on=local_date(at),
            proof="签" * 301,
            attachment_id=987654,
            by=people["land_handler"],
            at=at,
        )
    assert set(refusal.value.fields) == {"proof", "scan"}


def test_a_long_reason_is_kept_whole_in_the_letter(people, at):
    walk = a_walk(people, at)
    walk.sorted()
    requirement = "请查清补偿款发放情况。" * 400
    walk.forwarded(requirement=requirement)
    assert Document.objects.get(kind="forward_letter").body["requirement"] == requirement


def test_characters_that_no_database_keeps_are_named(people, at):
    walk = handled(people, at)
    with pytest.raises(Invalid) as refusal:
        walk.drafted(facts="查明\x00属实")
    assert "facts" in refusal.value.fields


def by_the_congress(people, at, days: int = 80) -> Walk:
    """A matter that the People's Congress office registered and assigned."""
    npc = people["npc_clerk"]
    walk = a_walk(people, at, by=npc, office_id=people.agency_id("npc-office"))
    walk.sorted(by="npc_clerk")
    walk.assigned(by="npc_clerk", days=days)
    return walk


def test_the_limit_in_the_congress_letter_is_a_limit(people, at):
    walk = by_the_congress(people, at, days=25)
    walk.accepted()
    clocks = Clock.objects.filter(demand_id=walk.demand_id, stopped_at=None)
    assert {clock.rule for clock in clocks} == {"C5", "C14", "OWN"}
    assert walk.demand.due_on == local_date(at) + timedelta(days=25)


def test_an_extension_moves_both_limits_of_what_the_congress_assigned(people, at):
    walk = by_the_congress(people, at)
    walk.accepted()
    ask(walk)
    decide(walk)
    moved = Clock.objects.filter(demand_id=walk.demand_id, rule__in=["C5", "C14"])
    assert {clock.rule for clock in moved} == {"C5", "C14"}
    assert {clock.extended_days for clock in moved} == {30}
    assert {clock.raw_end for clock in moved} == {local_date(at) + timedelta(days=90)}


def test_the_service_of_a_reply_is_a_step_and_not_a_note(people, at):
    walk = handled(people, at)
    walk.drafted()
    walk.issued()
    opinion = Document.objects.get(kind="handling_opinion")
    with pytest.raises(NotLawful) as refusal:
        replies.document_serve(
            document_id=opinion.pk,
            method="hand",
            served_on=local_date(at),
            proof="签收单",
            by=people["land_handler"],
            at=at,
        )
    assert "送达" in str(refusal.value.way_out)
