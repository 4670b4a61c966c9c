"""Set a map from an atlas: which panels, which classes, which words, whatever its kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import shapely

from courtepointe.atlas.figures import Measure
from courtepointe.atlas.query.atlas import Atlas
from courtepointe.atlas.query.series import change_over
from courtepointe.atlas.query.series_values import BreakKind
from courtepointe.atlas.recipe.values import Indicator
from courtepointe.core.classes import Classes
from courtepointe.core.errors import BadInput, NoAnswer
from courtepointe.core.hexagons import hexagon_shapes
from courtepointe.press.maps.asked import MapAsked, MapKind
from courtepointe.press.maps.changing import change_classes, change_decimals, changed_area
from courtepointe.press.maps.credit import areas_name, foot_of, label_of, subtitle_of
from courtepointe.press.maps.dotted import WIDTH, dot_layer
from courtepointe.press.maps.paths import plate
from courtepointe.press.maps.reading import (
    Table,
    areas_of,
    classes_of,
    figures_at,
    joint_classes,
    period_of,
    periods_of,
    read_table,
)
from courtepointe.press.maps.sheet import MARGIN, TALLEST
from courtepointe.press.maps.telling import describe, listed
from courtepointe.press.maps.themed import Panel, ThematicMap
from courtepointe.press.sentences.values import in_sentence
from courtepointe.press.words import say, typeset

MOST_PERIODS = 6


@dataclass(frozen=True, slots=True)
class _Desk:
    """What every kind is set from."""

    atlas: Atlas
    asked: MapAsked
    table: Table
    indicators: tuple[Indicator, ...]
    lang: str

    @property
    def first(self) -> Indicator:
        return self.indicators[0]

    @property
    def label(self) -> str:
        return label_of(self.first, lang=self.lang)

    @property
    def labels(self) -> str:
        """Name all indicators in one line."""
        told = [label_of(one, lang=self.lang) for one in self.indicators]
        return listed([told[0], *(in_sentence(label) for label in told[1:])], lang=self.lang)

    def panel(
        self, indicator: Indicator, period: str, classes: Classes, *, heading: str = ""
    ) -> Panel:
        """Set one drawing."""
        found = figures_at(self.atlas, self.table.type_and_vintage, indicator.code, period)
        areas = areas_of(
            self.table, found, indicator=indicator, here=self.asked.here, lang=self.lang
        )
        return Panel(
            indicator=indicator.code,
            label=label_of(indicator, lang=self.lang),
            period=period or period_of(found.figures),
            heading=heading,
            unit=indicator.unit,
            decimals=indicator.decimals,
            areas=areas,
            figures=found.figures,
            classes=classes,
        )

    def classes(self, indicator: Indicator) -> Classes:
        """Give the classes of an indicator."""
        return classes_of(self.atlas, self.asked, indicator)

    def two_periods(self) -> tuple[str, str]:
        """Give the two periods asked for, the earlier first; raise where there are none."""
        name, code = self.table.type_and_vintage, self.first.code
        # Asked first: it says which vintages nothing joins, where that is why there is no past.
        self.atlas.series_for_type(name, code)
        held = periods_of(self.atlas, name, code)
        if len(held) < 2:
            raise NoAnswer("map_one_period", indicator=code, value=", ".join(held) or "—")
        one = self.asked.period or next(p for p in reversed(held) if p != self.asked.against)
        other = self.asked.against or next((p for p in reversed(held) if p < one), held[-1])
        if one == other:
            raise BadInput("map_same_period", value=one, expected=", ".join(held))
        before, after = sorted((one, other))
        return before, after

    def finished(
        self,
        title: str,
        panels: tuple[Panel, ...],
        period: str,
        *,
        sources: Sequence[str] = (),
        **more: object,
    ) -> ThematicMap:
        """Write what surrounds a map, and the map in words; ``sources`` are those of no panel."""
        if not any(area.value is not None for panel in panels for area in panel.areas):
            raise NoAnswer("map_without_values", indicator=self.first.code)
        figures = [figure for panel in panels for figure in panel.figures]
        kind, lang = self.asked.kind, self.lang
        made = ThematicMap(
            asked=self.asked,
            lang=lang,
            code=f"{kind}-{self.first.code}",
            title=title,
            subtitle=subtitle_of(self.atlas, self.asked, self.indicators, period, lang=lang),
            areas_name=areas_name(self.atlas, self.table.type_and_vintage, lang=lang),
            foot=foot_of(self.atlas, figures, lang=lang, sources=sources),
            panels=panels,
        )
        made = replace(made, **more)  # type: ignore[arg-type]
        return replace(made, words=describe(made))


def set_map(atlas: Atlas, asked: MapAsked, *, lang: str) -> ThematicMap:
    """Set the map that is asked for.

    Raises
    ------
    NotFound
        ``unknown_indicator``, ``unknown_area_type``, ``unknown_vintage``, ``unknown_period``,
        ``unknown_area``.
    BadInput
        ``map_same_period``.
    NoAnswer
        ``map_one_area``, ``map_without_values``, ``map_one_period``, ``map_groups_unlike``,
        ``no_correspondence``, ``hexagons_too_many``, ``dots_of_a_share``, ``dots_unlike``.
    Refused
        ``dots_protected``.
    """
    indicators = tuple(atlas.indicator(code) for code in asked.indicators)
    table = read_table(atlas, asked, lang=lang)
    desk = _Desk(atlas, replace(asked, area_type=table.type_and_vintage), table, indicators, lang)
    return MAKERS[asked.kind](desk)


def _shades(desk: _Desk) -> ThematicMap:
    panel = desk.panel(desk.first, desk.asked.period, desk.classes(desk.first))
    count = desk.first.measure is Measure.COUNT
    warnings = (say("map.count_note", lang=desk.lang),) if count else ()
    return desk.finished(desk.label, (panel,), panel.period, warnings=warnings)


def _hexagons(desk: _Desk) -> ThematicMap:
    layout = desk.atlas.hexagons(desk.table.type_and_vintage)
    shapes = hexagon_shapes(layout)
    panel = desk.panel(desk.first, desk.asked.period, desk.classes(desk.first))
    areas = tuple(
        replace(area, shape=shape) for area, shape in zip(panel.areas, shapes, strict=True)
    )
    return desk.finished(desk.label, (replace(panel, areas=areas),), panel.period, kept=layout.kept)


def _pair(desk: _Desk) -> ThematicMap:
    if not desk.asked.beside:
        before, after = desk.two_periods()
        classes = desk.classes(desk.first)
        panels = tuple(
            desk.panel(desk.first, period, classes, heading=period) for period in (before, after)
        )
        slots = {"label": desk.label, "before": before, "after": after}
        title = say("map.title_years", lang=desk.lang, **slots)
        return desk.finished(title, panels, f"{before}, {after}")
    panels = tuple(
        desk.panel(one, desk.asked.period, desk.classes(one), heading=label_of(one, lang=desk.lang))
        for one in desk.indicators
    )
    first, second = (panel.label for panel in panels)
    title = say("map.title_pair", lang=desk.lang, first=first, second=in_sentence(second))
    period = ", ".join(dict.fromkeys(panel.period for panel in panels))
    warnings = (say("map.fallacy", lang=desk.lang),)
    return desk.finished(title, panels, period, warnings=warnings)


def _multiples(desk: _Desk) -> ThematicMap:
    if desk.asked.beside:
        if len({one.unit for one in desk.indicators}) > 1:
            raise NoAnswer("map_groups_unlike", indicators=", ".join(desk.asked.indicators))
        classes = joint_classes(desk.atlas, desk.asked, desk.indicators)
        panels = tuple(
            desk.panel(one, desk.asked.period, classes, heading=label_of(one, lang=desk.lang))
            for one in desk.indicators
        )
        return desk.finished(desk.labels, panels, panels[0].period)
    desk.two_periods()
    held = periods_of(desk.atlas, desk.table.type_and_vintage, desk.first.code)[-MOST_PERIODS:]
    classes = desk.classes(desk.first)
    panels = tuple(desk.panel(desk.first, one, classes, heading=one) for one in held)
    title = say("map.title_times", lang=desk.lang, label=desk.label)
    return desk.finished(title, panels, ", ".join(held))


def _change(desk: _Desk) -> ThematicMap:
    before, after = desk.two_periods()
    indicator, lang = desk.first, desk.lang
    series = desk.atlas.series_for_type(desk.table.type_and_vintage, indicator.code).series
    told = [change_over(indicator, one, before, after) for one in series]
    panel = desk.panel(indicator, after, Classes((), ()))
    areas = tuple(
        changed_area(area, change, indicator=indicator, lang=lang)
        for area, change in zip(panel.areas, told, strict=True)
    )
    decimals = change_decimals(indicator)
    changes = tuple(None if one is None else one.change for one in told)
    panel = replace(
        panel, areas=areas, changes=changes, decimals=decimals, before=before,
        classes=change_classes(areas, decimals=decimals),
    )  # fmt: skip
    breaks = [b for one in series for b in one.breaks if before <= b.before and b.after <= after]
    warnings = dict.fromkeys(typeset(b.words.in_(lang), lang=lang) for b in breaks if b.words)
    if any(b.kind is BreakKind.LIMITS for b in breaks):
        warnings[say("map_words.limits_one", lang=lang)] = None
    slots = {"label": desk.label, "before": before, "after": after}
    title = say("map.title_change", lang=lang, **slots)
    past = figures_at(desk.atlas, desk.table.type_and_vintage, indicator.code, before)
    return desk.finished(
        title, (panel,), f"{before}–{after}", warnings=tuple(warnings),
        sources=[code for figure in past.figures for code in figure.sources],
    )  # fmt: skip


def _dots(desk: _Desk) -> ThematicMap:
    bounds = shapely.total_bounds(np.asarray(desk.table.shapes, dtype=object)).tolist()
    on = plate(
        (bounds[0], bounds[1], bounds[2], bounds[3]), width=WIDTH, margin=MARGIN,
        tallest=WIDTH * TALLEST,
    )  # fmt: skip
    layer = dot_layer(desk.atlas, desk.asked.indicators, scale=on.scale, lang=desk.lang)
    panels = tuple(
        desk.panel(one, "", desk.classes(one), heading=label_of(one, lang=desk.lang))
        for one in desk.indicators
    )
    grounds = [desk.atlas.dot_ground(code) for code in desk.asked.indicators]
    sources = [code for ground in grounds for code in ground.sources]
    return desk.finished(desk.labels, panels, panels[0].period, sources=sources, dots=layer)


MAKERS: Mapping[MapKind, Callable[[_Desk], ThematicMap]] = {
    MapKind.SHADES: _shades,
    MapKind.CHANGE: _change,
    MapKind.DOTS: _dots,
    MapKind.PAIR: _pair,
    MapKind.HEXAGONS: _hexagons,
    MapKind.MULTIPLES: _multiples,
}
