"""Django application of the public portal."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "huiyin.interfaces.portal"
    label = "portal"
