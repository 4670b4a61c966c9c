"""A portrait beside its own past and neighbourhoods that consent, dimension by dimension: no list, no total."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from courtepointe.doors.site.readings.compare_told import Beside, RowTold, chart_of, rows_of
from courtepointe.doors.site.readings.frame import PAGES
from courtepointe.doors.site.readings.telling import marks_told
from courtepointe.doors.site.resilience.frame import HERE
from courtepointe.doors.site.space.frame import Space, space_answer, space_page
from courtepointe.doors.site.views.exports import asked_drawing, svg
from courtepointe.people.values import Agreement
from courtepointe.portraits.readings.compared import Profile, told_apart
from courtepointe.portraits.readings.queries.profiles import (
    editions_before,
    peer_profile,
    peers_offered,
    profile_of,
)
from courtepointe.portraits.resilience.framework import dimensions
from courtepointe.portraits.resilience.queries import portrait as portrait_seen
from courtepointe.portraits.resilience.values import PortraitSeen
from courtepointe.press.charts import draw_chart
from courtepointe.press.numbers import date_text

MOST_PEERS, MOST_EDITIONS = 4, 3


@dataclass(frozen=True, slots=True)
class _Found:
    """What is read side by side.

    Attributes
    ----------
    gone : int
        Neighbourhoods that were asked for and show nothing here, any more or yet.
    """

    portrait: PortraitSeen
    offered: tuple[Agreement, ...]
    chosen: frozenset[int]
    ours: Profile
    others: tuple[Beside, ...]
    gone: int


def _found(request: HttpRequest, space: Space, number: int) -> _Found:
    portrait = portrait_seen(space.seen, number)
    told = request.GET.getlist("peer")[:MOST_PEERS]
    asked = list(dict.fromkeys(int(one) for one in told if one.isdecimal() and len(one) < 12))
    offered = peers_offered(space.seen, now=space.now)
    held = {one: peer_profile(space.seen, one, now=space.now) for one in asked}
    order = [one.number for one in offered]
    peers = [Beside(one, past=False) for n in order if (one := held.get(n)) is not None]
    past = [
        Beside(
            profile_of(space.seen, one, name=_edition(one, space.lang), now=space.now), past=True
        )
        for one in editions_before(space.seen, portrait)[:MOST_EDITIONS]
    ]
    return _Found(
        portrait=portrait,
        offered=offered,
        chosen=frozenset(n for n in order if n in asked),
        ours=profile_of(space.seen, portrait, name=_("Your neighbourhood"), now=space.now),
        others=(*past, *peers),
        gone=sum(1 for one in held.values() if one is None),
    )


def _edition(one: PortraitSeen, lang: str) -> str:
    day = date_text((one.closed or one.begun).isoformat(), lang=lang)
    return _("Edition of %(day)s") % {"day": day}


def _rows(found: _Found, lang: str) -> list[RowTold]:
    others = [one.profile for one in found.others]
    apart = told_apart(found.ours, others, dimensions=list(dimensions()))
    return rows_of(found.ours, found.others, apart, lang=lang)


@space_page("read")
def compare(request: HttpRequest, space: Space, number: int) -> HttpResponseBase:
    """Show profiles side by side, with what can be told apart and the replies beside."""
    found = _found(request, space, number)
    rows = _rows(found, space.lang)
    query = urlencode([("peer", n) for n in sorted(found.chosen)])
    values = {
        "portrait": found.portrait,
        "rows": [row for row in rows if row.says_something],
        "silent": [row.name for row in rows if not row.says_something],
        "others": found.others,
        "offered": [(one, one.number in found.chosen) for one in found.offered],
        "gone": found.gone,
        "chart": chart_of(rows, found.ours.name, lang=space.lang) if any(row.ours.score for row in rows) else None,
        "query": f"{query}&" if query else "",
        "marks": marks_told(lang=space.lang),
        "most": MOST_PEERS,
    }  # fmt: skip
    return space_answer(request, space, f"{PAGES}compare.html", values, here=HERE)


@space_page("read")
def chart(request: HttpRequest, space: Space, number: int) -> HttpResponseBase:
    """Draw the profiles at one of the widths, light or dark; nothing where there is no score."""
    width, scheme = asked_drawing(request)
    found = _found(request, space, number)
    rows = _rows(found, space.lang)
    if not any(row.ours.score for row in rows):
        raise Http404
    return svg(draw_chart(chart_of(rows, found.ours.name, lang=space.lang), width=width, scheme=scheme))  # fmt: skip
