"""The real Montréal, from its publishers' files: what a build must find there."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import geopandas
import numpy as np
import pytest

from courtepointe.atlas.pack.open import open_pack
from courtepointe.atlas.pack.values import FLAG_NO_ROW, Pack
from courtepointe.atlas.recipe.read import read_recipe
from courtepointe.core.streets import WALKERS, nearest, pieces, starts_at, walk
from courtepointe.formats.streets import read_streets

pytestmark = pytest.mark.shared

TRACTS = "census_tract:2021"
LISTED = {
    *(1, 6, 9, 13, 24, 37, 50, 51, 57, 97, 243, 345, *range(393, 399), 1414, 1416, 1451, 1465),
    *(1467, 1485, 1493, 1491, 1494, 1527, 1529, 1536, 1684, 1998, 1999, 2014, 2024, 2230),
}
"""Every characteristic that the publishers' list names."""


@pytest.fixture(scope="module")
def pack(montreal_pack: Path) -> Pack:
    return open_pack(montreal_pack)


def told(pack: Pack, release: str) -> dict[str, object]:
    found = [one for one in pack.report["releases"] if one["release"] == release]
    assert len(found) == 1
    whole: dict[str, object] = found[0]
    return whole


def test_the_divisions_are_complete(pack: Pack) -> None:
    counted = {where: len(table) for where, table in pack.area_tables.items()}
    assert counted == {
        "municipality:2021": 1,
        "arrondissement:2018": 34,
        "quartier_sociologique:2014": 32,
        "quartier_reference:2020": 91,
        TRACTS: 1004,
    }


def test_codes_and_names_are_the_stewards_own(pack: Pack) -> None:
    boroughs = pack.area_tables["arrondissement:2018"]
    assert boroughs.names_fr[boroughs.codes.index("REM19")] == "Ville-Marie"
    assert "66112" in boroughs.codes, "linked cities are there"
    assert pack.area_tables["municipality:2021"].codes == ("2466023",)
    assert pack.area_tables["municipality:2021"].names_fr == ("Montréal",)
    reference = pack.area_tables["quartier_reference:2020"]
    assert {"60A", "60B", "60C"} <= set(reference.codes)
    assert "Rivière-des-Prairies–Pointe-aux-Trembles" in reference.properties["arrondissement"]
    tracts = pack.area_tables[TRACTS]
    assert tracts.codes[0] == "4620001.00", "the zeros of a code are kept"
    assert tracts.dguids[0] == "2021S05074620001.00"


def test_parents_are_found(pack: Pack) -> None:
    boroughs = pack.area_tables["arrondissement:2018"]
    inside = Counter(boroughs.parents)
    assert inside == {"municipality:2021:2466023": 19, "": 15}
    assert "" not in pack.area_tables["quartier_reference:2020"].parents


def test_all_rows_of_the_region_join_and_all_others_are_counted(pack: Pack) -> None:
    srqc = told(pack, "srqc_2021")
    assert (srqc["rows"], srqc["blank_rows"]) == (1374, 871)
    assert (srqc["matched"], srqc["out_of_area"], srqc["units"]) == (986, 388, 1004)
    without = srqc["units_without_row"]
    assert isinstance(without, list) and len(without) == 18
    assert "4620014.02" in without
    table = pack.release_tables["srqc_2021", TRACTS]
    flagged = (table.flags[0] & FLAG_NO_ROW) > 0
    codes = np.array(pack.area_tables[TRACTS].codes)
    assert codes[flagged].tolist() == without


def test_the_citys_people_are_counted_two_ways(pack: Pack) -> None:
    city = pack.release_tables["city_tracts_2021", TRACTS]
    people = city.values[city.variables.index("population")]
    assert told(pack, "city_tracts_2021")["matched"] == 485
    assert np.nansum(people) == 1_762_949
    srqc = pack.release_tables["srqc_2021", TRACTS]
    ages = srqc.values[srqc.variables.index("population_age_total")]
    of_city = np.isfinite(people)
    assert np.nansum(ages[of_city]) == 1_762_825
    assert int(np.isnan(ages[of_city]).sum()) == 10
    gap = pack.recipe.reconciliations[0]
    assert (gap.indicator, gap.against) == ("population", "population_age_total")


