"""Everyone sees only what they may: role × matter, the same for every selector."""

import pytest

from huiyin.casework.cases.scope import cases_visible_to, demands_visible_to, submissions_visible_to
from huiyin.casework.intake.contract import DemandDraft
from huiyin.casework.matching.selectors import earlier_matters
from huiyin.casework.routing import services as routing
from huiyin.records.agencies.models import Agency
from tests.factories.cases import Walk, a_receipt, a_walk, demand_of
from tests.people import ADMINISTRATORS, CAST

OFFICE = {"clerk", "registrar", "examiner", "sealed_clerk"}
LAND = {"land_handler", "land_reviewer", "land_signer"}
LETTER = "镇自然资源所工作人员索要好处费，另外请把我家宅基地的证办下来，谢谢各位领导关心。"


def seers(people, case_id: int) -> dict[str, set[str]]:
    """Who of the whole cast finds the case, by each of the selectors."""
    found: dict[str, set[str]] = {"cases": set(), "demands": set(), "texts": set(), "matches": set()}
    for name in [*CAST, *ADMINISTRATORS]:
        user = people[name]
        if cases_visible_to(user).filter(pk=case_id).exists():
            found["cases"].add(name)
        if demands_visible_to(user).filter(case_id=case_id).exists():
            found["demands"].add(name)
        if submissions_visible_to(user).filter(case_id=case_id).exists():
            found["texts"].add(name)
        text = submissions_text(case_id)
        if any(match.case_id == case_id for match in earlier_matters(user=user, text=text)):
            found["matches"].add(name)
    return found


def everywhere(names: set[str]) -> dict[str, set[str]]:
    """The same people by every selector."""
    return {selector: names for selector in ("cases", "demands", "texts", "matches")}


def submissions_text(case_id: int) -> str:
    from huiyin.casework.cases.models import Submission

    return Submission.objects.get(case_id=case_id).text


def test_a_registered_case_is_seen_by_its_office_only(people, at):
    case_id = a_receipt(people, at).case_id
    assert seers(people, case_id) == everywhere(OFFICE)


def test_a_forwarded_case_is_seen_by_office_and_unit(people, at):
    walk = a_walk(people, at)
    walk.sorted()
    walk.forwarded()
    both = OFFICE | LAND
    assert seers(people, walk.demand.case_id) == everywhere(both)


def test_an_assisting_unit_sees_the_demand_too(people, at):
    walk = a_walk(people, at)
    walk.sorted()
    walk.forwarded(assisting=[people.agency_id("housing")])
    assert {"housing_handler", "housing_signer"} <= seers(people, walk.demand.case_id)["demands"]


def test_a_sorted_accusation_is_seen_only_by_its_officers(people, at):
    walk = a_walk(people, at, text=LETTER, demands=(DemandDraft(statement="检举索要好处费"),))
    walk.sorted(branch="accusation", accused_agency_id=people.agency_id("natural-resources"))
    only = everywhere({"sealed_clerk"})
    assert seers(people, walk.demand.case_id) == only


def test_a_forwarded_accusation_reaches_the_discipline_officer_and_nobody_else(people, at):
    walk = a_walk(people, at, text=LETTER, demands=(DemandDraft(statement="检举索要好处费"),))
    walk.sorted(branch="accusation", accused_agency_id=people.agency_id("natural-resources"))
    walk.forwarded("supervision", by="sealed_clerk")
    who = {"sealed_clerk", "discipline_officer"}
    assert seers(people, walk.demand.case_id) == everywhere(who)


def test_the_accused_sees_the_other_demand_but_not_the_letter(people, at):
    receipt = a_receipt(
        people,
        at,
        text=LETTER,
        demands=(DemandDraft(statement="请求办理宅基地证"), DemandDraft(statement="检举索要好处费")),
    )
    claim, accusation = (Walk(people, demand_of(receipt, n).pk, at) for n in (1, 2))
    accusation.sorted(branch="accusation", accused_agency_id=people.agency_id("natural-resources"))
    claim.sorted()
    claim.forwarded()
    handler = people["land_handler"]
    assert list(demands_visible_to(handler).values_list("pk", flat=True)) == [claim.demand_id]
    assert not submissions_visible_to(handler).exists()
    assert not earlier_matters(user=handler, text=LETTER)
    assert "检举" not in claim.demand.statement
    assert set(demands_visible_to(people["clerk"]).values_list("pk", flat=True)) == {claim.demand_id}


def test_an_accused_agency_stays_blind_even_when_it_is_involved(people, at):
    walk = a_walk(people, at)
    walk.sorted()
    walk.forwarded()
    land = Agency.objects.get(code="natural-resources")
    demand = walk.demand
    demand.holder = demand.office
    demand.accused_agency = land
    demand.save()
    assert not demands_visible_to(people["land_handler"]).exists()


@pytest.mark.parametrize("name", sorted(ADMINISTRATORS))
def test_administrators_see_no_casework(people, at, name):
    a_receipt(people, at)
    assert not cases_visible_to(people[name]).exists()


def test_a_closed_account_sees_nothing(people, at):
    a_receipt(people, at)
    people["clerk"].is_active = False
    assert not cases_visible_to(people["clerk"]).exists()


def test_the_same_petitioner_is_found_by_telephone_within_scope(people, at):
    case_id = a_receipt(people, at, text="完全不同的另一件事情").case_id
    from huiyin.records.vault.details import IdentityDetails

    same = IdentityDetails(phone="139 0000 1234")
    found = earlier_matters(user=people["clerk"], text="噪声扰民影响休息", details=same)
    assert [(match.case_id, match.is_same_petitioner) for match in found] == [(case_id, True)]
    assert not earlier_matters(user=people["outsider"], text="噪声扰民影响休息", details=same)


def test_an_accused_cannot_be_handed_the_accusation(people, at):
    walk = a_walk(people, at)
    walk.sorted(branch="accusation", accused_agency_id=people.agency_id("supervision"))
    from huiyin.casework.cases.refusals import Invalid

    for receiver in ("supervision", "housing"):
        with pytest.raises(Invalid):
            routing.demand_forward(
                demand_id=walk.demand_id,
                receiver_id=people.agency_id(receiver),
                by=people["sealed_clerk"],
                at=at,
            )
