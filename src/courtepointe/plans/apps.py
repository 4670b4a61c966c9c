"""The app of plans."""

from __future__ import annotations

from django.apps import AppConfig


class PlansConfig(AppConfig):
    """Priorities, actions, what is expected of them and what was seen, plans."""

    name = "courtepointe.plans"
    label = "plans"
