"""Role × surface: every address for every person, with forged numbers of matters that are not theirs.

What a person may not see answers exactly like what does not exist, on the desk, on the portal and through the
API; accusation material shows up nowhere.
"""

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from huiyin.casework.cases.models import Case, Demand
from huiyin.casework.cases.scope import cases_visible_to
from huiyin.casework.intake.contract import DemandDraft
from huiyin.casework.matching.services import cases_link
from huiyin.interfaces.ui.files import attachment_store_of_settings
from huiyin.records.documents.models import Document
from huiyin.records.documents.services import attachment_store
from tests.factories.cases import Walk, a_receipt, demand_of
from tests.faults.addresses import ABSENT, NO_DRAFT, WORDS, Address, addresses
from tests.people import ADMINISTRATORS, CAST, People

pytestmark = pytest.mark.django_db
PLAIN, SECRET = "金蟾街口的水塔漏水三个月无人修理", "银杏所所长收受施工队红包两万元"
MARKS = ("金蟾街", "银杏所", "红包")
LOGGED_OUT = ("/desk/login/", "/desk/logout/")
PUBLIC_API = ("/api/v1/docs", "/api/v1/openapi.json", "/api/v1/")
NUMBERED = {"case_id", "demand_id", "document_id", "attachment_id", "link_id", "number"}
# Who looked at a matter is for the auditor to see, though not the matter itself.
OPEN_TO = {("auditor", "/desk/cases/{case_id}/looks/")}
EVERYBODY = [*CAST, *ADMINISTRATORS]


@dataclass(frozen=True)
class World:
    """A plain matter of the land bureau with everything that hangs on it, and a sealed accusation."""

    people: People
    plain: Mapping[str, object]
    sealed: Mapping[str, object]


def numbers_of(people: People, case_id: int, other_id: int) -> dict[str, object]:
    """The numbers of one matter and what hangs on it, by the names the addresses use."""
    demand = Demand.objects.get(case_id=case_id, position=1)
    file = attachment_store(
        matter_id=case_id, file=SimpleUploadedFile("信.txt", PLAIN.encode()), name="信.txt",
        store=attachment_store_of_settings(), by=None, at=timezone.now(), is_sealed=demand.is_sealed,
    )  # fmt: skip
    document = Document.objects.filter(matter_id=case_id).first()
    link = cases_link(
        case_id=case_id, other_id=other_id, kind="related", reason="地点相同", by=people["sealed_clerk"],
        at=timezone.now(),
    )  # fmt: skip
    return {
        "case_id": case_id,
        "demand_id": demand.pk,
        "document_id": document.pk if document else ABSENT,
        "attachment_id": file.pk,
        "link_id": link.pk,
        "number": Case.objects.get(pk=case_id).number,
        "user_id": people["clerk"].pk,
        "filter_id": 1,
        "draft_id": NO_DRAFT,
    }


@pytest.fixture
def world(people: People) -> World:
    now = timezone.now()
    plain = a_receipt(people, now, text=PLAIN, title=PLAIN[:12], demands=(DemandDraft(statement=PLAIN),))
    walk = Walk(people, demand_of(plain).pk, now)
    walk.sorted()
    walk.forwarded()
    walk.accepted()
    accusation = DemandDraft(
        statement=SECRET, branch="accusation", accused_agency_id=people.agency_id("natural-resources")
    )
    sealed = a_receipt(people, now, by=people["sealed_clerk"], text=SECRET, demands=(accusation,))
    third = a_receipt(people, now, by=people["town_handler"], office_id=people.agency_id("town-liuhe"))
    other = a_receipt(people, now).case_id
    assert third.case_id
    return World(people, numbers_of(people, plain.case_id, other), numbers_of(people, sealed.case_id, other))


def absent(present: Mapping[str, object]) -> dict[str, object]:
    """The same shape of numbers, of nothing that exists."""
    never = {name: ABSENT for name, value in present.items() if isinstance(value, int)}
    kept = {name: present[name] for name in ("user_id", "filter_id")}
    return {**present, **never, **kept, "number": "XF2026-0999999-9"}


def plainly(text: str, path: str, values: Mapping[str, object]) -> str:
    """An answer without what must differ: the numbers asked for, and what is drawn by lot each time."""
    for value in (path, quote(path, safe=""), str(values["number"])):
        text = text.replace(value, "N")
    text = re.sub(r"/\d+(?=[/?\"'&]|$)", "/N", text)
    text = re.sub(r'(csrfmiddlewaretoken"[^>]*value|name="csrf-token" content)="[^"]*"', "", text)
    text = re.sub(r'value="[^"]{20,}"', "", text)
    return re.sub(r"\d\d:\d\d(:\d\d)?", "", text)


