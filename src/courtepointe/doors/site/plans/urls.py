"""Addresses of plans, below a workspace."""

from __future__ import annotations

from django.urls import path
from django.utils.translation import gettext_lazy as _

from courtepointe.doors.site.plans import chain, listed, one, plan, priority, suggestions

plans = [
    path("", listed.listed, name="space_plan"),
    path(_("actions/<int:number>/"), one.one, name="space_action"),
    path(_("priorities/"), listed.all_priorities, name="space_priorities"),
    path(_("priorities/<int:number>/"), priority.one, name="space_priority"),
    path(_("suggestions/"), suggestions.suggestions, name="space_suggestions"),
    path(_("plans/"), plan.listed, name="space_plans"),
    path(_("plans/<int:number>/"), plan.one, name="space_resilience_plan"),
    path(
        _("plans/<int:number>/plan.<slug:ending>"), plan.printed, name="space_resilience_plan_file"
    ),
    path(_("thread/<slug:kind>/<int:number>/"), chain.chain, name="space_thread"),
]
