"""What is measured (测项): each function returns one line of the table or several."""

import csv
import json
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.db import connection

from benchmarks import words
from benchmarks.county import COOKIE, Cast, logged_in
from benchmarks.matters import text_of
from benchmarks.server import Measured, Server, get, percentile, post
from huiyin.casework.cases.models import Demand
from huiyin.casework.matching.selectors import earlier_matters
from huiyin.records.accounts.models import User
from huiyin.records.ledger.verify import verify_database

CLIENTS = (1, 4, 16)
PAGE_CLIENTS = 4
IMPORT_ROWS = 10_000


@dataclass(frozen=True)
class Line:
    """One line of the table."""

    what: str
    size: int
    per_second: float
    p50: float
    p95: float
    statements: int = 0
    note: str = ""

    @staticmethod
    def of(what: str, size: int, found: Measured, statements: int = 0, note: str = "") -> "Line":
        """A line of what the load generator found."""
        return Line(what, size, found.per_second, found.p50, found.p95, statements, note)

    def as_dict(self) -> dict[str, Any]:
        """For the report."""
        return asdict(self)


@contextmanager
def counted() -> Iterator[list[str]]:
    """Write down every statement sent to the database; a message of several counts as several."""
    sent: list[str] = []

    def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        sent.extend(sql.split("; "))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield sent


def pages(server: Server, cast: Cast, size: int, seconds: float) -> list[Line]:
    """Lists, the case page and the search, as an officer of the petition office sees them."""
    officer = cast.officers[cast.office_id]
    browser = logged_in(officer)
    headers = {"Cookie": f"{COOKIE}={browser.cookies[COOKIE].value}"}
    dice = random.Random(size)
    cases = list(
        Demand.objects.filter(office_id=cast.office_id, case_id__lte=size).values_list("case_id", flat=True)
    )
    addresses = {
        "work list, 100 rows, by due date": ["/desk/lists/unit/"],
        "work list, 100 rows, newest": ["/desk/lists/all/"],
        "case page": [f"/desk/cases/{case}/" for case in dice.choices(cases, k=1000)],
        "search": [f"/desk/search/?q={quote(text)}" for text in words.SEARCHES],
    }
    lines = []
    for what, paths in addresses.items():
        assert browser.get(paths[0]).status_code == 200, what
        with counted() as sent:
            browser.get(paths[-1])
        requests = [get(path, headers) for path in paths]
        server.measure(requests, clients=PAGE_CLIENTS, seconds=seconds / 4, expect="200")
        found = server.measure(requests, clients=PAGE_CLIENTS, seconds=seconds, expect="200")
        lines.append(Line.of(what, size, found, len(sent), f"{PAGE_CLIENTS} clients"))
    return lines


def change_of_state(server: Server, cast: Cast, size: int) -> Line:
    """Units accept what was forwarded to them, over the API."""
    waiting = Demand.objects.filter(stage="awaiting_receipt", is_open=True, position=1).order_by("-id")
    rows = list(waiting.values_list("id", "holder_id")[:601])
    requests = [
        post(f"/api/v1/demands/{demand}/accept", {"Authorization": f"Bearer {cast.tokens[holder]}"}, {})
        for demand, holder in rows
    ]
    found = server.measure(
        requests[1:], clients=PAGE_CLIENTS, seconds=60, most=len(requests) - 1, expect="200"
    )
    demand, holder = rows[0]
    with counted() as sent:
        answer = browser_call(f"/api/v1/demands/{demand}/accept", cast.tokens[holder], {})
    assert answer == 200
    return Line.of("change of state (accept)", size, found, len(sent), f"{PAGE_CLIENTS} clients")


def browser_call(path: str, token: str, body: object) -> int:
    """One call of the API in this process, for counting statements."""
    from django.test import Client

    client = Client(SERVER_NAME="127.0.0.1", headers={"authorization": f"Bearer {token}"})
    return int(client.post(path, json.dumps(body), content_type="application/json").status_code)


def same_matter(cast: Cast, size: int, times: int) -> Line:
    """Earlier matters like a new text, as asked at registration."""
    user = User.objects.select_related("agency").get(pk=cast.officers[cast.office_id])
    texts = [text_of(-number, cast) for number in range(1, times + 11)]
    for text in texts[:10]:
        earlier_matters(user=user, text=text.text, region_code=text.place[0])
    taken = []
    for text in texts[10:]:
        start = time.perf_counter()
        earlier_matters(user=user, text=text.text, region_code=text.place[0])
        taken.append((time.perf_counter() - start) * 1000)
    with counted() as sent:
        earlier_matters(user=user, text=texts[0].text, region_code=texts[0].place[0])
    taken.sort()
    rate = 1000 / statistics.fmean(taken)
    return Line(
        "same-matter look-up",
        size,
        rate,
        percentile(taken, 50),
        percentile(taken, 95),
        len(sent),
        "in process",
    )


