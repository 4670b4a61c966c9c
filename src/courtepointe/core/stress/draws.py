"""One drawing of a scenario: which hubs are open and which streets closed at each hour, and who comes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntFlag

import numpy as np
from scipy.stats import binom

from courtepointe.core.stress.closures import Ground, points_in
from courtepointe.core.stress.values import Area, Disc, Effect, Hubs, Scenario
from courtepointe.core.typing import AnyArray, Bools, Floats, Ints


class Why(IntFlag):
    """Why a hub is closed at an hour: one bit a reason, for there may be several."""

    LAG = 1
    """Nobody has opened yet."""
    POWER = 2
    """Without power for longer than it lasts."""
    FLOODED = 4
    NEEDS = 8
    """It has not what shelters from the hazard."""
    STAFF = 16
    """Too few came."""
    STREET = 32
    """Its street is closed."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """What happens.

    Attributes
    ----------
    open : (n_hours, n_hubs) bool
    closed : tuple of (n,) int
        Closed streets of each hour, in rising order.
    take_up : (n_groups,) float
    why : (n_hours, n_hubs) uint8
        Reasons of `Why`, added up; 0 where the hub is open.
    """

    open: Bools
    closed: tuple[Ints, ...]
    take_up: Floats
    why: AnyArray


class _Hours:
    """What fails so far, by hour."""

    def __init__(self, scenario: Scenario, hubs: Hubs) -> None:
        size = (scenario.n_hours, len(hubs))
        self.why = np.zeros(size, dtype=np.uint8)
        self.dark = np.zeros(size, dtype=np.bool_)
        self.staff = np.tile(hubs.staff, (scenario.n_hours, 1))
        self.closed: list[list[Ints]] = [[] for _ in range(scenario.n_hours)]

    def shut(self, reason: Why, where: Bools, during: slice = slice(None)) -> None:
        """Close hubs, at all hours or some of them."""
        self.why[during] |= np.where(where, np.uint8(reason), np.uint8(0))


def draw(scenario: Scenario, ground: Ground, hubs: Hubs, rng: np.random.Generator) -> Drawn:
    """Draw what happens in a scenario.

    Parameters
    ----------
    scenario : Scenario
    ground : Ground
    hubs : Hubs
    rng : numpy Generator
        Each effect draws from a stream of its own, hubs last and one number each: with one hub more, or one
        better equipped, the others meet the same fate.

    Returns
    -------
    Drawn
    """
    own, *streams = rng.spawn(1 + len(scenario.effects))
    take_up = np.array([one.take_up.draw(own) for one in scenario.seeking])
    lag = scenario.rules.opening_lag_h.draw(own)
    hours = _Hours(scenario, hubs)
    for effect, stream in zip(scenario.effects, streams, strict=True):
        _apply(effect, ground, hubs, stream, hours)
    hours.shut(Why.STAFF, hours.staff < scenario.rules.staff_at_least)
    hours.shut(Why.POWER, _run_down(hours.dark, hubs.autonomy_h))
    hours.shut(Why.LAG, (np.arange(scenario.n_hours) < lag)[:, None])
    closed = tuple(np.unique(np.concatenate([_NONE, *one])) for one in hours.closed)
    for hour, edges in enumerate(closed):
        hours.shut(Why.STREET, np.isin(hubs.sites.edge, edges), slice(hour, hour + 1))
    return Drawn(hours.why == 0, closed, take_up, hours.why)


_NONE = np.zeros(0, dtype=np.int64)


def _apply(
    effect: Effect, ground: Ground, hubs: Hubs, rng: np.random.Generator, hours: _Hours
) -> None:
    during = slice(*effect.hours)
    areas = effect.areas + _discs(effect, ground, rng)
    everywhere = not areas
    part = effect.share.draw(rng)
    if effect.kind in ("flooded", "street_closed"):
        n_edges = ground.streets.n_edges
        edges = np.arange(n_edges) if everywhere else ground.edges_in(areas)
        hit = edges[rng.random(n_edges)[edges] < part]
        for hour in range(*effect.hours):
            hours.closed[hour].append(hit)
    inside = np.zeros(len(hubs), dtype=np.bool_)
    inside[np.arange(len(hubs)) if everywhere else points_in(hubs.points, areas)] = True
    chance = rng.random(len(hubs))
    if effect.kind == "staff":
        come = np.where(inside, binom.ppf(chance, hubs.staff, 1.0 - part), hubs.staff)
        hours.staff[during] = np.minimum(hours.staff[during], come.astype(np.int64))
        return
    hit_hubs = inside & (chance < part)
    if effect.kind == "no_power":
        hours.dark[during] |= hit_hubs
    elif effect.kind == "flooded":
        hours.shut(Why.FLOODED, hit_hubs & ~hubs.dry, during)
    elif effect.kind == "needs":
        lacks = np.array([effect.trait not in traits for traits in hubs.traits])
        hours.shut(Why.NEEDS, hit_hubs & lacks, during)


def _discs(effect: Effect, ground: Ground, rng: np.random.Generator) -> tuple[Area, ...]:
    if effect.discs is None:
        return ()
    points = ground.streets.points
    middles = points[rng.integers(0, len(points), effect.discs.n)]
    return tuple(Disc(float(x), float(y), effect.discs.radius_m.draw(rng)) for x, y in middles)


def _run_down(dark: Bools, autonomy_h: Floats) -> Bools:
    """Say which hubs have been without power for as long as they can be."""
    told, since = np.zeros_like(dark), np.zeros(dark.shape[1])
    for hour, without in enumerate(dark):
        told[hour] = without & (since >= autonomy_h)
        since = np.where(without, since + 1.0, 0.0)
    return told
