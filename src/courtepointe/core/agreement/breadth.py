"""How broad evidence is: how many independent sources, how many groups heard, how recent; an order, never a number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from courtepointe.core.errors import BadInput


class Band(IntEnum):
    """A band of the grid, from none to broad: it may be compared, and not added."""

    NONE = 0
    THIN = 1
    SOME = 2
    BROAD = 3


@dataclass(frozen=True, slots=True)
class Breadth:
    """What stands behind what people say of a dimension.

    Attributes
    ----------
    sources, groups, recency : Band
    whole : Band
        The lowest of the three: one voice repeated, or of long ago, is not made up for by the others.
    """

    sources: Band
    groups: Band
    recency: Band

    @property
    def whole(self) -> Band:
        """Give the lowest of the three."""
        return min(self.sources, self.groups, self.recency)


def breadth_of(
    *,
    n_sources: int,
    n_groups: int,
    age_days: int | None,
    sources_from: Sequence[int],
    groups_from: Sequence[int],
    days_to: Sequence[int],
) -> Breadth:
    """Place evidence in the grid.

    Parameters
    ----------
    n_sources, n_groups : int
        Independent sources; groups of the lens of which somebody spoke.
    age_days : int or None
        Of the newest source; None where there is none.
    sources_from, groups_from : (3,) int
        Least counts of the bands thin, some and broad, growing.
    days_to : (3,) int
        Greatest ages of the bands broad, some and thin, growing.

    Raises
    ------
    BadInput
        ``breadth_limits``, ``core_negative_count``.
    """
    for limits in (sources_from, groups_from, days_to):
        if len(limits) != 3 or list(limits) != sorted(set(limits)) or limits[0] < 0:
            raise BadInput("breadth_limits", value=str(list(limits)))
    if n_sources < 0 or n_groups < 0 or (age_days is not None and age_days < 0):
        raise BadInput("core_negative_count", value=min(n_sources, n_groups, age_days or 0))
    recency = Band.NONE
    if age_days is not None:
        recency = Band(sum(age_days <= limit for limit in days_to))
    return Breadth(
        sources=Band(sum(n_sources >= limit for limit in sources_from)),
        groups=Band(sum(n_groups >= limit for limit in groups_from)),
        recency=recency,
    )
