"""The map of minutes along streets: classes over one another, sites where they are."""

from __future__ import annotations

import re

import numpy as np
import shapely
from tests.support.comb import box, comb_lines
from tests.support.town import EAST, NORTH, town

from courtepointe.press.maps.place import ground_of
from courtepointe.press.maps.values import DrawnMap
from courtepointe.press.maps.walked import Mark, draw_walked, stroke_of
from courtepointe.press.palette import luminance

LINES = np.array(
    [shapely.LineString([(EAST + x, NORTH + y) for x, y in line]) for line in comb_lines()],
    dtype=object,
)


def drawn(*marks: Mark) -> DrawnMap:
    return draw_walked(
        ground_of(town()), box(0, 0, 1000, 1000), streets=LINES,
        within=[LINES[:1], LINES[:2], LINES[:0]], marks=marks,
        title="À pied <ici>", desc="…", lang="fr", width=600.0,
    )  # fmt: skip


def test_all_streets_lie_under_their_classes_and_the_nearest_is_on_top() -> None:
    kinds = re.findall(r'class="walk ([\w-]+)" d="([^"]*)"', drawn().svg)
    assert [kind for kind, _ in kinds] == ["beyond", "walk-2", "walk-1"]
    assert [line.count("M") for _, line in kinds] == [7, 2, 1]


def test_a_nearer_class_is_darker_and_wider() -> None:
    shades = [stroke_of(place) for place in range(3)]
    assert sorted(shades, key=lambda one: luminance(one[0])) == shades
    assert sorted(shades, key=lambda one: -one[1]) == shades


def test_sites_are_told_apart_and_one_far_away_does_not_shrink_the_map() -> None:
    hub, more = (
        Mark("Pôle & co", EAST + 50, NORTH + 200),
        Mark("Ajout", EAST + 1500, NORTH, added=True),
    )
    far = Mark("Ailleurs", EAST + 90_000, NORTH)
    svg = drawn(hub, more, far).svg
    assert "Pôle &amp; co</title></circle>" in svg
    assert re.search(r'class="site added" d="M[^"]*"[^>]*><title>Ajout</title>', svg)
    assert "Ailleurs" not in svg
    assert "À pied &lt;ici&gt;" in svg


def test_a_near_site_widens_what_is_shown() -> None:
    out = Mark("Ajout", EAST + 1500, NORTH + 500, added=True)
    x = re.search(r'class="site added" d="M([\d.]+) ', drawn(out).svg)
    assert x is not None
    assert 0.0 < float(x.group(1)) < 600.0


def test_a_site_is_filled_as_far_as_its_part_clockwise_from_the_top() -> None:
    spot = (EAST + 500, NORTH + 500)
    whole, none = (drawn(Mark("Pôle", *spot, part=part)).svg for part in (1.0, 0.0))
    assert "site-part" not in whole + none
    assert 'class="site"' in whole and 'class="site partly"' in none
    for part, right, wide in ((0.25, True, 0), (0.75, False, 1)):
        svg = drawn(Mark("Pôle", *spot, part=part)).svg
        told = re.search(
            r'class="site-part" d="M([\d.]+) [\d.]+L[\d. ]+A7 7 0 (\d) 1 ([\d.]+) ', svg
        )
        assert told is not None and int(told.group(2)) == wide
        assert (float(told.group(3)) > float(told.group(1))) is right
