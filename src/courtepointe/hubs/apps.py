"""The hubs app."""

from __future__ import annotations

from django.apps import AppConfig


class HubsConfig(AppConfig):
    """Hubs, their capacities, agreements, kits, roles and exercises."""

    name = "courtepointe.hubs"
    label = "hubs"
