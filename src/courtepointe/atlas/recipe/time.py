"""Hold that correspondences and breaks lead somewhere."""

from __future__ import annotations

from collections.abc import Iterable

from courtepointe.atlas.recipe.bind import Spot, missing
from courtepointe.atlas.recipe.values import Break, Correspondence, Recipe
from courtepointe.core.errors import BadInput

READERS = ("statcan",)
WEIGHTS = ("people", "dwellings")
KINDS = ("concept", "universe", "method")


def check_correspondence(recipe: Recipe, one: Correspondence, spot: Spot) -> None:
    """Check where a correspondence comes from and goes.

    Raises
    ------
    BadInput
        ``recipe_dangling``, ``recipe_wrong_value``, ``recipe_missing_key``.
    """
    divisions = {boundary.type_and_vintage for boundary in recipe.boundaries}
    _leads(spot, "from", one.from_, divisions)
    _leads(spot, "to", one.to, divisions)
    if one.from_ == one.to:
        raise spot.wrong("to", one.to, "another division than from")
    if one.source is not None:
        _leads(spot, "source", one.source, {source.code for source in recipe.sources})
    elif recipe.fit.blocks is None:
        raise missing(spot, "source", expected="a source, or blocks in [fit]")
    if one.reader not in READERS:
        raise spot.wrong("reader", one.reader, ", ".join(READERS))
    if one.weight not in WEIGHTS:
        raise spot.wrong("weight", one.weight, ", ".join(WEIGHTS))
    if one.block_property is not None:
        kept = {
            name
            for boundary in recipe.boundaries
            if boundary.type_and_vintage == recipe.fit.blocks
            for name in boundary.properties
        }
        _leads(spot, "block_property", one.block_property, kept)


def check_break(recipe: Recipe, one: Break, spot: Spot) -> None:
    """Check what a break stands between.

    Raises
    ------
    BadInput
        ``recipe_dangling``, ``recipe_wrong_value``.
    """
    releases = {release.code for release in recipe.releases}
    _leads(spot, "before", one.before, releases)
    _leads(spot, "after", one.after, releases)
    if one.kind not in KINDS:
        raise spot.wrong("kind", one.kind, ", ".join(KINDS))
    indicators = {indicator.code for indicator in recipe.indicators} | {"*"}
    for code in one.indicators:
        _leads(spot, "indicators", code, indicators)


def _leads(spot: Spot, key: str, value: str, known: Iterable[str]) -> None:
    held = sorted(known)
    if value not in held:
        raise BadInput(
            "recipe_dangling",
            file=spot.file,
            table=spot.table,
            key=key,
            value=value,
            expected=", ".join(held[:40]) or "nothing of that kind is declared",
        )
