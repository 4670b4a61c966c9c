"""What is written is what the publisher writes, and reads back the same."""

from __future__ import annotations

import csv
import zipfile
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support.census_profile import line, profile, rows, saved

from courtepointe.core.errors import BadInput
from courtepointe.core.typing import AnyArray
from courtepointe.formats.census_profile import (
    Characteristic,
    Geography,
    ProfileQuery,
    ProfileRows,
    characteristic_tree,
    dense_rows,
    headings,
    read_layout,
    read_profile,
    rows_of,
    write_profile,
)
from courtepointe.formats.census_profile.symbols import SYMBOLS

PLACES = [
    Geography(2021, "2021S0512A", "A", "Aire de diffusion", "L’Île – « œ »", 3.1, None, "00000"),
    Geography(2021, "2021S0512B", "B", "Aire de diffusion", 'B, "le petit"', None, 12.25, "00999"),
]
NAMED = [
    Characteristic(1, "Population, 2021", 0, None, 1),
    Characteristic(8, "Total – Groupes d’âge", 0, None, None),
    Characteristic(9, '0 à 14 ans, "jeunes"', 1, 8, None),
]
IDS = np.array([1, 8, 9])


def cells(n_values: int) -> tuple[AnyArray, AnyArray]:
    """Values and symbols of two areas and three characteristics, all different."""
    values = np.arange(n_values * 6, dtype=np.float64).reshape(n_values, 2, 3) * 5 / 4
    symbols = np.zeros(values.shape, dtype=np.uint8)
    values[0, 0, 1], symbols[0, 0, 1] = np.nan, SYMBOLS.index("x")
    symbols[1, 1, 2] = SYMBOLS.index("E")
    return values, symbols


def test_a_row_looks_like_the_publishers(tmp_path: Path) -> None:
    values, symbols = cells(6)
    path = tmp_path / "p.csv"
    told = write_profile(
        path, [dense_rows(PLACES, IDS, values, symbols)], NAMED, with_intervals=False
    )
    assert told == 6
    lines = path.read_bytes().decode("cp1252").split("\r\n")
    assert lines[0] == ",".join(headings(with_intervals=False))
    assert lines[2] == (
        '2021,"2021S0512A","A","Aire de diffusion","L’Île – « œ »",3.1,,"00000",'
        '8,"Total – Groupes d’âge",,,"x",8.75,"",16.25,"",23.75,"",31.25,"",38.75,""'
    )
    assert lines[6] == (
        '2021,"2021S0512B","B","Aire de diffusion","B, ""le petit""",,12.25,"00999",'
        '9,"  0 à 14 ans, ""jeunes""",,6.25,"",13.75,"E",21.25,"",28.75,"",36.25,"",43.75,""'
    )
    assert lines[7:] == [""]


@pytest.mark.shared
def test_the_true_rows_are_written_byte_for_byte(montreal_files: Path, tmp_path: Path) -> None:
    folder = montreal_files / "census" / "statcan_layout"
    true = folder / "98-401-X2021012_English_CSV_data_EXCERPT.csv"
    batches = [rows_of(batch) for batch in read_profile([true], ProfileQuery())]
    path = tmp_path / "p.csv"
    write_profile(path, batches, characteristic_tree(true), with_intervals=False)
    assert path.read_bytes().replace(b"\r\n", b"\n") == true.read_bytes()


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("with_intervals", [False, True])
@pytest.mark.parametrize("name", ["p.csv", "p.zip"])
@pytest.mark.parametrize("encoding", ["cp1252", "utf-8"])
def test_all_editions_read_back(
    tmp_path: Path, language: str, with_intervals: bool, name: str, encoding: str
) -> None:
    values, symbols = cells(18)
    path = tmp_path / name
    write_profile(
        path,
        [dense_rows(PLACES, IDS, values, symbols)],
        NAMED,
        with_intervals=with_intervals,
        language=language,
        encoding=encoding,
    )
    layout = read_layout(path)
    assert (layout.language, layout.with_intervals) == (language, with_intervals)
    assert characteristic_tree(path) == tuple(NAMED)
    read = rows(path)
    assert [row["geo_name"] for row in read[::3]] == [one.geo_name for one in PLACES]
    assert [row["tnr_lf"] for row in read[::3]] == [None, 12.25]
    assert read[1]["total_count_status"] == "suppressed" and read[1]["total_count"] is None
    assert read[5]["men_count_flags"] == 1 and read[5]["men_count"] == values[1, 1, 2]
    assert read[4]["women_rate"] == values[11, 1, 1]
    low = [row["men_rate_low"] for row in read]
    assert low == (values[13].ravel().tolist() if with_intervals else [None] * 6)


def test_the_same_rows_make_the_same_bytes(tmp_path: Path) -> None:
    values, symbols = cells(18)
    for name in ("a.zip", "b.zip"):
        folder = tmp_path / name[0]
        folder.mkdir()
        some = [dense_rows(PLACES, IDS, values, symbols)]
        write_profile(folder / "p.zip", some, NAMED, with_intervals=True)
    assert (tmp_path / "a/p.zip").read_bytes() == (tmp_path / "b/p.zip").read_bytes()


