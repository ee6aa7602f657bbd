"""The server killed, the database cut off, the disk full: a clear answer; nothing acknowledged is lost."""

import os
import random
import resource
import shutil
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connection

from tests.faults.servers import Answer, House, a_house, server_connection

ROUNDS = 3
CLIENTS = 4
on_postgresql = pytest.mark.skipif("connection.vendor == 'sqlite'", reason="SQLite has no server to lose")
on_sqlite = pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL writes its files itself")


@pytest.fixture(scope="module")
def house() -> Iterator[House]:
    """One installation for the tests of this file; each goes on from what the others left."""
    with a_house() as house:
        yield house


class Clerks:
    """Several programs that register one petition after the other until told to stop."""

    def __init__(self, house: House, name: str) -> None:
        self.house, self.name = house, name
        self.receipts: dict[str, str] = {}
        self.refusals: list[Answer] = []
        self.unanswered: list[str] = []
        self.is_over = threading.Event()
        self.threads = [threading.Thread(target=self.work, args=(number,)) for number in range(CLIENTS)]
        for thread in self.threads:
            thread.start()

    def work(self, number: int) -> None:
        place = 0
        while not self.is_over.is_set():
            place += 1
            key = f"{self.name}-{number}-{place}"
            answer = self.house.register(key)
            if answer.status == 201:
                self.receipts[key] = answer.json["number"]
            else:
                self.refusals.append(answer)
                self.unanswered.append(key)
            if answer.status == 0:
                return

    def end(self) -> None:
        self.is_over.set()
        for thread in self.threads:
            thread.join(timeout=90)


def number_of(answer: Answer) -> str:
    assert answer.status in (200, 201), (answer.status, answer.text)
    return str(answer.json["number"])


def check_kept(house: House, receipts: dict[str, str]) -> None:
    """Everything acknowledged answers with its number again, and the ledger is whole."""
    for key, number in receipts.items():
        assert number_of(house.register(key)) == number
    report = house.huiyin("verify")
    assert report.returncode == 0, report.stdout


def test_what_was_acknowledged_before_the_server_was_killed_is_there_once(house, pytestconfig):
    chance = random.Random(pytestconfig.getoption("randomly_seed", 1))
    receipts: dict[str, str] = {}
    for turn in range(ROUNDS):
        house.open()
        clerks = Clerks(house, f"killed{turn}")
        time.sleep(chance.uniform(0.3, 1.2))
        house.kill()
        clerks.end()
        assert house.huiyin("verify").returncode == 0
        house.open()
        # Whoever got no answer sends again: one petition comes of it, never two.
        for key in clerks.unanswered:
            receipts[key] = number_of(house.register(key))
        receipts |= clerks.receipts
    assert len(receipts) > ROUNDS
    assert len(set(receipts.values())) == len(receipts)
    check_kept(house, receipts)


