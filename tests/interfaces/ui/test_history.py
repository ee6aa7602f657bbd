"""Ledger lines as timelines: each audience reads what is meant for it, and nothing breaks a timeline."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.utils.translation import override

from huiyin.casework.cases import events as case_events
from huiyin.casework.replies import events as reply_events
from huiyin.casework.replies import services as replies
from huiyin.casework.routing import events as routing_events
from huiyin.interfaces.ui.history import ARTICLES, STEPS, events_for_petitioner, events_for_staff
from huiyin.records.ledger.selectors import LedgerLine, entries_of
from huiyin.records.ledger.vocabulary import EVENTS
from tests.factories.cases import a_walk

pytestmark = pytest.mark.django_db


@pytest.fixture
def walked(people, at):
    walk = a_walk(people, at)
    walk.sorted()
    walk.later(1).assigned()
    walk.later(2).accepted()
    replies.extension_request(
        demand_id=walk.demand_id, days=20, reason="需测绘", by=people["land_handler"], at=walk.later(9).at
    )
    walk.later(10).drafted()
    walk.later(11).issued()
    walk.later(12).served()
    return walk


def line(event, **payload):
    return LedgerLine(1, datetime(2026, 1, 5, tzinfo=UTC), "user:1", None, event, payload, b"")


def staff_texts(people, lines, ids):
    return [str(event.text) for event in events_for_staff(lines, people["clerk"], ids)]


def test_staff_read_names_and_labels_instead_of_ids_and_codes(people, walked):
    texts = staff_texts(people, entries_of(walked.demand.case_id), {walked.demand_id: 1})
    assert texts[0] == "登记：来访，1项诉求，信访人数1"
    assert any(text.startswith("分流：信访程序") for text in texts)
    assert "交办青禾县自然资源局，要求报结" in texts
    assert "签发信访事项处理意见书：予以支持" in texts


def test_every_event_is_dated_and_names_who_did_it_and_the_article(people, walked):
    events = events_for_staff(
        entries_of(walked.demand.case_id),
        people["clerk"],
        {walked.demand_id: 1},
        people={people["clerk"].pk: "王登记"},
    )
    assert events[0].who == "青禾县信访局 王登记"
    assert all(event.at and event.who for event in events)
    assert all(event.article for event in events if not str(event.text).startswith("出具"))


def test_the_petitioner_reads_only_what_is_meant_for_petitioners(people, walked):
    lines = entries_of(walked.demand.case_id)
    texts = [str(event.text) for event in events_for_petitioner(lines)]
    assert "已交办青禾县自然资源局，并要求其报告结果" in texts
    shown = [each for each in lines if EVENTS[each.event].text_petitioner is not None]
    assert len(texts) <= len(shown) < len(lines)
    assert not any("延期" in text or "拟写" in text for text in texts)


def test_the_petitioner_is_told_no_names_of_officers(people, walked):
    events = events_for_petitioner(entries_of(walked.demand.case_id))
    assert {event.who for event in events} <= {"青禾县信访局", "青禾县自然资源局", "信访人"}


def test_a_document_stands_on_the_line_of_the_step_that_issued_it(people, walked):
    events = events_for_staff(
        entries_of(walked.demand.case_id),
        people["clerk"],
        {walked.demand_id: 1},
        document_url=lambda number: f"/documents/{number}/",
    )
    issued = next(event for event in events if str(event.text).startswith("签发"))
    assert str(issued.documents[0].text).startswith("信访事项处理意见书 ")
    assert not any(str(event.text).startswith("出具") for event in events)


def test_events_of_demands_one_may_not_see_are_left_out(people, walked):
    texts = staff_texts(people, entries_of(walked.demand.case_id), {})
    assert texts == ["登记：来访，0项诉求，信访人数1"]


def test_looks_at_identities_are_told_to_auditors_and_petitioners_not_to_colleagues(people):
    lines = [line("identity.disclosed", purpose="contact", identities=1)]
    assert events_for_staff(lines, people["clerk"], {}) == ()
    assert len(events_for_staff(lines, people["auditor"], {})) == 1
    assert "身份信息" in str(events_for_petitioner(lines)[0].text)


def test_nothing_unknown_breaks_a_timeline(people):
    lines = [
        line("demand.sorted", demand=1, branch="no_such_branch", content_class="99"),
        line("demand.forwarded", demand=1, receiver=987_654),
        line("document.issued", demand=1, document=5, document_kind="no_such_kind", number="〔2026〕1号"),
        line("step.recorded", demand=1, five_step="dance", happened_on="not-a-day"),
        line("demand.accepted", demand=1),
        line("event.of_the_future", demand=1),
        replace(line("demand.closed", demand=1, settled="?"), actor="user:424242"),
    ]
    texts = staff_texts(people, lines, {1: 1})
    assert len(texts) == len(lines)
    assert "no_such_branch" in texts[0]
    assert texts[5] == "event.of_the_future"
    assert len(events_for_petitioner(lines)) == 6


def test_a_timeline_follows_the_language_of_the_page(people, walked):
    lines = entries_of(walked.demand.case_id)
    with override("en"):
        events = events_for_staff(lines, people["clerk"], {walked.demand_id: 1})
        article = events[1].article
        assert article is not None
        assert "Petition Work" in str(article.text)


def test_every_event_of_a_demand_belongs_to_a_step_with_an_article():
    apart = {"document.issued", "demand.taken"}
    written = (*case_events.EVENTS, *routing_events.EVENTS, *reply_events.EVENTS)
    of_demands = {kind.code for kind in written if "demand" in kind.fields} - apart
    assert of_demands <= set(STEPS) | set(ARTICLES)
