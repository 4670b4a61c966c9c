"""Which hubs stand in an outage and at an hour, and options as an address writes them."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from tests.support.directory import PLACE, entry
from tests.support.hub_made import Made, form
from tests.support.table import NOW, Table, table_and_around

from courtepointe.atlas.query.groups_on_foot import groups_named
from courtepointe.doors.site.hubs.reach_options import (
    Option,
    moment,
    read_option,
    read_options,
    standing,
)
from courtepointe.hubs.models import Power
from courtepointe.hubs.queries.sites import PointSeen, SiteSeen, open_places, sites
from courtepointe.people.access import workspace_to

CENTRE = PointSeen(7, "Centre", -73.6, 45.5)
AT = (45.5, -73.6)


def site(number: int, hours: float | None, *places: int) -> SiteSeen:
    return SiteSeen(number, f"Pôle {number}", "ready", (AT,) * len(places), places, hours, False)


SHORT, LONG, UNKNOWN = site(1, 3.6, 11), site(2, 48.0, 12, 13), site(3, None, 14)
EVER = site(4, float("inf"), 15)
HUBS = (SHORT, LONG, UNKNOWN, EVER)


def names(found: tuple[SiteSeen, ...]) -> list[int]:
    return [one.number for one in found]


@pytest.mark.parametrize(
    ("hours", "lit", "dark", "unknown"),
    [(0, [1, 2, 3, 4], [], []), (3, [1, 2, 4], [], [3]), (4, [2, 4], [1], [3]), (48, [2, 4], [1], [3]), (49, [4], [1, 2], [3])],
)  # fmt: skip
def test_hubs_drop_out_beyond_their_known_hours(
    hours: int, lit: list[int], dark: list[int], unknown: list[int]
) -> None:
    found = standing(Option(outage_h=hours), HUBS, {})
    assert (names(found.sites), names(found.dark), names(found.unknown_power)) == (lit, dark, unknown)  # fmt: skip


def test_at_an_hour_only_places_known_to_be_open_count() -> None:
    opened = {11: True, 12: True, 13: False, 14: None, 15: False}
    found = standing(Option(day=2, hour=14), HUBS, opened)
    assert {one.number: one.places for one in found.sites} == {1: (11,), 2: (12,), 3: (), 4: ()}
    assert [len(one.points) for one in found.sites] == [1, 1, 0, 0]
    assert found.closed == ("Pôle 2", "Pôle 4")
    assert found.unknown_hours == ("Pôle 3",)


def test_the_moment_is_the_next_that_comes() -> None:
    wednesday = datetime(2026, 6, 3, 9, 30)
    assert moment(Option(), wednesday) is None
    assert moment(Option(day=2, hour=14), wednesday) == datetime(2026, 6, 3, 14)
    assert moment(Option(day=1, hour=0), wednesday) == datetime(2026, 6, 9)


@pytest.mark.parametrize(
    "option",
    [
        Option(CENTRE), Option(PointSeen(0, "point", -73.123457, -45.5)), Option(outage_h=72),
        Option(CENTRE, 24, 6, 0), Option(day=0, hour=23),
    ],
)  # fmt: skip
def test_what_an_address_writes_it_reads_again(option: Option) -> None:
    assert read_option(option.code, {7: CENTRE}, point_name="point") == option


@pytest.mark.parametrize(
    "code",
    ["", "p8", "h73", "h0", "d7-3", "d1-24", "95.0,-73.0", "45.5,-190", "h2_h3", "p7_", "p7_x", "p7_45.5,-73.6", "٣,٣"],
)  # fmt: skip
def test_what_is_no_option_here_is_left_out_and_counted(code: str) -> None:
    assert read_option(code, {7: CENTRE}, point_name="point") is None
    kept, lost = read_options(["h24", code, "h24"], {7: CENTRE}, point_name="point")
    assert (kept, lost) == ((Option(outage_h=24),), 1)


def test_three_options_at_most_are_kept() -> None:
    kept, lost = read_options([f"h{n}" for n in range(1, 9)], {}, point_name="point")
    assert ([one.outage_h for one in kept], lost) == ([1, 2, 3], 0)


@pytest.fixture
def table(db: None) -> Table:
    return table_and_around()


@pytest.fixture
def made(table: Table) -> Made:
    return form(table)


def test_a_hub_tells_its_worst_season_and_whether_it_may_be_more(table: Table, made: Made) -> None:
    seen = workspace_to("read", table.slug, by=table.member, now=NOW)
    (one,) = sites(seen)
    assert one.places == (made.place,)
    # 10 kWh, 80 % deep, 90 % efficient, over 2 kW.
    assert one.autonomy_h == pytest.approx(3.6)
    assert not one.may_be_more
    Power.objects.update(load_kw=None)
    (one,) = sites(seen)
    assert one.autonomy_h is None
    Power.objects.all().delete()
    (one,) = sites(seen)
    assert (one.autonomy_h, one.may_be_more) == (None, True)


def test_hours_of_the_directory_say_whether_a_place_is_open(table: Table, made: Made) -> None:
    monday = datetime(2026, 6, 1, 10)
    assert open_places([made.place], at=monday) == {made.place: True}
    assert open_places([made.place], at=monday.replace(hour=18)) == {made.place: False}
    assert open_places([made.place], at=monday.replace(day=3)) == {made.place: False}
    assert open_places([999_999], at=monday) == {999_999: None}
    assert entry(PLACE).pk == made.place


def test_an_option_without_its_place_is_what_it_is_compared_with() -> None:
    option = Option(CENTRE, 24, 1, 9)
    assert option.without_place() == replace(option, added=None)
    assert not option.is_today and Option().is_today and Option(hour=3).is_today


def test_the_groups_of_the_list_are_counts_of_persons_of_the_census(root: Path) -> None:
    held = tomllib.loads((root / "recipes/indicators/census_2021.toml").read_text(encoding="utf-8"))
    counts = {
        one["code"]
        for one in held["indicators"]
        if (one["measure"], one["unit"], one["aggregation"]) == ("count", "persons", "sum")
    }
    assert groups_named()
    assert set(groups_named()) <= counts
