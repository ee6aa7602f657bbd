"""Tables that can only grow (只增不改): triggers that refuse to change, delete or empty what was written.

They stand in the database, so they hold for every program that uses it. SQLite loses the triggers of a
table that a later migration rebuilds; such a migration has to call `guard_table` again (a test notices).
"""

from django.db.backends.base.base import BaseDatabaseWrapper

PREFIX = "append_only"
REFUSAL = "the ledger can only grow: %s of %s refused"

POSTGRESQL_FUNCTION = f"""
CREATE OR REPLACE FUNCTION {PREFIX}_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the ledger can only grow: % of % refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$
"""
POSTGRESQL_HEAD_FUNCTION = f"""
CREATE OR REPLACE FUNCTION {PREFIX}_forward() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.matter_id <> OLD.matter_id OR NEW.sequence < OLD.sequence
        OR NEW.sealed_sequence < OLD.sealed_sequence THEN
        RAISE EXCEPTION 'the ledger can only grow: % of % refused', TG_OP, TG_TABLE_NAME
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
"""
# The head of a chain follows its entries by itself: no program can write a line and forget the head.
POSTGRESQL_FOLLOW_FUNCTION = f"""
CREATE OR REPLACE FUNCTION {PREFIX}_follow() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO ledger_chainhead (matter_id, sequence, hash, sealed_sequence)
    SELECT DISTINCT ON (matter_id) matter_id, sequence, hash, 0 FROM added ORDER BY matter_id, sequence DESC
    ON CONFLICT (matter_id) DO UPDATE SET sequence = EXCLUDED.sequence, hash = EXCLUDED.hash;
    RETURN NULL;
END $$
"""
POSTGRESQL_FOLLOW = f"""
CREATE TRIGGER {PREFIX}_ledger_entry_head AFTER INSERT ON ledger_entry
REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION {PREFIX}_follow()
"""
# An upsert would run into the trigger that refuses a second head.
SQLITE_FOLLOW = f"""
CREATE TRIGGER {PREFIX}_ledger_entry_head AFTER INSERT ON ledger_entry BEGIN
    UPDATE ledger_chainhead SET sequence = NEW.sequence, hash = NEW.hash WHERE matter_id = NEW.matter_id;
    INSERT INTO ledger_chainhead (matter_id, sequence, hash, sealed_sequence)
    SELECT NEW.matter_id, NEW.sequence, NEW.hash, 0
    WHERE NOT EXISTS (SELECT 1 FROM ledger_chainhead WHERE matter_id = NEW.matter_id);
END
"""


def guard_table(connection: BaseDatabaseWrapper, table: str, unique: tuple[str, ...] = ()) -> None:
    """Let `table` only grow; `unique` names the columns of its unique key beside the id.

    SQLite needs the key because INSERT OR REPLACE deletes a row without asking the delete trigger.
    """
    if connection.vendor == "postgresql":
        statements = [POSTGRESQL_FUNCTION, _postgresql_trigger(table, "UPDATE OR DELETE OR TRUNCATE")]
    else:
        key = " AND ".join(f'"{column}" = NEW."{column}"' for column in unique)
        taken = f"id = NEW.id OR ({key})" if key else "id = NEW.id"
        statements = [
            _sqlite_trigger(table, "UPDATE"),
            _sqlite_trigger(table, "DELETE"),
            _sqlite_trigger(table, "INSERT", f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {taken})"),
        ]
    _run(connection, statements)


def guard_heads(connection: BaseDatabaseWrapper, table: str) -> None:
    """Let the chain heads in `table` move forward only, and never go away."""
    if connection.vendor == "postgresql":
        statements = [
            POSTGRESQL_HEAD_FUNCTION,
            _postgresql_trigger(table, "DELETE OR TRUNCATE"),
            f"CREATE TRIGGER {PREFIX}_{table}_forward BEFORE UPDATE ON {table}"
            f" FOR EACH ROW EXECUTE FUNCTION {PREFIX}_forward()",
        ]
    else:
        backwards = (
            "WHEN NEW.matter_id <> OLD.matter_id OR NEW.sequence < OLD.sequence"
            " OR NEW.sealed_sequence < OLD.sealed_sequence"
        )
        taken = f"WHEN EXISTS (SELECT 1 FROM {table} WHERE matter_id = NEW.matter_id)"
        statements = [
            _sqlite_trigger(table, "UPDATE", backwards),
            _sqlite_trigger(table, "DELETE"),
            _sqlite_trigger(table, "INSERT", taken),
        ]
    _run(connection, statements)


def let_heads_follow(connection: BaseDatabaseWrapper) -> None:
    """Let every chain head follow the entries that are added to its chain."""
    is_postgresql = connection.vendor == "postgresql"
    _run(connection, [POSTGRESQL_FOLLOW_FUNCTION, POSTGRESQL_FOLLOW] if is_postgresql else [SQLITE_FOLLOW])


def let_heads_stay(connection: BaseDatabaseWrapper) -> None:
    """Take that trigger away: only for migrating backwards."""
    place = " ON ledger_entry" if connection.vendor == "postgresql" else ""
    _run(connection, [f"DROP TRIGGER IF EXISTS {PREFIX}_ledger_entry_head{place}"])


def unguard_table(connection: BaseDatabaseWrapper, table: str) -> None:
    """Take the triggers of `table` away: only for migrating backwards."""
    if connection.vendor == "postgresql":
        names = [f"{PREFIX}_{table}", f"{PREFIX}_{table}_forward"]
        _run(connection, [f"DROP TRIGGER IF EXISTS {name} ON {table}" for name in names])
    else:
        names = [f"{PREFIX}_{table}_{deed}" for deed in ("update", "delete", "insert")]
        _run(connection, [f"DROP TRIGGER IF EXISTS {name}" for name in names])


def guarded_tables(connection: BaseDatabaseWrapper) -> set[str]:
    """Name the tables whose triggers stand and are switched on."""
    if connection.vendor == "postgresql":
        query = (
            "SELECT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
            f" WHERE t.tgname = '{PREFIX}_' || c.relname AND t.tgenabled <> 'D'"
            " AND c.relnamespace = current_schema()::regnamespace"
        )
    else:
        query = f"SELECT tbl_name FROM sqlite_master WHERE type = 'trigger' AND name LIKE '{PREFIX}%%_delete'"
    with connection.cursor() as cursor:
        cursor.execute(query, [])
        return {str(row[0]) for row in cursor.fetchall()}


def _postgresql_trigger(table: str, deeds: str) -> str:
    return (
        f"CREATE TRIGGER {PREFIX}_{table} BEFORE {deeds} ON {table}"
        f" FOR EACH STATEMENT EXECUTE FUNCTION {PREFIX}_refuse()"
    )


def _sqlite_trigger(table: str, deed: str, condition: str = "") -> str:
    return (
        f"CREATE TRIGGER {PREFIX}_{table}_{deed.lower()} BEFORE {deed} ON {table} {condition}"
        f" BEGIN SELECT RAISE(ABORT, '{REFUSAL % (deed, table)}'); END"
    )


def _run(connection: BaseDatabaseWrapper, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