def test_unrounded_counts_come_first_and_census_cells_are_declared_rounded(pack: Pack) -> None:
    releases = [one.code for one in pack.recipe.releases]
    assert releases[0] == "city_tracts_2021"
    assert all(one.rounded_to == 0 for one in pack.recipe.releases[0].variables)
    by_code = {one.code: one for one in pack.recipe.releases[1].variables}
    assert by_code["population_age_total"].rounded_to == 5
    assert not by_code["population_age_total"].sampled
    assert by_code["households_renter"].sampled
    assert by_code["median_household_income"].rounded_to == 0


def test_every_repair_is_reported_with_its_area(pack: Pack) -> None:
    repairs = {
        one["area"]: [repair["code"] for repair in one["repairs"]]
        for one in pack.report["boundaries"]
        if one["repairs"]
    }
    assert repairs == {
        "quartier_sociologique:2014": ["23"],
        "quartier_reference:2020": ["07", "39", "36", "85", "89", "60A"],
        TRACTS: ["4620732.04"],
    }
    for one in pack.report["boundaries"]:
        for repair in one["repairs"]:
            assert repair["m2_after"] == pytest.approx(repair["m2_before"], rel=1e-4)
            assert repair["reason"]


def test_overlaps_are_reported_and_settled(pack: Pack) -> None:
    quarters = next(
        one for one in pack.report["boundaries"] if one["area"] == "quartier_sociologique:2014"
    )
    assert quarters["overlaps"]["pairs"] == 5
    assert quarters["overlaps"]["share_of_surface"] == pytest.approx(0.0017, abs=0.0001)
    shapes = pack.division_shapes["quartier_sociologique:2014"]
    assert len(shapes) == 32
    whole = sum(shape.area for shape in pack.area_tables["quartier_sociologique:2014"].shapes)
    settled = sum(shape.area for shape in shapes)
    assert whole - settled == pytest.approx(quarters["overlaps"]["m2"], rel=1e-3)


def test_true_limits_replace_simplified_ones(pack: Pack) -> None:
    tracts = [one for one in pack.report["boundaries"] if one["area"] == TRACTS]
    assert [one.get("replaced") for one in tracts] == [None, 485]
    assert tracts[0]["replaced_later"]


def test_labels_that_contradict_the_position_are_counted(pack: Pack) -> None:
    cooling = next(one for one in pack.report["places"] if one["layer"] == "cooling_places")
    assert cooling["labels"]["labelled"] == 188
    assert cooling["labels"]["contradicted"] == 60
    outremont = cooling["labels"]["list"][0]
    assert outremont == {
        "place": "Aréna d'Outremont",
        "label": "Lachine",
        "lies_in": "Outremont",
    }


def test_places_are_categorised(pack: Pack) -> None:
    counted = {one["layer"]: one["places"] for one in pack.report["places"]}
    assert counted == {
        "points_of_interest": 3231,
        "cooling_places": 188,
        "outdoor_facilities": 3403,
        "food_stores": 354,
    }
    categories = Counter(pack.place_tables["cooling_places"].categories)
    assert categories["library"] == 33
    stores = Counter(pack.place_tables["food_stores"].categories)
    assert stores == {"supermarket": 311, "grocery": 43}


