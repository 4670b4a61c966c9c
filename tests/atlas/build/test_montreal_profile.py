"""The real Montréal, once the publisher's whole Census Profile is given: what it fills, and how.

The boundaries and the City's counts are the real ones; the profile has the publisher's form and
invented numbers, so that every figure can be told from the extract that it takes precedence over.
"""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from tests.support import montreal_profile as given

from courtepointe.atlas.build.report import not_loaded, without_areas
from courtepointe.atlas.build.sources import FoundSource, matching_files
from courtepointe.atlas.recipe.read import read_recipe
from courtepointe.doors.cli.main import courtepointe

pytestmark = pytest.mark.shared

ROOT = Path(__file__).resolve().parents[3]
RECIPE = ROOT / "recipes" / "montreal.toml"
PROFILE, DISSEMINATION = "census_profile_2021_ct", "census_profile_2021_da"
EVERYONE = 1_762_949
QUARTER = "quartier_sociologique:2014:9"
CITY = "municipality:2021:2466023"
Z95 = 1.959963984540054

Figures = dict[str, dict[str, Any]]


@dataclass(frozen=True)
class Edition:
    """A pack built with one edition of the profile, and what the build said."""

    pack: Path
    said: str


@pytest.fixture(scope="module")
def codes(montreal_files: Path) -> tuple[str, ...]:
    """Give the region's tracts in the order of the boundary file."""
    shapes = json.loads((montreal_files / "boundaries" / "qc-cma-montreal.geojson").read_text())
    found = tuple(feature["properties"]["CTUID"] for feature in shapes["features"])
    assert len(found) == 1004
    assert {given.CLEAN, given.ODD} <= set(found)
    return found


@pytest.fixture(scope="module")
def editions(
    montreal_files: Path, codes: tuple[str, ...], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Edition]:
    """Build side by side: in English with intervals, and in French, zipped, without."""
    releases = {release.code: release for release in read_recipe(RECIPE).releases}
    wanted = {one.characteristic or 0 for one in releases[PROFILE].variables} | given.LISTED
    builds = {}
    for edition, write in (("intervals", _intervals), ("plain", _plain)):
        folder = tmp_path_factory.mktemp(edition)
        census = _linked(montreal_files, folder / "sources")
        write(census, codes, wanted)
        builds[edition] = (folder / "pack", _building(folder))
    return {edition: _built(pack, process) for edition, (pack, process) in builds.items()}


def _linked(files: Path, folder: Path) -> Path:
    (folder / "census").mkdir(parents=True)
    for name in ("boundaries", "places"):
        (folder / name).symlink_to(files / name, target_is_directory=True)
    (folder / "census" / "SRQC2021.csv").symlink_to(files / "census" / "SRQC2021.csv")
    return folder / "census"


def _intervals(census: Path, codes: tuple[str, ...], wanted: set[int]) -> None:
    lines = given.profile_lines(codes, wanted, intervals=True)
    (census / "98-401-X2021007_English_CSV_data.csv").write_bytes(given.as_bytes(lines))


def _plain(census: Path, codes: tuple[str, ...], wanted: set[int]) -> None:
    """Zip the French edition, and add the province's dissemination areas: nothing draws them."""
    data = given.as_bytes(given.profile_lines(codes, wanted, lang="fr", intervals=False))
    name = "98-401-X2021007_Francais"
    given.write_zip(census / "98-401-X2021007_fra_CSV.zip", data, name=name)
    areas = given.area_lines(["24660001", "24660002", "24230001"], wanted)
    name = "98-401-X2021006_English_CSV_data_Quebec.csv"
    (census / name).write_bytes(given.as_bytes(areas))
    (census / "98-401-X2021006_Geo_starting_row_Quebec.CSV").write_bytes(b'"Geo Code"\r\n')


