"""The tree that indentation draws."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.support.census_profile import line, profile, saved, zipped

from courtepointe.formats.census_profile import Characteristic, characteristic_tree

NAMES = [
    (8, "Total - Age groups of the population - 100% data", "6"),
    (9, "  0 to 14 years", ""),
    (10, "    0 to 4 years", ""),
    (11, "    5 to 9 years", ""),
    (13, "  15 to 64 years", "7"),
    (34, "Total - Distribution (%) of the population", ""),
    (39, "      Skips two levels, “and quotes”", ""),
]
TREE = (
    Characteristic(8, "Total - Age groups of the population - 100% data", 0, None, 6),
    Characteristic(9, "0 to 14 years", 1, 8, None),
    Characteristic(10, "0 to 4 years", 2, 9, None),
    Characteristic(11, "5 to 9 years", 2, 9, None),
    Characteristic(13, "15 to 64 years", 1, 8, 7),
    Characteristic(34, "Total - Distribution (%) of the population", 0, None, None),
    Characteristic(39, "Skips two levels, “and quotes”", 3, 34, None),
)


def tree_lines(dguid: str) -> list[str]:
    return [line(number, name=name, note=note, dguid=dguid) for number, name, note in NAMES]


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8", "utf-8-sig"])
def test_the_tree_is_that_of_the_first_geography(tmp_path: Path, encoding: str) -> None:
    other = line(99, name="Not of the first", dguid="2021S0512B")
    text = profile([*tree_lines("2021S0512A"), other, "not even a row"]).encode(encoding)
    assert characteristic_tree(saved(tmp_path, text)) == TREE
    assert characteristic_tree(zipped(tmp_path, {"x_CSV_data.csv": text})) == TREE


def test_one_geography_is_a_tree_too(tmp_path: Path) -> None:
    text = profile(tree_lines("2021S0512A")) + "\r\n\r\n"
    assert characteristic_tree(saved(tmp_path, text)) == TREE
    assert characteristic_tree(saved(tmp_path, profile([]))) == ()


@pytest.mark.shared
def test_the_true_excerpt(montreal_files: Path) -> None:
    folder = montreal_files / "census" / "statcan_layout"
    tree = characteristic_tree(folder / "98-401-X2021012_English_CSV_data_EXCERPT.csv")
    assert [one.id for one in tree] == list(range(1, 10))
    assert tree[8] == Characteristic(9, "0 to 14 years", 1, 8, None)
    assert (tree[0].note, tree[3].note, tree[4].note, tree[5].note) == (1, 2, 3, None)
