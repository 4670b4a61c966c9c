"""A release read from a table of any kind, put on its areas."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from courtepointe.atlas.build.keys import column_of, keys_of, places_of, refuse_repeats
from courtepointe.atlas.build.sources import FoundSource
from courtepointe.atlas.figures import Status
from courtepointe.atlas.pack.observations import ReleaseArrays
from courtepointe.atlas.pack.values import STATUS_CODE, STATUS_ORDER, AreaTable
from courtepointe.atlas.recipe.values import Release, Variable
from courtepointe.core.errors import BadInput
from courtepointe.core.typing import Bools, Codes
from courtepointe.formats.boundaries import read_layer
from courtepointe.formats.tables import Numbers, Table, derive, read_table, to_numbers

SHAPE_SUFFIXES = (".geojson", ".json", ".gpkg", ".shp", ".geoparquet", ".topojson")


def read_any_table(source: FoundSource) -> Table:
    """Read a source's file as a table; of a file of shapes, their attributes."""
    path: Path = source.one_path()
    if path.suffix.lower() in SHAPE_SUFFIXES:
        return read_layer(path).attributes
    return read_table(path, encoding=source.source.encoding)


def fill_from_table(
    release: Release, table: Table, area: AreaTable, arrays: ReleaseArrays
) -> dict[str, Any]:
    """Put a table's rows on their areas, and report how they matched.

    Parameters
    ----------
    release : Release
    table : Table
    area : AreaTable
    arrays : ReleaseArrays
        Filled in place.

    Raises
    ------
    BadInput
        ``release_row_without_area``, ``release_row_repeated``, ``unknown_column``,
        ``not_a_number``...
    """
    assert release.key is not None
    keys = keys_of(table, release.key)
    places = places_of(keys, area.codes)
    outside = _outside(release, table, keys, places < 0)
    refuse_repeats(
        table.rows(~outside), _kept(keys, ~outside), code="row", area=area.type_and_vintage
    )
    numbers = _numbers(release, table)
    for which, variable in enumerate(release.variables):
        _put(arrays, which, numbers[variable.code], places, ~outside)
    return {
        "release": release.code,
        "area": area.type_and_vintage,
        "source": release.source,
        "rows": len(table),
        "blank_rows": table.n_blank_rows,
        "encoding": table.encoding,
        "matched": int((~outside).sum()),
        "out_of_area": int(outside.sum()),
        "out_of_area_pattern": release.out_of_area,
        **units_without(area, np.bincount(places[~outside], minlength=len(area)) == 0),
        "statuses": count_statuses(arrays.status),
    }


def _outside(release: Release, table: Table, keys: tuple[str, ...], unknown: Bools) -> Bools:
    """Tell the rows that the recipe declares out of area; refuse any other row without area."""
    pattern = re.compile(release.out_of_area) if release.out_of_area else None
    for place in np.flatnonzero(unknown):
        if pattern is None or not pattern.search(keys[place]):
            raise BadInput(
                "release_row_without_area",
                file=table.file,
                row=int(table.row_numbers[place]),
                value=keys[place],
                release=release.code,
                area=release.area,
                expected=release.out_of_area or "no out_of_area is declared",
            )
    return unknown


def _kept(keys: tuple[str, ...], kept: Bools) -> tuple[str, ...]:
    return tuple(key for key, keep in zip(keys, kept, strict=True) if keep)


def _numbers(release: Release, table: Table) -> Mapping[str, Numbers]:
    given = {one.code: one for one in release.variables}
    derived = {code: one.derive for code, one in given.items() if one.derive is not None}
    numbers = derive(table, derived, symbols=release.symbols) if derived else {}
    for code, one in given.items():
        if one.column is not None:
            numbers[code] = _column(release, table, one)
    return numbers


def _column(release: Release, table: Table, variable: Variable) -> Numbers:
    assert variable.column is not None
    column = column_of(table, variable.column)
    return to_numbers(table, column, symbols=release.symbols)


def _put(arrays: ReleaseArrays, which: int, numbers: Numbers, places: Any, inside: Bools) -> None:
    where = places[inside]
    arrays.values[which, where] = numbers.values[inside]
    arrays.status[which, where] = status_codes(numbers.status[inside])
    arrays.flags[which, where] = 0


def status_codes(words: Any) -> Codes:
    """Turn words of statuses into their positions in the arrays."""
    distinct, inverse = np.unique(words, return_inverse=True)
    codes = np.array([STATUS_CODE[Status(str(word))] for word in distinct], dtype=np.uint8)
    return codes[inverse]


def units_without(area: AreaTable, without: Bools) -> dict[str, Any]:
    """Name the units of an area table that a release has no row for."""
    codes = [area.codes[place] for place in np.flatnonzero(without)]
    return {"units": len(area), "units_without_row": codes}


def count_statuses(status: Codes) -> dict[str, int]:
    """Count the cells of each status."""
    counted = Counter(
        {int(k): int(n) for k, n in zip(*np.unique(status, return_counts=True), strict=True)}
    )
    return {str(STATUS_ORDER[code]): counted[code] for code in sorted(counted)}
