"""Read from an atlas what a map shows: areas, figures of one period or of several, classes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from courtepointe.atlas.figures import Figure, Uncertainty
from courtepointe.atlas.query.areas import area_table
from courtepointe.atlas.query.atlas import Atlas
from courtepointe.atlas.query.plan import without_value
from courtepointe.atlas.query.type_series import TypeSeries
from courtepointe.atlas.query.values import TypeFigures
from courtepointe.atlas.recipe.values import Indicator, MapClasses
from courtepointe.core.classes import Classes, ClassMethod, classify, fixed
from courtepointe.core.errors import NoAnswer, NotFound
from courtepointe.core.typing import Shapes
from courtepointe.press.maps.asked import MapAsked
from courtepointe.press.maps.shading import all_as_written, as_written
from courtepointe.press.maps.values import MapArea
from courtepointe.press.numbers import value_text
from courtepointe.press.words import typeset

SHOWN_PX = 1_200
"""Shapes are kept as a map of this width shows them."""
BEND_PX = 0.35
POOLED = 400
"""Of no more areas than this the classes of one map are fixed over all periods."""


@dataclass(frozen=True, slots=True)
class Table:
    """The areas of a type as a map draws them."""

    type_and_vintage: str
    codes: tuple[str, ...]
    names: tuple[str, ...]
    shapes: Shapes


def read_table(atlas: Atlas, asked: MapAsked, *, lang: str, drawn: bool = True) -> Table:
    """Give the areas of a map, their bends too small to be seen left out where it is drawn.

    Raises
    ------
    NotFound
        ``unknown_area_type``, ``unknown_vintage``, ``unknown_area``.
    NoAnswer
        ``map_one_area`` where the type has one area only.
    """
    table = area_table(atlas.pack, asked.area_type)
    if len(table) < 2:
        raise NoAnswer("map_one_area", area_type=table.type_and_vintage)
    if asked.here:
        atlas.find(f"{table.type_and_vintage}:{asked.here}")
    names = table.names_en if lang == "en" else table.names_fr
    shapes = table.shapes
    if drawn:
        shapes = atlas.drawn_shapes(table.type_and_vintage, tolerance_m=_tolerance(shapes))
    return Table(
        table.type_and_vintage,
        table.codes,
        tuple(typeset(name, lang=lang) for name in names),
        shapes,
    )


def _tolerance(shapes: Shapes) -> float:
    """Give the metres that a bend may measure before it is drawn, to one figure."""
    boxes = [shape.bounds for shape in shapes]
    wide = max(b[2] for b in boxes) - min(b[0] for b in boxes)
    tall = max(b[3] for b in boxes) - min(b[1] for b in boxes)
    return float(f"{max(wide, tall) / SHOWN_PX * BEND_PX:.1g}")


def present(atlas: Atlas, type_and_vintage: str, indicator: str) -> TypeFigures:
    """Give the latest figures of a type."""
    return atlas.figures_for_type(type_and_vintage, indicator)


def period_of(figures: Sequence[Figure]) -> str:
    """Give the period that the figures with a value speak of; empty where none says."""
    return max((f.period or "" for f in figures if f.status.has_value), default="")


def periods_of(atlas: Atlas, type_and_vintage: str, indicator: str) -> tuple[str, ...]:
    """Give the periods that a map of an indicator may show, the earliest first."""
    now = period_of(present(atlas, type_and_vintage, indicator).figures)
    try:
        past = atlas.series_for_type(type_and_vintage, indicator).periods
    except NoAnswer:
        past = ()
    return tuple(sorted({*past, *((now,) if now else ())}))


def figures_at(atlas: Atlas, type_and_vintage: str, indicator: str, period: str) -> TypeFigures:
    """Give the figures of a type at a period, on the limits of today.

    Raises
    ------
    NotFound
        ``unknown_period`` with the periods that there are.
    NoAnswer
        ``no_correspondence``.
    """
    now = present(atlas, type_and_vintage, indicator)
    if period in ("", period_of(now.figures)):
        return now
    series = atlas.series_for_type(type_and_vintage, indicator)
    return TypeFigures(
        now.type_and_vintage, indicator, now.codes, _at(atlas, series, indicator, period)
    )


def _at(atlas: Atlas, series: TypeSeries, indicator: str, period: str) -> tuple[Figure, ...]:
    if period not in series.periods:
        told = ", ".join(series.periods) or "—"
        raise NotFound("unknown_period", value=period, expected=told)
    nothing = without_value(atlas.indicator(indicator), None)
    return tuple(
        next((p.figure for p in one.points if p.period == period), nothing) for one in series.series
    )


def areas_of(
    table: Table, found: TypeFigures, *, indicator: Indicator, here: str, lang: str
) -> tuple[MapArea, ...]:
    """Join shapes and figures."""
    return tuple(
        MapArea(
            code=code,
            label=table.names[place],
            shape=table.shapes[place],
            value=figure.value,
            status=figure.status,
            value_text=value_text(figure, decimals=indicator.decimals, lang=lang),
            here=code == here,
            low=figure.low if figure.value is not None else None,
            high=figure.high if figure.value is not None else None,
            error_known=figure.uncertainty is not Uncertainty.UNKNOWN,
        )
        for place, (code, figure) in enumerate(zip(found.codes, found.figures, strict=True))
    )


def classes_of(atlas: Atlas, asked: MapAsked, indicator: Indicator) -> Classes:
    """Fix the classes of an indicator on a type: the same for all periods and all parts of it.

    Raises
    ------
    NoAnswer
        ``map_without_values`` where no area has a value at any period.
    """
    declared = indicator.classes or MapClasses()
    values = pooled(atlas, asked.area_type, indicator)
    if not values:
        raise NoAnswer("map_without_values", indicator=indicator.code)
    if declared.limits and not (asked.method or asked.number):
        return fixed(declared.limits, values)
    method = asked.method or (declared.method if not declared.limits else "quantile")
    return classify(values, method=ClassMethod(method), number=asked.number or declared.number)


def pooled(atlas: Atlas, type_and_vintage: str, indicator: Indicator) -> list[float]:
    """Give the values of all areas of a type at all periods, as they are written."""
    now = atlas.columns_for_type(type_and_vintage, indicator.code)
    known = now.value[np.isfinite(now.value)]
    values: list[float] = all_as_written(known, indicator.decimals).tolist()
    if len(now.codes) <= POOLED:
        try:
            series = atlas.series_for_type(type_and_vintage, indicator.code)
        except NoAnswer:
            return (
                values  # Nothing joins the past to these areas: their own values are all there is.
            )
        past = [point.figure.value for one in series.series for point in one.points]
        values += [as_written(v, indicator.decimals) for v in past if v is not None]
    return values


def joint_classes(atlas: Atlas, asked: MapAsked, indicators: Sequence[Indicator]) -> Classes:
    """Fix one set of classes for several indicators in one unit, read side by side."""
    values = [v for one in indicators for v in pooled(atlas, asked.area_type, one)]
    if not values:
        raise NoAnswer("map_without_values", indicator=indicators[0].code)
    method = ClassMethod(asked.method or "quantile")
    return classify(values, method=method, number=asked.number or MapClasses().number)
