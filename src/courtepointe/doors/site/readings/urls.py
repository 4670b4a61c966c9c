"""Addresses of shared readings, below a resilience portrait, and of what telephones join."""

from __future__ import annotations

from django.urls import path
from django.utils.translation import gettext_lazy as _

from courtepointe.doors.site.readings import compare, joined, listed, one, papers, screen, workshop

readings = [
    path(_("<int:number>/readings/"), listed.listed, name="space_readings"),
    path(_("<int:number>/readings/dimension/<slug:code>/"), one.one, name="space_reading"),
    path(_("<int:number>/readings/cards.pdf"), papers.cards, name="space_reading_cards"),
    path(_("<int:number>/readings/workshops/"), workshop.listed, name="space_reading_workshops"),
    path(_("<int:number>/compare/"), compare.compare, name="space_readings_compare"),
    path(_("<int:number>/compare/profile.svg"), compare.chart, name="space_readings_chart"),
    path(_("workshops/<int:number>/"), workshop.one, name="space_reading_workshop"),
    path(_("workshops/<int:number>/screen/"), screen.screen, name="space_reading_screen"),
    path(_("workshops/<int:number>/screen/worker.js"), screen.worker, name="space_reading_worker"),
    path(_("workshops/<int:number>/screen/send/"), screen.send, name="space_reading_send"),
]

joining = [
    path(_("workshop/"), joined.join, name="workshop_join"),
    path(_("workshop/<slug:code>/"), joined.ballot, name="workshop_vote"),
]
