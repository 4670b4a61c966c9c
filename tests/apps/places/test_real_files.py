"""Montréal's own files, as people have them: contradictions are kept, what has no position is told."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.support.directory import writing
from tests.support.table import NOW, Table

from courtepointe.atlas.pack.open import open_pack
from courtepointe.formats.hsds import write_package
from courtepointe.formats.hsds.package import read_package
from courtepointe.people.actions import stand_on
from courtepointe.places.actions import Incoming, import_directory, verify
from courtepointe.places.areas import areas_of
from courtepointe.places.exports import exported
from courtepointe.places.files import read_directory
from courtepointe.places.from_atlas import gathered_for, only_there, source_of_layer
from courtepointe.places.models import Entry
from courtepointe.places.queries import listed
from courtepointe.places.values import Audience, Filters

FILES = {
    "batiments-municipaux.csv": (2075, 0),
    "lieux-interet.geojson": (3231, 3231),
    "lieux_publics_climatises.json": (188, 188),
    "osm_montreal_hospitals.json": (335, 335),
    "osm_montreal_daycares.json": (851, 851),
    "osm_montreal_schools.json": (1057, 1057),
}


@pytest.mark.shared
@pytest.mark.parametrize("name", FILES)
def test_each_file_is_read_without_a_fault(montreal_files: Path, name: str) -> None:
    read = read_directory(montreal_files / "places" / name)
    places = read.directory.of("location")
    assert read.faults == () and read.unknown == ()
    assert (len(places), sum("latitude" in one.values for one in places)) == FILES[name]
    again = read_directory(montreal_files / "places" / name)
    assert again.directory == read.directory, "the same file gives the same identifiers"


@pytest.mark.shared
def test_municipal_buildings_enter_without_a_point(
    table: Table, montreal_files: Path, tmp_path: Path
) -> None:
    file = montreal_files / "places" / "batiments-municipaux.csv"
    held = read_directory(file).directory
    by = table.coordinator
    import_directory(table.slug, held, Incoming("Bâtiments"), areas=None, by=by, now=NOW)
    lost = listed(table.id, Filters(state="unlocated"), Audience(None), now=NOW)
    assert Entry.objects.filter(is_located=False).count() == 2075 and lost.after is not None
    verify(table.slug, lost.rows[0].number, writing=writing(table))
    package = tmp_path / "a.zip"
    package.write_bytes(write_package(exported(table.slug, by=by, now=NOW)))
    read = read_package(package)
    assert read.faults == () and read.directory == held
    again = import_directory(table.slug, read.directory, Incoming("b"), areas=None, by=by, now=NOW)
    assert (again.new, again.changed, again.proposed) == (0, 0, 0)


@pytest.mark.shared
@pytest.mark.slow
def test_sixty_labels_that_the_point_contradicts_are_kept(
    table: Table, montreal_pack: Path, montreal_files: Path
) -> None:
    pack, by = open_pack(montreal_pack), table.coordinator
    stand_on(
        table.slug, atlas_code=pack.recipe.code, area_key="municipality:2021:2466023",
        name="Montréal", since=NOW.date(), by=by, now=NOW,
    )  # fmt: skip
    held = gathered_for(table.slug, pack, ["cooling_places"], by=by, now=NOW)
    name, dated = source_of_layer(pack, "cooling_places", lang="fr")
    done = import_directory(
        table.slug, held, Incoming(name, dated=dated), areas=areas_of(pack), by=by, now=NOW
    )
    assert done.new == len(held)
    rows = Entry.objects.filter(table="location")
    assert (rows.count(), rows.filter(disagrees=True).count()) == (188, 60)
    arena = rows.get(folded=" arena outremont")
    assert arena.area_name == "Outremont" and arena.disagrees
    assert arena.parts.get(table="address").values["region"] == "Lachine"
    daycares = read_directory(montreal_files / "places" / "osm_montreal_daycares.json").directory
    there = only_there(table.id, pack, daycares, now=NOW)
    assert 0 < len(there.of("location")) < 851
    assert {one.values["location_id"] for one in there.of("address")} <= {one.id for one in there.of("location")}  # fmt: skip
