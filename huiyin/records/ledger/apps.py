"""The ledger as a Django application."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "huiyin.records.ledger"
    label = "ledger"
