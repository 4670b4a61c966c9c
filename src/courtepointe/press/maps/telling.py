"""A map in words: how many areas in each class, which, where they lie, what is missing or unsure."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Sequence

import numpy as np
import shapely

from courtepointe.atlas.figures import Status
from courtepointe.core.change import Statement
from courtepointe.core.classes import Classes
from courtepointe.core.typing import Floats
from courtepointe.press.maps.asked import MapKind
from courtepointe.press.maps.changing import border_of, side_of
from courtepointe.press.maps.shading import as_written, class_texts, uncertain
from courtepointe.press.maps.themed import DotLayer, Panel, ThematicMap
from courtepointe.press.maps.values import MapArea
from courtepointe.press.names import place
from courtepointe.press.numbers import amount, number, plural
from courtepointe.press.sentences.values import capital
from courtepointe.press.words import say

NINTHS = (("sw", "s", "se"), ("w", "c", "e"), ("nw", "n", "ne"))
NAMED = 12
"""More names than this in one sentence are left to the table."""
MOSTLY = 0.6
"""Part of a class that two directions must hold to be named."""


def describe(made: ThematicMap) -> tuple[str, ...]:
    """Say a map in sentences of its language; areas are named in the order of the alphabet."""
    lang, panels = made.lang, made.panels
    n_areas = len(panels[0].areas)
    kind = made.asked.kind
    slots = {"title": made.title, "type": made.areas_name, "n": number(n_areas, lang=lang)}
    if made.dots is not None:
        told = number(made.dots.n_dots, lang=lang)
        opening = say("map_words.opening_dots", lang=lang, dots=told, title=made.title)
        return (opening, *_dots_told(made.dots, panels[0].areas, lang=lang))
    key = "opening_hexagons" if kind is MapKind.HEXAGONS else "opening"
    lines = [say(f"map_words.{key}", lang=lang, **slots)]
    ninths = in_ninths(panels[0].areas)
    for panel in panels:
        if panel.heading and len(panels) > 1:
            lines.append(say("map_words.panel", lang=lang, heading=panel.heading))
        lines += _panel_told(panel, ninths, change=kind is MapKind.CHANGE, lang=lang)
    return tuple(lines)


def _panel_told(panel: Panel, ninths: Sequence[str], *, change: bool, lang: str) -> list[str]:
    here = [
        say("map_words.here_value", lang=lang, place=capital(place(a.label, lang=lang).subject),
            value=a.value_text)
        for a in panel.areas if a.here
    ]  # fmt: skip
    groups = _change_groups(panel, lang) if change else _class_groups(panel, lang)
    lines = [_group_told(text, rows, panel, ninths, lang) for text, rows in groups if rows]
    return [
        *here,
        *lines,
        *missing_told(panel.areas, lang=lang),
        *([] if change else _unsure_told(panel, lang)),
    ]


def _class_groups(panel: Panel, lang: str) -> list[tuple[str, list[int]]]:
    texts = class_texts(panel.classes, unit=panel.unit, decimals=panel.decimals, lang=lang)
    groups: list[tuple[str, list[int]]] = [(text, []) for text in texts]
    for row, area in enumerate(panel.areas):
        if area.value is not None:
            groups[panel.classes.of(as_written(area.value, panel.decimals))][1].append(row)
    return groups


def _change_groups(panel: Panel, lang: str) -> list[tuple[str, list[int]]]:
    """Group areas by what may be said of their change, then by its side."""
    border = border_of(panel.classes)
    found: dict[str, list[int]] = {
        say(f"map.{key}", lang=lang): [] for key in ("fall", "rise", "unchanged", "no_change")
    }
    unknown = {key: say(f"map_words.{key}_unknown", lang=lang) for key in ("fall", "rise")}
    found |= {text: [] for text in unknown.values()}
    for row, area in enumerate(panel.areas):
        if area.value is None or area.statement is None:
            continue
        side = side_of(area, border)
        key = "fall" if side < 2 else "rise"
        if side == 2:
            same = area.statement is Statement.NOT_DISTINGUISHABLE
            text = say("map.no_change" if same else "map.unchanged", lang=lang)
        else:
            known = area.statement is not Statement.UNKNOWN
            text = say(f"map.{key}", lang=lang) if known else unknown[key]
        found[text].append(row)
    return list(found.items())


def _group_told(text: str, rows: list[int], panel: Panel, ninths: Sequence[str], lang: str) -> str:
    areas = [panel.areas[row] for row in rows]
    told = plural(
        "map_words.class", len(rows), lang=lang, interval=text,
        where=where_words([ninths[row] for row in rows], lang=lang),
        names=names_after(areas, lang=lang),
    )  # fmt: skip
    return capital(told)


def names_after(areas: Sequence[MapArea], *, lang: str) -> str:
    """List names after a colon; nothing where they are too many for a sentence."""
    if len(areas) > NAMED:
        return ""
    return say("map_words.names", lang=lang, names=names_listed(areas, form="subject", lang=lang))


def names_listed(areas: Sequence[MapArea], *, form: str, lang: str) -> str:
    """List names in one form of a sentence, in the order of the alphabet."""
    ordered = sorted(areas, key=lambda area: folded(area.label))
    return listed([place(area.label, lang=lang).form(form) for area in ordered], lang=lang)


def listed(told: Sequence[str], *, lang: str) -> str:
    """Join words with commas, and the last two with « et »."""
    if len(told) < 2:
        return "".join(told)
    join = say("list.separator", lang=lang)
    return join.join(told[:-1]) + say("list.and", lang=lang) + told[-1]


def folded(name: str) -> str:
    """Give what a name is sorted by: small letters without accents."""
    split = unicodedata.normalize("NFD", name.casefold().replace("œ", "oe"))
    return "".join(letter for letter in split if not unicodedata.combining(letter))


def missing_told(areas: Sequence[MapArea], *, lang: str) -> list[str]:
    """Say how many areas have no value, one sentence for each reason."""
    by_reason: dict[str, list[MapArea]] = {}
    for area in areas:
        if area.value is None:
            by_reason.setdefault(_reason(area, lang), []).append(area)
    return [
        plural("map_words.missing", len(held), lang=lang, reason=reason,
               names=names_after(held, lang=lang))
        for reason, held in sorted(by_reason.items())
    ]  # fmt: skip


def _reason(area: MapArea, lang: str) -> str:
    if area.status.has_value:
        return say("map_words.reason_range", lang=lang)
    return say(f"status.short.{Status(area.status).value}", lang=lang)


def _unsure_told(panel: Panel, lang: str) -> list[str]:
    lines = []
    unsure = [a for a in panel.areas if uncertain(a, panel.classes, decimals=panel.decimals)]
    if 0 < len(unsure) <= NAMED:
        names = names_listed(unsure, form="de", lang=lang)
        key = "one" if len(unsure) == 1 else "many"
        lines.append(say(f"map_words.unsure_{key}", lang=lang, names=names))
    elif unsure:
        told = number(len(panel.areas), lang=lang)
        lines.append(plural("map_words.unsure_count", len(unsure), lang=lang, all=told))
    if any(a.value is not None and not a.error_known for a in panel.areas):
        lines.append(say("map_words.unknown", lang=lang))
    return lines


def where_words(ninths: Sequence[str], *, lang: str) -> str:
    """Say where areas lie: all in one direction, mostly in one or two, or here and there."""
    counts = Counter(ninths)
    order = [name for row in NINTHS for name in row]
    first = sorted(counts, key=lambda name: (-counts[name], order.index(name)))
    if len(first) <= 2:
        told = listed([say(f"map_words.{name}", lang=lang) for name in first], lang=lang)
        return say("map_words.where_all", lang=lang, place=told)
    for most in (1, 2):
        if sum(counts[name] for name in first[:most]) >= MOSTLY * len(ninths):
            told = listed([say(f"map_words.{name}", lang=lang) for name in first[:most]], lang=lang)
            return say("map_words.where_most", lang=lang, place=told)
    return say("map_words.where_spread", lang=lang)


def in_ninths(areas: Sequence[MapArea]) -> list[str]:
    """Say in which ninth of the map each area has its middle."""
    shapes = np.array([area.shape for area in areas], dtype=object)
    middles = shapely.get_coordinates(shapely.centroid(shapes))
    return ninths_of(middles, shapely.total_bounds(shapes))


def ninths_of(points: Floats, bounds: Floats) -> list[str]:
    """Say in which ninth of a box points lie: thirds from west to east and from south to north."""
    west, south, east, north = bounds.tolist()
    x = np.clip((points[:, 0] - west) / max(east - west, 1e-9) * 3, 0, 2.999).astype(int)
    y = np.clip((points[:, 1] - south) / max(north - south, 1e-9) * 3, 0, 2.999).astype(int)
    return [NINTHS[row][column] for row, column in zip(y.tolist(), x.tolist(), strict=True)]


def _dots_told(dots: DotLayer, areas: Sequence[MapArea], *, lang: str) -> list[str]:
    lines = [dots_sentence(dots, lang=lang)]
    bounds = shapely.total_bounds(np.array([area.shape for area in areas], dtype=object))
    for group in dots.groups:
        counts = Counter(ninths_of(group.points, bounds))
        most = sorted(counts.items(), key=lambda one: (-one[1], one[0]))[:2]
        told = [
            (say(f"map_words.{name}", lang=lang),
             amount(100 * count / len(group.points), unit="percent", lang=lang))
            for name, count in most
        ]  # fmt: skip
        if len(told) == 2:
            (first, share), (second, share_two) = told
            lines.append(
                say("map_words.dots_where_two", lang=lang, label=group.label, share=share,
                    place=first, share_two=share_two, place_two=second)
            )  # fmt: skip
        elif told:
            first, share = told[0]
            slots = {"label": group.label, "share": share, "place": first}
            lines.append(say("map_words.dots_where", lang=lang, **slots))
    if dots.n_missing:
        lines.append(plural("map.dots_missing", dots.n_missing, lang=lang))
    return lines


def dots_sentence(dots: DotLayer, *, lang: str) -> str:
    """Say what a dot stands for, and where it was put."""
    ground = say(f"map.ground_{'blocks' if dots.in_blocks else 'units'}", lang=lang)
    return say("map.legend_dots", lang=lang, amount=dots.amount, ground=ground)


def classes_alike(panels: Sequence[Panel]) -> bool:
    """Whether several panels have the same classes."""
    held: list[Classes] = [panel.classes for panel in panels]
    return len(held) > 1 and all(one == held[0] for one in held)
