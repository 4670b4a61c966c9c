"""Any file of places as a directory: HSDS as it is, the others by the names of their columns."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from uuid import UUID, uuid5

from courtepointe.core.errors import BadInput
from courtepointe.formats.hsds import Read, Record, read_hsds
from courtepointe.formats.hsds.check import checked
from courtepointe.formats.places import read_places
from courtepointe.formats.tables.read import read_table
from courtepointe.formats.tables.values import Table
from courtepointe.places.gather import NAMELESS, UNKNOWN, belongings

NAMESPACE = UUID("5d5d9a4b-94f7-5a3d-8e0f-3a2c7f0c9be1")
OTHERS = ("hsds_shape", "hsds_no_tables", "hsds_not_json")
"""What the reader of the standard says of a file that is something else."""
Told = Mapping[str, str]
Row = tuple[int, dict[str, str]]


def read_directory(path: Path, *, where: Told | None = None) -> Read:
    """Read a file of an organisation's, a city's or OpenStreetMap's places.

    Parameters
    ----------
    path : Path
        HSDS (JSON or a zip of CSV), GeoJSON, an answer of Overpass, a CSV or a workbook.
    where : mapping, optional
        ``city``, ``province``, ``country`` for addresses that do not say them.

    Returns
    -------
    Read
        Places of a file that is not HSDS are locations, named by its columns (``columns.toml``);
        those without coordinates have none. The same file gives the same identifiers.

    Raises
    ------
    BadInput
        As the readers; ``place_columns``, ``place_coordinate``.
    """
    if path.suffix.lower() in (".json", ".geojson", ".zip"):
        try:
            return read_hsds(path)
        except BadInput as error:
            if error.code not in OTHERS or _is_not_json(error, path):
                raise
    rows = list(_rows(path))
    places = {"city": UNKNOWN, "state_province": UNKNOWN, "country": UNKNOWN, **(where or {})}
    return checked(_records(rows, path.name, places), file=path.name)


def _is_not_json(error: BadInput, path: Path) -> bool:
    return error.code == "hsds_not_json" and path.suffix.lower() == ".json"


def _rows(path: Path) -> Iterator[Row]:
    """Give the rows by their number, each with what the columns that are known say."""
    if path.suffix.lower() in (".json", ".geojson"):
        file = read_places(path)
        points = zip(file.longitude.tolist(), file.latitude.tolist(), strict=True)
        for (number, told), (x, y) in zip(_cells(file.attributes), points, strict=True):
            yield number, {**told, "longitude": repr(x), "latitude": repr(y)}
        return
    yield from _cells(read_table(path))


def _cells(table: Table) -> Iterator[Row]:
    by_name = {name.strip().casefold(): name for name in reversed(table.columns)}
    taken = {
        what: by_name[found]
        for what, names in columns().items()
        if (found := next((one for one in names if one in by_name), None)) is not None
    }
    if "name" not in taken:
        expected = ", ".join(columns()["name"])
        raise BadInput("place_columns", file=table.file, value=", ".join(table.columns)[:200], expected=expected)  # fmt: skip
    held = {what: table.texts(column) for what, column in taken.items()}
    for place, number in enumerate(table.row_numbers.tolist()):
        cells = ((what, (told[place] or "").strip()) for what, told in held.items())
        yield number, {what: " ".join(text.split()) for what, text in cells if text}


def _records(rows: Sequence[Row], file: str, where: Told) -> Iterator[Record]:
    seen: Counter[str] = Counter()
    for number, told in rows:
        own = told.get("id") or " ".join(told.get(n, "") for n in ("name", "address", "longitude", "latitude"))  # fmt: skip
        seen[own] += 1
        place = uuid5(NAMESPACE, f"{file} {own} {seen[own]}")
        name = told.get("name", "")
        values: dict[str, str | float] = {
            "id": str(place), "location_type": "physical",
            "name": "" if name.casefold() in NAMELESS else name,
            "description": told.get("description", ""), "external_identifier": told.get("id", ""),
        }  # fmt: skip
        for axis, most in (("longitude", 180.0), ("latitude", 90.0)):
            if axis in told:
                values[axis] = _degrees(told[axis], axis, most, file=file, row=number)
        if ("longitude" in values) is not ("latitude" in values):
            values.pop("longitude", None)
            values.pop("latitude", None)
        line = f"{file}:{number}"
        yield Record("location", {n: v for n, v in values.items() if v != ""}, where=line)
        city = {"city": told["city"]} if told.get("city") else {}
        yield from belongings(place, told, {**where, **city})


def _degrees(text: str, column: str, most: float, *, file: str, row: int) -> float:
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        value = float("inf")
    if abs(value) <= most:
        return value
    raise BadInput(
        "place_coordinate", file=file, row=row, column=column, value=text[:40],
        expected=f"-{most:g} … {most:g}",
    )  # fmt: skip


@cache
def columns() -> Mapping[str, Sequence[str]]:
    """Read under which names files hold what a directory wants."""
    text = Path(__file__).with_name("columns.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
