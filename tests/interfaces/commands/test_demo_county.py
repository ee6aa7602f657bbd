"""The demo county: its stories are sound, and what is built from them is lawful and complete."""

import string
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

import pytest
from django.db import transaction

from huiyin.casework.cases.models import Case, Clock, Demand, Petitioner
from huiyin.casework.matching.models import CaseLink
from huiyin.interfaces.commands.demo_county import LOG_INS, people
from huiyin.interfaces.commands.demo_county.lives import ENDINGS
from huiyin.interfaces.commands.demo_county.matters import Matter, filled, slots_of
from huiyin.interfaces.commands.demo_county.people import ACCOUNTS
from huiyin.interfaces.commands.demo_county.places import pick
from huiyin.interfaces.commands.demo_county.planning import LAST_TOKEN, STANDINGS, plan
from huiyin.interfaces.commands.demo_county.stories import ANYWHERE, URBAN, VILLAGE, Story, all_stories
from huiyin.interfaces.commands.demo_county.tempo import calendar
from huiyin.interfaces.commands.demo_county.writing import (
    matters_are_written,
    matters_of_plan_write,
    samples,
)
from huiyin.law.branches import Branch
from huiyin.law.calendar import BEIJING, local_date
from huiyin.law.classes import class_list
from huiyin.law.handling import compulsory_contents, outcomes_for
from huiyin.law.lifecycle import CLOCKED_STAGES, Stage
from huiyin.records.accounts.models import User
from huiyin.records.accounts.policy import DEMO_PASSWORD
from huiyin.records.accounts.rights import ROLE_NAMES
from huiyin.records.agencies.selectors import agency_directory
from huiyin.records.documents.models import Attachment
from huiyin.records.ledger.models import Entry, Seal
from huiyin.records.ledger.verify import verify_database
from tests.people import load_county

AT = datetime(2026, 1, 14, 20, 0, tzinfo=BEIJING)
STORIES = {story.id: story for story in all_stories()}
ASKS = [(story, ask) for story in all_stories() for ask in (story.first, story.second) if ask]
FEW = (
    "road-land-money",
    "irrigation-ditch",
    "house-demolition-terms",
    "low-income-stopped",
    "quarry-dust",
    "land-boundary",
    "crop-insurance",
    "court-judgment",
    "settled-agreement",
    "already-reviewed",
    "thanks-letter",
    "cadre-manner",
    "gas-weight",
    "veteran-job",
    "street-lamps-village",
)


def tell(done: int, total: int) -> None:
    """Nobody watches the progress of a test."""


