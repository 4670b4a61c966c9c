"""A pack as values in memory. `open.py` maps them from disk; tests build them by hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from courtepointe.atlas.figures import Status
from courtepointe.atlas.recipe.values import Recipe
from courtepointe.core.streets import Streets
from courtepointe.core.tiles import Layer
from courtepointe.core.typing import Bools, Codes, Floats, Ints, Shapes

STATUS_ORDER: tuple[Status, ...] = (
    Status.PUBLISHED,
    Status.AGGREGATED,
    Status.SUPPRESSED,
    Status.UNRELIABLE,
    Status.NOT_AVAILABLE,
    Status.NOT_APPLICABLE,
    Status.NOT_LOADED,
)
"""Position of a status in the arrays; only ever appended to."""

STATUS_CODE: dict[Status, int] = {status: place for place, status in enumerate(STATUS_ORDER)}

FLAG_USE_WITH_CAUTION = 1
FLAG_REVISED = 2
FLAG_HIGH_NON_RESPONSE = 4
FLAG_NO_ROW = 8
"""The release has no row at all for this unit."""


@dataclass(frozen=True, slots=True)
class AreaTable:
    """The areas of one type at one vintage, ordered by code.

    Attributes
    ----------
    type_and_vintage : str
    codes : (n_areas,) tuple of str
    names_fr, names_en : (n_areas,) tuple of str
    dguids : (n_areas,) tuple of str
        Empty text where the publisher has none.
    parents : (n_areas,) tuple of str
        ``TYPE:VINTAGE:CODE`` or empty text.
    shapes : (n_areas,) shapely polygons or multipolygons, in the recipe's metric CRS, valid
    surface_m2 : (n_areas,) float, square metres
    properties : mapping of column name -> (n_areas,) tuple
    """

    type_and_vintage: str
    codes: tuple[str, ...]
    names_fr: tuple[str, ...]
    names_en: tuple[str, ...]
    dguids: tuple[str, ...]
    parents: tuple[str, ...]
    shapes: Shapes
    surface_m2: Floats
    properties: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.codes)


@dataclass(frozen=True, slots=True)
class ReleaseTable:
    """One release on one set of areas, aligned with that `AreaTable`.

    Attributes
    ----------
    release, area : str
        ``area`` is ``TYPE:VINTAGE``.
    variables : (n_variables,) tuple of str
    values : (n_variables, n_areas) float
        NaN exactly where ``status`` has no value.
    low, high : (n_variables, n_areas) float
        The publisher's 95 % interval; NaN where it gives none.
    status : (n_variables, n_areas) uint8
        Positions in `STATUS_ORDER`.
    flags : (n_variables, n_areas) uint8
        Bits ``FLAG_…``.
    """

    release: str
    area: str
    variables: tuple[str, ...]
    values: Floats
    low: Floats
    high: Floats
    status: Codes
    flags: Codes


@dataclass(frozen=True, slots=True)
class PlaceTable:
    """The places of one layer.

    Attributes
    ----------
    ids, names, categories : (n_places,) tuple of str
        ``categories`` holds the category's code, or empty text.
    x, y : (n_places,) float, metres in the metric CRS
    longitude, latitude : (n_places,) float, degrees
    """

    layer: str
    ids: tuple[str, ...]
    names: tuple[str, ...]
    categories: tuple[str, ...]
    x: Floats
    y: Floats
    longitude: Floats
    latitude: Floats
    properties: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class OverlapTable:
    """The non-empty intersections of two divisions.

    Attributes
    ----------
    from_position, to_position : (n_pairs,) int
        Positions in the two area tables.
    share_surface : (n_pairs,) float
        Part of the *from* area's surface that lies in the *to* area.
    share_weight : (n_pairs,) float
        The same part by people or dwellings; equals the surface's where no blocks exist.
    weight : str
        ``people``, ``dwellings`` or ``surface``: what ``share_weight`` rests on.
    """

    from_: str
    to: str
    from_position: Ints
    to_position: Ints
    share_surface: Floats
    share_weight: Floats
    weight: str


@dataclass(frozen=True, slots=True)
class CorrespondenceTable:
    """How the people of an older division lie in a newer one.

    Attributes
    ----------
    from_, to : str
        ``TYPE:VINTAGE`` of the older and of the newer units.
    from_position, to_position : (n_pairs,) int
        Positions in the two area tables.
    share : (n_pairs,) float, 0 to 1
        Part of the older unit that counts in the newer one; 1 in all for a unit that is joined.
    computed : (n_pairs,) float, 0 to 1
        The same part by blocks alone; NaN where there are no blocks to tell.
    squares : (n_pairs,) float, 0 to 1
        Sum of the squares of the pair's blocks' parts of the older unit: 1 over how many blocks
        alike it would be if it were alone. The square of ``share`` where no block tells.
    official : (n_pairs,) bool
        Whether the publisher's list has the pair; where it has a list, only its pairs have a share.
    method : str
        ``official`` or ``blocks``.
    weight : str
        ``people`` or ``dwellings``.
    source : str or None
        Of the publisher's list.
    """

    from_: str
    to: str
    from_position: Ints
    to_position: Ints
    share: Floats
    computed: Floats
    squares: Floats
    official: Bools
    method: str
    weight: str
    source: str | None = None


@dataclass(frozen=True, slots=True)
class BlockTable:
    """Blocks: where people live inside units.

    Attributes
    ----------
    shapes : (n_blocks,) shapely, metric CRS
    people, dwellings : (n_blocks,) float
    unit_position : mapping of unit ``TYPE:VINTAGE`` -> (n_blocks,) int
        Position of the unit that holds the block; -1 where none does.
    """

    type_and_vintage: str
    shapes: Shapes
    people: Floats
    dwellings: Floats
    unit_position: Mapping[str, Ints]


@dataclass(frozen=True, slots=True)
class StreetTable:
    """The streets that people walk, as the file of a source gave them.

    Attributes
    ----------
    source : str
        Its code in the recipe: who is to be named.
    streets : Streets
        In metres of the recipe's metric CRS; its ``row`` is the position among the file's lines or
        edges, or among the parts that its ways were cut into.
    file, kind : str
        ``lines``, ``osmnx`` or ``osm``.
    n_joined, n_lost_points, n_other_lengths : int
        As `StreetFile` has them.
    """

    source: str
    streets: Streets
    file: str
    kind: str
    n_joined: int = 0
    n_lost_points: int = 0
    n_other_lengths: int = 0


@dataclass(frozen=True, slots=True)
class Pack:
    """An opened pack.

    Attributes
    ----------
    content_hash : str
        The same inputs give the same hash.
    loaded_sources : mapping of source code -> facts of the file that was read
        (``file``, ``sha256``, ``edition``: ``known`` or ``newer``).
    area_tables : mapping of ``TYPE:VINTAGE`` -> AreaTable
    release_tables : mapping of (release, ``TYPE:VINTAGE``) -> ReleaseTable
    place_tables : mapping of layer -> PlaceTable
    overlaps : mapping of (from, to) -> OverlapTable
    blocks : BlockTable or None
    division_shapes : mapping of ``TYPE:VINTAGE`` -> (n_areas,) shapely
        Shapes of a division with overlaps between its areas resolved, so that nobody is
        counted twice as drawn. Only for types whose areas overlapped.
    report : mapping
        The build's report.
    correspondences : mapping of (older, newer) -> CorrespondenceTable
    tile_zooms : mapping of ``TYPE:VINTAGE`` -> zooms whose tiles are prepared
    tile_layers : mapping of (``TYPE:VINTAGE``, zoom) -> Layer
    street_tables : mapping of source code -> StreetTable
        Of the one source of streets; empty where the recipe has none, or its file was not there.
    """

    recipe: Recipe
    content_hash: str
    loaded_sources: Mapping[str, Mapping[str, Any]]
    area_tables: Mapping[str, AreaTable]
    release_tables: Mapping[tuple[str, str], ReleaseTable]
    place_tables: Mapping[str, PlaceTable]
    overlaps: Mapping[tuple[str, str], OverlapTable]
    blocks: BlockTable | None
    division_shapes: Mapping[str, Shapes]
    report: Mapping[str, Any]
    correspondences: Mapping[tuple[str, str], CorrespondenceTable] = field(default_factory=dict)
    tile_zooms: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    tile_layers: Mapping[tuple[str, int], Layer] = field(default_factory=dict)
    street_tables: Mapping[str, StreetTable] = field(default_factory=dict)

    @property
    def streets(self) -> StreetTable | None:
        """The streets, read when first asked for; None where there are none."""
        return next(iter(self.street_tables.values()), None)
