"""Open a pack: nothing is read before it is asked for, and arrays are mapped, not copied."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Generic, TypeVar

import numpy as np
import pyarrow.parquet as pq

from courtepointe.atlas.pack import layout
from courtepointe.atlas.pack.observations import open_arrays
from courtepointe.atlas.pack.shapes import read_shapes
from courtepointe.atlas.pack.streets import read_street_table
from courtepointe.atlas.pack.tiles import read_layer
from courtepointe.atlas.pack.values import (
    AreaTable,
    BlockTable,
    CorrespondenceTable,
    OverlapTable,
    Pack,
    PlaceTable,
    ReleaseTable,
    StreetTable,
)
from courtepointe.atlas.recipe.read import read_recipe
from courtepointe.core.errors import BadInput, NotFound
from courtepointe.core.tiles import Layer
from courtepointe.core.typing import Shapes

Key = TypeVar("Key")
Value = TypeVar("Value")


class Lazy(Mapping[Key, Value], Generic[Key, Value]):
    """A mapping whose keys are known and whose values are read when first asked for."""

    def __init__(self, readers: Mapping[Key, Callable[[], Value]]) -> None:
        self._readers = dict(readers)
        self._read: dict[Key, Value] = {}
        self._lock = threading.Lock()

    def __getitem__(self, key: Key) -> Value:
        if key not in self._read:
            reader = self._readers[key]
            with self._lock:
                if key not in self._read:
                    self._read[key] = reader()
        return self._read[key]

    def __iter__(self) -> Iterator[Key]:
        return iter(self._readers)

    def __len__(self) -> int:
        return len(self._readers)

    def __contains__(self, key: object) -> bool:
        return key in self._readers


def open_pack(folder: Path | str) -> Pack:
    """Open the folder of a pack.

    Parameters
    ----------
    folder : path

    Returns
    -------
    Pack
        Its mappings read their values when first asked; arrays are memory-mapped, read only.

    Raises
    ------
    NotFound
        ``pack_not_found``.
    BadInput
        ``pack_broken``, ``pack_format``.
    """
    folder = Path(folder)
    described = _described(folder)
    index = _json(folder, layout.INDEX)
    about = described["courtepointe"]
    recipe = read_recipe(folder / layout.RECIPE)
    areas = Lazy({one["area"]: _areas(folder, one) for one in index["areas"]})
    return Pack(
        recipe=recipe,
        content_hash=about["content_hash"],
        loaded_sources=about["loaded_sources"],
        area_tables=areas,
        release_tables=Lazy(
            {(one["release"], one["area"]): _release(folder, one) for one in index["releases"]}
        ),
        place_tables=Lazy({one["layer"]: _places(folder, one) for one in index["places"]}),
        overlaps=Lazy(
            {(one["from"], one["to"]): _overlaps(folder, one) for one in index["overlaps"]}
        ),
        blocks=_blocks(folder, index["blocks"], areas),
        division_shapes=Lazy({area: _division(folder, area) for area in index["divisions"]}),
        report=_json(folder, layout.REPORT),
        correspondences=Lazy(
            {
                (one["from"], one["to"]): _correspondence(folder, one)
                for one in index.get("correspondences", [])
            }
        ),
        tile_zooms={one["area"]: tuple(one["zooms"]) for one in index.get("tiles", [])},
        tile_layers=Lazy(
            {
                (one["area"], zoom): _layer(folder, one["area"], zoom)
                for one in index.get("tiles", [])
                for zoom in one["zooms"]
            }
        ),
        street_tables=Lazy(_streets(folder, index.get("streets"))),
    )


def _described(folder: Path) -> dict[str, Any]:
    if not (folder / layout.DESCRIPTOR).is_file():
        raise NotFound("pack_not_found", folder=folder.name)
    described = _json(folder, layout.DESCRIPTOR)
    about = described.get("courtepointe", {})
    if about.get("format") != layout.FORMAT:
        raise BadInput(
            "pack_format", folder=folder.name, found=about.get("format"), expected=layout.FORMAT
        )
    return described


def _json(folder: Path, name: str) -> dict[str, Any]:
    try:
        content: dict[str, Any] = json.loads((folder / name).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise BadInput("pack_broken", folder=folder.name, file=name, found=str(error)) from error
    return content


def _columns(path: Path) -> dict[str, tuple[Any, ...]]:
    """Read the columns of a table but for its shapes."""
    try:
        file = pq.ParquetFile(path)
        names = [name for name in file.schema_arrow.names if not name.startswith(("bbox_", "geom"))]
        table = file.read(columns=names)
    except (OSError, ValueError) as error:
        raise BadInput(
            "pack_broken", folder=path.parent.parent.name, file=path.name, found=str(error)
        ) from error
    return {name: tuple(table.column(name).to_pylist()) for name in names}


def _areas(folder: Path, entry: Mapping[str, Any]) -> Callable[[], AreaTable]:
    def read() -> AreaTable:
        columns = _columns(folder / layout.areas_file(entry["area"]))
        return AreaTable(
            type_and_vintage=entry["area"],
            codes=columns["code"],
            names_fr=columns["name_fr"],
            names_en=columns["name_en"],
            dguids=columns["dguid"],
            parents=columns["parent"],
            shapes=read_shapes(folder / layout.shapes_file(entry["area"])),
            surface_m2=np.array(columns["surface_m2"], dtype=np.float64),
            properties={name: columns[name] for name in entry["properties"]},
        )

    return read


def _division(folder: Path, area: str) -> Callable[[], Shapes]:
    return lambda: read_shapes(folder / layout.resolved_file(area))


def _layer(folder: Path, area: str, zoom: int) -> Callable[[], Layer]:
    return lambda: read_layer(folder / layout.tile_file(area, zoom), zoom=zoom)


def _release(folder: Path, entry: Mapping[str, Any]) -> Callable[[], ReleaseTable]:
    def read() -> ReleaseTable:
        where = folder / layout.release_folder(entry["release"], entry["area"])
        return open_arrays(
            where,
            release=entry["release"],
            area=entry["area"],
            variables=tuple(entry["variables"]),
        )

    return read


def _places(folder: Path, entry: Mapping[str, Any]) -> Callable[[], PlaceTable]:
    def read() -> PlaceTable:
        columns = _columns(folder / layout.places_file(entry["layer"]))
        return PlaceTable(
            layer=entry["layer"],
            ids=columns["id"],
            names=columns["name"],
            categories=columns["category"],
            x=np.array(columns["x_m"], dtype=np.float64),
            y=np.array(columns["y_m"], dtype=np.float64),
            longitude=np.array(columns["longitude"], dtype=np.float64),
            latitude=np.array(columns["latitude"], dtype=np.float64),
            properties={name: columns[name] for name in entry["properties"]},
        )

    return read


def _overlaps(folder: Path, entry: Mapping[str, Any]) -> Callable[[], OverlapTable]:
    def read() -> OverlapTable:
        columns = _columns(folder / layout.overlap_file(entry["from"], entry["to"]))
        return OverlapTable(
            from_=entry["from"],
            to=entry["to"],
            from_position=np.array(columns["from_position"], dtype=np.int64),
            to_position=np.array(columns["to_position"], dtype=np.int64),
            share_surface=np.array(columns["share_surface"], dtype=np.float64),
            share_weight=np.array(columns["share_weight"], dtype=np.float64),
            weight=entry["weight"],
        )

    return read


def _correspondence(folder: Path, entry: Mapping[str, Any]) -> Callable[[], CorrespondenceTable]:
    def read() -> CorrespondenceTable:
        columns = _columns(folder / layout.correspondence_file(entry["from"], entry["to"]))
        return CorrespondenceTable(
            from_=entry["from"],
            to=entry["to"],
            from_position=np.array(columns["from_position"], dtype=np.int64),
            to_position=np.array(columns["to_position"], dtype=np.int64),
            share=np.array(columns["share"], dtype=np.float64),
            computed=np.array(columns["share_computed"], dtype=np.float64),
            squares=np.array(columns["squares"], dtype=np.float64),
            official=np.array(columns["official"], dtype=np.bool_),
            method=entry["method"],
            weight=entry["weight"],
            source=entry["source"],
        )

    return read


def _streets(folder: Path, entry: Mapping[str, Any] | None) -> dict[str, Callable[[], StreetTable]]:
    """Give what reads the streets; nothing where a pack has none, as those made before packs had any."""
    return {} if entry is None else {entry["source"]: lambda: read_street_table(folder, entry)}


def _blocks(
    folder: Path, entry: Mapping[str, Any] | None, areas: Mapping[str, AreaTable]
) -> BlockTable | None:
    if entry is None:
        return None
    where = folder / layout.BLOCKS
    return BlockTable(
        type_and_vintage=entry["area"],
        shapes=areas[entry["area"]].shapes,
        people=np.load(where / "people.npy", mmap_mode="r"),
        dwellings=np.load(where / "dwellings.npy", mmap_mode="r"),
        unit_position={
            unit: np.load(where / f"unit@{layout.division_name(unit)}.npy", mmap_mode="r")
            for unit in entry["units"]
        },
    )
