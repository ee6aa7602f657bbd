"""The house and the bare view behind one web server."""

import os

os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.settings"

from huiyin.config.wsgi import application

__all__ = ["application"]
