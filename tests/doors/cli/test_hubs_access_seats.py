"""`courtepointe hubs access --seats-column`: seats shared among those who walk to them, by hand on the comb.

The comb is cut in two areas at 500 m: two teeth and half of its back in each, 2,000 m of streets and 1,000
people. One site at the foot, at (50, 200), and one at the top, at (50, 800). Within 5 minutes (390 m, by
stretches of 25 m) the first reaches 400 + 300 + 200 m of its own area and 100 m of the other: 450 and 50
people; the second the same the other way round.
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely
from tests.doors.cli.test_hubs_access import ask
from tests.support.comb import at, box, comb, degrees
from tests.support.compared_town import compared_town

from courtepointe.atlas.query.dot_ground import DotGround
from courtepointe.core.access import Placed, along_streets
from courtepointe.core.errors import CourtepointeError
from courtepointe.core.streets import WALKERS, Streets, snap, walk
from courtepointe.core.typing import Floats
from courtepointe.doors.cli import hubs_access
from courtepointe.doors.cli.hubs_access_seats import METHODS, seats_told
from courtepointe.doors.words import sentence

USUAL = next(one for one in WALKERS if one.code == "usual")


@pytest.fixture
def streets(tmp_path: Path) -> Streets:
    return comb(tmp_path)


def ground() -> DotGround:
    halves = np.array([box(0, 0, 1000, 500), box(0, 500, 1000, 1000)])
    none = np.zeros(2, dtype=np.bool_)
    thousands = np.array([1000.0, 1000.0])
    return DotGround(
        "half:2021", ("south", "north"), halves, thousands, none, none, False, halves, thousands,
        np.arange(2), (), "2021",
    )  # fmt: skip


def placed(streets: Streets) -> Placed:
    """Count both halves, whatever the ground that the comb's ends leave bare."""
    told = along_streets(streets, ground().shapes)
    return replace(told, ground=np.ones(2))


def shared(streets: Streets, seats: Floats, *, method: str = "2sfca", limit: float = 5.0) -> dict[str, Any]:  # fmt: skip
    pace = walk(streets, USUAL)
    sites = snap(streets, at((50, 200), (50, 800)), limit_m=100.0)
    return seats_told(
        ground(), placed(streets), streets, pace, sites, seats=seats, rows=np.array([2, 3]),
        method=method, limit_min=limit,
    )  # fmt: skip


def per_thousand(told: dict[str, Any], name: str = "seats_per_1000") -> list[float]:
    assert [one["code"] for one in told["areas"]] == ["south", "north"]
    return [one[name] for one in told["areas"]]


def test_seats_are_shared_among_those_within_the_limit(streets: Streets) -> None:
    told = shared(streets, np.array([60.0, 40.0]))
    # 60 / 500 and 40 / 500 a person: 450 * 0.12 + 50 * 0.08 of 1,000 in the south.
    assert per_thousand(told) == pytest.approx([58.0, 42.0])
    assert told["law"]["over_areas"] == pytest.approx(100.0)
    assert (told["seats"], told["seats_reached"], told["left_out_rows"]) == (100.0, 100.0, [])
    # 1,000 m each, less 200 m of the back that both reach: 1,800 of 4,000 m.
    assert (told["people"], told["people_who_reach_none"]) == (2_000, 1_100)


def test_a_site_whose_seats_nobody_knows_is_named_and_left_out(streets: Streets) -> None:
    told = shared(streets, np.array([60.0, np.nan]))
    assert told["left_out_rows"] == [3]
    assert per_thousand(told) == pytest.approx([54.0, 6.0])
    assert told["seats"] == 60.0
    # Nought is known: it stays, and gives nothing.
    assert shared(streets, np.array([60.0, 0.0]))["left_out_rows"] == []
    with pytest.raises(CourtepointeError) as refused:
        shared(streets, np.array([np.nan, np.nan]))
    assert refused.value.code == "access_no_seats"


@pytest.mark.parametrize("method", ["2sfca", "e2sfca", "3sfca"])
def test_the_first_three_keep_the_seats(streets: Streets, method: str) -> None:
    told = shared(streets, np.array([60.0, 40.0]), method=method)
    south, north = per_thousand(told)
    assert south + north == pytest.approx(100.0)
    assert south > north
    assert told["law"]["over_areas"] == pytest.approx(told["law"]["over_sites"])