def _building(folder: Path) -> subprocess.Popen[str]:
    command = str(Path(sys.executable).with_name("courtepointe"))
    words = [command, "atlas", "build", str(RECIPE), "--sources", str(folder / "sources")]
    return subprocess.Popen(
        [*words, "--out", str(folder / "pack"), "--lang", "en"],
        cwd=ROOT,
        env=dict(os.environ),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def _built(pack: Path, process: subprocess.Popen[str]) -> Edition:
    with process:
        said, _ = process.communicate()
    assert process.returncode == 0, said
    return Edition(pack, said)


Show = Callable[..., dict[str, Any]]


@pytest.fixture(scope="module")
def show(editions: dict[str, Edition]) -> Show:
    """Ask for a portrait as a person would at the command line."""

    @cache
    def ask(edition: str, *words: str) -> dict[str, Any]:
        pack = str(editions[edition].pack)
        told = CliRunner().invoke(courtepointe, ["atlas", "show", pack, "--json", *words])
        assert told.exit_code == 0, told.output
        whole: dict[str, Any] = json.loads(told.output)
        return whole

    return ask


def figures(portrait: dict[str, Any]) -> Figures:
    return {figure["indicator"]: figure for figure in portrait["figures"]}


def places_in(portrait: dict[str, Any], codes: tuple[str, ...]) -> list[int]:
    """Give the positions of the units that an area is made of, whole ones only."""
    units = portrait["fit"]["units"]
    assert all(unit["share"] == 1.0 for unit in units)
    return [codes.index(unit["code"]) for unit in units]


def summed(characteristic: int, places: list[int]) -> float:
    return sum(given.value_of(characteristic, place) for place in places)


def test_every_listed_characteristic_is_declared() -> None:
    releases = {release.code: release for release in read_recipe(RECIPE).releases}
    for code in (PROFILE, DISSEMINATION):
        declared = {variable.characteristic for variable in releases[code].variables}
        assert declared >= given.LISTED


@pytest.mark.parametrize("edition", ["intervals", "plain"])
def test_all_tracts_of_the_region_join(editions: dict[str, Edition], edition: str) -> None:
    said = editions[edition].said
    assert f"{PROFILE} on census_tract:2021: 1\u202f004 rows matched, 30 out of area" in said
    assert "Indicators not loaded" not in said


@pytest.mark.parametrize("edition", ["intervals", "plain"])
@pytest.mark.parametrize("area", [f"census_tract:2021:{given.CLEAN}", QUARTER, CITY])
def test_nothing_waits_for_a_file_any_more(show: Show, edition: str, area: str) -> None:
    found = figures(show(edition, "--area", area))
    assert {code for code, one in found.items() if one["status"] == "not_loaded"} == set()
    silent = {code for code, one in found.items() if one["value"] is None and one["low"] is None}
    assert silent == set()


@pytest.mark.parametrize(
    ("indicator", "characteristic"),
    [
        ("low_income_lim_at_share", 345),
        ("core_need_owner_share", 1485),
        ("core_need_tenant_share", 1493),
        ("unemployment_rate", 2230),
    ],
)
def test_a_tract_shows_the_rate_that_is_published(
    show: Show, codes: tuple[str, ...], indicator: str, characteristic: int
) -> None:
    place = codes.index(given.CLEAN)
    value = given.value_of(characteristic, place)
    area = f"census_tract:2021:{given.CLEAN}"
    found = figures(show("intervals", "--area", area))[indicator]
    assert (found["value"], found["status"], found["method"]) == (value, "published", "published")
    assert (found["low"], found["high"]) == pytest.approx((max(value - 1.5, 0), value + 1.5))
    assert (found["uncertainty"], found["release"]) == ("sampling", PROFILE)
    without = figures(show("plain", "--area", area))[indicator]
    assert without["value"] == value
    if characteristic == 345:
        assert without["uncertainty"] == "rounding", "asked of everyone, rounded"
    else:
        assert (without["low"], without["uncertainty"]) == (None, "unknown")


def test_a_quarter_combines_the_intervals_of_its_tracts(show: Show, codes: tuple[str, ...]) -> None:
    portrait = show("intervals", "--area", QUARTER)
    places = places_in(portrait, codes)
    kept = [place for place in places if not given.suppressed(place)]
    assert len(kept) >= 10
    found = figures(portrait)
    top, base = summed(1529, kept), summed(1527, kept)
    # The same half widths stand at the numerator and at the denominator: z² V is their squares' sum.
    sampled = sum((given.half_width(1529, place) or 0.0) ** 2 for place in kept)
    rounded = (Z95 * 2.0) ** 2 * len(kept)
    count = found["immigrants"]
    assert (count["value"], count["status"]) == (top, "aggregated")
    assert count["high"] - count["value"] == pytest.approx(math.sqrt(sampled + rounded))
    assert count["uncertainty"] == "sampling_and_rounding"
    part = top / base
    half = math.sqrt(sampled * (1 - part**2) + rounded * (1 + part**2)) / base
    share = found["immigrants_share"]
    assert (share["numerator"], share["denominator"]) == (top, base)
    assert share["value"] == pytest.approx(100 * part)
    assert share["low"] == pytest.approx(100 * (part - half))
    assert share["high"] == pytest.approx(100 * (part + half))
    assert share["uncertainty"] == "sampling_and_rounding"


def test_the_words_of_uncertainty_say_what_was_given(show: Show) -> None:
    sampled = {
        edition: figures(show(edition, "--area", QUARTER)) for edition in ("intervals", "plain")
    }
    assert sampled["plain"]["immigrants_share"]["uncertainty"] == "unknown"
    assert sampled["plain"]["immigrants_share"]["low"] is None
    for found in sampled.values():
        assert found["mother_tongue_french"]["uncertainty"] == "rounding"
        assert found["mother_tongue_french"]["low"] is not None
        assert found["population"]["uncertainty"] == "none"


def test_rates_of_a_quarter_are_made_of_sums_or_weighed(show: Show, codes: tuple[str, ...]) -> None:
    portrait = show("intervals", "--area", QUARTER)
    kept = [place for place in places_in(portrait, codes) if not given.suppressed(place)]
    found = figures(portrait)
    low_income = 100 * summed(340, kept) / summed(335, kept)
    assert found["low_income_lim_at_share"]["value"] == pytest.approx(low_income)
    jobless = 100 * summed(2226, kept) / summed(2224, kept)
    assert found["unemployment_rate"]["value"] == pytest.approx(jobless)
    weights = [given.value_of(1490, place) for place in kept]
    rates = [given.value_of(1493, place) for place in kept]
    tenants = sum(w * r for w, r in zip(weights, rates, strict=True)) / sum(weights)
    assert found["core_need_tenant_share"]["method"] == "weighted_mean"
    assert found["core_need_tenant_share"]["value"] == pytest.approx(tenants)


def test_medians_come_from_bands_where_there_are_some_else_as_a_range(
    show: Show, codes: tuple[str, ...]
) -> None:
    portrait = show("intervals", "--area", QUARTER)
    kept = [place for place in places_in(portrait, codes) if not given.suppressed(place)]
    found = figures(portrait)
    income, rent = found["median_household_income"], found["rent_median"]
    assert income["method"] == "median_from_bands"
    assert income["low"] < income["value"] < income["high"]
    rents = [given.value_of(1494, place) for place in kept]
    assert (rent["method"], rent["value"]) == ("range_of_medians", None)
    assert (rent["low"], rent["high"]) == (min(rents), max(rents))
    tract = figures(show("intervals", "--area", f"census_tract:2021:{given.CLEAN}"))
    published = given.value_of(243, codes.index(given.CLEAN))
    assert tract["median_household_income"]["value"] == published
    assert tract["median_household_income"]["method"] == "published"


@pytest.mark.parametrize("edition", ["intervals", "plain"])
def test_symbols_are_carried_with_their_meaning(show: Show, edition: str) -> None:
    found = figures(show(edition, "--area", f"census_tract:2021:{given.ODD}"))
    silent = {
        "unemployment_rate": "unreliable",
        "subsidized_share": "not_available",
        "core_need_tenant_share": "not_applicable",
    }
    told = {code: (found[code]["status"], found[code]["value"]) for code in silent}
    assert told == {code: (status, None) for code, status in silent.items()}
    assert found["immigrants"]["cautions"] == ["use_with_caution"]
    assert found["visible_minority"]["cautions"] == ["revised"]
    assert found["immigrants"]["value"] is not None


def test_confidential_tracts_are_said_and_counted(show: Show, codes: tuple[str, ...]) -> None:
    city = show("intervals", "--area", CITY)
    hidden = [place for place in places_in(city, codes) if given.suppressed(place)]
    assert len(hidden) > 5
    share = figures(city)["mother_tongue_french"]
    assert share["missing"] == {"suppressed": len(hidden)}
    assert share["n_units_missing"] == len(hidden)
    assert 0.9 < share["coverage"] < 1.0
    tract = figures(show("intervals", "--area", f"census_tract:2021:{codes[hidden[0]]}"))
    own = tract["mother_tongue_french"]
    assert (own["value"], own["status"], own["low"]) == (None, "suppressed", None)


def test_the_profile_comes_before_the_extract_and_after_the_citys_counts(
    show: Show, codes: tuple[str, ...]
) -> None:
    place = codes.index(given.CLEAN)
    tract = figures(show("intervals", "--area", f"census_tract:2021:{given.CLEAN}"))
    for indicator, characteristic in (("households", 50), ("rent_mean", 1495)):
        assert tract[indicator]["release"] == PROFILE
        assert tract[indicator]["value"] == given.value_of(characteristic, place)
    assert tract["population"]["release"] == "city_tracts_2021"
    assert tract["population"]["value"] != given.value_of(1, place)
    renters = figures(show("intervals", "--area", QUARTER))["renter_share"]
    assert renters["release"] == PROFILE
    assert renters["uncertainty"] == "sampling_and_rounding", "the extract has no intervals"
    westmount = show("intervals", "--area", "arrondissement:2018:66032")
    people = figures(westmount)["population"]
    assert (people["release"], people["uncertainty"]) == (PROFILE, "none")
    assert people["value"] == summed(1, places_in(westmount, codes))


def test_the_citys_own_count_keeps_its_meaning_and_its_gaps(
    show: Show, codes: tuple[str, ...]
) -> None:
    city = show("intervals", "--area", CITY)
    assert figures(city)["population"]["value"] == EVERYONE
    gaps = {gap["code"]: gap for gap in city["gaps"]}
    ages = summed(8, [p for p in places_in(city, codes) if not given.suppressed(p)])
    two = gaps["population_two_ways"]
    assert (two["figure"]["value"], two["against"]["value"]) == (EVERYONE, ages)
    assert two["gap"] == EVERYONE - ages
    assert gaps["people_outside_division"]["gap"] == 0.0


def test_a_drawn_area_is_filled_too(show: Show, codes: tuple[str, ...], tmp_path: Path) -> None:
    ring = [[-73.60, 45.52], [-73.56, 45.52], [-73.56, 45.55], [-73.60, 45.55], [-73.60, 45.52]]
    drawn = tmp_path / "drawn.geojson"
    drawn.write_text(json.dumps({"type": "Polygon", "coordinates": [ring]}), encoding="utf-8")
    portrait = show("intervals", "--geojson", str(drawn))
    kept = [place for place in places_in(portrait, codes) if not given.suppressed(place)]
    assert len(kept) > 20
    found = figures(portrait)
    assert {code for code, one in found.items() if one["status"] == "not_loaded"} == set()
    graduates = 100 * summed(2024, kept) / summed(2014, kept)
    assert found["bachelor_25_64_share"]["value"] == pytest.approx(graduates)
    assert found["bachelor_25_64_share"]["uncertainty"] == "sampling_and_rounding"


def test_the_two_languages_and_the_two_layouts_say_the_same(show: Show) -> None:
    for area in (f"census_tract:2021:{given.ODD}", QUARTER):
        full, plain = (figures(show(one, "--area", area)) for one in ("intervals", "plain"))
        for code, figure in full.items():
            told = ("value", "status", "method", "missing", "cautions", "numerator", "release")
            assert {word: figure[word] for word in told} == {
                word: plain[code][word] for word in told
            }


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("census_profile_ct", "98-401-X2021007_eng_CSV.zip"),
        ("census_profile_ct", "98-401-X2021007CI_eng_CSV.zip"),
        ("census_profile_ct", "98-401-X2021007_English_CSV_data.csv"),
        ("census_profile_da", "98-401-X2021006_Quebec_eng_CSV.zip"),
        ("census_profile_da", "98-401-X2021006_Québec_fra_CSV.zip"),
        ("census_profile_da", "98-401-X2021006_English_CSV_data_Quebec.csv"),
    ],
)
def test_files_are_found_under_the_publishers_names(tmp_path: Path, source: str, name: str) -> None:
    wanted = next(one for one in read_recipe(RECIPE).sources if one.code == source)
    (tmp_path / "census").mkdir()
    (tmp_path / "census" / "98-401-X2021006_Geo_starting_row_Quebec.csv").touch()
    assert matching_files(wanted, tmp_path) == ()
    (tmp_path / "census" / name).touch()
    assert [path.name for path in matching_files(wanted, tmp_path)] == [name]


