"""App settings."""

from django.apps import AppConfig


class RepliesConfig(AppConfig):
    name = "huiyin.casework.replies"
    label = "replies"

    def ready(self) -> None:
        """Teach the ledger this app's events."""
        from huiyin.casework.replies.events import EVENTS
        from huiyin.records.ledger.vocabulary import register

        register(*EVENTS)
