"""Addresses, lists and headers of areas."""

from __future__ import annotations

import threading

import pytest
from tests.support.town import town, with_recipe

from courtepointe.atlas.pack.values import Pack
from courtepointe.atlas.query.areas import parse_key
from courtepointe.atlas.query.atlas import Atlas
from courtepointe.atlas.query.values import AreaKey
from courtepointe.core.errors import BadInput, NoAnswer, NotFound


@pytest.fixture(scope="module")
def atlas() -> Atlas:
    return Atlas(town())


def test_a_key_is_read_whole_or_for_the_current_vintage(atlas: Atlas) -> None:
    whole = atlas.find("quartier:2001:1")
    assert (whole.vintage, str(whole)) == ("2001", "quartier:2001:1")
    assert atlas.find(" quartier:1 ") == AreaKey("quartier", "2014", "1")


@pytest.mark.parametrize(
    ("text", "kind", "code"),
    [
        ("quartier", BadInput, "area_key"),
        ("quartier:", BadInput, "area_key"),
        ("quartier:2014:", BadInput, "area_key"),
        ("", BadInput, "area_key"),
        ("village:2014:1", NotFound, "unknown_area_type"),
        ("quartier:1999:1", NotFound, "unknown_vintage"),
        ("quartier:2014:9", NotFound, "unknown_area"),
    ],
)
def test_what_is_no_address_is_refused_by_name(
    atlas: Atlas, text: str, kind: type[Exception], code: str
) -> None:
    with pytest.raises(kind) as told:
        atlas.find(text)
    assert told.value.code == code  # type: ignore[attr-defined]


def test_an_unknown_code_is_told_its_neighbours() -> None:
    with pytest.raises(NotFound) as told:
        parse_key(town(), "secteur:2021:01")
    assert str(told.value.facts["near"]).startswith("001")


def test_areas_are_listed_by_code_with_parents_and_bounds(atlas: Atlas) -> None:
    listed = atlas.areas("arrondissement")
    assert [area.key.code for area in listed] == ["EST", "OUE"]
    west = listed[1]
    assert west.name.fr == "Cœur-de-l’Ouest"
    assert [str(parent) for parent in west.parents] == ["ville:2021:1"]
    assert west.surface_km2 == pytest.approx(2.0)
    left, south, right, north = west.bounds
    assert -73.57 < left < right < -73.54
    assert 45.49 < south < north < 45.52


def test_a_header_says_who_draws_the_area(atlas: Atlas) -> None:
    area = atlas.identity(atlas.find("quartier:3"))
    assert area.kind == "official"
    assert area.type_name is not None and area.type_name.fr == "Quartier"
    assert area.steward is not None and area.steward.en == "The City"
    assert area.surface_km2 == pytest.approx(1.4)


def test_an_atlas_without_units_says_so() -> None:
    pack = town()
    tables = {name: t for name, t in pack.area_tables.items() if not name.startswith("secteur")}
    bare = Pack(
        recipe=pack.recipe, content_hash="", loaded_sources={}, area_tables=tables,
        release_tables={}, place_tables={}, overlaps={}, blocks=None, division_shapes={}, report={},
    )  # fmt: skip
    with pytest.raises(NoAnswer, match="atlas_without_units"):
        Atlas(bare).portrait(AreaKey("quartier", "2014", "1"))


def test_outside_a_division_needs_something_to_compare_with() -> None:
    with pytest.raises(NoAnswer, match="no_comparator"):
        Atlas(with_recipe(town(), comparators=())).outside_division("quartier")


def test_warming_changes_no_answer() -> None:
    cold, warm = Atlas(town()), Atlas(town())
    warm.warm()
    key = cold.find("quartier:1")
    assert cold.portrait(key) == warm.portrait(key)


def test_threads_get_the_same_answers() -> None:
    shared, alone = Atlas(town()), Atlas(town())
    keys = [alone.find(f"quartier:2014:{code}") for code in "1234"] * 3
    found: list[object] = [None] * len(keys)

    def ask(place: int) -> None:
        found[place] = shared.portrait(keys[place])

    threads = [threading.Thread(target=ask, args=(place,)) for place in range(len(keys))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [alone.portrait(key) for key in keys]
