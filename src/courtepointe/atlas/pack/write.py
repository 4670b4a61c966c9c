"""Write the parts of a pack into a folder; `seal` adds what describes them."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import shapely

from courtepointe.atlas.pack import layout
from courtepointe.atlas.pack.geoparquet import to_degrees, write_geoparquet, write_parquet
from courtepointe.atlas.pack.observations import (
    ReleaseArrays,
    create_arrays,
    finish_arrays,
    keep_variables,
    write_observations,
)
from courtepointe.atlas.pack.shapes import write_shapes
from courtepointe.atlas.pack.streets import write_street_table
from courtepointe.atlas.pack.tiles import write_layer
from courtepointe.atlas.pack.values import (
    AreaTable,
    CorrespondenceTable,
    OverlapTable,
    PlaceTable,
    StreetTable,
)
from courtepointe.core.tiles import Layer
from courtepointe.core.typing import Floats, Ints, Shapes


@dataclass(slots=True)
class PackWriter:
    """A pack being written.

    Attributes
    ----------
    folder : Path
    metric_crs : str
    index : dict
        What lies where in ``arrays``; kept as ``arrays/index.json``.
    """

    folder: Path
    metric_crs: str
    index: dict[str, Any] = field(
        default_factory=lambda: {
            "format": layout.FORMAT,
            "areas": [],
            "divisions": [],
            "releases": [],
            "places": [],
            "overlaps": [],
            "correspondences": [],
            "tiles": [],
            "blocks": None,
        }
    )

    def add_areas(self, table: AreaTable) -> None:
        """Write the areas of one type at one vintage."""
        columns: dict[str, Any] = {
            "code": pa.array(table.codes, pa.string()),
            "name_fr": pa.array(table.names_fr, pa.string()),
            "name_en": pa.array(table.names_en, pa.string()),
            "dguid": pa.array(table.dguids, pa.string()),
            "parent": pa.array(table.parents, pa.string()),
            "surface_m2": pa.array(table.surface_m2, pa.float64()),
        }
        for name, values in table.properties.items():
            columns[name] = pa.array(values, pa.string())
        degrees = to_degrees(table.shapes, metric_crs=self.metric_crs)
        write_geoparquet(self.folder / layout.areas_file(table.type_and_vintage), columns, degrees)
        write_shapes(self.folder / layout.shapes_file(table.type_and_vintage), table.shapes)
        self.index["areas"].append(
            {"area": table.type_and_vintage, "properties": list(table.properties)}
        )

    def add_division(self, type_and_vintage: str, shapes: Shapes) -> None:
        """Write the shapes of a division whose overlaps were resolved."""
        write_shapes(self.folder / layout.resolved_file(type_and_vintage), shapes)
        self.index["divisions"].append(type_and_vintage)

    def add_tiles(self, type_and_vintage: str, layers: Iterable[Layer]) -> None:
        """Write what vector tiles of a type are cut from."""
        zooms = []
        for layer in layers:
            write_layer(self.folder / layout.tile_file(type_and_vintage, layer.zoom), layer)
            zooms.append(layer.zoom)
        self.index["tiles"].append({"area": type_and_vintage, "zooms": sorted(zooms)})

    def start_release(
        self, release: str, area: AreaTable, variables: tuple[str, ...]
    ) -> ReleaseArrays:
        """Make the arrays of a release on an area table, to be filled."""
        folder = self.folder / layout.release_folder(release, area.type_and_vintage)
        return create_arrays(folder, n_variables=len(variables), n_areas=len(area))

    def finish_release(
        self,
        release: str,
        area: AreaTable,
        variables: tuple[str, ...],
        arrays: ReleaseArrays,
        *,
        absent: Collection[str] = (),
    ) -> None:
        """Write the long table of a release whose arrays are full, without `absent` variables."""
        where = area.type_and_vintage
        if absent:
            kept = [place for place, code in enumerate(variables) if code not in absent]
            variables = tuple(variables[place] for place in kept)
            arrays = keep_variables(
                self.folder / layout.release_folder(release, where), arrays, kept
            )
        path = self.folder / layout.observations_file(release, where)
        write_observations(path, arrays, variables=variables, codes=area.codes)
        finish_arrays(self.folder / layout.release_folder(release, where), arrays)
        self.index["releases"].append(
            {"release": release, "area": where, "variables": list(variables)}
        )

    def add_places(self, table: PlaceTable) -> None:
        """Write the places of one layer."""
        columns: dict[str, Any] = {
            "id": pa.array(table.ids, pa.string()),
            "name": pa.array(table.names, pa.string()),
            "category": pa.array(table.categories, pa.string()),
            "x_m": pa.array(table.x, pa.float64()),
            "y_m": pa.array(table.y, pa.float64()),
            "longitude": pa.array(table.longitude, pa.float64()),
            "latitude": pa.array(table.latitude, pa.float64()),
        }
        for name, values in table.properties.items():
            columns[name] = pa.array(values, pa.string())
        points = shapely.points(table.longitude, table.latitude)
        write_geoparquet(
            self.folder / layout.places_file(table.layer), columns, np.atleast_1d(points)
        )
        self.index["places"].append({"layer": table.layer, "properties": list(table.properties)})

    def add_streets(self, table: StreetTable) -> None:
        """Write the streets; a pack without any has no word about them."""
        self.index["streets"] = write_street_table(self.folder, table, metric_crs=self.metric_crs)

    def add_overlaps(self, table: OverlapTable, *, codes: tuple[tuple[str, ...], ...]) -> None:
        """Write the overlaps of two divisions; `codes` are those of the *from* and *to* areas."""
        columns = {
            "from_code": [codes[0][place] for place in table.from_position],
            "to_code": [codes[1][place] for place in table.to_position],
            "from_position": table.from_position,
            "to_position": table.to_position,
            "share_surface": table.share_surface,
            "share_weight": table.share_weight,
        }
        write_parquet(self.folder / layout.overlap_file(table.from_, table.to), pa.table(columns))
        self.index["overlaps"].append({"from": table.from_, "to": table.to, "weight": table.weight})

    def add_correspondence(
        self, table: CorrespondenceTable, *, codes: tuple[tuple[str, ...], ...]
    ) -> None:
        """Write the correspondence of two vintages; `codes` are those of both area tables."""
        columns = {
            "from_code": [codes[0][place] for place in table.from_position],
            "to_code": [codes[1][place] for place in table.to_position],
            "from_position": table.from_position,
            "to_position": table.to_position,
            "share": table.share,
            "share_computed": pa.array(table.computed, pa.float64(), from_pandas=True),
            "squares": table.squares,
            "official": table.official,
        }
        path = self.folder / layout.correspondence_file(table.from_, table.to)
        write_parquet(path, pa.table(columns))
        about = {"method": table.method, "weight": table.weight, "source": table.source}
        self.index["correspondences"].append({"from": table.from_, "to": table.to} | about)

    def add_blocks(
        self,
        blocks: str,
        people: Floats,
        dwellings: Floats,
        *,
        unit_position: Mapping[str, Ints],
    ) -> None:
        """Write where people live; the blocks' shapes are those of their area table.

        Parameters
        ----------
        blocks : str
            ``TYPE:VINTAGE`` of the blocks.
        people, dwellings : (n_blocks,) float
        unit_position : mapping of unit ``TYPE:VINTAGE`` -> (n_blocks,) int
        """
        folder = self.folder / layout.BLOCKS
        folder.mkdir(parents=True, exist_ok=True)
        np.save(folder / "people.npy", people)
        np.save(folder / "dwellings.npy", dwellings)
        for unit, position in unit_position.items():
            np.save(folder / f"unit@{layout.division_name(unit)}.npy", position)
        self.index["blocks"] = {"area": blocks, "units": list(unit_position)}

    def finish(self, *, recipe_text: str, report: Mapping[str, Any]) -> None:
        """Write the recipe, the report and the index of arrays."""
        (self.folder / layout.RECIPE).write_text(recipe_text, encoding="utf-8")
        write_json(self.folder / layout.REPORT, report)
        write_json(self.folder / layout.INDEX, self.index)


def write_json(path: Path, content: Mapping[str, Any]) -> None:
    """Write JSON that people can read and that is the same for the same content."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(content, ensure_ascii=False, indent=1, allow_nan=False)
    path.write_text(text + "\n", encoding="utf-8")
