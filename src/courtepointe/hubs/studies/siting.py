"""Where the next hubs could stand: the question put to the streets, and the answer in people."""

from __future__ import annotations

from typing import Any

import numpy as np

from courtepointe.atlas.query.on_foot import Told
from courtepointe.core.access import LIMITS_MIN
from courtepointe.core.errors import CourtepointeError, NoAnswer
from courtepointe.core.siting import Answer, Goal, Terms, Watch
from courtepointe.core.streets import WALKERS, Snapped
from courtepointe.core.streets.table import MOST_CELLS
from courtepointe.core.typing import Floats, Ints
from courtepointe.hubs.studies.choose import Choice, Chosen, choose
from courtepointe.hubs.studies.ground import (
    Ground,
    Living,
    covered,
    joined,
    living,
    table,
    taken,
)
from courtepointe.hubs.studies.values import FORCED, REFUSED, WITHIN, SitingAsked, Spot

MOST_REFUSED = 40
"""Chosen sites of which it is told what would be chosen without."""
MOST_OTHERS = 20
"""Equal choices that are kept."""
NEW, STANDING = "new", "standing"
SORTED = 4
"""Tables that a search over whole walks holds beside the first: it sorts each row (816 MB for 12 million cells)."""


class Siting:
    """A question of siting over a city, answered step by step.

    Parameters
    ----------
    asked : SitingAsked
    ground : Ground

    Raises
    ------
    NoAnswer
        ``study_no_people``, ``study_far``.
    """

    def __init__(self, asked: SitingAsked, ground: Ground) -> None:
        self.asked, self.ground = asked, ground
        put, stood = (ground.put(asked.walker, some) for some in (asked.sites, asked.standing))
        self.far = _far(asked.sites, put) + _far(asked.standing, stood)
        near, near_too = np.flatnonzero(~put.too_far), np.flatnonzero(~stood.too_far)
        if len(near) == 0:
            raise NoAnswer("study_far", value=len(asked.sites), metres=round(put.limit_m))
        self.spots: list[Spot] = [asked.sites[n] for n in near] + [
            asked.standing[n] for n in near_too
        ]
        self.n_new = len(near)
        self.sites = joined(taken(put, near), taken(stood, near_too))
        self.who: Living = living(ground, ground.walked(asked.walker), who=asked.who)

    def solve(self, watch: Watch) -> dict[str, Any]:
        """Choose, and tell all of it as JSON keeps it: numbers as they were found, not rounded."""
        choice, lost = self._choice().reached()
        chosen = choose(choice, watch)
        answer = chosen.answer
        return {
            **_proof(answer),
            "people": float(self.who.people.sum()),
            "never_reached": lost,
            "sites": self._sites(answer),
            "others": [self._new(one) for one in answer.alternatives[:MOST_OTHERS]],
            "n_others": len(answer.alternatives),
            "every_other": answer.every_alternative,
            "refused": self._refused(chosen, answer),
            "regret": None if chosen.regret is None else chosen.regret.tolist(),
            "walkers": [one.code for one in WALKERS] if chosen.regret is not None else [],
            "minutes": _walked(choice, answer.sites),
            "before": self._told(np.arange(self.n_new, len(self.spots))),
            "after": self._told(answer.sites),
            "far": self.far,
        }

    def _choice(self) -> Choice:
        asked, spots = self.asked, self.spots
        limit = float(asked.limit_min)
        table_of, by_walker = self._tables(limit)
        nan = float("nan")
        price = np.array([nan if one.price is None else one.price for one in spots])
        price[self.n_new :] = 0.0
        seats = np.array([nan if one.seats is None else one.seats for one in spots])
        return Choice(
            asked.goal, table_of, self.who.people, limit, asked.n_open or 0, self._terms(),
            np.nan_to_num(price), np.nan_to_num(seats), asked.budget or 0.0, by_walker,
        )  # fmt: skip

    def _tables(self, limit: float) -> tuple[Floats, tuple[Floats, ...]]:
        """Give minutes of the walker who was asked for, and of each where each counts."""
        asked, codes = self.asked, [one.code for one in WALKERS]
        each = asked.goal == Goal.MIN_REGRET
        cells = MOST_CELLS if asked.goal in WITHIN else MOST_CELLS // SORTED
        most = cells // (len(self.who.people) * (len(codes) if each else 1))
        if len(self.spots) > most:
            raise NoAnswer("study_too_large", value=len(self.spots), expected=most)
        if each:
            tables = tuple(table(self.ground.walked(one), self.who, self.sites) for one in codes)
            return tables[codes.index(asked.walker)], tables
        held = self.ground.walked(asked.walker)
        within = limit if asked.goal in WITHIN else np.inf
        return table(held, self.who, self.sites, limit_min=within), ()

    def _terms(self) -> Terms:
        def at(held: str) -> Ints:
            new = self.spots[: self.n_new]
            return np.array([n for n, one in enumerate(new) if one.held == held], dtype=np.int64)

        standing = np.arange(self.n_new, len(self.spots), dtype=np.int64)
        return Terms(len(self.spots), at(FORCED), at(REFUSED), standing)

    def _new(self, sites: Ints) -> list[str]:
        return [self.spots[n].name for n in sites.tolist() if n < self.n_new]

    def _sites(self, answer: Answer) -> list[dict[str, Any]]:
        told = []
        for n, people, lost in zip(
            answer.sites.tolist(), answer.reasons.people, answer.reasons.lost, strict=True
        ):
            one = self.spots[n]
            told.append({
                "name": one.name, "number": one.number, "longitude": one.longitude,
                "latitude": one.latitude, "kind": NEW if n < self.n_new else STANDING,
                "held": one.held, "people": float(people),
                # Infinite: without it somebody would reach none.
                "lost": float(lost) if np.isfinite(lost) else None,
            })  # fmt: skip
        return told

    def _refused(self, chosen: Chosen, answer: Answer) -> list[dict[str, Any]]:
        """Tell what would be chosen without each site that was chosen freely."""
        free = [n for n in answer.sites.tolist() if n < self.n_new and self.spots[n].held != FORCED]
        told: list[dict[str, Any]] = []
        for n in free[:MOST_REFUSED]:
            one: dict[str, Any] = {"name": self.spots[n].name, "number": self.spots[n].number}
            try:
                found = chosen.refused(n)
            except CourtepointeError as error:
                told.append({**one, "code": error.code})
                continue
            others = np.setdiff1d(found.sites, answer.sites)
            told.append({**one, **_proof(found), "sites": self._new(found.sites), "instead": self._new(others)})  # fmt: skip
        return told

    def _told(self, sites: Ints) -> list[dict[str, Any]]:
        found = covered(self.ground, self.asked.walker, taken(self.sites, sites))
        return [{"territory": name, **_reached(told)} for name, told in found]


