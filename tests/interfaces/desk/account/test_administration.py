"""Three administrators manage accounts, each only the own part; the auditor reads what they did."""

import pytest
from django.test import Client

from huiyin.records.accounts.models import User
from huiyin.records.agencies.directories import AgencyEntry
from huiyin.records.agencies.selectors import agency_directory, class_directory
from huiyin.records.ledger.models import Entry
from huiyin.records.ledger.services import seal_day
from tests.factories.cases import a_receipt


def address(user: User, step: str = "") -> str:
    return f"/desk/accounts/{user.pk}/{step}/" if step else f"/desk/accounts/{user.pk}/"


def housing() -> AgencyEntry:
    """The housing bureau as it stands now."""
    entry = agency_directory().by_code("housing")
    assert entry is not None
    return entry


def test_a_new_account_logs_in_with_the_password_shown_once(desk, people):
    answer = desk("system_admin").post(
        "/desk/accounts/new/",
        {
            "username": "new-clerk",
            "name": "新同事",
            "duty": "casework",
            "agency_id": people.agency_id("housing"),
        },
    )
    password = answer.context["password"]
    assert password in answer.content.decode()
    made = User.objects.get(username="new-clerk")
    assert (made.roles, made.must_change_password) == ("", True)
    log_in = Client().post("/desk/login/", {"username": "new-clerk", "password": password})
    assert log_in.headers["Location"] == "/desk/password/"


def test_a_casework_account_needs_an_agency(desk, people):
    answer = desk("system_admin").post(
        "/desk/accounts/new/", {"username": "x", "name": "某某", "duty": "casework", "agency_id": ""}
    )
    assert answer.status_code == 422
    assert "agency_id" in answer.context["form"].errors


def test_the_system_administrator_makes_no_administrator(desk, people):
    answer = desk("system_admin").post(
        "/desk/accounts/new/", {"username": "x", "name": "某某", "duty": "auditor", "agency_id": ""}
    )
    assert answer.status_code == 422
    assert not User.objects.filter(username="x").exists()


def test_roles_are_the_security_administrators(desk, people):
    clerk = people["registrar"]
    given = {"roles": ["registrar", "signer"], "expected": clerk.revision}
    assert desk("system_admin").post(address(clerk, "roles"), given).status_code == 422
    assert desk("security_admin").post(address(clerk, "roles"), given).status_code == 302
    assert User.objects.get(pk=clerk.pk).role_set == {"registrar", "signer"}


def test_two_administrators_do_not_overwrite_each_other(desk, people):
    clerk = people["registrar"]
    given = {"name": "甲", "agency_id": clerk.agency_id, "expected": clerk.revision}
    client = desk("system_admin")
    assert client.post(address(clerk, "update"), given).status_code == 302
    answer = client.post(address(clerk, "update"), given | {"name": "乙"})
    assert answer.status_code == 422
    assert "已被他人修改" in answer.content.decode()
    assert User.objects.get(pk=clerk.pk).name == "甲"


def test_a_leaver_is_warned_about_and_logged_out(desk, people):
    leaver, client = people["land_signer"], desk("land_signer")
    assert client.get("/desk/").status_code == 200
    admin = desk("system_admin")
    assert "将没有签发人" in admin.get(address(leaver)).content.decode()
    assert admin.post(address(leaver, "deactivate")).status_code == 302
    assert client.get("/desk/").status_code == 302
    assert admin.post(address(leaver, "reactivate")).status_code == 302
    assert User.objects.get(pk=leaver.pk).is_active


def test_a_new_first_password_replaces_the_old_one(desk, people):
    answer = desk("system_admin").post(address(people["clerk"], "reset"))
    password = answer.context["password"]
    assert User.objects.get(username="clerk").check_password(password)


def test_the_security_administrator_unlocks(desk, people):
    for _try in range(5):
        Client().post("/desk/login/", {"username": "clerk", "password": "Wrong-2026-word"})
    assert desk("security_admin").post(address(people["clerk"], "unlock")).status_code == 302
    answer = Client().post("/desk/login/", {"username": "clerk", "password": "Qinghe-2026-test"})
    assert answer.status_code == 302


@pytest.mark.parametrize("step", ["log-out", "unbind"])
def test_other_steps_of_the_security_administrator(desk, people, step):
    client = desk("clerk")
    assert desk("security_admin").post(address(people["clerk"], step)).status_code == 302
    assert client.get("/desk/").status_code == 302


@pytest.mark.parametrize("name", ["clerk", "land_signer", "county_supervisor"])
def test_nobody_else_reaches_the_accounts(desk, people, name):
    client = desk(name)
    for page in ("/desk/accounts/", "/desk/accounts/new/", address(people["clerk"]), "/desk/audit/ledger/"):
        assert client.get(page).status_code == 403
    assert client.post(address(people["registrar"], "deactivate")).status_code == 403


def test_the_auditor_reads_and_changes_nothing(desk, people):
    desk("system_admin").post(address(people["clerk"], "reset"))
    auditor = desk("auditor")
    page = auditor.get("/desk/accounts/changes/").content.decode()
    assert "重置初始口令" in page
    assert "system_admin" in page
    assert auditor.get("/desk/audit/disclosures/").status_code == 200
    assert auditor.post(address(people["clerk"], "reset")).status_code == 403


def test_the_system_administrator_reads_no_audit(desk, people):
    client = desk("system_admin")
    for page in ("/desk/accounts/changes/", "/desk/audit/disclosures/", "/desk/audit/exports/"):
        assert client.get(page).status_code == 403


def test_the_ledger_is_verified_on_demand(desk, people, at):
    a_receipt(people, at)
    seal_day(day=at.date(), at=at)
    client = desk("auditor")
    page = client.get("/desk/audit/ledger/").content.decode()
    assert "每日封印" in page
    answer = client.post("/desk/audit/ledger/")
    assert answer.context["report"].is_valid
    assert answer.context["report"].entries == Entry.objects.count()


def test_agencies_are_edited_by_the_system_administrator_only(desk, people):
    entry = housing()
    given = {
        "name": entry.name,
        "name_en": entry.name_en,
        "short_name": entry.short_name,
        "phone": "0999-1234567",
        "reception_place": entry.reception_place,
        "reception_hours": entry.reception_hours,
        "postal_address": entry.postal_address,
        "takes_petitions": "on",
        "remits": "03 99",
        "expected": entry.revision,
    }
    page = "/desk/reference/agencies/housing/"
    desk("clerk").post(page, given)
    assert housing().phone == entry.phone
    answer = desk("system_admin").post(page, given)
    assert answer.status_code == 302, answer.context["form"].errors
    changed = housing()
    assert changed.phone == "0999-1234567"
    assert [(one.class_prefix, one.region_prefix) for one in changed.remits] == [("03", "99")]
    assert desk("system_admin").post(page, given).status_code == 422


def test_a_remit_that_cannot_be_read_names_its_line(desk, people):
    answer = desk("system_admin").post("/desk/reference/agencies/housing/", {"remits": "03 99\n土地 青禾"})
    assert "第2行" in answer.content.decode()


def test_a_content_class_is_reworded(desk, people):
    entry = class_directory().get("02")
    assert entry is not None
    given = {"name": "自然资源管理", "name_en": "", "is_active": "on", "expected": entry.revision}
    assert desk("clerk").get("/desk/reference/classes/02/").status_code == 404
    assert desk("system_admin").post("/desk/reference/classes/02/", given).status_code == 302
    assert class_directory().name("02") == "自然资源管理"
