"""The search round each site in turn. Compiled; see ``docs/methods/streets.md``.

A site reaches a few hundred nodes of a town of a million, and they lie in a few dozen blocks of
neighbours along the curve. So labels are kept for those blocks only, in arrays so short that they stay
in the processor's nearest memory, and what each street is compared with is written without a question
asked (a processor that guesses an answer wrongly loses more than it costs to write a number back); the
streets of who is next are called for while others are looked at.

The compiler's cache on disk only watches this file: what is changed in ``search.py`` of what is taken
from there counts here once this file is saved anew.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numba
import numpy as np
from numba.core import cgutils, types
from numba.extending import intrinsic

from courtepointe.core.streets.search import IDLE, NOW, Arcs, Labels, next_band, put_later
from courtepointe.core.typing import AnyArray, Ints

compiled = numba.njit(cache=True, nogil=True, error_model="numpy")
BLOCK_BITS = 5
"""Nodes of a block, as a power of 2: fewer are more blocks to take up, more are more to make ready."""
ELSEWHERE = 0
"""Where the labels of a block begin that were not taken up; the first block is nobody's."""
AHEAD = 8
"""Streets are called for this many nodes before they are looked at."""
ROOM = 256
"""Nodes of a site that there is room for at first; room that is not used is not memory."""


def _called_for(_: Any, array: Any, place: Any) -> Any:
    """Have a place of an array brought near, and go on; nothing is read, so nothing can go wrong."""

    def written(context: Any, builder: Any, signature: Any, held: Any) -> Any:
        llvm, number, pointer = cgutils.ir, cgutils.int32_t, cgutils.voidptr_t  # type: ignore[attr-defined]
        start = context.make_array(array)(context, builder, held[0]).data
        there = builder.bitcast(builder.gep(start, [held[1]]), pointer)
        told = llvm.FunctionType(llvm.VoidType(), [pointer, number, number, number])
        asked = builder.module.declare_intrinsic("llvm.prefetch", [pointer], told)
        # To be read, kept near, data.
        builder.call(asked, [there, *(llvm.Constant(number, one) for one in (0, 3, 1))])
        return context.get_dummy_value()

    return types.void(array, place), written


call_for: Any = intrinsic(_called_for)


class Ball(NamedTuple):
    """Labels of the blocks that a search took up, by place; and who waits.

    Attributes
    ----------
    base : (n_blocks,) uint32
        Where the labels of each block of the town begin; `ELSEWHERE` for one not taken up.
    block : (n_blocks + 1,) uint32
        The block of the town whose labels are those of each.
    far : (n_places,) float; state : (n_places,) uint8
    met, later, ring : (n,) uint32
        Places: of who was met, of who waits for a later band, of who waits now.
    tally : (2,) int
        How many blocks are taken up, how many nodes are met.
    """

    base: AnyArray
    block: AnyArray
    far: AnyArray
    state: AnyArray
    met: AnyArray
    later: AnyArray
    ring: AnyArray
    tally: Ints


BLOCKS, MET = 0, 1


@compiled
def search_each(
    arcs: Arcs, starts: Ints, node: Ints, start: AnyArray, turn: Ints, limit: float, band: float
) -> tuple[Ints, AnyArray, AnyArray]:
    """Find all nodes within a limit of each site, one site after the other.

    Parameters
    ----------
    starts : (n_sites + 1,) int
        Where in ``node`` and ``start`` those of each site begin.
    turn : (n_turns,) int
        The sites that are searched, in their order: neighbours after one another.
    limit, band : float, minutes

    Returns
    -------
    (n_turns + 1,) int, (n_pairs,) int32, (n_pairs,) float
        Where the pairs of each *turn* begin, their nodes, their minutes.

    Notes
    -----
    Only what a search touched is put back before the next: it costs what it finds, whatever the
    size of the town.
    """
    ball, bits, one = _ball_of(arcs), np.uint32(BLOCK_BITS), np.uint32((1 << BLOCK_BITS) - 1)
    first = np.zeros(len(turn) + 1, dtype=np.int64)
    nodes = np.empty(ROOM * len(turn), dtype=np.int32)
    minutes = np.empty(ROOM * len(turn), dtype=ball.far.dtype)
    for k in range(len(turn)):
        n_later, low = 0, np.inf
        for i in range(starts[turn[k]], starts[turn[k] + 1]):
            if start[i] <= limit:
                n_later, low = _leave(ball, np.uint32(node[i]), start[i], n_later, low)
        _search_ball(arcs, ball, n_later, low, limit, band)
        first[k + 1] = first[k] + ball.tally[MET]
        if first[k + 1] > len(nodes):
            nodes, minutes = _longer(nodes, first[k + 1]), _longer(minutes, first[k + 1])
        for i in range(ball.tally[MET]):
            p = ball.met[i]
            nodes[first[k] + i] = (ball.block[p >> bits] << bits) | (p & one)
            minutes[first[k] + i] = ball.far[p]
        for b in range(1, ball.tally[BLOCKS]):
            ball.base[ball.block[b]] = ELSEWHERE
        ball.tally[BLOCKS], ball.tally[MET] = 1, 0
    return first, nodes[: first[-1]], minutes[: first[-1]]


