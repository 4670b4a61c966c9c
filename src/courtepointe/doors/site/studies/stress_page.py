"""The page of an answer of stress: its parts for the template, its charts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from courtepointe.doors.site.space.frame import Space
from courtepointe.doors.site.studies import stress_told as told_by
from courtepointe.doors.site.studies.stress_hours import hour_values
from courtepointe.doors.site.studies.stress_words import (
    hour_text,
    scenario_name,
    scenario_words,
)
from courtepointe.formats.scenarios import SHIPPED
from courtepointe.hubs.queries.studies import StudySeen
from courtepointe.hubs.studies.stress_values import stress_asked
from courtepointe.press.charts import PHONE
from courtepointe.press.hubs.hours import HourLine, HoursChart, themed

Told = Mapping[str, Any]


def told(space: Space, seen: StudySeen) -> dict[str, Any]:
    """Give what the template of an answer needs."""
    asked, result, lang = seen.asked, seen.result or {}, space.lang
    return {
        "parts": [_part(asked, result, place, lang) for place in range(len(result["scenarios"]))],
        "changes": told_by.changes(asked, result, lang=lang) if asked["options"] else [],
        "regret_rows": told_by.regret_rows(asked, result, lang=lang),
        "least": told_by.least_regret(asked, result, lang=lang),
        "hub_lines": told_by.hub_lines(asked, lang=lang), "far": result["far"], "lost": asked["lost"],
        "notes": told_by.notes(asked, result, lang=lang), "has_options": bool(asked["options"]),
        **hour_values(space, seen),
    }  # fmt: skip


def _part(asked: Told, result: Told, place: int, lang: str) -> dict[str, Any]:
    one = result["scenarios"][place]
    charts = charts_of(asked, result, place, lang=lang)
    return {
        "name": scenario_name(one["code"], lang=lang), "why_left": told_by.why_left(one, lang=lang),
        "gaps": told_by.gap_text(one, lang=lang), "charts": [(themed(made.draw().svg), themed(replace(made, code=f"{made.code}-narrow").draw(PHONE).svg)) for made in charts],
        "option_rows": told_by.option_rows(asked, result, place, lang=lang),
        "group_rows": told_by.group_rows(asked, result, place, lang=lang),
        "overloads": told_by.overload_rows(result, place, lang=lang),
        "hour_rows": told_by.hour_rows(result, place, lang=lang),
        "words": scenario_words(one["code"], lang=lang) if one["code"] in SHIPPED else None,
    }  # fmt: skip


def charts_of(asked: Told, result: Told, place: int, *, lang: str) -> list[HoursChart]:
    """Draw who is left without a seat by hour beside who comes and who is seated; then with each option."""
    one = result["scenarios"][place]
    today = one["runs"][0]["hours"]
    name = scenario_name(one["code"], lang=lang)
    band = (today["low"], today["high"])
    across = _("hour of the scenario")
    worst = one["runs"][0]["worst"]
    slots = {
        "scenario": name, "people": told_by.count_text(worst["people"]["mean"], lang=lang),
        "hour": hour_text(worst["hour"], one["hours"], lang=lang),
    }  # fmt: skip
    alt = _("%(scenario)s: people without a seat by hour; at most %(people)s, %(hour)s. The table says each hour.") % slots  # fmt: skip
    lines = [
        HourLine(_("without a seat (band: nine events of ten)"), today["unserved"], band),
        HourLine(_("come"), today["seekers"]), HourLine(_("find a seat"), today["served"]),
    ]  # fmt: skip
    made = [
        HoursChart(
            _("%(scenario)s: at the worst, %(hour)s, %(people)s people without a seat") % slots,
            _("People at each hour, today’s hubs, mean of the drawings"), across, lines, alt, lang, f"hours-{place}",
        )
    ]  # fmt: skip
    if asked["options"]:
        names = told_by.names_of(stress_asked(asked), lang=lang)
        each = [HourLine(told, run["hours"]["unserved"], band if n == 0 else None) for n, (told, run) in enumerate(zip(names, one["runs"], strict=True))]  # fmt: skip
        title = _("%(scenario)s: who is left without a seat, option by option") % slots
        under = _("People without a seat at each hour, mean of the drawings; band: today, nine events of ten")  # fmt: skip
        made.append(HoursChart(title, under, across, each, alt, lang, f"options-{place}"))
    return made
