"""Let the test runner empty the tables that can only grow.

Tests that need real transactions clean up by emptying every table, which the append-only triggers refuse.
The triggers stay as they are in production; they are only put aside inside the
transaction of that clean-up.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.operations import BaseDatabaseOperations

from huiyin.records.ledger.triggers import PREFIX


def let_flush_pass() -> None:
    """Wrap the clean-up of the database in use, for every connection of this process."""
    operations = type(connection.ops)
    flush = operations.execute_sql_flush

    def flush_without_triggers(self: BaseDatabaseOperations, sql_list: Iterable[str]) -> None:
        with transaction.atomic(using=self.connection.alias), triggers_aside(self.connection):
            flush(self, sql_list)

    operations.execute_sql_flush = flush_without_triggers  # type: ignore[method-assign]  # Django offers no hook here


@contextmanager
def triggers_aside(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Put the append-only triggers aside and set them up again, within the running transaction."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE tgname LIKE %s", [f"{PREFIX}%"]
            )
            tables = [row[0] for row in cursor.fetchall()]
            # A table whose foreign keys are still to be checked cannot be altered.
            settle = ["SET CONSTRAINTS ALL IMMEDIATE", "SET CONSTRAINTS ALL DEFERRED"]
            aside = settle + [f"ALTER TABLE {table} DISABLE TRIGGER USER" for table in tables]
            back = settle + [f"ALTER TABLE {table} ENABLE TRIGGER USER" for table in tables]
        else:
            cursor.execute(
                "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE %s", [f"{PREFIX}%"]
            )
            triggers = cursor.fetchall()
            aside = [f"DROP TRIGGER {name}" for name, _sql in triggers]
            back = [sql for _name, sql in triggers]
        for statement in aside:
            cursor.execute(statement)
        yield
        for statement in back:
            cursor.execute(statement)
