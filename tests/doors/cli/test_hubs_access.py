"""`courtepointe hubs access`: streets reached, and people where there is an atlas."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner
from tests.support.compared_town import compared_town

from courtepointe.atlas.pack.values import Pack, StreetTable
from courtepointe.core.errors import CourtepointeError
from courtepointe.doors.cli import hubs_access, hubs_access_equity
from courtepointe.doors.words import sentence
from courtepointe.formats.boundaries.crs import DEGREES, move_points
from courtepointe.formats.streets import read_streets

METRES = "EPSG:32188"


def degrees(*points: tuple[float, float]) -> list[list[float]]:
    """Give points of the town, in metres, as degrees."""
    moved = move_points(np.array(points, dtype=float), source=METRES, target=DEGREES)
    return [[float(x), float(y)] for x, y in moved]


def features(file: Path, kind: str, shapes: list[Any]) -> Path:
    held = [
        {"type": "Feature", "properties": {}, "geometry": {"type": kind, "coordinates": shape}}
        for shape in shapes
    ]
    file.write_text(json.dumps({"type": "FeatureCollection", "features": held}), encoding="utf-8")
    return file


def ask(*words: object) -> dict[str, Any]:
    told = CliRunner().invoke(hubs_access.access, [*map(str, words), "--json"])
    if isinstance(told.exception, CourtepointeError):
        raise told.exception
    assert told.exit_code == 0, told.output
    read: dict[str, Any] = json.loads(told.stdout)
    return read


@pytest.fixture
def streets(tmp_path: Path) -> Path:
    """Draw a street every 100 m, both ways, over 900 m."""
    west, south = 300_050.0, 5_040_050.0
    steps = [100.0 * one for one in range(10)]
    blocks = [
        degrees((west + x, south + y), (west + x + dx, south + y + dy))
        for x in steps
        for y in steps
        for dx, dy in ((100.0, 0.0), (0.0, 100.0))
        if x + dx <= 900.0 and y + dy <= 900.0
    ]
    return features(tmp_path / "rues.geojson", "LineString", blocks)


@pytest.fixture
def sites(tmp_path: Path) -> Path:
    spots = degrees((300_550.0, 5_040_550.0), (300_050.0, 5_039_050.0))
    return features(tmp_path / "poles.geojson", "Point", spots)


def test_streets_within_minutes_of_a_site(streets: Path, sites: Path) -> None:
    told = ask("--streets", streets, "--sites", sites, "--limit-min", 5, "--limit-min", 60)
    assert (told["streets"]["nodes"], told["streets"]["km"]) == (100, pytest.approx(18.0, abs=0.01))
    assert told["streets"]["pieces"] == 1
    # The second is a kilometre south of any street: named, and left out.
    assert told["sites"] == {
        "read": 2, "on_streets": 1, "too_far": [{"row": 2, "metres": 1_000}]
    }  # fmt: skip
    # Within 390 m: seven streets each way, of 780 m in the middle and 200 m less for each block aside.
    assert told["street_km"] == [pytest.approx(6.12, abs=0.01), pytest.approx(18.0, abs=0.01)]
    assert told["people"] is None
    slow = ask("--streets", streets, "--sites", sites, "--walker", "very_slow")
    assert slow["limits_min"] == [5.0, 10.0, 15.0]
    assert slow["street_km"][0] < told["street_km"][0]


def test_sites_far_from_any_street_are_refused_when_all_are(streets: Path, tmp_path: Path) -> None:
    river = features(tmp_path / "fleuve.geojson", "Point", degrees((300_050.0, 5_039_050.0)))
    with pytest.raises(CourtepointeError) as refused:
        ask("--streets", streets, "--sites", river)
    assert refused.value.code == "streets_too_far"
    assert "1,000 m from the nearest street" in sentence(refused.value, lang="en")


def test_a_limit_that_is_none_is_refused(streets: Path, sites: Path) -> None:
    for limits in ((-5,), (0,)):
        with pytest.raises(CourtepointeError) as refused:
            ask("--streets", streets, "--sites", sites, *(f"--limit-min={one}" for one in limits))
        assert refused.value.code == "streets_limit"


def test_people_of_an_atlas_within_minutes(
    streets: Path, sites: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hubs_access, "open_pack", lambda folder: compared_town())
    people = ask("--streets", streets, "--sites", sites, "--pack", "PACK")["people"]
    # The streets cover one sector of six, where 1,000 live; its neighbours along the edge are in part.
    assert (people["areas"], people["counted_areas"], people["counted"]) == (
        "secteur:2021",
        1,
        1_000,
    )
    # 6.12, 16.68 and all of 18 km of streets are within the limits, as far as stretches of 25 m tell.
    shares = [6.12 / 18.0, 16.68 / 18.0, 1.0]
    assert people["covered"] == pytest.approx([1_000 * one for one in shares], abs=20)
    assert people["if_all_at_nearest"] == [1_000] * 3
    assert people["if_all_at_farthest"] == [0, 0, 1_000]
    assert len(people["areas_in_part"]) == 3
    # A street alone covers no sector.
    alone = features(
        tmp_path / "rue.geojson",
        "LineString",
        [degrees((300_450.0, 5_040_500.0), (300_550.0, 5_040_500.0))],
    )
    with pytest.raises(CourtepointeError) as refused:
        ask("--streets", alone, "--sites", sites, "--pack", "PACK")
    assert refused.value.code == "access_no_area"


def test_groups_are_told_beside_everybody_with_a_pack(
    streets: Path, sites: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hubs_access, "open_pack", lambda folder: compared_town())
    monkeypatch.setattr(hubs_access_equity, "groups_named", lambda: ("immigrants", "no_such"))
    told = ask("--streets", streets, "--sites", sites, "--pack", "PACK")
    assert told["seats"] is None
    (group,) = told["equity"]["groups"]
    # 200 immigrants of one sector's 1,000: they live along its streets like everybody.
    assert (group["code"], group["counted"], group["error_known"]) == ("immigrants", 200, True)
    first, _, last = group["within"]
    assert (first["limit_min"], first["told_apart"]) == (5.0, False)
    assert first["gap_people"] == {"even": 0.0, "low": -200.0, "high": 200.0}
    assert first["share"] == first["share_everybody"]
    assert first["share"]["even"] == pytest.approx(6.12 / 18.0, abs=0.02)
    assert last["gap_people"] == {"even": 0.0, "low": 0.0, "high": 0.0}
    assert group["median_min"] == group["median_min_everybody"]
    index = told["equity"]["minutes_index"]
    assert (index["people"], index["people_who_reach_none"]) == (1_000, 0)
    assert index["theil_between_areas"] == 0.0
    assert index["kolm_pollak"]["equivalent_min"] > index["mean_min"]
    alone = ask("--streets", streets, "--sites", sites)
    assert (alone["people"], alone["equity"], alone["seats"]) == (None, None, None)


def on_streets(streets: Path) -> Pack:
    """Give the town with the streets of a file."""
    read = read_streets(streets, to_crs=METRES).streets
    table = StreetTable("geobase", read, "geobase.gpkg", "lines")
    return replace(compared_town(), street_tables={"geobase": table})


def test_the_streets_of_the_atlas_are_walked_where_no_file_is_named(
    streets: Path, sites: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hubs_access, "open_pack", lambda folder: on_streets(streets))
    of_pack = ask("--sites", sites, "--pack", "PACK")
    of_file = ask("--streets", streets, "--sites", sites, "--pack", "PACK")
    assert (of_pack["streets"]["file"], of_pack["streets"]["source"]) == ("geobase.gpkg", "geobase")
    assert (of_file["streets"]["file"], of_file["streets"]["source"]) == ("rues.geojson", None)
    for key in ("street_km", "people", "sites"):
        assert of_pack[key] == of_file[key]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ((), "streets_not_named"),
        (("--pack", "PACK"), "pack_without_streets"),
        (("--pack", "PACK", "--layer", "rues"), "streets_layer_of_pack"),
    ],
)
def test_without_any_streets_the_question_is_refused(
    sites: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], code: str
) -> None:
    monkeypatch.setattr(hubs_access, "open_pack", lambda folder: compared_town())
    with pytest.raises(CourtepointeError) as refused:
        ask("--sites", sites, *words)
    assert refused.value.code == code
    assert "--streets" in sentence(refused.value, lang="fr")


@pytest.mark.shared
def test_people_within_minutes_of_an_air_conditioned_place(
    montreal_files: Path, montreal_pack: Path
) -> None:
    sites = montreal_files / "places" / "lieux_publics_climatises.json"
    told = ask("--sites", sites, "--pack", montreal_pack)
    assert told["streets"]["source"] == "rues_trois_quartiers"
    people = told["people"]
    assert told["sites"]["on_streets"] == 17
    assert (people["counted_areas"], people["counted"]) == (89, 247_626)
    assert people["covered"] == pytest.approx([29_594, 94_658, 145_702], abs=20)
    for low, even, high in zip(
        people["if_all_at_farthest"], people["covered"], people["if_all_at_nearest"], strict=True
    ):
        assert low < even < high
    # Tracts that the streets cover in part are named, and in no count.
    assert "4620250.00" in people["areas_in_part"]
    assert sum(people["left_out"][:1] + people["covered"][:1]) == pytest.approx(247_626, abs=1)
    plain = CliRunner().invoke(
        hubs_access.access,
        ["--streets", str(montreal_files / "network" / "DonneesMTL.gpkg"), "--sites", str(sites),
         "--pack", str(montreal_pack)],
    )  # fmt: skip
    assert "15 min\t214.635 km of streets\t145702 people" in plain.stdout
