"""A recipe may recall a release; a recall without a day, or by itself, is refused by name."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.support.village import RECIPE

from courtepointe.atlas.recipe.read import read_recipe
from courtepointe.atlas.recipe.values import Recall, Words
from courtepointe.core.errors import BadInput

RELEASE = RECIPE[RECIPE.index("[[releases]]") :].split("\n", 2)[1]
CODE = RELEASE.split('"')[1]
RECALL = (
    'recalled = {{ date = "{date}", reason = {{ fr = "Fautif.", en = "Wrong." }}, '
    'replaced_by = "{by}" }}'
)


def read(folder: Path, line: str) -> Recall | None:
    path = folder / "village.toml"
    path.write_text(RECIPE.replace(RELEASE, f"{RELEASE}\n{line}", 1), encoding="utf-8")
    release = next(one for one in read_recipe(path).releases if one.code == CODE)
    return release.recalled


def test_a_recipe_recalls_a_release(tmp_path: Path) -> None:
    found = read(tmp_path, RECALL.format(date="2026-03-01", by="newer"))
    assert found == Recall("2026-03-01", Words("Fautif.", "Wrong."), "newer")
    assert read(tmp_path, 'superseded_by = "newer"') is None


@pytest.mark.parametrize(
    ["line", "key"],
    [
        (RECALL.format(date="mars", by="newer"), "date"),
        (RECALL.format(date="2026-03-01", by=CODE), "replaced_by"),
        (f'superseded_by = "{CODE}"', "superseded_by"),
    ],
)
def test_a_recall_that_says_nothing_is_refused(tmp_path: Path, line: str, key: str) -> None:
    with pytest.raises(BadInput, match="recipe_wrong_value") as told:
        read(tmp_path, line)
    assert told.value.facts["key"] == key
