"""App settings."""

from django.apps import AppConfig


class MatchingConfig(AppConfig):
    name = "huiyin.casework.matching"
    label = "matching"
