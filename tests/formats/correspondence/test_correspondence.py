"""Correspondence files in the publisher's layouts, and broken ones refused by row and column."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from courtepointe.core.errors import BadInput
from courtepointe.formats.correspondence import (
    Level,
    read_correspondence,
    relation_flags,
    write_correspondence,
)

AREAS_2021 = """\
DAUID2021_ADIDU2021,DADGUID2021_ADIDUGD2021,DAUID2016_ADIDU2016,DADGUID2016_ADIDUGD2016,DAAREAPRCNT_ADPRCNTSUP,DARELFLAG_ADINDREL
24660001,2021S051224660001,24660001,2016S051224660001,100,1
24660002,2021S051224660002,24660009,2016S051224660009,100,2
24660003,2021S051224660003,24660009,2016S051224660009,100,2
24660004,2021S051224660004,24660007,2016S051224660007,40.5,3
24660004,2021S051224660004,24660008,2016S051224660008,59.5,3
"""
BLOCKS_2021 = """\
DBUID2021_IDIDU2021,DBUID2016_IDIDU2016,DBRELFLAG_IDINDREL
24660001001,24660001001,1
24660001002,24660001003,4
"""
AREAS_2016 = """\
DAUID2016/ADIDU2016,DAUID2011/ADIDU2011,DBUID2016/IDIDU2016,DA_rel_flag/AD_ind_rel
24660001,24660005,2466000101,2
24660001,24660005,2466000102,2
24660002,24660005,2466000201,2
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "pairs.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_areas_of_2021(tmp_path: Path) -> None:
    read = read_correspondence(written(tmp_path, AREAS_2021))
    assert (read.level, read.newer, read.older, len(read)) == (
        Level.DISSEMINATION_AREA, "2021", "2016", 5,
    )  # fmt: skip
    assert read.newer_codes[1:3] == ("24660002", "24660003")
    assert set(read.older_codes[1:3]) == {"24660009"}
    assert read.flags.tolist() == [1, 2, 2, 3, 3]
    assert read.surface_percent.tolist() == [100.0, 100.0, 100.0, 40.5, 59.5]


def test_blocks_of_2021(tmp_path: Path) -> None:
    read = read_correspondence(written(tmp_path, BLOCKS_2021))
    assert read.level is Level.DISSEMINATION_BLOCK
    assert read.older_codes == ("24660001001", "24660001003")
    assert np.isnan(read.surface_percent).all()


def test_areas_of_2016_have_a_line_for_each_block_and_each_pair_counts_once(tmp_path: Path) -> None:
    read = read_correspondence(written(tmp_path, AREAS_2016))
    assert (read.newer, read.older) == ("2016", "2011")
    assert read.newer_codes == ("24660001", "24660002")
    assert read.row_numbers.tolist() == [2, 4]


@pytest.mark.parametrize(
    ("old", "new", "code", "row", "value"),
    [
        ("24660003,2021", "2466000,2021", "correspondence_code", 4, "2466000"),
        ("24660007,2016", "A4660007,2016", "correspondence_code", 5, "A4660007"),
        (",40.5,3", ",40.5,7", "correspondence_flag", 5, "7"),
        (",59.5,3", ",,3", "correspondence_percent", 6, ""),
        (",59.5,3", ",159.5,3", "correspondence_percent", 6, "159.5"),
        ("24660008,2016S051224660008", "24660007,2016S051224660007", "correspondence_repeated", 6,
         "24660004, 24660007"),
    ],
)  # fmt: skip
def test_broken_rows_are_named(
    tmp_path: Path, old: str, new: str, code: str, row: int, value: str
) -> None:
    assert old in AREAS_2021
    path = written(tmp_path, AREAS_2021.replace(old, new))
    with pytest.raises(BadInput) as refused:
        read_correspondence(path)
    facts = refused.value.facts
    assert refused.value.code == code
    assert (facts["file"], facts["row"], facts["value"]) == ("pairs.csv", row, value)
    assert facts["column"]


@pytest.mark.parametrize(
    "text",
    [
        "a,b\n1,2\n",
        "24660001,24660001,24660001001,1\n24660002,24660002,24660002001,1\n",
        AREAS_2021.replace("DAUID2016_ADIDU2016", "OLD"),
        AREAS_2021.replace("DARELFLAG_ADINDREL", "FLAG"),
    ],
)
def test_a_file_without_the_columns_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(BadInput) as refused:
        read_correspondence(written(tmp_path, text))
    assert refused.value.code == "correspondence_columns"


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    path = tmp_path / "2021_92-156-X_DA_AD.csv"
    write_correspondence(
        path, newer="2021", older="2016", newer_codes=["24660002", "24660001"],
        older_codes=["24660003", "24660003"], surface_percent=np.array([100.0, 25.0]),
    )  # fmt: skip
    read = read_correspondence(path)
    assert read.newer_codes == ("24660001", "24660002")
    assert read.flags.tolist() == [2, 2]
    assert read.surface_percent.tolist() == [25.0, 100.0]


@given(st.sets(st.tuples(st.integers(0, 7), st.integers(0, 7)), min_size=1, max_size=20))
def test_flags_say_what_the_pairs_say(pairs: set[tuple[int, int]]) -> None:
    ordered = sorted(pairs)
    newer, older = (np.array(side, dtype=np.int64) for side in zip(*ordered, strict=True))
    for (new, old), flag in zip(ordered, relation_flags(newer, older).tolist(), strict=True):
        olds = {b for a, b in pairs if a == new}
        news = {a for a, b in pairs if b == old}
        if olds == {old} and news == {new}:
            expected = 1
        elif olds == {old} and all({b for a, b in pairs if a == one} == {old} for one in news):
            expected = 2
        elif news == {new} and all({a for a, b in pairs if b == one} == {new} for one in olds):
            expected = 3
        else:
            expected = 4
        assert flag == expected
