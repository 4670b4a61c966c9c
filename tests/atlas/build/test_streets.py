"""Streets in a recipe: the pack holds the file's own graph, credits it, tells what was odd, refuses what is none."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import geopandas
import numpy as np
import pytest
import shapely
from tests.atlas.build.conftest import Build
from tests.formats.streets.test_streets import GRAPH, WAYS, graph_file, pbf_file
from tests.support.village import METRIC, RECIPE
from tests.support.village_streets import BEND_M, KEPT, SOURCE, STREETS, WALKED, write_streets

from courtepointe.atlas.pack.open import open_pack
from courtepointe.core.errors import BadInput, CourtepointeError
from courtepointe.core.streets import WALKERS, Streets, nearest, snap, starts_from, walk
from courtepointe.doors.cli.atlas_report import report_lines
from courtepointe.doors.words import sentence
from courtepointe.formats.streets import read_streets

COLUMNS = {
    "layer": "rues", "where": "classe <> 'autoroute'", "stairs": "escalier = '1'", "slope": "pente",
}  # fmt: skip


@pytest.fixture
def sources(village: Path) -> Path:
    """Give the village's files, its streets among them."""
    write_streets(village / "sources")
    return village / "sources"


def held(folder: Path) -> Streets:
    table = open_pack(folder).streets
    assert table is not None
    return table.streets


def assert_same_graph(one: Streets, other: Streets) -> None:
    arrays = ("given_points", "given", "from_node", "to_node", "length_m", "slope_percent", "stairs",
              "left_out", "first", "to", "edge", "row")  # fmt: skip
    for name in arrays:
        left, right = getattr(one, name), getattr(other, name)
        assert (left is None) is (right is None), name
        assert left is None or np.array_equal(left, right, equal_nan=left.dtype.kind == "f"), name
    assert shapely.equals_identical(one.lines(), shapely.force_2d(other.lines())).all()
    assert one.tidied == other.tidied


def minutes(streets: Streets, walker: int) -> Any:
    pace = walk(streets, WALKERS[walker])
    spots = snap(streets, streets.points[:1], limit_m=100.0, among=pace.passable)
    return nearest(streets, pace, starts_from(streets, pace, spots)).minutes


def test_the_packs_streets_are_the_files_own_graph(sources: Path, build: Build) -> None:
    kept = held(build(WALKED).folder)
    read = read_streets(sources / "rues.gpkg", to_crs=METRIC, **COLUMNS).streets
    assert_same_graph(kept, read)
    assert kept.row.tolist() == [0, 1, 2, 5, 6]
    assert kept.length_m[:3].tolist() == pytest.approx([100.0, 50.0, BEND_M], abs=1e-6)
    assert kept.stairs is not None and kept.slope_percent is not None
    assert kept.stairs.tolist() == [False, True, False, False, False]
    assert np.array_equal(
        kept.slope_percent, [2.5, np.nan, -4.0, np.nan, np.nan], equal_nan=True
    )  # fmt: skip
    for walker in range(len(WALKERS)):
        assert np.array_equal(minutes(kept, walker), minutes(read, walker))
    # Without stairs one goes round by the bend, or not at all.
    assert not np.array_equal(minutes(kept, 2), minutes(kept, 3))


def test_what_is_odd_is_told_and_is_no_fault(sources: Path, build: Build) -> None:
    built = build(WALKED)
    told = built.report["streets"]
    assert (told["source"], told["file"], told["kind"]) == ("streets", "rues.gpkg", "lines")
    assert (told["edges"], told["nodes"], told["pieces"]) == (len(KEPT), 6, 2)
    crescent = 30.0 + 40.0 + 50.0
    assert told["largest_piece_km"] == pytest.approx((150.0 + BEND_M + crescent) / 1e3, abs=1e-3)
    assert told["km"] == pytest.approx(told["largest_piece_km"] + 0.1, abs=2e-3)
    assert (told["stairs"], told["slopes"]) == (1, 2)
    assert (told["n_repeated"], told["n_points"], told["n_loops"]) == (1, 1, 1)
    said = "\n".join(report_lines(built.report, lang="fr"))
    assert "rues.gpkg : 0,5 km, tronçons : 5, morceaux : 2 (le plus grand : 0,4 km)" in said
    assert "escaliers : 1" in said
    assert "laissés de côté : 1 répétés, 1 points ; gardés : 0 sans longueur" in said
    english = "\n".join(report_lines(build(WALKED.replace("stairs = \"escalier = '1'\"\n", "")).report, lang="en"))  # fmt: skip
    assert "rues.gpkg: 0.5 km, edges: 5, pieces: 2 (the largest: 0.4 km)" in english
    assert "stairs: no column tells them" in english


