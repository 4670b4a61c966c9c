"""Columns say of every area what its figure says, read together instead of one by one."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from tests.support.town import town

from courtepointe.atlas.figures import Uncertainty
from courtepointe.atlas.pack.open import open_pack
from courtepointe.atlas.pack.values import STATUS_ORDER
from courtepointe.atlas.query.atlas import Atlas
from courtepointe.core.errors import NotFound


def check(atlas: Atlas, area_type: str, indicator: str) -> int:
    """Hold columns to figures; give how many have a value."""
    columns = atlas.columns_for_type(area_type, indicator)
    figures = atlas.figures_for_type(area_type, indicator)
    assert columns.codes == figures.codes
    for place, figure in enumerate(figures.figures):
        spot = (area_type, indicator, figures.codes[place])
        assert STATUS_ORDER[columns.status[place]] is figure.status, spot
        known = figure.uncertainty is not Uncertainty.UNKNOWN
        assert bool(columns.error_known[place]) is known, spot
        for name in ("value", "low", "high"):
            told, held = getattr(figure, name), float(getattr(columns, name)[place])
            assert np.isnan(held) if told is None else held == pytest.approx(told, rel=1e-12), spot
    stated = [f for f in figures.figures if f.status.has_value]
    assert columns.has_value.sum() == len(stated)
    if stated:
        assert columns.period == max(f.period or "" for f in stated)
        assert set(columns.sources) == {code for f in stated for code in f.sources}
    return len(stated)


def test_every_indicator_of_the_town_on_every_type() -> None:
    atlas = Atlas(town())
    for area_type in atlas.pack.area_tables:
        for indicator in atlas.pack.recipe.indicators:
            check(atlas, area_type, indicator.code)


def test_every_indicator_of_the_demo_city_on_every_type(demo_pack: Path) -> None:
    """Protected releases and places among them."""
    atlas = Atlas(open_pack(demo_pack))
    stated = {
        (area_type, one.code): check(atlas, area_type, one.code)
        for area_type in (
            "quartier_sociologique:2014",
            "census_tract:2021",
            "dissemination_area:2021",
        )
        for one in atlas.pack.recipe.indicators
    }
    assert sum(n > 0 for n in stated.values()) > 300


def test_what_is_not_there_is_said() -> None:
    atlas = Atlas(town())
    with pytest.raises(NotFound, match="unknown_indicator"):
        atlas.columns_for_type("quartier:2014", "zork")
    with pytest.raises(NotFound, match="unknown_area_type"):
        atlas.columns_for_type("zork:2014", "population")
