"""The door a web server calls (WSGI)."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huiyin.config.settings")
application = get_wsgi_application()

# What was loaded by now stays: the collector need not walk through it, which saves a tenth of a page's time.
gc.collect()
gc.freeze()
gc.set_threshold(50_000, 20, 20)
