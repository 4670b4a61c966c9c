"""The publishers' own places."""

from __future__ import annotations

from pathlib import Path

import pytest

from courtepointe.formats.places import read_places

pytestmark = pytest.mark.shared


@pytest.mark.parametrize(
    ("name", "n_places", "n_without"),
    [
        ("lieux-interet.geojson", 3231, 0),
        ("lieux_publics_climatises.json", 188, 0),
        ("installations-recreo-sport-cult.json", 3403, 0),
        ("overpass_supermarkets_montreal.json", 367, 0),
        ("osm_montreal_schools.json", 1057, 0),
        ("osm_montreal_hospitals.json", 335, 0),
        ("osm_montreal_daycares.json", 851, 0),
    ],
)
def test_every_place_is_found_in_montreal(
    montreal_files: Path, name: str, n_places: int, n_without: int
) -> None:
    found = read_places(montreal_files / "places" / name)
    assert (len(found), found.n_without_coordinates) == (n_places, n_without)
    assert ((found.longitude > -74.5) & (found.longitude < -73)).all()
    assert ((found.latitude > 45) & (found.latitude < 46)).all()


def test_supermarkets_are_told_by_their_tags(montreal_files: Path) -> None:
    file = montreal_files / "places" / "overpass_supermarkets_montreal.json"
    assert len(read_places(file, where="tags.shop = 'supermarket'")) == 311
    assert len(read_places(file, where="tags.shop = 'grocery'")) == 43
    (note,) = read_places(file).notes
    assert (note.code, note.value) == ("point_of_a_surface", "28")


def test_categories_of_the_city_are_found_by_a_condition(montreal_files: Path) -> None:
    file = montreal_files / "places" / "lieux-interet.geojson"
    assert len(read_places(file, where="\"Famille\" = 'Culturel'")) > 100


def test_names_that_say_there_is_none_are_empty(montreal_files: Path) -> None:
    found = read_places(montreal_files / "places" / "osm_montreal_schools.json")
    assert "Unnamed" not in found.attributes.texts("name")
    assert [note.value for note in found.notes if note.code == "unnamed"] == ["103"]