def test_values_that_no_boundary_draws_are_said_and_leave_the_rest(
    editions: dict[str, Edition], show: Show
) -> None:
    said = editions["plain"].said
    line = next(line for line in said.splitlines() if line.strip().startswith(DISSEMINATION))
    assert "file here, values not read" in line
    assert "dissemination_area:2021" in line and "aires_de_diffusion" in line
    assert DISSEMINATION not in editions["intervals"].said
    assert show("plain", "--area", QUARTER)["fit"]["unit_type"] == "census_tract:2021"


def test_limits_are_named_where_only_they_are_missing() -> None:
    recipe = read_recipe(RECIPE)
    source = next(one for one in recipe.sources if one.code == "census_profile_da")
    found = {source.code: FoundSource(source, ())}
    told = without_areas(recipe, found, {"census_tract:2021"})
    needs = ["aires_de_diffusion"]
    assert [(one["release"], one["needs"]) for one in told] == [(DISSEMINATION, needs)]
    assert without_areas(recipe, found, {"dissemination_area:2021"}) == []
    nothing: dict[str, Any] = {"releases": [], "places": []}
    waiting = {one["indicator"]: one for one in not_loaded(recipe, nothing, unplaced=told)}
    assert waiting["immigrants"]["filled_by"] == ["census_profile_ct", *needs]