@pytest.fixture(scope="module")
def county(django_db_setup: None, django_db_blocker) -> Iterator[tuple[Matter, ...]]:
    """A small county, built once for all tests here and undone after them."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_county(AT)
        people.accounts_write(AT, tell)
        matters = plan([replace(STORIES[name], times=2) for name in FEW], at=AT)
        matters_of_plan_write(matters, at=AT, tell=tell)
        yield matters
        transaction.set_rollback(True)


def test_stories_have_names_of_their_own_and_there_are_enough():
    assert [name for name, times in Counter(story.id for story in all_stories()).items() if times > 1] == []
    assert len(all_stories()) >= 60
    texts = [text for story in all_stories() for text in story.texts]
    assert len(set(texts)) == len(texts)


def test_every_story_has_a_class_a_branch_and_an_outcome_that_exist():
    classes = class_list().classes
    assert [story.id for story, ask in ASKS if ask.content_class not in classes] == []
    assert [story.id for story, ask in ASKS if ask.branch not in set(Branch)] == []
    wrong = [story.id for story, ask in ASKS if ask.outcome and ask.outcome not in outcomes_for(ask.branch)]
    assert wrong == []
    assert len({ask.content_class[:2] for _story, ask in ASKS}) == 20


def test_every_ending_and_kind_of_place_is_known():
    assert {story.ending for story in all_stories()} == set(ENDINGS)
    assert {story.places for story in all_stories()} <= {VILLAGE, URBAN, ANYWHERE}


@pytest.mark.parametrize("story", all_stories(), ids=lambda story: story.id)
def test_a_handled_story_holds_what_its_reply_must_contain(story: Story):
    if story.ending != "handled":
        return
    for ask in (story.first, story.second):
        if ask:
            parts = {part.code for part in compulsory_contents(ask.branch)} - {"request", "remedy"}
            given = {"facts": ask.facts, "opinion": ask.opinion, "basis": ask.basis}
            assert [part for part in parts if not given[part]] == []
            assert ask.unit


@pytest.mark.parametrize("story", all_stories(), ids=lambda story: story.id)
def test_every_slot_of_a_story_has_words(story: Story):
    known = {"place", "village", "town", "ago", "year", *story.choices}
    texts = [*story.texts, *story.words.values(), *story.objection.values(), *story.dispute.values()]
    texts += [story.supplement, story.visit]
    for ask in (story.first, story.second):
        texts += [*ask.asks, ask.facts, ask.opinion] if ask else []
    used = {
        name for text in texts for _text, name, _format, _conversion in string.Formatter().parse(text) if name
    }
    assert used <= known
    assert set(story.choices) <= used


def test_accounts_belong_to_agencies_and_have_known_roles(county):
    codes = {agency.code for agency in agency_directory().active()}
    assert [account.username for account in ACCOUNTS if account.agency and account.agency not in codes] == []
    assert {role for account in ACCOUNTS for role in account.roles.split()} == set(ROLE_NAMES)
    assert {account.duty for account in ACCOUNTS} == {"casework", "system_admin", "security_admin", "auditor"}


def test_every_printed_log_in_works(county):
    for person in LOG_INS:
        user = User.objects.get(username=person.username)
        assert user.check_password(DEMO_PASSWORD)
        assert person.person.startswith(user.name)
        assert not user.must_change_password


def test_every_stage_appears(county):
    assert set(Demand.objects.values_list("stage", flat=True)) == {stage.value for stage in Stage}
    assert {standing.step for standing in STANDINGS} <= {
        act.step for matter in county for act in matter.acts
    } | {"dispute"}


def test_every_matter_is_there_once(county):
    assert Case.objects.count() == len(county) == len({matter.token for matter in county})
    assert county[-1].token == LAST_TOKEN
    assert matters_are_written()


def test_every_open_demand_has_a_running_clock(county):
    waiting = Demand.objects.filter(stage__in=[stage.value for stage in CLOCKED_STAGES])
    clocked = Clock.objects.filter(stopped_at=None).values("demand_id")
    assert waiting.count() > 40
    assert list(waiting.exclude(pk__in=clocked).values_list("stage", "branch")) == []


def test_some_limits_are_past_and_some_are_near(county):
    today = local_date(AT)
    open_demands = Demand.objects.filter(is_open=True)
    assert open_demands.filter(due_on__lt=today).count() > 5
    assert open_demands.filter(due_on__range=(today, today + timedelta(days=7))).count() > 5


def test_the_ledger_verifies_and_every_day_is_sealed(county):
    assert verify_database().is_valid
    days = list(Seal.objects.order_by("day").values_list("day", flat=True))
    assert days == [days[0] + timedelta(days=turn) for turn in range(len(days))]
    assert days[-1] == local_date(AT) - timedelta(days=1)
    assert not Entry.objects.filter(at__gt=AT).exists()


def test_no_name_and_no_number_of_a_petitioner_is_in_the_ledger(county):
    secrets = set()
    for matter in county:
        secrets |= {matter.intake.get(name) for name in ("name", "phone", "id_number", "address")}
        secrets |= {person.name for person in matter.intake["others"]}
    ledger = "\n".join(Entry.objects.values_list("payload", flat=True))
    assert len(secrets) > 100
    assert [secret for secret in secrets if secret and secret in ledger] == []


def test_the_kinds_of_petitioners_and_links_are_there(county):
    assert set(Case.objects.values_list("naming", flat=True)) >= {"named", "anonymous"}
    assert set(Petitioner.objects.values_list("capacity", flat=True)) == {
        "representative",
        "cosigner",
        "agent",
    }
    assert Case.objects.filter(channel="superior").exclude(superior_number="").exists()
    assert Case.objects.filter(demands__position=2).exists()
    assert CaseLink.objects.filter(kind="same").exists()
    assert Attachment.objects.exists()


def test_accusations_reach_nobody_but_the_discipline_organ(county):
    sealed = Demand.objects.filter(is_sealed=True)
    agencies = set(sealed.values_list("involvements__agency__code", flat=True))
    assert agencies == {"petition-office", "supervision"}


def test_officers_work_on_working_days(county):
    acts = [act for matter in county for act in matter.acts if act.by and act.by != "hotline-agent"]
    assert [act.step for act in acts if not calendar().is_workday(local_date(act.at))] == []


def test_the_same_moment_gives_the_same_plan(county):
    assert plan([replace(STORIES[name], times=2) for name in FEW], at=AT) == county


def test_three_matters_can_be_tracked(county):
    assert len({receipt.code for receipt in samples()}) == 3


def test_a_story_reads_differently_in_another_place(county):
    story = STORIES["road-land-money"]
    spots = [pick(story.places, Random(1), turn) for turn in range(4)]
    texts = {filled(story.texts[0], slots_of(story, spot, local_date(AT), Random(2))) for spot in spots}
    assert len(texts) == 4
