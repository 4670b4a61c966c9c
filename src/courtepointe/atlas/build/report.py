"""What the build's report says of sources and of indicators that nothing fills."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from courtepointe.atlas.build.sources import FoundSource
from courtepointe.atlas.recipe.values import Indicator, Recipe


def told_sources(recipe: Recipe, found: Mapping[str, FoundSource]) -> list[dict[str, Any]]:
    """Say of every source whether it is here, which files, and which edition."""
    told: list[dict[str, Any]] = []
    for source in recipe.sources:
        here = found.get(source.code)
        about: dict[str, Any] = {
            "source": source.code,
            "publisher": source.publisher,
            "optional": source.optional,
            "status": "missing" if here is None else "loaded",
        }
        if here is None:
            about |= {"expected": list(source.files), "address": source.page or source.url}
        else:
            about |= {"edition": here.edition, "files": here.facts()["files"]}
        told.append(about)
    return told


def not_loaded(recipe: Recipe, index: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Name the indicators that no loaded release fills, with the sources that would."""
    loaded = {code for one in index["releases"] for code in one["variables"]}
    layers = {one["layer"] for one in index["places"]}
    told = []
    for indicator in recipe.indicators:
        missing = _missing(indicator, loaded, layers)
        if missing:
            told.append(
                {
                    "indicator": indicator.code,
                    "missing": sorted(missing),
                    "filled_by": _fillers(recipe, missing),
                }
            )
    return told


def _missing(indicator: Indicator, loaded: set[str], layers: set[str]) -> set[str]:
    """Give the variables or layers without which an indicator has no figure."""
    if indicator.aggregation == "count_places":
        return {layer for layer, _ in indicator.places} - layers
    if indicator.aggregation == "median":
        bands = {band.variable for band in indicator.bands} - loaded
        if indicator.value in loaded or (indicator.bands and not bands):
            return set()
        return {indicator.value} - loaded if indicator.value else bands
    return set(indicator.variables()) - loaded


def _fillers(recipe: Recipe, missing: set[str]) -> list[str]:
    by_release = [
        release.source
        for release in recipe.releases
        if missing <= {one.code for one in release.variables}
    ]
    by_layer = [layer.source for layer in recipe.places if layer.code in missing]
    return list(dict.fromkeys(by_release + by_layer))