@on_postgresql
def test_a_lost_database_gives_a_clear_page_and_the_next_request_works(house):
    house.open()
    clerks = Clerks(house, "cut")
    name = house.database_url.rpartition("/")[2]
    with server_connection() as run:
        for _time in range(5):
            time.sleep(0.2)
            run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", name)
        run(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
        run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", name)
        time.sleep(0.3)
        clerks.end()
        away = [house.register("away"), house.get("/verify/")]
        run(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")
    assert {answer.status for answer in (*clerks.refusals, *away)} == {503}
    assert "稍后" in away[0].json["detail"]
    assert "凡是已经给出登记编号的诉求都已保存" in away[1].text
    # Each thread of the server may still hold a connection that is gone; then it is 503 once more, never 500.
    wait_until_open(house)
    assert len(clerks.receipts) > CLIENTS
    check_kept(house, clerks.receipts)


def wait_until_open(house: House) -> None:
    answers = [house.get("/api/v1/me").status for _time in range(8)]
    assert set(answers) <= {200, 401, 503}, answers
    assert answers[-1] == 200


@contextmanager
def no_room(house: House) -> Iterator[None]:
    """Let the processes of the server write nothing at all to files."""
    pids = house.processes()
    before = {pid: resource.prlimit(pid, resource.RLIMIT_FSIZE) for pid in pids}
    try:
        for pid, (_soft, hard) in before.items():
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (0, hard))
        yield
    finally:
        for pid, limits in before.items():
            resource.prlimit(pid, resource.RLIMIT_FSIZE, limits)


@on_sqlite
def test_a_disk_that_takes_nothing_gives_a_clear_answer_and_loses_nothing(house):
    house.open()
    receipts = {key: number_of(house.register(key)) for key in ("full-1", "full-2")}
    with no_room(house):
        refused = [house.register(f"full-{number}") for number in range(3, 9)]
        assert {answer.status for answer in refused} == {503}, refused
        assert "稍后" in refused[0].json["detail"]
        assert house.get("/expect/").status == 200
    receipts |= {key: number_of(house.register(key)) for key in ("full-3", "full-9")}
    check_kept(house, receipts)


@on_postgresql
def test_a_full_database_disk_gives_a_clear_answer_and_loses_nothing():
    with small_disk() as (folder, tablespace), a_house(tablespace) as house:
        house.start()
        receipts = {}
        room = shutil.disk_usage(folder).free
        ballast = folder / "ballast"
        ballast.write_bytes(b"x" * (room - 400_000))
        for number in range(200):
            text = "".join(chr(0x4E00 + (number * 7919 + place * 31) % 20_000) for place in range(8_000))
            answer = house.register(f"full-{number}", text)
            if answer.status == 503:
                break
            receipts[f"full-{number}"] = number_of(answer)
        assert answer.status == 503, "the disk never filled up"
        assert "稍后" in answer.json["detail"]
        ballast.unlink()
        receipts[f"full-{number}"] = number_of(house.register(f"full-{number}", text))
        wait_until_open(house)
        check_kept_texts(house, receipts)


def check_kept_texts(house: House, receipts: dict[str, str]) -> None:
    listed = house.get("/api/v1/demands?list=unit").json
    assert {row["number"] for row in listed["rows"]} >= set(list(receipts.values())[-50:])
    assert listed["count"] == len(receipts)
    assert house.huiyin("verify").returncode == 0


@contextmanager
def small_disk() -> Iterator[tuple[Path, str]]:
    """A file system of 64 MB for the tables of one database."""
    with server_connection() as run:
        data = Path(run("SHOW data_directory")[0][0])
        folder = data.parent / f"small-{os.getpid()}"
        folder.mkdir()
        owner = data.stat()
        options = f"size=64m,mode=700,uid={owner.st_uid},gid={owner.st_gid}"
        mounted = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)], capture_output=True, check=False
        )
        if mounted.returncode:
            folder.rmdir()
            pytest.skip(f"a small disk cannot be mounted here: {mounted.stderr.decode().strip()}")
        tablespace = f"small_{os.getpid()}"
        place = folder / "tables"
        place.mkdir(mode=0o700)
        os.chown(place, owner.st_uid, owner.st_gid)
        try:
            run(f"CREATE TABLESPACE {tablespace} LOCATION '{place}'")
            yield folder, tablespace
            run(f"DROP TABLESPACE {tablespace}")
        finally:
            subprocess.run(["umount", "--lazy", str(folder)], check=False)
            folder.rmdir()


def test_a_row_changed_behind_the_house_is_named_by_the_command(house):
    house.open()
    receipt = house.register("changed").json
    matter = receipt["case_id"]
    change = 'UPDATE ledger_entry SET payload = replace(payload, \'"channel":"call"\', \'"channel":"visit"\')'
    back = 'UPDATE ledger_entry SET payload = replace(payload, \'"channel":"visit"\', \'"channel":"call"\')'
    behind_the_house(house, f"{change} WHERE matter_id = {matter}")
    found = house.huiyin("verify")
    assert found.returncode == 1
    assert f"信访事项 {matter} 的第 1 条台账已被改动" in found.stdout
    behind_the_house(house, f"{back} WHERE matter_id = {matter}")
    assert house.huiyin("verify").returncode == 0


def behind_the_house(house: House, statement: str) -> None:
    """Do what only the master of the database can: put the triggers aside and change a row."""
    if connection.vendor == "sqlite":
        import sqlite3

        with sqlite3.connect(house.folder / "huiyin.sqlite3", timeout=30) as link:
            triggers = link.execute(
                "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'ledger_entry'"
            ).fetchall()
            for name, _sql in triggers:
                link.execute(f"DROP TRIGGER {name}")
            assert link.execute(statement).rowcount == 1
            for _name, sql in triggers:
                link.execute(sql)
        link.close()
        return
    import psycopg

    with psycopg.connect(house.database_url) as session:
        session.execute("SET session_replication_role = replica")
        assert session.execute(statement).rowcount == 1
