"""How many codes each further source brought that none before it did."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from scipy.special import gammaln

from courtepointe.core.errors import BadInput
from courtepointe.core.typing import Bools, Floats, Ints

BASE, RUN, THRESHOLD = 4, 2, 0.05
"""Sources of the base, sources of the last run, and the share of new codes held small: Guest, Namey and Chen (2020)."""


class Seen(StrEnum):
    """What the last sources say; none says that nothing else is to be learned."""

    FEW_SOURCES = "few_sources"
    STILL_NEW = "still_new"
    LITTLE_NEW = "little_new"
    NOTHING_NEW = "nothing_new"


@dataclass(frozen=True, slots=True)
class Saturation:
    """The codes that sources brought, as they were collected, and in any other order.

    Attributes
    ----------
    new : (n_sources,) int
        Codes that a source brought first, in the order of collection.
    so_far : (n_sources,) int
    mean : (n_sources,) float
        Mean over all orders of as many sources.
    low, high : (n_sources,) float
        2.5 and 97.5 percentiles over random orders.
    base_codes : int
        Different codes of the first `BASE` sources.
    run_share : float or None
        New codes of the last `RUN` sources over those of the base; None where sources are too few.
    seen : Seen
    """

    new: Ints
    so_far: Ints
    mean: Floats
    low: Floats
    high: Floats
    base_codes: int
    run_share: float | None
    seen: Seen


def saturation(used: Bools, *, n_orders: int, rng: np.random.Generator) -> Saturation:
    """Follow the codes that each further source brings.

    Parameters
    ----------
    used : (n_sources, n_codes) bool
        Whether a source was coded so, sources in the order of their collection.
    n_orders : int
        Random orders, 1 or more.
    rng : numpy.random.Generator

    Returns
    -------
    Saturation

    Raises
    ------
    BadInput
        ``core_shape``, ``agreement_draws``.

    Notes
    -----
    The mean over all orders is exact, a code of ``m`` of ``n`` sources lacking in ``k`` of them with chance
    ``C(n - m, k) / C(n, k)`` (Hurlbert, Ecology 52 (1971), for species). The reading of the last run is that of Guest,
    Namey and Chen, *A simple method to assess and report thematic saturation*, PLOS ONE 15 (2020).
    """
    held = np.asarray(used)
    if held.ndim != 2 or (held.size and held.dtype != np.bool_):
        raise BadInput("core_shape", array="used", shape=held.shape, expected="(n_sources, n_codes)")  # fmt: skip
    if n_orders < 1:
        raise BadInput("agreement_draws", value=n_orders, expected=1)
    n_sources = len(held)
    so_far = _so_far(held)
    new = np.diff(so_far, prepend=0)
    orders = [_so_far(held[rng.permutation(n_sources)]) for _ in range(n_orders)]
    low, high = np.quantile(np.stack(orders), [0.025, 0.975], axis=0) if n_sources else (so_far, so_far)  # fmt: skip
    base = int(so_far[min(BASE, n_sources) - 1]) if n_sources else 0
    share = None
    if n_sources >= BASE + RUN and base:
        share = float(new[-RUN:].sum() / base)
    return Saturation(
        new=new,
        so_far=so_far,
        mean=_mean(held),
        low=np.asarray(low, dtype=np.float64),
        high=np.asarray(high, dtype=np.float64),
        base_codes=base,
        run_share=share,
        seen=_seen(share),
    )


def _so_far(used: Bools) -> Ints:
    return np.asarray(np.logical_or.accumulate(used, axis=0).sum(axis=1), dtype=np.int64)


def _mean(used: Bools) -> Floats:
    n_sources = len(used)
    sizes = np.arange(1, n_sources + 1)[:, None]
    without = n_sources - used.sum(axis=0)[None, :].astype(np.float64)
    possible = without >= sizes
    left = np.where(possible, without - sizes, 0.0)
    logs = gammaln(without + 1) - gammaln(left + 1) - gammaln(n_sources + 1) + gammaln(n_sources - sizes + 1)  # fmt: skip
    lacking = np.where(possible, np.exp(logs), 0.0)
    return np.asarray((1.0 - lacking).sum(axis=1))


def _seen(share: float | None) -> Seen:
    if share is None:
        return Seen.FEW_SOURCES
    if share == 0.0:
        return Seen.NOTHING_NEW
    return Seen.LITTLE_NEW if share <= THRESHOLD else Seen.STILL_NEW
