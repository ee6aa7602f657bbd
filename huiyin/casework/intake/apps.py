"""App settings."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "huiyin.casework.intake"
    label = "intake"
