"""The full-text index over what people handed in (全文索引), on SQLite and PostgreSQL."""

from django.db import migrations

from huiyin.records.texts.search import index_operations


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial")]
    operations = index_operations("cases_submission", "words")