def test_a_column_that_names_no_street_stairs_tells_that_there_are_none(
    sources: Path, build: Build
) -> None:
    built = build(WALKED.replace("escalier = '1'", "escalier = '9'"))
    stairs = held(built.folder).stairs
    assert built.report["streets"]["stairs"] == 0
    assert stairs is not None and not stairs.any()


def test_the_hash_is_of_the_streets_too(sources: Path, build: Build) -> None:
    first = build(WALKED, out="one")
    again = build(WALKED, out="two")
    assert first.content_hash == again.content_hash
    names = ("streets/streets.parquet", "streets/nodes.parquet", "arrays/streets.wkb.npy")
    for name in names:
        assert (first.folder / name).read_bytes() == (again.folder / name).read_bytes()
    lines = geopandas.read_file(sources / "rues.gpkg", layer="rues")
    lines.iloc[:-2].to_file(sources / "rues.gpkg", layer="rues", driver="GPKG")
    other = build(WALKED, out="three")
    assert other.content_hash != first.content_hash
    # A pack without streets has no word about them: it is what it was before packs had any.
    bare = build(RECIPE, out="four")
    assert "streets" not in json.loads((bare.folder / "arrays" / "index.json").read_text("utf-8"))
    assert "streets" not in bare.report
    assert open_pack(bare.folder).streets is None


def test_any_gis_opens_the_streets_and_their_nodes(sources: Path, build: Build) -> None:
    folder = build(WALKED).folder
    streets = geopandas.read_parquet(folder / "streets" / "streets.parquet")
    nodes = geopandas.read_parquet(folder / "streets" / "nodes.parquet").set_index("node")
    assert streets.crs.to_epsg() == nodes.crs.to_epsg() == 4326
    assert set(streets.geom_type) == {"LineString"}
    assert streets.to_crs(METRIC).length.tolist() == pytest.approx(
        streets["length_m"].tolist(), abs=1e-6
    )
    # Each line begins and ends at the nodes that it names.
    for column, place in (("from_node", 0), ("to_node", -1)):
        ends = shapely.get_point(streets.geometry.values, place)
        assert shapely.distance(ends, nodes.geometry[streets[column]].values).max() < 1e-9
    described = json.loads((folder / "datapackage.json").read_text("utf-8"))
    one = next(r for r in described["resources"] if r["path"] == "streets/streets.parquet")
    assert all("description" in f for f in one["schema"]["fields"] if "bbox" not in f["name"])
    assert described["courtepointe"]["loaded_sources"]["streets"]["file"] == "rues.gpkg"
    assert {"title": "Commune, Rues"} in described["sources"]


def test_streets_that_are_optional_and_absent_leave_the_rest(village: Path, build: Build) -> None:
    built = build(WALKED)
    assert open_pack(built.folder).streets is None
    assert "streets" not in built.report
    told = next(one for one in built.report["sources"] if one["source"] == "streets")
    assert (told["status"], told["expected"]) == ("missing", ["rues.gpkg"])


@pytest.mark.parametrize("kind", ["osmnx", "osm"])
def test_graphs_of_openstreetmap_come_through_a_recipe(
    village: Path, build: Build, kind: str
) -> None:
    made = {"osmnx": lambda folder: graph_file(folder, GRAPH), "osm": lambda folder: pbf_file(folder, WAYS)}  # fmt: skip
    file = made[kind](village / "sources")
    source = SOURCE.replace("rues.gpkg", file.name)
    built = build(RECIPE + source + '\n[streets]\nsource = "streets"\n')
    assert_same_graph(held(built.folder), read_streets(file, to_crs=METRIC).streets)
    assert (built.report["streets"]["kind"], built.report["streets"]["stairs"]) == (kind, 1)
    with pytest.raises(BadInput, match="streets_own_tags") as refused:
        build(RECIPE + source + STREETS.replace('layer = "rues"\n', ""))
    assert refused.value.facts["key"] == "where"
    assert file.name in sentence(refused.value, lang="fr")


