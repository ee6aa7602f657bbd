"""Huiyin 回音: every matter lands with someone, every matter gets an answer (件件有着落,事事有回音)."""

__version__ = "0.1.0"
