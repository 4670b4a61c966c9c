"""Which units stand for an area: worked by hand on the town."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import shapely
from tests.support.town import square, town

from courtepointe.atlas.fits import FitMethod, FitWeight
from courtepointe.atlas.query.areas import moved, to_degrees
from courtepointe.atlas.query.atlas import Atlas
from courtepointe.atlas.query.fit import fit_in_division
from courtepointe.atlas.query.kept import Kept
from courtepointe.core.errors import BadInput, NoAnswer

BEST, DRAWN = FitMethod.BEST_FIT, FitMethod.AS_DRAWN


@pytest.fixture(scope="module")
def atlas() -> Atlas:
    return Atlas(town())


@pytest.fixture(scope="module")
def with_blocks() -> Atlas:
    return Atlas(town(blocks=True))


def in_degrees(atlas: Atlas, shape: shapely.Geometry) -> shapely.Geometry:
    return moved(shape, to_degrees(atlas.pack))


def quarter(atlas: Atlas, code: str, method: FitMethod = BEST):
    return atlas.fit(atlas.find(f"quartier:2014:{code}"), method=method)


def test_a_unit_goes_whole_to_the_quarter_that_holds_most_of_it(atlas: Atlas) -> None:
    fit = quarter(atlas, "1")
    assert (fit.method, fit.weight, fit.unit_type) == (BEST, FitWeight.SURFACE, "secteur:2021")
    assert fit.unit_codes == ("001", "002")
    assert fit.unit_shares == (1.0, 1.0)
    assert fit.inside_shares == pytest.approx((1.0, 0.6))
    assert (fit.units_partial, fit.units_touching_out) == (1, 0)
    # 1,000 of 001 and 60 % of the 2,002 of 002, of 3,002 people counted.
    assert fit.population_share_inside == pytest.approx((1000 + 0.6 * 2002) / 3002)
    assert fit.surface_share_covered == pytest.approx(1.0)


def test_the_neighbour_that_holds_less_is_told_that_it_touches_the_unit(atlas: Atlas) -> None:
    fit = quarter(atlas, "2")
    assert fit.unit_codes == ("003",)
    assert fit.out_codes == ("002",)


def test_as_drawn_splits_units_after_the_overlap_is_resolved(atlas: Atlas) -> None:
    first, second = quarter(atlas, "1", DRAWN), quarter(atlas, "2", DRAWN)
    assert first.unit_codes == ("001", "002")
    assert first.unit_shares == pytest.approx((1.0, 0.6))
    # Quarter 2 is drawn from x = 1500; the strip to 1600 belongs to quarter 1.
    assert second.unit_codes == ("002", "003")
    assert second.unit_shares == pytest.approx((0.4, 1.0))
    assert first.population_share_inside == 1.0


def test_blocks_tell_where_people_live(with_blocks: Atlas) -> None:
    # 70 % of 005's people live in its western quarter, inside quarter 3 (to x = 1400).
    fit = quarter(with_blocks, "3")
    assert fit.weight is FitWeight.PEOPLE
    assert fit.unit_codes == ("004", "005")
    assert fit.inside_shares == pytest.approx((1.0, 0.7 + 0.15 * 0.6))
    assert quarter(with_blocks, "4").unit_codes == ()


def test_an_area_without_a_unit_has_an_empty_fit_and_still_a_page(with_blocks: Atlas) -> None:
    portrait = with_blocks.portrait(with_blocks.find("quartier:2014:4"))
    assert portrait.fit.units_in == 0
    assert portrait.figure("population").value is None
    assert portrait.figure("parks").value == 0.0


def test_areas_made_of_whole_units_fit_exactly_whatever_is_asked(atlas: Atlas) -> None:
    for method in FitMethod:
        fit = atlas.fit(atlas.find("arrondissement:OUE"), method=method)
        assert fit.method is FitMethod.EXACT
        assert fit.unit_codes == ("001", "004")
        assert fit.unit_shares == (1.0, 1.0)
    assert atlas.fit(atlas.find("secteur:006")).unit_codes == ("006",)


def test_a_drawn_area_is_fitted_by_itself_and_a_half_is_in(atlas: Atlas) -> None:
    half = in_degrees(atlas, square(-200, 0, 1500.0005, 1000))
    fit = atlas.fit(half)
    assert fit.unit_codes == ("001", "002")
    less = in_degrees(atlas, square(0, 0, 1490, 1000))
    assert atlas.fit(less).unit_codes == ("001",)
    assert atlas.fit(less).out_codes == ("002",)
    assert atlas.fit(less, method=DRAWN).unit_shares == pytest.approx((1.0, 0.49), abs=1e-4)


def test_the_part_outside_the_atlas_is_told(atlas: Atlas) -> None:
    fit = atlas.fit(in_degrees(atlas, square(-1000, 0, 1000, 1000)))
    assert fit.surface_share_covered == pytest.approx(0.5, abs=1e-4)


def test_units_may_be_chosen(atlas: Atlas) -> None:
    key = atlas.find("quartier:2014:1")
    assert atlas.fit(key, unit_type="secteur").unit_type == "secteur:2021"


def test_an_area_outside_the_atlas_is_told_where_the_atlas_is(atlas: Atlas) -> None:
    with pytest.raises(NoAnswer) as told:
        atlas.fit(in_degrees(atlas, square(50_000, 0, 51_000, 1000)))
    assert told.value.code == "area_outside_atlas"
    assert told.value.facts["west"] == pytest.approx(-73.5614, abs=1e-3)


def test_an_area_that_only_touches_the_atlas_is_outside(atlas: Atlas) -> None:
    with pytest.raises(NoAnswer, match="area_outside_atlas"):
        atlas.fit(in_degrees(atlas, square(-1000, 0, -0.01, 1000)))


def test_a_tiny_area_is_told_its_nearest_unit_and_has_an_answer_as_drawn(atlas: Atlas) -> None:
    tiny = in_degrees(atlas, square(1100, 100, 1200, 200))
    with pytest.raises(NoAnswer) as told:
        atlas.portrait_of_shape(tiny)
    assert told.value.code == "area_too_small"
    assert told.value.facts["nearest"] == "002"
    drawn = atlas.portrait_of_shape(tiny, method=DRAWN)
    assert drawn.figure("population").value == pytest.approx(20.02, rel=1e-3)


CROSSING = shapely.Polygon([(-73.6, 45.5), (-73.5, 45.6), (-73.5, 45.5), (-73.6, 45.6)])


@pytest.mark.parametrize(
    ("shape", "code"),
    [
        (shapely.Polygon(), "area_shape_empty"),
        (None, "area_shape_empty"),
        (shapely.Point(-73.5, 45.5), "area_shape_not_surface"),
        (shapely.LineString([(-73.5, 45.5), (-73.6, 45.5)]), "area_shape_not_surface"),
        (CROSSING, "area_shape_invalid"),
        (shapely.box(300_000, 5_040_000, 301_000, 5_041_000), "area_shape_not_degrees"),
        (
            shapely.segmentize(shapely.box(-73.6, 45.5, -73.5, 45.6), 1.5e-6),
            "area_shape_too_detailed",
        ),
    ],
)
def test_what_is_no_area_is_refused_by_name(
    atlas: Atlas, shape: shapely.Geometry, code: str
) -> None:
    with pytest.raises(BadInput) as told:
        atlas.portrait_of_shape(shape)
    assert told.value.code == code


def test_heights_are_dropped_and_metres_are_taken_as_they_are(atlas: Atlas) -> None:
    flat = square(0, 0, 1000, 1000)
    high = shapely.force_3d(in_degrees(atlas, flat), 12.0)
    assert atlas.fit(high).unit_codes == ("001",)
    portrait = atlas.portrait_of_shape(flat, in_metres=True)
    assert portrait.fit.unit_codes == ("001",)
    assert portrait.area.surface_km2 == pytest.approx(1.0)


@pytest.mark.parametrize("blocks", [False, True])
@pytest.mark.parametrize("method", [BEST, DRAWN])
def test_one_area_is_fitted_alone_as_it_is_with_its_whole_division(
    blocks: bool, method: FitMethod
) -> None:
    kept = Kept(town(blocks=blocks))
    units = kept.units("secteur:2021")
    for area_type in ("quartier:2014", "arrondissement:2021", "quartier:2001", "ville:2021"):
        tree = shapely.STRtree(kept.division_shapes(area_type))
        whole = kept.division("secteur:2021", area_type, method).members
        for place, members in enumerate(whole):
            assert fit_in_division(units, tree, place, method=method).fit == members.fit


def test_limits_drawn_with_fewer_decimals_still_fit_exactly_and_count_nobody_twice() -> None:
    pack = town()
    table = pack.area_tables["arrondissement:2021"]
    east, west = square(1003, 0, 3000, 2000), square(0, 0, 1003, 2000)
    shapes = np.array([east, west], dtype=object)
    tables = {**pack.area_tables, table.type_and_vintage: replace(table, shapes=shapes)}
    atlas = Atlas(replace(pack, area_tables=tables))
    for method in (BEST, DRAWN):
        fit = atlas.fit(atlas.find("arrondissement:OUE"), method=method)
        assert (fit.method, fit.unit_codes) == (FitMethod.EXACT, ("001", "004"))
        found = atlas.figures_for_type("arrondissement", "population", method=method).figures
        assert sum(figure.value or 0.0 for figure in found) == 6000.0


def test_slivers_of_an_exact_area_are_not_counted_by_its_neighbour() -> None:
    pack = town()
    table = pack.area_tables["quartier:2014"]
    # Quarter 1 is tract 001 but for 3 m; quarter 2 takes these and half of 002: it is no union.
    shapes = table.shapes.copy()
    shapes[0], shapes[1] = square(0, 0, 997, 1000), square(997, 0, 1500, 1000)
    tables = {**pack.area_tables, table.type_and_vintage: replace(table, shapes=shapes)}
    atlas = Atlas(replace(pack, area_tables=tables, division_shapes={}))
    assert quarter(atlas, "1", DRAWN).method is FitMethod.EXACT
    neighbour = quarter(atlas, "2", DRAWN)
    assert (neighbour.unit_codes, neighbour.out_codes) == (("002",), ("001",))
