"""What single cells say: dates in every writing, and marks that stand for no value."""

from __future__ import annotations

import datetime as dt

import pytest

from courtepointe.formats.workbooks import (
    CellStatus,
    DateForm,
    day_comes_first,
    letters,
    position_of,
    read_date,
    status_of,
    text_of,
)

DAY = dt.date(2025, 12, 31)


@pytest.mark.parametrize(
    ("written", "form"),
    [
        (DAY, DateForm.DATE), (dt.datetime(2025, 12, 31, 9, 30), DateForm.DATE),
        ("2025-12-31", DateForm.ISO), ("2025/12/31", DateForm.ISO), ("20251231", DateForm.ISO),
        (20251231, DateForm.ISO), ("2025-12-31T09:30:00Z", DateForm.ISO),
        ("2025-12-31 09:30", DateForm.ISO),
        ("31/12/2025", DateForm.NUMERIC), ("31-12-2025", DateForm.NUMERIC),
        ("31.12.25", DateForm.NUMERIC), ("12/31/2025", DateForm.NUMERIC),
        ("31 déc. 2025", DateForm.TEXT), ("31 décembre 2025", DateForm.TEXT),
        ("mercredi 31 décembre 2025", DateForm.TEXT), ("le 31 DÉCEMBRE 2025 à 18 h 30", DateForm.TEXT),
        ("31-déc-25", DateForm.TEXT), ("December 31, 2025", DateForm.TEXT),
        ("Wed, Dec. 31, 2025", DateForm.TEXT), ("31st December 2025", DateForm.TEXT),
        (46022, DateForm.SERIAL), (46022.5, DateForm.SERIAL), ("46022", DateForm.SERIAL),
    ],
)  # fmt: skip
def test_a_date_in_every_writing(written: object, form: DateForm) -> None:
    read = read_date(written)  # type: ignore[arg-type]
    assert read is not None and (read.day, read.form, read.other) == (DAY, form, None)


@pytest.mark.parametrize(
    "written",
    ["31/02/2025", "32/12/2025", "déc. 2025", "2025", 2025, "Ève", True, None, "31/12", 3.5, "1/2/3/4", "13/13/2025"],
)  # fmt: skip
def test_what_is_no_date(written: object) -> None:
    assert read_date(written) is None  # type: ignore[arg-type]


def test_a_date_that_may_be_two_says_so_until_somebody_tells() -> None:
    read = read_date("03/04/2025")
    assert read is not None and (read.day, read.other) == (dt.date(2025, 4, 3), dt.date(2025, 3, 4))
    told = read_date("03/04/2025", day_first=False)
    assert told is not None and (told.day, told.other) == (dt.date(2025, 3, 4), None)
    same = read_date("04/04/2025")
    assert same is not None and same.other is None


def test_a_column_tells_by_itself_which_comes_first() -> None:
    assert day_comes_first(["03/04/2025", "31/12/2025"]) is True
    assert day_comes_first(["03/04/2025", "12/31/2025"]) is False
    assert day_comes_first(["03/04/2025", "x", 3]) is None
    assert day_comes_first(["31/12/2025", "12/31/2025"]) is None


def test_day_numbers_of_1904_are_later() -> None:
    read = read_date(46022 - 1462, from_1904=True)
    assert read is not None and read.day == DAY


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("#N/A", "error"), ("#REF!", "error"), ("#VALEUR!", "error"), ("Err:508", "error"), ("#####", "error"),
        ("n/d", "not_available"), ("N.D.", "not_available"), ("à venir", "not_available"),
        ("s.o.", "not_applicable"), ("S/O", "not_applicable"), ("N/A", "not_applicable"),
        ("-", "dash"), ("—", "dash"), (" – ", "dash"), ("?", "unknown"), ("inconnu", "unknown"),
        ("", "empty"), ("   ", "empty"), ("Ève", "value"), ("0", "value"), ("# 3", "value"),
    ],
)  # fmt: skip
def test_marks_for_no_value_are_told_apart(text: str, status: str) -> None:
    assert status_of(text) == CellStatus(status)


@pytest.mark.parametrize("name", ["Na", "ND", "So", "Aucun"])
def test_a_name_is_no_mark_in_free_text(name: str) -> None:
    assert status_of(name) == CellStatus.VALUE
    assert status_of(name, free_text=False) != CellStatus.VALUE


def test_columns_are_named_as_spreadsheets_do() -> None:
    assert [letters(n) for n in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
    assert all(position_of(letters(n)) == n for n in range(0, 20_000, 37))


def test_cells_as_text() -> None:
    cells = (
        12.0,
        0.5,
        True,
        DAY,
        dt.datetime(2025, 12, 31),
        dt.time(9, 30),
        dt.timedelta(hours=26),
        None,
    )
    assert [text_of(cell) for cell in cells] == ["12", "0.5", "true", "2025-12-31", "2025-12-31", "09:30", "26:00", ""]  # fmt: skip
