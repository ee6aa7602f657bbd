"""Statements that are compiled once and asked many times (预编译查询).

Compiling a query costs Django several times what the database takes to answer it. A query that differs from
the last only in a number is compiled with a stand-in for that number, and kept.
"""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

# A number nothing can have; it stands in the compiled SQL where the wanted number goes.
ANY_NUMBER = -424242


@dataclass(frozen=True, slots=True)
class Question:
    """A compiled statement, and how its columns are read (已编译语句)."""

    sql: str
    params: tuple[Any, ...]
    columns: tuple[Any, ...]
    converted: tuple[int, ...]

    def rows(self, number: int) -> list[tuple[Any, ...]]:
        """What the database answers for this number, read as the ORM would read it."""
        if not self.sql:
            return []
        with connection.cursor() as cursor:
            cursor.execute(self.sql, [number if value == ANY_NUMBER else value for value in self.params])
            found: list[tuple[Any, ...]] = cursor.fetchall()
        if not self.converted or not found:
            return found
        readers = [(place, self.columns[place], _readers(self.columns[place])) for place in self.converted]
        return [_read(row, readers) for row in found]


def question(rows: QuerySet[Any, tuple[Any, ...]]) -> Question:
    """Compile a query for tuples; the caller keeps the answer by everything the query depends on."""
    compiler = rows.query.get_compiler(connection=connection)
    try:
        sql, params = compiler.as_sql()
    except EmptyResultSet:
        return Question("", (), (), ())
    columns = tuple(each[0] for each in compiler.select or ())
    converted = tuple(place for place, column in enumerate(columns) if _readers(column))
    return Question(sql, tuple(params), columns, converted)


def _readers(column: Any) -> list[Any]:
    return [*connection.ops.get_db_converters(column), *column.get_db_converters(connection)]


def _read(row: tuple[Any, ...], readers: list[tuple[int, Any, list[Any]]]) -> tuple[Any, ...]:
    values = list(row)
    for place, column, steps in readers:
        for step in steps:
            values[place] = step(values[place], column, connection)
    return tuple(values)
