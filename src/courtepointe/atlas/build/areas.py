"""From boundary files to the areas of each type at each vintage, in steps."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import shapely

from courtepointe.atlas.build import spill
from courtepointe.atlas.build.keys import column_of, keys_of, names_of, places_of, refuse_repeats
from courtepointe.atlas.build.work import PACK, WHOLE, Desk, Part
from courtepointe.atlas.pack.values import AreaTable
from courtepointe.atlas.pack.write import PackWriter
from courtepointe.atlas.recipe.values import Boundary
from courtepointe.core.errors import BadInput
from courtepointe.core.typing import Shapes
from courtepointe.formats.boundaries import BoundaryFile, read_boundaries, unpacked
from courtepointe.formats.tables import Table


@dataclass(frozen=True, slots=True)
class Unpacking:
    """A boundary file to be read by several steps."""

    path: Path
    layer: str | None


@dataclass(frozen=True, slots=True)
class Reading:
    """A run of the rows of a boundary file.

    Attributes
    ----------
    unpacked : str or None
        The work that counted the rows; None: all are read at once.
    """

    boundary: Boundary
    path: Path
    metric_crs: str
    unpacked: str | None = None
    part: Part = WHOLE


@dataclass(frozen=True, slots=True)
class Gathering:
    """The rows of a boundary, to be put together.

    Attributes
    ----------
    boundary : Boundary
    parts : tuple of str
        The works that read them, in the order of the file.
    base : str or None
        The work that gathered the areas whose shapes these replace.
    """

    boundary: Boundary
    parts: tuple[str, ...]
    base: str | None = None


@dataclass(frozen=True, slots=True)
class Naming:
    """Areas to be given their parents and their place in the pack.

    Attributes
    ----------
    area : str
        ``TYPE:VINTAGE``.
    table : str
        The work that gathered them.
    parent : str or None
        ``TYPE:VINTAGE``.
    parent_table : str or None
        The work that gathered the parents.
    homes : tuple of str
        The works that found parents by surface; none where a column names them.
    """

    area: str
    table: str
    metric_crs: str
    parent: str | None = None
    parent_table: str | None = None
    homes: tuple[str, ...] = ()


def unpack(given: Unpacking, desk: Desk) -> dict[str, Any]:
    """Take a boundary file out of its zip once for all who read it, and count its rows.

    Raises
    ------
    BadInput
        All that opening it refuses.
    """
    with unpacked(given.path, layer=given.layer) as (inner, layer, n_features):
        if n_features is None:
            return {"features": None}
        if inner == given.path:
            return {"features": n_features, "inner": None, "layer": layer}
        for path in sorted(inner.parent.iterdir()):
            shutil.copyfile(path, desk.out / path.name)
        return {"features": n_features, "inner": inner.name, "layer": layer}


def read_part(given: Reading, desk: Desk) -> dict[str, Any]:
    """Read a run of the rows of a boundary file into the metric system, with their keys.

    Raises
    ------
    BadInput
        All that the readers refuse.
    """
    file = _read(given, desk)
    if file is None:
        return {"rows": 0}
    boundary = given.boundary
    keys = keys_of(file.attributes, boundary.dissolve_by or boundary.code)
    spill.save_rows(desk.out, file.attributes, keys, file.shapes)
    return {
        "rows": len(file),
        "file": file.attributes.file,
        "encoding": file.attributes.encoding,
        "repairs": _repairs(file, keys),
        "heights_dropped": file.n_heights_dropped,
        "notes": list(file.notes),
    }


def _read(given: Reading, desk: Desk) -> BoundaryFile | None:
    """Read what a part is to read; None where that is nothing."""
    boundary, path, layer, rows = given.boundary, given.path, given.boundary.layer, None
    if given.unpacked is not None:
        about = desk.told(given.unpacked)
        if about["features"] is None:
            if given.part.number:
                return None
        else:
            rows = given.part.bounds(about["features"])
            if rows[0] == rows[1]:
                return None
            layer = about["layer"]
            path = desk.of(given.unpacked) / about["inner"] if about["inner"] else path
    return read_boundaries(
        path,
        to_crs=given.metric_crs,
        layer=layer,
        where=boundary.where,
        file=given.path.name,
        rows=rows,
    )


def gather(given: Gathering, desk: Desk) -> dict[str, Any]:
    """Order the areas of a boundary by code, unite those that are to be, replace shapes.

    Raises
    ------
    BadInput
        ``no_features_where``, ``area_code_repeated``, ``replacement_without_area``, and all that
        the rules of keys refuse.
    """
    boundary = given.boundary
    parts = [(desk.of(name), desk.told(name)) for name in given.parts]
    folders = [folder for folder, one in parts if one["rows"]]
    told = [one for _, one in parts if one["rows"]]
    if not told:
        raise BadInput("no_features_where", file=boundary.source, value=boundary.where or "")
    rows, keys, shapes = spill.load_rows(
        folders, file=told[0]["file"], encoding=told[0]["encoding"]
    )
    if boundary.dissolve_by is None:
        refuse_repeats(rows, keys, code="area_code_repeated", area=boundary.type_and_vintage)
    order, united = _united(keys, shapes)
    rows = _in_order(rows, order)
    table = _table(boundary, tuple(keys[place] for place in order), united, rows)
    parents = keys_of(rows, boundary.parent_code) if boundary.parent_code is not None else None
    facts = {
        "area": boundary.type_and_vintage,
        "source": boundary.source,
        "rows": len(keys),
        "areas": len(table),
        "dissolved": boundary.dissolve_by is not None,
        "repairs": [repair for one in told for repair in one["repairs"]],
        "heights_dropped": sum(one["heights_dropped"] for one in told),
        "notes": list(dict.fromkeys(note for one in told for note in one["notes"])),
        "replaced_later": False,
    }
    if given.base is not None:
        base = desk.of(given.base)
        before = spill.load_areas(base, type_and_vintage=boundary.type_and_vintage)
        facts["replaced"] = len(table)
        table, parents = (
            _replaced(before, table, source=boundary.source),
            (spill.load_parent_codes(base)),
        )
    spill.save_areas(desk.out, table, parents)
    return facts


def _united(codes: tuple[str, ...], shapes: Shapes) -> tuple[list[int], Shapes]:
    """Order areas by code and unite the shapes that share one.

    Returns
    -------
    order : list of int
        For each area the first of its rows.
    """
    rows: dict[str, list[int]] = {}
    for place, code in enumerate(codes):
        rows.setdefault(code, []).append(place)
    groups = [rows[code] for code in sorted(rows)]
    united = np.empty(len(groups), dtype=np.object_)
    for place, group in enumerate(groups):
        united[place] = (
            shapes[group[0]] if len(group) == 1 else shapely.union_all(shapes[np.array(group)])
        )
    return [group[0] for group in groups], united


def _in_order(table: Table, order: Sequence[int]) -> Table:
    places = np.array(order, dtype=np.int64)
    return replace(
        table, data=table.data.take(pa.array(places)), row_numbers=table.row_numbers[places]
    )


def _table(boundary: Boundary, codes: tuple[str, ...], shapes: Shapes, rows: Table) -> AreaTable:
    fixed = tuple(boundary.fixed_names.get(code, code) for code in codes)
    names = names_of(rows, boundary.name, codes=fixed) if boundary.name else fixed
    names_en = names_of(rows, boundary.name_en, codes=names) if boundary.name_en else names
    dguids = keys_of(rows, boundary.dguid) if boundary.dguid else ("",) * len(codes)
    return AreaTable(
        type_and_vintage=boundary.type_and_vintage,
        codes=codes,
        names_fr=names,
        names_en=names_en,
        dguids=dguids,
        parents=("",) * len(codes),
        shapes=shapes,
        surface_m2=shapely.area(shapes),
        properties={
            name: rows.texts(column_of(rows, column))
            for name, column in boundary.properties.items()
        },
    )


def _repairs(file: BoundaryFile, codes: tuple[str, ...]) -> list[dict[str, Any]]:
    return [
        {
            "row": repair.row,
            "code": codes[repair.position],
            "reason": repair.reason,
            "m2_before": round(repair.area_before, 1),
            "m2_after": round(repair.area_after, 1),
        }
        for repair in file.repairs
    ]


def _replaced(table: AreaTable, other: AreaTable, *, source: str) -> AreaTable:
    """Put other shapes in the place of those of the same codes."""
    places = places_of(other.codes, table.codes)
    if (places < 0).any():
        raise BadInput(
            "replacement_without_area",
            source=source,
            area=table.type_and_vintage,
            value=other.codes[int(np.flatnonzero(places < 0)[0])],
            found=int((places < 0).sum()),
        )
    shapes = table.shapes.copy()
    shapes[places] = other.shapes
    return replace(table, shapes=shapes, surface_m2=shapely.area(shapes))


def place_areas(given: Naming, desk: Desk) -> dict[str, Any]:
    """Name each area's parent, by its column where there is one, else by surface; write the areas.

    Raises
    ------
    BadInput
        ``parent_unknown``.
    """
    folder = desk.of(given.table)
    table = spill.load_areas(folder, type_and_vintage=given.area)
    told: dict[str, Any] = {}
    if given.parent is not None and given.parent_table is not None:
        codes = spill.load_codes(desk.of(given.parent_table))
        places = _parents(given, table, codes, desk)
        pairs = zip(table.codes, places, strict=True)
        told = {
            "parent": given.parent,
            "without_parent": [code for code, place in pairs if place < 0],
        }
        named = [f"{given.parent}:{codes[p]}" if p >= 0 else "" for p in places]
        table = replace(table, parents=tuple(named))
    writer = PackWriter(desk.out / PACK, given.metric_crs)
    writer.add_areas(table)
    return {"told": told, "index": writer.index}


def _parents(given: Naming, table: AreaTable, codes: tuple[str, ...], desk: Desk) -> list[int]:
    if given.homes:
        found = spill.load_array([desk.of(name) for name in given.homes], "homes")
        return list(found.tolist())
    named = spill.load_parent_codes(desk.of(given.table))
    assert named is not None
    places = places_of(named, codes)
    if (places < 0).all():
        raise BadInput("parent_unknown", area=given.area, value=named[0], expected=given.parent)
    return list(places.tolist())
