"""The releases that an area was read with, and what is said of them today."""

from __future__ import annotations

from collections.abc import Sequence

from courtepointe.atlas.query.values import Portrait
from courtepointe.atlas.recipe.values import Recipe, Release


def recalled_in(portrait: Portrait, recipe: Recipe) -> tuple[Release, ...]:
    """Give the recalled releases that figures of a portrait rest on."""
    used = {figure.release for figure in portrait.figures}
    return tuple(r for r in recipe.releases if r.recalled is not None and r.code in used)


def known_releases(recipe: Recipe, codes: Sequence[str]) -> tuple[Release, ...]:
    """Give the releases of some codes, in the recipe's order; a pack may have dropped some."""
    return tuple(release for release in recipe.releases if release.code in codes)
