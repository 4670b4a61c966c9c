"""Which figures measure land: they follow limits, not people, and cannot be carried with people."""

from __future__ import annotations

from collections.abc import Sequence

from courtepointe.atlas.recipe.values import Indicator, Recipe

SURFACE_UNIT = "km2"


def without_surfaces(recipe: Recipe, indicators: Sequence[Indicator]) -> list[Indicator]:
    """Leave out the indicators that a surface is counted in.

    Parameters
    ----------
    recipe : Recipe
    indicators : sequence of Indicator

    Returns
    -------
    list of Indicator
        In the order given.

    Notes
    -----
    A correspondence says where the people of a former unit went. Its land went elsewhere: a large
    park goes with the half where nobody lives. Split by people, a surface, and a density over it,
    would change though nothing did.
    """
    land = {
        variable
        for one in recipe.indicators
        if one.unit == SURFACE_UNIT
        for variable in one.variables()
    }
    return [one for one in indicators if land.isdisjoint(one.variables())]
