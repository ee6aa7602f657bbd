"""Reference files: loaded again and again, refused with file, entry and rule, never deleting."""

from datetime import datetime
from pathlib import Path

import pytest

from huiyin.records.agencies.errors import ReferenceForbidden, ReferenceInvalid
from huiyin.records.agencies.loading import SHIPPED
from huiyin.records.agencies.models import Agency, ReferenceChange, Region, Remit
from huiyin.records.agencies.selectors import agency_directory, class_directory, region_directory
from huiyin.records.agencies.services import LoadReport, agency_save, reference_load

pytestmark = pytest.mark.django_db


def load(folder: Path, at: datetime, *, is_forced: bool = False) -> LoadReport:
    return reference_load(folder=folder, by=None, at=at, is_forced=is_forced)


def rewrite(folder: Path, name: str, old: str, new: str) -> None:
    path = folder / f"{name}.toml"
    content = path.read_text(encoding="utf-8")
    assert old in content
    path.write_text(content.replace(old, new, 1), encoding="utf-8")


def refusal(folder: Path, at: datetime) -> str:
    with pytest.raises(ReferenceInvalid) as refused:
        load(folder, at)
    assert not Agency.objects.exists(), "a refused load wrote something"
    return str(refused.value)


def test_the_files_become_rows(folder: Path, at: datetime) -> None:
    report = load(folder, at)
    assert len(report.created) == 12
    assert Agency.objects.get(code="east-one").parent == Agency.objects.get(code="east")
    assert Region.objects.get(code="990199100201").level == "village"
    assert agency_directory().by_code("land") is not None


def test_loading_twice_changes_nothing(folder: Path, at: datetime) -> None:
    load(folder, at)
    lines = ReferenceChange.objects.count()
    report = load(folder, at)
    assert report.is_quiet
    assert report.unchanged == 12
    assert ReferenceChange.objects.count() == lines


def test_a_remit_may_name_the_class_and_defaults_to_the_own_place(folder: Path, at: datetime) -> None:
    load(folder, at)
    pairs = set(Remit.objects.filter(agency__code="east").values_list("class_prefix", "region_prefix"))
    assert pairs == {("01", "990199100"), ("02", "990199100")}


def test_a_changed_file_changes_the_row_and_says_what_it_was(folder: Path, at: datetime) -> None:
    load(folder, at)
    rewrite(folder, "agencies", 'phone = "0999-1"', 'phone = "0999-2"')
    report = load(folder, at)
    assert report.changed == ["agencies land"]
    change = ReferenceChange.objects.filter(code="land").first()
    assert change is not None
    assert (change.before, change.after) == ({"phone": "0999-1"}, {"phone": "0999-2"})


def test_a_row_the_files_no_longer_name_is_closed_and_not_deleted(folder: Path, at: datetime) -> None:
    load(folder, at)
    rewrite(folder, "regions", '  { code = "990199200000", name = "西乡" },\n', "")
    report = load(folder, at)
    assert report.deactivated == ["regions 990199200000"]
    assert Region.objects.get(code="990199200000").is_active is False


def test_a_closed_row_that_comes_back_is_opened_again(folder: Path, at: datetime) -> None:
    load(folder, at)
    line = '  { code = "990199200000", name = "西乡" },\n'
    rewrite(folder, "regions", line, "")
    load(folder, at)
    rewrite(folder, "regions", "regions = [\n", "regions = [\n" + line)
    load(folder, at)
    assert Region.objects.get(code="990199200000").is_active is True


def test_a_kind_of_row_without_a_file_is_left_alone(folder: Path, at: datetime) -> None:
    load(folder, at)
    (folder / "regions.toml").unlink()
    assert load(folder, at).is_quiet


def test_a_field_edited_on_a_page_survives_the_next_load(folder: Path, at: datetime) -> None:
    load(folder, at)
    agency_save(code="land", values={"phone": "0999-9"}, expected=1, by=None, at=at)
    rewrite(folder, "agencies", 'short_name = "资源局"', 'short_name = "自然资源局"')
    report = load(folder, at)
    agency = Agency.objects.get(code="land")
    assert (agency.phone, agency.short_name) == ("0999-9", "自然资源局")
    assert report.kept == ["agencies land phone"]


def test_a_forced_load_overwrites_what_was_edited(folder: Path, at: datetime) -> None:
    load(folder, at)
    agency_save(code="land", values={"phone": "0999-9"}, expected=1, by=None, at=at)
    load(folder, at, is_forced=True)
    agency = Agency.objects.get(code="land")
    assert (agency.phone, agency.edited) == ("0999-1", frozenset())


