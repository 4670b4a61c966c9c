"""The app of resilience portraits."""

from __future__ import annotations

from django.apps import AppConfig


class ResilienceConfig(AppConfig):
    """Resilience portraits: what a neighbourhood reads of itself, dimension by dimension."""

    name = "courtepointe.portraits.resilience"
    label = "resilience"
