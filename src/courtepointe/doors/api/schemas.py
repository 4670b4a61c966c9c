"""What answers look like, for the description of the API."""

from __future__ import annotations

from typing import Any, Literal

from ninja import Schema
from pydantic import ConfigDict, Field


class Link(Schema):
    """A link."""

    href: str
    rel: str
    type: str | None = None
    title: str | None = None
    hreflang: str | None = None


class Landing(Schema):
    """The landing page."""

    title: str
    description: str
    attribution: str | None = None
    links: list[Link]


class Conformance(Schema):
    """The conformance classes that the API meets."""

    conformsTo: list[str]


class SpatialExtent(Schema):
    """A box in degrees."""

    bbox: list[list[float]]
    crs: str


class Extent(Schema):
    """Where a collection is."""

    spatial: SpatialExtent


class CollectionTold(Schema):
    """A collection."""

    id: str
    title: str
    description: str
    itemType: Literal["feature"]
    extent: Extent
    crs: list[str]
    links: list[Link]


class Collections(Schema):
    """The collections."""

    links: list[Link]
    collections: list[CollectionTold]


class Geometry(Schema):
    """A GeoJSON geometry."""

    model_config = ConfigDict(extra="allow")
    type: str
    coordinates: list[Any]


class Feature(Schema):
    """A GeoJSON feature."""

    type: Literal["Feature"]
    id: str
    geometry: Geometry
    properties: dict[str, Any]
    links: list[Link] = Field(default_factory=list)


class Features(Schema):
    """A page of features."""

    type: Literal["FeatureCollection"]
    features: list[Feature]
    links: list[Link]
    timeStamp: str
    numberMatched: int
    numberReturned: int


class FigureTold(Schema):
    """A figure with all that may be asked about it; a missing value is null beside its status."""

    model_config = ConfigDict(extra="allow")
    indicator: str
    value: float | None
    low: float | None
    high: float | None
    uncertainty: str
    unit: str
    status: str
    method: str
    coverage: float | None
    n_units: int
    n_units_missing: int
    sources: list[str]
    release: str | None
    period: str | None
    numerator: float | None
    denominator: float | None
    missing: dict[str, int]
    cautions: list[str]
    filled_by: str | None


class LabelledFigure(FigureTold):
    """A figure with its indicator's name."""

    label: str


class AreaFigure(FigureTold):
    """A figure of one area of a type."""

    code: str
    name: str


class AreaTold(Schema):
    """The header of an area."""

    kind: str
    type: str | None
    vintage: str | None
    code: str | None
    name: str
    type_name: str | None
    steward: str | None
    surface_km2: float
    bounds: list[float]
    parents: list[str]


class AreaLine(Schema):
    """A line of a list of areas."""

    key: str
    name: str
    type_name: str
    parents: list[str]
    surface_km2: float
    bounds: list[float]


class AreaList(Schema):
    """A page of areas."""

    total: int
    areas: list[AreaLine]
    links: list[Link]


class CitationTold(Schema):
    """How to cite what was read."""

    text: str
    bibtex: str
    csl: dict[str, Any]


class AreaWithFit(Schema):
    """An area, how units stand for it, and how to cite its portrait."""

    area: AreaTold
    fit: dict[str, Any]
    citation: CitationTold
    pack: str
    links: list[Link]


class PortraitTold(Schema):
    """All figures of an area, as `courtepointe atlas show --json` writes them."""

    model_config = ConfigDict(extra="allow")
    area: AreaTold
    fit: dict[str, Any]
    figures: list[LabelledFigure]
    gaps: list[dict[str, Any]]
    compared: list[dict[str, Any]]
    pack: str
    citation: CitationTold


class FigureList(Schema):
    """One indicator over the areas of a type."""

    type: str
    indicator: str
    label: str
    total: int
    figures: list[AreaFigure]
    pack: str
    links: list[Link]


class IndicatorTold(Schema):
    """What is measured."""

    code: str
    label: str
    section: str
    universe: str
    measure: str
    unit: str
    aggregation: str
    decimals: int
    note: str | None


class IndicatorList(Schema):
    """The indicators."""

    indicators: list[IndicatorTold]
    pack: str


class SourceTold(Schema):
    """A source with its licence and what was read of it."""

    code: str
    publisher: str
    title: str
    citation: str
    licence: str
    licence_url: str | None
    attribution: str
    page: str | None
    date_published: str | None
    loaded: bool
    file: str | None
    sha256: str | None


class SourceList(Schema):
    """The sources."""

    sources: list[SourceTold]
    pack: str


class RecallTold(Schema):
    """Why a release must no longer be relied on."""

    date: str
    reason: str
    replaced_by: str | None


class ReleaseTold(Schema):
    """An edition of a source."""

    code: str
    source: str
    title: str
    period: str
    recalled: RecallTold | None
    superseded_by: str | None


class ReleaseList(Schema):
    """The releases."""

    releases: list[ReleaseTold]
    pack: str


class Hit(Schema):
    """An area that a search found."""

    key: str
    name: str
    type_name: str
    score: float


class Hits(Schema):
    """What a search found, the likeliest first."""

    found: list[Hit]


class Polygon(Schema):
    """GeoJSON in longitude and latitude: a Polygon or MultiPolygon, or a Feature or collection of them."""

    model_config = ConfigDict(extra="allow")
    type: Literal["Polygon", "MultiPolygon", "Feature", "FeatureCollection"]


class PeersTold(Schema):
    """The areas most alike, and why these."""

    group: str
    name: str
    reason: str
    type: str
    standardisation: str
    variables: list[dict[str, Any]]
    set_aside: list[dict[str, str]]
    peers: list[dict[str, Any]]
    left_out: list[dict[str, Any]]
    overlapping: list[str]
    inputs_hash: str


class StandingTold(Schema):
    """What stands out, and how it was decided."""

    readings: list[dict[str, Any]]
    why_city: str | None
    sentences: list[str]
    how: list[str]


class BothTold(Schema):
    """How many may be both, or why nothing can be said."""

    first: str
    second: str
    universe: str
    reason: str | None
    low: float | None
    high: float | None
    low_share: float | None
    high_share: float | None
    base: float | None
    n_units: int
    n_units_missing: int
    errors_known: bool
    sentence: str
    warning: str
