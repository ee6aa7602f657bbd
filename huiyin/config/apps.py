"""The settings as a Django application, so that the deploy self-check is always registered."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "huiyin.config"
    label = "config"

    def ready(self) -> None:
        """Register the deploy self-check with Django's system checks."""
        from huiyin.config import selfcheck

        selfcheck.register_all()
