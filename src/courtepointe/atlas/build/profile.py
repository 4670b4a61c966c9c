"""Rows of the bulk Census Profile put on their areas, batch after batch."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from courtepointe.atlas.build.tables import status_codes
from courtepointe.atlas.figures import Status
from courtepointe.atlas.pack.values import (
    FLAG_HIGH_NON_RESPONSE,
    FLAG_REVISED,
    FLAG_USE_WITH_CAUTION,
    STATUS_CODE,
)
from courtepointe.atlas.recipe.values import Release, Variable
from courtepointe.core.errors import BadInput
from courtepointe.core.typing import AnyArray, Ints
from courtepointe.formats.census_profile import CellFlag, ProfileQuery, read_profile

HIGH_NON_RESPONSE_PERCENT = 25.0
"""Total non-response rate from which a unit's figures bear the flag; see docs/methods/build.md."""
ROOM = 1024
"""Areas that there is room for at first; the room doubles when it is full."""

Progress = Callable[[int, int], None]


@dataclass(slots=True)
class Target:
    """One division being filled from a profile, with room for the areas that were met only.

    Attributes
    ----------
    area : str
        ``TYPE:VINTAGE``.
    by_dguid : bool
        Whether rows are joined by DGUID, which boundaries have, or by geographic code.
    position : mapping of key -> position
    slot_of : (n_areas,) int
        Where an area's cells are kept; -1 where it was not met yet.
    met : list of int
        Positions of the areas that were met, in the order of their slots.
    cells : dict of name -> (n_variables, n_slots) array
        As `ReleaseArrays`.
    outside : set of str
        DGUIDs of rows that the recipe declares out of area.
    """

    area: str
    by_dguid: bool
    position: Mapping[str, int]
    slot_of: Ints
    cells: dict[str, AnyArray]
    met: list[int] = field(default_factory=list)
    outside: set[str] = field(default_factory=set)
    rows: int = 0
    flagged: int = 0

    def slots(self, places: Ints) -> Ints:
        """Give the slots of areas, making room for those met for the first time."""
        fresh = np.unique(places[self.slot_of[places] < 0])
        if fresh.size:
            n_met = len(self.met)
            self.slot_of[fresh] = np.arange(n_met, n_met + fresh.size)
            self.met.extend(fresh.tolist())
            self._make_room()
        slots: Ints = self.slot_of[places]
        return slots

    def _make_room(self) -> None:
        n_variables, room = self.cells["values"].shape
        if len(self.met) <= room:
            return
        while room < len(self.met):
            room *= 2
        for name, array in self.cells.items():
            wider = _nothing(name, n_variables, room)
            wider[:, : array.shape[1]] = array
            self.cells[name] = wider

    def filled(self) -> tuple[Ints, dict[str, AnyArray]]:
        """Give the areas that were met, ascending, and their cells."""
        places = np.array(self.met, dtype=np.int64)
        order = np.argsort(places)
        return places[order], {name: array[:, order] for name, array in self.cells.items()}


def _nothing(name: str, n_variables: int, n_slots: int) -> AnyArray:
    """Give cells of which nothing is known but that their area has a row."""
    if name in ("values", "low", "high"):
        return np.full((n_variables, n_slots), np.nan)
    empty = STATUS_CODE[Status.NOT_AVAILABLE] if name == "status" else 0
    return np.full((n_variables, n_slots), empty, dtype=np.uint8)


@dataclass(frozen=True, slots=True)
class _Reading:
    """The variables that one column of the profile fills: characteristic -> variable."""

    column: str
    sex: str
    variable_of: Ints
    sampled: AnyArray

    @property
    def kind(self) -> str:
        return f"{self.sex}_{self.column}"

    @property
    def columns(self) -> list[str]:
        cells = [f"{self.kind}{part}" for part in ("", "_low", "_high", "_status", "_flags")]
        return [*cells, "tnr_sf", "tnr_lf"]


