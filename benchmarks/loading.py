"""Into the tables by the shortest way (装载): COPY by two processes on PostgreSQL, executemany on SQLite.

The search index is made anew afterwards, and foreign keys sleep meanwhile; what was written is verified in
the measurement itself.
"""

from concurrent.futures import ProcessPoolExecutor
from datetime import datetime
from itertools import repeat
from multiprocessing import get_context
from typing import Any
from uuid import UUID

import django

django.setup()

from django.db import connection, transaction  # noqa: E402 - a process of the pool begins here

from benchmarks.county import Cast  # noqa: E402 - after setup()
from benchmarks.matters import COLUMNS, DEMANDS, Rows, batches, rows_of  # noqa: E402 - after setup()
from huiyin.records.texts.search import build_statements, drop_statements  # noqa: E402 - after setup()

BATCH = 2_000
PROCESSES = 2
MANY = 20_000
FAR_AWAY = 200_000_000
WITHOUT_NUMBER = ("vault_identity", "ledger_chainhead")


def load(first: int, last: int, cast: Cast, now: datetime) -> None:
    """Write the matters from first to last."""
    if connection.vendor == "sqlite":
        for numbers in batches(first, last, BATCH):
            write(numbers, cast, now)
        run(
            *(
                f"UPDATE sqlite_sequence SET seq = max(seq, {last_id(table, last)}) WHERE name = '{table}'"
                for table in COLUMNS
            ),
            "ANALYZE",
        )
        return
    is_large = last - first >= MANY
    if is_large:
        run(*drop_statements("postgresql", "cases_submission"))
    connection.close()
    with ProcessPoolExecutor(PROCESSES, mp_context=get_context("spawn")) as pool:
        for _done in pool.map(write, batches(first, last, BATCH), repeat(cast), repeat(now)):
            pass
    if is_large:
        run("SET maintenance_work_mem = '1GB'", *build_statements("postgresql", "cases_submission", "words"))
    run(
        *(
            f"SELECT setval(pg_get_serial_sequence('{table}', 'id'),"
            f" (SELECT greatest({last_id(table, last)}, max(id)) FROM {table}))"
            for table in COLUMNS
            if table not in WITHOUT_NUMBER
        ),
        # As autovacuum would have done on a server that has run for a night.
        "VACUUM ANALYZE",
    )


def last_id(table: str, last: int) -> int:
    """Where the table's own numbers go on: those of a measured step must not meet the next portion's."""
    taken = {"cases_case": last, "cases_submission": last, "cases_demand": last * DEMANDS + DEMANDS}
    return taken.get(table, FAR_AWAY)


def write(numbers: range, cast: Cast, now: datetime) -> None:
    """Write some matters in one transaction."""
    rows = rows_of(numbers, cast, now)
    with transaction.atomic():
        if connection.vendor == "postgresql":
            copy(rows)
        else:
            insert(rows)


def copy(rows: Rows) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica; SET LOCAL synchronous_commit = off")
        for table, columns in COLUMNS.items():
            with cursor.copy(f'COPY "{table}" ({", ".join(columns.split())}) FROM STDIN') as target:
                for row in rows[table]:
                    target.write_row(row)


def insert(rows: Rows) -> None:
    with connection.cursor() as cursor:
        for table, columns in COLUMNS.items():
            if table == "ledger_chainhead":
                continue  # the heads have followed their entries by a trigger
            names = columns.split()
            marks = ", ".join(["%s"] * len(names))
            converted = ([plain(value) for value in row] for row in rows[table])
            cursor.executemany(
                f'INSERT INTO "{table}" ({", ".join(names)}) VALUES ({marks})', list(converted)
            )


def plain(value: Any) -> Any:
    """A value as Django writes it on SQLite."""
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return value.hex if isinstance(value, UUID) else value


def run(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
