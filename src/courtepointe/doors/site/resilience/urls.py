"""Addresses of resilience portraits, below a workspace."""

from __future__ import annotations

from django.urls import path
from django.utils.translation import gettext_lazy as _

from courtepointe.doors.site.resilience import listed, one

resilience = [
    path("", listed.listed, name="space_resilience"),
    path(_("framework/"), listed.framework, name="space_resilience_framework"),
    path("<int:number>/", one.one, name="space_resilience_portrait"),
    path(
        _("<int:number>/dimension/<slug:code>/"), one.dimension, name="space_resilience_dimension"
    ),
]
