"""Releases, in steps: each file of a profile by itself, then all of them on their areas."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from courtepointe.atlas.build import spill
from courtepointe.atlas.build.profile import Target, fill_from_profile, target_of
from courtepointe.atlas.build.sources import FoundSource
from courtepointe.atlas.build.tables import (
    count_statuses,
    fill_from_table,
    read_any_table,
    units_without,
)
from courtepointe.atlas.build.work import PACK, Desk
from courtepointe.atlas.pack.layout import division_name
from courtepointe.atlas.pack.observations import ReleaseArrays
from courtepointe.atlas.pack.values import AreaTable
from courtepointe.atlas.pack.write import PackWriter
from courtepointe.atlas.recipe.values import Release
from courtepointe.core.typing import AnyArray

CELLS = ("values", "low", "high", "status", "flags")
PLACES = "places.npy"


@dataclass(frozen=True, slots=True)
class TableReading:
    """A release that one table holds.

    Attributes
    ----------
    table : str
        The work that gathered its areas.
    """

    release: Release
    source: FoundSource
    area: str
    table: str
    metric_crs: str


@dataclass(frozen=True, slots=True)
class ProfileReading:
    """One file of a profile, to be read alone.

    Attributes
    ----------
    paths : tuple of Path
    levels : tuple of (str, str, str)
        DGUID prefix, ``TYPE:VINTAGE``, and the work that gathered the areas.
    """

    release: Release
    paths: tuple[Path, ...]
    encoding: str | None
    levels: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class ProfileJoining:
    """All files of a profile, to be put on their areas.

    Attributes
    ----------
    whole : ProfileReading
        Of all the files, in their order.
    parts : tuple of str
        The works that read them, one by one.
    """

    whole: ProfileReading
    parts: tuple[str, ...]
    metric_crs: str


def read_table_release(given: TableReading, desk: Desk) -> dict[str, Any]:
    """Put a table's rows on their areas, and write the release.

    Raises
    ------
    BadInput
        As `fill_from_table`, and all that the readers refuse.
    """
    release = given.release
    area = _areas(desk.of(given.table), given.area)
    variables = tuple(one.code for one in release.variables)
    writer = PackWriter(desk.out / PACK, given.metric_crs)
    arrays = writer.start_release(release.code, area, variables)
    told = fill_from_table(release, read_any_table(given.source), area, arrays)
    writer.finish_release(release.code, area, variables, arrays)
    return {"told": [told], "index": writer.index}


def read_profile_file(given: ProfileReading, desk: Desk) -> dict[str, Any]:
    """Read one file of a profile onto the areas that it speaks of.

    Raises
    ------
    BadInput
        As `target_of` and `fill_from_profile`.
    """
    targets = _targets(given, desk)
    met = fill_from_profile(given.release, given.paths, targets, encoding=given.encoding)
    for target in targets.values():
        folder = desk.out / division_name(target.area)
        folder.mkdir()
        places, cells = target.filled()
        spill.save_arrays(folder, places=places, **cells)
    return {
        "met": sorted(met),
        "targets": {target.area: _about(target) for target in targets.values()},
    }


def _targets(given: ProfileReading, desk: Desk) -> dict[str, Target]:
    targets = {}
    for prefix, area, work in given.levels:
        table = _areas(desk.of(work), area)
        targets[prefix] = target_of(
            given.release, prefix, area, codes=table.codes, dguids=table.dguids
        )
    return targets


def _about(target: Target) -> dict[str, Any]:
    return {
        "rows": target.rows,
        "flagged": target.flagged,
        "by_dguid": target.by_dguid,
        "outside": sorted(target.outside),
    }


def join_profile(given: ProfileJoining, desk: Desk) -> dict[str, Any]:
    """Put what the files of a profile say on all areas, and write the release.

    Raises
    ------
    BadInput
        ``census_profile_conflict`` where two files say different things of one cell.

    Notes
    -----
    Files that speak of the same geography are read again as one, which tells the first row that
    repeats another or contradicts it.
    """
    release = given.whole.release
    folders = [desk.of(name) for name in given.parts]
    told = [desk.told(name) for name in given.parts]
    if _share_areas(given, folders, told):
        together = Desk(desk.scratch, desk.out / "together")
        together.out.mkdir()
        told, folders = [read_profile_file(given.whole, together)], [together.out]
    met = {characteristic for one in told for characteristic in one["met"]}
    absent = [v.code for v in release.variables if v.characteristic not in met]
    writer = PackWriter(desk.out / PACK, given.metric_crs)
    facts = [
        _join_level(given, writer, folders, told, area=area, table=desk.of(work), absent=absent)
        for _, area, work in given.whole.levels
    ]
    return {"told": facts, "index": writer.index}


def _share_areas(
    given: ProfileJoining, folders: Sequence[Path], told: Sequence[Mapping[str, Any]]
) -> bool:
    """Say whether two files speak of one geography."""
    for _, area, _ in given.whole.levels:
        places = np.concatenate([np.load(_level(folder, area) / PLACES) for folder in folders])
        outside = Counter(dguid for one in told for dguid in one["targets"][area]["outside"])
        if np.unique(places).size < places.size or any(n > 1 for n in outside.values()):
            return True
    return False


def _level(folder: Path, area: str) -> Path:
    return folder / division_name(area)


def _join_level(
    given: ProfileJoining,
    writer: PackWriter,
    folders: Sequence[Path],
    told: Sequence[Mapping[str, Any]],
    *,
    area: str,
    table: Path,
    absent: list[str],
) -> dict[str, Any]:
    release, areas = given.whole.release, _areas(table, area)
    variables = tuple(one.code for one in release.variables)
    arrays = writer.start_release(release.code, areas, variables)
    seen = np.zeros(len(areas), dtype=np.bool_)
    for folder in folders:
        seen[_put(_level(folder, area), arrays)] = True
    facts = [one["targets"][area] for one in told]
    statuses = count_statuses(arrays.status)
    writer.finish_release(release.code, areas, variables, arrays, absent=absent)
    return {
        "release": release.code,
        "area": area,
        "source": release.source,
        "rows": sum(one["rows"] for one in facts),
        "matched": int(seen.sum()),
        "out_of_area": len({dguid for one in facts for dguid in one["outside"]}),
        "out_of_area_pattern": release.out_of_area,
        "joined_by": "dguid" if facts[0]["by_dguid"] else "geo_code",
        "high_non_response_cells": sum(one["flagged"] for one in facts),
        "variables_absent": absent,
        **units_without(areas, ~seen),
        "statuses": statuses,
    }


def _put(folder: Path, arrays: ReleaseArrays) -> AnyArray:
    """Put a part's cells on its areas; give their positions."""
    places: AnyArray = np.load(folder / PLACES)
    if places.size:
        for name in CELLS:
            getattr(arrays, name)[:, places] = np.load(folder / f"{name}.npy", mmap_mode="r")
    return places


def _areas(folder: Path, area: str) -> AreaTable:
    return spill.load_areas(folder, type_and_vintage=area, with_shapes=False)
