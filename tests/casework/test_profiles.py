"""What an office may do with a demand follows its profile, and whatever it may not do says why."""

from datetime import timedelta

import pytest

from huiyin.casework.cases.models import Clock
from huiyin.casework.cases.refusals import NotLawful
from huiyin.casework.replies import services as replies
from huiyin.casework.routing.services import demand_self_handle
from huiyin.law.calendar import local_date
from huiyin.records.agencies.models import Agency
from huiyin.records.agencies.selectors import reference_forget
from tests.factories.cases import Walk, a_walk


def running(demand_id: int) -> set[str]:
    return set(Clock.objects.filter(demand_id=demand_id, stopped_at=None).values_list("rule", flat=True))


def by_the_hotline(people, at) -> Walk:
    walk = a_walk(
        people, at, channel="call", by=people["hotline_agent"], office_id=people.agency_id("hotline")
    )
    walk.sorted(by="hotline_agent")
    return walk


def test_an_order_of_the_hotline_is_answered_by_its_own_clock(people, at):
    walk = by_the_hotline(people, at)
    walk.forwarded(by="hotline_agent")
    assert running(walk.demand_id) == {"C18"}
    walk.accepted()
    assert running(walk.demand_id) == {"C18"}


def test_an_order_assigned_by_the_hotline_owes_the_report_by_the_limit_in_the_letter(people, at):
    walk = by_the_hotline(people, at)
    walk.assigned(by="hotline_agent", days=20)
    walk.accepted()
    walk.drafted()
    walk.issued()
    walk.served()
    assert walk.demand.due_on == local_date(at) + timedelta(days=20)
    walk.reported()
    assert running(walk.demand_id) == set()


def test_an_order_of_the_hotline_cannot_be_extended_and_the_article_says_why(people, at):
    walk = by_the_hotline(people, at)
    walk.forwarded(by="hotline_agent")
    walk.accepted()
    with pytest.raises(NotLawful) as refusal:
        replies.extension_request(
            demand_id=walk.demand_id, days=5, reason="复杂", by=people["land_handler"], at=at
        )
    assert "第三十四条" in str(refusal.value.citation)
    assert str(refusal.value.way_out)


def test_an_office_that_only_redirects_forwards_nothing(people, at):
    Agency.objects.filter(code="npc-office").update(profile="npc-redirect")
    reference_forget()
    walk = a_walk(people, at, by=people["npc_clerk"], office_id=people.agency_id("npc-office"))
    walk.sorted(by="npc_clerk")
    with pytest.raises(NotLawful) as refusal:
        walk.forwarded(by="npc_clerk")
    assert "告知信访人" in str(refusal.value.way_out)
    assert walk.demand.stage == "registered"


def test_the_answer_of_a_congress_office_has_no_review(people, at):
    people["npc_clerk"].roles = "npc_clerk handler"
    people["npc_clerk"].save(update_fields=["roles"])
    walk = a_walk(people, at, by=people["npc_clerk"], office_id=people.agency_id("npc-office"))
    walk.sorted(by="npc_clerk")
    demand_self_handle(demand_id=walk.demand_id, contact="0999-1", by=people["npc_clerk"], at=at)
    walk.drafted(by="npc_clerk")
    people["registrar"].agency_id = people.agency_id("npc-office")
    people["registrar"].roles = "signer"
    people["registrar"].save(update_fields=["roles", "agency"])
    walk.issued(by="registrar", handler="npc_clerk")
    walk.served(by="npc_clerk")
    assert "C6" not in running(walk.demand_id)