def _far(spots: tuple[Spot, ...], put: Snapped) -> list[dict[str, Any]]:
    """Name what no street is near to."""
    return [
        {"name": spots[n].name, "metres": _or_none(float(put.away_m[n]))}
        for n in np.flatnonzero(put.too_far)
    ]


def _or_none(value: float) -> float | None:
    return value if np.isfinite(value) else None


def _proof(answer: Answer) -> dict[str, Any]:
    return {
        "objective": float(answer.objective), "bound": _or_none(float(answer.bound)),
        "proven": bool(answer.proven), "gap": _or_none(float(answer.gap)),
    }  # fmt: skip


def _walked(choice: Choice, sites: Ints) -> dict[str, float | None]:
    """Tell minutes to the nearest site: of all on average, of whoever has the farthest to go."""
    away = choice.minutes[:, sites].min(axis=1)
    held = np.isfinite(away)
    if not held.any():
        return {"mean": None, "farthest": None, "people": 0.0}
    people = choice.people[held]
    return {
        "mean": float(np.average(away[held], weights=people)), "farthest": float(away[held].max()),
        "people": float(people.sum()),
    }  # fmt: skip


def _reached(told: Told) -> dict[str, Any]:
    """Tell people and streets within each limit: evenly along streets, and the ends of what could be."""
    spread = told.spread
    people = []
    for place in range(len(LIMITS_MIN)):
        ends = (spread.even, spread.farthest, spread.nearest) if spread else ()
        people.append([float(one.covered[..., place].sum()) for one in ends])
    return {
        "limits": list(LIMITS_MIN), "people": people, "km": list(told.reached_km),
        "of_km": told.street_km, "in_part": list(told.in_part),
        "everyone": float(spread.even.people.sum()) if spread else None,
        "without_value": list(told.without_value),
    }  # fmt: skip
