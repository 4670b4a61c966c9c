"""What a static map shows: areas with a shape, a value or the reason it is missing, and a link."""

from __future__ import annotations

from dataclasses import dataclass

import shapely

from courtepointe.atlas.figures import Status
from courtepointe.core.change import Statement


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
    low, high : float or None
        The 95 % interval.
    error_known : bool
        False where the value comes from a sample whose error nobody published.
    statement : Statement or None
        On a map of change: what may be said of it.
    """

    code: str
    label: str
    shape: shapely.Geometry
    value: float | None = None
    status: Status = Status.NOT_AVAILABLE
    value_text: str = ""
    href: str | None = None
    here: bool = False
    low: float | None = None
    high: float | None = None
    error_known: bool = True
    statement: Statement | None = None


@dataclass(frozen=True, slots=True)
class Paint:
    """How an area is filled: a colour or a pattern, the class of a style sheet, stripes over it."""

    colour: str
    kind: str
    stripes: str = ""


@dataclass(frozen=True, slots=True)
class Swatch:
    """A sample of a legend; ``round_`` for a dot."""

    paint: Paint
    text: str
    round_: bool = False


@dataclass(frozen=True, slots=True)
class MapClass:
    """A class of a map, in words and in its shade; positions count from 1."""

    position: int
    text: str
    colour: str
    n_areas: int


@dataclass(frozen=True, slots=True)
class MapLegend:
    """A legend: a sentence, samples, and sentences on what patterns mean.

    Attributes
    ----------
    sentence : str
        How to read shades.
    notes : tuple of str
        What stripes, hatches and dots say, and what to know before reading.
    """

    sentence: str
    classes: tuple[MapClass, ...]
    n_missing: int
    n_suppressed: int
    n_striped: int = 0
    swatches: tuple[Swatch, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """All its sentences."""
        return " ".join((self.sentence, *self.notes)).strip()


@dataclass(frozen=True, slots=True)
class DrawnMap:
    """A map as SVG, with its legend and its description as values."""

    svg: str
    title: str
    desc: str
    legend: MapLegend | None
    width: float
    height: float
