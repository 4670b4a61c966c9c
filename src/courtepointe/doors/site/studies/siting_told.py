"""The answer of a study of siting in sentences and lines: the same on the page, side by side, on paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from courtepointe.core.siting import Goal
from courtepointe.doors.site.hubs.reach_asked import LIMITS
from courtepointe.doors.site.hubs.telling import said
from courtepointe.doors.site.space.frame import Space
from courtepointe.doors.site.studies.drawn import drawing_of
from courtepointe.doors.site.studies.goals import GOAL_WORDS
from courtepointe.doors.site.studies.shared import (
    minutes_text,
    people_text,
    range_text,
    territory,
    whole,
)
from courtepointe.hubs.queries.studies import StudySeen
from courtepointe.hubs.studies.siting import NEW
from courtepointe.hubs.studies.values import FORCED, REFUSED, WITHIN
from courtepointe.press.maps.walked import stroke_of
from courtepointe.press.numbers import number, signed

Told = Mapping[str, Any]


def told(space: Space, seen: StudySeen) -> dict[str, Any]:
    """Give what the template of an answer needs."""
    asked, result, lang = seen.asked, seen.result or {}, space.lang
    drawn = drawing_of(seen, result["sites"], lang=lang)
    return {
        "map": "" if drawn is None else drawn.draw().svg, "moved": drawn is None, "classes": classes(),
        "proof": proof(asked, result, lang=lang), "sites": sites(asked, result, lang=lang),
        "ties": ties(result, lang=lang), "refused": refused(asked, result, lang=lang),
        "rows": rows(result, lang=lang), "far": result["far"], "notes": notes(asked, result, lang=lang),
        "left": left_out(asked, result, lang=lang), "minutes": walks(asked, result, lang=lang),
        "regrets": regrets(result, lang=lang),
    }  # fmt: skip


def classes() -> list[tuple[int, str, float]]:
    """Give the classes of the map: minutes, colour, width."""
    return [(limit, *stroke_of(place)) for place, limit in enumerate(LIMITS)]


def question(asked: Told, *, lang: str) -> list[tuple[str, str]]:
    """Give the question as lines of (what, how)."""
    held = {code: [one["name"] for one in asked["sites"] if one["held"] == code] for code in (FORCED, REFUSED)}  # fmt: skip
    standing = list(dict.fromkeys(one["name"] for one in asked["standing"]))
    lines = [
        (_("Goal"), str(GOAL_WORDS[asked["goal"]].name)),
        (_("Whose walk counts"), asked["who_name"] or _("everybody’s")),
        (_("Who walks"), said("walker", asked["walker"], lang=lang)),
        (pgettext("walk", "Within"), minutes_text(asked["limit_min"], lang=lang)),
        (_("Possible places"), number(len(asked["sites"]), lang=lang)),
        (_("Hubs that count already"), ", ".join(standing) or _("none")),
        (_("Held"), ", ".join(held[FORCED])), (pgettext("places", "Refused"), ", ".join(held[REFUSED])),
        (_("For the people of"), ", ".join(name for name, _key in asked["territories"]) or _("all the streets")),
    ]  # fmt: skip
    if asked["n_open"] is not None:
        lines.insert(1, (_("New hubs"), number(asked["n_open"], lang=lang)))
    if asked["budget"] is not None:
        lines.insert(1, (_("Budget, in dollars"), number(asked["budget"], lang=lang)))
    return [(what, how) for what, how in lines if how]


def _everyone(result: Told) -> float | None:
    found: float | None = result["after"][0]["everyone"]
    return found


def _people(result: Told, when: str, limit: int) -> list[float]:
    row = result[when][0]
    place = row["limits"].index(float(limit))
    found: list[float] = row["people"][place]
    return found


def lead(asked: Told, result: Told, *, lang: str) -> str:
    """Say what is chosen and what it is worth, in people first."""
    names = [one["name"] for one in result["sites"] if one["kind"] == NEW]
    limit = asked["limit_min"]
    before, after = (_people(result, when, limit) for when in ("before", "after"))
    if not names:
        return _("No new hub is needed: those that count already do all that can be done.")
    slots = {
        "places": ", ".join(names), "n": limit, "after": people_text(after[0], lang=lang),
        "gain": signed(whole(after[0]) - whole(before[0]), unit="persons", lang=lang),
        "all": number(_everyone(result) or 0.0, lang=lang),
    }  # fmt: skip
    return (
        ngettext(
            "With one more hub, %(places)s: %(after)s of %(all)s reach a hub within %(n)s minutes (%(gain)s).",
            "With %(count)s more hubs, %(places)s: %(after)s of %(all)s reach a hub within %(n)s minutes (%(gain)s).",
            len(names),
        ) % {**slots, "count": number(len(names), lang=lang)}
    )  # fmt: skip


def left_out(asked: Told, result: Told, *, lang: str) -> str:
    """Say who is still left out, and whom no possible place could reach."""
    limit = asked["limit_min"]
    after, everyone = _people(result, "after", limit), _everyone(result) or 0.0
    still = _("Still left out, more than %(n)s minutes on foot away: %(left)s%(range)s.") % {
        "n": limit, "left": people_text(everyone - whole(after[0]), lang=lang),
        "range": range_text(everyone - after[2], everyone - after[1], lang=lang),
    }  # fmt: skip
    if asked["who"]:
        return f"{still} {_group(asked, result, lang)}"
    if whole(result["never_reached"]) == 0:
        return still
    if asked["goal"] in WITHIN:
        never = _(
            "Of them, %(never)s would be out of reach whatever was chosen among these places."
        )
    else:
        never = _("%(never)s reach none of these places by any street, and were left aside.")
    return f"{still} " + never % {"never": people_text(result["never_reached"], lang=lang)}


def _group(asked: Told, result: Told, lang: str) -> str:
    """Say for whom the places were chosen, and whom of these nothing could reach."""
    slots = {
        "group": asked["who_name"], "all": number(result["people"], lang=lang),
        "never": people_text(result["never_reached"], lang=lang),
    }  # fmt: skip
    told = _("The places were chosen for one group, %(group)s (%(all)s in the areas that count): its people are those of the proof and of the reasons below.") % slots  # fmt: skip
    if whole(result["never_reached"]) == 0:
        return told
    return f"{told} " + _("Of it, %(never)s would be out of reach whatever was chosen among these places.") % slots  # fmt: skip


def proof(asked: Told, result: Told, *, lang: str) -> str:
    """Say how sure it is that no choice is better."""
    value, bound = (_worth(asked, result[name], lang) for name in ("objective", "bound"))
    if result["proven"]:
        return _("Proven: no other choice of these places does better for this goal. Worth: %(value)s.") % {"value": value}  # fmt: skip
    if bound is None:
        return _("Not proven: the search ended before it knew how much better another choice could be. Worth: %(value)s.") % {"value": value}  # fmt: skip
    gap = number((result["gap"] or 0.0) * 100.0, decimals=2, lang=lang)
    return _("Not proven: the search ended first. Worth: %(value)s; no choice can do better than %(bound)s, so that %(gap)s%% is the most that could be missing.") % {"value": value, "bound": bound, "gap": gap}  # fmt: skip


def _worth(asked: Told, value: float | None, lang: str) -> str | None:
    """Write a worth in the unit of its goal."""
    if value is None:
        return None
    goal = asked["goal"]
    if goal == Goal.SET_COVER:
        told = ngettext("%(n)s new hub", "%(n)s new hubs", round(value))
        return told % {"n": number(value, lang=lang)}
    if goal in WITHIN:
        return people_text(value, lang=lang)
    if goal in (Goal.P_CENTER, Goal.KOLM_POLLAK):
        return _("%(n)s minutes") % {"n": number(value, decimals=1, lang=lang)}
    return _("%(n)s minutes, all people added up") % {"n": number(value, lang=lang)}


def sites(asked: Told, result: Told, *, lang: str) -> list[dict[str, str]]:
    """Say of each site why it is there, in people."""
    held = {FORCED: _("held by those who asked"), "free": _("chosen")}
    return [
        {
            "name": one["name"], "number": one["number"],
            "kind": held.get(one["held"], "") if one["kind"] == NEW else _("counts already"),
            "people": people_text(one["people"], lang=lang), "is_new": one["kind"] == NEW,
            "lost": _lost(asked, one["lost"], lang),
        }
        for one in result["sites"]
    ]  # fmt: skip


def _lost(asked: Told, lost: float | None, lang: str) -> str:
    if lost is None:
        return _("somebody would reach none")
    if asked["goal"] in (Goal.SET_COVER, Goal.MIN_REGRET):
        return "—"
    return _worth(asked, lost, lang) or "—"


def ties(result: Told, *, lang: str) -> list[str]:
    """Name the choices that are exactly as good; say whether there may be others."""
    found = [", ".join(names) for names in result["others"]]
    more = result["n_others"] - len(found)
    if more > 0:
        found.append(_("and %(n)s others") % {"n": number(more, lang=lang)})
    return found


def refused(asked: Told, result: Told, *, lang: str) -> list[dict[str, Any]]:
    """Say what would be chosen without each site, and what that costs."""
    lines = []
    for one in result["refused"]:
        line: dict[str, Any] = dict.fromkeys(("why", "instead", "worth", "proven"), "") | {
            "name": one["name"],
            "number": one["number"],
        }
        if "code" in one:
            line["why"] = _("No other choice of these places does what is asked.")
        else:
            # By position and not by name: two places of a city may be called the same.
            line["instead"] = ", ".join(one.get("instead", one["sites"])) or "—"
            line["worth"] = _worth(asked, one["objective"], lang)
            line["proven"] = one["proven"]
        lines.append(line)
    return lines


def rows(result: Told, *, lang: str) -> list[dict[str, str]]:
    """Give people within each limit, before and after, territory by territory."""
    lines = []
    for before, after in zip(result["before"], result["after"], strict=True):
        for place, limit in enumerate(after["limits"]):
            lines.append({
                "territory": territory(after["territory"]), "limit": number(limit, lang=lang),
                **_line(before["people"][place], after["people"][place], after["everyone"], lang),
            })  # fmt: skip
    return lines


def _line(
    before: Sequence[float], after: Sequence[float], everyone: float | None, lang: str
) -> dict[str, str]:
    if not after:
        unknown = _("not known")
        return {"before": unknown, "after": unknown, "gain": "—", "left": unknown, "range": ""}
    return {
        "before": number(before[0], lang=lang), "after": number(after[0], lang=lang),
        "range": range_text(after[1], after[2], lang=lang, bare=True),
        "gain": signed(whole(after[0]) - whole(before[0]), unit="", lang=lang),
        "left": number((everyone or 0.0) - whole(after[0]), lang=lang),
    }  # fmt: skip


def walks(asked: Told, result: Told, *, lang: str) -> str:
    """Say how long the walk is, on average and at most."""
    found = result["minutes"]
    if found["mean"] is None:
        return ""
    slots = {name: number(found[name], decimals=1, lang=lang) for name in ("mean", "farthest")}
    if asked["who"]:
        return _("For those of this group whose walk is known here, it takes %(mean)s minutes on average.") % slots  # fmt: skip
    if asked["goal"] in WITHIN:
        return _("Of those within reach, the walk takes %(mean)s minutes on average.") % slots
    return _("The walk to the nearest hub takes %(mean)s minutes on average, %(farthest)s for whoever has the farthest to go.") % slots  # fmt: skip


def regrets(result: Told, *, lang: str) -> list[tuple[str, str]]:
    """Say what each kind of walker loses against what would be best for it alone."""
    if result["regret"] is None:
        return []
    return [
        (said("walker", code, lang=lang), _("%(n)s minutes, all people added up") % {"n": number(lost, lang=lang)})
        for code, lost in zip(result["walkers"], result["regret"], strict=True)
    ]  # fmt: skip


def notes(asked: Told, result: Told, *, lang: str) -> list[str]:
    """Say how it was counted."""
    row = result["after"][0]
    told = [
        str(GOAL_WORDS[asked["goal"]].about),
        _("Nobody knows at which door people live: those of each area are placed evenly along its streets. The two numbers under each count tell what would be if all of an area lived at its street nearest to a hub, or at the farthest."),
        _("Who could come is not who would come."),
    ]  # fmt: skip
    if row["in_part"]:
        told.append(_("Areas that the streets cover only in part, whose people are in none of the counts: %(codes)s.") % {"codes": ", ".join(row["in_part"])})  # fmt: skip
    if row["without_value"]:
        told.append(_("Areas whose people are not published, and count for nobody: %(codes)s.") % {"codes": ", ".join(row["without_value"])})  # fmt: skip
    return told


def compared(
    studies: Sequence[tuple[Told, Told]], *, lang: str
) -> list[tuple[str, list[str]]]:  # fmt: skip
    """Give rows of (what, each study's), people first."""
    every: list[tuple[str, list[str]]] = []
    pairs = [dict(question(asked, lang=lang)) for asked, _result in studies]
    for what in dict.fromkeys(name for one in pairs for name in one):
        every.append((what, [one.get(what, "—") for one in pairs]))
    for place, limit in enumerate(studies[0][1]["after"][0]["limits"]):
        what = _("People who reach a hub within %(n)s minutes") % {"n": number(limit, lang=lang)}
        every.insert(place, (what, [number(result["after"][0]["people"][place][0], lang=lang) if result["after"][0]["people"][place] else _("not known") for _asked, result in studies]))  # fmt: skip
    every.append((_("Places chosen"), [", ".join(one["name"] for one in result["sites"] if one["kind"] == NEW) for _asked, result in studies]))  # fmt: skip
    every.append((_("Minutes on foot, on average"), [_mean(asked, result, lang) for asked, result in studies]))  # fmt: skip
    return every


def _mean(asked: Told, result: Told, lang: str) -> str:
    mean = result["minutes"]["mean"]
    if mean is None:
        return "—"
    told = number(mean, decimals=1, lang=lang)
    return _("%(n)s (of those within reach)") % {"n": told} if asked["goal"] in WITHIN else told