def target_of(
    release: Release,
    prefix: str,
    area: str,
    *,
    codes: tuple[str, ...],
    dguids: tuple[str, ...],
) -> Target:
    """Prepare to fill a division, and refuse a profile of another vintage.

    Parameters
    ----------
    release : Release
    prefix : str
        Of the DGUIDs of its areas in the profile.
    area : str
        ``TYPE:VINTAGE``.
    codes, dguids : (n_areas,) tuple of str

    Raises
    ------
    BadInput
        ``vintage_mismatch``.
    """
    by_dguid = any(dguids)
    vintage = area.split(":")[1]
    here = {dguid[: len(prefix)] for dguid in dguids} if by_dguid else {vintage}
    fits = prefix in here if by_dguid else prefix.startswith(vintage) or not vintage.isdigit()
    if not fits:
        raise BadInput(
            "vintage_mismatch",
            release=release.code,
            value=prefix,
            area=area,
            expected=", ".join(sorted(here)[:3]),
        )
    position = {key: place for place, key in enumerate(dguids if by_dguid else codes)}
    slot_of = np.full(len(codes), -1, dtype=np.int64)
    names = ("values", "low", "high", "status", "flags")
    cells = {name: _nothing(name, len(release.variables), ROOM) for name in names}
    return Target(area, by_dguid, position, slot_of, cells)


def fill_from_profile(
    release: Release,
    paths: Sequence[Path],
    targets: Mapping[str, Target],
    *,
    encoding: str | None = None,
    on_progress: Progress | None = None,
) -> set[int]:
    """Stream files of a profile onto their areas.

    Parameters
    ----------
    release : Release
    paths : sequence of Path
    targets : mapping of DGUID prefix -> Target
        Filled in place.

    Returns
    -------
    set of int
        The characteristics that were met.

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
    file = ", ".join(path.name for path in paths)
    met: set[int] = set()
    for batch in read_profile(paths, query, encoding=encoding, on_progress=on_progress):
        met.update(np.unique(batch.column("characteristic").to_numpy()).tolist())
        for prefix, target in targets.items():
            _fill(batch, prefix, target, readings, release=release, file=file)
    return met


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
    mine = np.flatnonzero(places >= 0)
    if mine.size == 0:
        return
    target.rows += mine.size
    slots = target.slots(places[mine])
    characteristics = batch.column("characteristic").to_numpy()[mine]
    for reading in readings:
        which = reading.variable_of[characteristics]
        held = np.flatnonzero(which >= 0)
        if held.size:
            cells = batch.select(reading.columns)
            whole = held.size == batch.num_rows
            cells = cells if whole else cells.take(pa.array(mine[held]))
            _put(cells, which[held], slots[held], reading, target)


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
            area=target.area,
            expected=release.out_of_area or "no out_of_area is declared",
        )
    target.outside.add(dguid)
    return -1


def _indices(words: Any) -> Ints:
    return np.asarray(words.indices.to_numpy(zero_copy_only=False), dtype=np.int64)


def _put(batch: Any, which: Ints, slots: Ints, reading: _Reading, target: Target) -> None:
    cells, kind = target.cells, reading.kind
    for name, column in (("values", kind), ("low", f"{kind}_low"), ("high", f"{kind}_high")):
        cells[name][which, slots] = _floats(batch, column)
    status = batch.column(f"{kind}_status")
    words = np.array(status.dictionary.to_pylist(), dtype=object)
    codes = status_codes(words.astype(str)) if len(words) else np.zeros(0, dtype=np.uint8)
    cells["status"][which, slots] = codes[_indices(status)]
    flags = _flags(batch.column(f"{kind}_flags").to_numpy())
    tnr = np.where(reading.sampled[which], _floats(batch, "tnr_lf"), _floats(batch, "tnr_sf"))
    high = tnr >= HIGH_NON_RESPONSE_PERCENT
    target.flagged += int(high.sum())
    cells["flags"][which, slots] = flags | np.where(high, FLAG_HIGH_NON_RESPONSE, 0).astype(
        np.uint8
    )


def _floats(batch: Any, name: str) -> AnyArray:
    """Give a column as numbers, NaN where it is null."""
    return np.asarray(batch.column(name).to_numpy(zero_copy_only=False), dtype=np.float64)


def _flags(cells: AnyArray) -> AnyArray:
    """Turn the reader's flags into the pack's."""
    caution = np.where(cells & int(CellFlag.USE_WITH_CAUTION), FLAG_USE_WITH_CAUTION, 0)
    revised = np.where(cells & int(CellFlag.REVISED), FLAG_REVISED, 0)
    return (caution | revised).astype(np.uint8)
