"""`courtepointe hubs stress`: a scenario tried many times over, told hour by hour."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner
from tests.support.compared_town import compared_town

from courtepointe.atlas.pack.values import StreetTable
from courtepointe.core.errors import CourtepointeError
from courtepointe.doors.cli import hubs_stress
from courtepointe.doors.words import sentence
from courtepointe.formats.boundaries.crs import DEGREES, move_points
from courtepointe.formats.scenarios import SHIPPED
from courtepointe.formats.streets import read_streets

METRES = "EPSG:32188"
WEST, SOUTH = 300_050.0, 5_040_050.0


def feature(kind: str, spots: list[tuple[float, float]], **properties: object) -> dict[str, Any]:
    """Draw a line or a point of the town, metres from its corner."""
    metres = np.add(spots, (WEST, SOUTH))
    degrees = move_points(metres, source="EPSG:32188", target=DEGREES).tolist()
    shape = {"type": kind, "coordinates": degrees if kind == "LineString" else degrees[0]}
    return {"type": "Feature", "properties": properties, "geometry": shape}


def write(file: Path, features: list[dict[str, Any]]) -> Path:
    file.write_text(json.dumps({"type": "FeatureCollection", "features": features}), "utf-8")
    return file


@pytest.fixture
def streets(tmp_path: Path) -> Path:
    """Draw a street every 100 m, both ways, over 900 m."""
    steps = [100.0 * one for one in range(10)]
    blocks = [
        feature("LineString", [(x, y), (x + dx, y + dy)])
        for x in steps
        for y in steps
        for dx, dy in ((100.0, 0.0), (0.0, 100.0))
        if x + dx <= 900.0 and y + dy <= 900.0
    ]
    return write(tmp_path / "rues.geojson", blocks)


def hub(x: float, y: float, **properties: object) -> dict[str, Any]:
    told = {"capacity": "30", "autonomy_h": "2", "staff": "3", "traits": "cooling", **properties}
    return feature("Point", [(x, y)], **told)


@pytest.fixture
def sites(tmp_path: Path) -> Path:
    """Put one hub in the middle, one in a corner that holds for good, one far from any street."""
    spots = [hub(450.0, 400.0), hub(0.0, 50.0, autonomy_h="inf", dry="oui"), hub(0.0, -2_000.0)]
    return write(tmp_path / "poles.geojson", spots)


@pytest.fixture
def scenario(tmp_path: Path) -> Path:
    file = tmp_path / "panne.toml"
    file.write_text(
        """
