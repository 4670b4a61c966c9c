"""The facilitator's screen: one dimension in big type; it keeps running when the network drops."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _

from courtepointe.core.errors import BadInput
from courtepointe.doors.site.errors import told as error_told
from courtepointe.doors.site.libraries import FONT_FILES, MODULES, served_as
from courtepointe.doors.site.readings.frame import read_of
from courtepointe.doors.site.readings.telling import offered
from courtepointe.doors.site.space.frame import Space, keys, space_page
from courtepointe.portraits.readings.actions import keep_entries
from courtepointe.portraits.readings.kinds import VOTED
from courtepointe.portraits.readings.queries import workshop as workshop_seen
from courtepointe.portraits.readings.values import Entry, WorkshopSeen

HELD = (
    "site/css/tokens.css", "site/css/page.css", "site/css/parts.css", "site/css/print.css",
    "site/css/space.css", "site/css/together.css", "site/js/theme.js", "site/js/start.js",
    "site/js/worker.js", MODULES["courtepointe/drawer"], MODULES["courtepointe/together"],
    "site/mark.svg", *map(served_as, FONT_FILES),
)  # fmt: skip
"""Static files that the screen needs when there is no network."""
MOST_ENTRIES = 200
MOST_LETTERS = 2_000


@space_page("write")
def screen(request: HttpRequest, space: Space, number: int) -> HttpResponseBase:
    """Show the dimensions one after the other, with hands to count and notes to take."""
    seen = workshop_seen(space.seen, number, now=space.now)
    read = read_of(space, seen.portrait)
    states = dict(offered("states", lang=space.lang))
    values = {
        "workspace": space.seen,
        "workshop": seen,
        "portrait": read.portrait,
        "told": [
            (one, seen.hands.get(one.code), [note for note in seen.notes if note.dimension == one.code])
            for one in read.told
        ],
        "states": [(state, states[state]) for state in VOTED],
        "join": request.build_absolute_uri(reverse("workshop_join")),
        "words": json.dumps(_words(), ensure_ascii=False),
        "counts": json.dumps(_counts(seen)),
    }  # fmt: skip
    return render(request, "site/readings/screen.html", values)


def _words() -> dict[str, str]:
    return {
        "here": _("Kept here, not sent yet"),
        "sent": _("Sent"),
        "refused": _("Not taken:"),
        "waits": _("{n} kept here, not sent yet"),
        "away": _("The network is away: go on, everything is kept here."),
        "back": _("Everything is sent."),
        "signed": _("Sign in again in another tab: everything is kept here meanwhile."),
        "hands": _("Hands: {present} present, {fragile} fragile, {absent} absent"),
        "votes": _("Telephones: {n}"),
        "drop": _("Drop"),
        "place": _("{n} of {all}"),
    }


@space_page("write")
def worker(request: HttpRequest, space: Space, number: int) -> HttpResponseBase:
    """Give the script that holds the screen in the browser: the files to hold, then what it does."""
    workshop_seen(space.seen, number, now=space.now)
    held = {
        "page": space.address("space_reading_screen", number=number),
        "name": f"together-{space.seen.slug}-{number}-{space.lang}",
        "files": [static(path) for path in HELD],
    }
    script = f"const HELD = {json.dumps(held)};\nimportScripts({json.dumps(static('site/js/worker.js'))});\n"  # fmt: skip
    return HttpResponse(script, content_type="text/javascript; charset=utf-8")


@space_page("write", methods=("GET", "HEAD", "POST"))
def send(request: HttpRequest, space: Space, number: int) -> HttpResponseBase:
    """Take what the screen kept, each once; give what telephones answered meanwhile."""
    seen = workshop_seen(space.seen, number, now=space.now)
    entries = read_entries(request.POST.get("entries", "[]")) if request.method == "POST" else []
    answered = keep_entries(space.seen.slug, number, entries, **keys(space))
    return JsonResponse(
        {
            "kept": [str(uid) for uid, error in answered.items() if error is None],
            "refused": {
                str(uid): error_told(error, lang=space.lang)
                for uid, error in answered.items()
                if error is not None
            },
            "counts": _counts(seen),
            "open": seen.is_open,
        }
    )


def _counts(seen: WorkshopSeen) -> dict[str, int]:
    """Say how many telephones answered, and not what: the room votes before it sees."""
    return {code: tally.total for code, tally in seen.votes.items()}


def read_entries(sent: str) -> list[Entry]:
    """Read what a screen sends, or raise `BadInput` ``entries_unreadable``."""
    try:
        held = json.loads(sent)
        if not isinstance(held, list) or len(held) > MOST_ENTRIES:
            raise ValueError(f"not a list of up to {MOST_ENTRIES}")
        return [_entry(one) for one in held]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise BadInput("entries_unreadable", expected=MOST_ENTRIES) from error


def _entry(one: dict[str, Any]) -> Entry:
    counts = one.get("counts") or {}
    return Entry(
        uid=UUID(one["uid"]),
        kind=str(one["kind"])[:10],
        dimension=str(one["dimension"])[:20],
        typed=datetime.fromisoformat(one["typed"]),
        text=str(one.get("text") or "")[:MOST_LETTERS],
        counts={state: int(counts.get(state) or 0) for state in VOTED},
    )
