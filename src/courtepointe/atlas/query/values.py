"""What a question to the atlas is answered with."""

from __future__ import annotations

from dataclasses import dataclass

from courtepointe.atlas.figures import Figure
from courtepointe.atlas.fits import Fit
from courtepointe.atlas.query.series_values import SeriesChange
from courtepointe.atlas.recipe.values import Words
from courtepointe.core.errors import BadInput, NotFound


@dataclass(frozen=True, slots=True)
class AreaKey:
    """The address of an official area, ``TYPE:VINTAGE:CODE``."""

    area_type: str
    vintage: str
    code: str

    @property
    def type_and_vintage(self) -> str:
        """``TYPE:VINTAGE``."""
        return f"{self.area_type}:{self.vintage}"

    def __str__(self) -> str:
        return f"{self.area_type}:{self.vintage}:{self.code}"

    @classmethod
    def of(cls, type_and_vintage: str, code: str) -> AreaKey:
        """Join ``TYPE:VINTAGE`` and a code."""
        area_type, _, vintage = type_and_vintage.partition(":")
        return cls(area_type, vintage, code)

    @classmethod
    def parse(cls, text: str) -> AreaKey:
        """Read ``TYPE:VINTAGE:CODE``, or raise `BadInput`."""
        parts = text.split(":", 2)
        if len(parts) != 3 or not all(parts):
            raise BadInput("area_key", value=text, expected="TYPE:VINTAGE:CODE")
        return cls(*parts)


@dataclass(frozen=True, slots=True)
class AreaIdentity:
    """What an area is, for its header.

    Attributes
    ----------
    kind : str
        ``official``, ``drawn`` (or uploaded), ``assembled`` (from units).
    key : AreaKey or None
        Only for official areas.
    type_name, steward : Words or None
    surface_km2 : float
    bounds : (west, south, east, north) in degrees
    """

    kind: str
    name: Words
    key: AreaKey | None
    type_name: Words | None
    steward: Words | None
    surface_km2: float
    bounds: tuple[float, float, float, float]
    parents: tuple[AreaKey, ...] = ()


@dataclass(frozen=True, slots=True)
class Compared:
    """The same figures, of what an area is read against.

    Attributes
    ----------
    key : AreaKey or None
        Only for official areas.
    kind : str
        ``city``, ``parent``, ``area`` (one that a reader chose), ``peers``, ``past``, ``target``.
    code : str
        For peers: their group.
    contains : bool
        Whether it holds the area whole, so that the two are not independent.
    changes : tuple of (indicator, SeriesChange)
        For the past: what lies between, which other limits or concepts may forbid to tell.
    peers : tuple of AreaKey
        For peers: who they are.
    """

    name: Words
    key: AreaKey | None
    figures: tuple[Figure, ...]
    kind: str = "city"
    code: str = ""
    contains: bool = False
    changes: tuple[tuple[str, SeriesChange], ...] = ()
    peers: tuple[AreaKey, ...] = ()

    @property
    def ref(self) -> str:
        """Name it in addresses: ``TYPE:VINTAGE:CODE``, ``peers:GROUP``, ``past``, ``target``."""
        if self.key is not None:
            return str(self.key)
        return f"{self.kind}:{self.code}" if self.code else self.kind


TABULATED = "custom_tabulation"
"""Begins the codes of gaps between a custom tabulation and our own aggregate."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Two ways to the same quantity, and what lies between them.

    Attributes
    ----------
    gap : float or None
        ``figure.value - against.value``.
    """

    code: str
    name: Words
    figure: Figure
    against: Figure
    gap: float | None

    @property
    def tabulated(self) -> bool:
        """Whether it is between a custom tabulation and our own aggregate."""
        return self.code.startswith(f"{TABULATED}:")


@dataclass(frozen=True, slots=True)
class Told:
    """A figure of a protected release that was told of an area that somebody drew.

    Attributes
    ----------
    unit_type : str
        ``TYPE:VINTAGE`` of the units.
    codes : (n_units,) tuple of str
    shares : (n_units,) tuple of float
        The part of each unit that was counted.
    """

    release: str
    indicator: str
    unit_type: str
    codes: tuple[str, ...]
    shares: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Ledger:
    """All that was told before of protected releases; None in its place: nothing may be told."""

    told: tuple[Told, ...] = ()


@dataclass(frozen=True, slots=True)
class Portrait:
    """All figures of one area: what every page, chart, sentence and export reads."""

    area: AreaIdentity
    fit: Fit
    figures: tuple[Figure, ...]
    compared: tuple[Compared, ...]
    gaps: tuple[Gap, ...]
    pack_hash: str
    told: tuple[Told, ...] = ()

    def figure(self, indicator: str) -> Figure:
        """Give one figure by its indicator's code, or raise `NotFound`."""
        for figure in self.figures:
            if figure.indicator == indicator:
                return figure
        raise NotFound("unknown_indicator", value=indicator)


@dataclass(frozen=True, slots=True)
class AreaSummary:
    """One line of a list of areas.

    Attributes
    ----------
    parents : tuple of AreaKey
        The nearest first.
    bounds : (west, south, east, north) in degrees
    """

    key: AreaKey
    name: Words
    type_name: Words
    parents: tuple[AreaKey, ...]
    surface_km2: float
    bounds: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class SearchHit:
    """An area that a search found.

    Attributes
    ----------
    score : float
        100 exact, 95 initials, alias or code, 90 beginning of the name, 80 beginnings of its
        words, under 75 alike (70 times the likeness).
    """

    key: AreaKey
    name: Words
    type_name: Words
    score: float


@dataclass(frozen=True, slots=True)
class CategoryCount:
    """How many places of one category; the empty code is all that no category describes."""

    category: str
    name: Words
    count: int


@dataclass(frozen=True, slots=True)
class PlaceFound:
    """One place inside an area."""

    id: str
    name: str
    category: str
    longitude: float
    latitude: float
    properties: dict[str, object]


@dataclass(frozen=True, slots=True)
class LayerPlaces:
    """The places of one layer inside an area.

    Attributes
    ----------
    counts : tuple of CategoryCount
        In the recipe's order, zeros too.
    places : tuple of PlaceFound
        By category, then by name.
    coverage : float
        Part of the area's people (0-1) who live where the layer describes places.
    """

    layer: str
    name: Words
    source: str
    counts: tuple[CategoryCount, ...]
    places: tuple[PlaceFound, ...]
    coverage: float


@dataclass(frozen=True, slots=True)
class TypeFigures:
    """One indicator over all areas of a type: for maps and strips of dots.

    Attributes
    ----------
    codes : (n_areas,) tuple of str
        In the order of the area table.
    figures : (n_areas,) tuple of Figure
    """

    type_and_vintage: str
    indicator: str
    codes: tuple[str, ...]
    figures: tuple[Figure, ...]