def changed(old: str, new: str) -> Callable[[Path], str]:
    def recipe(sources: Path) -> str:
        assert old in WALKED
        return WALKED.replace(old, new)

    return recipe


def two_files(sources: Path) -> str:
    write_streets(sources).rename(sources / "rues_est.gpkg")
    write_streets(sources).rename(sources / "rues_ouest.gpkg")
    return WALKED.replace("rues.gpkg", "rues_*.gpkg")


def not_there(sources: Path) -> str:
    (sources / "rues.gpkg").unlink()
    head, tail = WALKED.split('files = ["rues.gpkg"]')
    return head + 'files = ["rues.gpkg"]' + tail.replace("optional = true\n", "", 1)


def half_a_file(sources: Path) -> str:
    file = sources / "rues.gpkg"
    file.write_bytes(file.read_bytes()[:5_000])
    return WALKED


CASES: dict[str, tuple[Callable[[Path], str], str, dict[str, object]]] = {
    "no file": (not_there, "source_missing", {"source": "streets", "expected": "rues.gpkg"}),
    "several files": (two_files, "source_several_files", {"source": "streets"}),
    "broken file": (half_a_file, "boundary_file_broken", {"file": "rues.gpkg"}),
    "no layer": (changed('"rues"\nwhere', '"routes"\nwhere'), "unknown_layer", {"file": "rues.gpkg"}),
    "a layer to choose": (changed('layer = "rues"\n', ""), "streets_layers", {"n": 2}),
    "no column of classes": (changed("classe <>", "genre <>"), "unknown_column", {"column": "genre"}),
    "no column of stairs": (changed("escalier =", "marches ="), "unknown_column", {"column": "marches"}),
    "no column of slopes": (changed('"pente"', '"grade"'), "streets_column", {"value": "grade"}),
    "words for slopes": (changed('"pente"', '"classe"'), "streets_cell", {"row": 1, "value": "rue"}),
    "no condition": (changed("classe <> 'autoroute'", "escalier"), "condition_expected", {}),
    "no street left": (changed("<> 'autoroute'", "= 'canal'"), "no_features_where", {"file": "rues.gpkg"}),
    "no such source": (changed('[streets]\nsource = "streets"', '[streets]\nsource = "roads"'), "recipe_dangling", {"key": "source"}),
    "a key of nothing": (changed("slope =", "one_way ="), "recipe_unknown_key", {"key": "one_way"}),
    "twice": (lambda _: WALKED + STREETS, "recipe_not_toml", {}),
}  # fmt: skip


@pytest.mark.parametrize("name", list(CASES))
def test_streets_that_are_none_stop_the_build_by_name(
    sources: Path, build: Build, name: str
) -> None:
    spoil, code, facts = CASES[name]
    recipe = spoil(sources)
    with pytest.raises(CourtepointeError) as refused:
        build(recipe)
    assert refused.value.code == code
    assert {key: refused.value.facts[key] for key in facts} == facts
    for lang in ("fr", "en"):
        assert sentence(refused.value, lang=lang)
    assert not (sources.parent / "pack").exists()


def gone(file: Path) -> None:
    file.unlink()


def half(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def spoilt(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-40] + bytes(40))


@pytest.mark.parametrize("spoil", [gone, half, spoilt])
@pytest.mark.parametrize("file", ["streets/nodes.parquet", "streets/streets.parquet", "arrays/streets.wkb.npy"])  # fmt: skip
def test_broken_streets_are_named_when_they_are_asked_for(
    sources: Path, build: Build, file: str, spoil: Callable[[Path], None]
) -> None:
    folder = build(WALKED).folder
    spoil(folder / file)
    pack = open_pack(folder)
    assert pack.area_tables["area:2021"].codes
    with pytest.raises(BadInput, match="pack_broken") as refused:
        assert pack.streets
    assert str(refused.value.facts["file"]).startswith("streets/")
