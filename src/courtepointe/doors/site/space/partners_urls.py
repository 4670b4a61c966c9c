"""Addresses of the pages of the network of partners."""

from __future__ import annotations

from django.urls import path
from django.utils.translation import gettext_lazy as _

from courtepointe.doors.site.space import partners as network
from courtepointe.doors.site.space import partners_links, partners_survey

partners = [
    path("", network.listing, name="space_network"),
    path(_("organisations/import/"), partners_links.bring_organisations, name="space_partners_import"),
    path(_("organisations/<int:number>/"), network.partner, name="space_partner"),
    path(_("waves/<int:number>/"), network.wave, name="space_wave"),
    path(_("waves/<int:number>/links/"), partners_links.links, name="space_wave_links"),
    path(_("waves/<int:number>/import/"), partners_links.bring, name="space_wave_import"),
    path(_("waves/<int:number>/since/<int:before>/"), network.change, name="space_wave_change"),
    path(_("waves/<int:number>/seen-by/<int:partner>/"), network.own, name="space_wave_own"),
    path(_("waves/<int:number>/export/<str:file>"), partners_links.leave, name="space_wave_file"),
]  # fmt: skip

open_to_all = [path(_("survey/<str:secret>/"), partners_survey.survey, name="survey")]
