"""What a static map shows: areas with a shape, a value or the reason it is missing, and a link."""

from __future__ import annotations

from dataclasses import dataclass

import shapely

from courtepointe.atlas.figures import Status


@dataclass(frozen=True, slots=True)
class MapArea:
    """An area of a map.

    Attributes
    ----------
    shape : polygon or multipolygon, metres in the atlas's metric CRS
    value_text : str
        The value with its unit, or the words of its status.
    href : str or None
        The address of its page.
    here : bool
        The area that the page speaks of.
    """

    code: str
    label: str
    shape: shapely.Geometry
    value: float | None = None
    status: Status = Status.NOT_AVAILABLE
    value_text: str = ""
    href: str | None = None
    here: bool = False


@dataclass(frozen=True, slots=True)
class MapClass:
    """A class of a choropleth: from the least to the greatest value that it really holds."""

    position: int
    low: float
    high: float
    text: str
    colour: str
    n_areas: int


@dataclass(frozen=True, slots=True)
class MapLegend:
    """A legend: a sentence, and the classes with their shades."""

    sentence: str
    classes: tuple[MapClass, ...]
    n_missing: int
    n_suppressed: int


@dataclass(frozen=True, slots=True)
class DrawnMap:
    """A map as SVG, with its legend and its description as values."""

    svg: str
    title: str
    desc: str
    legend: MapLegend | None
    width: float
    height: float
