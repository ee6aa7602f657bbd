"""Make entries, seals and leaves append-only, and let chain heads move forward only."""

from django.db import migrations

from huiyin.records.ledger.triggers import guard_heads, guard_table, unguard_table

TABLES = {
    "ledger_entry": ("matter_id", "sequence"),
    "ledger_seal": ("day",),
    "ledger_sealleaf": ("seal_id", "index"),
}


def guard(apps, schema_editor):
    for table, unique in TABLES.items():
        guard_table(schema_editor.connection, table, unique)
    guard_heads(schema_editor.connection, "ledger_chainhead")


def unguard(apps, schema_editor):
    for table in (*TABLES, "ledger_chainhead"):
        unguard_table(schema_editor.connection, table)


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]
    operations = [migrations.RunPython(guard, unguard)]
