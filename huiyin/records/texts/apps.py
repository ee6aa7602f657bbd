"""The application of Chinese text (文字)."""

from django.apps import AppConfig


class TextsConfig(AppConfig):
    """Text in one shape, split for search (文字规范与切分)."""

    name = "huiyin.records.texts"
    label = "texts"
    verbose_name = "文字"
