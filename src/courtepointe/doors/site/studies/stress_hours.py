"""One hour of a study of stress: which hubs are open and why others are not, who finds a seat, the map."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from courtepointe.core.errors import NotFound
from courtepointe.doors.site.space.directory_forms import number_in
from courtepointe.doors.site.space.frame import Space, space_answer, space_page
from courtepointe.doors.site.studies.frame import HERE, PAGES
from courtepointe.doors.site.studies.stress_drawn import hour_map
from courtepointe.doors.site.studies.stress_told import count_text, names_of
from courtepointe.doors.site.studies.stress_words import (
    DAY,
    WHY_WORDS,
    hour_text,
    part_text,
    scenario_name,
)
from courtepointe.hubs.queries.studies import StudySeen, study
from courtepointe.hubs.studies.stress_counts import at_hour
from courtepointe.hubs.studies.stress_values import LEAVE, stress_asked
from courtepointe.press.maps.walked import stroke_of
from courtepointe.press.numbers import number

Told = Mapping[str, Any]
ALWAYS = 0.9995
"""Rounds to 100 %."""


@space_page("read")
def hours(request: HttpRequest, space: Space, number: int) -> HttpResponseBase:
    """Show an hour: the address says which, of which scenario, with which option."""
    seen = study(space.seen, number, now=space.now)
    if seen.kind != "stress" or not seen.is_done:
        raise NotFound("study_no_report")
    values = {"study": seen, **hour_values(space, seen, request.GET)}
    return space_answer(request, space, f"{PAGES}stress_hours.html", values, here=HERE)


def hour_values(space: Space, seen: StudySeen, asked_for: QueryDict | None = None) -> dict[str, Any]:  # fmt: skip
    """Give what an hour is told by; without an address, the worst hour of today."""
    result, lang = seen.result or {}, space.lang
    names = names_of(stress_asked(seen.asked), lang=lang)
    place = _within(asked_for, "scenario", len(result["scenarios"]), 0)
    option = _within(asked_for, "option", len(names), 0)
    one = result["scenarios"][place]
    hour = _within(asked_for, "hour", one["hours"], one["runs"][0]["worst"]["hour"] + 1, first=1) - 1  # fmt: skip
    title = _("%(scenario)s, %(hour)s") % {"scenario": scenario_name(one["code"], lang=lang), "hour": hour_text(hour, one["hours"], lang=lang)}  # fmt: skip
    drawn = hour_map(seen, one, option, hour, title=title, lang=lang)
    return {
        "hour": hour + 1, "hour_words": hour_text(hour, one["hours"], lang=lang), "hours": one["hours"],
        "place": place, "option": option, "option_names": list(enumerate(names)),
        "scenario_names": [(n, scenario_name(held["code"], lang=lang)) for n, held in enumerate(result["scenarios"])],
        "pattern": hour_pattern(one["hours"]), "at_hour": hour_sentence(one, option, hour, lang=lang),
        "states": states(seen.asked, result, (place, option, hour), lang=lang),
        "hour_map": "" if drawn is None else drawn.draw().svg, "map_moved": drawn is None,
        "limit": number(one["limit_min"], lang=lang), "strokes": [stroke_of(0), stroke_of(1)],
    }  # fmt: skip


def _within(asked_for: QueryDict | None, name: str, n: int, default: int, first: int = 0) -> int:
    """Read a number of the address, held within what there is."""
    told = None if asked_for is None else number_in(asked_for, name)
    return default if told is None else min(max(told, first), first + n - 1)


def hour_pattern(n_hours: int) -> str:
    """Give the words of an hour with places for its numbers: the page fills them while the slider moves."""
    return _("hour {n} of {all}, day {day}") if n_hours > DAY else _("hour {n} of {all}")


def hour_sentence(one: Told, option: int, hour: int, *, lang: str) -> str:
    """Say an hour in people: who comes, who finds a seat, who does not and why."""
    told = one["runs"][option]["hours"]
    slots = {
        "open": count_text(told["open"][hour], lang=lang), "limit": number(one["limit_min"], lang=lang),
        **{name: count_text(told[name][hour], lang=lang) for name in ("seekers", "served", "too_far", "no_room")},
    }  # fmt: skip
    if told["seekers"][hour] <= 0.0:
        return _("On average %(open)s hubs are open; nobody comes at this hour.") % slots
    return _("On average %(open)s hubs are open and %(seekers)s people come: %(served)s find a seat, %(too_far)s have no open hub within %(limit)s minutes, %(no_room)s find no room.") % slots  # fmt: skip


def states(
    kept: Told, result: Told, at: tuple[int, int, int], *, lang: str
) -> list[dict[str, str]]:
    """Tell each hub at an hour of a scenario with an option: how often it is open, why not, whom it turns away."""
    place, option, hour = at
    one = result["scenarios"][place]
    changed = kept["options"][option - 1] if option else {"change": "", "hub": None}
    rows = []
    for spot, hub in zip(result["spots"], one["runs"][option]["hubs"], strict=True):
        part = at_hour(hub["open"], hour)
        left_out = changed["change"] == LEAVE and spot["stands"] and spot["number"] == changed["hub"]  # fmt: skip
        if not spot["stands"] and max(value for _h, value in hub["open"]) == 0.0:
            continue
        rows.append({
            "name": spot["name"], "open": _open_words(part, lang),
            "why": _("left out in this option") if left_out else _why(hub, hour, part, lang),
            "turned": count_text(at_hour(hub["turned"], hour), lang=lang),
        })  # fmt: skip
    return rows


def _open_words(part: float, lang: str) -> str:
    if part >= ALWAYS:
        return _("open in all drawings")
    if part <= 0.0:
        return _("closed in all drawings")
    return _("open in %(part)s of the drawings") % {"part": part_text(part, lang=lang)}


def _why(hub: Told, hour: int, part: float, lang: str) -> str:
    """Name the reasons, the most frequent first."""
    told = {code: at_hour(steps, hour) for code, steps in hub["why"].items()}
    found = sorted(((share, code) for code, share in told.items() if share > 0.0), reverse=True)
    if part <= 0.0 and len(found) == 1:
        return str(WHY_WORDS[found[0][1]])
    return ", ".join(
        _("%(why)s (%(part)s)") % {"why": WHY_WORDS[code], "part": part_text(share, lang=lang)} for share, code in found
    )  # fmt: skip
