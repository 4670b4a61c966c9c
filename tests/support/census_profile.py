"""Census Profile files written by hand, and a slow reader that anyone can follow."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa

from courtepointe.core.errors import BadInput
from courtepointe.formats.census_profile import ProfileQuery, headings, read_profile

Cell = tuple[str, str]
PLAIN = ("total_count", "men_count", "women_count", "total_rate", "men_rate", "women_rate")
NOTHING: Cell = ("", "...")

MEANING = {
    "": "published",
    "x": "suppressed",
    "F": "unreliable",
    "E": "published",
    "..": "not_available",
    "...": "not_applicable",
    "…": "not_applicable",
    ".": "not_available",
    "r": "published",
    "rE": "published",
    "Er": "published",
    "p": "published",
    "0s": "published",
}
FLAGS = {"E": 1, "r": 2, "rE": 3, "Er": 3, "p": 4, "0s": 8}


def line(
    characteristic: int | str = 1,
    cells: Sequence[Cell] = (("8881", ""),),
    *,
    dguid: str = "2021S051224660001",
    name: str = "Population, 2021",
    note: str = "",
    geo_name: str = "24660001",
    level: str = "Dissemination area",
    tnr: tuple[str, str] = ("3.1", "4.6"),
    flag: str = "00000",
    with_intervals: bool = False,
) -> str:
    """Write one row as the publisher does; cells left out are not applicable."""
    n_cells = 18 if with_intervals else 6
    full = [*cells, *[NOTHING] * (n_cells - len(cells))]
    words = [_quoted(text) for text in (dguid, dguid[9:], level, geo_name)]
    head = ["2021", *words, *tnr, _quoted(flag), str(characteristic), _quoted(name), note]
    return ",".join(head + [f"{value},{_quoted(symbol)}" for value, symbol in full])


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def profile(
    lines: Iterable[str], *, with_intervals: bool = False, language: str = "en", end: str = "\r\n"
) -> str:
    """Put a header over rows."""
    header = ",".join(headings(with_intervals=with_intervals, language=language))
    return "".join(row + end for row in [header, *lines])


def saved(folder: Path, text: str | bytes, *, name: str = "profile.csv") -> Path:
    """Save a file, cp1252 as the publisher does."""
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode("cp1252"))
    return path


def zipped(folder: Path, members: dict[str, bytes], *, name: str = "profile.zip") -> Path:
    """Save a zip."""
    path = folder / name
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, content in members.items():
            archive.writestr(member, content)
    return path


def rows(*paths: Path, query: ProfileQuery | None = None, **options: Any) -> list[dict[str, Any]]:
    """Read files into plain rows."""
    batches = read_profile(paths, query or ProfileQuery(), **options)
    return [row for batch in batches for row in batch.to_pylist()]


def table(*paths: Path, query: ProfileQuery | None = None) -> pa.Table:
    """Read files into one table of plain columns."""
    return pa.Table.from_pylist(rows(*paths, query=query))


def refusal(*paths: Path, **options: Any) -> BadInput:
    """Read files that cannot be read, and give the reason."""
    try:
        rows(*paths, **options)
    except BadInput as error:
        return error
    raise AssertionError("nothing was refused")


def slow_rows(text: str) -> list[dict[str, Any]]:
    """Read a plain file the obvious way: Python's csv module, one cell after the other."""
    reader = csv.reader(io.StringIO(text, newline=""))
    next(reader)
    return [_slow_row(fields) for fields in reader if any(fields)]


def _slow_row(fields: list[str]) -> dict[str, Any]:
    row: dict[str, Any] = {
        "dguid": fields[1],
        "geo_name": fields[4],
        "quality_flag": fields[7],
        "characteristic": int(fields[8]),
    }
    for place, name in enumerate(PLAIN):
        value, symbol = fields[11 + 2 * place].strip(), fields[12 + 2 * place].strip()
        row |= _slow_cell(name, value, symbol)
    return row


def _slow_cell(name: str, value: str, symbol: str) -> dict[str, Any]:
    status, flags = MEANING[symbol], FLAGS.get(symbol, 0)
    number = float(value) if value else (0.0 if symbol == "0s" else None)
    if status == "published" and number is None:
        status, flags = "not_available", 0
    if status != "published":
        number = None
    return {name: number, f"{name}_status": status, f"{name}_flags": flags}
