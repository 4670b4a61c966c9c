"""The partners app."""

from __future__ import annotations

from django.apps import AppConfig


class PartnersConfig(AppConfig):
    """Organisations that work together, and who names whom in each wave of a survey."""

    name = "courtepointe.engagement.partners"
    label = "partners"
