"""Scenarios, hours, changes and reasons in the words of the person who reads them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from courtepointe.core.stress import Effect, Range
from courtepointe.doors.site.hubs.telling import said
from courtepointe.formats.scenarios import SHIPPED, ScenarioFile, shipped_scenario
from courtepointe.hubs.studies.stress_values import (
    ADD,
    LASTING_H,
    LEAVE,
    NEEDS,
    POWER,
    SEATS,
    StressAssumed,
    StressSpot,
)
from courtepointe.press.numbers import amount, number

DEGREES = "EPSG:4326"
DAY = 24
CHANGE_WORDS: Mapping[str, str | Promise] = {
    ADD: gettext_lazy("Add a place of the directory"),
    POWER: gettext_lazy("Equip a hub: hours without the network"),
    SEATS: gettext_lazy("More seats in a hub"),
    NEEDS: gettext_lazy("Equip a hub with what shelters from the hazard"),
    LEAVE: gettext_lazy("Leave a hub out"),
}
WHY_WORDS: Mapping[str, str | Promise] = {
    "lag": pgettext_lazy("closed hub", "not open yet"),
    "power": pgettext_lazy("closed hub", "without power"),
    "flooded": pgettext_lazy("closed hub", "flooded"),
    "needs": pgettext_lazy("closed hub", "has not what shelters from the hazard"),
    "staff": pgettext_lazy("closed hub", "too few people to hold it"),
    "street": pgettext_lazy("closed hub", "its street is closed"),
}
TRAIT_WORDS: Mapping[str, str | Promise] = {
    "cooling": gettext_lazy("air conditioning"),
    "heating": gettext_lazy("heating"),
    "clean_air": gettext_lazy("clean air"),
}


@dataclass(frozen=True, slots=True)
class ScenarioWords:
    """A shipped scenario in words.

    Attributes
    ----------
    timeline, groups, assumptions : list of str
    published : list of (words, figure, source)
    own : str
        What it assumes of a hub of which nobody knows more.
    """

    code: str
    name: str
    about: str
    timeline: list[str]
    groups: list[str]
    assumptions: list[str]
    published: list[tuple[str, str, str]]
    own: str


@cache
def shipped(code: str) -> ScenarioFile:
    """Give a shipped scenario for its words; its areas stay in degrees."""
    return shipped_scenario(code, to_crs=DEGREES)


def scenario_name(code: str, *, lang: str) -> str:
    """Give the name of a scenario; of one that is no longer shipped, its code."""
    return str(shipped(code).scenario.names[lang]) if code in SHIPPED else code


def group_name(scenario: str, code: str, *, lang: str) -> str:
    """Give the name of a group of a scenario."""
    return str(shipped(scenario).groups[code][lang]) if scenario in SHIPPED else code


def scenario_words(code: str, *, lang: str) -> ScenarioWords:
    """Tell a scenario: what fails and when, who comes, what is assumed, what was published."""
    file = shipped(code)
    held = file.scenario
    own = file.hubs
    needed = {one.trait for one in held.effects if one.trait}
    assumed = StressAssumed(own.capacity, own.autonomy_h, own.staff, needed <= own.traits, own.dry)
    return ScenarioWords(
        code, scenario_name(code, lang=lang), file.about[lang],
        [*_rules(file, lang), *(_effect(one, held.n_hours, lang) for one in held.effects)],
        [_group(file, n, lang) for n in range(len(held.seeking))],
        list(file.assumptions[lang]),
        [(one.words[lang], _figure(one.value, one.unit, lang), one.source) for one in file.published],
        assumed_words(assumed, lang=lang),
    )  # fmt: skip


def _figure(value: float, unit: str, lang: str) -> str:
    return part_text(value, lang=lang) if unit == "part" else number(value, lang=lang)


def part_text(part: float, *, lang: str) -> str:
    """Write a part of one in percent; a small one keeps its decimals."""
    percent = part * 100.0
    fine = (n for n in (0, 1, 2) if abs(round(percent, n) - percent) < 1e-9)
    decimals = min(next(fine, 2), 0 if percent >= 10.0 else 1 if percent >= 1.0 else 2)
    return amount(percent, unit="percent", decimals=decimals, lang=lang)


def _range(told: Range, lang: str) -> str:
    if told.known:
        return part_text(told.likely, lang=lang)
    return _("%(low)s to %(high)s, most likely %(likely)s") % {
        name: part_text(getattr(told, name), lang=lang) for name in ("low", "likely", "high")
    }


def _rules(file: ScenarioFile, lang: str) -> list[str]:
    rules, told = file.scenario.rules, []
    lag = rules.opening_lag_h
    if lag.high > 0.0:
        slots = {name: number(getattr(lag, name), lang=lang) for name in ("low", "likely", "high")}
        told.append(_("Doors open %(low)s to %(high)s hours after the beginning, most likely %(likely)s.") % slots)  # fmt: skip
    if rules.staff_at_least:
        n = rules.staff_at_least
        told.append(
            ngettext("A hub needs %(n)s person to hold it.", "A hub needs %(n)s people to hold it.", n)
            % {"n": number(n, lang=lang)}
        )  # fmt: skip
    limit = number(file.scenario.limit_min, lang=lang)
    told.append(_("Nobody walks more than %(n)s minutes.") % {"n": limit})
    return told


def _effect(one: Effect, n_hours: int, lang: str) -> str:
    share = _range(one.share, lang)
    what = {
        "no_power": _("power fails at part of the hubs (%(part)s)"),
        "flooded": _("water takes streets, and hubs that do not stand dry (%(part)s of them, where it comes)"),
        "street_closed": _("part of the streets is closed (%(part)s)"),
        "staff": _("part of those who hold the hubs does not come (%(part)s)"),
        "needs": _("only hubs with %(what)s shelter"),
    }[one.kind] % {"part": share, "what": TRAIT_WORDS.get(one.trait, one.trait)}  # fmt: skip
    if one.discs is not None:
        radius = one.discs.radius_m
        what += ", " + _("in %(n)s rounds of %(low)s to %(high)s m, drawn anew each time") % {
            "n": number(one.discs.n, lang=lang), "low": number(radius.low, lang=lang),
            "high": number(radius.high, lang=lang),
        }  # fmt: skip
    if one.hours == (0, n_hours):
        return _("At all hours: %(what)s.") % {"what": what}
    slots = {"first": number(one.hours[0] + 1, lang=lang), "last": number(one.hours[1], lang=lang)}
    return _("Hours %(first)s to %(last)s: %(what)s.") % {**slots, "what": what}


def _group(file: ScenarioFile, n: int, lang: str) -> str:
    one = file.scenario.seeking[n]
    return _("%(group)s: %(share)s of the people; of those hit, %(part)s come. Walker: %(walker)s.") % {
        "group": file.groups[one.code][lang], "share": part_text(file.shares[one.code], lang=lang),
        "part": _range(one.take_up, lang), "walker": said("walker", one.walker.code, lang=lang),
    }  # fmt: skip


def hour_text(hour: int, n_hours: int, *, lang: str) -> str:
    """Name an hour of a scenario, the first being 1."""
    slots = {"n": number(hour + 1, lang=lang), "all": number(n_hours, lang=lang)}
    if n_hours <= DAY:
        return _("hour %(n)s of %(all)s") % slots
    slots["day"] = number(hour // DAY + 1, lang=lang)
    return _("hour %(n)s of %(all)s, day %(day)s") % slots


def hours_word(hours: float, *, lang: str) -> str:
    """Write hours of autonomy."""
    if hours >= LASTING_H:
        return _("as long as needed")
    return _("%(n)s h") % {"n": number(hours, decimals=0 if hours == round(hours) else 1, lang=lang)}  # fmt: skip


def assumed_words(one: StressAssumed, *, lang: str) -> str:
    """Say what a hub is taken to be where nobody knows."""
    told = [
        _("%(n)s seats") % {"n": number(one.seats, lang=lang)},
        _("%(hours)s without the network") % {"hours": hours_word(one.autonomy_h, lang=lang)},
        _("%(n)s people to hold it") % {"n": number(one.staff, lang=lang)},
        _("has what shelters from the hazard") if one.has else _("has not what shelters from the hazard"),
        _("stands out of the water") if one.dry else _("stands where water may come"),
    ]  # fmt: skip
    return ", ".join(told)


def known_words(one: StressSpot, *, lang: str) -> tuple[list[str], list[str]]:
    """Say what is known of a hub, and name what is not."""
    known, unknown = [], []

    def line(value: object, name: str, words: str) -> None:
        known.append(words) if value is not None else unknown.append(name)

    n = number(one.seats or 0.0, lang=lang)
    line(one.seats, _("seats"), _("%(n)s seats") % {"n": n})
    hours = hours_word(one.autonomy_h or 0.0, lang=lang)
    line(one.autonomy_h, _("hours without the network"), _("%(hours)s without the network") % {"hours": hours})  # fmt: skip
    staff = number(one.staff or 0, lang=lang)
    line(one.staff, _("people to hold it"), _("%(n)s people to hold it") % {"n": staff})
    dry = _("stands out of the water") if one.dry else _("stands where water may come")
    line(one.dry, _("whether water may come"), dry)
    for code, words in TRAIT_WORDS.items():
        if code in one.has:
            known.append(str(words) if one.has[code] else _("no %(what)s") % {"what": words})
        elif code != "clean_air":
            unknown.append(str(words))
    return known, unknown
