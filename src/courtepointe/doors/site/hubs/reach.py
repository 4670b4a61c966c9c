"""Who reaches a hub on foot: the page and its file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from courtepointe.core.access import LEAST_COVERED, NEAR_M
from courtepointe.core.errors import CourtepointeError
from courtepointe.core.streets import LIMIT_M
from courtepointe.doors.served import Served, served
from courtepointe.doors.site.errors import told as told_error
from courtepointe.doors.site.hubs.frame import HERE, PAGES
from courtepointe.doors.site.hubs.reach_asked import (
    BEGUN,
    LIMITS,
    Asked,
    Found,
    ReachForm,
    answer,
    asked_of,
    counted_first,
    grounds_of,
    shapes_of,
)
from courtepointe.doors.site.hubs.reach_told import as_csv, gained, left_out, lines_of, shown
from courtepointe.doors.site.hubs.telling import said
from courtepointe.doors.site.maps import ground
from courtepointe.doors.site.space.directory_forms import number_in
from courtepointe.doors.site.space.frame import Space, space_answer, space_page, status_of
from courtepointe.doors.site.views.exports import attached
from courtepointe.doors.streets import ServedStreets, streets_of
from courtepointe.hubs.queries.sites import placed_places, sites
from courtepointe.people.queries import territories_of
from courtepointe.press.maps.credit import foot_of
from courtepointe.press.maps.walked import draw_walked, stroke_of

WIDE = 720.0
MOST_CODES = 60
"""Areas that are named one by one."""


@dataclass(frozen=True, slots=True)
class Ready:
    """A question with all that its answer needs; ``unknown`` says in words why there can be none."""

    form: ReachForm
    asked: Asked | None
    held: Served | None = None
    streets: ServedStreets | None = None
    unknown: str = ""


def _ready(request: HttpRequest, space: Space) -> Ready:
    hubs, places = sites(space.seen), placed_places(space.seen)
    # A place that another page names is tried with the hubs that count at first.
    named = number_in(request.GET, "place")
    tried = named if named in {one.number for one in places} else None
    begun = {**BEGUN, "hubs": counted_first(hubs), "asked": "1", "place": tried}
    sent = request.GET if "asked" in request.GET else None
    form = ReachForm(sent, sites=hubs, places=places, lang=space.lang, initial=begun)
    asked = None
    if sent is None or form.is_valid():
        asked = asked_of(begun if sent is None else form.cleaned_data, hubs, places)
    try:
        held = served()
        return Ready(form, asked, held, streets_of(held))
    except CourtepointeError as error:
        return Ready(form, asked, unknown=told_error(error, lang=space.lang))


def _found(space: Space, ready: Ready) -> tuple[Found, list[str]] | None:
    """Answer the question; nothing where there is no question, no atlas or no streets."""
    if ready.asked is None or ready.held is None or ready.streets is None:
        return None
    territories = territories_of(space.seen.id, on=localdate(space.now))
    shaped, lost = shapes_of(ready.held, territories)
    grounds = grounds_of(shaped, ready.streets)
    return answer(ready.held, ready.streets, ready.asked, grounds), lost


@space_page("read")
def reach(request: HttpRequest, space: Space) -> HttpResponseBase:
    """Show who reaches a hub on foot, who does not, and who would with one place more."""
    ready = _ready(request, space)
    values: dict[str, Any] = {
        "form": ready.form, "unknown": ready.unknown,
        "no_streets": ready.held is not None and ready.streets is None,
        "query": request.GET.urlencode(),
    }  # fmt: skip
    found = _found(space, ready)
    if found is not None:
        values |= _told(space, ready, *found)
    status = status_of(ready.form)
    return space_answer(request, space, f"{PAGES}reach.html", values, here=HERE, status=status)


def _told(space: Space, ready: Ready, found: Found, lost: list[str]) -> dict[str, Any]:
    asked, lang = ready.asked, space.lang
    assert asked is not None and ready.held is not None and ready.streets is not None
    lines = lines_of(found.rows)
    chief = next(line for line in lines if line.limit == asked.limit)
    walker = said("walker", asked.walker, lang=lang)
    first, land = found.rows[0].today, found.reach.held.ground
    return {
        "found": found, "lost": lost, "asked": asked, "limit_m": round(LIMIT_M),
        "lead": left_out(chief, walker=walker, lang=lang),
        "gain": gained(chief, asked.added.name, lang=lang) if asked.added else "",
        "lines": [shown(line, lang=lang) for line in lines],
        "chief": [shown(line, lang=lang) for line in lines if line.limit == asked.limit],
        "map": _map(space, ready.held, found),
        "classes": [(limit, *stroke_of(place)) for place, limit in enumerate(LIMITS)],
        "in_part": first.in_part[:MOST_CODES], "n_in_part": len(first.in_part),
        "without_value": first.without_value,
        "has_people": land is not None, "period": land.period if land else "",
        "share": round(LEAST_COVERED * 100), "near_m": round(NEAR_M),
        "no_stairs_told": ready.streets.file.streets.stairs is None,
        "no_slopes_told": ready.streets.file.streets.slope_percent is None,
        "sources": foot_of(ready.held.atlas, (), lang=lang, sources=(ready.streets.file.source, *(land.sources if land else ()))),
    }  # fmt: skip


def _map(space: Space, held: Served, found: Found) -> str:
    title = _("Who reaches a hub on foot: %(name)s") % {"name": space.seen.name}
    return draw_walked(
        ground(held),
        found.shape,
        streets=found.reach.held.streets.lines(),
        within=found.reach.parts,
        marks=found.marks,
        title=title,
        desc=_("Streets within 5, 10 and 15 minutes of a hub; the table says the same."),
        lang=space.lang,
        width=WIDE,
    ).svg


@space_page("read")
def reach_csv(request: HttpRequest, space: Space) -> HttpResponseBase:
    """Give the table as CSV; where there is no answer, the page says why."""
    ready = _ready(request, space)
    found = _found(space, ready)
    if found is None or ready.asked is None:
        return reach(request, slug=space.seen.slug)
    told = as_csv(
        lines_of(found[0].rows), walker=said("walker", ready.asked.walker, lang=space.lang)
    )
    name = f"{space.seen.slug}-a-pied.csv" if space.lang == "fr" else f"{space.seen.slug}-on-foot.csv"  # fmt: skip
    return attached(told.encode(), name, "text/csv; charset=utf-8")
