"""Make the record of disclosures append-only, like the ledger."""

from django.db import migrations

from huiyin.records.ledger.triggers import guard_table, unguard_table


def guard(apps, schema_editor):
    guard_table(schema_editor.connection, "vault_disclosure")


def unguard(apps, schema_editor):
    unguard_table(schema_editor.connection, "vault_disclosure")


class Migration(migrations.Migration):
    dependencies = [("vault", "0001_initial"), ("ledger", "0002_append_only")]
    operations = [migrations.RunPython(guard, unguard)]
