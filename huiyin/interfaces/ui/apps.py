"""Django application of the look."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "huiyin.interfaces.ui"
    label = "ui"
