"""Addresses of studies, below a workspace's hubs."""

from __future__ import annotations

from django.urls import path
from django.utils.translation import gettext_lazy as _

from courtepointe.doors.site.studies import files, listed, one, siting, stress, stress_hours

studies = [
    path("", listed.listed, name="space_studies"),
    path(_("compare/"), listed.compared, name="space_studies_compared"),
    path(_("where-next/"), siting.ask, name="space_study_siting"),
    path(_("what-holds/"), stress.ask, name="space_study_stress"),
    path(_("<int:number>/hours/"), stress_hours.hours, name="space_study_hours"),
    path("<int:number>/", one.one, name="space_study"),
    path(_("<int:number>/study.json"), files.as_json, name="space_study_json"),
    path(_("<int:number>/report.<str:ending>"), files.report, name="space_study_report"),
]
