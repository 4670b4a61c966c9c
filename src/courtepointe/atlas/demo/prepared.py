"""Regions made one after the other, or some ahead by other processes: the same in either case."""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass

from courtepointe.atlas.demo.plan import Plan, Region
from courtepointe.atlas.demo.profile import profile_rows
from courtepointe.atlas.demo.region import Made, make
from courtepointe.formats.census_profile.write import ProfileRows


@dataclass(frozen=True, slots=True)
class Prepared:
    """A region with the rows of its two Census Profiles."""

    made: Made
    of_2016: list[ProfileRows]
    of_2021: list[ProfileRows]


def prepared(plan: Plan, *, jobs: int = 1) -> Iterator[Prepared]:
    """Make the regions of a plan in its order; never more than two a process wait.

    Parameters
    ----------
    plan : Plan
    jobs : int
        Processes; 1: this one.
    """
    if jobs <= 1:
        for region in plan.regions:
            yield _prepare(region, plan.seed, plan.lang)
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, mp_context=context) as pool:
        waiting: deque[Future[Prepared]] = deque()
        for region in plan.regions:
            waiting.append(pool.submit(_prepare, region, plan.seed, plan.lang))
            if len(waiting) > 2 * jobs:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _prepare(region: Region, seed: int, lang: str) -> Prepared:
    made = make(region, seed=seed)
    before, now = (profile_rows(made, year=year, lang=lang) for year in (2016, 2021))
    return Prepared(made, before, now)
