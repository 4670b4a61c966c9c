"""Maps through time on the fictional city: the change is each area's own, classes do not move."""

from __future__ import annotations

from pathlib import Path

import pytest

from courtepointe.atlas.pack.open import open_pack
from courtepointe.atlas.query.atlas import Atlas
from courtepointe.core.change import Statement
from courtepointe.core.errors import BadInput, Refused
from courtepointe.press.maps.asked import MapAsked, MapKind
from courtepointe.press.maps.poster import draw_map
from courtepointe.press.maps.rows import map_rows
from courtepointe.press.maps.setting import set_map

QUARTERS = "quartier_sociologique:2014"


@pytest.fixture(scope="module")
def atlas(demo_pack: Path) -> Atlas:
    return Atlas(open_pack(demo_pack))


@pytest.mark.parametrize("indicator", ["population", "renter_share", "low_income_lim_at_share"])
def test_the_change_of_an_area_is_that_of_its_own_series(atlas: Atlas, indicator: str) -> None:
    told = set_map(atlas, MapAsked(QUARTERS, indicator, MapKind.CHANGE), lang="fr")
    (panel,) = told.panels
    assert (panel.before, panel.period) == ("2016", "2021")
    known = 0
    for area, change in zip(panel.areas, panel.changes, strict=True):
        own = atlas.series(atlas.find(f"{QUARTERS}:{area.code}"), indicator).changes
        assert (own[-1].change if own else None) == change
        known += change is not None
        if change is not None and change.statement is Statement.NOT_DISTINGUISHABLE:
            assert change.low is not None and change.high is not None
            assert change.low <= 0 <= change.high
    assert known, "a map without a change would prove nothing"


def test_a_change_that_cannot_be_told_is_neither_rise_nor_fall(atlas: Atlas) -> None:
    told = set_map(atlas, MapAsked(QUARTERS, "population", MapKind.CHANGE), lang="fr")
    rows = map_rows(told, told.panels[0], atlas.indicator("population"))
    same = [row for row in rows if row.area.statement is Statement.NOT_DISTINGUISHABLE]
    assert same and all(row.place == 3 for row in same)
    assert all(row.class_text == "aucun changement distinguable" for row in same)
    assert all("%" in row.interval for row in same), "its interval is that of the change"
    words = " ".join(told.words)
    assert f"Aucun changement distinguable dans {len(same)} territoires" in words
    drawn = draw_map(told, [atlas.indicator("population")])
    assert drawn.svg.count('class="map-stripes"') == len(same)
    assert "2016" in drawn.title and "2021" in drawn.title


def test_both_periods_are_sources(atlas: Atlas) -> None:
    told = set_map(atlas, MapAsked(QUARTERS, "renter_share", MapKind.CHANGE), lang="fr")
    assert "2016" in told.foot[0] and "2021" in told.foot[0]


@pytest.mark.parametrize("kind", [MapKind.PAIR, MapKind.MULTIPLES])
def test_classes_are_fixed_over_the_years(atlas: Atlas, kind: MapKind) -> None:
    told = set_map(atlas, MapAsked(QUARTERS, "renter_share", kind), lang="fr")
    before, after = told.panels
    assert (before.heading, after.heading) == ("2016", "2021")
    assert before.classes == after.classes
    alone = [
        set_map(atlas, MapAsked(QUARTERS, "renter_share", period=one), lang="fr").panels[0]
        for one in ("2016", "2021")
    ]
    assert [panel.classes for panel in alone] == [before.classes] * 2
    assert [p.figures for p in alone] == [before.figures, after.figures]
    assert told.warnings == (), "one indicator with itself is no ecological fallacy"


def test_a_period_with_itself_is_refused(atlas: Atlas) -> None:
    asked = MapAsked(QUARTERS, "renter_share", MapKind.CHANGE, period="2021", against="2021")
    with pytest.raises(BadInput, match="map_same_period"):
        set_map(atlas, asked, lang="fr")


def test_the_order_of_the_periods_asked_does_not_matter(atlas: Atlas) -> None:
    first, second = (
        set_map(
            atlas,
            MapAsked(QUARTERS, "renter_share", MapKind.CHANGE, period=one, against=other),
            lang="fr",
        )
        for one, other in (("2016", "2021"), ("2021", "2016"))
    )
    assert first.panels == second.panels


def test_an_organisations_own_counts_are_never_dots(atlas: Atlas) -> None:
    with pytest.raises(Refused, match="dots_protected"):
        set_map(atlas, MapAsked(QUARTERS, "households_helped", MapKind.DOTS), lang="fr")
    shaded = set_map(atlas, MapAsked(QUARTERS, "households_helped"), lang="fr")
    assert shaded.dots is None and shaded.panels[0].areas


def test_the_dots_of_a_unit_lie_in_the_unit(atlas: Atlas) -> None:
    ground = atlas.dot_ground("population")
    told = set_map(atlas, MapAsked(QUARTERS, "population", MapKind.DOTS), lang="fr")
    assert told.dots is not None and ground.blocks
    assert told.dots.n_dots == round(float(ground.counts.sum()) / told.dots.per_dot)
    assert told.dots.n_missing == int((ground.missing | ground.suppressed).sum())
