"""Hold that comparators, peer groups, targets and polarities lead somewhere and can be used."""

from __future__ import annotations

from collections.abc import Collection

from courtepointe.atlas.recipe.bind import Spot, missing
from courtepointe.atlas.recipe.values import (
    Comparator,
    PeerGroup,
    Polarity,
    Recipe,
    StandOut,
    Target,
)
from courtepointe.atlas.recipe.values.comparison import CITY, KINDS_OF_COMPARATOR, PEERS
from courtepointe.core.errors import BadInput
from courtepointe.core.peers import PLAIN, ROBUST

DIRECTIONS = ("neutral", "at_least", "at_most")
STRENGTHS = ("higher_is_better", "lower_is_better")


def check_comparator(
    recipe: Recipe, one: Comparator, spot: Spot, *, divisions: Collection[str]
) -> None:
    """Check that a comparator has what its kind takes.

    Raises
    ------
    BadInput
        ``recipe_wrong_value``, ``recipe_missing_key``, ``recipe_dangling``.
    """
    if one.kind not in KINDS_OF_COMPARATOR:
        raise spot.wrong("kind", one.kind, ", ".join(KINDS_OF_COMPARATOR))
    if one.kind == CITY:
        if one.area is None:
            raise missing(spot, "area", expected="TYPE:VINTAGE:CODE")
        _leads(spot, "area", ":".join(one.area.split(":")[:2]), divisions)
    elif one.area is not None:
        raise spot.wrong("area", one.area, f"no area for comparators of kind {one.kind}")
    if one.kind == PEERS:
        if one.group is None:
            raise missing(spot, "group", expected="the code of a group of [[peer_groups]]")
        _leads(spot, "group", one.group, [group.code for group in recipe.peer_groups])
    elif one.group is not None:
        raise spot.wrong("group", one.group, f"no group for comparators of kind {one.kind}")


def check_peer_group(
    recipe: Recipe, one: PeerGroup, spot: Spot, *, divisions: Collection[str]
) -> None:
    """Check a peer group: its areas, its variables, its weights.

    Raises
    ------
    BadInput
        ``recipe_wrong_value``, ``recipe_missing_key``, ``recipe_dangling``.
    """
    _leads(spot, "area_type", one.area_type, divisions)
    if not one.variables:
        raise missing(spot, "variables", expected="the code of one indicator at least")
    indicators = {indicator.code for indicator in recipe.indicators}
    for code in one.variables:
        _leads(spot, "variables", code, indicators)
    if len(set(one.variables)) < len(one.variables):
        raise spot.wrong("variables", ", ".join(one.variables), "each indicator once")
    for code, weight in one.weights.items():
        _leads(spot, "weights", code, one.variables)
        if weight <= 0.0:
            raise spot.wrong("weights", weight, "a number above 0")
    if one.standardisation not in (ROBUST, PLAIN):
        raise spot.wrong("standardisation", one.standardisation, f"{ROBUST}, {PLAIN}")
    if one.n_peers < 1:
        raise spot.wrong("n_peers", one.n_peers, "a whole number of 1 or more")


def check_target(recipe: Recipe, one: Target, spot: Spot) -> None:
    """Check what a target is set for.

    Raises
    ------
    BadInput
        ``recipe_wrong_value``, ``recipe_dangling``.
    """
    _leads(spot, "indicator", one.indicator, [i.code for i in recipe.indicators])
    if one.direction not in DIRECTIONS:
        raise spot.wrong("direction", one.direction, ", ".join(DIRECTIONS))
    if sum(other.indicator == one.indicator for other in recipe.targets) > 1:
        raise spot.wrong("indicator", one.indicator, "one target for each indicator")


def check_polarity(recipe: Recipe, one: Polarity, spot: Spot) -> None:
    """Check what a polarity is declared for.

    Raises
    ------
    BadInput
        ``recipe_wrong_value``, ``recipe_dangling``.
    """
    _leads(spot, "indicator", one.indicator, [i.code for i in recipe.indicators])
    if one.direction not in STRENGTHS:
        raise spot.wrong("direction", one.direction, ", ".join(STRENGTHS))


def check_stand_out(recipe: Recipe, one: StandOut, spot: Spot) -> None:
    """Check the rate, and the group that is named.

    Raises
    ------
    BadInput
        ``recipe_wrong_value``, ``recipe_dangling``.
    """
    if not 0.0 < one.rate < 1.0:
        raise spot.wrong("rate", one.rate, "a number above 0 and under 1")
    if one.group is not None:
        _leads(spot, "group", one.group, [group.code for group in recipe.peer_groups])


def _leads(spot: Spot, key: str, value: str, known: Collection[str]) -> None:
    if value not in known:
        raise BadInput(
            "recipe_dangling",
            file=spot.file,
            table=spot.table,
            key=key,
            value=value,
            expected=", ".join(sorted(known)[:40]) or "nothing of that kind is declared",
        )
