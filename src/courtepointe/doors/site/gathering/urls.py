"""Addresses of those who gather: below a workspace, and in the open."""

from __future__ import annotations

from django.urls import path
from django.utils.translation import gettext_lazy as _

from courtepointe.doors.site.gathering import (
    activities,
    calendar,
    committees,
    corrections,
    decisions,
    meetings,
    missions,
    public,
    trainings,
    volunteers,
)

space = [
    path(_("committees/"), committees.listed, name="space_committees"),
    path(_("committees/<int:number>/"), committees.one, name="space_committee"),
    path(_("seats/<int:number>/"), corrections.seat, name="space_seat"),
    path(_("elections/<int:number>/"), committees.election, name="space_election"),
    path(_("meetings/"), meetings.listed, name="space_meetings"),
    path(_("meetings/<int:number>/"), meetings.one, name="space_meeting"),
    path(_("meetings/<int:number>/screen/"), meetings.projector, name="space_meeting_projector"),
    path(_("meetings/<int:number>/sheet.pdf"), meetings.sheet, name="space_meeting_sheet"),
    path(_("decisions/"), decisions.listed, name="space_decisions"),
    path(_("decisions/<int:number>/"), decisions.one, name="space_decision"),
    path(_("calendar/"), calendar.page, name="space_calendar"),
    path(_("activities/"), activities.listed, name="space_activities"),
    path(_("activities/<int:number>/"), activities.one, name="space_activity"),
    path(_("costs/<int:number>/"), corrections.cost, name="space_cost"),
    path(_("trainings/"), trainings.listed, name="space_trainings"),
    path(_("trainings/<int:number>/"), trainings.session, name="space_session"),
    path(_("courses/<int:number>/"), corrections.course, name="space_course"),
    path(_("attestations/<str:code>/"), trainings.attestation, name="space_attestation"),
    path(_("volunteers/"), volunteers.listed, name="space_volunteers"),
    path(_("volunteers/<slug:code>/"), volunteers.one, name="space_volunteer"),
    path(_("zones/"), volunteers.zones, name="space_zones"),
    path(_("zones/<int:number>/"), corrections.zone, name="space_zone"),
    path(_("missions/"), missions.listed, name="space_missions"),
    path(_("missions/<int:number>/"), missions.one, name="space_mission"),
    path(_("calls/<int:number>/"), missions.call, name="space_call"),
]

open_to_all = [
    path(_("register/<slug:token>/"), public.join, name="join_activity"),
    path(_("my-registration/<str:secret>/"), public.mine, name="my_registration"),
    path(_("attestation/"), public.check, name="check_attestation"),
    path(_("attestation/<str:code>/"), public.verified, name="verified"),
    path(_("calendar/<str:secret>.ics"), calendar.feed, name="calendar_feed"),
]
