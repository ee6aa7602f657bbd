"""The vault as a Django application; the one place that tells it where its keys are."""

from django.apps import AppConfig
from django.conf import settings
from django.utils import timezone


class VaultConfig(AppConfig):
    name = "huiyin.records.vault"
    label = "vault"

    def ready(self) -> None:
        """Hand the vault its key ring and the ledger its words."""
        from huiyin.records.ledger.vocabulary import register
        from huiyin.records.vault.events import EVENTS
        from huiyin.records.vault.keys import configure

        register(*EVENTS)
        # Asked for at the moment of use, so that tests and commands may point it elsewhere.
        configure(
            path=lambda: settings.KEY_RING_PATH,
            may_create=lambda: not settings.IS_PRODUCTION,
            clock=timezone.now,
        )
