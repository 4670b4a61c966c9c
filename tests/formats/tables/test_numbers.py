"""Text to numbers: each cell has a status, and what is ambiguous is refused."""

from __future__ import annotations

import math

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from courtepointe.core.errors import BadInput
from courtepointe.formats.tables import Numbers, Table, table_of, to_numbers


def column(*cells: str | None) -> Table:
    return table_of({"n": cells}, file="t.csv", n_rows=len(cells), rows=range(2, 2 + len(cells)))


def values(*cells: str | None, decimal: str | None = None) -> list[float]:
    return to_numbers(column(*cells), "n", decimal=decimal).values.tolist()


def refused(*cells: str | None, decimal: str | None = None) -> BadInput:
    with pytest.raises(BadInput) as raised:
        to_numbers(column(*cells), "n", decimal=decimal)
    return raised.value


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["12", "0", "-3", "+4"], [12, 0, -3, 4]),
        (["4620001.00", ".5", "5.", "1e3", "1.5E-2"], [4620001, 0.5, 5, 1000, 0.015]),
        ([" 7 ", "8"], [7, 8]),
        (["−7", "–8"], [-7, -8]),
        (["1 234", "1\u00a0234\u00a0567", "1\u202f234", "1\u2009234"], [1234, 1234567, 1234, 1234]),
        (["12,5", "3"], [12.5, 3]),
        (["12,5", "1,234"], [12.5, 1.234]),
        (["1 234,5", "1 000"], [1234.5, 1000]),
        (["1,234,567", "1,234"], [1234567, 1234]),
        (["1,234.5", "1,234"], [1234.5, 1234]),
        (["12.5", "1,234"], [12.5, 1234]),
        (["0,123", "1,234"], [0.123, 1.234]),
    ],
)
def test_numbers_as_people_write_them(cells: list[str], expected: list[float]) -> None:
    assert values(*cells) == expected


def test_a_comma_that_could_be_either_is_refused() -> None:
    error = refused("12", "1,234")
    assert error.code == "ambiguous_number"
    assert error.facts == {"file": "t.csv", "row": 3, "column": "n", "value": "1,234"}


def test_a_stated_decimal_mark_decides() -> None:
    assert values("1,234", decimal=",") == [1.234]
    assert values("1,234", decimal=".") == [1234]


def test_a_column_that_contradicts_itself_is_refused() -> None:
    assert refused("12,5", "12.5").code in ("ambiguous_number", "not_a_number")


@pytest.mark.parametrize(
    "cell",
    ["x", "12 %", "nan", "inf", "-inf", "1e999", "0x10", "12 34", "1.2.3", "--1", "1_000", "²"],
)
def test_what_is_no_number_is_refused_by_row(cell: str) -> None:
    error = refused("1", cell)
    assert error.code == "not_a_number"
    assert error.facts["row"] == 3
    assert error.facts["value"] == cell
    assert error.facts["column"] == "n"


def test_symbols_have_their_status_and_no_value() -> None:
    read = to_numbers(
        column("x", "", None, "0", "F"), "n", symbols={"x": "suppressed", "F": "unreliable"}
    )
    assert read.status.tolist() == [
        "suppressed", "not_available", "not_available", "published", "unreliable",
    ]  # fmt: skip
    assert np.isnan(read.values).tolist() == [True, True, True, False, True]
    assert read.values[3] == 0


def test_a_number_may_be_a_symbol() -> None:
    read = to_numbers(column("-999", "5"), "n", symbols={"-999": "not_available"})
    assert read.status.tolist() == ["not_available", "published"]


def test_an_empty_cell_may_be_declared() -> None:
    read = to_numbers(column("", "5"), "n", symbols={"": "suppressed"})
    assert read.status.tolist() == ["suppressed", "published"]


def test_typed_columns_keep_their_numbers() -> None:
    table = Table("t.parquet", pa.table({"n": pa.array([1.5, None, math.nan])}), np.arange(1, 4))
    read = to_numbers(table, "n")
    assert read.status.tolist() == ["published", "not_available", "not_available"]
    assert read.values[0] == 1.5


def test_a_typed_column_without_numbers_is_refused() -> None:
    table = Table("t.parquet", pa.table({"n": pa.array([[1]])}), np.arange(1, 2))
    with pytest.raises(BadInput, match="not_a_number"):
        to_numbers(table, "n")


def test_an_invalid_answer_cannot_exist() -> None:
    with pytest.raises(ValueError, match="published exactly"):
        Numbers(np.array([np.nan]), np.array(["published"]))
    with pytest.raises(ValueError, match="published exactly"):
        Numbers(np.array([1.0]), np.array(["suppressed"]))


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=1))
def test_what_is_written_plainly_is_read_back(numbers: list[float]) -> None:
    assert values(*(repr(number) for number in numbers)) == numbers


@given(st.lists(st.integers(-(10**12), 10**12), min_size=1))
def test_french_grouping_is_read_back(numbers: list[int]) -> None:
    cells = [f"{number:,}".replace(",", "\u202f") + ",5" for number in numbers]
    assert values(*cells) == [n + math.copysign(0.5, n) if n else 0.5 for n in numbers]
