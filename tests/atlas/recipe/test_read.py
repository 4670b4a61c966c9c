"""A recipe is read strictly: each way to be wrong is refused by name."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.support.village import RECIPE

from courtepointe.atlas.figures import Measure
from courtepointe.atlas.recipe.read import read_recipe
from courtepointe.core.errors import BadInput, NotFound


def written(folder: Path, text: str = RECIPE) -> Path:
    path = folder / "village.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_recipe_becomes_frozen_values(tmp_path: Path) -> None:
    recipe = read_recipe(written(tmp_path))
    assert recipe.code == "village"
    assert recipe.name.in_("fr") == "Village"
    assert [one.code for one in recipe.sources][:2] == ["areas", "quarters"]
    assert recipe.boundaries[1].type_and_vintage == "area:2021"
    assert recipe.boundaries[1].code.column == "code"
    assert recipe.releases[0].key is not None
    assert recipe.releases[0].key.pattern == r"^(\d{8})"
    assert recipe.releases[0].variables[1].rounded_to == 5
    assert recipe.indicators[0].measure is Measure.COUNT
    assert recipe.indicators[0].scale == 1.0
    assert recipe.overlaps[0].from_ == "area:2021"
    assert recipe.fit.block_unit == {"area:2021": "area"}
    assert recipe.text.strip() == RECIPE.strip()


@pytest.mark.parametrize(
    ["old", "new", "code", "facts"],
    [
        ['order = 30\n', 'order = 30\ncolour = "red"\n', "recipe_unknown_key",
         {"table": "area_types[1] (quarter)", "key": "colour", "value": "red"}],
        ['order = 30\n', '', "recipe_missing_key",
         {"table": "area_types[1] (quarter)", "key": "order", "expected": "a whole number"}],
        ['order = 30\n', 'order = "30"\n', "recipe_wrong_value",
         {"table": "area_types[1] (quarter)", "key": "order", "value": "30"}],
        ['order = 30\n', 'order = true\n', "recipe_wrong_value", {"key": "order", "value": True}],
        ['listed = false', 'listed = 0', "recipe_wrong_value", {"key": "listed", "value": 0}],
        ['measure = "count"', 'measure = "sum"', "recipe_wrong_value",
         {"key": "measure", "value": "sum"}],
        ['files = ["areas.geojson"]', 'files = "areas.geojson"', "recipe_wrong_value",
         {"table": "sources[1] (areas)", "key": "files"}],
        ['files = ["areas.geojson"]', 'files = [1]', "recipe_wrong_value", {"key": "files[1]"}],
        ['name = { fr = "Village", en = "Village" }', 'name = { fr = "Village" }',
         "recipe_missing_key", {"table": "name", "key": "en"}],
        ['name = { fr = "Village", en = "Village" }', 'name = "Village"',
         "recipe_wrong_value", {"key": "name", "value": "Village"}],
        ['home = "quarter:2020"', '', "recipe_missing_key",
         {"table": "top of the file", "key": "home"}],
        ['home = "quarter:2020"', 'home = "quarter:2020"\nhouse = 1', "recipe_unknown_key",
         {"table": "top of the file", "key": "house"}],
        ['[[overlaps]]', '[overlaps]', "recipe_wrong_value", {"key": "overlaps"}],
        ['code = "village"', 'code = village', "recipe_not_toml", {"file": "village.toml"}],
        ['block_unit = { "area:2021" = "area" }', 'block_unit = "area"', "recipe_wrong_value",
         {"table": "fit", "key": "block_unit"}],
    ],
)  # fmt: skip
def test_a_wrong_shape_is_refused_by_name(
    tmp_path: Path, old: str, new: str, code: str, facts: dict[str, object]
) -> None:
    assert RECIPE.count(old) >= 1
    with pytest.raises(BadInput) as caught:
        read_recipe(written(tmp_path, RECIPE.replace(old, new, 1)))
    assert caught.value.code == code
    assert facts.items() <= caught.value.facts.items()
    assert caught.value.facts["file"] == "village.toml"


def test_a_recipe_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="recipe_not_found"):
        read_recipe(tmp_path / "none.toml")


def test_a_recipe_that_is_not_text(tmp_path: Path) -> None:
    path = tmp_path / "village.toml"
    path.write_bytes(RECIPE.encode("utf-16"))
    with pytest.raises(BadInput, match="recipe_not_toml"):
        read_recipe(path)


SHARED = """
[[indicators]]
code = "homes"
section = "all"
label = { fr = "Logements", en = "Dwellings" }
universe = "people"
measure = "count"
unit = "dwellings"
aggregation = "sum"
numerator = ["dwellings"]

[[variable_sets]]
code = "both"
variables = [{ code = "dwellings", column = "homes" }]
"""


def with_include(folder: Path, shared: str = SHARED, name: str = "shared/homes.toml") -> Path:
    (folder / "shared").mkdir()
    (folder / "shared" / "homes.toml").write_text(shared, encoding="utf-8")
    text = RECIPE.replace('home = "quarter', f'include = ["{name}"]\nhome = "quarter', 1)
    text = text.replace('    { code = "dwellings", column = "homes", rounded_to = 5 },\n', "")
    text = text.replace('symbols = { "x"', 'variable_sets = ["both"]\nsymbols = { "x"')
    return written(folder, text)


def test_an_included_file_is_part_of_the_recipe(tmp_path: Path) -> None:
    recipe = read_recipe(with_include(tmp_path))
    assert [one.code for one in recipe.indicators] == ["homes", "population", "renters"], (
        "what is shared comes first"
    )
    codes = [one.code for one in recipe.releases[0].variables]
    assert codes == ["dwellings", "population", "people_per_home"]


def test_the_kept_text_says_the_same_alone(tmp_path: Path) -> None:
    recipe = read_recipe(with_include(tmp_path))
    alone = tmp_path / "alone" / "recipe.toml"
    alone.parent.mkdir()
    alone.write_text(recipe.text, encoding="utf-8")
    again = read_recipe(alone)
    assert again == recipe


def test_an_error_in_an_included_file_names_that_file(tmp_path: Path) -> None:
    path = with_include(tmp_path, SHARED.replace('unit = "dwellings"', "unit = 3"))
    with pytest.raises(BadInput) as caught:
        read_recipe(path)
    assert caught.value.facts["file"] == "shared/homes.toml"
    assert caught.value.facts["table"] == "indicators[1] (homes)"


@pytest.mark.parametrize(
    ["shared", "name", "code"],
    [
        [SHARED, "shared/none.toml", "recipe_include_not_found"],
        [SHARED, "../homes.toml", "recipe_include_outside"],
        ['code = "another"\n' + SHARED, "shared/homes.toml", "recipe_include_clash"],
        [SHARED + '\n[fit]\nunits = ["area:2021"]\n', "shared/homes.toml", "recipe_include_clash"],
        [SHARED.replace('"both"', '"neither"'), "shared/homes.toml", "recipe_dangling"],
    ],
)
def test_a_wrong_include_is_refused(tmp_path: Path, shared: str, name: str, code: str) -> None:
    with pytest.raises(BadInput) as caught:
        read_recipe(with_include(tmp_path, shared, name))
    assert caught.value.code == code


def test_an_include_that_is_no_list_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput) as caught:
        read_recipe(
            written(tmp_path, RECIPE.replace("[[stewards]]", "include = 3\n[[stewards]]", 1))
        )
    assert caught.value.code == "recipe_wrong_value"
    assert caught.value.facts["key"] == "include"
