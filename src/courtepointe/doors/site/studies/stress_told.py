"""The answer of a study of stress in sentences and lines: the same on the page, side by side, on paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from courtepointe.doors.site.studies.shared import whole
from courtepointe.doors.site.studies.stress_words import (
    assumed_words,
    group_name,
    hour_text,
    hours_word,
    known_words,
    part_text,
    scenario_name,
)
from courtepointe.hubs.studies.stress_values import (
    ADD,
    LEAVE,
    NEEDS,
    POWER,
    StressAsked,
    StressOption,
    StressSpot,
    stress_asked,
)
from courtepointe.press.numbers import number

Told = Mapping[str, Any]
NOTHING = 1e-9


def count_text(value: float, *, lang: str) -> str:
    """Write people or person-hours: a decimal under ten, for few come in some hours."""
    tenths = round(abs(value) * 10.0)
    return number(value, decimals=1 if tenths < 100 and tenths % 10 else 0, lang=lang)


def range_of(one: Told, *, lang: str) -> str:
    """Write the ends between which nine events of ten lie; nothing where they are one."""
    low, high = (count_text(one[name], lang=lang) for name in ("low", "high"))
    return "" if low == high else _("%(low)s to %(high)s") % {"low": low, "high": high}


def in_nine(one: Told, *, lang: str) -> str:
    """Write the ends in brackets, as the end of a sentence's number; nothing where they are one."""
    held = range_of(one, lang=lang)
    return " " + _("(%(range)s in nine events of ten)") % {"range": held} if held else ""


def option_name(option: StressOption | None, *, lang: str) -> str:
    """Name an option: today, or what changes."""
    if option is None:
        return _("Today")
    place = option.name
    if option.change == ADD:
        return _("%(place)s added") % {"place": place}
    if option.change == LEAVE:
        return _("Without %(place)s") % {"place": place}
    if option.change == NEEDS:
        return _("%(place)s equipped against the hazard") % {"place": place}
    if option.change == POWER:
        hours = hours_word(option.amount or 0.0, lang=lang)
        return _("%(place)s with %(hours)s without the network") % {"place": place, "hours": hours}
    seats = number(option.amount or 0.0, lang=lang)
    return _("%(place)s with %(n)s seats") % {"place": place, "n": seats}


def names_of(asked: StressAsked, *, lang: str) -> list[str]:
    """Name today and the options, in their order."""
    return [option_name(one, lang=lang) for one in (None, *asked.options)]


def lead(kept: Told, result: Told, *, lang: str) -> str:
    """Say who finds a seat today, then who is left without, in person-hours and at the worst hour."""
    return " ".join(_base(one, lang) for one in result["scenarios"])


def _base(one: Told, lang: str) -> str:
    run = one["runs"][0]
    totals, worst = run["totals"], run["worst"]
    seekers, name = totals["seekers"]["mean"], scenario_name(one["code"], lang=lang)
    if seekers <= NOTHING:
        return _("%(scenario)s: nobody comes.") % {"scenario": name}
    slots = {
        "scenario": name, "served": count_text(totals["served"]["mean"], lang=lang),
        "seekers": count_text(seekers, lang=lang),
        "part": part_text(totals["served"]["mean"] / seekers, lang=lang),
        "unserved": count_text(totals["unserved"]["mean"], lang=lang),
        "range": in_nine(totals["unserved"], lang=lang),
        "people": count_text(worst["people"]["mean"], lang=lang),
        "hour": hour_text(worst["hour"], one["hours"], lang=lang),
    }  # fmt: skip
    seated = _("%(scenario)s: today’s hubs seat %(served)s of the %(seekers)s person-hours that come (%(part)s).") % slots  # fmt: skip
    if totals["unserved"]["mean"] <= NOTHING:
        return seated + " " + _("Nobody who comes is left without a seat.")
    return seated + " " + _("Left without a seat: %(unserved)s person-hours%(range)s; at the worst, %(hour)s, %(people)s people at once.") % slots  # fmt: skip


def why_left(one: Told, *, lang: str) -> str:
    """Say why people are left: no open hub in reach, or no room in it."""
    totals = one["runs"][0]["totals"]
    if totals["unserved"]["mean"] <= NOTHING:
        return ""
    return _("Of these person-hours, %(far)s have no open hub within %(limit)s minutes, and %(room)s find those that they try full.") % {
        "far": count_text(totals["too_far"]["mean"], lang=lang), "limit": number(one["limit_min"], lang=lang),
        "room": count_text(totals["no_room"]["mean"], lang=lang),
    }  # fmt: skip


