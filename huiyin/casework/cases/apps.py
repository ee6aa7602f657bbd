"""App settings."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "huiyin.casework.cases"
    label = "cases"

    def ready(self) -> None:
        """Teach the ledger this app's events."""
        from huiyin.casework.cases.events import EVENTS
        from huiyin.records.ledger.vocabulary import register

        register(*EVENTS)
