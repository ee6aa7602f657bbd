"""The same full-text search on SQLite and PostgreSQL (全文检索).

Both databases index the column that holds `index_text(…)`: PostgreSQL with a GIN index over its words, SQLite
with an FTS5 table that shares the column's content and is kept true by triggers. Nothing of a user's input
reaches the query language of either: only tokens of letters and digits, made by `words`, are put into it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.db import models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations import RunPython
from django.db.migrations.operations.base import Operation
from django.db.models.expressions import CombinedExpression, RawSQL

from .normalising import normalise
from .words import query_words, tokens_of

Row = TypeVar("Row", bound=models.Model)

# array_to_tsvector takes the words as they are: the text-search parser would cut them again by its own rules
# (12345 a number, a.b a host) and costs several times as much on every insert. It stands in a function of its
# own, which cannot be inlined, to tell the planner what it costs: otherwise it reads the whole table for a
# common word although the index is there.
_FUNCTION = """
CREATE OR REPLACE FUNCTION huiyin_words(words text) RETURNS tsvector
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL RESTRICTED COST 1000 AS $$
BEGIN
    RETURN array_to_tsvector(array_remove(string_to_array(words, ' '), ''));
END $$
"""
# How many rows one word may bring into the look-up of shared words: a word that has more tells little.
_ROWS_OF_A_WORD = 800


def index_operations(table: str, column: str = "words") -> list[Operation]:
    """The migration operations that make a column searchable (建全文索引), and unmake it when reversed.

    On SQLite Django rebuilds a table to alter it, which drops its triggers: repeat these operations after any
    later migration that alters the table. They replace what is there and index all rows again.
    """

    def build(apps: object, editor: BaseDatabaseSchemaEditor) -> None:
        for statement in build_statements(editor.connection.vendor, table, column):
            editor.execute(statement, params=None)

    def drop(apps: object, editor: BaseDatabaseSchemaEditor) -> None:
        for statement in drop_statements(editor.connection.vendor, table):
            editor.execute(statement, params=None)

    return [RunPython(build, drop)]


def build_statements(vendor: str, table: str, column: str) -> list[str]:
    """The SQL that indexes a column on this database (建索引语句)."""
    if vendor == "postgresql":
        return [
            *drop_statements(vendor, table),
            _FUNCTION,
            # A pending list of 16 MB lets a bulk import sort its words in few large batches.
            f'CREATE INDEX "{table}_search" ON "{table}" USING gin (huiyin_words("{column}")) '
            "WITH (fastupdate = on, gin_pending_list_limit = 16384)",
        ]
    found = f"{table}_search"
    added = f'INSERT INTO "{found}" (rowid, "{column}") VALUES (new.id, new."{column}");'
    removed = (
        f'INSERT INTO "{found}" ("{found}", rowid, "{column}") VALUES (\'delete\', old.id, old."{column}");'
    )
    return [
        *drop_statements(vendor, table),
        f'CREATE VIRTUAL TABLE "{found}" USING fts5("{column}", content="{table}", content_rowid="id", '
        "detail=none, columnsize=0, tokenize='ascii')",
        f'INSERT INTO "{found}" ("{found}") VALUES (\'rebuild\')',
        f'CREATE TRIGGER "{found}_added" AFTER INSERT ON "{table}" BEGIN {added} END',
        f'CREATE TRIGGER "{found}_removed" AFTER DELETE ON "{table}" BEGIN {removed} END',
        f'CREATE TRIGGER "{found}_changed" AFTER UPDATE OF id, "{column}" ON "{table}" '
        f"BEGIN {removed} {added} END",
    ]


def drop_statements(vendor: str, table: str) -> list[str]:
    """The SQL that takes the index of a table away (删索引语句)."""
    if vendor == "postgresql":
        return [f'DROP INDEX IF EXISTS "{table}_search"']
    triggers = [f'DROP TRIGGER IF EXISTS "{table}_search_{when}"' for when in ("added", "removed", "changed")]
    return [*triggers, f'DROP TABLE IF EXISTS "{table}_search"']


def filter_matching(
    queryset: models.QuerySet[Row], *, text: str, column: str = "words", using_vendor: str
) -> models.QuerySet[Row]:
    """The rows that hold every word of what a user typed (检索), in either script; none if it has no word.

    `column` may lead over a relation ("submissions__words"); the caller then removes repeated rows.
    """
    dialect = _DIALECTS[using_vendor]
    return _filter(queryset, column, using_vendor, dialect.all_of(map(dialect.word, query_words(text))))


def filter_any_two(
    queryset: models.QuerySet[Row],
    words: Sequence[str],
    *,
    column: str = "words",
    using_vendor: str,
    at_least: int = 2,
    most: int = 200,
) -> models.QuerySet[Row]:
    """The rows that share at least two of the given words (至少两词相同), to find the same matter again.

    Of more than `most` such rows those that share the rarest words are taken, rare by what the table holds.
    This is decided before `queryset` narrows the rows to those a person may see.
    """
    dialect = _DIALECTS[using_vendor]
    found = [dialect.word(tokens) for word in words if (tokens := list(tokens_of(normalise(word))))]
    if not found:
        return queryset.none()
    path, _, name = column.rpartition("__")
    table = _model_at(queryset.model, path)._meta.db_table
    shared = RawSQL(
        _shared_words_sql(dialect.rows.format(table=table, column=name), len(found)),
        [*found, min(at_least, len(found)), most],
    )
    return queryset.filter(**{f"{path}__pk__in" if path else "pk__in": shared})


def _shared_words_sql(rows_of_a_word: str, words: int) -> str:
    """The rows with the most weight in shared words; a word weighs the more the fewer rows it brings."""
    each = (f"SELECT {word} AS word, id FROM ({rows_of_a_word}) AS w{word}" for word in range(words))
    return (
        f"WITH found AS MATERIALIZED ({' UNION ALL '.join(each)}), "
        f"weights AS (SELECT word, ln({_ROWS_OF_A_WORD}0.0 / count(*)) AS weight FROM found GROUP BY word) "
        "SELECT found.id FROM found JOIN weights ON weights.word = found.word GROUP BY found.id "
        "HAVING count(*) >= %s ORDER BY sum(weight) DESC, found.id DESC LIMIT %s"
    )


def _filter(queryset: models.QuerySet[Row], column: str, vendor: str, query: str) -> models.QuerySet[Row]:
    if not query:
        return queryset.none()
    if vendor == "postgresql":
        vector = models.Func(models.F(column), function="huiyin_words")
        wanted = RawSQL("%s::tsquery", [query])
        return queryset.filter(CombinedExpression(vector, "@@", wanted, output_field=models.BooleanField()))
    path, _, _name = column.rpartition("__")
    table = f"{_model_at(queryset.model, path)._meta.db_table}_search"
    rows = RawSQL(f'SELECT rowid FROM "{table}" WHERE "{table}" MATCH %s', [query])
    return queryset.filter(**{f"{path}__pk__in" if path else "pk__in": rows})


def _model_at(model: type[models.Model], path: str) -> type[models.Model]:
    for name in filter(None, path.split("__")):
        related = model._meta.get_field(name).related_model
        if not isinstance(related, type):
            raise LookupError(f"{name} of {model.__name__} leads to no other table")
        model = related
    return model


@dataclass(frozen=True)
class _Dialect:
    """How a query is written for one database (查询语法)."""

    both: str
    quote: str
    any_ending: str
    rows: str

    def word(self, tokens: Iterable[str]) -> str:
        return self.all_of(self._token(token) for token in tokens)

    def all_of(self, parts: Iterable[str]) -> str:
        listed = list(parts)
        return f"({self.both.join(listed)})" if len(listed) > 1 else "".join(listed)

    def _token(self, token: str) -> str:
        plain = token.rstrip("*")
        return f"{self.quote}{plain}{self.quote}{self.any_ending if plain != token else ''}"


_DIALECTS = {
    "postgresql": _Dialect(
        both=" & ",
        quote="'",
        any_ending=":*",
        rows='SELECT id FROM "{table}" WHERE huiyin_words("{column}") @@ %s::tsquery '
        f"LIMIT {_ROWS_OF_A_WORD}",
    ),
    "sqlite": _Dialect(
        both=" AND ",
        quote='"',
        any_ending="*",
        rows='SELECT rowid AS id FROM "{table}_search" WHERE "{table}_search" MATCH %s '
        f"ORDER BY rowid DESC LIMIT {_ROWS_OF_A_WORD}",
    ),
}
