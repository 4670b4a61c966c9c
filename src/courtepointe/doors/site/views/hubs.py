"""The hubs that neighbourhoods show to everyone: a list, a map of minutes on foot, a page each."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

import numpy as np
import shapely
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from courtepointe.atlas.query.on_foot import on_streets, reach
from courtepointe.core.access import LIMITS_MIN
from courtepointe.core.errors import CourtepointeError
from courtepointe.core.typing import Floats, Shapes
from courtepointe.doors.served import Served, served
from courtepointe.doors.site.errors import language
from courtepointe.doors.site.maps import ground, in_metres
from courtepointe.doors.site.security import public
from courtepointe.doors.streets import streets_of
from courtepointe.hubs.kinds import about
from courtepointe.hubs.queries.shown import shown_hub, shown_hubs
from courtepointe.hubs.shown import PublicHub
from courtepointe.press.maps.credit import foot_of
from courtepointe.press.maps.walked import Mark, draw_walked, stroke_of

WIDE = 720.0
AROUND_M = 900.0
"""What the map shows around the hubs: some quarter of an hour on foot."""
Spots = tuple[tuple[str, float, float], ...]


@public
@require_safe
def listing(request: HttpRequest) -> HttpResponseBase:
    """List the hubs that are shown to everyone, on a map and in words."""
    lang, found = language(request), shown_hubs(now=timezone.now())
    values = {
        "found": found,
        "data": reverse("api:hubs_list"),
        **_map(found, lang=lang, title=_("Hubs on foot")),
    }
    return render(request, "site/hubs_shown.html", values)


@public
@require_safe
def one(request: HttpRequest, name: str) -> HttpResponseBase:
    """Show a hub as everyone may read it."""
    lang, found = language(request), shown_hub(name, now=timezone.now())
    title = found.title or _("A hub")
    values = {
        "hub": found,
        "title": title,
        "about_level": about("levels")[found.reached or found.aim].in_(lang),
        "data": reverse("api:hub", args=[name]),
        **_map((found,), lang=lang, title=_("On foot to %(name)s") % {"name": title}),
    }
    return render(request, "site/hub_shown.html", values)


def _map(found: Sequence[PublicHub], *, lang: str, title: str) -> dict[str, object]:
    """Give what a page needs of a map of hubs; nothing where no atlas or no point is."""
    spots = tuple(
        (one.title or place.name, *place.point)
        for one in found
        for place in one.places
        if place.point is not None
    )
    with suppress(CourtepointeError):
        held = served()
        drawn = held.shelf.take(
            ("hubs on foot", spots, lang, title),
            lambda: _drawn(held, spots, lang=lang, title=title),
        )
        classes = _classes() if drawn[1] else ()
        return {"map": drawn[0], "classes": classes, "credit": _credit(held, lang)}
    return {}


def _credit(held: Served, lang: str) -> str:
    """Name the sources of the streets."""
    return "; ".join(foot_of(held.atlas, (), lang=lang, sources=tuple(held.pack.street_tables)))


def _classes() -> list[tuple[int, str, float]]:
    return [(int(limit), *stroke_of(place)) for place, limit in enumerate(LIMITS_MIN)]


def _drawn(held: Served, spots: Spots, *, lang: str, title: str) -> tuple[str, bool]:
    """Draw hubs where they lie in the atlas, and the streets around them in minutes where they are known."""
    points = in_metres(held, [(lon, lat) for _name, lon, lat in spots])
    within = np.isfinite(points).all(axis=1) & shapely.contains_xy(_everywhere(held), points)
    if not within.any():
        return "", False
    marks = [Mark(spots[n][0], *points[n].tolist()) for n in np.flatnonzero(within)]
    lines, parts = _walked(held, points[within])
    drawn = draw_walked(
        ground(held),
        shapely.buffer(shapely.MultiPoint(points[within]), AROUND_M).envelope,
        streets=lines,
        within=parts,
        marks=marks,
        title=title,
        desc=_("Streets within 5, 10 and 15 minutes of a hub; the list says where the hubs are."),
        lang=lang,
        width=WIDE,
        outlined=False,
    )
    return drawn.svg, bool(len(parts))


def _everywhere(held: Served) -> shapely.Geometry:
    return shapely.box(*shapely.total_bounds(ground(held).shapes)).buffer(AROUND_M)


def _walked(held: Served, points: Floats) -> tuple[Shapes, Sequence[Shapes]]:
    """Give all streets, and their parts within each limit of a hub; nothing where there are no streets."""
    streets = streets_of(held)
    if streets is None:
        return np.empty(0, dtype=object), ()
    walked = streets.walked("usual")
    put = on_streets(walked, points)
    if put.too_far.all():
        return np.empty(0, dtype=object), ()
    return streets.file.streets.lines(), reach(walked, put).parts
