"""What the steps of a build leave for one another on the disk: Arrow files and plain arrays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.feather as feather
import shapely

from courtepointe.atlas.build.work import Part
from courtepointe.atlas.pack.shapes import read_shapes, read_some_shapes, write_shapes
from courtepointe.atlas.pack.values import AreaTable
from courtepointe.core.typing import AnyArray, Ints, Shapes
from courtepointe.formats.tables import Table

ROWS, ROW_NUMBERS, SHAPES, AREAS, BOUNDS = (
    "rows",
    "row_numbers.npy",
    "shapes",
    "areas",
    "bounds.npy",
)
FIXED = ("code", "name_fr", "name_en", "dguid", "parent", "surface_m2")
KEY = "key of the row"


def save_rows(folder: Path, rows: Table, keys: Sequence[str], shapes: Shapes) -> None:
    """Leave rows of a boundary file, with their keys and their shapes."""
    _write(folder / ROWS, rows.data.append_column(KEY, pa.array(keys, pa.string())))
    np.save(folder / ROW_NUMBERS, rows.row_numbers)
    write_shapes(folder / SHAPES, shapes)


def load_rows(
    folders: Sequence[Path], *, file: str, encoding: str | None
) -> tuple[Table, tuple[str, ...], Shapes]:
    """Read the rows that several parts of a boundary left, in the order of the parts."""
    tables = [_read(folder / ROWS) for folder in folders]
    data = pa.concat_tables(tables, promote_options="default")
    numbers = np.concatenate([np.load(folder / ROW_NUMBERS) for folder in folders])
    shapes = np.concatenate([read_shapes(folder / SHAPES) for folder in folders])
    keys = tuple(data.column(KEY).to_pylist())
    return Table(file, data.drop_columns([KEY]), numbers, encoding), keys, shapes


def save_areas(folder: Path, table: AreaTable, parent_codes: Sequence[str] | None) -> None:
    """Leave an area table, its parents' codes in the place of its parents where it has some."""
    columns: dict[str, Any] = {
        "code": pa.array(table.codes, pa.string()),
        "name_fr": pa.array(table.names_fr, pa.string()),
        "name_en": pa.array(table.names_en, pa.string()),
        "dguid": pa.array(table.dguids, pa.string()),
        "surface_m2": pa.array(table.surface_m2, pa.float64()),
    }
    if parent_codes is not None:
        columns["parent"] = pa.array(parent_codes, pa.string())
    for name, cells in table.properties.items():
        columns[f"property {name}"] = pa.array(cells, pa.string())
    _write(folder / AREAS, pa.table(columns))
    write_shapes(folder / SHAPES, table.shapes)
    np.save(folder / BOUNDS, shapely.bounds(table.shapes).reshape(-1, 4))


def load_areas(folder: Path, *, type_and_vintage: str, with_shapes: bool = True) -> AreaTable:
    """Read an area table without its parents; without shapes too where none is needed."""
    data = _read(folder / AREAS)
    texts = {
        name: tuple(data.column(name).to_pylist())
        for name in data.column_names
        if name not in ("surface_m2", "parent")
    }
    n_areas = data.num_rows
    shapes = read_shapes(folder / SHAPES) if with_shapes else np.full(n_areas, None, dtype=object)
    return AreaTable(
        type_and_vintage=type_and_vintage,
        codes=texts["code"],
        names_fr=texts["name_fr"],
        names_en=texts["name_en"],
        dguids=texts["dguid"],
        parents=("",) * n_areas,
        shapes=shapes,
        surface_m2=data.column("surface_m2").to_numpy(),
        properties={
            name.removeprefix("property "): cells
            for name, cells in texts.items()
            if name.startswith("property ")
        },
    )


def load_parent_codes(folder: Path) -> tuple[str, ...] | None:
    """Read the parents' codes; None where no column names them."""
    data = _read(folder / AREAS)
    if "parent" not in data.column_names:
        return None
    return tuple(data.column("parent").to_pylist())


def load_codes(folder: Path) -> tuple[str, ...]:
    """Read the codes of an area table."""
    return tuple(_read(folder / AREAS, columns=["code"]).column("code").to_pylist())


def with_parents(table: AreaTable, parents: Sequence[str]) -> AreaTable:
    """Name the parents of an area table."""
    return replace(table, parents=tuple(parents))


def load_run(folder: Path, part: Part) -> tuple[Shapes, AnyArray, int]:
    """Read the shapes of one part of an area table, their bounds, and the position of the first."""
    bounds = np.load(folder / BOUNDS)
    start, stop = part.bounds(len(bounds))
    places = np.arange(start, stop, dtype=np.int64)
    return read_some_shapes(folder / SHAPES, places), bounds[start:stop], start


def load_near(folder: Path, bounds: AnyArray) -> tuple[Shapes, Ints]:
    """Read the shapes whose boxes meet some boxes.

    Returns
    -------
    shapes : (n_near,) shapely
    places : (n_near,) int
        Their positions in the area table, ascending.
    """
    here = shapely.box(*np.load(folder / BOUNDS).T)
    met = shapely.STRtree(here).query(shapely.box(*bounds.T))[1]
    places = np.unique(met).astype(np.int64)
    return read_some_shapes(folder / SHAPES, places), places


def save_arrays(folder: Path, **arrays: AnyArray) -> None:
    """Leave named arrays."""
    for name, array in arrays.items():
        np.save(folder / f"{name}.npy", array)


def load_array(folders: Sequence[Path], name: str) -> AnyArray:
    """Read an array that several parts left, one after the other."""
    return np.concatenate([np.load(folder / f"{name}.npy") for folder in folders])


def _write(path: Path, data: Any) -> None:
    feather.write_feather(data, str(path.with_suffix(".arrow")), compression="uncompressed")


def _read(path: Path, *, columns: Sequence[str] | None = None) -> Any:
    return feather.read_table(str(path.with_suffix(".arrow")), columns=columns, memory_map=True)
