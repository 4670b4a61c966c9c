"""The rational agent: everybody goes where the way and the crowd together cost least."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.sparse.linalg import splu

from courtepointe.core.access.checks import check_minutes, check_shape
from courtepointe.core.access.floating import Reach
from courtepointe.core.errors import BadInput, NoAnswer
from courtepointe.core.typing import Floats, Ints

TAU_MIN = 60.0
"""Minutes that one walks rather than join a crowd as large as the mean: those of Saxon and Snow."""
FIRST_WHIM, LAST_WHIM, CALMER = 0.3, 1e-8, 0.1
"""People choose by cost and whim at first, and ever less by whim."""
LEAST_SHARE = 1e-9
"""Smaller shares are the whim that is left, and nobody's."""
MOST_STEPS = 60
MOST_GAP = 1e-6
SLIGHT = 1e-30
"""Shares so small do not bend the slope that a step is taken by."""


@dataclass(frozen=True, slots=True)
class Rational:
    """Who goes where when everybody minds the way and the crowd.

    Attributes
    ----------
    cost : (n_demand,) float
        Of the way and the crowd together, in times ``tau_min``; less is better access; infinite for
        those who reach no capacity. Where nobody lives, that of one who would.
    people : (n_pairs,) float, persons
        Who go from each place to each site.
    load : (n_supply,) float, persons
        Who go to each site.
    gap : float
        The most that anybody could still save by going elsewhere, as a cost: 0 is settled.
    """

    cost: Floats
    people: Floats
    load: Floats
    gap: float


def rational(reach: Reach, minutes: Floats, *, tau_min: float = TAU_MIN) -> Rational:
    """Have everybody go where the way and the crowd together cost least.

    Parameters
    ----------
    reach : Reach
        Pairs of weight 0 do not count; other weights do not matter.
    minutes : (n_pairs,) float, minutes
        Infinite ones do not count.
    tau_min : float, minutes
        What a crowd as large as the mean, all people over all capacity, is worth.

    Returns
    -------
    Rational
        Its gap is at most 1e-6, or that part of the greatest cost.

    Raises
    ------
    BadInput
        ``core_shape``, ``access_minutes``, ``access_tau``.
    NoAnswer
        ``access_not_settled``: where people or capacities differ by six orders of magnitude and more, it may
        not be found.

    Notes
    -----
    Saxon and Snow 2020 (*A rational agent model for the spatial accessibility of primary health care*,
    Annals of the American Association of Geographers 110): the cost of site j to people at i is
    t_ij / tau + D_j / (rho S_j), D_j who go there, S_j its capacity, rho all people over all capacity; in
    equilibrium nobody can lower it. Such loads are the least of a convex sum (Beckmann, McGuire and
    Winsten 1956), so they and the costs are unique. People are parts, not whole. Found from the crowds of
    sites c_j = D_j / (rho S_j), which are the least of sum_j rho S_j c_j^2 / 2 - sum_i P_i min_j (t_ij / tau + c_j),
    the minimum softened by a whim (logit) that goes to nothing; Newton's steps at each.
    """
    check_shape("minutes", minutes, reach.demand.shape)
    check_minutes("minutes", minutes)
    if not (np.isfinite(tau_min) and tau_min > 0.0):
        raise BadInput("access_tau", value=tau_min)
    held = (reach.weight > 0.0) & np.isfinite(minutes) & (reach.capacity[reach.supply] > 0.0)
    kept = np.flatnonzero(held)
    kept = kept[np.lexsort((reach.supply[kept], reach.demand[kept]))]
    people, load = np.zeros(len(minutes)), np.zeros(len(reach.capacity))
    cost = np.full(len(reach.people), np.inf)
    if len(kept) == 0:
        return Rational(cost, people, load, 0.0)
    ways = _ways(reach, kept, minutes / tau_min)
    share = ways.shares(_settled(ways), LAST_WHIM)[1]
    share[share < LEAST_SHARE] = 0.0
    share /= np.add.reduceat(share, ways.begins)[ways.row]
    people[kept] = share * ways.people[ways.row]
    load = ways.loads(share)
    each = ways.way + (load / ways.room)[ways.site]
    least = np.minimum.reduceat(each, ways.begins)
    cost[reach.demand[kept[ways.begins]]] = least
    gap = float((each - least[ways.row])[people[kept] > 0.0].max(initial=0.0))
    if gap > MOST_GAP * max(1.0, float(least.max())):
        raise NoAnswer("access_not_settled", value=gap)
    return Rational(cost, people, load, gap)


