"""The agencies as a Django application."""

from django.apps import AppConfig


class AgenciesConfig(AppConfig):
    name = "huiyin.records.agencies"
    label = "agencies"
