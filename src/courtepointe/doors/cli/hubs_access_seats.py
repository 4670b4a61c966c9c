"""What `courtepointe hubs access` tells of seats: how many each thousand people reach, area by area."""

from __future__ import annotations

from typing import Any

import numpy as np

from courtepointe.atlas.query.dot_ground import DotGround
from courtepointe.atlas.query.inside import along_all
from courtepointe.core.access import (
    TAU_MIN,
    Access,
    Placed,
    Reach,
    balanced,
    gaussian,
    rational,
    three_step,
    two_step,
    within,
)
from courtepointe.core.errors import BadInput, NoAnswer
from courtepointe.core.streets import Snapped, Streets, Walk, minutes_table
from courtepointe.core.typing import Floats, Ints
from courtepointe.formats.places import PlaceFile
from courtepointe.formats.tables.numbers import number_in

METHODS = {
    "2sfca": "Each site's seats are shared among all within the limit, near or far alike.",
    "e2sfca": "The same, but who is near weighs more: a bell of minutes that meets 0 at the limit.",
    "3sfca": "E2SFCA where people also choose among the sites that they reach, the near ones more often.",
    "bfca": "Nobody is counted at several sites: levels of service, which add up over areas.",
    "raam": "Everybody goes where the way and the crowd together cost least: a cost, less is better.",
}
SHARES = {"2sfca": two_step, "e2sfca": two_step, "3sfca": three_step, "bfca": balanced}
A_THOUSAND = 1_000.0


def seats_of(places: PlaceFile, column: str) -> Floats:
    """Read how many seats each site has; NaN where its row does not say.

    Raises
    ------
    BadInput
        ``unknown_column``; ``access_seats`` where a cell is no number of seats.
    """
    told = np.full(len(places), np.nan)
    for place, text in enumerate(places.attributes.texts(column)):
        if text is None or not text.strip():
            continue
        number = number_in(text)
        if number is None or not np.isfinite(number) or number < 0.0:
            row = int(places.attributes.row_numbers[place])
            raise BadInput(
                "access_seats", file=places.attributes.file, row=row, column=column, value=text
            )
        told[place] = number
    return told


def seats_told(
    ground: DotGround, placed: Placed, streets: Streets, pace: Walk, sites: Snapped,
    *, seats: Floats, rows: Ints, method: str, limit_min: float,
) -> dict[str, Any]:  # fmt: skip
    """Share the seats of sites among those who reach them.

    Parameters
    ----------
    sites : Snapped
        On streets; ``seats`` and ``rows`` are theirs. Those whose seats are not known are left out, and named.
    limit_min : float, minutes
        Nobody goes farther.

    Raises
    ------
    NoAnswer
        ``access_no_seats`` where no site has a known number; ``access_not_settled`` (raam).
    """
    known = np.isfinite(seats)
    if not known.any():
        raise NoAnswer("access_no_seats")
    held = Snapped(sites.edge[known], sites.along[known], sites.away_m[known], sites.limit_m)
    living = along_all(ground, placed)
    area = np.repeat(np.arange(len(living.people)), np.diff(living.first))
    spots = placed.spots
    own = Snapped(
        spots.edge[living.spot], spots.along[living.spot], spots.away_m[living.spot], spots.limit_m
    )
    table = minutes_table(streets, pace, own, held, limit_min=limit_min)
    demand, supply = np.nonzero(np.isfinite(table))
    minutes = table[demand, supply]
    weight = (within if method in ("2sfca", "raam") else gaussian)(minutes, limit_min)
    reach = Reach(demand, supply, weight, living.people[area] * living.part, seats[known])
    told = {
        "method": method, "means": METHODS[method], "limit_min": limit_min,
        "seats": float(seats[known].sum()), "left_out_rows": rows[~known].tolist(),
    }  # fmt: skip
    codes, counted = np.array(ground.codes), living.counted & (living.people > 0.0)
    if method == "raam":
        return told | _cost_told(reach, minutes, area, codes, counted)
    return told | _shared_told(method, reach, area, codes, counted)


def _shared_told(
    method: str, reach: Reach, area: Ints, codes: np.ndarray, counted: np.ndarray
) -> dict[str, Any]:
    access: Access = SHARES[method](reach)
    people = np.bincount(area, weights=reach.people, minlength=len(codes))
    # A level of service is a place's, and is added up; seats a person are a person's, and are weighed.
    whose = np.ones_like(access.access) if method == "bfca" else reach.people
    sums = np.bincount(area, weights=whose * access.access, minlength=len(codes))
    each = sums if method == "bfca" else np.divide(sums, people, out=np.zeros_like(sums), where=people > 0.0)  # fmt: skip
    kept = np.where(access.reached, access.rate if method == "bfca" else reach.capacity, 0.0)
    name = "levels_per_1000" if method == "bfca" else "seats_per_1000"
    some = reach.over_demand(reach.weight) > 0.0
    return {
        "seats_reached": float(reach.capacity[access.reached].sum()),
        "people": round(float(reach.people.sum())),
        "people_who_reach_none": round(float(reach.people[~some].sum())),
        "law": {
            "over_areas": round(float(sums.sum()), 6), "over_sites": round(float(kept.sum()), 6),
            "says": "levels of areas add up to those of sites" if method == "bfca"
            else "people times their seats add up to the seats that somebody reaches",
        },
        "areas": [
            {"code": str(codes[at]), "people": round(float(people[at])), name: round(A_THOUSAND * float(each[at]), 4)}
            for at in np.flatnonzero(counted)
        ],
    }  # fmt: skip


def _cost_told(
    reach: Reach, minutes: Floats, area: Ints, codes: np.ndarray, counted: np.ndarray
) -> dict[str, Any]:
    told = rational(reach, minutes)
    some = np.isfinite(told.cost)
    served = np.where(some, reach.people, 0.0)
    people = np.bincount(area, weights=served, minlength=len(codes))
    sums = np.bincount(area, weights=served * np.where(some, told.cost, 0.0), minlength=len(codes))
    return {
        "tau_min": TAU_MIN,
        "people": round(float(reach.people.sum())),
        "people_who_reach_none": round(float(reach.people[~some].sum())),
        "law": {
            "over_areas": round(float(people.sum()), 6), "over_sites": round(float(told.load.sum()), 6),
            "says": "everybody who reaches a seat goes to one", "gap": told.gap,
        },
        "areas": [
            {"code": str(codes[at]), "people_served": round(float(people[at])),
             "cost": round(float(sums[at] / people[at]), 6) if people[at] > 0.0 else None}
            for at in np.flatnonzero(counted)
        ],
    }  # fmt: skip