def test_the_streets_of_three_boroughs_are_of_one_piece(pack: Pack, montreal_files: Path) -> None:
    told = pack.report["streets"]
    assert (told["edges"], told["nodes"], told["pieces"]) == (3_399, 2_078, 1)
    assert round(told["km"], 1) == round(told["largest_piece_km"], 1) == 386.8
    assert (told["stairs"], told["slopes"], told["n_repeated"]) == (None, None, 0)
    assert pack.streets is not None
    kept = pack.streets.streets
    assert (kept.n_edges, len(pieces(kept))) == (3_399, 1)
    # The pack's graph is the file's own: every minute to a hub at the first crossing is the same.
    read = read_streets(montreal_files / "network" / "DonneesMTL.gpkg", to_crs="EPSG:32188").streets
    found = [
        nearest(one, walk(one, WALKERS[0]), starts_at(one, np.array([one.place()[0]])))
        for one in (kept, read)
    ]
    assert np.array_equal(found[0].minutes, found[1].minutes)
    assert np.isfinite(found[0].minutes).all()
    source = next(one for one in pack.recipe.sources if one.code == pack.streets.source)
    assert (source.licence, source.date_published) == ("cc_by_sa_4", "2024")


def test_every_file_is_of_a_known_edition(pack: Pack) -> None:
    editions = {code: one["edition"] for code, one in pack.loaded_sources.items()}
    assert set(editions.values()) == {"known"}
    assert len(editions) == 11


def test_every_listed_characteristic_is_declared(root: Path) -> None:
    recipe = read_recipe(root / "recipes" / "montreal.toml")
    for code in ("census_profile_2021_ct", "census_profile_2021_da"):
        release = next(one for one in recipe.releases if one.code == code)
        assert {one.characteristic for one in release.variables} >= LISTED
        used = {v for one in recipe.indicators for v in (*one.variables(), one.published)}
        listed = {one.code for one in release.variables if one.characteristic in LISTED}
        assert listed <= used, "each of them is shown by an indicator"


def test_what_the_files_lack_is_not_loaded_and_names_the_file(pack: Pack) -> None:
    lacking = {one["indicator"]: one["filled_by"] for one in pack.report["not_loaded"]}
    filled = ["census_profile_ct", "census_profile_da"]
    for code in ("immigrants_share", "no_diploma_share", "core_need_tenant_share",
                 "mother_tongue_non_official_share", "unemployment_rate"):  # fmt: skip
        assert lacking[code] == filled
    for code in ("population", "median_household_income", "low_income_lim_at_share",
                 "renter_share", "rent_median", "places_cooling"):  # fmt: skip
        assert code not in lacking


def test_overlaps_between_divisions_say_they_rest_on_surface(pack: Pack) -> None:
    assert {one["weight"] for one in pack.report["overlaps"]} == {"surface"}
    table = pack.overlaps["quartier_reference:2020", "arrondissement:2018"]
    shares = np.bincount(table.from_position, table.share_surface)
    assert len(shares) == 91
    assert np.all(shares <= 1.0 + 1e-6) and np.all(shares > 0.9)


def test_a_gis_opens_the_areas(montreal_pack: Path) -> None:
    file = montreal_pack / "areas" / "quartier_sociologique@2014.parquet"
    quarters = geopandas.read_parquet(file)
    assert quarters.crs.to_epsg() == 4326
    assert quarters.geometry.is_valid.all()
    assert quarters["name_fr"].is_unique
    assert quarters.set_index("code").loc["1", "table_de_quartier"] == "Solidarité Ahuntsic"


def test_the_credits_travel_with_the_pack(montreal_pack: Path) -> None:
    text = (montreal_pack / "README.txt").read_text(encoding="utf-8")
    for credit in (
        "Ville de Montréal, CC BY 4.0",
        "Statistique Canada",
        "OpenStreetMap",
        "Apparicio",
    ):
        assert credit in text
    whole = json.loads((montreal_pack / "datapackage.json").read_text(encoding="utf-8"))
    assert {one["name"] for one in whole["licenses"]} == {
        "cc_by_4",
        "statcan_open",
        "odbl",
        "cc_by_sa_4",
    }
    assert "/" not in whole["courtepointe"]["loaded_sources"]["srqc_2021"]["file"][:1]
