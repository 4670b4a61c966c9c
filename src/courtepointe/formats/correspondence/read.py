"""Read a correspondence file by the names of its columns, whatever their order and edition."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from courtepointe.core.errors import BadInput
from courtepointe.core.typing import Floats, Ints
from courtepointe.formats.correspondence.values import FLAGS, Correspondence, Level
from courtepointe.formats.tables import Table, read_table

CODE = re.compile(r"(DA|DB)UID(\d{4})[_/.](?:AD|ID)IDU(\d{4})", re.IGNORECASE)
FLAG = re.compile(r"(DA|DB)_?REL_?FLAG[_/.](?:AD|ID)_?IND_?REL", re.IGNORECASE)
PERCENT = re.compile(r"(DA|DB)_?AREA_?(?:PRCNT|PERCENTAGE)[_/.].*", re.IGNORECASE)
DIGITS = {
    Level.DISSEMINATION_AREA: re.compile(r"\d{8}"),
    Level.DISSEMINATION_BLOCK: re.compile(r"\d{10,11}"),
}
EXPECTED_DIGITS = {
    Level.DISSEMINATION_AREA: "8 digits",
    Level.DISSEMINATION_BLOCK: "10 or 11 digits",
}
EXPECTED = "DAUID2021_ADIDU2021, DAUID2016_ADIDU2016, DARELFLAG_ADINDREL"


@dataclass(frozen=True, slots=True)
class _Columns:
    """Names of the columns that are read."""

    level: Level
    newer: str
    older: str
    newer_year: str
    older_year: str
    flag: str
    percent: str | None
    blocks: tuple[str, ...]


def read_correspondence(path: Path) -> Correspondence:
    """Read the pairs of a correspondence file of dissemination areas or blocks.

    Parameters
    ----------
    path : Path
        CSV, alone in a ZIP or not.

    Raises
    ------
    BadInput
        ``correspondence_columns``, ``correspondence_code``, ``correspondence_flag``,
        ``correspondence_percent``, ``correspondence_repeated``, and what reading a table raises.

    Notes
    -----
    A file of areas may have a line for each block: pairs are then met several times, and kept
    once. The files of 2006 and 2011 have no header line and are refused.
    """
    table = read_table(path)
    columns = _columns(table)
    newer = _codes(table, columns.newer, columns.level)
    older = _codes(table, columns.older, columns.level)
    flags = _flags(table, columns.flag)
    percent = _percents(table, columns.percent)
    kept = _once(table, columns, newer, older)
    return Correspondence(
        file=table.file,
        level=columns.level,
        newer=columns.newer_year,
        older=columns.older_year,
        newer_codes=tuple(newer[place] for place in kept.tolist()),
        older_codes=tuple(older[place] for place in kept.tolist()),
        flags=flags[kept],
        surface_percent=percent[kept],
        row_numbers=table.row_numbers[kept],
    )


def _columns(table: Table) -> _Columns:
    """Tell the columns by their bilingual names, or refuse the file."""
    flags = [name for name in table.columns if FLAG.fullmatch(name.strip())]
    if len(flags) != 1:
        raise _unlike(table)
    found = FLAG.fullmatch(flags[0].strip())
    assert found is not None
    level = Level(found.group(1).upper())
    years: dict[str, str] = {}
    blocks: list[str] = []
    for name in table.columns:
        met = CODE.fullmatch(name.strip())
        if met is None or met.group(2) != met.group(3):
            continue
        if Level(met.group(1).upper()) is level:
            years[met.group(2)] = name
        else:
            blocks.append(name)
    if len(years) != 2:
        raise _unlike(table)
    older, newer = sorted(years)
    percent = next((name for name in table.columns if PERCENT.fullmatch(name.strip())), None)
    return _Columns(
        level, years[newer], years[older], newer, older, flags[0], percent, tuple(blocks)
    )


def _unlike(table: Table) -> BadInput:
    return BadInput(
        "correspondence_columns",
        file=table.file,
        found=", ".join(table.columns)[:200],
        expected=EXPECTED,
    )


def _codes(table: Table, column: str, level: Level) -> tuple[str, ...]:
    pattern = DIGITS[level]
    cells = tuple((cell or "").strip() for cell in table.texts(column))
    for place, cell in enumerate(cells):
        if not pattern.fullmatch(cell):
            raise BadInput(
                "correspondence_code",
                file=table.file,
                row=int(table.row_numbers[place]),
                column=column,
                value=cell,
                expected=EXPECTED_DIGITS[level],
            )
    return cells


def _flags(table: Table, column: str) -> Ints:
    known = {str(flag): flag for flag in FLAGS}
    cells = [(cell or "").strip() for cell in table.texts(column)]
    for place, cell in enumerate(cells):
        if cell not in known:
            raise BadInput(
                "correspondence_flag",
                file=table.file,
                row=int(table.row_numbers[place]),
                column=column,
                value=cell,
                expected=", ".join(known),
            )
    return np.array([known[cell] for cell in cells], dtype=np.int64)


def _percents(table: Table, column: str | None) -> Floats:
    """Read parts of surfaces; NaN where the file has no such column."""
    if column is None:
        return np.full(len(table), np.nan)
    percents = np.zeros(len(table))
    for place, cell in enumerate(table.texts(column)):
        try:
            percents[place] = float((cell or "").strip())
        except ValueError:
            percents[place] = np.nan
        if not 0.0 <= percents[place] <= 100.0:
            raise BadInput(
                "correspondence_percent",
                file=table.file,
                row=int(table.row_numbers[place]),
                column=column,
                value=cell,
                expected="0 to 100",
            )
    return percents


def _once(table: Table, columns: _Columns, newer: tuple[str, ...], older: tuple[str, ...]) -> Ints:
    """Keep each pair once; refuse a line that says again what another has said."""
    blocks = [table.texts(name) for name in columns.blocks]
    lines = list(zip(newer, older, *blocks, strict=True))
    first: dict[tuple[str | None, ...], int] = {}
    pairs: dict[tuple[str, str], int] = {}
    for place, line in enumerate(lines):
        if line in first:
            raise BadInput(
                "correspondence_repeated",
                file=table.file,
                row=int(table.row_numbers[place]),
                first_row=int(table.row_numbers[first[line]]),
                column=f"{columns.newer}, {columns.older}",
                value=f"{newer[place]}, {older[place]}",
            )
        first[line] = place
        pairs.setdefault((newer[place], older[place]), place)
    return np.array(list(pairs.values()), dtype=np.int64)
