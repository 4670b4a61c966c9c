"""Whom an organisation reaches through its partners: in one step, in two, in all."""

from __future__ import annotations

from dataclasses import dataclass

from courtepointe.core.network.possible import between
from courtepointe.core.network.steps import FAR, steps
from courtepointe.core.network.values import Bounded, Bounds, Network, Reading, Rule
from courtepointe.core.typing import AnyArray, Bools, Floats

ALL = FAR - 1
"""In any number of steps."""
WITHIN = (1, 2, ALL)


@dataclass(frozen=True, slots=True)
class Reach:
    """The part of the other organisations that each reaches.

    Attributes
    ----------
    in_one, in_two, in_all : (n_nodes,) float, 0 to 1
        In one step, in at most two, in any number. 0 for an organisation alone in its network.
    """

    in_one: Floats
    in_two: Floats
    in_all: Floats


@dataclass(frozen=True, slots=True)
class ReachBounds:
    """Reach from the ties that are named, and the most that any answers could make it.

    Attributes
    ----------
    named : Reach
        What is reached at least: no answers take a named tie away.
    highest, highest_named_by_other : Reach
        Exact for each organisation and for their mean: all open ties at once give it.
    """

    named: Reach
    highest: Reach
    highest_named_by_other: Reach


def reach_of(tied: Bools) -> Reach:
    """Give the reach over the ties of one network, from each organisation along them.

    Parameters
    ----------
    tied : (n_nodes, n_nodes) bool
        From, to.
    """
    return _shares(steps(tied))


def _shares(far: AnyArray) -> Reach:
    others = max(len(far) - 1, 1)
    one, two, all_ = (((far <= most).sum(axis=1) - 1) / others for most in WITHIN)
    return Reach(one, two, all_)


def reach(network: Network, *, reading: Reading = Reading.EITHER) -> ReachBounds:
    """Give the reach of each organisation with its bounds.

    Notes
    -----
    A tie more never takes anybody out of reach: the certain ties give the lowest, the possible ones
    the highest. See M. S. Granovetter, "The strength of weak ties", American Journal of Sociology 78
    (1973) on indirect contact; the share reached within k steps is that of M. E. J. Newman,
    Networks (2nd ed. 2018), section 11.
    """
    open_, ruled = (between(network, reading=reading, rule=rule) for rule in Rule)
    return ReachBounds(reach_of(open_.certain), reach_of(open_.possible), reach_of(ruled.possible))


def mean_reach(told: ReachBounds, *, within: int) -> Bounded:
    """Give the mean over organisations of the part that each reaches within 1, 2 or `ALL` steps."""
    name = {1: "in_one", 2: "in_two", ALL: "in_all"}[within]
    low, high, ruled = (
        float(getattr(one, name).mean())
        for one in (told.named, told.highest, told.highest_named_by_other)
    )
    return Bounded(low, True, Bounds(low, high), Bounds(low, ruled))