@dataclass(frozen=True, slots=True)
class _Ways:
    """Pairs that count, by place; who lives there, and how many make a site as crowded as the mean."""

    begins: Ints
    row: Ints
    site: Ints
    way: Floats
    people: Floats
    room: Floats

    def shares(self, crowd: Floats, whim: float) -> tuple[float, Floats]:
        """Say how each place shares itself between its sites; and the sum that is to be the least."""
        cost = self.way + crowd[self.site]
        least = np.minimum.reduceat(cost, self.begins)
        liked = np.exp((least[self.row] - cost) / whim)
        all_ = np.add.reduceat(liked, self.begins)
        height = self.room @ crowd**2 / 2.0 - self.people @ (least - whim * np.log(all_))
        return float(height), liked / all_[self.row]

    def loads(self, share: Floats) -> Floats:
        """Count who goes to each site."""
        told = np.bincount(self.site, share * self.people[self.row], minlength=len(self.room))
        return told.astype(np.float64)


def _ways(reach: Reach, kept: Ints, way: Floats) -> _Ways:
    demand = reach.demand[kept]
    new = np.r_[True, demand[1:] != demand[:-1]]
    people = reach.people[demand[new]]
    # Where nobody lives there is no crowd, whatever the room.
    a_head = float(reach.people.sum()) / float(reach.capacity.sum()) or 1.0
    # A site without capacity has no pairs: any room does for it.
    room = np.where(reach.capacity > 0.0, reach.capacity * a_head, 1.0)
    return _Ways(
        np.flatnonzero(new), np.cumsum(new) - 1, reach.supply[kept], way[kept], people, room
    )


def _settled(ways: _Ways) -> Floats:
    """Find the crowds of sites at which nobody would go elsewhere."""
    crowd, whim = np.ones(len(ways.room)), FIRST_WHIM
    while True:
        crowd = _settled_at(ways, crowd, whim)
        if whim <= LAST_WHIM:
            return crowd
        whim = max(whim * CALMER, LAST_WHIM)


def _settled_at(ways: _Ways, crowd: Floats, whim: float) -> Floats:
    for _ in range(MOST_STEPS):
        height, share = ways.shares(crowd, whim)
        load = ways.loads(share)
        slope = ways.room * crowd - load
        if np.abs(slope / ways.room).max() <= whim / 100.0:
            break
        step = _step(ways, share, slope, whim)
        # Half as far, until it leads down: Armijo's rule.
        part, down = 1.0, 1e-4 * float(slope @ step)
        while part > 1e-6 and ways.shares(crowd + part * step, whim)[0] > (
            height + part * down + 1e-13 * abs(height)
        ):
            part /= 2.0
        crowd = crowd + part * step
    return crowd


def _step(ways: _Ways, share: Floats, slope: Floats, whim: float) -> Floats:
    """Give Newton's step."""
    held = share > SLIGHT
    row, site = ways.row[held], ways.site[held]
    size = (len(ways.people), len(ways.room))
    half = sparse.csr_matrix((np.sqrt(ways.people[row] / whim) * share[held], (row, site)), size)
    drawn = (half.T @ half).tocsr()
    drawn.setdiag(0.0)
    # Who leaves a site goes to the others: so the middle is told without a difference of large numbers.
    bend = sparse.diags(ways.room + np.asarray(drawn.sum(axis=1)).ravel()) - drawn
    told: Floats = splu(bend.tocsc()).solve(-slope)
    return told
