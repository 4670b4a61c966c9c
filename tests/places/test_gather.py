"""The places of a pack as a directory that holds to the standard, each with its source."""

from __future__ import annotations

from pathlib import Path

import pytest

from courtepointe.atlas.pack.open import open_pack
from courtepointe.core.errors import NotFound
from courtepointe.formats.hsds import read_hsds, write_package
from courtepointe.places.alike import CERTAIN, likely_same
from courtepointe.places.gather import UNKNOWN, gathered
from courtepointe.places.sights import sights


def test_the_demo_city_becomes_a_directory_without_faults(demo_pack: Path, tmp_path: Path) -> None:
    pack = open_pack(demo_pack)
    told = gathered(pack, city="Rivière-aux-Retailles", province="QC", country="CA")
    n_places = sum(len(table.ids) for table in map(pack.place_tables.__getitem__, (one.code for one in pack.recipe.places)))  # fmt: skip
    assert len(told.of("location")) == n_places
    file = tmp_path / "a.zip"
    file.write_bytes(write_package(told))
    read = read_hsds(file)
    assert read.faults == () and read.unknown == ()
    assert {one.id: one.values for one in read.directory} == {one.id: one.values for one in told}
    assert all(one.values["external_identifier_type"] for one in told.of("location"))
    assert told.of("phone") and told.of("schedule") and told.of("accessibility")
    assert {one.values["city"] for one in told.of("address")} == {"Rivière-aux-Retailles"}


def test_the_same_pack_gives_the_same_identifiers_whichever_layers_are_asked(
    demo_pack: Path,
) -> None:
    pack = open_pack(demo_pack)
    whole = {one.id: one for one in gathered(pack)}
    first = pack.recipe.places[0].code
    assert all(whole[one.id] == one for one in gathered(pack, [first]))


def test_a_layer_that_is_not_there_is_refused_with_those_that_are(demo_pack: Path) -> None:
    pack = open_pack(demo_pack)
    with pytest.raises(NotFound) as told:
        gathered(pack, ["lieux"])
    assert told.value.code == "gather_layer"
    assert pack.recipe.places[0].code in str(told.value.facts["expected"])


def test_montreal_s_own_files_become_a_directory_with_its_doubles_found(
    montreal_pack: Path, tmp_path: Path
) -> None:
    told = gathered(open_pack(montreal_pack), ["cooling_places", "points_of_interest"], province="QC", country="CA")  # fmt: skip
    file = tmp_path / "a.zip"
    file.write_bytes(write_package(told))
    assert read_hsds(file).faults == ()
    assert len(told.of("location")) == 188 + 3231
    assert {one.values["city"] for one in told.of("address")} == {"Montréal"}
    # The cooled places' file says no postal code: that is told, not made up.
    assert UNKNOWN in {one.values["postal_code"] for one in told.of("address")}
    seen = sights(told, "location")
    assert sum(bool(one.address) for one in seen) == len(told.of("address"))
    pairs = likely_same(seen, least=CERTAIN)
    across = [p for p in pairs if p.first < 188 <= p.second]
    assert len(across) > 50
