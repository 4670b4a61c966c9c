"""The WSGI entry point. A worker is ready before its first visitor."""

from __future__ import annotations

import gc
import importlib
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "courtepointe.config.settings")
application = get_wsgi_application()
# The views need the apps that the line above sets up. Loading them and the libraries under them
# takes seconds, which no visitor should wait for.
importlib.import_module("courtepointe.config.urls")
importlib.import_module("courtepointe.doors.served").open_early()
# What was loaded stays: looking through it again at every collection cost a page a third of its time.
gc.collect()
gc.freeze()
