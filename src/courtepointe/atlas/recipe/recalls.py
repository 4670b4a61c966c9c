"""Notices about releases that were given after the recipe was written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from courtepointe.atlas.recipe.bind import Spot
from courtepointe.atlas.recipe.values import Recall, Recipe, Release, Words


@dataclass(frozen=True, slots=True)
class Notice:
    """What is to be known of a release from a day on.

    Attributes
    ----------
    release : str
    date : str
        ISO day.
    reason : Words or None
        Why it is recalled; None: it is only superseded.
    replaced_by : str or None
        The release to use instead.
    """

    release: str
    date: str
    reason: Words | None = None
    replaced_by: str | None = None


def with_notices(recipe: Recipe, notices: Sequence[Notice]) -> Recipe:
    """Give a recipe whose releases say what notices say of them.

    Parameters
    ----------
    recipe : Recipe
    notices : sequence of Notice
        At most one for each release; those of releases that the recipe does not know are left.
    """
    if not notices:
        return recipe
    held = {notice.release: notice for notice in notices}
    releases = tuple(
        _noticed(release, held[release.code]) if release.code in held else release
        for release in recipe.releases
    )
    return replace(recipe, releases=releases)


def _noticed(release: Release, notice: Notice) -> Release:
    if notice.reason is None:
        return replace(release, superseded_by=notice.replaced_by)
    recall = Recall(notice.date, notice.reason, notice.replaced_by)
    return replace(release, recalled=recall)


def check_recall(release: Release, spot: Spot) -> None:
    """Hold that a recall has a day, and that nothing replaces itself.

    Raises
    ------
    BadInput
        ``recipe_wrong_value``.
    """
    if release.superseded_by == release.code:
        raise spot.wrong("superseded_by", release.code, "another release")
    if release.recalled is None:
        return
    inside = spot.inside("recalled")
    try:
        date.fromisoformat(release.recalled.date)
    except ValueError:
        raise inside.wrong("date", release.recalled.date, "a day, 2026-03-01") from None
    if release.recalled.replaced_by == release.code:
        raise inside.wrong("replaced_by", release.code, "another release")