def asked(
    client: Client, address: Address, values: Mapping[str, object], method: str, **headers: str
) -> tuple[int, str, str]:
    """Status, target and plain text of an answer."""
    path = address.path({**WORDS, **values})
    sent = {"content_type": "application/json", "data": "{}"} if address.area == "api" else {}
    answer = getattr(client, method)(path, headers=headers, **(sent if method == "post" else {}))
    body = answer.getvalue() if answer.streaming else answer.content
    target = plainly(answer.headers.get("Location", ""), path, values)
    return answer.status_code, target, plainly(body.decode("utf-8", "replace"), path, values)


def is_numbered(address: Address) -> bool:
    """Does the address name a matter or something that hangs on one?"""
    return bool(NUMBERED & {*address.names})


def test_every_part_of_an_address_is_known_to_this_test():
    known = NUMBERED | {*WORDS, "user_id", "filter_id", "draft_id"}
    assert {name for address in addresses() for name in address.names} <= known
    assert sum(map(is_numbered, addresses())) > 30


@pytest.mark.parametrize("name", EVERYBODY)
def test_what_is_not_yours_answers_like_what_does_not_exist(world, desk, program_of, name):
    browser = desk(name)
    program = program_of(name) if name not in ADMINISTRATORS else None
    compared = 0
    for values in (world.plain, world.sealed):
        if cases_visible_to(world.people[name]).filter(pk=values["case_id"]).exists():
            continue
        for address in filter(is_numbered, addresses()):
            if (name, address.template) in OPEN_TO:
                continue
            client, headers = browser, {}
            if program is not None and address.area == "api":
                client, headers = Client(), program.headers
            for method in ("get", "post"):
                forged = asked(client, address, values, method, **headers)
                nothing = asked(client, address, absent(values), method, **headers)
                assert forged == nothing, (name, method, address.template)
                assert forged[0] < 500, (name, method, address.template)
                compared += 1
    if not world.people[name].has_right("case_read") or name in {"outsider", "npc_clerk"}:
        assert compared > 60


@pytest.mark.parametrize("name", EVERYBODY)
def test_nothing_of_a_foreign_matter_shows_on_any_page(world, desk, program_of, name):
    browser = desk(name)
    person = world.people[name]
    hidden = [
        mark
        for values, marks in ((world.plain, MARKS[:1]), (world.sealed, MARKS[1:]))
        if not cases_visible_to(person).filter(pk=values["case_id"]).exists()
        for mark in marks
    ]
    for path in pages_to_look_at():
        answer = browser.get(path)
        assert answer.status_code < 500, path
        shown = text_of(answer)
        # A search page repeats the words that were typed.
        found = [mark for mark in hidden if mark in shown.replace("q=", "") and f"q={mark}" not in path]
        assert found == [], (name, path)
    if name not in ADMINISTRATORS:
        program = program_of(name)
        for mark in MARKS:
            rows = program.get("/search", q=mark).json()["rows"]
            assert mark not in hidden or rows == []
        text = program.post("/earlier-matters", {"text": PLAIN + SECRET}).content.decode()
        listed = program.get("/demands", list="all").content.decode()
        for mark in hidden:
            assert mark not in text + listed


def pages_to_look_at() -> list[str]:
    """Every address without a number, every list with its exports, and searches for what is hidden."""
    lists = ("all", "unit", "mine", "overdue", "to-sort", "awaiting", "closed")
    paths = [one.path(WORDS) for one in addresses() if not one.names and one.area != "api"]
    paths += [f"/desk/lists/{one}/" for one in lists]
    paths += [f"/desk/lists/{one}/export.{kind}" for one in lists[:2] for kind in ("csv", "xlsx")]
    return paths + [f"/desk/search/?q={mark}" for mark in MARKS]


def text_of(answer: Any) -> str:
    """The text of a page, a CSV or a workbook."""
    body = answer.getvalue() if answer.streaming else answer.content
    if not body.startswith(b"PK"):
        return str(body, "utf-8", "replace")
    with zipfile.ZipFile(io.BytesIO(body)) as book:
        return "".join(book.read(name).decode("utf-8", "replace") for name in book.namelist())


def test_visitors_are_sent_to_the_log_in_and_programs_without_a_token_are_refused(world):
    visitor = Client()
    for address in addresses():
        for method in ("get", "post"):
            status, target, body = asked(visitor, address, world.plain, method)
            place = (method, address.template, status, target)
            assert status < 500, place
            assert not any(mark in body for mark in MARKS), place
            if address.area == "desk" and not address.template.startswith(LOGGED_OUT):
                assert status == 405 or (status, "login/?next=" in target) == (302, True), place
            if address.area == "api" and address.template not in PUBLIC_API:
                assert status in {401, 405}, place
