"""Where OpenStreetMap's elements stand, worked by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.support import boundary_files as files

from courtepointe.core.errors import BadInput
from courtepointe.formats.places import PlaceFile, PlaceNote, read_places


def node(number: int, lon: float, lat: float, **tags: str) -> dict[str, Any]:
    own = {"tags": tags} if tags else {}
    return {"type": "node", "id": number, "lat": lat, "lon": lon, **own}


CORNERS = [node(1, 0, 1), node(2, 4, 1), node(3, 4, 3), node(4, 0, 3)]


def way(number: int, **members: Any) -> dict[str, Any]:
    return {"type": "way", "id": number, "tags": {"shop": "supermarket"}, **members}


def read(folder: Path, *elements: Any, **members: Any) -> PlaceFile:
    content = {"version": 0.6, **members, "elements": list(elements)}
    return read_places(files.write_json(folder / "o.json", content))


def where(folder: Path, *elements: Any) -> list[tuple[float, float]]:
    found = read(folder, *elements)
    return list(zip(found.longitude.tolist(), found.latitude.tolist(), strict=True))


def geometry(*points: tuple[float, float]) -> list[dict[str, float]]:
    return [{"lon": x, "lat": y} for x, y in points]


def test_nodes_stand_where_they_say_and_tags_are_columns(tmp_path: Path) -> None:
    found = read(tmp_path, node(1, -73.6, 45.5, shop="bakery", name="Chez Œ"), node(2, 1, 1))
    assert found.longitude.tolist() == [-73.6]
    assert found.attributes.texts("tags.shop") == ("bakery",)
    assert found.attributes.texts("id") == ("1",)
    assert found.n_without_coordinates == 0, "a bare node only lends its place to a way"


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        ({"center": {"lon": 2.5, "lat": 2.5}, "nodes": [1, 2, 3, 4, 1]}, (2.5, 2.5)),
        ({"nodes": [1, 2, 3, 4, 1]}, (2, 2)),
        ({"nodes": [1, 2]}, (2, 1)),
        ({"nodes": [1, 2, 3, 99]}, (3, 1)),
        ({"nodes": [2]}, (4, 1)),
        ({"geometry": geometry((0, 1), (4, 1), (4, 3), (0, 3), (0, 1))}, (2, 2)),
        ({"bounds": {"minlon": 0, "minlat": 1, "maxlon": 4, "maxlat": 4}}, (2, 2.5)),
    ],
)
def test_ways_stand_inside_what_they_draw(
    tmp_path: Path, members: dict[str, Any], expected: tuple[float, float]
) -> None:
    assert where(tmp_path, *CORNERS, way(9, **members)) == [expected]


def test_relations_stand_inside_their_outer_members(tmp_path: Path) -> None:
    outer = {"type": "way", "id": 10, "nodes": [1, 2, 3, 4, 1]}
    members = [
        {"type": "way", "ref": 10, "role": "outer"},
        {"type": "way", "ref": 11, "role": "inner"},
        {"type": "way", "ref": 12, "role": "outer"},
    ]
    relation = {"type": "relation", "id": 20, "tags": {"shop": "mall"}, "members": members}
    assert where(tmp_path, *CORNERS, outer, relation) == [(2, 2)]
    drawn = [{"type": "way", "ref": 1, "role": "outer", "geometry": geometry((0, 1), (4, 1))}]
    assert where(tmp_path, {**relation, "members": drawn}) == [(2, 1)]
    stop = [{"type": "node", "ref": 3, "role": ""}]
    assert where(tmp_path, *CORNERS, {**relation, "members": stop}) == [(4, 3)]


def test_what_nothing_locates_is_counted_and_named(tmp_path: Path) -> None:
    found = read(tmp_path, node(1, 4, 1, shop="a"), way(9, nodes=[7, 8]), way(10))
    assert found.n_without_coordinates == 2
    assert [(note.code, note.row) for note in found.notes] == [
        ("no_coordinates", 2),
        ("no_coordinates", 3),
    ]


def test_points_of_ways_are_told(tmp_path: Path) -> None:
    found = read(tmp_path, *CORNERS, way(9, nodes=[1, 2, 3, 4, 1]))
    assert found.notes == (PlaceNote("point_of_a_surface", 0, "1"),)


def test_unnamed_is_no_name_unless_a_tag_says_so(tmp_path: Path) -> None:
    nameless = {"id": 1, "type": "node", "lat": 1, "lon": 1, "name": "Unnamed", "tags": {"a": "b"}}
    titled = {**nameless, "id": 2, "tags": {"name": "Unnamed"}}
    found = read(tmp_path, nameless, titled, {**nameless, "id": 3, "name": "École"})
    assert found.attributes.texts("name") == (None, "Unnamed", "École")
    assert PlaceNote("unnamed", 0, "1") in found.notes


@pytest.mark.parametrize(
    "remark",
    ['runtime error: Query timed out in "query" at line 3 after 25 seconds.', "Query timed out"],
)
def test_an_answer_that_was_cut_short_is_refused(tmp_path: Path, remark: str) -> None:
    with pytest.raises(BadInput, match="overpass_incomplete"):
        read(tmp_path, node(1, 1, 1, a="b"), remark=remark)


def test_an_answer_without_tagged_elements_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no_features"):
        read(tmp_path, *CORNERS)
