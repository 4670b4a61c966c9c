"""Covering by sites that hold so many people: a programme for HiGHS."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from scipy import sparse

from courtepointe.core.errors import NoAnswer
from courtepointe.core.siting.checks import check_amounts, counted, is_whole
from courtepointe.core.siting.covers import Reach
from courtepointe.core.siting.milp import Programme, Solved
from courtepointe.core.siting.values import Answer, Goal, Reasons, Terms, Watch
from courtepointe.core.typing import Bools, Floats, Ints


def capacitated_cover(
    distance: Floats, people: Floats, *, limit: float, capacity: Floats, n_open: int,
    everyone: bool = False, terms: Terms | None = None, watch: Watch | None = None,
) -> Answer:  # fmt: skip
    """Choose ``n_open`` sites that have room within ``limit`` for the most people.

    Parameters
    ----------
    distance : (n_rows, n_sites) float
    people : (n_rows,) float
        A row may be shared among sites; ``served_by`` names the one that holds most of it.
    limit : float
        In the unit of distance.
    capacity : (n_sites,) float
        People that each may hold.
    n_open : int
        Beside the existing ones.
    everyone : bool
        Refuse an answer that leaves somebody without room.
    terms : Terms, optional
    watch : Watch, optional

    Raises
    ------
    BadInput
        As `max_cover`.
    NoAnswer
        ``siting_capacity``: how many people have no room at best, and how few sites would hold all;
        ``siting_capacity_never`` where not even all sites would.
    """
    reach = Reach.within(distance, people, limit, terms, watch)
    check_amounts(capacity, "capacity", reach.terms.n_sites)
    opens = reach.terms.n_open(n_open)
    told, opened, flow = _fill(reach, capacity, opens)
    if everyone:
        _check_everyone(reach, capacity, float(people.sum()), float(flow.sum()), opens)
    rows, sites = reach.merged.rows, np.flatnonzero(opened)
    held = np.bincount(rows.site, flow, minlength=rows.n_sites).astype(np.float64)[sites]
    lost = [flow.sum() - _without(reach, capacity, sites, int(one)) for one in sites]
    return reach.answer(
        Goal.CAPACITATED_COVER, opened, total=_round(flow.sum(), people, capacity),
        bound=float(reach.merged.people.sum()) - told.bound, by=_by(reach, flow),
        reasons=Reasons(held, np.array(lost)), whole=is_whole(people) and is_whole(capacity),
    )  # fmt: skip


def _round(total: float, people: Floats, capacity: Floats) -> float:
    """Take the dust of the programme off a sum of whole people."""
    return float(np.rint(total)) if is_whole(people) and is_whole(capacity) else float(total)


def _by(reach: Reach, flow: Floats) -> Ints:
    rows = reach.merged.rows
    told = np.full(rows.n_rows, -1, dtype=np.int64)
    for row in range(rows.n_rows):
        mine = slice(int(rows.starts[row]), int(rows.starts[row + 1]))
        if flow[mine].max(initial=0.0) > 0:
            told[row] = rows.site[mine][int(np.argmax(flow[mine]))]
    return told


def _without(reach: Reach, capacity: Floats, sites: Ints, leaving: int) -> float:
    """Give how many the other chosen sites hold."""
    others = sites[sites != leaving]
    if not len(others):
        return 0.0
    rest = np.setdiff1d(np.arange(reach.terms.n_sites), others)
    terms = Terms(reach.terms.n_sites, forced=others, forbidden=rest)
    return float(_fill(replace(reach, terms=terms), capacity, len(others))[2].sum())


def _check_everyone(reach: Reach, capacity: Floats, people: float, held: float, opens: int) -> None:
    missing = people - held
    if missing <= 1e-6 * max(people, 1.0):
        return
    most = int((~reach.terms.closed).sum())
    if people - _fill(reach, capacity, most)[2].sum() > 1e-6 * people:
        raise NoAnswer("siting_capacity_never", value=_told(missing), sites=opens, expected=most)
    # More sites never hold fewer: the least number that holds all is found by halving.
    low, high = opens, most
    while high - low > 1:
        middle = (low + high) // 2
        full = people - _fill(reach, capacity, middle)[2].sum() <= 1e-6 * people
        low, high = (low, middle) if full else (middle, high)
    raise NoAnswer("siting_capacity", value=_told(missing), sites=opens, expected=high)


def _told(missing: float) -> int | float:
    """Take the dust of the programme off a count."""
    whole = round(missing)
    return counted(whole if abs(missing - whole) < 1e-6 else missing)


def _fill(reach: Reach, capacity: Floats, opens: int) -> tuple[Solved, Bools, Floats]:
    """Open ``opens`` sites that hold the most; give them, and how many of each row go to each site."""
    rows, people, m = reach.merged.rows, reach.merged.people, reach.terms.n_sites
    n, size = rows.n_rows, len(rows.site)
    row, pairs, ones = (
        np.repeat(np.arange(n), np.diff(rows.starts)),
        m + np.arange(size),
        np.ones(size),
    )
    by_row = sparse.csr_matrix((ones, (row, pairs)), (n, m + size))
    by_site = sparse.csr_matrix((ones, (rows.site, pairs)), (m, m + size)) - sparse.csr_matrix(
        (capacity, (np.arange(m), np.arange(m))), (m, m + size)
    )
    is_site = np.arange(m + size) < m
    must = np.ones(len(reach.must))
    told = reach.solve(Programme(
        np.where(is_site, 0.0, -1.0), np.concatenate([~reach.terms.closed, people[row]]), is_site,
        sparse.vstack([by_row, by_site, sparse.csr_matrix(is_site * 1.0), *reach.settled(size)]),
        np.concatenate([np.full(n + m, -np.inf), [opens], must]),
        np.concatenate([people, np.zeros(m), [opens], must]), float(people.sum()),
    ), whole=is_whole(people) and is_whole(capacity))  # fmt: skip
    if told.chosen is None:
        return told, reach.terms.opened, np.zeros(size)
    return told, told.chosen[:m] > 0.5, told.chosen[m:]