code = "panne"
hazard = "blackout"
hours = 4
limit_min = 60
names = { fr = "Panne", en = "Blackout" }
about = { fr = "Un essai.", en = "A trial." }
groups = [
 { code = "aged", fr = "Aînés", en = "Aged", share = 0.2, by_hour = 1, take_up = 0.2, walker = "slow" },
 { code = "others", fr = "Autres", en = "Others", share = 0.8, by_hour = 1, take_up = [0.05, 0.1, 0.15] },
]
effects = [{ kind = "no_power" }]
assumptions = { fr = ["Une."], en = ["One."] }
""",
        encoding="utf-8",
    )
    return file


def ask(*words: object) -> dict[str, Any]:
    told = CliRunner().invoke(hubs_stress.stress, [*map(str, words), "--json"])
    if isinstance(told.exception, CourtepointeError):
        raise told.exception
    assert told.exit_code == 0, told.output
    read: dict[str, Any] = json.loads(told.stdout)
    return read


def test_power_runs_down_and_the_hub_that_is_left_is_full(
    streets: Path, sites: Path, scenario: Path
) -> None:
    given = ("--streets", streets, "--sites", sites, "--scenario", scenario, "--draws", 8)
    told = ask(*given, "--value")
    assert told["hubs"] == {
        "read": 3, "on_streets": 2, "too_far": [{"row": 3, "metres": 2_000}]
    }  # fmt: skip
    assert (told["people"], told["draws"], told["seed"]) == (1_000.0, 8, 1)
    assert [one["open"]["mean"] for one in told["hours"]] == [2.0, 2.0, 1.0, 1.0]
    aged, others = told["groups"]
    assert aged["seekers_people_hours"]["mean"] == pytest.approx(4 * 40.0)
    assert aged["seekers_people_hours"]["error"] == 0.0
    assert 4 * 800 * 0.05 < others["seekers_people_hours"]["mean"] < 4 * 800 * 0.15
    assert others["seekers_people_hours"]["error"] > 0.0
    # Sixty seats for two hours, thirty for two: all are taken.
    served = [one["served"]["mean"] for one in told["hours"]]
    assert served == pytest.approx([60.0, 60.0, 30.0, 30.0])
    assert {one["row"] for one in told["overloads"]} == {1, 2}
    worth = {one["row"]: one["served_more_people_hours"]["mean"] for one in told["values"]}
    assert worth == {1: pytest.approx(60.0), 2: pytest.approx(0.0)}
    assert told["assumptions"]["fr"] == ["Une."]
    again = ask(*given, "--value")
    assert again == told
    assert ask(*given, "--seed", 2)["groups"][1] != others
    assert ask(*given)["values"] is None


def test_the_streets_of_the_atlas_are_walked_where_no_file_is_named(
    streets: Path, sites: Path, scenario: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = StreetTable("geobase", read_streets(streets, to_crs=METRES).streets, "g.gpkg", "lines")
    pack = replace(compared_town(), street_tables={"geobase": table})
    monkeypatch.setattr(hubs_stress, "open_pack", lambda folder: pack)
    given = ("--sites", sites, "--scenario", scenario, "--draws", 2, "--pack", "PACK")
    assert ask(*given) == ask(*given, "--streets", streets)
    with pytest.raises(CourtepointeError) as refused:
        ask(*given[:-2])
    assert refused.value.code == "streets_not_named"


def test_sentences_and_shipped_scenarios(streets: Path, sites: Path) -> None:
    given = [
        "--streets",
        str(streets),
        "--sites",
        str(sites),
        "--scenario",
        "flood",
        "--draws",
        "3",
    ]
    english = said([*given, "--lang", "en"])
    for line in (
        "Cloudburst: five flooded sectors\t3 drawings, seed 1",
        "2 hubs on streets, 1 too far from any",
        "1,000 people, along the streets; nobody walks more than 15 min; one tries 3 hubs before one gives up",
        "People who walk slowly: 20% of the people, at 0.7 m/s; of those hit, 10% (5% to 30%) come; hit, by hour: 0–24 h 10%",
        "hours 0 to 24: 100% of streets and hubs flooded, in 5 discs drawn by chance, 400 (200 to 800) m in radius",
        "hours 0 to 24: 5% of the hubs without power, everywhere",
        "where the file says nothing else, a hub has 80 seats, 8 h of autonomy, 3 people, no equipment, not on dry ground",
        "One person in ten is hit; ranges are assumed.",
    ):  # fmt: skip
        assert line in english, line
    french = said(given)
    assert "2 pôles sur les rues, 1 trop loin de toute rue" in french
    assert any("Une personne sur dix est touchée" in line for line in french)
    assert any("10\u00a0% (5\u00a0% à 30\u00a0%)" in line for line in french)
    assert len(french) == len(english)


def said(words: list[str]) -> list[str]:
    told = CliRunner().invoke(hubs_stress.stress, words)
    assert told.exit_code == 0, told.output
    assert "{" not in told.output
    return told.output.splitlines()


def test_every_shipped_scenario_says_all_that_it_assumes(streets: Path, sites: Path) -> None:
    words = ["--streets", str(streets), "--sites", str(sites), "--draws", "1", "--people", "50"]
    for code in SHIPPED:
        for lang in ("fr", "en"):
            assert len(said([*words, "--scenario", code, "--lang", lang])) > 10
    told = ask(*words, "--scenario", "heat-2018")["assumed"][0]["assumed"]
    assert told["groups"][0]["take_up"] == {"low": 0.002, "likely": 0.01, "high": 0.05}
    assert (
        len(told["groups"][0]["by_hour"]) == 144 and told["groups"][0]["walker"]["code"] == "slow"
    )
    assert told["rules"] == {"staff_at_least": 1, "opening_lag_h": {"low": 0.0, "likely": 0.0, "high": 0.0}}  # fmt: skip
    assert {one["kind"] for one in told["effects"]} >= {"needs"}


def test_options_stand_side_by_side_with_their_regret(
    streets: Path, sites: Path, scenario: Path, tmp_path: Path
) -> None:
    places = write(tmp_path / "lieux.geojson", [hub(900.0, 850.0, autonomy_h="inf"), hub(900.0, 850.0, autonomy_h="0")])  # fmt: skip
    other = write(tmp_path / "autre.geojson", [hub(450.0, 400.0, capacity="100", autonomy_h="inf")])
    quiet = tmp_path / "calme.toml"
    quiet.write_text(scenario.read_text("utf-8").replace('"panne"', '"calme"', 1).replace('[{ kind = "no_power" }]', "[]"), "utf-8")  # fmt: skip
    given = ("--streets", streets, "--sites", sites, "--scenario", scenario, "--scenario", quiet, "--draws", 4, "--people", 5_000)  # fmt: skip
    told = ask(*given, "--value", "--add", places, "--option", other)
    # Everybody who comes is turned away beyond the seats: those of the hubs open count, hour by hour.
    # As they are: 60, 60, 30, 30 seats; hub 1 equipped: 60 each hour; one more that lasts: 30 each hour more;
    # one without power: shut at once; the other file: 100 each hour.
    added = {one["row"]: one["served_more_people_hours"]["mean"] for one in told["added"]}
    assert added == {1: pytest.approx(120.0), 2: pytest.approx(0.0)}
    unserved = {
        one["option"]: [its["unserved_people_hours"] for its in one["scenarios"]] for one in told["options"]
    }  # fmt: skip
    best = f"file:{other}"
    for option, more in {"as_they_are": 220.0, "equip:1": 160.0, "equip:2": 220.0, "add:1": 100.0, "add:2": 220.0}.items():  # fmt: skip
        assert unserved[option][0] - unserved[best][0] == pytest.approx(more, abs=0.01), option
    # When nothing fails, the places added count both, and the other file still has the most seats.
    for option, more in {"as_they_are": 160.0, "add:1": 40.0, "add:2": 40.0}.items():
        assert unserved[option][1] - unserved[best][1] == pytest.approx(more, abs=0.01), option
    (least,) = (one for one in told["options"] if one["is_least"])
    assert least["option"] == best and least["worst_regret"] == 0.0
    assert told["options"][0] == least and told["options"][-1]["worst_regret"] == pytest.approx(220.0, abs=0.01)  # fmt: skip
    assert [one["scenario"] for one in told["assumed"]] == ["panne", "calme"]
    english = said([str(one) for one in (*given, "--add", places, "--lang", "en")])
    assert "add the place of row 1\tat worst 0, the least regret\tpanne 0, calme 0" in english
    assert ask(*given)["options"] is None


def test_people_of_an_atlas(
    streets: Path, sites: Path, scenario: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hubs_stress, "open_pack", lambda folder: compared_town())
    given = ("--streets", streets, "--sites", sites, "--scenario", scenario, "--draws", 1)
    # The streets cover one sector of six, where 1,000 live.
    assert ask(*given, "--pack", "PACK")["people"] == pytest.approx(1_000.0)


def test_what_is_wrong_is_refused(
    streets: Path, sites: Path, scenario: Path, tmp_path: Path
) -> None:
    odd = write(tmp_path / "odd.geojson", [hub(450.0, 400.0, capacity="plenty")])
    half = write(tmp_path / "half.geojson", [hub(450.0, 400.0, staff="1.5")])
    below = write(tmp_path / "below.geojson", [hub(450.0, 400.0, capacity="-4")])
    river = write(tmp_path / "river.geojson", [hub(0.0, -2_000.0)])
    for place, told, more, code in (
        (odd, scenario, (), "stress_column"),
        (half, scenario, (), "stress_column"),
        (below, scenario, (), "access_count"),
        (river, scenario, (), "streets_too_far"),
        (sites, "dragon", (), "scenario_unknown"),
        (sites, scenario, ("--draws", 0), "stress_draws"),
        (sites, scenario, ("--people", -1), "access_count"),
    ):
        with pytest.raises(CourtepointeError) as refused:
            ask("--streets", streets, "--sites", place, "--scenario", told, *more)
        assert refused.value.code == code
        assert all(sentence(refused.value, lang=lang) for lang in ("fr", "en"))
