"""Every name in a recipe leads somewhere, and every rule has what it needs."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.support.village import RECIPE

from courtepointe.atlas.recipe.read import read_recipe
from courtepointe.core.errors import BadInput
from courtepointe.doors.words import sentence

WRONG = {
    "source licence": ['licence = "open"', 'licence = "closed"', "licence"],
    "steward": ['steward = "commune"', 'steward = "nobody"', "steward"],
    "boundary type": ['area_type = "quarter"', 'area_type = "ward"', "area_type"],
    "boundary source": ['source = "quarters"', 'source = "wards"', "source"],
    "parent": ['parent = "quarter:2020"', 'parent = "quarter:1999"', "parent"],
    "release source": ['source = "counts"', 'source = "accounts"', "source"],
    "release area": ['area = "area:2021"\nkey', 'area = "area:2016"\nkey', "area"],
    "level": ['"2021S0512" = "area:2021"', '"2021S0512" = "da:2021"', "levels.2021S0512"],
    "section": ['section = "all"', 'section = "some"', "section"],
    "universe": ['universe = "people"', 'universe = "cats"', "universe"],
    "variable": ['numerator = ["population"]', 'numerator = ["people"]', "variables"],
    "published": ['numerator = ["population"]',
                  'numerator = ["population"]\npublished = "people"', "published"],
    "section indicator": ['indicators = ["population", "renters"]',
                          'indicators = ["population", "owners"]', "indicators"],
    "map": ['indicators = ["population", "renters"]',
            'indicators = ["population"]\nmap_indicator = "x"', "map_indicator"],
    "place source": ['source = "halls"', 'source = "rooms"', "source"],
    "borough": ['borough_type = "quarter:2020"', 'borough_type = "ward:2020"', "borough_type"],
    "overlap": ['from = "area:2021"', 'from = "area:2016"', "from"],
    "fit unit": ['units = ["area:2021"]', 'units = ["area:2016"]', "units"],
    "fit people": ['people = "population"', 'people = "humans"', "people"],
    "blocks": ['blocks = "block:2021"', 'blocks = "block:2016"', "blocks"],
    "home": ['home = "quarter:2020"', 'home = "quarter:2021"', "home"],
}  # fmt: skip


@pytest.mark.parametrize("name", list(WRONG))
def test_a_name_that_leads_nowhere_is_refused(tmp_path: Path, name: str) -> None:
    old, new, key = WRONG[name]
    assert old in RECIPE
    error = refused(tmp_path, RECIPE.replace(old, new, 1))
    assert error.code == "recipe_dangling"
    assert error.facts["key"] == key
    assert error.facts["expected"]
    assert str(error.facts["value"]) in sentence(error, lang="fr")


@pytest.mark.parametrize(
    ["old", "new", "key"],
    [
        ['kind = "community"', 'kind = "cosy"', "kind"],
        ['reader = "table"', 'reader = "chart"', "reader"],
        ['weight = "people"', 'weight = "gold"', "weight"],
        ['aggregation = "sum"', 'aggregation = "product"', "aggregation"],
        ['sex = "women"', 'sex = "all"', "sex"],
        ['column = "rate"', 'column = "percent"', "column"],
        ['out_of_area = "^99"', 'out_of_area = "^(99"', "out_of_area"],
        [r"pattern = '^(\d{8})'", r"pattern = '^\d{8}'", "key.pattern"],
        ['source = "areas"\ncode', 'source = "areas"\nreplaces = true\ncode', "replaces"],
    ],
)
def test_a_word_out_of_its_list_is_refused(tmp_path: Path, old: str, new: str, key: str) -> None:
    assert old in RECIPE
    error = refused(tmp_path, RECIPE.replace(old, new, 1))
    assert error.code == "recipe_wrong_value"
    assert error.facts["key"] == key


@pytest.mark.parametrize(
    ["old", "new", "key"],
    [
        ['numerator = ["population"]', "", "numerator"],
        ['levels = { "2021S0512" = "area:2021" }', "", "levels"],
        ['area = "area:2021"\nkey', "key", "area"],
        ['latitude = "lat"\n', "", "longitude or latitude"],
        ['borough_type = "quarter:2020"\n', "", "borough_column or borough_type"],
        ['column = "people" }', 'column = "people", derive = "1" }', "column"],
        ["characteristic = 1, ", "", "characteristic"],
        ['files = ["areas.geojson"]', "files = []", "files"],
    ],
)
def test_a_rule_without_what_it_needs_is_refused(
    tmp_path: Path, old: str, new: str, key: str
) -> None:
    assert old in RECIPE
    error = refused(tmp_path, RECIPE.replace(old, new, 1))
    assert error.code == "recipe_missing_key"
    assert error.facts["key"] == key


@pytest.mark.parametrize(
    ["old", "new"],
    [
        ['code = "quarters"', 'code = "areas"'],
        ['code = "renters"\nsection', 'code = "population"\nsection'],
        ['code = "renter_rate"', 'code = "renters"'],
        ['code = "block"\n', 'code = "area"\n'],
    ],
)
def test_a_code_twice_is_refused(tmp_path: Path, old: str, new: str) -> None:
    assert old in RECIPE
    assert refused(tmp_path, RECIPE.replace(old, new, 1)).code == "recipe_duplicate"


def refused(folder: Path, text: str) -> BadInput:
    path = folder / "village.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadInput) as caught:
        read_recipe(path)
    return caught.value


BANDED = """
[[indicators]]
code = "spread"
section = "all"
label = { fr = "Étendue", en = "Spread" }
universe = "people"
measure = "ratio"
unit = "ratio"
aggregation = "quantile_ratio"
q = 0.8
q_below = 0.2
bands = [{ variable = "population", to = 10 }, { variable = "renters", from = 10 }]

