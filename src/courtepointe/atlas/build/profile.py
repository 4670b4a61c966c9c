"""A release read from the bulk Census Profile, streamed onto its areas."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from courtepointe.atlas.build.sources import FoundSource
from courtepointe.atlas.build.tables import count_statuses, status_codes, units_without
from courtepointe.atlas.pack.observations import ReleaseArrays
from courtepointe.atlas.pack.values import (
    FLAG_HIGH_NON_RESPONSE,
    FLAG_NO_ROW,
    FLAG_REVISED,
    FLAG_USE_WITH_CAUTION,
    AreaTable,
)
from courtepointe.atlas.recipe.values import Release, Variable
from courtepointe.core.errors import BadInput
from courtepointe.core.typing import AnyArray, Bools, Ints
from courtepointe.formats.census_profile import CellFlag, ProfileQuery, read_profile

HIGH_NON_RESPONSE_PERCENT = 25.0
"""Total non-response rate from which a unit's figures bear the flag; see docs/methods/build.md."""

Progress = Callable[[int, int], None]


@dataclass(slots=True)
class Target:
    """One area table being filled from a profile.

    Attributes
    ----------
    position : dict
        DGUID where the boundary has them, else code -> position.
    seen : (n_areas,) bool
    """

    area: AreaTable
    arrays: ReleaseArrays
    by_dguid: bool
    position: Mapping[str, int]
    seen: Bools
    outside: set[str] = field(default_factory=set)
    rows: int = 0
    flagged: int = 0


@dataclass(frozen=True, slots=True)
class _Reading:
    """The variables that one column of the profile fills: characteristic -> variable."""

    column: str
    sex: str
    variable_of: Ints
    sampled: Bools


def target_of(release: Release, prefix: str, area: AreaTable, arrays: ReleaseArrays) -> Target:
    """Prepare to fill an area table, and refuse a profile of another vintage.

    Raises
    ------
    BadInput
        ``vintage_mismatch``.
    """
    by_dguid = any(area.dguids)
    vintage = area.type_and_vintage.split(":")[1]
    here = {dguid[: len(prefix)] for dguid in area.dguids} if by_dguid else {vintage}
    fits = prefix in here if by_dguid else prefix.startswith(vintage) or not vintage.isdigit()
    if not fits:
        raise BadInput(
            "vintage_mismatch",
            release=release.code,
            value=prefix,
            area=area.type_and_vintage,
            expected=", ".join(sorted(here)[:3]),
        )
    keys = area.dguids if by_dguid else area.codes
    position = {key: place for place, key in enumerate(keys)}
    return Target(area, arrays, by_dguid, position, np.zeros(len(area), dtype=np.bool_))


def fill_from_profile(
    release: Release,
    source: FoundSource,
    targets: Mapping[str, Target],
    *,
    on_progress: Progress | None = None,
) -> list[dict[str, Any]]:
    """Stream a profile's files onto their areas, and report how they matched.

    Parameters
    ----------
    release : Release
    source : FoundSource
    targets : mapping of DGUID prefix -> Target
        Filled in place.

    Raises
    ------
    BadInput
        ``release_row_without_area``, and all that the reader refuses.
    """
    readings = _readings(release.variables)
    query = ProfileQuery(
        characteristics=frozenset(one.characteristic or 0 for one in release.variables),
        dguid_prefixes=tuple(targets),
    )
    met: set[int] = set()
    batches = read_profile(
        source.paths, query, encoding=source.source.encoding, on_progress=on_progress
    )
    for batch in batches:
        met.update(np.unique(batch.column("characteristic").to_numpy()).tolist())
        for prefix, target in targets.items():
            _fill(batch, prefix, target, readings, release=release, file=source.facts()["file"])
    absent = [v.code for v in release.variables if v.characteristic not in met]
    return [_told(release, target, absent) for target in targets.values()]


def _readings(variables: Sequence[Variable]) -> list[_Reading]:
    """Group variables by the column that they are read from, no characteristic twice in one."""
    most = max(one.characteristic or 0 for one in variables) + 1
    sampled = np.array([one.sampled for one in variables], dtype=np.bool_)
    readings: list[_Reading] = []
    for place, one in enumerate(variables):
        column, characteristic = one.column or "count", one.characteristic or 0
        fitting = (
            reading
            for reading in readings
            if (reading.sex, reading.column) == (one.sex, column)
            and reading.variable_of[characteristic] < 0
        )
        reading = next(fitting, None)
        if reading is None:
            empty = np.full(most, -1, dtype=np.int64)
            reading = _Reading(column, one.sex, empty, sampled)
            readings.append(reading)
        reading.variable_of[characteristic] = place
    return readings


