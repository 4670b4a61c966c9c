"""Hold that a protected release can be protected: what is counted, where, and what adds up."""

from __future__ import annotations

from collections.abc import Collection

from courtepointe.atlas.recipe.bind import Spot, missing
from courtepointe.atlas.recipe.values import Indicator, Recipe, Release

COUNTED = ("sum", "ratio_of_sums")
"""Only counts, and shares of counts, can be audited."""


def check_protection(
    recipe: Recipe, release: Release, spot: Spot, *, divisions: Collection[str]
) -> None:
    """Check the rule of a release that has one.

    Raises
    ------
    BadInput
        ``recipe_wrong_value``, ``recipe_missing_key``.
    """
    rule = release.protection
    if rule is None:
        return
    where = spot.inside("protection")
    if rule.least < 2:
        raise where.wrong("least", rule.least, "a whole number of 2 or more")
    if not rule.shown_on:
        raise missing(where, "shown_on", expected="the areas whose sums may be told, TYPE:VINTAGE")
    for division in rule.shown_on:
        if division not in divisions:
            raise where.wrong("shown_on", division, ", ".join(sorted(divisions)))
    known = {variable.code for variable in release.variables}
    for whole, parts in rule.sums.items():
        for code in (whole, *parts):
            if code not in known:
                raise where.wrong("sums", code, ", ".join(sorted(known)))
    for indicator in recipe.indicators:
        _check_indicator(indicator, known, where)


def _check_indicator(indicator: Indicator, known: Collection[str], where: Spot) -> None:
    asked = indicator.variables()
    if any(code in known for code in asked) and indicator.aggregation not in COUNTED:
        raise where.wrong("least", indicator.code, f"indicators of kind {' or '.join(COUNTED)}")
    if indicator.published is not None and indicator.published in known:
        raise where.wrong(
            "least", indicator.published, "no published figure of a protected release"
        )
