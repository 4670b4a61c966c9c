"""The fast ways of bringing tables in give what the slow, obvious ones give."""

from __future__ import annotations

import random

import phonenumbers
import pytest

from courtepointe.formats.workbooks import Column, Grid
from courtepointe.people.bringing import propose_mapping, read_rows, shape
from courtepointe.people.bringing.evidence import setting_of
from courtepointe.people.bringing.outcome import Good, Lacking, Wrong
from courtepointe.people.bringing.reading import reader_of
from courtepointe.people.bringing.reading.phones import read_phone


def slow_phone(digits: str) -> str | None:
    """Ask libphonenumber of every number whether it may exist."""
    number = phonenumbers.parse(digits, "CA")
    return f"+1{digits}" if phonenumbers.is_valid_number(number) else None


@pytest.mark.parametrize("seed", [1, 2])
def test_asking_for_an_area_code_once_is_asking_for_every_number(seed: int) -> None:
    chance = random.Random(seed)
    numbers = {f"{chance.randrange(200, 1000)}{chance.randrange(10**7):07d}" for _ in range(4_000)}
    numbers |= {f"52{chance.randrange(10)}{chance.randrange(10**7):07d}" for _ in range(1_000)}
    told = {one: read_phone(one) for one in numbers}
    assert told == {one: slow_phone(one) for one in numbers}
    assert 500 < sum(one is not None for one in told.values()) < len(told)


def test_reading_each_different_cell_once_is_reading_every_cell() -> None:
    volunteers = shape("volunteers")
    heads = ("Pseudo", "Téléphone", "Courriel", "Consentement le", "Langues")
    chance = random.Random(3)
    cells = (None, "n/d", "Ève", 1, 1.5, True, "1", "514 555-1234", "a@b.ca", "03/04/2025", "31/12/2025", 45657, "fr; en", "#N/A")  # fmt: skip
    rows = tuple(
        (f"n{number}", *(chance.choice(cells) for _ in heads[1:])) for number in range(400)
    )
    columns = tuple(Column(place, (head,)) for place, head in enumerate(heads))
    grid = Grid("b", "B", columns, rows, tuple(range(2, 402)), (1,))
    matching = propose_mapping(grid, volunteers)
    result = read_rows(grid, matching, volunteers)
    clean, faults = {}, []
    for number, row in zip(grid.row_numbers, grid.rows, strict=True):
        values: dict[str, object] = {}
        for one in matching.columns:
            field = volunteers.by_code[one.field]
            setting = setting_of(field, grid.values(one.place), grid)
            outcome = reader_of(field, setting)(row[one.place])
            if isinstance(outcome, Wrong):
                faults.append((number, one.letters, outcome.code))
            else:
                values[field.code] = outcome.value if isinstance(outcome, Good) else outcome.status
                assert isinstance(outcome, Good | Lacking)
        if len(values) == len(heads):
            clean[number] = values
    assert {row.number: dict(row.values) for row in result.rows} == clean
    assert [(f.row, f.column, f.code) for f in result.faults] == faults and clean
