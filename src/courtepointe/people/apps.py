"""The people app."""

from __future__ import annotations

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Accounts, workspaces, roles, sharing, history."""

    name = "courtepointe.people"
    label = "people"
