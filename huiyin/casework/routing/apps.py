"""App settings."""

from django.apps import AppConfig


class RoutingConfig(AppConfig):
    name = "huiyin.casework.routing"
    label = "routing"

    def ready(self) -> None:
        """Teach the ledger this app's events."""
        from huiyin.casework.routing.events import EVENTS
        from huiyin.records.ledger.vocabulary import register

        register(*EVENTS)
