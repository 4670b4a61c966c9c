"""The calendar of a workspace, on a page and as a feed that programs follow at a secret address."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from courtepointe.doors.site.gathering.deeds import Deed, page_of, row_deed
from courtepointe.doors.site.gathering.forms_of_people import FeedForm
from courtepointe.doors.site.gathering.words import named
from courtepointe.doors.site.security import public
from courtepointe.doors.site.space.frame import FORM, Space, space_page
from courtepointe.engagement.access import feed_to_read
from courtepointe.engagement.actions.feeds import give_feed, revoke_feed
from courtepointe.engagement.queries.calendar import feeds, moments
from courtepointe.engagement.values.activities import Moment
from courtepointe.formats.calendar import Event, Feed, write_calendar

HERE = "space_meetings"
PAGES = {"meeting": "space_meeting", "activity": "space_activity", "session": "space_session", "mission": "space_mission"}  # fmt: skip
LISTS = {"meeting": "meetings", "activity": "activities", "session": "levels"}


@space_page("read", methods=FORM)
def page(request: HttpRequest, space: Space) -> HttpResponseBase:
    """Show what is to come; give an address of the calendar, or revoke one."""
    slug = space.seen.slug
    made: dict[str, str] = {}

    def give(typed: dict[str, Any]) -> str | None:
        secret = give_feed(slug, typed["label"], lang=space.lang, by=space.by, now=space.now)
        made["link"] = request.build_absolute_uri(reverse("calendar_feed", args=[secret]))
        return None

    def revoke(number: int) -> None:
        revoke_feed(slug, number, by=space.by, now=space.now)

    form = FeedForm(request.POST if request.POST.get("do") == "give" else None, auto_id="give_%s")
    if form.is_bound and form.is_valid():
        give(form.cleaned_data)
        request.method = "GET"  # the page is drawn with the address on it, this once
    deeds = [
        Deed("give", _("Make the address"), give, FeedForm, _("Follow this calendar in your own"), right="read"),
        row_deed("revoke", _("Revoke"), revoke, right="read"),
    ]  # fmt: skip

    def draw() -> dict[str, Any]:
        listed = moments(space.seen.id, since=space.now)
        mine = [one for one in feeds(space.seen) if one.revoked is None]
        return {
            "moments": [(one, space.address(PAGES[one.what], number=one.number)) for one in listed],
            "feeds": [one for one in mine if space.may("invite") or one.by_id == space.by.id],
            "made": made,
        }

    return page_of(request, space, "calendar.html", deeds, draw, here=HERE)


@public
@require_safe
def feed(request: HttpRequest, secret: str) -> HttpResponseBase:
    """Give a calendar to the program that follows it: what takes place, and nobody."""
    read = feed_to_read(secret, now=timezone.now())
    with override(read.lang):
        name = _("Calendar of %(name)s") % {"name": read.workspace}
        told = Feed(name, read.lang, tuple(map(partial(_event, lang=read.lang), read.moments)))
    response = HttpResponse(write_calendar(told), content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'inline; filename="courtepointe.ics"'
    response.headers["Cache-Control"] = "private, max-age=900"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _event(one: Moment, *, lang: str) -> Event:
    words = named(LISTS[one.what], lang=lang) if one.what in LISTS else {}
    return Event(
        uid=one.uid,
        sequence=one.sequence,
        starts=one.starts,
        ends=one.ends,
        title=one.title.in_(lang),
        changed=one.changed,
        kind=words.get(one.kind, _("mission") if one.what == "mission" else ""),
        place=one.place,
        cancelled=one.state == "cancelled",
    )
