"""Starting the demo county: broken off, begun again, begun twice, begun beside other matters."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from huiyin.casework.cases.models import Case, Submission
from huiyin.interfaces.commands.demo_county import CHAPTERS, people
from huiyin.interfaces.commands.demo_county.planning import LAST_TOKEN, plan
from huiyin.interfaces.commands.demo_county.stories import all_stories
from huiyin.interfaces.commands.demo_county.writing import matters_are_written, matters_of_plan_write
from huiyin.law.calendar import BEIJING, local_date
from huiyin.records.ledger.models import Entry, Seal
from huiyin.records.ledger.services import seal_day
from huiyin.records.ledger.verify import verify_database
from tests.people import load_county

AT = datetime(2025, 9, 17, 20, 0, tzinfo=BEIJING)


class BrokenOff(Exception):
    """Somebody pressed a key."""


@pytest.fixture
def matters(db):
    load_county(AT)
    people.accounts_write(AT, tell)
    story = next(story for story in all_stories() if story.id == "road-potholes")
    told = plan([replace(story, times=9)], at=AT)
    return tuple(matter for matter in told if matter.acts[0].step == "register")[-12:]


def tell(done, total):
    """Nobody watches the progress of a test."""


def test_a_start_that_was_broken_off_goes_on_without_doubles(matters):
    def break_off(done, total):
        if done >= total // 2:
            raise BrokenOff

    with pytest.raises(BrokenOff):
        matters_of_plan_write(matters, at=AT, tell=break_off)
    some = Case.objects.count()
    assert not matters_are_written()
    matters_of_plan_write(matters, at=AT, tell=tell)
    tokens = list(Submission.objects.filter(is_supplement=False).values_list("token", flat=True))
    assert some < len(matters) == Case.objects.count()
    assert sorted(tokens) == sorted(matter.token for matter in matters)
    assert matters_are_written()
    assert verify_database().is_valid


def test_a_second_start_writes_nothing(matters):
    matters_of_plan_write(matters, at=AT, tell=tell)
    before = Entry.objects.count(), Seal.objects.count()
    assert [chapter.title for chapter in CHAPTERS if not chapter.is_written()] == []
    assert (Entry.objects.count(), Seal.objects.count()) == before


def test_a_ledger_that_is_sealed_already_is_left_to_its_own_seals(matters):
    seal_day(day=local_date(AT) - timedelta(days=1), at=AT)
    matters_of_plan_write(matters, at=AT, tell=tell)
    assert Seal.objects.count() == 1
    assert Case.objects.count() == len(matters)
    assert verify_database().is_valid


def test_the_newest_matter_comes_last(matters):
    assert matters[-1].token == LAST_TOKEN
    assert matters[-1].starts_at == max(matter.starts_at for matter in matters)