def _fill(
    batch: Any,
    prefix: str,
    target: Target,
    readings: Sequence[_Reading],
    *,
    release: Release,
    file: str,
) -> None:
    places = _places(batch, prefix, target, release=release, file=file)
    mine = places >= 0
    target.rows += int(mine.sum())
    target.seen[np.unique(places[mine])] = True
    characteristics = batch.column("characteristic").to_numpy()
    for reading in readings:
        which = reading.variable_of[characteristics]
        rows = np.flatnonzero(mine & (which >= 0))
        if rows.size:
            _put(batch.take(rows), which[rows], places[rows], reading, target)


def _places(batch: Any, prefix: str, target: Target, *, release: Release, file: str) -> Ints:
    """Find each row's area, looking up each geography once.

    Returns
    -------
    (n_rows,) int
        -1 for rows of another level or outside the atlas.
    """
    dguids = batch.column("dguid")
    codes = batch.column("geo_code")
    rows, first = np.unique(_indices(dguids), return_index=True)
    found = np.full(len(dguids.dictionary), -1, dtype=np.int64)
    words, names = dguids.dictionary.to_pylist(), codes.dictionary.to_pylist()
    code_of = _indices(codes)
    for which, row in zip(rows.tolist(), first.tolist(), strict=True):
        if words[which].startswith(prefix):
            found[which] = _place(
                words[which], names[code_of[row]], target, release=release, file=file
            )
    return found[_indices(dguids)]


def _place(dguid: str, code: str, target: Target, *, release: Release, file: str) -> int:
    place = target.position.get(dguid if target.by_dguid else code)
    if place is not None:
        return place
    if release.out_of_area is None or not re.search(release.out_of_area, code):
        raise BadInput(
            "release_row_without_area",
            file=file,
            row=dguid,
            value=code,
            release=release.code,
            area=target.area.type_and_vintage,
            expected=release.out_of_area or "no out_of_area is declared",
        )
    target.outside.add(dguid)
    return -1


def _indices(words: Any) -> Ints:
    return np.asarray(words.indices.to_numpy(zero_copy_only=False), dtype=np.int64)


def _put(batch: Any, which: Ints, places: Ints, reading: _Reading, target: Target) -> None:
    arrays, kind = target.arrays, f"{reading.sex}_{reading.column}"
    arrays.values[which, places] = _floats(batch, kind)
    for name, array in (("low", arrays.low), ("high", arrays.high)):
        array[which, places] = _floats(batch, f"{kind}_{name}")
    status = batch.column(f"{kind}_status")
    words = np.array(status.dictionary.to_pylist(), dtype=object)
    codes = status_codes(words.astype(str)) if len(words) else np.zeros(0, dtype=np.uint8)
    arrays.status[which, places] = codes[_indices(status)]
    flags = _flags(batch.column(f"{kind}_flags").to_numpy())
    tnr = np.where(reading.sampled[which], _floats(batch, "tnr_lf"), _floats(batch, "tnr_sf"))
    high = tnr >= HIGH_NON_RESPONSE_PERCENT
    target.flagged += int(high.sum())
    arrays.flags[which, places] = flags | np.where(high, FLAG_HIGH_NON_RESPONSE, 0).astype(np.uint8)


def _floats(batch: Any, name: str) -> AnyArray:
    """Give a column as numbers, NaN where it is null."""
    return np.asarray(batch.column(name).to_numpy(zero_copy_only=False), dtype=np.float64)


def _flags(cells: AnyArray) -> AnyArray:
    """Turn the reader's flags into the pack's."""
    caution = np.where(cells & int(CellFlag.USE_WITH_CAUTION), FLAG_USE_WITH_CAUTION, 0)
    revised = np.where(cells & int(CellFlag.REVISED), FLAG_REVISED, 0)
    return (caution | revised).astype(np.uint8)


def _told(release: Release, target: Target, absent: list[str]) -> dict[str, Any]:
    flags = target.arrays.flags
    seen = flags[:, target.seen]
    flags[:, target.seen] = seen & np.uint8(0xFF ^ FLAG_NO_ROW)
    return {
        "release": release.code,
        "area": target.area.type_and_vintage,
        "source": release.source,
        "rows": target.rows,
        "matched": int(target.seen.sum()),
        "out_of_area": len(target.outside),
        "out_of_area_pattern": release.out_of_area,
        "joined_by": "dguid" if target.by_dguid else "geo_code",
        "high_non_response_cells": target.flagged,
        "variables_absent": absent,
        **units_without(target.area, ~target.seen),
        "statuses": count_statuses(target.arrays.status),
    }
