"""App settings."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "huiyin.interfaces.desk"
    label = "desk"
