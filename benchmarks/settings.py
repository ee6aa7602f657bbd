"""The settings of the house with one table and one address more: the bare insert to compare with."""

from huiyin.config import settings as house
from huiyin.config.settings import *  # noqa: F403 - the very same settings

INSTALLED_APPS = [*house.INSTALLED_APPS, "benchmarks.bare"]
ROOT_URLCONF = "benchmarks.urls"
WSGI_APPLICATION = "benchmarks.wsgi.application"
WHITENOISE_USE_FINDERS = False
