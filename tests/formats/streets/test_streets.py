"""Streets from lines, OSMnx GraphML and OpenStreetMap PBF: true files, small ones, broken ones."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import osmium
import pytest

from courtepointe.core.errors import BadInput
from courtepointe.core.streets import pieces
from courtepointe.doors.words import sentence
from courtepointe.formats.streets import (
    StreetFile,
    read_osm,
    read_osmnx,
    read_street_lines,
    read_streets,
)

CRS = "EPSG:32188"
WEST, EAST, LAT = -73.60, -73.59, 45.5


def line(*points: tuple[float, float]) -> dict[str, Any]:
    return {"type": "LineString", "coordinates": [list(point) for point in points]}


def lines_file(tmp_path: Path, *features: tuple[Any, dict[str, Any]]) -> Path:
    held = [{"type": "Feature", "geometry": one, "properties": its} for one, its in features]
    file = tmp_path / "rues.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": held}), encoding="utf-8")
    return file


def read_both(file: Path) -> StreetFile:
    return read_streets(file, to_crs=CRS)


# -- lines


def test_lines_meet_at_their_ends_and_not_where_they_cross(tmp_path: Path) -> None:
    file = lines_file(
        tmp_path,
        (line((WEST, LAT), (EAST, LAT)), {"pente": "4,5 %", "highway": "residential"}),
        # Some millimetres away: one crossing.
        (line((EAST + 2e-8, LAT), (EAST, LAT + 0.01)), {"pente": None, "highway": "steps"}),
        # A bridge over the first, and a line in two parts.
        (line((-73.595, LAT - 0.01), (-73.595, LAT + 0.01)), {"pente": "-2", "highway": "path"}),
        (
            {
                "type": "MultiLineString",
                "coordinates": [
                    [[EAST, LAT + 0.01], [WEST, LAT + 0.01]],
                    [[WEST, LAT + 0.01], [WEST, LAT]],
                ],
            },
            {"pente": "0", "highway": "footway"},
        ),
    )
    read = read_street_lines(file, to_crs=CRS, slope="pente")
    streets = read.streets
    assert (streets.n_nodes, streets.n_edges, read.n_joined) == (6, 5, 1)
    assert pieces(streets).n_nodes.tolist() == [4, 2]
    assert streets.slope_percent is not None and streets.stairs is not None
    assert np.array_equal(streets.slope_percent, [4.5, np.nan, -2.0, 0.0, 0.0], equal_nan=True)
    assert streets.stairs.tolist() == [False, True, False, False, False]
    assert streets.length_m[0] == pytest.approx(781.6, abs=1.0)
    plain = read_both(file).streets
    assert plain.slope_percent is None


@pytest.mark.parametrize(
    ("code", "facts", "features"),
    [
        (
            "streets_line",
            {"row": 2, "layer": "rues", "value": "POINT (-73.6 45.5)"},
            [
                (line((WEST, LAT), (EAST, LAT)), {}),
                ({"type": "Point", "coordinates": [-73.6, 45.5]}, {}),
            ],
        ),
        ("streets_line", {"row": 1}, [(None, {}), (line((WEST, LAT), (EAST, LAT)), {})]),
        ("coordinates_swapped", {"row": 1}, [(line((LAT, WEST), (LAT, EAST)), {})]),
        ("streets_layers", {"n": 0}, [({"type": "Point", "coordinates": [-73.6, 45.5]}, {})]),
    ],
)  # fmt: skip
def test_faults_of_lines_are_named(
    tmp_path: Path, code: str, facts: dict[str, Any], features: list[Any]
) -> None:
    with pytest.raises(BadInput, match=code) as refused:
        read_both(lines_file(tmp_path, *features))
    assert {name: refused.value.facts[name] for name in facts} == facts
    assert refused.value.facts["file"] == "rues.geojson"


def test_slopes_that_are_none_are_named_by_row_and_column(tmp_path: Path) -> None:
    street = line((WEST, LAT), (EAST, LAT))
    file = lines_file(tmp_path, (street, {"pente": "3"}), (street, {"pente": "raide"}))
    with pytest.raises(BadInput, match="streets_cell") as refused:
        read_street_lines(file, to_crs=CRS, slope="pente")
    told = sentence(refused.value, lang="fr")
    assert (
        "« rues.geojson », couche « rues », ligne 2, colonne « pente » : « raide »"
        in told.replace("\u202f", " ").replace("\u00a0", " ")
    )
    with pytest.raises(BadInput, match="streets_column"):
        read_street_lines(file, to_crs=CRS, slope="grade")
    with pytest.raises(BadInput, match="streets_not_metres"):
        read_street_lines(file, to_crs="EPSG:4326")


def test_conditions_say_what_is_walked_and_what_is_stairs(tmp_path: Path) -> None:
    street = line((WEST, LAT), (EAST, LAT))
    file = lines_file(
        tmp_path,
        (street, {"classe": "autoroute", "marches": "0"}),
        (line((EAST, LAT), (EAST, LAT + 0.01)), {"classe": "rue", "marches": "0"}),
        (line((EAST, LAT), (EAST, LAT + 0.01)), {"classe": "rue", "marches": "1"}),
        (line((EAST, LAT + 0.01), (WEST, LAT + 0.01)), {"classe": None, "marches": None}),
    )
    asked = {"where": "classe = 'rue'", "stairs": "marches = '1'"}
    streets = read_streets(file, to_crs=CRS, **asked).streets
    # What is not known is no street; a street and stairs between the same crossings are two ways.
    assert streets.n_edges == 2
    assert streets.stairs is not None and streets.stairs.tolist() == [False, True]
    none = read_street_lines(file, to_crs=CRS, stairs="marches = 'x'").streets.stairs
    assert none is not None and not none.any()
    assert read_street_lines(file, to_crs=CRS).streets.stairs is None
    with pytest.raises(BadInput, match="no_features_where"):
        read_streets(file, to_crs=CRS, where="classe = 'canal'")
    with pytest.raises(BadInput, match="unknown_column") as refused:
        read_streets(file, to_crs=CRS, stairs="escalier = '1'")
    assert refused.value.facts["column"] == "escalier"


@pytest.mark.parametrize("key", ["layer", "where", "stairs", "slope"])
def test_what_only_lines_have_is_refused_of_openstreetmap(tmp_path: Path, key: str) -> None:
    for file in (graph_file(tmp_path, GRAPH), pbf_file(tmp_path, WAYS)):
        with pytest.raises(BadInput, match="streets_own_tags") as refused:
            read_streets(file, to_crs=CRS, **{key: "x"})
        assert (refused.value.facts["file"], refused.value.facts["key"]) == (file.name, key)
        assert key in sentence(refused.value, lang="en")


@pytest.mark.shared
def test_the_streets_of_three_boroughs(montreal_files: Path) -> None:
    read = read_both(montreal_files / "network" / "DonneesMTL.gpkg")
    streets = read.streets
    assert (streets.n_edges, streets.n_nodes, read.n_joined) == (3_399, 2_078, 0)
    held = pieces(streets)
    assert len(held) == 1
    assert round(held.length_m[0] / 1_000.0, 1) == 386.8


@pytest.mark.shared
@pytest.mark.parametrize(
    ("borough", "n_nodes", "n_edges", "km", "n_other"),
    [
        ("Le_Plateau-Mont-Royal", 663, 1_120, 134.3, 96),
        ("Verdun", 297, 500, 73.8, 75),
        ("Outremont", 242, 373, 45.7, 101),
    ],
)
def test_the_graphs_of_osmnx_hold_together_on_foot(
    montreal_files: Path, borough: str, n_nodes: int, n_edges: int, km: float, n_other: int
) -> None:
    folder = montreal_files / "network"
    read = read_both(folder / f"osm_drive_{borough}.graphml")
    streets = read.streets
    assert (read.kind, streets.n_nodes, streets.n_edges) == ("osmnx", n_nodes, n_edges)
    assert len(pieces(streets)) == 1
    assert round(streets.length_m.sum() / 1_000.0, 1) == km
    # These files say straight lines for streets that bend: 458 m of a street in Verdun are told as 121.
    assert read.n_other_lengths == n_other
    as_lines = read_both(folder / f"osm_drive_{borough}.gpkg").streets
    assert as_lines.n_nodes == n_nodes
    # A crescent that is told both ways is two loops here, one there.
    assert as_lines.n_edges in (n_edges, n_edges - 1)


# -- OSMnx


GRAPH = """<?xml version='1.0' encoding='utf-8'?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
  <key id="d0" for="node" attr.name="x" attr.type="string" />
  <key id="d1" for="node" attr.name="y" attr.type="string" />
  <key id="d2" for="edge" attr.name="length" attr.type="string" />
  <key id="d3" for="edge" attr.name="geometry" attr.type="string" />
  <key id="d4" for="edge" attr.name="highway" attr.type="string" />
  <key id="d5" for="edge" attr.name="grade" attr.type="string" />
  <graph edgedefault="directed">
    <node id="7"><data key="d0">-73.60</data><data key="d1">45.5</data></node>
    <node id="8"><data key="d0">-73.59</data><data key="d1">45.5</data></node>
    <edge source="7" target="8" id="0"><data key="d2">781.5</data><data key="d4">residential</data><data key="d5">0.04</data></edge>
    <edge source="8" target="7" id="0"><data key="d2">781.5</data><data key="d4">residential</data><data key="d5">-0.04</data></edge>
    <edge source="8" target="7" id="1"><data key="d2">900</data><data key="d4">['footway', 'steps']</data>
      <data key="d3">LINESTRING (-73.60 45.5, -73.60 45.501, -73.59 45.501, -73.59 45.5)</data></edge>
  </graph>