[[indicators]]
code = "fifth"
section = "all"
label = { fr = "Premier quintile", en = "First quintile" }
universe = "people"
measure = "quantile"
unit = "cad"
aggregation = "quantile"
q = 0.2
bands_of = "spread"
"""


def test_bands_are_shared_by_name(tmp_path: Path) -> None:
    path = tmp_path / "recipe.toml"
    path.write_text(RECIPE + BANDED, encoding="utf-8")
    spread, fifth = read_recipe(path).indicators[-2:]
    assert [band.variable for band in fifth.bands] == ["population", "renters"]
    assert fifth.bands == spread.bands
    assert (spread.q, spread.q_below, fifth.q_below) == (0.8, 0.2, None)


@pytest.mark.parametrize(
    ["old", "new", "code", "key"],
    [
        ["q_below = 0.2", "q_below = 0.8", "recipe_wrong_value", "q_below"],
        ["q_below = 0.2", "", "recipe_missing_key", "q_below"],
        ["q_below = 0.2", "q_below = 0.0", "recipe_wrong_value", "q_below"],
        ["q = 0.8", "q = 1.0", "recipe_wrong_value", "q"],
        ["q = 0.2\nbands_of", "bands_of", "recipe_missing_key", "q"],
        ["q = 0.2\nbands_of", "q = 0.5\nq_below = 0.2\nbands_of", "recipe_wrong_value", "q_below"],
        ['bands_of = "spread"', 'bands_of = "renters"', "recipe_dangling", "bands_of"],
        ['bands_of = "spread"', 'bands_of = "spread"\nbands = [{ variable = "renters", to = 1 }]',
         "recipe_wrong_value", "bands_of"],
        ['bands_of = "spread"', "", "recipe_missing_key", "bands"],
        ["from = 10", "from = 12", "recipe_wrong_value", "bands"],
        ["from = 10", "from = 10, to = 5", "recipe_wrong_value", "bands"],
        ['"renters", from', '"population", from', "recipe_duplicate", "variable"],
        ["q_below = 0.2", "q_below = 0.2\ndesign_factor = -1", "recipe_wrong_value", "design_factor"],
    ],
)  # fmt: skip
def test_bands_and_quantiles_that_cannot_be_are_refused(
    tmp_path: Path, old: str, new: str, code: str, key: str
) -> None:
    assert old in BANDED
    error = refused(tmp_path, RECIPE + BANDED.replace(old, new, 1))
    assert (error.code, error.facts["key"]) == (code, key)
    assert sentence(error, lang="fr")


def test_a_quantile_has_no_place_in_a_sum(tmp_path: Path) -> None:
    error = refused(
        tmp_path, RECIPE.replace('aggregation = "sum"', 'aggregation = "sum"\nq = 0.2', 1)
    )
    assert (error.code, error.facts["key"]) == ("recipe_wrong_value", "q")


def test_a_custom_tabulation_is_a_table_for_one_type(tmp_path: Path) -> None:
    path = tmp_path / "recipe.toml"
    table = 'reader = "table"\ncustom_tabulation = true'
    path.write_text(RECIPE.replace('reader = "table"', table, 1), encoding="utf-8")
    assert any(release.custom_tabulation for release in read_recipe(path).releases)
    profile = 'reader = "census_profile"\ncustom_tabulation = true'
    assert 'reader = "census_profile"' in RECIPE
    error = refused(tmp_path, RECIPE.replace('reader = "census_profile"', profile, 1))
    assert (error.code, error.facts["key"]) == ("recipe_wrong_value", "custom_tabulation")
    held = f'{table}\nprotection = {{ least = 5, shown_on = ["area:2021"] }}'
    error = refused(tmp_path, RECIPE.replace('reader = "table"', held, 1))
    assert (error.code, error.facts["key"]) == ("recipe_wrong_value", "protection")
