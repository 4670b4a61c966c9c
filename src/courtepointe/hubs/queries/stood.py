"""What is known of hubs that a study of stress tries: seats, hours without the network, posts, what shelters."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from courtepointe.hubs.models import Capacity, Fact, Post, Power
from courtepointe.hubs.queries.directory import counted_of
from courtepointe.hubs.queries.possible import SEATS
from courtepointe.hubs.queries.ready import autonomy_of, new_power
from courtepointe.hubs.queries.sites import PointSeen, SiteSeen
from courtepointe.hubs.studies.stress_values import LASTING_H, StressSpot

SHELTERS = ("cooling", "heating", "clean_air")
"""Facts of a place that shelter from a hazard; nobody looks for clean air yet."""
DRY = "above_flood"


def hub_spots(hubs: Sequence[SiteSeen]) -> tuple[StressSpot, ...]:
    """Make hubs what is tried: a spot a place; seats and staff are shared among the places of a hub."""
    numbers = [one.number for one in hubs]
    seats = dict(Capacity.objects.filter(hub__in=numbers, code=SEATS).values_list("hub_id", "maximum"))  # fmt: skip
    hours, staff, facts = _hours(numbers), _staff(numbers), _facts(numbers)

    def spot(one: SiteSeen, longitude: float, latitude: float) -> StressSpot:
        n, told = len(one.points), facts[one.number]
        return StressSpot(
            one.name, longitude, latitude, one.number,
            None if one.number not in seats else seats[one.number] / n, hours.get(one.number),
            None if one.number not in staff else staff[one.number] // n,
            {code: told[code] for code in SHELTERS if code in told}, told.get(DRY),
        )  # fmt: skip

    return tuple(spot(one, *point) for one in hubs for point in one.points)


def place_spot(
    one: PointSeen, *, seats: float | None = None, autonomy_h: float | None = None
) -> StressSpot:
    """Make a place of the directory what an option adds; seats as typed, else as the directory has them."""
    told = counted_of([one.number]).get(one.number, {}).get("seats")
    known = float(told[0]) if seats is None and told is not None else seats
    return StressSpot(one.name, one.longitude, one.latitude, one.number, known, autonomy_h)


def _hours(numbers: Iterable[int]) -> dict[int, float]:
    """Give the hours of the season in which they are fewest; nothing where power is not known."""
    found: dict[int, float] = {}
    for row in Power.objects.filter(hub__in=list(numbers)):
        told = [one.least_h for one in autonomy_of(new_power(row)).values() if one.least_h is not None]  # fmt: skip
        if told:
            least = min(told)
            found[row.hub_id] = LASTING_H if math.isinf(least) else min(least, LASTING_H)
    return found


def _staff(numbers: Iterable[int]) -> dict[int, int]:
    """Count who fills the posts of a hub; nothing where no post is written."""
    found: dict[int, int] = defaultdict(int)
    rows = Post.objects.filter(hub__in=list(numbers)).exclude(filled=None)
    for hub, filled in rows.values_list("hub_id", "filled"):
        found[hub] += filled or 0
    return dict(found)


def _facts(numbers: Iterable[int]) -> Mapping[int, dict[str, bool]]:
    found: dict[int, dict[str, bool]] = defaultdict(dict)
    rows = Fact.objects.filter(hub__in=list(numbers), code__in=(*SHELTERS, DRY))
    for hub, code, has in rows.values_list("hub_id", "code", "has"):
        found[hub][code] = has
    return found
