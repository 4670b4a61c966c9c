"""From one wave to the next: which ties stayed, came and went, among those present in both."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from courtepointe.core.errors import BadInput
from courtepointe.core.network.possible import between
from courtepointe.core.network.statement import COUNTS, SHARES, NetworkStatement, state
from courtepointe.core.network.values import Between, Bounded, Bounds, Network, Rule, among
from courtepointe.core.typing import Bools, Ints


class ChangeVerdict(StrEnum):
    """What may be said of a change, whatever the missing answers."""

    HIGHER = "higher"
    LOWER = "lower"
    UNCHANGED = "unchanged"
    OPEN = "open"
    """Some answers would make it rise and others not."""
    NONE = "none"
    """One of the two waves gives no figure."""


@dataclass(frozen=True, slots=True)
class FigureChange:
    """How much a figure changed: after less before.

    Attributes
    ----------
    value : float or None
        From what is known.
    any_answers : Bounds
    named_by_other : Bounds or None
    verdict, verdict_named_by_other : ChangeVerdict
    """

    value: float | None
    any_answers: Bounds
    named_by_other: Bounds | None
    verdict: ChangeVerdict
    verdict_named_by_other: ChangeVerdict


@dataclass(frozen=True, slots=True)
class PairChange:
    """What became of each pair.

    Attributes
    ----------
    kept, new, ended : (n_nodes, n_nodes) bool, symmetric
        Known in both waves.
    unknown : (n_nodes, n_nodes) bool, symmetric
        Tied in one wave, and in the other nobody who answered could say.
    open : (n_nodes, n_nodes) bool, symmetric
        Not known in one wave at least, whether or not it is tied in the other.
    n_kept, n_new, n_ended : Bounds
        Exact; each by itself.
    stability : Bounds
        Kept ties over kept, new and ended ones (Jaccard). Exact, over the answers that leave a tie.
    """

    kept: Bools
    new: Bools
    ended: Bools
    unknown: Bools
    open: Bools
    n_kept: Bounds
    n_new: Bounds
    n_ended: Bounds
    stability: Bounds


@dataclass(frozen=True, slots=True)
class NetworkChange:
    """A wave and a later one, among the organisations present in both.

    Attributes
    ----------
    n_shared, n_left, n_joined : int
        In both, in the former only, in the later only.
    before, after : NetworkStatement
        Of the organisations present in both.
    pairs, pairs_named_by_other : PairChange
    differences : tuple of (str, FigureChange)
        By the name of the figure, in the order of `SHARES`, then of `COUNTS`.
    """

    n_shared: int
    n_left: int
    n_joined: int
    before: NetworkStatement
    after: NetworkStatement
    pairs: PairChange
    pairs_named_by_other: PairChange
    differences: tuple[tuple[str, FigureChange], ...]

    def of(self, figure: str) -> FigureChange:
        """Give the change of a figure."""
        return dict(self.differences)[figure]


def change_between(
    before: Network, after: Network, *, places: tuple[Ints, Ints], sectors: Ints
) -> NetworkChange:
    """Say what changed between two waves.

    Parameters
    ----------
    before, after : Network
    places : two (n_shared,) int
        The organisations present in both, by their number in each wave.
    sectors : (n_shared,) int
        Theirs in the later wave: an organisation that changed its sector changes no tie.

    Raises
    ------
    BadInput
        ``core_shape``, ``network_too_large`` where none is in both.

    Notes
    -----
    The answers of the two waves are independent: the ends of a difference are those of the two waves
    apart. The Jaccard index of ties is that of T. A. B. Snijders and others, "Introduction to
    stochastic actor-based models for network dynamics", Social Networks 32 (2010).
    """
    if places[0].shape != places[1].shape:
        shape, expected = places[1].shape, places[0].shape
        raise BadInput("core_shape", array="places", shape=shape, expected=expected)
    first, second = among(before, places[0]), among(after, places[1])
    told = state(first, sectors), state(second, sectors)
    pairs = [pair_change(between(first, rule=rule), between(second, rule=rule)) for rule in Rule]
    return NetworkChange(
        n_shared=len(sectors),
        n_left=before.n_nodes - len(sectors),
        n_joined=after.n_nodes - len(sectors),
        before=told[0],
        after=told[1],
        pairs=pairs[0],
        pairs_named_by_other=pairs[1],
        differences=tuple(
            (name, difference(getattr(told[0], name), getattr(told[1], name)))
            for name in (*SHARES, *COUNTS)
        ),
    )


def pair_change(before: Between, after: Between) -> PairChange:
    """Say what became of each pair from one wave to the next.

    Parameters
    ----------
    before, after : Between
        Of the same organisations in the same order; not directed.
    """
    yes, no, maybe = before.certain, ~before.possible, before.open
    yes_after, no_after, maybe_after = after.certain, ~after.possible, after.open
    kept, new, ended = yes & yes_after, no & yes_after, yes & no_after
    free = {
        "kept": (before.possible & after.possible) & ~kept,
        "new": (~yes & after.possible) & ~new,
        "ended": (before.possible & ~yes_after) & ~ended,
    }
    counts = {
        name: Bounds(_half(told), _half(told) + _half(free[name]))
        for name, told in (("kept", kept), ("new", new), ("ended", ended))
    }
    return PairChange(
        kept=kept,
        new=new,
        ended=ended,
        unknown=(yes & maybe_after) | (maybe & yes_after),
        open=(maybe | maybe_after),
        n_kept=counts["kept"],
        n_new=counts["new"],
        n_ended=counts["ended"],
        stability=_stability(kept, new | ended, before, after),
    )


def _stability(kept: Bools, moved: Bools, before: Between, after: Between) -> Bounds:
    """Choose, pair by pair, kept where that may be, for the highest; moved where that may be, for the lowest."""
    may_keep = before.possible & after.possible
    may_move = (before.possible & ~after.certain) | (~before.certain & after.possible)
    must = before.certain | after.certain
    high = _part(_half(may_keep), _half(must & ~may_keep))
    low = _part(_half(kept), _half(may_move))
    if high is None and may_move.any():
        high = 0.0
    return Bounds(low, high)


def _part(kept: float, moved: float) -> float | None:
    return kept / (kept + moved) if kept + moved else None


def _half(ties: Bools) -> float:
    return float(int(ties.sum()) // 2)


def difference(before: Bounded, after: Bounded) -> FigureChange:
    """Subtract a figure of the former wave from that of the later."""
    value = None
    if before.value is not None and after.value is not None:
        value = after.value - before.value
    bounds = _minus(before.any_answers, after.any_answers)
    ruled = None
    if before.named_by_other is not None and after.named_by_other is not None:
        ruled = _minus(before.named_by_other, after.named_by_other)
    return FigureChange(value, bounds, ruled, _verdict(bounds), _verdict(ruled))


def _minus(before: Bounds, after: Bounds) -> Bounds:
    ends = (before.low, before.high, after.low, after.high)
    if any(end is None for end in ends):
        return Bounds(None, None)
    low, high, low_after, high_after = (float(end) for end in ends if end is not None)
    return Bounds(low_after - high, high_after - low, before.exact and after.exact)


def _verdict(bounds: Bounds | None) -> ChangeVerdict:
    if bounds is None or bounds.low is None or bounds.high is None:
        return ChangeVerdict.NONE
    if bounds.low > 0.0:
        return ChangeVerdict.HIGHER
    if bounds.high < 0.0:
        return ChangeVerdict.LOWER
    return ChangeVerdict.UNCHANGED if bounds.low == bounds.high else ChangeVerdict.OPEN
