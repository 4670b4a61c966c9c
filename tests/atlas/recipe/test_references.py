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
