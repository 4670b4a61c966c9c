"""Named lines from files of streets."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from courtepointe.core.errors import BadInput
from courtepointe.formats.lines import read_lines

CRS = "EPSG:32188"


def streets(*features: tuple[Any, dict[str, Any]]) -> str:
    return json.dumps(
        {
            "type": "FeatureCollection",
            "features": [
                {"type": "Feature", "geometry": shape, "properties": held}
                for shape, held in features
            ],
        }
    )


def line(*points: tuple[float, float]) -> dict[str, Any]:
    return {"type": "LineString", "coordinates": [list(point) for point in points]}


MAIN = line((-73.6, 45.5), (-73.59, 45.5))
SMALL = line((-73.6, 45.51), (-73.59, 45.51))
POINT = {"type": "Point", "coordinates": [-73.6, 45.5]}


def written(tmp_path: Path, text: str) -> Path:
    file = tmp_path / "rues.geojson"
    file.write_text(text, encoding="utf-8")
    return file


def test_lines_are_read_in_metres_with_their_names(tmp_path: Path) -> None:
    file = written(
        tmp_path,
        streets(
            (MAIN, {"name": " Rue  du Moulin ", "highway": "primary"}),
            (SMALL, {"name": None, "highway": "residential"}),
            (POINT, {"name": "un arbre", "highway": "primary"}),
        ),
    )
    read = read_lines(file, to_crs=CRS)
    assert read.names == ("Rue du Moulin", "")
    assert read.main.tolist() == [True, False]
    assert read.shapes[0].length == pytest.approx(781, abs=2)


def test_the_column_of_names_may_be_said(tmp_path: Path) -> None:
    file = written(tmp_path, streets((MAIN, {"voie": "Rue A", "name": "Rue B"})))
    assert read_lines(file, to_crs=CRS, names="voie").names == ("Rue A",)
    with pytest.raises(BadInput) as told:
        read_lines(file, to_crs=CRS, names="rue")
    assert told.value.code == "lines_name_column"
    assert "voie" in str(told.value.facts["expected"])


def test_a_file_without_names_has_lines_all_the_same(tmp_path: Path) -> None:
    read = read_lines(written(tmp_path, streets((MAIN, {"id": "1"}))), to_crs=CRS)
    assert read.names == ("",) and not read.main.any()


def test_a_file_without_lines_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput) as told:
        read_lines(written(tmp_path, streets((POINT, {"name": "a"}))), to_crs=CRS)
    assert told.value.code == "lines_none"


@pytest.mark.shared
def test_the_real_streets_of_montreal(montreal_files: Path) -> None:
    city = read_lines(montreal_files / "network" / "DonneesMTL.gpkg", to_crs=CRS)
    assert len(city.shapes) == 3399, "the lines are found in the second layer of the file"
    osm = read_lines(montreal_files / "network" / "osm_drive_Verdun.gpkg", to_crs=CRS)
    assert len(osm.shapes) == 500 and "Rue Wellington" in osm.names
