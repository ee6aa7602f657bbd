"""Work lists: what is in them, in which order, page by page, within which scope, at which cost."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huiyin.casework.cases import selectors
from huiyin.casework.cases.filters import ListFilter
from huiyin.casework.intake.contract import DemandDraft
from huiyin.law.calendar import local_date
from huiyin.records.accounts.models import User
from tests.factories.cases import a_receipt, a_walk, demand_of

STATEMENTS = 6


def numbers(page: selectors.WorkPage) -> list[int]:
    return [row.case_id for row in page.rows]


def listed(people, at, name="all", who="clerk", wanted=None, **options):
    return selectors.work_list(
        user=people[who], name=name, wanted=wanted or ListFilter(), today=local_date(at), **options
    )


def test_a_new_matter_waits_for_sorting_at_its_office(people, at):
    receipt = a_receipt(people, at)
    assert numbers(listed(people, at, "to-sort")) == [receipt.case_id]
    assert numbers(listed(people, at, "unit")) == [receipt.case_id]
    assert numbers(listed(people, at, "awaiting")) == []


def test_a_forwarded_matter_waits_for_receipt_at_the_unit(people, at):
    walk = a_walk(people, at)
    walk.sorted()
    walk.forwarded()
    case_id = walk.demand.case_id
    assert numbers(listed(people, at, "awaiting", who="land_handler")) == [case_id]
    assert numbers(listed(people, at, "to-sort")) == []
    assert numbers(listed(people, at, "all")) == [case_id]


def test_mine_holds_what_the_handler_took(people, at):
    walk = a_walk(people, at)
    walk.sorted()
    walk.forwarded()
    walk.accepted()
    assert numbers(listed(people, at, "mine", who="land_handler")) == [walk.demand.case_id]
    assert numbers(listed(people, at, "mine", who="clerk")) == []


def test_overdue_begins_the_day_after_the_due_date(people, at):
    due = demand_of(a_receipt(people, at)).due_on
    assert due is not None
    user = people["clerk"]
    for today, name, expected in (
        (due, "overdue", 0),
        (due, "due-soon", 1),
        (due + timedelta(days=1), "overdue", 1),
        (due + timedelta(days=1), "due-soon", 0),
    ):
        page = selectors.work_list(user=user, name=name, wanted=ListFilter(), today=today)
        assert len(page.rows) == expected, (today, name)


def test_near_is_counted_in_working_days():
    # Monday 12 January 2026: five working days on is Monday 19 January.
    assert selectors.soon_until(date(2026, 1, 12)) == date(2026, 1, 19)


@pytest.mark.parametrize("sort", ["", "newest"])
@pytest.mark.parametrize("name", ["unit", "all"])
def test_pages_follow_one_another_without_gap_or_repeat(people, at, name, sort):
    wanted = [a_receipt(people, at + timedelta(days=day % 3)).case_id for day in range(7)]
    seen, after = [], ""
    for _turn in range(5):
        page = listed(people, at, name, sort=sort, after=after, limit=3)
        seen += numbers(page)
        after = page.next_cursor
        if not after:
            break
    assert sorted(seen) == sorted(wanted)
    assert len(seen) == len(set(seen))
    if name == "all" or sort:
        assert seen == sorted(wanted, reverse=True)


def test_demands_that_owe_nothing_come_last_and_can_be_paged(people, at):
    walk = a_walk(people, at)
    walk.sorted()
    walk.forwarded()
    walk.accepted()
    for _other in range(2):
        other = a_walk(people, at)
        other.sorted()
        other.forwarded()
    walk.drafted()
    walk.issued()
    walk.served()
    first = listed(people, at, "unit", who="land_handler", limit=2)
    second = listed(people, at, "unit", who="land_handler", limit=2, after=first.next_cursor)
    assert second.rows[-1].id == walk.demand_id
    assert {row.id for row in first.rows} & {row.id for row in second.rows} == set()


@pytest.mark.parametrize("cursor", ["x", "2026-13-40_5", "_", "9" * 40, "'; DROP TABLE", "_7"])
def test_a_cursor_that_cannot_be_read_is_no_error(desk, people, at, cursor):
    a_receipt(people, at)
    for name in ("unit", "all"):
        assert desk("clerk").get(f"/desk/lists/{name}/", {"after": cursor}).status_code == 200


def test_a_count_says_when_it_stops(people, at, monkeypatch):
    for _case in range(5):
        a_receipt(people, at)
    monkeypatch.setattr(selectors, "CAP", 3)
    page = listed(people, at, limit=2)
    assert (page.count, page.is_capped) == (3, True)


@pytest.mark.parametrize("name", ["all", "unit", "to-sort", "closed"])
def test_a_list_costs_few_statements_log_in_included(desk, people, at, name):
    for _case in range(3):
        a_receipt(people, at)
    client = desk("clerk")
    client.get("/desk/lists/all/")
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(f"/desk/lists/{name}/?channel=visit").status_code == 200
    assert len(queries) <= STATEMENTS, [query["sql"][:90] for query in queries]


def test_the_workbench_counts_every_tile_in_one_statement(desk, people, at):
    a_receipt(people, at)
    client = desk("clerk")
    client.get("/desk/")
    with CaptureQueriesContext(connection) as queries:
        page = client.get("/desk/").content.decode()
    assert len(queries) <= STATEMENTS
    assert sum("COUNT(*)" in query["sql"] for query in queries) == 1
    assert "待分流" in page


def test_a_full_list_fetches_only_what_its_lines_show(people, at):
    a_receipt(people, at)
    with CaptureQueriesContext(connection) as queries:
        listed(people, at)
    columns = queries[0]["sql"].split(" FROM ")[0]
    assert "words" not in columns
    assert '"text"' not in columns


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (ListFilter(channel="letter"), [0]),
        (ListFilter(content_class="02"), [1]),
        (ListFilter(branch="petition"), [1]),
        (ListFilter(stage="registered"), [0, 1, 2]),
        (ListFilter(text="石桥村的水渠"), [2]),
        (ListFilter(text="國土水渠"), []),
        (ListFilter(text="水渠"), [2]),
        (ListFilter(received_from=date(2026, 1, 16)), [2]),
        (ListFilter(received_to=date(2026, 1, 14)), [0]),
        (ListFilter(due_until=date(2026, 1, 1)), []),
        (ListFilter(channel="letter", stage="closed"), []),
    ],
)
def test_filters_narrow_a_list(people, at, wanted, expected):
    made = [
        a_receipt(people, at, channel="letter"),
        a_receipt(
            people,
            at + timedelta(days=1),
            demands=(DemandDraft(statement="补偿", content_class="02", branch="petition"),),
        ),
        a_receipt(people, at + timedelta(days=2), text="石桥村的水渠塌了，田里没有水。"),
    ]
    found = numbers(listed(people, at, wanted=wanted))
    assert sorted(found) == [made[place].case_id for place in expected]


def test_a_number_finds_its_matter_with_or_without_dashes(people, at):
    a_receipt(people, at)
    receipt = a_receipt(people, at)
    for typed in (receipt.number, receipt.number.replace("-", "").lower()):
        assert numbers(listed(people, at, wanted=ListFilter(text=typed))) == [receipt.case_id]


def test_the_accused_agency_sees_no_line_and_no_count(desk, people, at):
    accused = people.agency_id("natural-resources")
    a_receipt(
        people,
        at,
        by=people["sealed_clerk"],
        text="自然资源局收受好处",
        demands=(DemandDraft(statement="检举", branch="accusation", accused_agency_id=accused),),
    )
    for name in selectors.LIST_NAMES:
        page = listed(people, at, name, who="land_handler")
        assert (page.rows, page.count) == ((), 0)
    assert listed(people, at, "all", wanted=ListFilter(text="好处"), who="land_handler").rows == ()
    counts = selectors.work_counts(
        user=people["land_handler"], names=tuple(selectors.HELD), today=local_date(at)
    )
    assert set(counts.values()) == {0}
    answer = desk("land_handler").get("/desk/lists/all/export.csv")
    assert "检举" not in b"".join(answer).decode()


def test_an_accusation_is_marked_and_not_told(desk, people, at):
    a_receipt(
        people,
        at,
        by=people["sealed_clerk"],
        demands=(DemandDraft(statement="检举局长受贿", branch="accusation"),),
    )
    client = desk("sealed_clerk")
    for page in ("/desk/", "/desk/lists/all/", "/desk/search/?q=受贿"):
        shown = client.get(page).content.decode()
        assert "检举局长受贿" not in shown
    assert "密封" in client.get("/desk/lists/all/").content.decode()


def test_a_word_in_a_hidden_part_betrays_nothing(people, at):
    walk = a_walk(
        people,
        at,
        text="土地补偿没有发，另外镇长收了红包。",
        demands=(
            DemandDraft(statement="请求发放土地补偿"),
            DemandDraft(statement="检举镇长", branch="accusation"),
        ),
        by=people["sealed_clerk"],
    )
    walk.sorted()
    walk.forwarded()
    assert numbers(listed(people, at, who="land_handler", wanted=ListFilter(text="红包"))) == []
    assert len(listed(people, at, who="land_handler", wanted=ListFilter(text="补偿")).rows) == 1


def test_administrators_see_no_casework(desk, people, at):
    a_receipt(people, at)
    for name in ("system_admin", "security_admin", "auditor"):
        client = desk(name)
        for page in (
            "/desk/lists/all/",
            "/desk/search/?q=补偿",
            "/desk/lists/all/export.csv",
            "/desk/register/",
        ):
            assert client.get(page).status_code == 403, (name, page)
        assert client.get("/desk/").headers["Location"] == "/desk/accounts/"


def test_an_unknown_list_is_not_found(desk):
    assert desk("clerk").get("/desk/lists/nothing/").status_code == 404


def test_who_is_not_logged_in_is_led_to_the_log_in_and_back(client, db):
    answer = client.get("/desk/lists/all/?channel=visit")
    assert answer.status_code == 302
    assert "/desk/login/?next=%2Fdesk%2Flists%2Fall%2F%3Fchannel%3Dvisit" in answer.headers["Location"]


def test_a_signer_sees_approvals_first(desk, people):
    tiles = desk("land_signer").get("/desk/").context["tiles"]
    assert "approval" in tiles[0].url


def test_an_account_without_roles_is_told_what_to_do(desk, people):
    User.objects.filter(pk=people["outsider"].pk).update(roles="")
    assert "还没有办理事项的角色" in desk("outsider").get("/desk/").content.decode()