def registrations(server: Server, cast: Cast, size: int, seconds: float, rounds: int) -> list[Line]:
    """Registration over the API beside the bare view, in turns, with 1, 4 and 16 clients."""
    texts = [text_of(-number, cast) for number in range(1, 1001)]
    bare = [post("/bare/", {}, {"title": text.demands[0], "text": text.text}) for text in texts]
    path, token = "/api/v1/submissions", cast.tokens[cast.office_id]
    real = [post(path, {"Authorization": f"Bearer {token}"}, petition(text)) for text in texts]
    with counted() as sent:
        assert browser_call(path, token, petition(texts[0])) == 201
    lines = []
    for clients in CLIENTS:
        taken: dict[str, list[Measured]] = {"bare insert": [], "registration": []}
        for turn in range(rounds + 1):
            for what, requests in (("bare insert", bare), ("registration", real)):
                found = server.measure(
                    requests, clients=clients, seconds=seconds if turn else seconds / 2, expect="201"
                )
                if turn:  # the first round warms both up
                    taken[what].append(found)
        for what, several in taken.items():
            statements = len(sent) if what == "registration" else 1
            lines.append(middle(what, size, several, statements, f"{clients} clients"))
    return lines


def petition(text: Any) -> dict[str, object]:
    """What a hotline's system would send."""
    return {
        "channel": "call",
        "text": text.text,
        "demands": [{"statement": demand} for demand in text.demands],
        "name": words.SURNAMES[len(text.text) % len(words.SURNAMES)] + words.GIVEN[:2],
        "phone": f"1390000{len(text.text):04}",
        "region_code": text.place[0],
        "place": text.place[1],
    }


def middle(what: str, size: int, several: Sequence[Measured], statements: int, note: str) -> Line:
    """The median over several rounds."""
    rate, half, slow = (
        statistics.median(getattr(found, name) for found in several) for name in ("per_second", "p50", "p95")
    )
    return Line(what, size, rate, half, slow, statements, f"{note}, median of {len(several)} rounds")


def imported(cast: Cast, size: int) -> Line:
    """`huiyin import` of a table, from its start to its end."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "petitions.csv"
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["编号", "标题", "内容", "诉求", "姓名", "电话", "时间"])
            for number in range(1, IMPORT_ROWS + 1):
                text = text_of(-number - 5000, cast)
                phone = f"138{number:08}"
                row = [
                    f"B{number}",
                    text.demands[0],
                    text.text,
                    text.demands[0],
                    "周桂兰",
                    phone,
                    "2026-03-02",
                ]
                writer.writerow(row)
        command = [sys.executable, "-m", "huiyin.interfaces.commands", "import", str(path)]
        start = time.perf_counter()
        done = subprocess.run(command, capture_output=True, text=True, timeout=600)
        taken = time.perf_counter() - start
    if done.returncode:
        raise RuntimeError(f"import: {done.stdout[-800:]} {done.stderr[-800:]}")
    return Line(
        "import of a .csv, rows", size, IMPORT_ROWS / taken, 0, taken * 1000, 0, f"{IMPORT_ROWS:,} rows"
    )


def exported(server: Server, cast: Cast, size: int) -> list[Line]:
    """The list of all demands of the office as a file over HTTP."""
    browser = logged_in(cast.officers[cast.office_id])
    headers = {"Cookie": f"{COOKIE}={browser.cookies[COOKIE].value}"}
    rows = Demand.objects.filter(involvements__agency_id=cast.office_id).count()
    lines = []
    for kind in ("csv", "xlsx"):
        request = [get(f"/desk/lists/all/export.{kind}", headers)]
        several = [server.measure(request, clients=1, seconds=120, most=1, expect="200") for _ in range(3)]
        best = middle(f"export .{kind}", size, several, 0, f"{rows:,} rows, {several[0].megabytes:.0f} MB")
        lines.append(best)
    return lines


def verified(size: int) -> Line:
    """The whole ledger of the database, as `huiyin verify` does it."""
    start = time.perf_counter()
    report = verify_database()
    taken = time.perf_counter() - start
    if report.finding is not None:
        raise RuntimeError(f"the ledger is broken: {report.finding}")
    rate = report.entries / taken
    return Line("ledger verified, entries", size, rate, 0, taken * 1000, 0, f"{report.entries:,} entries")