def verdict(value: Told) -> str:
    """Say what an option does: ``more``, ``fewer``, ``same``, or ``blurred`` where the interval holds 0."""
    told = value["people_hours"]
    if abs(told["low"]) <= NOTHING and abs(told["high"]) <= NOTHING and abs(told["mean"]) <= NOTHING:  # fmt: skip
        return "same"
    if told["low"] > NOTHING:
        return "more"
    return "fewer" if told["high"] < -NOTHING else "blurred"


def change_text(name: str, value: Told, *, lang: str) -> str:
    """Say in a sentence what an option changes against today, and whether it can be told apart."""
    told, found = value["people_hours"], verdict(value)
    if found == "same":
        return _("%(option)s: nothing changes, in any drawing.") % {"option": name}
    slots = {
        "option": name, "n": count_text(abs(told["mean"]), lang=lang),
        "range": in_nine(told if found != "fewer" else {"low": -told["high"], "high": -told["low"]}, lang=lang),
    }  # fmt: skip
    if found == "more":
        return _("%(option)s: %(n)s person-hours more find a seat%(range)s.") % slots  # fmt: skip
    if found == "fewer":
        return _("%(option)s: %(n)s person-hours fewer find a seat%(range)s.") % slots  # fmt: skip
    if told["mean"] >= 0.0:
        slots["range"] = range_of(told, lang=lang)
        return _("%(option)s: cannot be told apart from today; on average %(n)s person-hours more find a seat, but %(range)s in nine events of ten.") % slots  # fmt: skip
    slots["range"] = range_of({"low": -told["high"], "high": -told["low"]}, lang=lang)
    return _("%(option)s: cannot be told apart from today; on average %(n)s person-hours fewer find a seat, but %(range)s in nine events of ten.") % slots  # fmt: skip


def verdict_text(value: Told) -> str:
    """Say in two words whether an option can be told apart from today."""
    return {
        "same": _("no change"), "more": _("more find a seat"), "fewer": _("fewer find a seat"),
        "blurred": _("cannot be told apart"),
    }[verdict(value)]  # fmt: skip


def changes(kept: Told, result: Told, *, lang: str) -> list[tuple[str, list[str]]]:
    """Give for each scenario what each option changes, in a sentence each."""
    names = names_of(stress_asked(kept), lang=lang)[1:]
    return [
        (
            scenario_name(one["code"], lang=lang),
            [change_text(name, value, lang=lang) for name, value in zip(names, values, strict=True)],
        )
        for one, values in zip(result["scenarios"], result["values"], strict=True)
    ]  # fmt: skip


def option_rows(kept: Told, result: Told, place: int, *, lang: str) -> list[dict[str, str]]:
    """Give today and each option in figures, for one scenario."""
    one, rows = result["scenarios"][place], []
    for n, name in enumerate(names_of(stress_asked(kept), lang=lang)):
        run = one["runs"][n]
        value = None if n == 0 else result["values"][place][n - 1]
        rows.append({
            "name": name, "served": count_text(run["totals"]["served"]["mean"], lang=lang),
            "left": count_text(run["totals"]["unserved"]["mean"], lang=lang),
            "left_range": range_of(run["totals"]["unserved"], lang=lang),
            "worst": count_text(run["worst"]["people"]["mean"], lang=lang),
            "change": "" if value is None else _signed(value["people_hours"]["mean"], lang),
            "change_range": "" if value is None else range_of(value["people_hours"], lang=lang),
            "verdict": "" if value is None else verdict_text(value),
            "error": _error(run["totals"]["unserved"], lang),
        })  # fmt: skip
    return rows


def _error(one: Told, lang: str) -> str:
    return "—" if one["error"] is None else "± " + count_text(one["error"], lang=lang)


def _signed(value: float, lang: str) -> str:
    told = count_text(value, lang=lang)
    return f"+{told}" if value > NOTHING and whole(abs(value) * 10) else told


def group_rows(kept: Told, result: Told, place: int, *, lang: str) -> list[dict[str, str]]:
    """Give how each group fares, today and with each option, beside all others who come."""
    one = result["scenarios"][place]
    return [
        {"option": name, **_group(one, group, told, lang)}
        for n, name in enumerate(names_of(stress_asked(kept), lang=lang))
        for group, told in zip(one["groups"], one["runs"][n]["groups"], strict=True)
    ]


