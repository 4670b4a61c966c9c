"""Addresses of resilience portraits, below a workspace."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path, register_converter
from django.utils.translation import gettext_lazy as _

from courtepointe.doors.site.evidence.urls import evidence
from courtepointe.doors.site.resilience import data, groups, indicators, listed, one, printed

register_converter(data.DataEnding, "data_ending")

resilience: list[URLPattern | URLResolver] = [
    path("", listed.listed, name="space_resilience"),
    path(_("framework/"), listed.framework, name="space_resilience_framework"),
    path("<int:number>/", one.one, name="space_resilience_portrait"),
    path(_("<int:number>/evidence/"), include(evidence)),
    path(_("<int:number>/document.<data_ending:ending>"), data.taken, name="space_resilience_data"),
    path(_("<int:number>/document.<slug:ending>"), printed.printed, name="space_resilience_file"),
    path(
        _("<int:number>/dimension/<slug:code>/"), one.dimension, name="space_resilience_dimension"
    ),
    path(
        _("<int:number>/dimension/<slug:code>.svg"),
        indicators.dimension_svg,
        name="space_resilience_dimension_svg",
    ),
    path(
        _("<int:number>/profile.svg"), indicators.profile_svg, name="space_resilience_profile_svg"
    ),
    path(_("<int:number>/indicators/"), indicators.listed, name="space_resilience_indicators"),
    path(_("indicator/<int:number>/"), indicators.one, name="space_resilience_indicator"),
    path(_("<int:number>/groups/"), groups.shown, name="space_resilience_groups"),
]
