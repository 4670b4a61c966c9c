"""Who reaches a hub on foot: the page, the part of it that changes as one asks, and its file."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.timezone import localdate, localtime

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
    answer,
    asked_of,
    counted_first,
    grounds_of,
    query_of,
    shapes_of,
)
from courtepointe.doors.site.hubs.reach_beside import (
    Named,
    beside,
    by_group,
    groups_of,
    options_asked,
)
from courtepointe.doors.site.hubs.reach_equity import equity
from courtepointe.doors.site.hubs.reach_form import ReachForm, slider_text, slider_words
from courtepointe.doors.site.hubs.reach_map import map_of
from courtepointe.doors.site.hubs.reach_options import (
    MOST_KEPT,
    Option,
    Standing,
    moment,
    standing,
)
from courtepointe.doors.site.hubs.reach_stands import stands_told
from courtepointe.doors.site.hubs.reach_told import as_csv, gained, left_out, lines_of, shown
from courtepointe.doors.site.hubs.telling import said
from courtepointe.doors.site.space.directory_forms import number_in
from courtepointe.doors.site.space.frame import Space, space_answer, space_page, status_of
from courtepointe.doors.site.views.exports import asked_drawing, attached, svg
from courtepointe.doors.streets import ServedStreets, streets_of
from courtepointe.hubs.queries.sites import open_places, placed_places, sites
from courtepointe.people.queries import territories_of
from courtepointe.press.charts import draw_chart
from courtepointe.press.maps.credit import foot_of
from courtepointe.press.maps.walked import stroke_of

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
        typed = begun if sent is None else form.cleaned_data
        asked = asked_of(typed, hubs, places, options=request.GET.getlist("option"))
    try:
        held = served()
        return Ready(form, asked, held, streets_of(held))
    except CourtepointeError as error:
        return Ready(form, asked, unknown=told_error(error, lang=space.lang))


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer to a question, and to the options beside it.

    Attributes
    ----------
    found : Found
    options : tuple of (Option, Found)
        Today first; all territories together.
    lost : tuple of str
        Territories that the atlas does not show.
    """

    found: Found
    options: tuple[tuple[Option, Found], ...]
    lost: tuple[str, ...]


def _answered(space: Space, ready: Ready) -> Answered | None:
    """Answer the question; nothing where there is no question, no atlas or no streets."""
    asked, held, streets = ready.asked, ready.held, ready.streets
    if asked is None or held is None or streets is None:
        return None
    territories = territories_of(space.seen.id, on=localdate(space.now))
    shaped, lost = shapes_of(held, territories)
    grounds = grounds_of(shaped, streets)
    found = answer(held, streets, asked, grounds, stands=_stands(space, asked))
    options = [
        (one.option, answer(held, streets, one, grounds[:1], stands=_stands(space, one)))
        for one in (replace(asked, option=option) for option in options_asked(asked))
    ]
    return Answered(found, tuple(options), tuple(lost))


def _stands(space: Space, asked: Asked) -> Standing:
    """Say which hubs stand as the option has it."""
    at = moment(asked.option, localtime(space.now))
    numbers = [number for one in asked.hubs for number in one.places]
    return standing(asked.option, asked.hubs, {} if at is None else open_places(numbers, at=at))


@space_page("read")
def reach(request: HttpRequest, space: Space) -> HttpResponseBase:
    """Show who reaches a hub on foot, who does not, and who would with one place more.

    With ``fragment`` in the query, only what changes with the question; the map below it is left out
    where the page already shows it (``base``).
    """
    ready = _ready(request, space)
    asked_for = request.GET.copy()
    base = "".join(asked_for.pop("base", [])[:1])
    fragment = bool(asked_for.pop("fragment", []))
    values: dict[str, Any] = {
        "form": ready.form, "unknown": ready.unknown,
        "no_streets": ready.held is not None and ready.streets is None,
        "query": asked_for.urlencode(),
        "kept_codes": [one.code for one in ready.asked.kept] if ready.asked else asked_for.getlist("option"),
    }  # fmt: skip
    answered = _answered(space, ready)
    if answered is not None:
        values |= _told(space, ready, answered)
        values["has_base"] = fragment and values["map"].base == base
    if not fragment:
        values |= _sliders(ready.form)
    page = "reach_answer.html" if fragment else "reach.html"
    return space_answer(
        request, space, f"{PAGES}{page}", values, here=HERE, status=status_of(ready.form)
    )


def _sliders(form: ReachForm) -> dict[str, Any]:
    """Give the words of the sliders, and where each stands."""
    return {
        "sliders": [
            (form[name], slider_text(name, form.number(name)), words)
            for name, words in slider_words().items()
        ]
    }


