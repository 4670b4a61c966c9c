"""The places app."""

from __future__ import annotations

from django.apps import AppConfig


class PlacesConfig(AppConfig):
    """The directory of organisations, services and places."""

    name = "courtepointe.places"
    label = "places"
