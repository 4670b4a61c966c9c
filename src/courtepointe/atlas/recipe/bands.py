"""Hold that bands follow each other, and that a quantile lies between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from courtepointe.atlas.recipe.bind import Spot, missing
from courtepointe.atlas.recipe.values import Indicator
from courtepointe.core.bands import Bands
from courtepointe.core.errors import BadInput

QUANTILES = ("quantile", "quantile_ratio")
NEIGHBOURS = "bands that follow each other, the lowest first; only the first and the last are open"


def with_shared_bands(
    indicators: Sequence[Indicator], spots: Sequence[Spot]
) -> tuple[Indicator, ...]:
    """Give each indicator with ``bands_of`` the bands of the one that it names.

    Raises
    ------
    BadInput
        ``recipe_dangling``, ``recipe_wrong_value``.
    """
    own = {one.code: one.bands for one in indicators if one.bands}
    found = []
    for one, spot in zip(indicators, spots, strict=True):
        if one.bands_of is None:
            found.append(one)
            continue
        if one.bands:
            raise spot.wrong("bands_of", one.bands_of, "either bands or bands_of")
        if one.bands_of not in own:
            raise BadInput(
                "recipe_dangling",
                file=spot.file,
                table=spot.table,
                key="bands_of",
                value=one.bands_of,
                expected=", ".join(own) or "no indicator has bands",
            )
        found.append(replace(one, bands=own[one.bands_of]))
    return tuple(found)


def check_bands(indicator: Indicator, spot: Spot) -> None:
    """Check the bands of an indicator, and which of their quantiles it asks for.

    Raises
    ------
    BadInput
        ``recipe_wrong_value``, ``recipe_missing_key``, ``recipe_duplicate``.
    """
    _check_quantiles(indicator, spot)
    codes = [band.variable for band in indicator.bands]
    for place, code in enumerate(codes):
        if code in codes[:place]:
            raise BadInput(
                "recipe_duplicate",
                file=spot.file,
                table=spot.inside("bands").table,
                key="variable",
                value=code,
            )
    if not indicator.bands:
        return
    limits = tuple((band.from_, band.to) for band in indicator.bands)
    try:
        Bands.of(limits, floor=0.0, design_factor=indicator.design_factor)
    except BadInput as refused:
        if refused.facts.get("problem") == "design_factor":
            raise spot.wrong("design_factor", indicator.design_factor, "0 or more") from None
        told = ", ".join(f"{_end(low)}–{_end(high)}" for low, high in limits)
        raise spot.wrong("bands", told, NEIGHBOURS) from None


def _check_quantiles(indicator: Indicator, spot: Spot) -> None:
    wanted = {"q": QUANTILES, "q_below": QUANTILES[1:]}
    for key, rules in wanted.items():
        part = getattr(indicator, key)
        if part is None and indicator.aggregation in rules:
            raise missing(spot, key, expected=f"for aggregation {indicator.aggregation}")
        if part is not None and indicator.aggregation not in rules:
            raise spot.wrong(key, part, f"no {key} for aggregation {indicator.aggregation}")
        if part is not None and not 0.0 < part < 1.0:
            raise spot.wrong(key, part, "more than 0 and less than 1")
    q, below = indicator.q, indicator.q_below
    if q is not None and below is not None and below >= q:
        raise spot.wrong("q_below", below, f"less than q ({q})")


def _end(limit: float | None) -> str:
    return "…" if limit is None else f"{limit:g}"
