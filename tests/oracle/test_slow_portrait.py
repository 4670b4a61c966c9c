"""Every figure of every portrait, recomputed the slow way from the pack's own cells."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.oracle import slow_portrait
from tests.oracle.slow_portrait import Answer, Shares
from tests.support.town import square, town

from courtepointe.atlas.figures import Figure, Status
from courtepointe.atlas.fits import FitMethod
from courtepointe.atlas.pack.open import open_pack
from courtepointe.atlas.pack.values import Pack
from courtepointe.atlas.query.atlas import Atlas
from courtepointe.atlas.query.values import Portrait

STATUS = {"given": {"aggregated"}, "undefined": {"not_applicable"}}
FIELDS = (
    "value",
    "low",
    "high",
    "coverage",
    "numerator",
    "denominator",
    "n_units",
    "n_units_missing",
)


def hold(pack: Pack, portrait: Portrait, unit_type: str, shares: Shares, area: object) -> int:
    """Hold all figures of a portrait to the slow way; say how many have a value."""
    stated = 0
    releases = slow_portrait.read_releases(pack, unit_type, shares)
    for indicator in pack.recipe.indicators:
        figure = portrait.figure(indicator.code)
        stated += figure.value is not None
        if indicator.aggregation == "count_places":
            counted = slow_portrait.count_places(pack, indicator, area)
            if figure.status is not Status.NOT_AVAILABLE:
                assert figure.value == counted, indicator.code
        elif indicator.aggregation != "published_only":
            same(figure, slow_portrait.answer(releases, indicator, shares))
    return stated


def same(figure: Figure, slow: Answer) -> None:
    """Hold one figure to the slow way."""
    about = (figure.indicator, slow)
    if slow.found is None:
        assert figure.value is None and figure.status.value in ("not_loaded", "not_available"), (
            about
        )
        return
    assert figure.release == slow.release, about
    assert {s.value: n for s, n in figure.missing} == slow.missing, about
    expected = STATUS.get(slow.found.answer)
    if expected is None:
        most = max(slow.missing.values())
        expected = {reason for reason, n in slow.missing.items() if n == most}
    assert figure.status.value in expected, about
    for name in FIELDS:
        ours, theirs = getattr(figure, name), getattr(slow.found, name)
        assert ours == (None if theirs is None else pytest.approx(theirs, rel=1e-9)), (name, about)


@pytest.mark.parametrize("area_type", ["quartier:2014", "arrondissement:2021"])
def test_official_areas_by_best_fit(area_type: str) -> None:
    pack = town()
    atlas = Atlas(pack)
    given = slow_portrait.best_fit_shares(pack, "secteur:2021", area_type)
    for code, shares in zip(pack.area_tables[area_type].codes, given, strict=True):
        key = atlas.find(f"{area_type}:{code}")
        assert hold(pack, atlas.portrait(key), "secteur:2021", shares, atlas.shape(key)) >= 8


@pytest.mark.parametrize(
    "bounds", [(0, 0, 3000, 2000), (700, 300, 2100, 1900), (1900, 900, 2950, 1990)]
)
def test_areas_as_drawn(bounds: tuple[float, float, float, float]) -> None:
    pack = town()
    area = square(*bounds)
    portrait = Atlas(pack).portrait_of_shape(area, method=FitMethod.AS_DRAWN, in_metres=True)
    shares = slow_portrait.drawn_shares(pack, "secteur:2021", area)
    assert hold(pack, portrait, "secteur:2021", shares, area) >= 4


@pytest.mark.shared
@pytest.mark.parametrize("method", [FitMethod.BEST_FIT, FitMethod.AS_DRAWN])
def test_a_quarter_of_montreal(montreal_pack: Path, method: FitMethod) -> None:
    pack = open_pack(montreal_pack)
    atlas = Atlas(pack)
    units, area_type = "census_tract:2021", "quartier_sociologique:2014"
    key = atlas.find(f"{area_type}:9")
    place = pack.area_tables[area_type].codes.index("9")
    if method is FitMethod.AS_DRAWN:
        shapes = pack.division_shapes.get(area_type, pack.area_tables[area_type].shapes)
        shares = slow_portrait.drawn_shares(pack, units, shapes[place])
    else:
        # Alone, as no unit lies half in one quarter and more than half in another.
        near = slow_portrait.drawn_shares(pack, units, atlas.shape(key))
        shares = {unit: 1.0 for unit, part in near.items() if part >= 0.5 - 1e-9}
    portrait = atlas.portrait(key, method=method)
    assert hold(pack, portrait, units, shares, atlas.shape(key)) >= 70
