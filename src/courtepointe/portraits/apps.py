"""The portraits app."""

from __future__ import annotations

from django.apps import AppConfig


class PortraitsConfig(AppConfig):
    """Custom areas that people draw, upload or assemble."""

    name = "courtepointe.portraits"
    label = "portraits"
