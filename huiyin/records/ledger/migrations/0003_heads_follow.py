"""Let every chain head follow the entries that are added to its chain."""

from django.db import migrations

from huiyin.records.ledger.triggers import let_heads_follow, let_heads_stay


def follow(apps, schema_editor):
    let_heads_follow(schema_editor.connection)


def stay(apps, schema_editor):
    let_heads_stay(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("ledger", "0002_append_only")]
    operations = [migrations.RunPython(follow, stay)]
