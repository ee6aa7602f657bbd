"""The accounts as a Django application."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "huiyin.records.accounts"
    label = "accounts"
