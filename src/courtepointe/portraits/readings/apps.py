"""The app of shared readings."""

from __future__ import annotations

from django.apps import AppConfig


class ReadingsConfig(AppConfig):
    """Shared readings of a resilience portrait, replies to them, workshops and their votes."""

    name = "courtepointe.portraits.readings"
    label = "readings"
