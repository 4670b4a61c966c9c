"""The p-center: the sites from which whoever has the farthest to go has the least to go."""

from __future__ import annotations

import numpy as np

from courtepointe.core.errors import NoAnswer
from courtepointe.core.siting.branch import COVER, Search
from courtepointe.core.siting.checks import (
    check_distances,
    check_people,
    check_reached,
    check_shape,
    counted,
)
from courtepointe.core.siting.max_cover import pairs_within
from courtepointe.core.siting.merge import merge
from courtepointe.core.siting.milp import Sparse
from courtepointe.core.siting.reduce import reduced
from courtepointe.core.siting.rows import Rows
from courtepointe.core.siting.set_cover import needed
from courtepointe.core.siting.ties import alternatives
from courtepointe.core.siting.values import Answer, Goal, Reasons, Terms, Watch
from courtepointe.core.typing import Bools, Floats, Ints


def p_center(
    distance: Floats, people: Floats, *, n_open: int, terms: Terms | None = None,
    watch: Watch | None = None,
) -> Answer:  # fmt: skip
    """Choose ``n_open`` sites for the least distance of whoever has the farthest to go.

    Parameters
    ----------
    distance : (n_rows, n_sites) float
        inf where no way leads.
    people : (n_rows,) float
        Rows without people are not waited for; how many there are elsewhere does not matter.
    n_open : int
        Beside the existing ones.
    terms : Terms, optional
    watch : Watch, optional

    Returns
    -------
    Answer
        ``objective`` in the unit of distance; ``reasons.lost`` in the same.

    Raises
    ------
    BadInput
        As `p_median`.
    NoAnswer
        ``siting_unreachable`` where nobody may reach some people, ``siting_unserved`` where so few sites
        leave somebody without a way.

    Notes
    -----
    E. Minieka, "The m-center problem" (1970): a radius does if ``n_open`` sites cover all within it;
    the least is found by halving among the distances that there are.
    """
    check_distances(distance)
    check_people(people, len(distance))
    terms, watch = terms or Terms(distance.shape[1]), watch or Watch()
    opens = terms.n_open(n_open)
    check_shape(distance, "distance", (len(distance), terms.n_sites))
    check_reached(distance, people, terms.closed)
    lived = distance[people > 0]
    if not len(lived):
        lived = np.zeros((1, terms.n_sites))
    radii = np.unique(lived[:, ~terms.closed])
    radii = radii[np.isfinite(radii) & (radii >= lived[:, ~terms.closed].min(axis=1).max())]
    best = _covering(lived, float(radii[-1]), opens, terms, watch)[0]
    if best is None:
        lost = counted(people[~np.isfinite(distance[:, ~terms.closed]).all(axis=1)].sum())
        raise NoAnswer("siting_unserved", value=lost, expected=opens)
    low, high = -1, int(np.searchsorted(radii, _radius(lived, best)))
    while high - low > 1 and watch.go_on():
        middle = (low + high) // 2
        found, sure = _covering(lived, float(radii[middle]), opens, terms, watch)
        if found is not None:
            best, high = found, int(np.searchsorted(radii, _radius(lived, found)))
        elif sure:
            low = middle
        else:
            break
        watch.tell(float(radii[high]), float(radii[low + 1]))
    return _answer(distance, people, best, float(radii[low + 1]), terms)


def _radius(distance: Floats, opened: Bools) -> float:
    return float(distance[:, opened].min(axis=1).max())


def _covering(
    lived: Floats, radius: float, opens: int, terms: Terms, watch: Watch
) -> tuple[Bools | None, bool]:
    """Look for sites that have all within a radius; say whether there are surely none."""
    merged = merge(*pairs_within(lived, radius), np.ones(len(lived)), terms.n_sites)
    table, kept = reduced(needed(merged, terms), np.ones(terms.n_sites))
    opened, more = terms.opened, opens - int(terms.opened.sum())
    if (merged.group < 0).any() or (np.diff(table.indptr) == 0).any():
        return None, True
    if table.shape[0] and more < len(kept):
        search = Search(_rows(table), more, True, watch, COVER, ceiling=1.0)
        none = np.zeros(len(kept), dtype=np.bool_)
        search.run(none, none)
        if search.upper >= 1.0:
            return None, search.proven
        opened[kept[search.best]] = True
    elif table.shape[0]:
        opened[kept] = True
    # What is left to open changes nothing for whoever has the farthest to go.
    rest = np.flatnonzero(~(opened | terms.closed))
    opened[rest[: opens - int(opened.sum())]] = True
    return opened, True


def _rows(table: Sparse) -> Rows:
    n_rows, n_sites = table.shape
    site = table.indices.astype(np.int32)
    return Rows(table.indptr.astype(np.int64), site, np.zeros(len(site)), np.ones(n_rows), n_sites)


def _answer(distance: Floats, people: Floats, opened: Bools, bound: float, terms: Terms) -> Answer:
    sites = np.flatnonzero(opened)
    order = np.argsort(distance[:, sites], axis=1, kind="stable")
    far = np.take_along_axis(distance[:, sites], order, axis=1)
    lives, by = people > 0, np.where(np.isfinite(far[:, 0]), sites[order[:, 0]], -1)
    radius = float(far[lives, 0].max(initial=0.0))
    proven = bound >= radius
    served = np.bincount(by[lives], people[lives], minlength=terms.n_sites).astype(np.float64)
    second = far[:, 1] if len(sites) > 1 else np.full(len(people), np.inf)
    without = np.full(terms.n_sites, radius)
    np.maximum.at(without, by[lives], second[lives])
    others: tuple[Ints, ...] = ()
    every = False
    if proven:
        merged = merge(
            *pairs_within(distance[lives], radius), np.ones(int(lives.sum())), terms.n_sites
        )
        others, every = alternatives(merged.rows, opened, terms.opened, terms.closed)
    return Answer(
        Goal.P_CENTER, radius, min(bound, radius), proven, sites, by.astype(np.int64),
        Reasons(served[sites], without[sites] - radius), others, every, terms,
    )  # fmt: skip
