"""The site app."""

from __future__ import annotations

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """Pages, templates and static files."""

    name = "courtepointe.doors.site"
    label = "site"
