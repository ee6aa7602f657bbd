"""Who petitioned is shown for a purpose, to whom the law allows, and written down."""

import pytest
from django.urls import reverse

from huiyin.casework.intake.contract import DemandDraft
from huiyin.records.ledger.models import Entry
from huiyin.records.vault.models import Disclosure
from tests.factories.cases import Walk, a_receipt, a_walk, demand_of

pytestmark = pytest.mark.django_db
NAME, PHONE = "周桂兰", "13900001234"


def look(client, case_id, purpose="contact"):
    return client.post(reverse("desk:case_identity", args=[case_id]), {"purpose": purpose})


def at_land(people, at, **changes):
    walk = a_walk(people, at, **changes)
    walk.sorted()
    walk.forwarded()
    return walk


def test_a_handler_sees_the_petitioner_for_a_purpose_and_the_look_is_in_the_ledger(people, desk, lately):
    walk = at_land(people, lately)
    response = look(desk("land_handler"), walk.demand.case_id)
    text = response.content.decode()
    assert response.status_code == 200
    assert NAME in text
    assert PHONE in text
    assert "no-store" in response["Cache-Control"]
    disclosure = Disclosure.objects.get()
    assert (disclosure.user_id, disclosure.purpose) == (people["land_handler"].pk, "contact")
    entry = Entry.objects.get(matter_id=walk.demand.case_id, event="identity.disclosed")
    assert NAME not in entry.payload


@pytest.mark.parametrize("purpose", ["", "curiosity", "own_access"])
def test_without_a_purpose_of_the_law_nothing_is_shown(people, desk, lately, purpose):
    walk = at_land(people, lately)
    response = look(desk("land_handler"), walk.demand.case_id, purpose)
    assert response.status_code == 422
    assert NAME not in response.content.decode()
    assert not Disclosure.objects.exists()


def test_another_agency_gets_the_answer_for_what_does_not_exist(people, desk, lately):
    walk = at_land(people, lately)
    assert look(desk("outsider"), walk.demand.case_id).status_code == 404
    assert look(desk("outsider"), 999_999).status_code == 404
    assert not Disclosure.objects.exists()


def test_a_petitioner_who_asked_for_secrecy_is_known_to_the_registering_office_only(people, desk, lately):
    walk = at_land(people, lately, naming="secret")
    response = look(desk("land_handler"), walk.demand.case_id)
    assert response.status_code == 403
    assert NAME not in response.content.decode()
    assert "登记机构" in response.content.decode()
    assert NAME in look(desk("clerk"), walk.demand.case_id).content.decode()


def test_secrecy_and_an_accusation_elsewhere_read_alike_to_the_unit(people, desk, lately):
    secret = at_land(people, lately, naming="secret")
    both = (DemandDraft(statement="请求支付补偿款"), DemandDraft(statement="反映经办人收受礼金"))
    receipt = a_receipt(people, lately, demands=both, by=people["sealed_clerk"])
    own = Walk(people, demand_of(receipt, 1).pk, lately)
    own.sorted()
    own.forwarded()
    Walk(people, demand_of(receipt, 2).pk, lately).sorted(
        branch="accusation", by="sealed_clerk", accused_agency_id=people.agency_id("natural-resources")
    )
    client = desk("land_handler")
    notices = [
        look(client, case_id).context["notice"] for case_id in (secret.demand.case_id, receipt.case_id)
    ]
    assert notices[0] == notices[1]
    pages = [
        client.get(reverse("desk:case", args=[case_id])).context["case"]
        for case_id in (secret.demand.case_id, receipt.case_id)
    ]
    assert [page.naming for page in pages] == ["身份不公开", "身份不公开"]
    assert [page.people for page in pages] == [(), ()]


def test_a_supervisor_without_the_right_is_told_so(people, desk, lately):
    walk = at_land(people, lately)
    walk.objected()
    response = look(desk("county_supervisor"), walk.demand.case_id)
    assert response.status_code == 404


def test_looking_by_address_alone_shows_nothing(people, desk, lately):
    walk = at_land(people, lately)
    response = desk("land_handler").get(reverse("desk:case_identity", args=[walk.demand.case_id]))
    assert response.status_code == 302
    assert not Disclosure.objects.exists()