def _group(one: Told, code: str, told: Told, lang: str) -> dict[str, str]:
    gap, longer = told["gap_people_hours"], told["gap_minutes"]
    return {
        "group": group_name(one["code"], code, lang=lang),
        **{name: count_text(told[name]["mean"], lang=lang) for name in ("seekers", "served", "too_far", "no_room")},
        "minutes": _minutes(told["minutes"]["mean"], lang),
        "gap": "—" if gap["mean"] is None else count_text(gap["mean"], lang=lang),
        "gap_range": "" if gap["mean"] is None else range_of(gap, lang=lang),
        "longer": _minutes(longer["mean"], lang),
    }  # fmt: skip


def _minutes(value: float | None, lang: str) -> str:
    return "—" if value is None else number(value, decimals=1, lang=lang)


def gap_text(one: Told, *, lang: str) -> list[str]:
    """Say which group lacks seats beside the others in nearly all drawings: in person-hours, then in minutes."""
    told = []
    for code, found in zip(one["groups"], one["runs"][0]["groups"], strict=True):
        gap, longer = found["gap_people_hours"], found["gap_minutes"]
        if gap["low"] is None or gap["low"] <= NOTHING:
            continue
        slots = {"group": group_name(one["code"], code, lang=lang), "n": count_text(gap["mean"], lang=lang), "range": in_nine(gap, lang=lang)}  # fmt: skip
        line = _("%(group)s: %(n)s person-hours more with a seat would be needed to be seated in the same part as the others%(range)s.") % slots  # fmt: skip
        if longer["mean"] is not None and longer["mean"] > 0.05:
            line += " " + _("Their walk is %(n)s minutes longer.") % {"n": number(longer["mean"], decimals=1, lang=lang)}  # fmt: skip
        told.append(line)
    return told


def overload_rows(result: Told, place: int, *, lang: str) -> list[dict[str, str]]:
    """Give the hubs that turn people away today, those of most first, and their worst hour."""
    one = result["scenarios"][place]
    held = zip(result["spots"], one["runs"][0]["hubs"], strict=True)
    found = [(spot, hub) for spot, hub in held if hub["overload"]["mean"] > NOTHING]
    found.sort(key=lambda pair: -pair[1]["overload"]["mean"])
    return [
        {
            "name": spot["name"], "hours": count_text(hub["overload"]["mean"], lang=lang),
            "range": range_of(hub["overload"], lang=lang), "hour": hour_text(hub["worst_hour"], one["hours"], lang=lang),
            "people": count_text(hub["at_worst"], lang=lang),
        }
        for spot, hub in found
    ]  # fmt: skip


def hour_rows(result: Told, place: int, *, lang: str) -> list[dict[str, str]]:
    """Give each hour of today."""
    one = result["scenarios"][place]
    told, rows = one["runs"][0]["hours"], []
    for hour in range(one["hours"]):
        ends = {"low": told["low"][hour], "high": told["high"][hour]}
        rows.append({
            "hour": number(hour + 1, lang=lang), "range": range_of(ends, lang=lang),
            **{name: count_text(told[name][hour], lang=lang) for name in ("open", "seekers", "served", "unserved", "turned_away")},
        })  # fmt: skip
    return rows


def regret_rows(kept: Told, result: Told, *, lang: str) -> list[tuple[str, list[str], str]]:
    """Give the regret of each option in each scenario, and the greatest; nothing for one option or scenario."""
    if len(result["scenarios"]) < 2 or not kept["options"]:
        return []
    found = result["regrets"]
    return [
        (name, [count_text(one, lang=lang) for one in row], count_text(worst, lang=lang))
        for name, row, worst in zip(names_of(stress_asked(kept), lang=lang), found["regret"], found["worst"], strict=True)
    ]  # fmt: skip


def least_regret(kept: Told, result: Told, *, lang: str) -> str:
    """Name the option whose greatest regret is least."""
    if not regret_rows(kept, result, lang=lang):
        return ""
    n = result["regrets"]["least"]
    return _("Whichever of these scenarios comes, least is regretted with: %(option)s (at most %(n)s person-hours more without a seat than with the best option).") % {
        "option": names_of(stress_asked(kept), lang=lang)[n], "n": count_text(result["regrets"]["worst"][n], lang=lang),
    }  # fmt: skip