def _told(space: Space, ready: Ready, answered: Answered) -> dict[str, Any]:
    asked, held, lang, found = ready.asked, ready.held, space.lang, answered.found
    assert asked is not None and held is not None and ready.streets is not None
    lines = lines_of(found.rows)
    chief = next(line for line in lines if line.limit == asked.limit)
    first, land = found.rows[0].today, found.walked.ground
    streets = ready.streets.file.streets
    return {
        "found": found, "lost": answered.lost, "asked": asked, "limit_m": round(LIMIT_M),
        "lead": left_out(chief, walker=said("walker", asked.walker, lang=lang), lang=lang),
        "gain": gained(chief, asked.added.name, lang=lang) if asked.added else "",
        "stands": stands_told(asked, found.standing, lang=lang),
        "counted": [one.name for one in found.standing.sites if one.points],
        "lines": [shown(line, lang=lang) for line in lines],
        "chief": [shown(line, lang=lang) for line in lines if line.limit == asked.limit],
        "map": map_of(held, found, name=space.seen.name, lang=lang),
        "classes": [(limit, *stroke_of(place)) for place, limit in enumerate(LIMITS)],
        "in_part": first.in_part[:MOST_CODES], "n_in_part": len(first.in_part),
        "without_value": first.without_value,
        "has_people": land is not None, "period": land.period if land else "",
        "share": round(LEAST_COVERED * 100), "near_m": round(NEAR_M),
        "no_stairs_told": streets.stairs is None, "no_slopes_told": streets.slope_percent is None,
        **_options(asked, held, answered, lang),
        "sources": foot_of(held.atlas, (), lang=lang, sources=(*held.pack.street_tables, *_sources(held, found))),
    }  # fmt: skip


def _options(asked: Asked, held: Served, answered: Answered, lang: str) -> dict[str, Any]:
    """Tell what stands side by side, the groups, and where the links of both lead."""
    now, kept = asked.option, asked.kept
    is_kept = now.is_today or now.code in {one.code for one in kept}
    groups, names = groups_of(held, answered.found), Named.of(asked)
    return {
        "beside": beside(asked, answered.options, lang=lang) if kept else [],
        "full": len(kept) >= MOST_KEPT, "lost_options": asked.lost,
        "keep": "" if is_kept else query_of(asked, kept=(*kept, now)),
        "option_title": names.title(now),
        "without": query_of(asked, option=now.without_place()) if asked.added else "",
        "nearest": _nearest(asked, answered.found),
        "groups": by_group(held, asked, answered.options, lang=lang),
        "option_titles": [names.title(option) for option, _found in answered.options],
        "group_period": groups[0].period if groups else "",
        "equity": equity(held, asked, answered.found, lang=lang) if groups else None,
    }  # fmt: skip


def _nearest(asked: Asked, found: Found) -> str:
    """Give the query that puts a place that is too far on the street nearest to it."""
    far = found.added_far
    if far is None or far.nearest is None:
        return ""
    return query_of(asked, option=replace(asked.option, added=far.nearest))


def _sources(held: Served, found: Found) -> tuple[str, ...]:
    """Name the sources of people and of groups, each once."""
    land = found.walked.ground
    told = [*(land.sources if land else ()), *(s for one in groups_of(held, found) for s in one.sources)]  # fmt: skip
    return tuple(dict.fromkeys(told))


@space_page("read")
def reach_csv(request: HttpRequest, space: Space) -> HttpResponseBase:
    """Give the table as CSV; where there is no answer, the page says why."""
    ready = _ready(request, space)
    answered = _answered(space, ready)
    if answered is None or ready.asked is None:
        return reach(request, slug=space.seen.slug)
    told = as_csv(
        lines_of(answered.found.rows), walker=said("walker", ready.asked.walker, lang=space.lang)
    )
    name = f"{space.seen.slug}-a-pied.csv" if space.lang == "fr" else f"{space.seen.slug}-on-foot.csv"  # fmt: skip
    return attached(told.encode(), name, "text/csv; charset=utf-8")


@space_page("read")
def reach_chart(request: HttpRequest, space: Space) -> HttpResponseBase:
    """Draw groups beside everybody at one of the widths, light or dark; nothing where the page has no chart."""
    width, scheme = asked_drawing(request)
    ready = _ready(request, space)
    answered = _answered(space, ready)
    if answered is None or ready.asked is None or ready.held is None:
        raise Http404
    told = equity(ready.held, ready.asked, answered.found, lang=space.lang)
    if told is None:
        raise Http404
    return svg(draw_chart(told.chart, width=width, scheme=scheme))
