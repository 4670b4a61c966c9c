"""The page of who reaches a hub as one asks it: outages, hours, options beside, groups, and its fragment."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from tests.doors.site.test_hub_reach import (
    _english,
    address,
    asking,
    made,
    table,
    words,
)
from tests.support.comb import degrees
from tests.support.hub_made import Made
from tests.support.table import Table
from tests.support.visits import signed_in

from courtepointe.doors.site.hubs import reach_beside
from courtepointe.hubs.models import Power
from courtepointe.places.models import Part

__all__ = ["_english", "made", "table"]


def point(x: float, y: float) -> str:
    longitude, latitude = degrees(x, y)
    return f"{latitude:.6f}, {longitude:.6f}"


def option(x: float, y: float, rest: str = "") -> str:
    return point(x, y).replace(" ", "") + rest


def test_a_hub_counts_for_the_hours_that_it_is_known_to_last(table: Table, made: Made) -> None:
    ana = signed_in(table.coordinator)
    lit = words(ana, address(table, asking(made, outage=3)))
    assert "Hubs that still have power after 3 hours: 1 of 1." in lit
    assert "750 people of 1,000" in lit
    dark = words(ana, address(table, asking(made, outage=4)))
    assert "Hubs that still have power after 4 hours: 0 of 1." in dark
    assert "They are out by then: Pôle Saint-Pierre (3.6 h)." in dark
    assert "No hub counts then, so nobody reaches one." in dark
    assert "1,000 people of 1,000" in dark


def test_what_nobody_wrote_of_its_power_counts_for_nothing_and_is_named(
    table: Table, made: Made
) -> None:
    Power.objects.all().delete()
    ana = signed_in(table.coordinator)
    told = words(ana, address(table, asking(made, outage=1)))
    assert "How long they last is not known, so they count for nothing in an outage: Pôle Saint-Pierre." in told  # fmt: skip
    assert "1,000 people of 1,000" in told
    assert "750 people of 1,000" in words(ana, address(table, asking(made, outage=0)))


def test_at_an_hour_a_hub_counts_while_its_place_is_open(table: Table, made: Made) -> None:
    ana = signed_in(table.coordinator)
    monday = words(ana, address(table, asking(made, day=0, hour=10)))
    assert "Monday at 10:00: 1 hub is open." in monday
    assert "750 people of 1,000" in monday
    wednesday = words(ana, address(table, asking(made, day=2, hour=10)))
    assert "Wednesday at 10:00: 0 hubs are open. Closed then: Pôle Saint-Pierre." in wednesday
    assert "1,000 people of 1,000" in wednesday
    # An hour without a day is no question.
    assert "750 people of 1,000" in words(ana, address(table, asking(made, hour=3)))
    Part.objects.filter(table="schedule").delete()
    unknown = words(ana, address(table, asking(made, day=0, hour=10)))
    assert "Their opening hours are not known, so they do not count at an hour: Pôle Saint-Pierre." in unknown  # fmt: skip


def test_an_added_place_has_power_and_is_open_and_that_is_said(table: Table, made: Made) -> None:
    asked = asking(made, outage=24, day=2, hour=10, point=point(900, 800))
    told = words(signed_in(table.coordinator), address(table, asked))
    assert "With the added point, within 5 minutes: +100 people" in told
    assert "The added place is taken to have power and to be open" in told
    assert "Without it" in told


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"outage": 73}, "less than or equal to 72"),
        ({"outage": -1}, "greater than or equal to 0"),
        ({"outage": "long"}, "Enter a whole number"),
        ({"day": 7}, "Select a valid choice"),
        ({"day": 1, "hour": 24}, "less than or equal to 23"),
    ],
)
def test_what_no_slider_gives_is_said_beside_its_field(
    table: Table, made: Made, wrong: dict[str, object], said: str
) -> None:
    ana = signed_in(table.coordinator)
    for more in ({}, {"fragment": 1}):
        told = words(ana, address(table, asking(made, **wrong, **more)), status=400)
        assert said in told
        assert "Not counted: something in the question cannot be read." in told
        assert "Still left out" not in told


def test_options_stand_side_by_side_people_and_minutes_first(table: Table, made: Made) -> None:
    ana = signed_in(table.coordinator)
    kept = [option(900, 800), "h4"]
    told = words(ana, address(table, asking(made, option=kept)))
    assert "Options side by side, within 5 minutes" in told
    assert "Today: 250 people within 5 minutes; still left out: 750 people." in told
    assert "With point A: 100 people more than today within 5 minutes; still left out: 650 people." in told  # fmt: skip
    assert "4 hours without power: 250 people fewer than today within 5 minutes; then left out: 1,000 people." in told  # fmt: skip
    # Of 4,000 m, the middles of 2,000 are within 9 minutes of (50, 200): see the comb.
    row = re.search(r"Today on the map 250 0 to 1,000 750 (\d+) minutes —", told)
    assert row is not None
    assert "half or more reach none" in told


def test_what_is_asked_now_stands_beside_what_is_kept(table: Table, made: Made) -> None:
    ana = signed_in(table.coordinator)
    page = ana.get(address(table, asking(made, point=point(900, 800)))).content.decode()
    (keep,) = re.findall(r'href="\?([^"]+)" data-walk-ask>Keep to compare: With point A', page)
    query = parse_qs(keep.replace("&amp;", "&"))
    assert query["option"] == [option(900, 800)]
    assert query["point"] == [point(900, 800)]
    base = address(table)
    again = words(ana, f"{base}?{keep.replace('&amp;', '&')}")
    assert "With point A: 100 people more than today" in again
    assert "Keep to compare" not in again
    other = asking(made, point=point(400, 400), option=[option(900, 800)])
    told = words(ana, address(table, other))
    assert "With point A: 100 people more" in told
    assert "With point B" in told
    assert "Keep to compare: With point B" in told


def test_the_links_of_an_option_lead_to_it_and_away_from_it(table: Table, made: Made) -> None:
    ana = signed_in(table.coordinator)
    page = ana.get(address(table, asking(made, option=["h4"]))).content.decode()
    links = dict(
        reversed(found)
        for found in re.findall(r'href="\?([^"]+)" data-walk-ask>(?:<[^>]+>)*([^<]+)<', page)
    )
    show = parse_qs(links["Show on the map"].replace("&amp;", "&"))
    assert (show["outage"], show["option"]) == (["4"], ["h4"])
    away = parse_qs(links["Take away"].replace("&amp;", "&"))
    assert "option" not in away
    assert away["hubs"] == [str(made.hub)]


def test_a_fourth_option_asks_for_one_to_be_taken_away(table: Table, made: Made) -> None:
    asked = asking(made, outage=9, option=["h1", "h2", "h3"])
    told = words(signed_in(table.coordinator), address(table, asked))
    assert "Three options are kept: take one away to keep this one." in told
    assert "9 hours without power:" not in told


def test_an_option_of_another_workspace_is_none_here(table: Table, made: Made) -> None:
    ana = signed_in(table.coordinator)
    told = words(ana, address(table, asking(made, option=["p999999", "nonsense", "h4"])))
    assert "2 options of the address are none here: they are left out." in told
    assert "4 hours without power" in told
    own = asking(made, option=[f"p{made.place}"])
    assert "With Centre Saint-Pierre: as many as today" in words(ana, address(table, own))
    dov = signed_in(table.stranger)
    query = urlsplit(address(table, {"asked": 1, "walker": "usual", "limit": 5, "option": f"p{made.place}"})).query  # fmt: skip
    other = address(table).replace(f"/{table.slug}/", f"/{table.other}/")
    theirs = words(dov, f"{other}?{query}")
    assert "One option of the address is none here" in theirs
    assert "Saint-Pierre" not in theirs


def test_a_place_too_far_may_be_put_on_the_nearest_street(table: Table, made: Made) -> None:
    ana = signed_in(table.coordinator)
    page = ana.get(address(table, asking(made, point=point(500, -100)))).content.decode()
    assert "the added point is 300 m from any street" in page
    (link,) = re.findall(r'href="\?([^"]+)" data-walk-ask>Put it on the nearest street', page)
    query = link.replace("&amp;", "&")
    latitude, longitude = map(float, parse_qs(query)["point"][0].split(", "))
    assert (longitude, latitude) == pytest.approx(degrees(500, 200), abs=2e-6)
    assert "With the added point, within 5 minutes: +" in words(ana, f"{address(table)}?{query}")


def test_a_town_that_counts_no_group_says_so(table: Table, made: Made) -> None:
    told = words(signed_in(table.member), address(table, asking(made)))
    assert "The served atlas counts no group of people" in told


def test_groups_are_told_with_the_interval_of_their_counts(
    table: Table, made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reach_beside, "groups_named", lambda: ("immigrants", "households", "no_such"))  # fmt: skip
    told = words(signed_in(table.member), address(table, asking(made, option=["h4"])))
    # 200 immigrants in the tract, 160 to 240; a quarter of its streets. Nobody at the farthest; all at the nearest.
    assert "By group, within 5 minutes" in told
    assert "immigrants 200 50 · 25% 0 to 240 0 · 0%" in told
    assert "households 400" not in told


def test_a_group_is_set_beside_everybody_in_people_then_in_minutes(
    table: Table, made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reach_beside, "groups_named", lambda: ("immigrants",))
    told = words(signed_in(table.member), address(table, asking(made)))
    # One tract: the group lives along its streets like everybody. 2,000 m of 4,000 are within 650 m, which
    # are 8.3 minutes; the farthest spot is 1,450 m away.
    assert "immigrants. They reach a hub within 5 minutes as often as everybody. Half of them are within 9 minutes, like half of everybody. We cannot tell the two apart." in told  # fmt: skip
    assert "immigrants 25.0% 0.0% to 100.0% 25.0% 0.0% to 100.0% no difference −200 to 200 9 minutes 1 to 19 minutes 9 minutes 1 to 19 minutes" in told  # fmt: skip
    assert "Of the minutes to the nearest hub of 1,000 people" in told
    assert "Gini coefficient" in told and "Kolm-Pollak equivalent minutes" in told
    assert "whose streets lead to no hub" not in told
    # Without any hub that counts there is nothing to compare.
    assert "Groups beside everybody" not in words(signed_in(table.member), address(table, asking(made, hubs=[])))  # fmt: skip


CHART = "space_hub_reach_chart"


def test_the_chart_of_groups_says_what_it_shows(
    table: Table, made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reach_beside, "groups_named", lambda: ("immigrants",))
    ana = signed_in(table.coordinator)
    page = ana.get(address(table, asking(made))).content.decode()
    (link,) = re.findall(r'data-drawing="([^"]+)"', page)
    drawn = ana.get(unescape(link), {**parse_qs(urlsplit(unescape(link)).query), "w": "358"})
    assert drawn.headers["Content-Type"] == "image/svg+xml"
    told = drawn.content.decode()
    assert "The group cannot be told apart from everybody everybody: 25.0% (0.0% to 100.0%). immigrants: 25.0% (0.0% to 100.0%)." in told  # fmt: skip
    assert ana.get(address(table, asking(made, w=7), name=CHART)).status_code == 400
    without: tuple[dict[str, object], ...] = ({"hubs": []}, {"walker": "flying"})
    for nothing in without:
        assert ana.get(address(table, asking(made, **nothing), name=CHART)).status_code == 404
    assert signed_in(table.stranger).get(address(table, asking(made), name=CHART)).status_code == 404  # fmt: skip
    monkeypatch.setattr(reach_beside, "groups_named", lambda: ("no_such",))
    assert "data-drawing" not in ana.get(address(table, asking(made))).content.decode()


def fragment(table: Table, made: Made, **more: object) -> str:
    ana = signed_in(table.coordinator)
    found = ana.get(address(table, asking(made, fragment=1, **more)))
    assert found.status_code == 200
    return str(found.content.decode())


def test_a_fragment_has_what_changes_and_the_map_only_where_it_is_another(
    table: Table, made: Made
) -> None:
    whole = fragment(table, made, point=point(900, 800))
    assert "<html" not in whole
    assert re.findall(r'data-part="(\w+)"', whole) == ["told", "said", "kept", "map", "tables"]
    (base,) = re.findall(r'data-walk-base="(\w+)"', whole)
    over = fragment(table, made, point=point(900, 790), base=base)
    assert re.findall(r'data-part="(\w+)"', over) == ["told", "said", "kept", "over", "tables"]
    assert 'class="site added"' in over
    assert 'class="map-area' not in over
    assert len(over) < len(whole)
    none = fragment(table, made, base=base)
    assert '<g class="gain-over"></g>' in none
    # With another pace the streets are others within the limits.
    slow = fragment(table, made, walker="slow", base=base)
    assert 'data-part="map"' in slow


def test_what_lies_over_the_map_is_what_a_whole_page_draws(table: Table, made: Made) -> None:
    asked = asking(made, point=point(900, 800))
    page = signed_in(table.member).get(address(table, asked)).content.decode()
    drawn = re.search(r'<g class="gain-over">.*?</g>', page)
    assert drawn is not None
    assert drawn.group() in fragment(table, made, point=point(900, 800))


def test_degrees_of_the_map_are_those_of_its_marks(table: Table, made: Made) -> None:
    """A click on the mark of a place gives the place."""
    asked = asking(made, point=point(700, 610))
    page: Any = signed_in(table.member).get(address(table, asked))
    told = page.context["map"]
    held = json.loads(told.degrees)
    at = re.search(r'class="site added" d="M([\d.]+) ([\d.]+)l', told.svg)
    assert at is not None
    across = 2 * float(at.group(1)) / held["width"] - 1
    down = 2 * (float(at.group(2)) + 9) / held["height"] - 1
    powers = [across**i * down ** (n - i) for n in range(4) for i in range(n, -1, -1)]
    found = [sum(a * b for a, b in zip(powers, held[name], strict=True)) for name in ("longitude", "latitude")]  # fmt: skip
    # A tenth of a pixel is some 20 cm here.
    assert found == pytest.approx(degrees(700, 610), abs=5e-6)