</graphml>"""


def graph_file(tmp_path: Path, text: str) -> Path:
    file = tmp_path / "verdun.graphml"
    file.write_text(text, encoding="utf-8")
    return file


def test_a_street_both_ways_is_one_and_a_bend_is_drawn_from_its_first_end(tmp_path: Path) -> None:
    read = read_both(graph_file(tmp_path, GRAPH))
    streets = read.streets
    assert (streets.n_edges, streets.tidied.n_repeated, read.n_other_lengths) == (2, 1, 1)
    assert streets.slope_percent is not None and streets.stairs is not None
    assert np.array_equal(streets.slope_percent, [4.0, np.nan], equal_nan=True)
    assert streets.stairs.tolist() == [False, True]
    assert streets.length_m.tolist() == pytest.approx([781.5, 781.5 + 222.3], abs=1.0)


@pytest.mark.parametrize(
    ("code", "old", "new"),
    [
        ("streets_graph_value", "900", "-900"),
        ("streets_graph_value", "900", "neuf cents"),
        ("streets_graph_value", '<data key="d2">900</data>', ""),
        ("streets_graph_value", "0.04", "inf"),
        ("streets_graph_value", "LINESTRING (-73.60 45.5,", "LINESTRING (-73.60,"),
        ("streets_graph_value", "LINESTRING (-73.60 45.5, -73.60 45.501, -73.59 45.501, -73.59 45.5)", "POINT (-73.6 45.5)"),
        ("streets_graph_end", 'target="8" id="0"', 'target="9" id="0"'),
        ("streets_graph_node", ">-73.60<", ">ouest<"),
        ("streets_graph_node", '<node id="8">', '<node id="7">'),
        ("coordinates_not_finite", ">-73.60<", ">nan<"),
        ("graphml_other", "graphml", "graphml2"),
        ("graphml_broken", "</graphml>", ""),
        ("graphml_unsafe", "<graphml", '<!DOCTYPE g [<!ENTITY e "x">]><graphml'),
        ("streets_shape", "-73.59 45.501, -73.59 45.5)", "-73.59 45.501, -73.59 45.502)"),
    ],
)  # fmt: skip
def test_faults_of_graphs_are_named(tmp_path: Path, code: str, old: str, new: str) -> None:
    assert old in GRAPH
    with pytest.raises(BadInput, match=code) as refused:
        read_osmnx(graph_file(tmp_path, GRAPH.replace(old, new)), to_crs=CRS)
    assert "—" not in sentence(refused.value, lang="en").replace("“—”", "")


# -- OpenStreetMap


Writer = Callable[[Path], Path]
# 1 - 2 - 3      a street, 4 - 2 stairs that meet it in its middle, a motorway over it all
PLACES = {1: (-73.60, 45.5), 2: (-73.595, 45.5), 3: (-73.59, 45.5), 4: (-73.595, 45.51)}
WAYS: list[tuple[list[int], dict[str, str]]] = [
    ([1, 2, 3], {"highway": "residential", "oneway": "yes", "incline": "-6 %"}),
    ([4, 2], {"highway": "steps", "incline": "up"}),
    ([1, 4], {"highway": "motorway"}),
    ([3, 4], {"highway": "footway", "access": "private"}),
    ([1, 4], {"highway": "cycleway"}),
    ([3, 4], {"highway": "cycleway", "foot": "designated"}),
    ([1, 3], {"building": "yes"}),
]


def pbf_file(tmp_path: Path, ways: list[tuple[list[int], dict[str, str]]]) -> Path:
    file = tmp_path / "quartier.osm.pbf"
    with osmium.SimpleWriter(str(file)) as writer:
        for number, place in PLACES.items():
            writer.add_node(osmium.osm.mutable.Node(id=number, location=place, version=1))
        for number, (nodes, tags) in enumerate(ways, start=1):
            writer.add_way(osmium.osm.mutable.Way(id=number, nodes=nodes, tags=tags, version=1))
    return file


def test_ways_that_people_walk_on_are_cut_where_they_meet(tmp_path: Path) -> None:
    read = read_both(pbf_file(tmp_path, WAYS))
    streets = read.streets
    assert (read.kind, streets.n_nodes, streets.n_edges) == ("osm", 4, 4)
    assert streets.stairs is not None and streets.slope_percent is not None
    assert streets.stairs.tolist() == [False, False, True, False]
    told = streets.slope_percent.tolist()
    assert told[:2] == [-6.0, -6.0] and np.isnan(told[2:]).all()
    assert streets.length_m[:2].tolist() == pytest.approx([390.8, 390.8], abs=0.5)
    assert len(pieces(streets)) == 1


def test_a_way_is_cut_where_the_extract_ends(tmp_path: Path) -> None:
    ways = [([1, 2, 99, 98, 3, 4], {"highway": "path"}), ([97, 1], {"highway": "path"})]
    read = read_both(pbf_file(tmp_path, ways))
    assert (read.streets.n_edges, read.n_lost_points) == (2, 3)
    assert pieces(read.streets).n_nodes.tolist() == [2, 2]


def test_a_way_that_comes_back_is_cut_there(tmp_path: Path) -> None:
    streets = read_both(pbf_file(tmp_path, [([1, 2, 3, 4, 2], {"highway": "path"})])).streets
    # From 1 to 2, and a crescent from 2 to 2.
    assert (streets.n_nodes, streets.n_edges, streets.tidied.n_loops) == (2, 2, 1)


def test_an_extract_without_streets_and_a_broken_one_are_refused(tmp_path: Path) -> None:
    for ways in ([], WAYS[2:5], [([99, 98], {"highway": "path"})]):
        with pytest.raises(BadInput, match="osm_no_streets"):
            read_both(pbf_file(tmp_path, ways))
        (tmp_path / "quartier.osm.pbf").unlink()
    whole = pbf_file(tmp_path, WAYS)
    whole.write_bytes(whole.read_bytes()[:90])
    with pytest.raises(BadInput, match="osm_broken"):
        read_both(whole)
    text = tmp_path / "rues.pbf"
    text.write_text("des rues", encoding="utf-8")
    with pytest.raises(BadInput, match="osm_broken"):
        read_osm(text, to_crs=CRS)
    with pytest.raises(BadInput, match="file_missing"):
        read_both(tmp_path / "rien.pbf")
