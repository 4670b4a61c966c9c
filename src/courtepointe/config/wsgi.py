"""The WSGI entry point. A worker is ready before its first visitor: pages are loaded at start."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "courtepointe.config.settings")
application = get_wsgi_application()
# Asking for the patterns imports every view and the libraries under it, some seconds' worth.
_ = get_resolver().url_patterns
