"""What answers about tiles look like, for the description of the API."""

from __future__ import annotations

from typing import Any, Literal

from ninja import Schema
from pydantic import ConfigDict, Field

from courtepointe.doors.api.schemas import Link


class TileMatrixSetItem(Schema):
    """A grid in a list."""

    id: str
    title: str
    uri: str
    links: list[Link]


class TileMatrixSets(Schema):
    """The grids."""

    tileMatrixSets: list[TileMatrixSetItem]
    links: list[Link]


class TileMatrix(Schema):
    """A grid at one zoom."""

    id: str
    scaleDenominator: float
    cellSize: float
    cornerOfOrigin: Literal["topLeft"]
    pointOfOrigin: list[float]
    tileWidth: int
    tileHeight: int
    matrixWidth: int
    matrixHeight: int


class TileMatrixSet(Schema):
    """A grid."""

    id: str
    title: str
    uri: str
    crs: str
    orderedAxes: list[str]
    wellKnownScaleSet: str
    tileMatrices: list[TileMatrix]
    links: list[Link]


class TilesetItem(Schema):
    """A tileset in a list."""

    title: str
    dataType: Literal["vector"]
    crs: str
    tileMatrixSetURI: str
    links: list[Link]


class Tilesets(Schema):
    """The tilesets."""

    tilesets: list[TilesetItem]
    links: list[Link]


class Tileset(Schema):
    """A tileset as OGC describes it; with ``f=tilejson``, as TileJSON 3.0 does."""

    model_config = ConfigDict(extra="allow")
    title: str | None = None
    name: str | None = None
    tilejson: str | None = None
    dataType: Literal["vector"] | None = None
    crs: str | None = None
    tileMatrixSetURI: str | None = None
    tileMatrixSetLimits: list[dict[str, Any]] | None = None
    boundingBox: dict[str, Any] | None = None
    layers: list[dict[str, Any]] | None = None
    links: list[Link] | None = None
    tiles: list[str] | None = None
    minzoom: int | None = None
    maxzoom: int | None = None
    bounds: list[float] | None = None
    vector_layers: list[dict[str, Any]] | None = None


class ShadeClass(Schema):
    """A class of a map: its words, its step on the ramp of colours from 1 to 5, how many areas."""

    text: str
    step: int
    areas: int


class ShadesTold(Schema):
    """What a map of a type shades; lists of areas are in the order of ``codes``."""

    type: str
    indicator: str
    label: str
    unit: str
    unit_text: str
    decimals: int
    period: str
    sources: list[str]
    classes: list[ShadeClass]
    borders: list[float]
    statuses: list[dict[str, str]]
    legend: dict[str, str]
    codes: list[str]
    status: list[int]
    class_of: list[int] = Field(description="From 1; 0 without a value")
    unsure: list[int] = Field(description="Positions whose interval reaches into another class")
    value: list[float | None]
    low: list[float | None]
    high: list[float | None]
    pack: str
