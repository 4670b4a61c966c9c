"""The engagement app."""

from __future__ import annotations

from django.apps import AppConfig


class EngagementConfig(AppConfig):
    """Committees, meetings, activities, trainings, volunteers."""

    name = "courtepointe.engagement"
    label = "engagement"
