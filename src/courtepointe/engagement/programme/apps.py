"""The programme app."""

from __future__ import annotations

from django.apps import AppConfig


class ProgrammeConfig(AppConfig):
    """The path of a resilience agent in a sector, and the steering committee's view over all sectors."""

    name = "courtepointe.engagement.programme"
    label = "programme"
