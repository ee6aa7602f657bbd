"""Django's own management commands, for people who know them; `huiyin` is the everyday command."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huiyin.config.settings")
    execute_from_command_line(sys.argv)