@compiled
def put_by_site(
    turn: Ints, first: Ints, nodes: AnyArray, minutes: AnyArray, begins: Ints, placed: AnyArray,
    told: AnyArray,
) -> None:  # fmt: skip
    """Put pairs that were found turn by turn in the order of the sites.

    Parameters
    ----------
    turn, first, nodes, minutes
        As of `search_each`.
    begins : (n_sites + 1,) int
        Where those of each site are to begin.
    placed : (n_pairs,) int32; told : (n_pairs,) float
        Written to.
    """
    for k in range(len(turn)):
        low, high = begins[turn[k]], begins[turn[k] + 1]
        placed[low:high] = nodes[first[k] : first[k + 1]]
        told[low:high] = minutes[first[k] : first[k + 1]]


@compiled
def _longer(held: AnyArray, n_wanted: int) -> AnyArray:
    """Give an array at least twice as long, which begins as this one."""
    longer = np.empty(max(2 * len(held), n_wanted), dtype=held.dtype)
    longer[: len(held)] = held
    return longer


@compiled
def _ball_of(arcs: Arcs) -> Ball:
    """Make what a search writes on: as long as the town, but only what is written to becomes memory."""
    n = len(arcs.first) - 1
    n_blocks, size = (n >> BLOCK_BITS) + 1, 1
    # Who is looked at and not let in is written behind who waits: there is always room for one more.
    while size <= n:
        size *= 2
    n_places = (n_blocks + 1) << BLOCK_BITS
    return Ball(
        np.full(n_blocks, ELSEWHERE, dtype=np.uint32), np.empty(n_blocks + 1, dtype=np.uint32),
        np.empty(n_places, dtype=arcs.minutes.dtype), np.empty(n_places, dtype=np.uint8),
        np.empty(n + 1, dtype=np.uint32), np.empty(n, dtype=np.uint32),
        np.empty(size, dtype=np.uint32), np.array([1, 0], dtype=np.int64),
    )  # fmt: skip


@compiled
def _take_up(ball: Ball, block: Any) -> Any:
    """Make the labels of a block ready; say where they begin."""
    begin = np.uint32(ball.tally[BLOCKS] << BLOCK_BITS)
    ball.base[block], ball.block[ball.tally[BLOCKS]] = begin, block
    ball.tally[BLOCKS] += 1
    for p in range(begin, begin + (1 << BLOCK_BITS)):
        ball.far[p], ball.state[p] = np.inf, IDLE
    return begin


@compiled
def _leave(ball: Ball, v: Any, told: Any, n_later: int, low: float) -> tuple[int, float]:
    """Have a site be left by a node, unless it is already, sooner."""
    block = v >> np.uint32(BLOCK_BITS)
    begin = ball.base[block]
    if begin == ELSEWHERE:
        begin = _take_up(ball, block)
    p = np.uint32(begin | (v & np.uint32((1 << BLOCK_BITS) - 1)))
    if not told < ball.far[p]:
        return n_later, low
    if ball.far[p] == np.inf:
        ball.met[ball.tally[MET]] = p
        ball.tally[MET] += 1
    ball.far[p] = told
    return n_later + put_later(p, ball.state, ball.later, n_later), min(low, told)


@compiled
def _search_ball(
    arcs: Arcs, ball: Ball, n_later: int, low: float, limit: float, band: float
) -> None:
    """Search round one site until nobody waits."""
    base, block, far, state, met, later, ring, tally = ball
    labels = Labels(far, np.empty(0, dtype=np.int32), state)
    one, round_, n_met = np.uint32(1), np.uint32(len(ring) - 1), np.uint32(tally[MET])
    bits, inside = np.uint32(BLOCK_BITS), np.uint32((1 << BLOCK_BITS) - 1)
    while n_later:
        upto = low + band
        n_now, n_later, low = next_band(labels, ring, later, n_later, upto)
        head, tail = np.uint32(0), np.uint32(n_now)
        while head != tail:
            if np.uint32(tail - head) > AHEAD:
                p = ring[np.uint32(head + np.uint32(AHEAD)) & round_]
                a = np.int64(arcs.first[np.uint32((block[p >> bits] << bits) | (p & inside))])
                call_for(arcs.to, a)
                call_for(arcs.minutes, a)
            p = ring[head & round_]
            head, state[p] = np.uint32(head + one), IDLE
            u, here = np.uint32((block[p >> bits] << bits) | (p & inside)), far[p]
            for arc in range(arcs.first[u], arcs.first[u + one]):
                v, told = arcs.to[arc], here + arcs.minutes[arc]
                begin = base[v >> bits]
                if begin == ELSEWHERE:
                    if told > limit or told == np.inf:
                        continue
                    begin = _take_up(ball, v >> bits)
                q = np.uint32(begin | (v & inside))
                before, sooner = far[q], (told <= limit) & (told < far[q])
                far[q], met[n_met] = told if sooner else before, q
                n_met = np.uint32(n_met + np.uint32(sooner & (before == np.inf)))
                call_for(arcs.first, np.int64(v))
                if sooner & (told > upto):
                    low = min(low, told)
                    n_later += put_later(q, state, later, n_later)
                    continue
                ring[tail & round_], waits = q, state[q]
                tail = np.uint32(tail + np.uint32(sooner & (waits != NOW)))
                state[q] = np.uint8(NOW) if sooner else waits
    tally[MET] = n_met
