"""Editing the reference data from a page: checked, first come first served, recorded."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from huiyin.records.accounts.rights import Right
from huiyin.records.agencies import permissions
from huiyin.records.agencies.errors import ReferenceConflict, ReferenceForbidden, ReferenceInvalid
from huiyin.records.agencies.models import ReferenceChange, Remit
from huiyin.records.agencies.selectors import changes_of
from huiyin.records.agencies.services import agency_save, class_save, reference_load, remit_set
from tests.records.agencies.test_loading import Colleague

pytestmark = pytest.mark.django_db
SYSTEM_ADMIN = Colleague(Right.AGENCY_EDIT, Right.REFERENCE_EDIT)


@pytest.fixture(autouse=True)
def county(folder: Path, at: datetime) -> None:
    reference_load(folder=folder, by=None, at=at)


def save(
    at: datetime, *, code: str = "land", expected: int | None = 1, by: Any = SYSTEM_ADMIN, **values: Any
) -> None:
    agency_save(code=code, values=values, expected=expected, by=by, at=at)


def test_the_rights_are_those_of_the_vocabulary() -> None:
    assert (Right.AGENCY_EDIT, Right.REFERENCE_EDIT) == (permissions.AGENCY_EDIT, permissions.REFERENCE_EDIT)


def test_a_change_is_recorded_with_person_and_values(at: datetime) -> None:
    save(at, phone=" 0999-3 ")
    change = changes_of(entity="agencies", code="land").first()
    assert change is not None
    assert (change.username, change.at) == ("li", at)
    assert (change.before, change.after) == ({"phone": "0999-1"}, {"phone": "0999-3"})


def test_the_second_of_two_people_is_told_that_the_row_changed(at: datetime) -> None:
    save(at, phone="0999-3")
    with pytest.raises(ReferenceConflict, match="刷新"):
        save(at, phone="0999-4")


def test_saving_the_same_values_leaves_no_line(at: datetime) -> None:
    before = ReferenceChange.objects.count()
    save(at, phone="0999-1")
    assert ReferenceChange.objects.count() == before


def test_without_the_right_nothing_is_saved(at: datetime) -> None:
    with pytest.raises(ReferenceForbidden):
        save(at, by=Colleague(Right.CASE_READ), phone="0999-3")
    with pytest.raises(ReferenceForbidden):
        class_save(code="02", values={"name": "建设"}, expected=1, by=Colleague(Right.AGENCY_EDIT), at=at)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"kind": "empire"}, "kind"),
        ({"phone": ""}, "第十八条"),
        ({"parent_code": "land"}, "循环"),
        ({"region_code": "990199900000"}, "不存在"),
        ({"colour": "red"}, "colour"),
        ({"name": "长" * 101}, "name"),
    ],
)
def test_a_value_that_breaks_a_rule_is_refused(at: datetime, values: dict[str, Any], words: str) -> None:
    with pytest.raises(ReferenceInvalid, match=words):
        save(at, **values)


def test_a_superior_with_working_units_cannot_be_closed(at: datetime) -> None:
    with pytest.raises(ReferenceInvalid, match="east-one"):
        save(at, code="east", is_active=False)


def test_a_code_is_given_once(at: datetime) -> None:
    with pytest.raises(ReferenceInvalid, match="已被使用"):
        save(at, expected=None, name="另一个")


def test_a_remit_is_replaced_as_a_whole(at: datetime) -> None:
    entry = remit_set(
        code="land", remits=[("02", "990199"), ("02", "990199")], expected=1, by=SYSTEM_ADMIN, at=at
    )
    assert [(remit.class_prefix, remit.region_prefix) for remit in entry.remits] == [("02", "990199")]
    assert Remit.objects.filter(agency__code="land").count() == 1


def test_a_remit_must_name_a_known_class(at: datetime) -> None:
    with pytest.raises(ReferenceInvalid, match="77"):
        remit_set(code="land", remits=[("77", "990199")], expected=1, by=SYSTEM_ADMIN, at=at)


def test_a_class_is_added_and_renamed(at: datetime) -> None:
    values = {"name": "房产物业", "version": "2023"}
    class_save(code="03", values=values, expected=None, by=SYSTEM_ADMIN, at=at)
    entry = class_save(code="03", values={"name": "房产与物业"}, expected=1, by=SYSTEM_ADMIN, at=at)
    assert (entry.name, entry.revision) == ("房产与物业", 2)


def test_a_class_with_working_children_cannot_be_closed(at: datetime) -> None:
    with pytest.raises(ReferenceInvalid, match="0101"):
        class_save(code="01", values={"is_active": False}, expected=1, by=SYSTEM_ADMIN, at=at)
