"""Freeze issued documents: no row of them is ever changed or deleted."""

from django.db import migrations

from huiyin.records.ledger.triggers import guard_table, unguard_table


def guard(apps, schema_editor):
    guard_table(schema_editor.connection, "documents_document", ("agency_id", "kind", "year", "serial"))


def unguard(apps, schema_editor):
    unguard_table(schema_editor.connection, "documents_document")


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_initial")]
    operations = [migrations.RunPython(guard, unguard)]
