"""Directories: look-ups in memory, up and down the tree, renewed when another process changes a row."""

import subprocess
import sys
import time
from datetime import datetime
from pathlib import Path

import pytest
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from huiyin.records.agencies.directories import AgencyDirectory, AgencyEntry
from huiyin.records.agencies.selectors import agency_directory, class_directory, region_directory
from huiyin.records.agencies.services import agency_save, reference_load


@pytest.fixture
def agencies(folder: Path, at: datetime, db: None) -> AgencyDirectory:
    reference_load(folder=folder, by=None, at=at)
    return agency_directory()


def entry(agencies: AgencyDirectory, code: str) -> AgencyEntry:
    found = agencies.by_code(code)
    assert found is not None
    return found


def superior(agencies: AgencyDirectory, first: str, second: str) -> str:
    found = agencies.common_superior(entry(agencies, first).id, entry(agencies, second).id)
    assert found is not None
    return found.code


@pytest.mark.parametrize(
    ("first", "second", "decides"),
    [
        ("land", "office", "root"),
        ("office", "east-one", "root"),
        ("east", "east-one", "root"),
        ("root", "land", "root"),
        ("east-one", "root", "root"),
    ],
)
def test_the_common_superior_stands_above_both(
    agencies: AgencyDirectory, first: str, second: str, decides: str
) -> None:
    assert superior(agencies, first, second) == decides


def test_ancestors_come_nearest_first(agencies: AgencyDirectory) -> None:
    assert [above.code for above in agencies.ancestors(entry(agencies, "east-one").id)] == ["east", "root"]


def test_a_subtree_holds_all_below(agencies: AgencyDirectory) -> None:
    names = {agencies[agency_id].code for agency_id in agencies.subtree(entry(agencies, "east").id)}
    assert names == {"east", "east-one"}


def test_only_agencies_that_take_petitions_are_public(agencies: AgencyDirectory) -> None:
    assert [agency.code for agency in agencies.public()] == ["land"]


def test_the_nearest_unit_is_proposed_before_the_office_that_passes_on(agencies: AgencyDirectory) -> None:
    found = agencies.responsible(class_code="0101", region_code="990199100201")
    assert [agency.code for agency, _remit in found] == ["east", "land", "office"]


def test_names_follow_the_language_and_fall_back_to_chinese(agencies: AgencyDirectory) -> None:
    assert agencies.name(entry(agencies, "land").id, "en") == "County Natural Resources Bureau"
    assert agencies.name(entry(agencies, "east").id, "en") == "东镇人民政府"
    assert agencies.name(None) == ""


def test_places_are_named_with_everything_around_them(agencies: AgencyDirectory) -> None:
    regions = region_directory()
    assert regions.full_name("990199100201") == "试验县东镇东一村"
    assert regions.full_name("990199100201", "en") == "East Village One, East Town, Trial County"


def test_classes_know_their_path(agencies: AgencyDirectory) -> None:
    assert [found.name for found in class_directory().path("0101")] == ["自然资源", "土地征收"]


def test_a_warm_directory_costs_no_statement(
    agencies: AgencyDirectory, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        agency_directory()
        class_directory()
        region_directory()


def test_a_change_of_the_own_process_is_seen_at_once(agencies: AgencyDirectory, at: datetime) -> None:
    agency_save(code="land", values={"phone": "0999-7"}, expected=1, by=None, at=at)
    assert entry(agency_directory(), "land").phone == "0999-7"


OTHER_PROCESS = """
import os, sys
from datetime import UTC, datetime
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
import django
django.setup()
from huiyin.records.agencies.services import agency_save
agency_save(code="land", values={"phone": "0999-8"}, expected=1, by=None, at=datetime.now(UTC))
"""


@pytest.mark.django_db(transaction=True)
def test_a_change_of_another_process_is_seen_within_about_a_second(folder: Path, at: datetime) -> None:
    reference_load(folder=folder, by=None, at=at)
    assert entry(agency_directory(), "land").phone == "0999-1"
    name = str(connection.settings_dict["NAME"])
    subprocess.run([sys.executable, "-c", OTHER_PROCESS, name], check=True, timeout=60)
    patience = time.monotonic() + 1.2
    while entry(agency_directory(), "land").phone != "0999-8":
        assert time.monotonic() < patience, "the change was not seen"
        time.sleep(0.05)
