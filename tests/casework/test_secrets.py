"""Who petitioned, and that somebody was accused, cannot be found out sideways."""

import pytest

from huiyin.casework.cases.refusals import NotPermitted
from huiyin.casework.intake.contract import DemandDraft
from huiyin.casework.matching.selectors import earlier_matters, links_of
from huiyin.casework.matching.services import cases_link, link_undo
from huiyin.casework.replies.selectors.case_page import case_page
from huiyin.casework.replies.services import petitioners_disclose
from huiyin.casework.routing import services as routing
from huiyin.records.ledger.selectors import entries_of
from huiyin.records.vault.details import IdentityDetails
from tests.factories.cases import Walk, a_receipt, a_walk, demand_of

PHONE = IdentityDetails(phone="13900001234")
TWO = (
    DemandDraft(statement="请求支付征地补偿款"),
    DemandDraft(statement="检举自然资源局工作人员索要好处费", branch="accusation"),
)


def found_by_phone(people, name: str, case_id: int) -> bool:
    matches = earlier_matters(user=people[name], text="", details=PHONE)
    return any(match.case_id == case_id for match in matches)


@pytest.mark.parametrize(("naming", "is_found"), [("named", True), ("secret", False)])
def test_trying_telephone_numbers_does_not_find_who_asked_for_secrecy(people, at, naming, is_found):
    walk = a_walk(people, at, naming=naming)
    walk.sorted()
    walk.forwarded()
    case_id = walk.demand.case_id
    assert found_by_phone(people, "clerk", case_id)
    assert found_by_phone(people, "land_handler", case_id) is is_found


def a_mixed_case(people, at) -> int:
    """One demand with the land bureau, and an accusation of that bureau beside it."""
    receipt = a_receipt(people, at, demands=TWO)
    walk = Walk(people, demand_of(receipt).pk, at)
    walk.sorted()
    walk.forwarded()
    accusation = Walk(people, demand_of(receipt, 2).pk, at)
    accusation.sorted(
        branch="accusation", by="sealed_clerk", accused_agency_id=people.agency_id("natural-resources")
    )
    return receipt.case_id


def test_the_accused_unit_learns_neither_title_nor_petitioner(people, at):
    case_id = a_mixed_case(people, at)
    assert not found_by_phone(people, "land_handler", case_id)
    page = case_page(user=people["land_handler"], case_id=case_id, at=at)
    assert page.title == ""
    told = repr(page)
    assert "检举" not in told
    assert "密封" not in told


def test_an_officer_of_the_accused_office_does_not_learn_who_accused_it(people, at):
    receipt = a_receipt(people, at, demands=TWO)
    routing.demand_sort(
        demand_id=demand_of(receipt, 2).pk,
        content_class="02",
        branch="accusation",
        accused_agency_id=people.agency_id("petition-office"),
        by=people["sealed_clerk"],
        at=at,
    )
    with pytest.raises(NotPermitted):
        petitioners_disclose(case_id=receipt.case_id, purpose="contact", by=people["sealed_clerk"], at=at)
    assert not found_by_phone(people, "sealed_clerk", receipt.case_id)


def test_a_link_to_an_accusation_does_not_show_beside_the_other_matter(people, at):
    walk = a_walk(people, at)
    walk.sorted()
    walk.forwarded()
    open_case = walk.demand.case_id
    accusation = a_walk(people, at, demands=(DemandDraft(statement="检举索要好处费"),))
    accusation.sorted(branch="accusation", accused_agency_id=people.agency_id("natural-resources"))
    link = cases_link(
        case_id=open_case,
        other_id=accusation.demand.case_id,
        kind="related",
        reason="同一人检举国土局收好处费",
        by=people["sealed_clerk"],
        at=at,
    )
    page = case_page(user=people["land_handler"], case_id=open_case, at=at)
    assert page.links == ()
    assert not [line for line in page.lines if line.event == "case.linked"]
    assert links_of(user=people["land_handler"], case_id=open_case) == []
    assert len(links_of(user=people["sealed_clerk"], case_id=open_case)) == 1
    assert "好处费" not in str([line.payload for line in entries_of(open_case)])
    link_undo(link_id=link.pk, reason="认定有误，检举内容不同", by=people["sealed_clerk"], at=at)
    assert links_of(user=people["land_handler"], case_id=open_case) == []