def test_a_zip_tells_where_each_geography_starts(tmp_path: Path) -> None:
    values, symbols = cells(6)
    some = [
        dense_rows([place], IDS, values[:, [i]], symbols[:, [i]]) for i, place in enumerate(PLACES)
    ]
    write_profile(tmp_path / "p.zip", some, NAMED, with_intervals=False)
    with zipfile.ZipFile(tmp_path / "p.zip") as archive:
        assert archive.namelist() == ["p_data.csv", "p_Geo_starting_row.CSV"]
        index = archive.read("p_Geo_starting_row.CSV").decode("cp1252").splitlines()
        data = archive.read("p_data.csv").decode("cp1252").splitlines()
    for row in list(csv.reader(index))[1:]:
        assert f'"{row[0]}"' in data[int(row[2]) - 1] and f'"{row[0]}"' not in data[int(row[2]) - 2]


@pytest.mark.parametrize("value", [1 / 3, 1e17, 0.123456789, float("inf")])
def test_a_number_that_would_change_is_refused(tmp_path: Path, value: float) -> None:
    values, symbols = cells(6)
    values[4, 1, 0] = value
    with pytest.raises(BadInput) as told:
        write_profile(
            tmp_path / "p.csv",
            [dense_rows(PLACES, IDS, values, symbols)],
            NAMED,
            with_intervals=False,
        )
    assert told.value.code == "census_profile_unwritable_number"
    assert (told.value.facts["geography"], told.value.facts["column"]) == (
        "2021S0512B",
        "C11_RATE_MEN+",
    )
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["Łódź", "two\nlines"])
def test_a_word_that_cannot_be_written_is_refused(tmp_path: Path, name: str) -> None:
    place = Geography(2021, "2021S0512A", "A", "DA", name, None, None, "00000")
    values, symbols = cells(6)
    with pytest.raises(BadInput) as told:
        write_profile(
            tmp_path / "p.csv",
            [dense_rows([place], IDS, values[:, :1], symbols[:, :1])],
            NAMED,
            with_intervals=False,
        )
    assert told.value.code == "census_profile_unwritable_text"
    assert list(tmp_path.iterdir()) == []


def test_a_characteristic_without_a_name_is_refused(tmp_path: Path) -> None:
    values, symbols = cells(6)
    with pytest.raises(BadInput) as told:
        write_profile(
            tmp_path / "p.csv",
            [dense_rows(PLACES, IDS, values, symbols)],
            NAMED[:2],
            with_intervals=False,
        )
    assert (told.value.code, told.value.facts["value"]) == (
        "census_profile_unwritable_characteristic",
        9,
    )


def test_what_was_there_stays_when_writing_fails(tmp_path: Path) -> None:
    path = saved(tmp_path, profile([line()]))
    values, symbols = cells(6)
    values[0, 1, 0] = 1 / 3
    with pytest.raises(BadInput):
        write_profile(path, [dense_rows(PLACES, IDS, values, symbols)], NAMED, with_intervals=False)
    assert [row["total_count"] for row in rows(path)] == [8881]


DECIMALS = st.builds(
    lambda whole, tens: whole / 10**tens, st.integers(-(10**11), 10**11), st.integers(0, 4)
)
SYMBOL_CODES = st.integers(0, len(SYMBOLS) - 1)


@st.composite
def tables(draw: st.DrawFn) -> ProfileRows:
    n_areas, n_ids = draw(st.integers(1, 4)), draw(st.integers(1, 5))
    shape = (18, n_areas, n_ids)
    size = int(np.prod(shape))
    numbers = draw(st.lists(st.none() | DECIMALS, min_size=size, max_size=size))
    values = np.array([np.nan if one is None else one for one in numbers]).reshape(shape)
    codes = draw(st.lists(SYMBOL_CODES, min_size=size, max_size=size))
    places = [
        Geography(
            2021,
            f"2021S0512{i}",
            str(i),
            "AD",
            draw(st.sampled_from(["é’œ", '"', ","])),
            1.5,
            None,
            "00000",
        )
        for i in range(n_areas)
    ]
    ids = np.array(sorted(draw(st.sets(st.integers(1, 2631), min_size=n_ids, max_size=n_ids))))
    return dense_rows(places, ids, values, np.array(codes, dtype=np.uint8).reshape(shape))


@settings(max_examples=25, deadline=None)
@given(tables(), st.booleans())
def test_written_read_written_and_read_is_read(
    tmp_path_factory: pytest.TempPathFactory, some: ProfileRows, with_intervals: bool
) -> None:
    folder = tmp_path_factory.mktemp("round")
    named = [
        Characteristic(int(n), f"no {n}", 0, None, None) for n in np.unique(some.characteristic)
    ]
    first, second = folder / "1.csv", folder / "2.csv"
    write_profile(first, [some], named, with_intervals=with_intervals)
    batches = list(read_profile([first], ProfileQuery()))
    write_profile(second, map(rows_of, batches), named, with_intervals=with_intervals)
    once, twice = rows(first), rows(second)
    assert once == twice
    assert len(once) == some.characteristic.size
    kept = [row["total_count"] for row in once]
    for value, code, read in zip(some.values[0], some.symbols[0], kept, strict=True):
        if SYMBOLS[code] in ("", "E", "r", "rE", "p") and not np.isnan(value):
            assert read == value
        elif SYMBOLS[code] != "0s":
            assert read is None


def test_batches_of_the_schema_are_rows(tmp_path: Path) -> None:
    path = saved(tmp_path, profile([line(1), line(2, [("", "F"), ("4", "rE")])]))
    (batch,) = read_profile([path], ProfileQuery())
    some = rows_of(batch)
    assert len(some.geographies) == 1 and some.characteristic.tolist() == [1, 2]
    assert [SYMBOLS[code] for code in some.symbols[:2, 1]] == ["F", "rE"]
    assert some.values[1, 1] == 4 and pa.compute.all(batch["total_rate"].is_null()).as_py()
