"""The village, worked by hand: what each part of its pack must say."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from tests.atlas.build.conftest import Build
from tests.support.village import CODES, RECIPE

from courtepointe.atlas.figures import Status
from courtepointe.atlas.pack.open import open_pack
from courtepointe.atlas.pack.values import (
    FLAG_HIGH_NON_RESPONSE,
    FLAG_NO_ROW,
    FLAG_USE_WITH_CAUTION,
    STATUS_ORDER,
    Pack,
    ReleaseTable,
)

NAN = float("nan")


@pytest.fixture
def pack(village_pack: Path) -> Pack:
    return open_pack(village_pack)


def row(table: ReleaseTable, variable: str) -> tuple[list[float], list[Status], list[int]]:
    place = table.variables.index(variable)
    return (
        table.values[place].tolist(),
        [STATUS_ORDER[code] for code in table.status[place]],
        table.flags[place].tolist(),
    )


def same(found: list[float], expected: list[float]) -> bool:
    return bool(np.array_equal(found, expected, equal_nan=True))


def test_areas_are_ordered_by_code_with_their_names_and_parents(pack: Pack) -> None:
    areas, quarters = pack.area_tables["area:2021"], pack.area_tables["quarter:2020"]
    assert areas.codes == CODES
    assert areas.dguids == tuple(f"2021S0512{code}" for code in CODES)
    assert areas.names_fr == CODES
    assert areas.parents == ("quarter:2020:S",) * 2 + ("quarter:2020:N",) * 2
    assert areas.surface_m2 == pytest.approx(1e6, rel=1e-6)
    assert quarters.codes == ("N", "S")
    assert quarters.names_fr == ("Nord", "Sud – L’Île"), "doubled blanks go, the dash stays"


def test_overlaps_between_areas_are_reported_and_settled(pack: Pack) -> None:
    told = pack.report["boundaries"][0]
    assert told["overlaps"]["pairs"] == 1
    assert told["overlaps"]["list"] == [{"a": "N", "b": "S", "m2": pytest.approx(1e5, rel=1e-6)}]
    assert list(pack.division_shapes) == ["quarter:2020"]
    settled = pack.division_shapes["quarter:2020"]
    assert settled[0].intersection(settled[1]).area == pytest.approx(0.0, abs=1e-3)
    assert settled[0].area + settled[1].area == pytest.approx(4e6, rel=1e-6)


def test_a_table_keeps_a_status_for_every_cell(pack: Pack) -> None:
    counts = pack.release_tables["counts_2021", "area:2021"]
    published, suppressed = Status.PUBLISHED, Status.SUPPRESSED
    values, status, flags = row(counts, "population")
    assert same(values, [400, NAN, 0, NAN])
    assert status == [published, suppressed, published, Status.NOT_AVAILABLE]
    assert flags == [0, 0, 0, FLAG_NO_ROW]
    values, status, _ = row(counts, "people_per_home")
    assert same(values, [2, NAN, NAN, NAN])
    assert status == [published, suppressed, Status.NOT_APPLICABLE, Status.NOT_AVAILABLE]
    assert np.isnan(counts.low).all() and np.isnan(counts.high).all()


def test_a_table_says_how_its_rows_matched(pack: Pack) -> None:
    told = pack.report["releases"][0]
    assert told["rows"] == 4
    assert (told["matched"], told["out_of_area"]) == (3, 1)
    assert told["units_without_row"] == [CODES[3]]
    assert told["statuses"] == {
        "published": 6, "suppressed": 2, "not_available": 3, "not_applicable": 1,
    }  # fmt: skip


def test_a_profile_is_put_on_its_areas(pack: Pack) -> None:
    profile = pack.release_tables["profile_2021", "area:2021"]
    published = Status.PUBLISHED
    values, status, flags = row(profile, "people_profile")
    assert same(values, [400, NAN, 0, NAN])
    assert status == [published, Status.SUPPRESSED, published, Status.NOT_AVAILABLE]
    assert flags == [0, FLAG_HIGH_NON_RESPONSE, 0, FLAG_NO_ROW], "short form: 30 % in the second"
    values, status, flags = row(profile, "renters")
    assert same(values, [120, 80, NAN, NAN])
    assert flags[1] == FLAG_USE_WITH_CAUTION | FLAG_HIGH_NON_RESPONSE
    assert row(profile, "renters_again")[0][:2] == [120, 80]
    assert row(profile, "renter_rate")[1][1] is Status.UNRELIABLE
    assert row(profile, "women")[1][2] is Status.NOT_APPLICABLE
    place = profile.variables.index("renters")
    assert same(profile.low[place].tolist(), [100, NAN, NAN, NAN])
    assert same(profile.high[place].tolist(), [140, NAN, NAN, NAN])


def test_a_value_stands_exactly_where_its_status_says_so(pack: Pack) -> None:
    for table in pack.release_tables.values():
        stated = np.array([status.has_value for status in STATUS_ORDER])[table.status]
        assert np.array_equal(np.isfinite(table.values), stated)


def test_a_characteristic_that_the_file_lacks_is_no_variable(pack: Pack) -> None:
    assert "nowhere" not in pack.release_tables["profile_2021", "area:2021"].variables
    assert pack.report["releases"][1]["variables_absent"] == ["nowhere"]


def test_a_missing_optional_source_leaves_its_indicators_not_loaded(
    village: Path, build: Build
) -> None:
    path = village / "sources" / "profile_1.csv"
    path.unlink()
    pack = open_pack(build().folder)
    assert ("profile_2021", "area:2021") not in pack.release_tables
    assert pack.report["not_loaded"] == [
        {"indicator": "renters", "missing": ["renters"], "filled_by": ["profile"]}
    ]
    missing = [one for one in pack.report["sources"] if one["status"] == "missing"]
    assert [one["source"] for one in missing] == ["profile"]
    assert "profile" not in pack.loaded_sources


def test_blocks_tell_where_people_live(pack: Pack) -> None:
    assert pack.blocks is not None
    assert pack.blocks.people.tolist() == [100, 0] * 4
    assert pack.blocks.dwellings.tolist() == [10] * 8
    assert pack.blocks.unit_position["area:2021"].tolist() == [0, 0, 1, 1, 2, 2, 3, 3]


def test_overlaps_say_what_they_are_weighted_by(pack: Pack, build: Build) -> None:
    table = pack.overlaps["area:2021", "quarter:2020"]
    assert table.weight == "people"
    strip = (table.from_position == 2) & (table.to_position == 1)
    assert table.share_surface[strip] == pytest.approx([0.05], rel=1e-4)
    assert table.share_weight[strip] == pytest.approx([0.05], rel=1e-4)
    without = RECIPE.replace("blocks = ", "# blocks = ").replace("block_people", "# block_people")
    alone = open_pack(build(without, out="bare").folder)
    assert alone.blocks is None
    assert alone.overlaps["area:2021", "quarter:2020"].weight == "surface"


def test_places_have_the_first_category_that_fits(pack: Pack) -> None:
    halls = pack.place_tables["halls"]
    assert halls.names == ("Gymnase", "Salle double", "Remise")
    assert halls.categories == ("gym", "any", "")
    assert halls.x == pytest.approx([300_500.0] * 3, abs=0.01)
    assert pack.report["places"][0]["without_category"] == 1


def test_a_label_is_compared_with_the_position_whatever_its_case(pack: Pack) -> None:
    labels = pack.report["places"][0]["labels"]
    assert (labels["labelled"], labels["contradicted"]) == (2, 1)
    assert labels["list"] == [{"place": "Salle double", "label": "NORD", "lies_in": "Sud – L’Île"}]


def test_dissolved_areas_are_unions_with_a_given_name(build: Build) -> None:
    recipe = RECIPE.replace(
        '[[boundaries]]\narea_type = "quarter"\nvintage = "2020"\nsource = "quarters"\ncode = "id"\nname = "nom"\n',
        '[[boundaries]]\narea_type = "quarter"\nvintage = "2020"\nsource = "areas"\ncode = "code"\n'
        'dissolve_by = { column = "code", pattern = \'^(2466)\' }\nfixed_names = { "2466" = "Tout" }\n',
    )
    assert "dissolve_by" in recipe
    table = open_pack(build(recipe).folder).area_tables["quarter:2020"]
    assert (table.codes, table.names_fr) == (("2466",), ("Tout",))
    assert table.surface_m2 == pytest.approx([4e6], rel=1e-6)
