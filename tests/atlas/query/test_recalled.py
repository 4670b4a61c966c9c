"""A recalled release: its figures stay, and every one of them says so."""

from __future__ import annotations

from dataclasses import replace

import pytest
import shapely
from tests.support.town import square, town

from courtepointe.atlas.query.atlas import Atlas
from courtepointe.atlas.query.values import AreaKey
from courtepointe.atlas.recipe.recalls import Notice, with_notices
from courtepointe.atlas.recipe.values import Words

WHY = Words("Deux colonnes étaient échangées.", "Two columns were exchanged.")
RECALLED = Notice("comptage", "2026-03-01", WHY, "comptage_2")


def atlas_with(*notices: Notice) -> Atlas:
    pack = town()
    return Atlas(replace(pack, recipe=with_notices(pack.recipe, notices)))


def test_only_figures_of_the_recalled_release_say_so_and_nothing_else_changes() -> None:
    before = Atlas(town()).portrait(AreaKey("quartier", "2014", "1"))
    after = atlas_with(RECALLED).portrait(AreaKey("quartier", "2014", "1"))
    touched = 0
    for old, new in zip(before.figures, after.figures, strict=True):
        if old.release == "comptage":
            touched += 1
            assert new == replace(old, cautions=("recalled_release", *old.cautions))
        else:
            assert new == old
    assert touched > 0


@pytest.mark.parametrize("way", ["drawn", "assembled", "map", "gaps"])
def test_a_figure_says_so_whichever_way_it_is_asked(way: str) -> None:
    atlas = atlas_with(RECALLED)
    if way == "drawn":
        shape: shapely.Geometry = square(0, 0, 2000, 1000)
        found = atlas.portrait_of_shape(shape, in_metres=True).figures
    elif way == "assembled":
        found = atlas.portrait_of_units("secteur:2021", ["001", "002"]).figures
    elif way == "map":
        found = atlas.figures_for_type("quartier:2014", "population").figures
    else:
        found = tuple(f for gap in atlas.gaps() for f in (gap.figure, gap.against))
    of_release = [figure for figure in found if figure.release == "comptage"]
    assert of_release
    assert all(figure.cautions[0] == "recalled_release" for figure in of_release)


def test_what_is_only_superseded_carries_no_caution() -> None:
    atlas = atlas_with(
        Notice("comptage", "2026-03-01", None, "comptage_2"), Notice("?", "2026-03-01")
    )
    figures = atlas.portrait(AreaKey("quartier", "2014", "1")).figures
    assert not any("recalled_release" in figure.cautions for figure in figures)
    release = next(r for r in atlas.pack.recipe.releases if r.code == "comptage")
    assert release.superseded_by == "comptage_2" and release.recalled is None
