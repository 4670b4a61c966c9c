"""What a moving map shades, apart from its limits: classes, values and statuses of a type, as columns."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from courtepointe.atlas.query.atlas import Atlas
from courtepointe.atlas.query.columns import TypeColumns
from courtepointe.core.classes import Classes
from courtepointe.core.typing import Bools, Ints
from courtepointe.press.maps.asked import MapAsked
from courtepointe.press.maps.reading import classes_of
from courtepointe.press.maps.shading import all_as_written, class_texts, ramp
from courtepointe.press.palette import PALETTES, Scheme

RAMP = len(PALETTES[Scheme.LIGHT].sequential)


@dataclass(frozen=True, slots=True)
class Shades:
    """A type of areas shaded by an indicator.

    Attributes
    ----------
    columns : TypeColumns
    classes : Classes
    place : (n_areas,) int
        Of each area's class, from 1; 0 where it has no value.
    unsure : (n_areas,) bool
        Whether its interval reaches into another class.
    texts : (n_classes,) tuple of str
        Each class in words.
    steps : (n_classes,) tuple of int
        Which colour of the ramp each class takes, from 1.
    counts : (n_classes,) tuple of int
        How many areas are in each.
    """

    columns: TypeColumns
    classes: Classes
    place: Ints
    unsure: Bools
    texts: tuple[str, ...]
    steps: tuple[int, ...]
    counts: tuple[int, ...]


def shades_of(atlas: Atlas, asked: MapAsked, *, lang: str) -> Shades:
    """Shade all areas of a type as the still map does.

    Raises
    ------
    NotFound
        ``unknown_area_type``, ``unknown_vintage``, ``unknown_indicator``.
    NoAnswer
        ``map_without_values``.
    """
    indicator = atlas.indicator(asked.indicator)
    columns = atlas.columns_for_type(asked.area_type, asked.indicator)
    classes = classes_of(atlas, asked, indicator)
    borders = np.array(classes.borders)

    def place_of(numbers: np.ndarray) -> Ints:
        written = all_as_written(numbers, indicator.decimals)
        return np.searchsorted(borders, written, side="right").astype(np.int64)

    place = np.zeros(columns.value.size, np.int64)
    stated = np.isfinite(columns.value)
    place[stated] = place_of(columns.value[stated]) + 1
    unsure = np.zeros(columns.value.size, np.bool_)
    wide = stated & np.isfinite(columns.low) & np.isfinite(columns.high)
    unsure[wide] = place_of(columns.low[wide]) != place_of(columns.high[wide])
    texts = class_texts(classes, unit=indicator.unit, decimals=indicator.decimals, lang=lang)
    steps = tuple(step for step, _ in ramp(tuple(map(str, range(RAMP))), len(classes)))
    counts = np.bincount(place, minlength=len(classes) + 1)[1:]
    return Shades(columns, classes, place, unsure, texts, steps, tuple(counts.tolist()))
