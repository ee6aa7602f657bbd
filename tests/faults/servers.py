"""A real server with a database of its own, to be killed, starved and cut off."""

import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlsplit, urlunsplit
from urllib.request import Request, urlopen

from django.conf import settings
from django.db import connection

ROOT = Path(__file__).resolve().parents[2]
FIRST_ACCOUNT = """
from django.utils import timezone
from huiyin.interfaces.commands import start_django
start_django()
from huiyin.interfaces.commands.prepare import REFERENCE
from huiyin.records.accounts.services import token_issue, user_create
from huiyin.records.agencies.selectors import agency_directory, reference_forget
from huiyin.records.agencies.services import reference_load
reference_load(folder=REFERENCE, by=None, at=timezone.now())
reference_forget()
office = agency_directory().by_code("petition-office")
now = timezone.now()
user = user_create(username="clerk", name="登记员", password="Qinghe-2026-test", duty="casework",
                   agency_id=office.id, roles=["registrar", "dispatcher"], by=None, at=now)
print(token_issue(user_id=user.pk, name="t", by=None, at=now)[1])
"""


@dataclass
class Answer:
    """What a server said; status 0 means that it said nothing."""

    status: int
    text: str = ""

    @property
    def json(self) -> Any:
        return json.loads(self.text)


@dataclass
class House:
    """An installation: a data directory, a database, a token, and at times a running server."""

    folder: Path
    database_url: str
    key: str = ""
    port: int = 0
    process: subprocess.Popen[bytes] | None = None
    environment: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("HUIYIN_")}
        kept.pop("DATABASE_URL", None)
        self.environment = kept | {"HUIYIN_DATA_DIR": str(self.folder), "HUIYIN_LOG_LEVEL": "CRITICAL"}
        if self.database_url:
            self.environment["DATABASE_URL"] = self.database_url

    def huiyin(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run a command of this installation."""
        return subprocess.run(
            [sys.executable, "-m", "huiyin.interfaces.commands", *arguments],
            cwd=ROOT, env=self.environment, capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip

    def build(self) -> None:
        """Tables, reference data, keys, one registrar with a token."""
        for command in (("keys", "new"), ("manage", "migrate", "--verbosity", "0")):
            done = self.huiyin(*command)
            assert done.returncode == 0, done.stdout + done.stderr
        made = subprocess.run(
            [sys.executable, "-c", FIRST_ACCOUNT], cwd=ROOT, env=self.environment, capture_output=True,
            text=True, timeout=120, check=False,
        )  # fmt: skip
        assert made.returncode == 0, made.stderr
        self.key = made.stdout.strip()

    def start(self) -> None:
        """Open the web server and wait until it answers."""
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        command = [sys.executable, "-m", "huiyin.interfaces.commands", "serve", "--no-background"]
        self.process = subprocess.Popen(
            [*command, "--workers", "1", "--threads", "4", "--port", str(self.port)],
            cwd=ROOT, env=self.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            start_new_session=True,
        )  # fmt: skip
        end = time.monotonic() + 60
        while self.get("/api/v1/me").status != 200:
            assert time.monotonic() < end, "the server did not open"
            time.sleep(0.1)

    def processes(self) -> list[int]:
        """The server and everything below it."""
        assert self.process is not None
        found, parents = [self.process.pid], {}
        for entry in Path("/proc").iterdir():
            if entry.name.isdecimal():
                try:
                    parents[int(entry.name)] = int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1])
                except OSError:
                    continue
        for parent in found:
            found += [child for child, above in parents.items() if above == parent]
        return found

    def kill(self) -> None:
        """Take the whole server away without a warning, as a power cut does."""
        for number in reversed(self.processes()):
            try:
                os.kill(number, signal.SIGKILL)
            except ProcessLookupError:
                continue
        assert self.process is not None
        self.process.wait(timeout=30)
        self.process = None

    def open(self) -> None:
        """Start the server unless it runs."""
        if self.process is None:
            self.start()

    def get(self, path: str) -> Answer:
        return self.call(path, None, {})

    def register(self, key: str, text: str = "路灯坏了请修理") -> Answer:
        """Send one petition under an idempotency key."""
        body = {"channel": "call", "text": text, "demands": [{"statement": f"修好{key}"}], "name": "周桂兰"}
        return self.call("/api/v1/submissions", body, {"Idempotency-Key": key})

    def call(self, path: str, body: object, headers: dict[str, str]) -> Answer:
        request = Request(
            f"http://127.0.0.1:{self.port}{path}",
            data=None if body is None else json.dumps(body).encode(),
            headers={"Authorization": f"Bearer {self.key}", "Content-Type": "application/json"} | headers,
        )
        try:
            with urlopen(request, timeout=60) as answer:
                return Answer(answer.status, answer.read().decode())
        except HTTPError as refusal:
            with refusal:
                return Answer(refusal.code, refusal.read().decode())
        except (OSError, ValueError):
            return Answer(0)


@contextmanager
def a_house(tablespace: str = "") -> Iterator[House]:
    """Build an installation on the kind of database the tests run on; it is gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="huiyin-house-"))
    with own_database(tablespace) as address:
        house = House(folder, address)
        try:
            house.build()
            yield house
        finally:
            if house.process is not None:
                house.kill()
            shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def own_database(tablespace: str) -> Iterator[str]:
    """A database beside that of the tests; SQLite lies in the folder of the installation anyway."""
    if connection.vendor == "sqlite":
        yield ""
        return
    name = f"house_{secrets.token_hex(6)}"
    with server_connection() as run:
        run(f"CREATE DATABASE {name}" + (f" TABLESPACE {tablespace}" if tablespace else ""))
    parts = urlsplit(os.environ["DATABASE_URL"])
    try:
        yield urlunsplit(parts._replace(path=f"/{name}"))
    finally:
        with server_connection() as run:
            run(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def server_connection() -> Iterator[Any]:
    """Run statements on the database server, outside of any transaction; rows come back as tuples."""
    import psycopg

    values = {name: str(value) for name, value in settings.DATABASES["default"].items()}
    with psycopg.connect(
        host=values["HOST"], port=values["PORT"], user=values["USER"], password=values["PASSWORD"],
        dbname="postgres", autocommit=True,
    ) as link:  # fmt: skip

        def run(statement: str, *parameters: object) -> list[tuple[Any, ...]]:
            cursor = link.execute(statement, parameters or None)
            return cursor.fetchall() if cursor.description else []

        yield run
