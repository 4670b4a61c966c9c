"""What was contributed and accepted: as a list, on a map, on paper, one by one."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from typing import Any

import shapely
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.utils.timezone import localdate
from django.utils.translation import gettext

from courtepointe.core.errors import CourtepointeError
from courtepointe.doors.served import Served, served
from courtepointe.doors.site.maps import degrees, place_map
from courtepointe.doors.site.space.assets_forms import WantedForm
from courtepointe.doors.site.space.assets_told import seen_told, told
from courtepointe.doors.site.space.frame import Space, space_answer, space_page
from courtepointe.people.queries import territories_of
from courtepointe.people.queries.consents import has_consent
from courtepointe.places.assets.lists import ASSETS, NEEDS, words
from courtepointe.places.assets.queries import (
    contribution,
    geojson,
    listed,
    n_waiting,
    photo,
    served_needs,
)
from courtepointe.places.assets.values import ContributionSeen, Wanted

HERE = "space_assets"
PHOTO = "assets.contributionphoto"


def wanted_of(request: HttpRequest, space: Space) -> tuple[WantedForm, Wanted]:
    """Read what the address asks for; what it does not know is not asked."""
    form = WantedForm(request.GET, lang=space.lang)
    form.is_valid()
    return form, Wanted(**form.cleaned_data)


@space_page("read")
def listing(request: HttpRequest, space: Space) -> HttpResponseBase:
    """List what a person may see, on a map and in words, with the needs that nothing serves."""
    form, wanted = wanted_of(request, space)
    found = listed(space.seen, space.by, wanted)
    every = found if wanted == Wanted() else listed(space.seen, space.by, Wanted())
    ground = territory(space.seen.id, on=localdate(space.now))
    within = shapely_degrees(*ground) if ground else None
    needs = {code: one.in_(space.lang) for code, one in words(ASSETS, NEEDS).items()}
    values = {
        "form": form,
        "found": [told(one, lang=space.lang) for one in found],
        "map": drawn_map(ground, found, name=space.seen.name, lang=space.lang) if ground else "",
        "needs": [(needs[one.need], one) for one in served_needs(every, within=within)],
        "n_waiting": n_waiting(space.seen.id) if space.may("review") else 0,
        "query": request.GET.urlencode(),
    }
    return space_answer(request, space, "assets.html", values, here=HERE)


@space_page("read")
def printable(request: HttpRequest, space: Space) -> HttpResponseBase:
    """List it for paper: by kind, without maps or forms."""
    _form, wanted = wanted_of(request, space)
    found = [told(one, lang=space.lang) for one in listed(space.seen, space.by, wanted)]
    values = {"found": found, "today": localdate(space.now)}
    return space_answer(request, space, "assets_list.html", values, here=HERE)


@space_page("read")
def points(request: HttpRequest, space: Space) -> HttpResponseBase:
    """Give what has a point as GeoJSON: as this reader may see it, and never a person."""
    _form, wanted = wanted_of(request, space)
    answer = JsonResponse(
        geojson(listed(space.seen, space.by, wanted)), content_type="application/geo+json"
    )
    answer.headers["Content-Disposition"] = 'attachment; filename="assets.geojson"'
    return answer


@space_page("read")
def record(request: HttpRequest, space: Space, number: int) -> HttpResponseBase:
    """Show a contribution whole."""
    one = contribution(space.seen, space.by, number)
    values: dict[str, Any] = {
        "told": told(one, lang=space.lang),
        "seen_words": seen_told(),
        "agreed": _agreed(space, one) if space.may("review") else frozenset(),
    }
    return space_answer(request, space, "assets_one.html", values, here=HERE)


def _agreed(space: Space, one: ContributionSeen) -> frozenset[int]:
    """Name the photographs on which a consent to be published is noted."""
    today = localdate(space.now)
    return frozenset(
        photo.number
        for photo in one.photos
        if has_consent(space.seen.id, PHOTO, photo.number, "photo", on=today)
    )


@space_page("read")
def picture(request: HttpRequest, space: Space, number: int) -> HttpResponseBase:
    """Give a photograph to who may see it."""
    return HttpResponse(photo(space.seen, space.by, number), content_type="image/jpeg")


Ground = tuple[Served, shapely.Geometry]


def territory(workspace_id: int, *, on: date) -> Ground | None:
    """Give a workspace's territory of a day in the atlas's metres; None where no atlas shows it."""
    with suppress(CourtepointeError):
        held = served()
        shapes = [
            held.atlas.shape(held.atlas.find(one.area_key))
            for one in territories_of(workspace_id, on=on)
            if one.atlas_code == held.pack.recipe.code
        ]
        if shapes:
            return held, shapely.union_all(shapes)
    return None


def shapely_degrees(held: Served, shape: shapely.Geometry) -> shapely.Geometry:
    """Carry a shape from the atlas's metres to longitude and latitude."""
    return shapely.transform(shape, degrees(held).transform, interleaved=False)


def drawn_map(ground: Ground, found: Sequence[ContributionSeen], *, name: str, lang: str) -> str:
    """Draw the territory with a dot for each place that lies about it; the list says the same."""
    held, shape = ground
    west, south, east, north = shapely_degrees(held, shape).bounds
    dots = [
        (one.spot.longitude, one.spot.latitude)
        for one in found
        if one.spot and west <= one.spot.longitude <= east and south <= one.spot.latitude <= north
    ]
    title = gettext("Assets of %(name)s") % {"name": name}
    return place_map(held, shape, title=title, lang=lang, stem="assets", dots=dots).svg
