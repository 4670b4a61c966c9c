"""What a study of stress knows of hubs, and how it is kept."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from tests.support.hub_made import DAY, Made
from tests.support.stress_made import ASKED, HUB, answered, ground_on, result
from tests.support.table import NOW, Table
from tests.support.town import CRS

from courtepointe.formats.scenarios import shipped_scenario
from courtepointe.hubs.actions import held
from courtepointe.hubs.models import Capacity, Post, Power, Study
from courtepointe.hubs.queries.sites import SiteSeen
from courtepointe.hubs.queries.stood import hub_spots
from courtepointe.hubs.studies.stress import Stress
from courtepointe.hubs.studies.stress_values import LASTING_H, stress_asked
from courtepointe.hubs.values import NewFact
from courtepointe.people.digests import digest_of


def spots_of(made: Made, *points: tuple[float, float]) -> list[object]:
    told = hub_spots([SiteSeen(made.hub, "Pôle", "ready", points or ((-73.6, 45.5),))])
    return [(one.seats, one.autonomy_h, one.staff, dict(one.has), one.dry) for one in told]


def test_what_is_known_of_a_hub_is_what_its_lines_say(table: Table, made: Made) -> None:
    """120 seats; 10 kWh at 80 % and 90 % for 2 kW: 3.6 h; three at the door; nobody looked for cooling."""
    assert spots_of(made) == [(120.0, pytest.approx(3.6), 3, {}, None)]
    by = {"by": table.coordinator, "now": NOW}
    held.note_fact(table.slug, made.hub, NewFact("cooling", False, DAY, "agent"), **by)
    held.note_fact(table.slug, made.hub, NewFact("above_flood", True, DAY - timedelta(1), "agent"), **by)  # fmt: skip
    assert spots_of(made) == [(120.0, pytest.approx(3.6), 3, {"cooling": False}, True)]


def test_what_nobody_wrote_is_not_known_rather_than_nothing(table: Table, made: Made) -> None:
    Capacity.objects.filter(hub=made.hub).delete()
    Power.objects.filter(hub=made.hub).update(load_kw=None)
    Post.objects.filter(hub=made.hub).update(filled=None, trained=None)
    assert spots_of(made) == [(None, None, None, {}, None)]
    Power.objects.filter(hub=made.hub).update(load_kw=0.1, sun_kwp=50.0, battery_kwh=100.0)
    assert spots_of(made)[0][1] == LASTING_H  # type: ignore[index]


def test_a_hub_of_two_places_shares_its_seats_and_its_people(table: Table, made: Made) -> None:
    both = spots_of(made, (-73.6, 45.5), (-73.61, 45.51))
    assert both == [(60.0, pytest.approx(3.6), 1, {}, None)] * 2


def test_what_is_kept_gives_the_same_mark_again(table: Table, tmp_path: Path) -> None:
    row = Study.objects.get(pk=answered(table, "Crue"))
    again = Stress(stress_asked(row.asked), ground_on(tmp_path), {"flood": shipped_scenario("flood", to_crs=CRS)})  # fmt: skip
    assert digest_of(again.solve(row.seed, lambda part: None)) == row.digest
    assert digest_of(again.solve(row.seed + 1, lambda part: None)) != row.digest
    assert stress_asked(row.asked) == ASKED
    assert [one["name"] for one in json.loads(result())["spots"]] == [HUB, "Église"]


def test_progress_is_told_and_a_stop_is_heard(table: Table, tmp_path: Path) -> None:
    study = Stress(ASKED, ground_on(tmp_path), {"flood": shipped_scenario("flood", to_crs=CRS)})
    parts: list[float] = []

    def stop(part: float) -> None:
        parts.append(part)
        if part >= 0.5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        study.solve(1, stop, chunk=20)
    # Two options of 50 drawings, in chunks of 20, 20 and 10: stopped when half is done.
    assert parts == [0.2, 0.4, 0.5]
