"""OR-Library and TSPLIB files: what they say, and what is wrong with broken ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from courtepointe.core.errors import BadInput
from courtepointe.core.siting import all_pairs
from courtepointe.doors.words import sentence
from courtepointe.formats.siting import read_orlib, read_tsplib

ORLIB = " 4 4 2 \n 1 2 30 \n 2 3 46 \n 2 1 5 \n 3 4 0 \n"
TSPLIB = "NAME : t\nTYPE : TSP\nDIMENSION : 2\nEDGE_WEIGHT_TYPE : EUC_2D\nNODE_COORD_SECTION\n1 1.5e+01 8\n2 3 4\nEOF\n"


def written(folder: Path, text: str) -> Path:
    file = folder / "given.txt"
    file.write_text(text, encoding="utf-8")
    return file


def test_the_last_cost_of_an_edge_counts(tmp_path: Path) -> None:
    read = read_orlib(written(tmp_path, ORLIB))
    assert (read.n_vertices, read.n_open) == (4, 2)
    assert read.ends.tolist() == [[0, 1], [1, 2], [2, 3]]
    assert read.cost.tolist() == [5.0, 46.0, 0.0]
    # An edge of length 0 is an edge.
    assert all_pairs(4, read.ends, read.cost)[0].tolist() == [0.0, 5.0, 51.0, 51.0]


def test_points_are_read_in_their_order(tmp_path: Path) -> None:
    assert read_tsplib(written(tmp_path, TSPLIB)).tolist() == [[15.0, 8.0], [3.0, 4.0]]


@pytest.mark.parametrize(("text", "code", "row", "value"), [
    ("", "siting_file_value", 1, ""),
    ("4 4\n", "siting_file_value", 1, "4 4"),
    ("4 x 2\n", "siting_file_value", 1, "x"),
    ("0 0 1\n", "siting_file_value", 1, "0"),
    (ORLIB.replace("3 4 0", "3 5 0"), "siting_file_value", 5, "5"),
    (ORLIB.replace("2 3 46", "2 3 -46"), "siting_file_value", 3, "-46"),
    (ORLIB.replace("2 3 46", "2 3 nan"), "siting_file_value", 3, "nan"),
    (ORLIB.replace("2 3 46", "2 3"), "siting_file_value", 3, "2 3"),
    (ORLIB.replace(" 3 4 0 \n", ""), "siting_file_short", None, 3),
    ("é", "siting_file_value", 1, "…"),
])  # fmt: skip
def test_a_broken_network_is_named_with_its_row(
    tmp_path: Path, text: str, code: str, row: int | None, value: object
) -> None:
    with pytest.raises(BadInput) as told:
        read_orlib(written(tmp_path, text))
    assert (told.value.code, told.value.facts.get("row"), told.value.facts["value"]) == (
        code,
        row,
        value,
    )
    for lang in ("fr", "en"):
        assert "given.txt" in sentence(told.value, lang=lang)


@pytest.mark.parametrize(("text", "code", "row"), [
    (TSPLIB.replace("EUC_2D", "GEO"), "siting_file_value", 4),
    (TSPLIB.replace("2 3 4\n", ""), "siting_file_short", None),
    (TSPLIB.replace("2 3 4", "2 3 inf"), "siting_file_value", 7),
    (TSPLIB.replace("2 3 4", "2 3"), "siting_file_value", 7),
    (TSPLIB.replace("DIMENSION : 2\n", ""), "siting_file_value", 1),
    ("NAME : t\n", "siting_file_value", 1),
])  # fmt: skip
def test_broken_points_are_named_with_their_row(
    tmp_path: Path, text: str, code: str, row: int | None
) -> None:
    with pytest.raises(BadInput) as told:
        read_tsplib(written(tmp_path, text))
    assert (told.value.code, told.value.facts.get("row")) == (code, row)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    for read in (read_orlib, read_tsplib):
        with pytest.raises(BadInput) as told:
            read(tmp_path / "none.txt")
        assert told.value.code == "siting_file_missing"
