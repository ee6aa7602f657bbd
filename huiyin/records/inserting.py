"""Rows of several tables in one message (成批写入): for the writes that every petition waits for.

The ORM compiles an INSERT anew each time and waits for each answer; here the text of a table's INSERT is made
once, and PostgreSQL gets the statements of all tables together. Keys are taken beforehand with `take_ids`,
so that rows can name one another. Everything happens inside the caller's transaction.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db import connection, models
from django.db.backends.base.base import BaseDatabaseWrapper

ROWS_AT_ONCE = 500
# What both drivers write as it is, and what psycopg does beside; other fields say how they are stored.
PLAIN: tuple[type["models.Field[Any, Any]"], ...] = (
    models.CharField,
    models.TextField,
    models.IntegerField,
    models.BooleanField,
    models.BinaryField,
)
PLAIN_ON_POSTGRESQL = (*PLAIN, models.UUIDField, models.DateField)
Value = Callable[[Any], Any]


@dataclass(frozen=True)
class Table:
    """How a row of a model is written: the beginning of its INSERT, one row of marks, how to read a row."""

    start: str
    marks: str
    values: tuple[tuple[str, Value | None], ...]

    def statement(self, rows: int) -> str:
        """The INSERT of so many rows."""
        return f"{self.start}{', '.join([self.marks] * rows)}"

    def parameters(self, rows: Sequence[models.Model]) -> list[Any]:
        """The values of the rows, one after the other."""
        return [
            getattr(row, name) if prepared is None else prepared(getattr(row, name))
            for row in rows
            for name, prepared in self.values
        ]


def insert_rows(*tables: Sequence[models.Model]) -> None:
    """Insert the rows of one table after the other (写入); of one table all have their key or none has."""
    portions = [
        rows[start : start + ROWS_AT_ONCE] for rows in tables for start in range(0, len(rows), ROWS_AT_ONCE)
    ]
    if not portions:
        return
    plans = [_table(type(rows[0]), connection.vendor, rows[0].pk is not None) for rows in portions]
    statements = [plan.statement(len(rows)) for plan, rows in zip(plans, portions, strict=True)]
    parameters = [plan.parameters(rows) for plan, rows in zip(plans, portions, strict=True)]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # Parameters are bound by the client, so one message may hold several statements.
            cursor.execute("; ".join(statements), [value for values in parameters for value in values])
            return
        for statement, values in zip(statements, parameters, strict=True):
            cursor.execute(statement, values)


def take_ids(wanted: Mapping[type[models.Model], int]) -> dict[type[models.Model], list[int]]:
    """Take so many new keys of each model (取号): one statement.

    SQLite counts on the write lock of the transaction: nobody else inserts before it ends.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("keys are taken inside the transaction that uses them")
    found: dict[type[models.Model], list[int]] = {model: [] for model in wanted}
    names = {model._meta.db_table: model for model in wanted}
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            sources = (
                f"SELECT '{name}', nextval(pg_get_serial_sequence('{name}', 'id'))"
                " FROM generate_series(1, %s)"
                for name in names
            )
            cursor.execute(" UNION ALL ".join(sources), list(wanted.values()))
            for name, rows in groupby(cursor.fetchall(), key=itemgetter(0)):
                found[names[name]] += [int(row[1]) for row in rows]
            return found
        marks = ", ".join(["%s"] * len(names))
        cursor.execute(f"SELECT name, seq FROM sqlite_sequence WHERE name IN ({marks})", list(names))
        last = dict(cursor.fetchall())
    for name, model in names.items():
        first = int(last.get(name, 0)) + 1
        found[model] = list(range(first, first + wanted[model]))
    return found


@lru_cache(maxsize=128)
def _table(model: type[models.Model], vendor: str, with_key: bool) -> Table:
    fields = [field for field in model._meta.concrete_fields if with_key or not field.primary_key]
    columns = ", ".join(f'"{field.column}"' for field in fields)
    return Table(
        start=f'INSERT INTO "{model._meta.db_table}" ({columns}) VALUES ',
        marks=f"({', '.join(['%s'] * len(fields))})",
        values=tuple((str(field.attname), _value(field, vendor)) for field in fields),
    )


def _value(field: "models.Field[Any, Any]", vendor: str) -> Value | None:
    """How a value of the field is written; None where it needs nothing."""
    target = field.target_field if isinstance(field, models.ForeignKey) else field
    if isinstance(target, PLAIN_ON_POSTGRESQL if vendor == "postgresql" else PLAIN):
        return None
    prepared: Callable[[Any, BaseDatabaseWrapper], Any] = field.get_db_prep_save
    return lambda value: prepared(value, connection)
