"""Which release answers which indicator, on which units: decided once for a pack."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from courtepointe.atlas.figures import Figure, Measure, Method, Status
from courtepointe.atlas.pack.values import Pack
from courtepointe.atlas.recipe.values import Indicator, Release
from courtepointe.core.aggregate import (
    Quantity,
    mean,
    median,
    median_range,
    quantile,
    quantile_ratio,
    ratio,
    share,
    total,
)
from courtepointe.core.bands import Bands

PLACES = "count_places"
PUBLISHED_ONLY = "published_only"
BANDED = ("median", "quantile", "quantile_ratio")
"""Aggregations read in bands."""
LOWEST_BAND = 0.0
"""A lowest band that is open (« under 5,000 $ ») begins here."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of one release, on one type of units.

    Attributes
    ----------
    indicators : tuple of Indicator
    quantities : tuple of Quantity
        One per indicator; variables are positions in the release's table.
    """

    unit_type: str
    release: str
    indicators: tuple[Indicator, ...]
    quantities: tuple[Quantity, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """What to ask, in order.

    Attributes
    ----------
    asked : tuple of Asked
        Finest units first, then releases in the recipe's order. For an indicator the first that
        covers enough of an area is kept.
    ranges : tuple of Asked
        Ranges of medians, for those whose bands nothing loaded has.
    filled_by : mapping of indicator -> source
        The first source that declares all an indicator needs and was not loaded.
    nothing : mapping of indicator -> Figure
        What is said where nothing answers.
    """

    asked: tuple[Asked, ...]
    ranges: tuple[Asked, ...]
    filled_by: Mapping[str, str]
    nothing: Mapping[str, Figure]


def make_plan(pack: Pack, unit_types: tuple[str, ...]) -> Plan:
    """Bind the indicators of a pack to the tables it holds."""
    fillers = {indicator.code: _filler(pack, indicator) for indicator in pack.recipe.indicators}
    return Plan(
        asked=_all_asked(pack, unit_types, ranges=False),
        ranges=_all_asked(pack, unit_types, ranges=True),
        filled_by={code: source for code, source in fillers.items() if source is not None},
        nothing={i.code: without_value(i, fillers[i.code]) for i in pack.recipe.indicators},
    )


def without_value(indicator: Indicator, filled_by: str | None) -> Figure:
    """Write the figure of an indicator that nothing loaded answers."""
    return Figure(
        indicator=indicator.code,
        value=None,
        unit=indicator.unit,
        status=Status.NOT_AVAILABLE if filled_by is None else Status.NOT_LOADED,
        method=Method.NOT_COMPUTED,
        filled_by=filled_by,
    )


def loaded_unit_types(pack: Pack) -> tuple[str, ...]:
    """Give the unit types of the recipe on which the pack holds any release, finest first."""
    alone = {release.code for release in pack.recipe.releases if release.custom_tabulation}
    held = {area for release, area in pack.release_tables if release not in alone}
    return tuple(unit for unit in pack.recipe.fit.units if unit in held)


def _all_asked(pack: Pack, unit_types: tuple[str, ...], *, ranges: bool) -> tuple[Asked, ...]:
    found = []
    for unit_type in unit_types:
        for release in pack.recipe.releases:
            table = pack.release_tables.get((release.code, unit_type))
            if table is None or release.custom_tabulation:
                continue
            rows = {code: row for row, code in enumerate(table.variables)}
            asked = _asked(pack, rows, release, ranges=ranges)
            if asked:
                found.append(Asked(unit_type, release.code, *zip(*asked, strict=True)))
    return tuple(found)


def _asked(
    pack: Pack, rows: Mapping[str, int], release: Release, *, ranges: bool
) -> list[tuple[Indicator, Quantity]]:
    asked = []
    for indicator in pack.recipe.indicators:
        quantity = median_range_of(indicator, rows) if ranges else quantity_of(indicator, rows)
        if quantity is not None:
            asked.append((indicator, quantity))
    return asked


def quantity_of(indicator: Indicator, rows: Mapping[str, int]) -> Quantity | None:
    """Say what an indicator asks of a table; None where the table lacks a variable of it."""
    if indicator.aggregation in BANDED:
        return _banded(indicator, rows)
    if indicator.aggregation in (PLACES, PUBLISHED_ONLY):
        return None
    if not all(variable in rows for variable in indicator.variables()):
        return None
    above = tuple(rows[v] for v in indicator.numerator)
    below = tuple(rows[v] for v in indicator.denominator)
    if indicator.aggregation == "sum":
        return total(*above, scale=indicator.scale)
    if indicator.aggregation == "ratio_of_sums":
        of_a_whole = indicator.measure is Measure.SHARE or indicator.unit == "percent"
        return (share if of_a_whole else ratio)(above, below, scale=indicator.scale)
    assert indicator.value is not None and indicator.weight is not None
    return mean(rows[indicator.value], (rows[indicator.weight],), scale=indicator.scale)


def _banded(indicator: Indicator, rows: Mapping[str, int]) -> Quantity | None:
    variables = [band.variable for band in indicator.bands]
    if not variables or not all(variable in rows for variable in variables):
        return None
    places = tuple(rows[v] for v in variables)
    if indicator.aggregation == "median":
        return median(places, _bands(indicator, 0.5))
    assert indicator.q is not None
    if indicator.aggregation == "quantile":
        return quantile(places, _bands(indicator, indicator.q))
    assert indicator.q_below is not None
    return quantile_ratio(
        places, _bands(indicator, indicator.q), _bands(indicator, indicator.q_below)
    )


def _bands(indicator: Indicator, part: float) -> Bands:
    return Bands.of(
        tuple((band.from_, band.to) for band in indicator.bands),
        floor=LOWEST_BAND,
        design_factor=indicator.design_factor,
        quantile=part,
    )


def median_range_of(indicator: Indicator, rows: Mapping[str, int]) -> Quantity | None:
    """Ask for the range of units' medians; None for what is no median, or not in the table."""
    if indicator.aggregation != "median" or indicator.value is None:
        return None
    return median_range(rows[indicator.value]) if indicator.value in rows else None


def _filler(pack: Pack, indicator: Indicator) -> str | None:
    if indicator.aggregation == PLACES:
        layers = {layer.code: layer.source for layer in pack.recipe.places}
        unloaded = [layer for layer, _ in indicator.places if layer not in pack.place_tables]
        return next((layers[layer] for layer in unloaded if layer in layers), None)
    loaded = {release for release, _ in pack.release_tables}
    for release in pack.recipe.releases:
        if release.code not in loaded and _declares(release, indicator):
            return release.source
    return None


def _declares(release: Release, indicator: Indicator) -> bool:
    codes = {variable.code for variable in release.variables}
    if indicator.aggregation in BANDED:
        bands = [band.variable for band in indicator.bands]
        return indicator.value in codes or (bool(bands) and codes.issuperset(bands))
    return codes.issuperset(indicator.variables())
