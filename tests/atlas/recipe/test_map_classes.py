"""An indicator may say how it falls into classes; what cannot be drawn is refused with its place."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.support.village import RECIPE

from courtepointe.atlas.recipe.read import read_recipe
from courtepointe.atlas.recipe.values import MapClasses
from courtepointe.core.errors import BadInput
from courtepointe.doors.words import sentence

RULE = 'numerator = ["renters"]'


def recipe(folder: Path, classes: str) -> Path:
    assert RULE in RECIPE
    path = folder / "village.toml"
    path.write_text(RECIPE.replace(RULE, f"{RULE}\nclasses = {classes}", 1), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ["declared", "told"],
    [
        ['{ method = "ckmeans", number = 4 }', MapClasses("ckmeans", 4)],
        ['{ method = "quantile" }', MapClasses("quantile", 5)],
        ['{ method = "fixed", limits = [10, 20.5] }', MapClasses("fixed", 5, (10.0, 20.5))],
    ],
)
def test_classes_are_read(tmp_path: Path, declared: str, told: MapClasses) -> None:
    held = {one.code: one.classes for one in read_recipe(recipe(tmp_path, declared)).indicators}
    assert held["renters"] == told
    assert held["population"] is None


@pytest.mark.parametrize(
    ["declared", "key"],
    [
        ['{ method = "jenks" }', "method"],
        ['{ method = "ckmeans", number = 6 }', "number"],
        ['{ method = "ckmeans", number = 1 }', "number"],
        ['{ method = "ckmeans", limits = [10] }', "limits"],
        ['{ method = "fixed" }', "limits"],
        ['{ method = "fixed", limits = [20, 10] }', "limits"],
        ['{ method = "fixed", limits = [10, 10] }', "limits"],
        ['{ method = "fixed", limits = [1, 2, 3, 4, 5] }', "limits"],
    ],
)
def test_classes_that_cannot_be_drawn_are_refused(tmp_path: Path, declared: str, key: str) -> None:
    with pytest.raises(BadInput) as caught:
        read_recipe(recipe(tmp_path, declared))
    assert caught.value.code == "recipe_wrong_value"
    assert caught.value.facts["key"] == key and caught.value.facts["expected"]
    assert str(caught.value.facts["table"]).endswith("(renters).classes")
    assert "renters" in sentence(caught.value, lang="fr")