def test_who_is_near_weighs_more(streets: Streets) -> None:
    # Those of the other half are far from the foot: with a bell of minutes they take less of its seats.
    plain, bell = (
        per_thousand(shared(streets, np.array([60.0, np.nan]), method=one))[1]
        for one in ("2sfca", "e2sfca")
    )
    assert bell < plain / 2.0


def test_levels_of_service_add_up_to_those_of_sites(streets: Streets) -> None:
    told = shared(streets, np.array([60.0, 40.0]), method="bfca")
    assert sum(per_thousand(told, "levels_per_1000")) == pytest.approx(
        1_000.0 * told["law"]["over_sites"], abs=1e-3
    )


def test_everybody_goes_where_way_and_crowd_cost_least(streets: Streets) -> None:
    told = shared(streets, np.array([60.0, 40.0]), method="raam", limit=60.0)
    assert (told["people_who_reach_none"], told["tau_min"]) == (0, 60.0)
    assert told["law"]["over_sites"] == pytest.approx(2_000.0)
    assert [one["people_served"] for one in told["areas"]] == [1_000, 1_000]
    south, north = per_thousand(told, "cost")
    # The north's site has fewer seats: its people meet a crowd, or walk.
    assert south < north
    assert set(METHODS) == {"2sfca", "e2sfca", "3sfca", "bfca", "raam"}


def file_of(tmp_path: Path, *seats: str) -> Path:
    file = tmp_path / "poles.csv"
    spots = [degrees(500, 400), degrees(300, 600)]
    rows = [f"{x},{y},{told}" for (x, y), told in zip(spots, seats, strict=True)]
    file.write_text("\n".join(["lon,lat,places", *rows]) + "\n", encoding="utf-8")
    return file


def grid(tmp_path: Path) -> Path:
    lines = [[degrees(50, y), degrees(950, y)] for y in range(50, 1000, 100)]
    lines += [[degrees(x, 50), degrees(x, 950)] for x in (50, 950)]
    file = tmp_path / "rues.geojson"
    whole = shapely.geometry.mapping(shapely.MultiLineString(lines))
    feature = {"type": "Feature", "properties": {}, "geometry": whole}
    file.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    return file


def asked(tmp_path: Path, *seats: str, pack: tuple[str, ...] = ("--pack", "PACK")) -> dict[str, Any]:  # fmt: skip
    return ask(
        "--streets", grid(tmp_path), "--sites", file_of(tmp_path, *seats), *pack, "--longitude", "lon",
        "--latitude", "lat", "--limit-min", 60, "--seats-column", "places",
    )  # fmt: skip


def test_the_command_reads_seats_and_leaves_out_what_is_blank(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hubs_access, "open_pack", lambda folder: compared_town())
    told = asked(tmp_path, "120", "")
    seats = told["seats"]
    assert (seats["method"], seats["limit_min"], seats["seats"]) == ("e2sfca", 60.0, 120.0)
    assert seats["left_out_rows"] == [3]
    # One sector of 1,000 people, all within an hour.
    assert seats["areas"] == [{"code": "001", "people": 1_000, "seats_per_1000": 120.0}]


@pytest.mark.parametrize(
    ("seats", "code", "said"),
    [
        (("beaucoup", "3"), "access_seats", "rangée 2, colonne « places » : beaucoup"),
        (("12", "-3"), "access_seats", "rangée 3"),
        (("", ""), "access_no_seats", "nombre de places connu"),
    ],
)
def test_seats_that_are_none_are_refused_by_row(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seats: tuple[str, ...], code: str, said: str
) -> None:
    monkeypatch.setattr(hubs_access, "open_pack", lambda folder: compared_town())
    with pytest.raises(CourtepointeError) as refused:
        asked(tmp_path, *seats)
    assert refused.value.code == code
    assert said in sentence(refused.value, lang="fr").replace("\u00a0", " ").replace("\u202f", " ")


def test_seats_without_people_are_refused(tmp_path: Path) -> None:
    with pytest.raises(CourtepointeError) as refused:
        asked(tmp_path, "12", "3", pack=())
    assert refused.value.code == "access_seats_alone"
    assert "--pack" in sentence(refused.value, lang="en")
