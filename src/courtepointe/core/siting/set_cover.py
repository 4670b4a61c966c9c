"""Set covering: the fewest sites, or the cheapest, that leave nobody out of reach."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from scipy import sparse
from scipy.spatial import cKDTree

from courtepointe.core.errors import NoAnswer
from courtepointe.core.siting.checks import (
    check_amounts,
    check_people,
    check_shape,
    counted,
    is_whole,
)
from courtepointe.core.siting.lagrange_cover import Core, core_of
from courtepointe.core.siting.max_cover import check_plane, pairs_within
from courtepointe.core.siting.merge import Merged, merge, merge_on_plane
from courtepointe.core.siting.milp import Programme, Solved, Sparse, solve
from courtepointe.core.siting.rows import Rows
from courtepointe.core.siting.ties import alternatives
from courtepointe.core.siting.values import Answer, Goal, Reasons, Terms, Watch
from courtepointe.core.typing import Bools, Floats, Ints


def set_cover(
    distance: Floats, people: Floats, *, limit: float, price: Floats | None = None,
    terms: Terms | None = None, watch: Watch | None = None,
) -> Answer:  # fmt: skip
    """Choose the fewest sites that have everybody within ``limit``, or the cheapest.

    Parameters
    ----------
    distance : (n_rows, n_sites) float
        inf where no way leads.
    people : (n_rows,) float
        Rows without people need no site.
    limit : float
        In the unit of distance.
    price : (n_sites,) float, optional
        Else each site counts for one. Existing ones cost nothing.
    terms : Terms, optional
    watch : Watch, optional

    Returns
    -------
    Answer
        ``objective`` in sites, or in the unit of prices; existing sites are not counted.

    Raises
    ------
    BadInput
        As `max_cover`.
    NoAnswer
        ``siting_out_of_limit``: how many people no site reaches, and the least limit that would do.

    Notes
    -----
    C. Toregas, R. Swain, C. ReVelle and L. Bergman, "The location of emergency service facilities" (1971);
    rows and sites are left out by dominance, and HiGHS proves the rest.
    """
    starts, site = pairs_within(distance, limit)
    check_people(people, len(distance))
    terms = terms or Terms(distance.shape[1])
    check_shape(distance, "distance", (len(distance), terms.n_sites))
    allowed = ~terms.closed
    reached = distance[:, allowed].min(axis=1, initial=np.inf)
    needs = people > 0
    if (reached[needs] > limit).any():
        raise NoAnswer(
            "siting_out_of_limit", value=counted(people[needs & (reached > limit)].sum()),
            expected=float(reached[needs].max()), limit=float(limit),
        )  # fmt: skip
    merged = merge(starts, site, people, terms.n_sites)
    return set_cover_of_rows(merged, price=price, terms=terms, watch=watch or Watch())


def set_cover_on_plane(
    points: Floats, sites: Floats, people: Floats, *, radius: float, price: Floats | None = None,
    terms: Terms | None = None, watch: Watch | None = None,
) -> Answer:  # fmt: skip
    """Choose sites as `set_cover` does, by straight distances, without a table of all.

    Parameters
    ----------
    points : (n_rows, 2) float
    sites : (n_sites, 2) float
    people : (n_rows,) float
    radius : float
        Over 0, in the unit of the points.
    """
    check_plane(points, sites, people, radius)
    terms = terms or Terms(len(sites))
    check_shape(sites, "sites", (terms.n_sites, 2))
    merged = merge_on_plane(points, sites[~terms.closed], people, radius)
    lost = (merged.group < 0) & (people > 0)
    if lost.any():
        far = cKDTree(sites[~terms.closed]).query(points[lost])[0]
        raise NoAnswer(
            "siting_out_of_limit", value=counted(people[lost].sum()), expected=float(far.max()),
            limit=float(radius),
        )  # fmt: skip
    if terms.closed.any():
        merged = merge_on_plane(points, sites, people, radius)
    return set_cover_of_rows(merged, price=price, terms=terms, watch=watch or Watch())


def set_cover_of_rows(
    merged: Merged, *, price: Floats | None, terms: Terms, watch: Watch
) -> Answer:
    """Choose sites as `set_cover` does, once who is within reach of what is known.

    Parameters
    ----------
    merged : Merged
        Each row with people is reached by a site that is not forbidden.
    price : (n_sites,) float or None
    terms : Terms
    watch : Watch
    """
    paid = np.ones(terms.n_sites) if price is None else price.copy()
    check_amounts(paid, "price", terms.n_sites)
    paid[terms.existing] = 0.0
    least, opened = _chosen(needed(merged, terms), paid, terms, watch)
    total = float(paid[opened].sum())
    whole = is_whole(paid)
    bound = least + float(paid[terms.opened].sum())
    proven = bound > total - (1.0 - 1e-6 if whole else 1e-9 * max(total, 1.0))
    others: tuple[Ints, ...] = ()
    every = False
    if proven and price is None:
        others, every = alternatives(_counted(merged), opened, terms.opened, terms.closed)
    _, who, _ = merged.rows.served(opened)
    return Answer(
        Goal.SET_COVER, total, total if proven else bound, proven, np.flatnonzero(opened),
        np.append(who, -1)[merged.group].astype(np.int64), _reasons(merged, opened), others, every, terms,
    )  # fmt: skip


def table_of(merged: Merged) -> Sparse:
    """Write which site reaches which row: sparse (n_rows, n_sites)."""
    rows = merged.rows
    return sparse.csr_matrix(
        (np.ones(len(rows.site)), rows.site, rows.starts), (rows.n_rows, rows.n_sites)
    )


def needed(merged: Merged, terms: Terms) -> Sparse:
    """Give the rows with people that no site reaches yet, over all sites that may open."""
    table = table_of(merged)
    served = table @ terms.opened.astype(np.float64) > 0
    free = sparse.diags((~(terms.closed | terms.opened)).astype(np.float64))
    left = sparse.csr_matrix(table[(merged.people > 0) & ~served] @ free)
    left.eliminate_zeros()
    return left


def _chosen(table: Sparse, price: Floats, terms: Terms, watch: Watch) -> tuple[float, Bools]:
    """Cover all rows of a table; give a bound on what that costs, and all sites that are then open."""
    opened = terms.opened
    if not table.shape[0]:
        return 0.0, opened
    slack = 1.0 - 1e-6 if is_whole(price) else 1e-9 * max(float(price.sum()), 1.0)
    core = core_of(table, price, slack)
    watch.tell(core.upper, core.bound)
    bound, best = core.bound, core.best
    if bound < core.upper - slack and watch.go_on():
        told = _finish(core, price, slack, watch)
        bound = max(bound, min(told.bound, core.upper))
        if told.chosen is not None:
            found = core.opened.copy()
            found[core.kept[told.chosen > 0.5]] = True
            # HiGHS may give what it found above the cutoff when it is stopped.
            best = found if price[found].sum() < core.upper else best
        bound = min(bound, float(price[best].sum()))
    return bound, opened | best


def _finish(core: Core, price: Floats, slack: float, watch: Watch) -> Solved:
    """Have HiGHS find what is cheaper than the best covering, if anything."""
    n_rows, n_sites = core.table.shape
    return solve(
        Programme(
            price[core.kept], np.ones(n_sites), np.ones(n_sites, dtype=np.bool_), core.table,
            np.ones(n_rows), np.full(n_rows, np.inf), float(price[core.opened].sum()),
        ),
        go_on=watch.go_on, tell=watch.tell, gap=slack if slack > 0.5 else 0.0,
        cutoff=core.upper - 0.5 * slack,
    )  # fmt: skip


def _counted(merged: Merged) -> Rows:
    """Count rows, not people: a choice that costs 0 leaves nobody out."""
    return replace(merged.rows, cap=(merged.people > 0).astype(np.float64), left=0.0)


def _reasons(merged: Merged, opened: Bools) -> Reasons:
    table = table_of(merged)
    reached, sites = table @ opened.astype(np.float64), np.flatnonzero(opened)
    people = merged.people
    return Reasons((table.T @ people)[sites], (table.T @ (people * (reached == 1)))[sites])
