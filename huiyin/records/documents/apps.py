"""The dossier as a Django application."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """Numbered documents and attachments (案卷)."""

    name = "huiyin.records.documents"
    label = "documents"
    verbose_name = "案卷"
