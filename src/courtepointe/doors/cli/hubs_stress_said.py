"""What `courtepointe hubs stress` prints, in lines, in two languages."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

from courtepointe.press.numbers import number
from courtepointe.press.words import typeset

SHOWN = 5
"""Hubs and options that are printed of each kind; JSON has them all."""


@cache
def _words() -> Mapping[str, Mapping[str, str]]:
    file = Path(__file__).with_name("hubs_stress.toml")
    return tomllib.loads(file.read_text(encoding="utf-8"))


def lines_of(told: Mapping[str, Any], *, lang: str) -> Iterator[str]:
    """Write what was told as lines."""
    names = told["names"][lang]
    yield _said("drawings", lang, name=names, draws=told["draws"], seed=told["seed"])
    for key in ("hubs", "places"):
        if told[key] is not None:
            yield _said(key, lang, on=told[key]["on_streets"], far=len(told[key]["too_far"]))
    yield from _groups(told, lang)
    yield from _overloads(told, lang)
    for key, kind in (("values", "equip"), ("added", "add")):
        for one in (told[key] or [])[:SHOWN]:
            more = _n(one["served_more_people_hours"]["mean"], lang)
            yield _said(kind, lang, row=one["row"], n=more)
    yield from _options(told, lang)
    for one in told["assumed"]:
        yield from _assumed(one, told["people"], lang)


def _said(key: str, lang: str, **slots: object) -> str:
    return typeset(_words()[key][lang], lang=lang).format(**slots)


def _n(told: float | None, lang: str) -> str:
    if told is None:
        return "—"
    if told in (float("inf"), float("-inf")):
        return "∞"
    decimals = next((d for d in range(4) if round(told, d) == round(told, 4)), 3)
    return number(told, lang=lang, decimals=decimals)


def _between(one: Mapping[str, Any], lang: str) -> str:
    held = {name: _n(one[name], lang) for name in ("mean", "low", "high")}
    return _said("interval", lang, **held)


def _groups(told: Mapping[str, Any], lang: str) -> Iterator[str]:
    for group in told["groups"]:
        parts = [
            _said(key, lang, n=_between(group[f"{key}_people_hours"], lang))
            for key in ("seekers", "served", "too_far", "no_room")
        ]
        if group["gap_people_hours"]["mean"] is not None:
            parts.append(_said("gap", lang, n=_between(group["gap_people_hours"], lang)))
        yield _said("group", lang, name=group["names"][lang], parts=", ".join(parts))


def _overloads(told: Mapping[str, Any], lang: str) -> Iterator[str]:
    for one in told["overloads"][:SHOWN]:
        mean = _n(one["turned_away_people_hours"]["mean"], lang)
        yield _said("overload", lang, row=one["row"], n=mean, hour=one["worst_hour"])


def _options(told: Mapping[str, Any], lang: str) -> Iterator[str]:
    if told["options"] is None:
        return
    yield _said("regrets", lang)
    for one in told["options"]:
        name = _said(f"option_{one['kind']}", lang, row=one["row"], file=one["file"])
        parts = ", ".join(
            f"{its['scenario']} {_n(its['regret_people_hours'], lang)}" for its in one["scenarios"]
        )
        key = "least" if one["is_least"] else "option"
        yield _said(key, lang, name=name, worst=_n(one["worst_regret"], lang), parts=parts)


def _assumed(one: Mapping[str, Any], people: float, lang: str) -> Iterator[str]:
    held = one["assumed"]
    yield _said("assumed", lang, name=one["names"][lang])
    yield _said(
        "people", lang, n=_n(people, lang), limit=_n(held["limit_min"], lang), tried=held["hubs_tried"],
    )  # fmt: skip
    rules = held["rules"]
    yield _said("rules", lang, staff=rules["staff_at_least"], lag=_range(rules["opening_lag_h"], lang))  # fmt: skip
    yield _hub(held["hubs_where_their_file_says_nothing"], lang)
    for group in held["groups"]:
        yield _seeking(group, one["group_names"][group["code"]][lang], lang)
    for effect in held["effects"]:
        yield _effect(effect, lang)
    yield from (typeset(line, lang=lang) for line in one["assumptions"][lang])


def _hub(held: Mapping[str, Any], lang: str) -> str:
    traits = ", ".join(held["traits"]) or _said("no_traits", lang)
    return _said(
        "hub", lang, capacity=_n(held["capacity"], lang), autonomy="∞" if held["autonomy_h"] is None else _n(held["autonomy_h"], lang),
        staff=held["staff"], traits=traits, dry=_said("dry" if held["dry"] else "not_dry", lang),
    )  # fmt: skip


def _seeking(group: Mapping[str, Any], name: str, lang: str) -> str:
    walker = group["walker"]
    return _said(
        "seeking", lang, name=name, share=_part(group["share"], lang),
        speed=_n(walker["metres_per_second"], lang),
        stairs="" if walker["stairs"] else _said("no_stairs", lang),
        take_up=_range(group["take_up"], lang, part=True), by_hour=_by_hour(group["by_hour"], lang),
    )  # fmt: skip


def _by_hour(parts: Sequence[float], lang: str) -> str:
    """Write demand by hour in runs of hours that have the same."""
    runs, hour = [], 0
    for part, held in groupby(parts):
        length = len(list(held))
        runs.append((hour, hour + length, part))
        hour += length
    return "; ".join(f"{start}–{end} h {_part(part, lang)}" for start, end, part in runs)


def _part(told: float, lang: str) -> str:
    return f"{_n(told * 100, lang)}{'' if lang == 'en' else chr(0xA0)}%"


def _range(told: Mapping[str, float], lang: str, *, part: bool = False) -> str:
    """Write a number, or the least, the likeliest and the most of one that is not known."""
    write = _part if part else _n
    low, likely, high = (write(told[name], lang) for name in ("low", "likely", "high"))
    return likely if low == high else _said("interval", lang, mean=likely, low=low, high=high)


def _effect(effect: Mapping[str, Any], lang: str) -> str:
    discs = effect["discs"]
    if discs is not None:
        where = _said("in_discs", lang, n=discs["n"], radius=_range(discs["radius_m"], lang))
    elif effect["areas"]:
        where = _said("in_areas", lang, n=len(effect["areas"]))
    else:
        where = _said("everywhere", lang)
    start, end = effect["hours"]
    slots = {"from": start, "to": end, "share": _range(effect["share"], lang, part=True)}
    return _said(effect["kind"], lang, **slots, trait=effect["trait"], where=where)
