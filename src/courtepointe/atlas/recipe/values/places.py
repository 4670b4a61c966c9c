"""Layers of places and their categories."""

from __future__ import annotations

from dataclasses import dataclass, field

from courtepointe.atlas.recipe.values.sources import Words


@dataclass(frozen=True, slots=True)
class PlaceCategory:
    """A kind of place: its code, its words, and the condition that finds it in a layer."""

    code: str
    name: Words
    where: str


@dataclass(frozen=True, slots=True)
class PlaceLayer:
    """Points from one source."""

    code: str
    source: str
    name: Words
    name_column: str
    categories: tuple[PlaceCategory, ...] = ()
    id_column: str | None = None
    longitude: str | None = None
    latitude: str | None = None
    crs: str = "EPSG:4326"
    where: str | None = None
    """Keep rows whose SQL condition on columns holds."""
    properties: dict[str, str] = field(default_factory=dict)
    borough_column: str | None = None
    """A label that claims an area; rows whose point lies elsewhere are counted in the report."""
    borough_type: str | None = None
    covers: str | None = None
    """``TYPE:VINTAGE:CODE`` of the territory that the layer describes, everywhere where None:
    outside of it a place that is not known is not a place that does not exist."""
