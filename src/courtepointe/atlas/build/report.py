"""What the build's report says of sources and of indicators that nothing fills."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from courtepointe.atlas.build.sources import FoundSource
from courtepointe.atlas.recipe.values import Indicator, Recipe, Release


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


def without_areas(
    recipe: Recipe, found: Mapping[str, FoundSource], areas: Collection[str]
) -> list[dict[str, Any]]:
    """Name the releases whose files are here and were not read: nothing here draws their areas.

    Parameters
    ----------
    recipe : Recipe
    found : mapping of source code -> FoundSource
    areas : collection of str
        ``TYPE:VINTAGE`` of the divisions that were built.

    Returns
    -------
    list of dict
        ``release``, ``source``, ``areas`` (those that lack) and ``needs`` (the sources that draw
        them), for each release without any of its divisions and each with some of them only.
    """
    told: list[dict[str, Any]] = []
    for release in recipe.releases:
        lacking = [where for where in _areas_of(release) if where not in areas]
        if release.source in found and lacking:
            needs = _drawn_by(recipe, lacking)
            told.append(
                {
                    "release": release.code,
                    "source": release.source,
                    "areas": lacking,
                    "needs": needs,
                }
            )
    return told


def _areas_of(release: Release) -> list[str]:
    """Give the divisions that a release is read onto, each once."""
    wanted = list(release.levels.values()) or ([release.area] if release.area else [])
    return list(dict.fromkeys(wanted))


def _drawn_by(recipe: Recipe, areas: Collection[str]) -> list[str]:
    """Name the sources that draw some divisions."""
    drawn = [one.source for one in recipe.boundaries if f"{one.area_type}:{one.vintage}" in areas]
    return list(dict.fromkeys(drawn))


def not_loaded(
    recipe: Recipe, index: Mapping[str, Any], *, unplaced: Sequence[Mapping[str, Any]] = ()
) -> list[dict[str, Any]]:
    """Name the indicators that no loaded release fills, with the sources that would.

    Parameters
    ----------
    unplaced : sequence of dict
        What `without_areas` told: the files of these releases are here, their areas would fill.
    """
    instead = {one["release"]: one["needs"] for one in unplaced}
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
                    "filled_by": _fillers(recipe, missing, instead),
                }
            )
    return told


def _missing(indicator: Indicator, loaded: set[str], layers: set[str]) -> set[str]:
    """Give the variables or layers without which an indicator has no figure."""
    if indicator.aggregation == "count_places":
        return {layer for layer, _ in indicator.places} - layers
    if indicator.bands or indicator.aggregation == "median":
        bands = {band.variable for band in indicator.bands} - loaded
        if indicator.value in loaded or (indicator.bands and not bands):
            return set()
        return {indicator.value} - loaded if indicator.value else bands
    return set(indicator.variables()) - loaded


def _fillers(recipe: Recipe, missing: set[str], instead: Mapping[str, Sequence[str]]) -> list[str]:
    by_release = [
        source
        for release in recipe.releases
        if missing <= {one.code for one in release.variables}
        for source in instead.get(release.code, (release.source,))
    ]
    by_layer = [layer.source for layer in recipe.places if layer.code in missing]
    return list(dict.fromkeys(by_release + by_layer))
