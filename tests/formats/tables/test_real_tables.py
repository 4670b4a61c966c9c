"""The publishers' own tables, with their traps."""

from __future__ import annotations

from pathlib import Path

import pytest

from courtepointe.formats.tables import derive, read_table, take_keys, to_numbers

pytestmark = pytest.mark.shared


def test_srqc2021_has_1374_rows_871_blank_lines_and_986_of_montreal(montreal_files: Path) -> None:
    table = read_table(montreal_files / "census" / "SRQC2021.csv")
    assert (len(table), table.n_blank_rows, table.encoding) == (1374, 871, "utf-8")
    assert table.columns[0] == "SRIDU", "the byte-order mark is no part of the name"
    keys = take_keys(table, column="SRIDU", pattern=r"^(.{10})")
    assert keys[0] == "4470001.01"
    assert len(set(keys)) == 1374
    assert sum(key.startswith("462") for key in keys) == 986
    assert to_numbers(table, "PopTotAge").values.min() > 0


def test_srqc2021_shares_are_the_published_ones(montreal_files: Path) -> None:
    table = read_table(montreal_files / "census" / "SRQC2021.csv")
    share = derive(table, {"lim": "100.0 * PopTotMFR / PopTotMFRApI"})["lim"]
    published = to_numbers(table, "PopTotMFRPct")
    both = (share.status == "published") & (published.status == "published")
    assert both.sum() > 1300
    # Both counts are rounded to 5: their quotient lies near the publisher's, not on it.
    near = abs(share.values[both] - published.values[both]) < 3
    assert near.mean() > 0.95


def test_the_excerpt_of_the_bulk_profile_has_six_columns_of_one_name(montreal_files: Path) -> None:
    layout = montreal_files / "census" / "statcan_layout"
    table = read_table(layout / "98-401-X2021012_English_CSV_data_EXCERPT.csv")
    assert len(table) == 9
    assert [name for name in table.columns if name.startswith("SYMBOL")] == [
        "SYMBOL", "SYMBOL_2", "SYMBOL_3", "SYMBOL_4", "SYMBOL_5", "SYMBOL_6",
    ]  # fmt: skip
    assert len(table.renamed) == 5


def test_the_legend_is_read_from_a_workbook(montreal_files: Path) -> None:
    layout = montreal_files / "census" / "statcan_layout"
    table = read_table(layout / "census_profile_lut_legend.xlsx")
    assert len(table) == 2631
    assert table.texts("CHARACTERISTIC_ID")[-1] == "2631"


def test_municipal_buildings_are_a_table_without_coordinates(montreal_files: Path) -> None:
    table = read_table(montreal_files / "places" / "batiments-municipaux.csv")
    assert len(table) == 2075
    usages = table.texts("usageName")
    assert sum(u == "Bibliothèque" for u in usages) == 33
