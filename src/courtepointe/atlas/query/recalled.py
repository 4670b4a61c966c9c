"""Figures that rest on a recalled release say so, wherever they go."""

from __future__ import annotations

from dataclasses import replace

from courtepointe.atlas.figures import Figure
from courtepointe.atlas.recipe.values import Recipe

CAUTION = "recalled_release"


def with_recalls(recipe: Recipe, figures: tuple[Figure, ...]) -> tuple[Figure, ...]:
    """Add the caution to the figures of recalled releases.

    Parameters
    ----------
    recipe : Recipe
    figures : tuple of Figure

    Returns
    -------
    tuple of Figure
        The value stays: who reads it must know, and nothing else stands in its place.
    """
    recalled = {release.code for release in recipe.releases if release.recalled is not None}
    if not recalled:
        return figures
    return tuple(
        replace(figure, cautions=(CAUTION, *figure.cautions))
        if figure.release in recalled
        else figure
        for figure in figures
    )