def question(kept: Told, *, lang: str) -> list[tuple[str, str]]:
    """Give the question as lines of (what, how)."""
    asked = stress_asked(kept)
    lines = [
        (_("What happens"), ", ".join(scenario_name(one, lang=lang) for one in asked.scenarios)),
        (_("Hubs that count"), ", ".join(dict.fromkeys(one.name for one in asked.hubs)) or _("none")),
        (_("Chosen, but without a point: not counted"), ", ".join(asked.lost)),
        (_("Beside today"), "; ".join(option_name(one, lang=lang) for one in asked.options) or _("nothing")),
        (_("For the people of"), ", ".join(name for name, _key in asked.territories) or _("all the streets")),
        (_("Drawings"), number(asked.n_draws, lang=lang)),
    ]  # fmt: skip
    for code in asked.scenarios:
        what = _("Assumed where nobody knows, %(scenario)s") % {"scenario": scenario_name(code, lang=lang)}  # fmt: skip
        lines.append((what, assumed_words(asked.assumed[code], lang=lang)))
    return [(what, how) for what, how in lines if how]


def hub_lines(kept: Told, *, lang: str) -> list[tuple[str, str, str]]:
    """Give each place that is tried: its name, what is known of it, what is assumed."""
    asked = stress_asked(kept)
    every: Sequence[StressSpot] = (*asked.hubs, *(one.place for one in asked.options if one.place))
    told = [(one.name, *known_words(one, lang=lang)) for one in every]
    return [(name, ", ".join(known) or "—", ", ".join(unknown) or "—") for name, known, unknown in told]  # fmt: skip


def notes(kept: Told, result: Told, *, lang: str) -> list[str]:
    """Say how it was counted."""
    n = number(kept["n_draws"], lang=lang)
    told = [
        _("Chance was tried %(n)s times, and did the same to each option each time: what is compared is each event with its own twin.") % {"n": n},
        _("A person-hour is one person for one hour. “In nine events of ten”: from the 5th to the 95th of a hundred drawings; “±” is how far more drawings could still move the average."),
        _("Access is not use: most of those who could come do not. The part that comes is assumed, and shown."),
        _("At each hour seats go to the nearest first; who finds a hub full goes on to the next, three in all. Nobody holds a seat from the hour before."),
        _("The people are those who live in the territory, spread evenly along the streets of their area. Whoever comes from elsewhere is not counted. Seats and staff of a hub with several places are shared among them."),
    ]  # fmt: skip
    for one in result["scenarios"]:
        if one["outside"]:
            told.append(_("%(scenario)s: part of what fails lies where there is no street and no hub of this study; it changes nothing here.") % {"scenario": scenario_name(one["code"], lang=lang)})  # fmt: skip
    if result["far"]:
        told.append(_("Not counted, for no street is near: %(names)s.") % {"names": ", ".join(one["name"] for one in result["far"])})  # fmt: skip
    return told


def compared(studies: Sequence[tuple[Told, Told]], *, lang: str) -> list[tuple[str, list[str]]]:
    """Give rows of (what, each study's), people first, scenario by scenario."""
    every: list[tuple[str, list[str]]] = []
    codes = dict.fromkeys(one["code"] for _kept, result in studies for one in result["scenarios"])
    for code in codes:
        cells = [_cells(kept, result, code, lang) for kept, result in studies]
        slots = {"scenario": scenario_name(code, lang=lang)}
        rows = (
            _("%(scenario)s: person-hours seated"), _("%(scenario)s: person-hours without a seat"),
            _("%(scenario)s: without a seat at the worst hour"), _("%(scenario)s: what each option changes"),
        )  # fmt: skip
        every += [(what % slots, [one[n] for one in cells]) for n, what in enumerate(rows)]
    pairs = [dict(question(kept, lang=lang)) for kept, _result in studies]
    for what in dict.fromkeys(name for one in pairs for name in one):
        every.append((what, [one.get(what, "—") for one in pairs]))
    return every


def _cells(kept: Told, result: Told, code: str, lang: str) -> tuple[str, str, str, str]:
    """Give what a study tells of a scenario: who is seated, who is not, at the worst, what options change."""
    place = next((n for n, one in enumerate(result["scenarios"]) if one["code"] == code), None)
    if place is None:
        return ("—",) * 4
    run = result["scenarios"][place]["runs"][0]
    seated, left = (
        count_text(told["mean"], lang=lang) + (f" ({held})" if (held := range_of(told, lang=lang)) else "")
        for told in (run["totals"]["served"], run["totals"]["unserved"])
    )  # fmt: skip
    changed = " ".join(changes(kept, result, lang=lang)[place][1])
    return seated, left, count_text(run["worst"]["people"]["mean"], lang=lang), changed or "—"
