"""The answer of a study of stress as parts of its report: the same lines as on the page."""

from __future__ import annotations

from django.utils.translation import gettext as _

from courtepointe.doors.site.space.frame import Space
from courtepointe.doors.site.studies import stress_told as told
from courtepointe.doors.site.studies.stress_drawn import hour_map
from courtepointe.doors.site.studies.stress_hours import hour_sentence, states
from courtepointe.doors.site.studies.stress_page import charts_of
from courtepointe.doors.site.studies.stress_words import (
    hour_text,
    scenario_name,
    scenario_words,
)
from courtepointe.formats.scenarios import SHIPPED
from courtepointe.hubs.queries.studies import StudySeen
from courtepointe.press.hubs.report import ReportPart, ReportTable
from courtepointe.press.numbers import number


def printed(space: Space, seen: StudySeen) -> list[ReportPart]:
    """Give the parts: what options change, then each scenario, then what is known of the hubs."""
    asked, result, lang = seen.asked, seen.result or {}, space.lang
    parts = []
    if asked["options"]:
        lines = [line for _name, said in told.changes(asked, result, lang=lang) for line in said]
        least = told.least_regret(asked, result, lang=lang)
        parts.append(ReportPart(_("What each option changes"), (*lines, *([least] if least else []))))  # fmt: skip
    for place in range(len(result["scenarios"])):
        parts += _scenario(seen, place, lang)
    rows = tuple(told.hub_lines(asked, lang=lang))
    columns = (_("Hub"), _("Known"), _("Assumed, for nobody knows"))
    parts.append(ReportPart(_("What is known of the hubs"), tables=(ReportTable(_("What is known of the hubs"), columns, rows),)))  # fmt: skip
    return parts


def _scenario(seen: StudySeen, place: int, lang: str) -> list[ReportPart]:
    asked, result = seen.asked, seen.result or {}
    one = result["scenarios"][place]
    name = scenario_name(one["code"], lang=lang)
    charts = charts_of(asked, result, place, lang=lang)
    said = (told.why_left(one, lang=lang), *told.gap_text(one, lang=lang))
    parts = [
        ReportPart(
            name, tuple(filter(None, said)), drawings=tuple(made.draw for made in charts),
            tables=(_options(seen, place, lang), _groups(seen, place, lang)),
        ),
        _worst(seen, place, lang),
    ]  # fmt: skip
    overloads = told.overload_rows(result, place, lang=lang)
    if overloads:
        columns = (_("Hub"), _("Person-hours turned away"), _("Nine events of ten"), _("Worst hour"), _("People then"))  # fmt: skip
        rows = tuple((row["name"], row["hours"], row["range"] or "—", row["hour"], row["people"]) for row in overloads)  # fmt: skip
        parts.append(ReportPart(_("Hubs that turn people away"), tables=(ReportTable(_("Hubs that turn people away"), columns, rows),)))  # fmt: skip
    if one["code"] in SHIPPED:
        parts.append(_assumed(one["code"], lang))
    return parts


def _options(seen: StudySeen, place: int, lang: str) -> ReportTable:
    rows = told.option_rows(seen.asked, seen.result or {}, place, lang=lang)
    columns = (_("Option"), _("Person-hours seated"), _("Without a seat"), _("Nine events of ten"), _("At the worst hour"), _("Against today"))  # fmt: skip
    return ReportTable(
        _("Today and the options"), columns,
        tuple((row["name"], row["served"], f"{row['left']} {row['error']}", row["left_range"] or "—", row["worst"], " · ".join(filter(None, (row["change"], row["verdict"]))) or "—") for row in rows),
    )  # fmt: skip


def _groups(seen: StudySeen, place: int, lang: str) -> ReportTable:
    rows = told.group_rows(seen.asked, seen.result or {}, place, lang=lang)
    columns = (_("Option"), _("Group"), _("People who come"), _("Seated"), _("No open hub in reach"), _("No room"), _("Minutes on foot"), _("Gap in person-hours"))  # fmt: skip
    return ReportTable(
        _("Groups"), columns,
        tuple((row["option"], row["group"], row["seekers"], row["served"], row["too_far"], row["no_room"], row["minutes"], row["gap"]) for row in rows),
    )  # fmt: skip


def _worst(seen: StudySeen, place: int, lang: str) -> ReportPart:
    result = seen.result or {}
    one = result["scenarios"][place]
    hour = one["runs"][0]["worst"]["hour"]
    heading = _("The worst hour: %(hour)s") % {"hour": hour_text(hour, one["hours"], lang=lang)}
    drawn = hour_map(seen, one, 0, hour, title=heading, lang=lang)
    rows = states(seen.asked, result, (place, 0, hour), lang=lang)
    table = ReportTable(
        _("Hubs at that hour"), (_("Hub"), _("State"), _("Why closed"), _("People turned away")),
        tuple((row["name"], row["open"], row["why"] or "—", row["turned"]) for row in rows),
    )  # fmt: skip
    told = [hour_sentence(one, 0, hour, lang=lang)]
    if drawn is not None:
        told.append(_("On the map a hub is filled as far as it is open in the drawings; wide streets are within %(n)s minutes of one that is open in half of them or more, narrower ones of one that is open more rarely.") % {"n": number(one["limit_min"], lang=lang)})  # fmt: skip
    return ReportPart(heading, tuple(told), None if drawn is None else drawn.draw, (table,))


def _assumed(code: str, lang: str) -> ReportPart:
    """Say what the scenario is, what it assumes, and what was published of the event."""
    words = scenario_words(code, lang=lang)
    lines = (words.about, *words.timeline, *words.groups, *words.assumptions)
    rows = tuple((what, figure, source) for what, figure, source in words.published)
    tables = (ReportTable(_("What was published of the event"), (_("What"), _("Published figure"), _("Source")), rows),) if rows else ()  # fmt: skip
    return ReportPart(_("What the scenario is, and assumes: %(scenario)s") % {"scenario": words.name}, lines, tables=tables)  # fmt: skip
