"""From boundary files to the areas of each type at each vintage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pyarrow as pa
import shapely

from courtepointe.atlas.build.keys import column_of, keys_of, names_of, places_of, refuse_repeats
from courtepointe.atlas.build.sources import FoundSource
from courtepointe.atlas.build.topology import check_topology, parents_by_surface
from courtepointe.atlas.pack.values import AreaTable
from courtepointe.atlas.recipe.values import Boundary, Recipe
from courtepointe.core.errors import BadInput
from courtepointe.core.typing import Shapes
from courtepointe.formats.boundaries import BoundaryFile, read_boundaries
from courtepointe.formats.tables import Table


@dataclass(frozen=True, slots=True)
class Areas:
    """All areas of a pack, and what there is to say of each of their files.

    Attributes
    ----------
    tables : mapping of ``TYPE:VINTAGE`` -> AreaTable
    report : list of dict, one for each boundary file read
    """

    tables: Mapping[str, AreaTable]
    report: Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class _Read:
    """One boundary file as areas in the order of the file, and its parents' codes."""

    boundary: Boundary
    table: AreaTable
    parent_codes: tuple[str, ...] | None
    told: dict[str, Any] = field(default_factory=dict)


def build_areas(recipe: Recipe, found: Mapping[str, FoundSource]) -> Areas:
    """Read the boundaries of a recipe whose files are here.

    Raises
    ------
    BadInput
        ``area_code_repeated``, ``replacement_without_area``, ``parent_unknown``, and all that
        the readers refuse.
    """
    read: dict[str, _Read] = {}
    report: list[dict[str, Any]] = []
    for boundary in recipe.boundaries:
        if boundary.source not in found:
            continue
        one = _read(boundary, found[boundary.source], metric_crs=recipe.metric_crs)
        where = boundary.type_and_vintage
        if boundary.replaces:
            if where not in read:
                continue
            one = _replace(read[where], one)
        read[where] = one
        report.append(one.told)
    tables = {where: one.table for where, one in read.items()}
    for where, one in read.items():
        tables[where] = _with_parents(one, tables)
    for told in report:
        if not told["replaced_later"]:
            told.update(check_topology(tables[told["area"]]))
    return Areas(tables, report)


def _read(boundary: Boundary, source: FoundSource, *, metric_crs: str) -> _Read:
    file = read_boundaries(
        source.one_path(), to_crs=metric_crs, layer=boundary.layer, where=boundary.where
    )
    rule = boundary.dissolve_by or boundary.code
    codes = keys_of(file.attributes, rule)
    if boundary.dissolve_by is None:
        refuse_repeats(
            file.attributes, codes, code="area_code_repeated", area=boundary.type_and_vintage
        )
    order, shapes = _united(codes, file.shapes)
    rows = _in_order(file.attributes, order)
    table = _table(boundary, tuple(codes[place] for place in order), shapes, rows)
    parents = keys_of(rows, boundary.parent_code) if boundary.parent_code is not None else None
    told = {
        "area": boundary.type_and_vintage,
        "source": boundary.source,
        "rows": len(file),
        "areas": len(table),
        "dissolved": boundary.dissolve_by is not None,
        "repairs": _repairs(file, codes),
        "heights_dropped": file.n_heights_dropped,
        "notes": list(file.notes),
        "replaced_later": False,
    }
    return _Read(boundary, table, parents, told)


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


def _replace(base: _Read, other: _Read) -> _Read:
    """Put other shapes in the place of those of the same codes."""
    table, places = base.table, places_of(other.table.codes, base.table.codes)
    if (places < 0).any():
        raise BadInput(
            "replacement_without_area",
            source=other.boundary.source,
            area=table.type_and_vintage,
            value=other.table.codes[int(np.flatnonzero(places < 0)[0])],
            found=int((places < 0).sum()),
        )
    shapes = table.shapes.copy()
    shapes[places] = other.table.shapes
    base.told["replaced_later"] = True
    other.told["replaced"] = len(places)
    boundary = base.boundary if base.boundary.parent else other.boundary
    new = replace(table, shapes=shapes, surface_m2=shapely.area(shapes))
    return _Read(boundary, new, base.parent_codes, other.told)


def _with_parents(one: _Read, tables: Mapping[str, AreaTable]) -> AreaTable:
    """Name each area's parent: by its column where there is one, else by surface."""
    where = one.boundary.parent
    if where is None or where not in tables:
        return one.table
    parents = tables[where]
    if one.parent_codes is None:
        places = parents_by_surface(
            one.table.shapes, parents.shapes, least_share=one.boundary.parent_share
        )
    else:
        places = places_of(one.parent_codes, parents.codes)
        if (places < 0).all():
            raise BadInput(
                "parent_unknown",
                area=one.table.type_and_vintage,
                value=one.parent_codes[0],
                expected=where,
            )
    one.told["parent"] = where
    one.told["without_parent"] = [
        code for code, place in zip(one.table.codes, places, strict=True) if place < 0
    ]
    named = tuple(f"{where}:{parents.codes[p]}" if p >= 0 else "" for p in places)
    return replace(one.table, parents=named)
