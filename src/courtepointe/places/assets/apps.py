"""The assets app."""

from __future__ import annotations

from django.apps import AppConfig


class AssetsConfig(AppConfig):
    """Community assets, notes on places, observations of walks, and their review."""

    name = "courtepointe.places.assets"
    label = "assets"
