"""The publishers' own boundaries: the counts, faults and overlaps that are known of them."""

from __future__ import annotations

from pathlib import Path

import pytest
import shapely

from courtepointe.core import shapes as core
from courtepointe.formats.boundaries import list_layers, read_boundaries

pytestmark = pytest.mark.shared

METRIC = "EPSG:32188"


@pytest.mark.parametrize(
    ("name", "n_areas", "n_repairs", "km2", "overlap_percent"),
    [
        ("quartiers_sociologiques_2014.geojson", 32, 1, 366.7, 0.17),
        ("quartierreferencehabitation.geojson", 91, 6, 501.2, 0.00),
        ("limadmin.geojson", 34, 0, 618.1, 0.00),
        ("qc-cma-montreal.geojson", 1004, 1, 4727.0, 0.03),
        ("ct2021_montreal_censusmapper_geos.geojson", 485, 0, 364.9, 0.00),
    ],
)
def test_what_is_known_of_each_file_is_found(
    montreal_files: Path,
    name: str,
    n_areas: int,
    n_repairs: int,
    km2: float,
    overlap_percent: float,
) -> None:
    found = read_boundaries(montreal_files / "boundaries" / name, to_crs=METRIC)
    assert (len(found), len(found.repairs)) == (n_areas, n_repairs)
    total = shapely.area(found.shapes).sum()
    assert total / 1e6 == pytest.approx(km2, abs=0.06)
    overlaps = core.overlaps(found.shapes)
    assert 100 * overlaps.area_m2.sum() / total == pytest.approx(overlap_percent, abs=0.005)
    assert core.duplicates(found.shapes)[0].size == 0
    resolved = core.resolve_overlaps(found.shapes, found=overlaps)
    assert core.overlaps(resolved.shapes, min_m2=0.01).area_m2.size == 0
    assert shapely.is_valid(resolved.shapes).all()


def test_codes_keep_their_text(montreal_files: Path) -> None:
    folder = montreal_files / "boundaries"
    tracts = read_boundaries(folder / "qc-cma-montreal.geojson", to_crs=METRIC)
    assert "4620001.00" in tracts.attributes.texts("CTUID")
    quarters = read_boundaries(folder / "quartierreferencehabitation.geojson", to_crs=METRIC)
    assert {"60A", "60B", "60C"} <= set(quarters.attributes.texts("no_qr"))
    assert quarters.attributes.texts("no_arr").count(None) == 14
    social = read_boundaries(folder / "quartiers_sociologiques_2014.geojson", to_crs=METRIC)
    assert set(social.attributes.texts("id")) == {str(number) for number in range(1, 33)}
    assert social.attributes.texts("Table").count("Pas de table") == 3


def test_the_population_of_the_city_file_is_the_official_total(montreal_files: Path) -> None:
    file = montreal_files / "boundaries" / "ct2021_montreal_censusmapper_geos.geojson"
    found = read_boundaries(file, to_crs=METRIC)
    assert sum(int(text or 0) for text in found.attributes.texts("pop")) == 1_762_949
    assert sum(int(text or 0) for text in found.attributes.texts("pop16")) == 1_704_694


def test_a_condition_on_type_keeps_the_boroughs(montreal_files: Path) -> None:
    file = montreal_files / "boundaries" / "limadmin.geojson"
    found = read_boundaries(file, to_crs=METRIC, where="CODEMAMROT LIKE 'REM%'")
    assert len(found) == 19


def test_layers_of_the_book_are_listed(montreal_files: Path) -> None:
    layers = list_layers(montreal_files / "network" / "DonneesMTL.gpkg")
    assert set(layers) == {"Rues", "CollisionsAvecCyclistes"}
