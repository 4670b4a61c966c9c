"""Tables of people, of possible sites, and of the way between them (CSV, XLSX, Parquet)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from courtepointe.core.errors import BadInput
from courtepointe.core.typing import Floats, Ints
from courtepointe.formats.tables.numbers import to_numbers
from courtepointe.formats.tables.read import read_table
from courtepointe.formats.tables.values import Table

NAMES = ("id", "code", "name", "nom", "identifiant", "destinationname")
PEOPLE = ("people", "personnes", "demand", "demande", "population", "pop", "weight", "poids")
PRICE = ("price", "prix", "cost", "coût", "cout")
STATUS = ("status", "statut")
FROM = ("destinationname", "from", "de", "origin", "origine", "demand", "demande")
"""A table of spopt has its places in DestinationName, and people in demand."""
TO = ("site", "to", "à", "vers", "name", "lieu")
DISTANCE = ("distance", "minutes", "metres", "mètres", "cost", "coût", "time", "temps")
PLANE = (("x",), ("y",))
DEGREES = (("lon", "long", "longitude"), ("lat", "latitude"))
STATUSES = {
    "": "free", "free": "free", "libre": "free", "forced": "forced", "imposé": "forced",
    "forbidden": "forbidden", "interdit": "forbidden", "existing": "existing", "existant": "existing",
}  # fmt: skip
MOST_CELLS = 400_000_000


@dataclass(frozen=True, slots=True)
class Places:
    """Rows of people, or sites.

    Attributes
    ----------
    file : str
    names : tuple of str
    points : (n, 2) float or None
        Longitude and latitude where ``degrees``, else in the unit of the file.
    degrees : bool
    people : (n,) float or None
    price : (n,) float or None
        Of opening a site.
    status : tuple of str
        ``free``, ``forced``, ``forbidden`` or ``existing``.
    """

    file: str
    names: tuple[str, ...]
    points: Floats | None
    degrees: bool
    people: Floats | None = None
    price: Floats | None = None
    status: tuple[str, ...] = ()


def read_demand(path: Path, *, known: Collection[str] = (), people: str | None = None) -> Places:
    """Read where people are, and how many.

    Parameters
    ----------
    path : Path
    known : collection of str
        Names that a table of distances uses: tells which column holds them.
    people : str, optional
        The column that counts; else a usual one.

    Raises
    ------
    BadInput
        ``siting_column``, ``siting_cell_empty``, ``siting_cell_negative``, ``siting_cell_twice``, and
        as `read_table`.
    """
    table = read_table(path)
    names = _names(table, known)
    column = people or _needed(table, PEOPLE, starts=True)
    return Places(table.file, names, *_points(table), _amounts(table, column))


def read_sites(path: Path, *, known: Collection[str] = ()) -> Places:
    """Read possible sites: names, points, the price of each, and what is settled of it.

    Raises
    ------
    BadInput
        As `read_demand`; ``siting_status``.
    """
    table = read_table(path)
    price, status = _column(table, PRICE), _column(table, STATUS)
    names = _names(table, known)
    return Places(
        table.file, names, *_points(table), None,
        None if price is None else _amounts(table, price),
        ("free",) * len(names) if status is None else _statuses(table, status),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Ways:
    """How far it is from places to sites, pair by pair.

    Attributes
    ----------
    file : str
    rows : (n,) int
        Row of the file.
    start, end : tuple of str
        Names of places and of sites.
    distance : (n,) float
    columns : tuple of (str, str)
        Headings of the two.
    """

    file: str
    rows: Ints
    start: tuple[str, ...]
    end: tuple[str, ...]
    distance: Floats
    columns: tuple[str, str]


def read_ways(path: Path) -> Ways:
    """Read a table of distances, one pair a row.

    Raises
    ------
    BadInput
        As `read_demand`.
    """
    table = read_table(path)
    end = _needed(table, TO)
    start = _needed(table, tuple(one for one in FROM if one != end.casefold()), but=end)
    far = _amounts(table, _needed(table, DISTANCE))
    return Ways(
        table.file, table.row_numbers, _texts(table, start), _texts(table, end), far, (start, end)
    )


def way_table(ways: Ways, start: Sequence[str], end: Sequence[str]) -> Floats:
    """Put distances in a table; inf where no pair is told.

    Returns
    -------
    (n_start, n_end) float

    Raises
    ------
    BadInput
        ``siting_cell_unknown``, ``siting_pair_twice``, ``siting_too_large``.
    """
    if len(start) * len(end) > MOST_CELLS:
        raise BadInput("siting_too_large", value=len(start) * len(end), expected=MOST_CELLS)
    told = np.full((len(start), len(end)), np.nan)
    rows = {name: at for at, name in enumerate(start)}
    sites = {name: at for at, name in enumerate(end)}
    for place, (one, other) in enumerate(zip(ways.start, ways.end, strict=True)):
        row, site = rows.get(one, -1), sites.get(other, -1)
        if row < 0 or site < 0:
            raise BadInput(
                "siting_cell_unknown", file=ways.file, row=int(ways.rows[place]),
                column=ways.columns[row >= 0], value=one if row < 0 else other,
            )  # fmt: skip
        if not np.isnan(told[row, site]):
            raise BadInput(
                "siting_pair_twice",
                file=ways.file,
                row=int(ways.rows[place]),
                value=one,
                other=other,
            )
        told[row, site] = ways.distance[place]
    far: Floats = np.nan_to_num(told, nan=np.inf)
    return far


def _column(
    table: Table, wanted: Sequence[str], *, starts: bool = False, but: str | None = None
) -> str | None:
    folded = {name.strip().casefold(): name for name in reversed(table.columns) if name != but}
    for one in wanted:
        if one in folded:
            return folded[one]
    if starts:
        for one in wanted:
            for name, told in reversed(folded.items()):
                if name.startswith(one):
                    return told
    return None


def _needed(
    table: Table, wanted: Sequence[str], *, starts: bool = False, but: str | None = None
) -> str:
    found = _column(table, wanted, starts=starts, but=but)
    if found is None:
        raise BadInput(
            "siting_column",
            file=table.file,
            value=", ".join(table.columns),
            expected=", ".join(wanted),
        )
    return found


def _texts(table: Table, column: str) -> tuple[str, ...]:
    told = []
    for place, text in enumerate(table.texts(column)):
        if text is None or not text.strip():
            raise BadInput(
                "siting_cell_empty",
                file=table.file,
                row=int(table.row_numbers[place]),
                column=column,
            )
        told.append(text.strip())
    return tuple(told)


def _names(table: Table, known: Collection[str]) -> tuple[str, ...]:
    """Read names from the column that holds those which are known, each once."""
    columns = [name for name in table.columns if name.strip().casefold() in NAMES]
    columns.sort(key=lambda name: NAMES.index(name.strip().casefold()))
    if not columns:
        return tuple(str(place) for place in range(1, len(table) + 1))
    if known:
        columns.sort(key=lambda name: -len(set(known) & set(table.texts(name))))
    told = _texts(table, columns[0])
    first: dict[str, int] = {}
    for place, name in enumerate(told):
        row = int(table.row_numbers[place])
        if name in first:
            raise BadInput(
                "siting_cell_twice", file=table.file, row=row, column=columns[0], value=name,
                first_row=first[name],
            )  # fmt: skip
        first[name] = row
    return told


def _amounts(table: Table, column: str, *, least: float = 0.0) -> Floats:
    told = to_numbers(table, column).values
    for wrong, code in (
        (np.isnan(told), "siting_cell_empty"),
        (told < least, "siting_cell_negative"),
    ):
        places = np.flatnonzero(wrong)
        if places.size:
            raise BadInput(
                code, file=table.file, row=int(table.row_numbers[places[0]]), column=column,
                value=float(told[places[0]]), expected=least,
            )  # fmt: skip
    return told


def _points(table: Table) -> tuple[Floats | None, bool]:
    for wanted, degrees in ((PLANE, False), (DEGREES, True)):
        found = [_column(table, one) for one in wanted]
        both = [one for one in found if one is not None]
        if len(both) == 2:
            axes = [_amounts(table, one, least=-np.inf) for one in both]
            return np.column_stack(axes), degrees
    return None, False


def _statuses(table: Table, column: str) -> tuple[str, ...]:
    told = []
    for place, text in enumerate(table.texts(column)):
        status = STATUSES.get((text or "").strip().casefold())
        if status is None:
            raise BadInput(
                "siting_status", file=table.file, row=int(table.row_numbers[place]), column=column,
                value=text, expected=", ".join(one for one in STATUSES if one),
            )  # fmt: skip
        told.append(status)
    return tuple(told)