def test_an_agency_made_on_a_page_is_not_closed_by_the_files(folder: Path, at: datetime) -> None:
    load(folder, at)
    values = {
        "name": "县气象局",
        "short_name": "气象局",
        "kind": "department",
        "parent_code": "root",
        "region_code": "990199000000",
        "takes_petitions": False,
    }
    agency_save(code="weather", values=values, expected=None, by=None, at=at)
    assert load(folder, at).deactivated == []


@pytest.mark.parametrize(
    ("file", "old", "new", "words"),
    [
        ("regions", "990199100201", "99019910020", ["regions.toml", "12位数字"]),
        ("regions", "990199100201", "990199300201", ["regions.toml: 990199300201", "990199300000"]),
        ("regions", 'name = "东一村"', 'nom = "东一村"', ["990199100201", "nom", "name"]),
        ("classes", 'parent_code = "01"', 'parent_code = "09"', ["classes.toml: 0101", "parent_code", "09"]),
        ("agencies", 'kind = "township"', 'kind = "empire"', ["agencies.toml: east", "kind"]),
        ("agencies", 'code = "east-one"', 'code = "east"', ["agencies.toml: east", "重复"]),
        ("agencies", 'parent_code = "east"', 'parent_code = "north"', ["east-one", "north"]),
        ("agencies", 'parent_code = "root"', 'parent_code = ""', ["land", "共同上级"]),
        ("agencies", 'parent_code = "root"', 'parent_code = "land"', ["land", "循环"]),
        ("agencies", 'phone = "0999-1"', 'phone = ""', ["land", "phone", "第十八条"]),
        ("agencies", 'profile = "petition-office"', 'profile = "unit"', ["office", "profile"]),
        ("agencies", 'profile = "petition-office"', 'profile = "magic"', ["office", "profile"]),
        ("agencies", 'remits = ["自然资源"]', 'remits = ["航天"]', ["land", "remits", "航天"]),
        ("agencies", 'remits = ["自然资源"]', 'remits = ["01@98"]', ["land", "remits", "98"]),
        ("agencies", "region_code = ", "region_code = = ", ["agencies.toml", "无法读取"]),
    ],
)
def test_a_breach_names_file_entry_and_rule(
    folder: Path, at: datetime, file: str, old: str, new: str, words: list[str]
) -> None:
    rewrite(folder, file, old, new)
    message = refusal(folder, at)
    assert all(word in message for word in words), message


def test_two_agencies_may_not_share_a_document_word(folder: Path, at: datetime) -> None:
    rewrite(folder, "agencies", 'short_name = "信访局"', 'short_name = "信访局"\ndocument_word = "试资"')
    assert "试资" in refusal(folder, at)


def test_an_empty_folder_is_refused(tmp_path: Path, at: datetime) -> None:
    assert "*.toml" in refusal(tmp_path, at)


class Colleague:
    """Somebody with some rights; accounts stand above this shelf."""

    pk = 7
    username = "li"

    def __init__(self, *rights: str) -> None:
        self.rights = rights

    def has_right(self, right: str) -> bool:
        return right in self.rights


def test_loading_needs_both_rights(folder: Path, at: datetime) -> None:
    with pytest.raises(ReferenceForbidden):
        reference_load(folder=folder, by=Colleague("agency_edit"), at=at)
    reference_load(folder=folder, by=Colleague("agency_edit", "reference_edit"), at=at)
    assert set(ReferenceChange.objects.values_list("username", flat=True)) == {"li"}


def test_the_shipped_county_loads_whole(at: datetime) -> None:
    load(SHIPPED, at)
    agencies, regions = agency_directory(), region_directory()
    assert {region.level for region in regions} == {"county", "township", "village"}
    assert all(region.code.startswith("99") for region in regions), "a real place"
    kinds = {agency.kind for agency in agencies}
    assert kinds >= {"county", "npc", "npc_presidium", "petition_office", "hotline", "court"}
    assert kinds >= {"procuratorate", "supervision", "department", "township", "village"}
    profiles = {agency.profile for agency in agencies}
    assert profiles == {"petition-office", "npc-transfer", "npc-redirect", "hotline-12345", "unit"}
    assert all(agency.name_en for agency in agencies)
    assert load(SHIPPED, at).is_quiet


def test_every_content_class_of_the_shipped_county_has_a_unit(at: datetime) -> None:
    load(SHIPPED, at)
    for entry in class_directory().children(""):
        found = agency_directory().responsible(class_code=entry.code, region_code="990123100201")
        assert found, entry.name
        assert found[0][0].profile == "unit" or entry.name == "其他", entry.name
