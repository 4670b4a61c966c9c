"""What a workspace shows to others, and what others show to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.timezone import localdate

from courtepointe.doors.site.gathering.shown import shown_calendar, shown_decisions
from courtepointe.doors.site.plans.shown import shown_actions
from courtepointe.doors.site.readings.shown import shown_profile
from courtepointe.doors.site.space.assets_shown import shown_assets
from courtepointe.doors.site.space.directory_shown import shown_directory
from courtepointe.doors.site.space.forms import AgreementForm, ReasonForm
from courtepointe.doors.site.space.frame import (
    FORM,
    Space,
    acted,
    reason_sent,
    sent,
    space_answer,
    space_page,
    status_of,
)
from courtepointe.doors.site.space.partners_shown import shown_network
from courtepointe.people.access import Received, received_by
from courtepointe.people.actions import answer_agreement, offer_agreement, revoke_agreement
from courtepointe.people.queries import agreements_of, workspaces_to_share_with
from courtepointe.people.roles import shared_sets

YEAR = timedelta(days=365)
PAGES = {"programme": "programme_sector"}
"""Sets that have a page of their own."""
# By set: the template of its page, and what the page holds.
SHOWN: Mapping[str, tuple[str, Callable[[HttpRequest, Space, Received], dict[str, Any]]]] = {
    "directory": ("directory_received.html", shown_directory),
    "assets": ("assets_received.html", shown_assets),
    "network": ("partners_received.html", shown_network),
    "calendar": ("calendar_received.html", shown_calendar),
    "decisions": ("decisions_received.html", shown_decisions),
    "resilience_actions": ("actions_received.html", shown_actions),
    "resilience_profile": ("../readings/received.html", shown_profile),
}


@space_page("read", methods=FORM)
def sharing(request: HttpRequest, space: Space) -> HttpResponseBase:
    """List the agreements on both sides; offer one."""
    others = workspaces_to_share_with(space.seen.id) if space.may("share") else ()
    today = localdate(space.now)
    form = AgreementForm(
        sent(request, "offer"),
        lang=space.lang,
        receivers=[(one.slug, one.name) for one in others],
        initial={"since": today, "until": today + YEAR},
    )

    def offer(typed: dict[str, Any]) -> str:
        offer_agreement(space.seen.slug, **typed, by=space.by, now=space.now)
        return space.address("space_sharing")

    if done := acted(form, offer, lang=space.lang):
        return done
    listed = agreements_of(space.seen.id, now=space.now)
    sets = {code: words.in_(space.lang) for code, words in shared_sets().items()}
    values = {
        "shown": [(one, sets.get(one.what, one.what)) for one in listed if one.owner_slug == space.seen.slug],
        "received": [(one, sets.get(one.what, one.what)) for one in listed if one.receiver_slug == space.seen.slug],
        "form": form,
        "others": others,
        "reason": ReasonForm(),
    }  # fmt: skip
    return space_answer(
        request, space, "sharing.html", values, here="space_sharing", status=status_of(form)
    )


@space_page("share", methods=("POST",))
def answer(request: HttpRequest, space: Space, number: int) -> HttpResponseBase:
    """Accept or decline what another workspace offers."""
    accepted = request.POST.get("do") == "accept"
    answer_agreement(space.seen.slug, number, accepted=accepted, by=space.by, now=space.now)
    return redirect(space.address("space_sharing"))


@space_page("share", methods=("POST",))
def revoke(request: HttpRequest, space: Space, number: int) -> HttpResponseBase:
    """End an agreement at once, whichever side one is."""
    listed = {one.number: one for one in agreements_of(space.seen.id, now=space.now)}
    owns = number in listed and listed[number].owner_slug == space.seen.slug
    revoke_agreement(
        space.seen.slug,
        number,
        side="owner" if owns else "receiver",
        why=reason_sent(request),
        by=space.by,
        now=space.now,
    )
    return redirect(space.address("space_sharing"))


@space_page("read")
def received(request: HttpRequest, space: Space, number: int) -> HttpResponseBase:
    """Show what an agreement lets this workspace see, computed with its own rights."""
    found = received_by(space.seen.slug, number, by=space.by, now=space.now)
    what = found.agreement.what
    if what in PAGES:
        return redirect(space.address(PAGES[what], number=number))
    template, shown = SHOWN[what]
    values = {"agreement": found.agreement, "what": shared_sets()[what].in_(space.lang)}
    values |= shown(request, space, found)
    return space_answer(request, space, template, values, here="space_sharing")
