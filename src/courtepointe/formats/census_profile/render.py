"""The inner loop of the writer: arrays in, bytes out, compiled."""

from __future__ import annotations

from typing import NamedTuple

import numba
import numpy as np

from courtepointe.core.typing import AnyArray

compiled = numba.njit(cache=True, nogil=True)

COMMA, QUOTE, MINUS, POINT, ZERO, RETURN, NEWLINE = 44, 34, 45, 46, 48, 13, 10
LONGEST_NUMBER = 24
MOST_DECIMALS = 8
_TENS = np.array([10.0**n for n in range(MOST_DECIMALS + 1)])
_EXACT = 2.0**53


class Pieces(NamedTuple):
    """Texts prepared once and copied many times: piece ``i`` is ``text[edges[i]:edges[i + 1]]``.

    Attributes
    ----------
    text : (n,) uint8
    edges : (n_pieces + 1,) int64
    """

    text: AnyArray
    edges: AnyArray


def pieces_of(texts: list[bytes]) -> Pieces:
    """Lay texts end to end."""
    edges = np.zeros(len(texts) + 1, dtype=np.int64)
    np.cumsum([len(text) for text in texts], out=edges[1:])
    return Pieces(np.frombuffer(b"".join(texts) or b" ", dtype=np.uint8), edges)


@compiled
def _copy(out: AnyArray, at: int, text: AnyArray, start: int, stop: int) -> int:
    """Copy ``text[start:stop]``; give where it ends."""
    for source in range(start, stop):
        out[at] = text[source]
        at += 1
    return at


@compiled
def write_number(out: AnyArray, at: int, value: float) -> int:
    """Write the shortest decimal that reads back the same; -1 where 8 decimals do not do."""
    size, decimals = abs(value), 0
    whole = np.rint(size)
    while whole / _TENS[decimals] != size:
        decimals += 1
        if decimals > MOST_DECIMALS or size * _TENS[decimals] >= _EXACT:
            return -1
        whole = np.rint(size * _TENS[decimals])
    if not whole < _EXACT:
        return -1
    if value < 0:
        out[at] = MINUS
        at += 1
    return _write_digits(out, at, int(whole), decimals)


@compiled
def _write_digits(out: AnyArray, at: int, digits: int, decimals: int) -> int:
    """Write an integer with a point before its last ``decimals`` digits."""
    places, rest = 1, digits // 10
    while rest > 0:
        places += 1
        rest //= 10
    places = max(places, decimals + 1)
    end = at + places + (decimals > 0)
    for place in range(end - 1, at - 1, -1):
        if decimals > 0 and place == end - 1 - decimals:
            out[place] = POINT
        else:
            out[place] = ZERO + digits % 10
            digits //= 10
    return end


@compiled
def render_rows(
    out: AnyArray,
    heads: Pieces,
    middles: Pieces,
    tails: Pieces,
    geography: AnyArray,
    characteristic: AnyArray,
    values: AnyArray,
    symbols: AnyArray,
) -> tuple[int, int, int]:
    """Write rows one after the other.

    Parameters
    ----------
    out : (n,) uint8
        Written; long enough for all.
    heads, middles, tails : Pieces
        Text of each geography, of each characteristic, and of each symbol with its comma.
    geography, characteristic : (n_rows,) int
        Which head and which middle.
    values, symbols : (n_values, n_rows) float, uint8
        NaN writes nothing.

    Returns
    -------
    tuple of int
        ``(bytes written, -1, -1)``, or ``(-1, row, value)`` of a number that cannot be written.
    """
    # Arrays are taken out of their tuples: passed inside them, each piece would pay for
    # counting their references.
    head, head_edges = heads.text, heads.edges
    middle, middle_edges = middles.text, middles.edges
    tail, tail_edges = tails.text, tails.edges
    at = 0
    for row in range(geography.size):
        which = geography[row]
        at = _copy(out, at, head, head_edges[which], head_edges[which + 1])
        which = characteristic[row]
        at = _copy(out, at, middle, middle_edges[which], middle_edges[which + 1])
        for which in range(values.shape[0]):
            out[at] = COMMA
            at += 1
            value = values[which, row]
            if not np.isnan(value):
                at = write_number(out, at, value)
                if at < 0:
                    return -1, row, which
            code = symbols[which, row]
            if code == 0:
                out[at], out[at + 1], out[at + 2] = COMMA, QUOTE, QUOTE
                at += 3
            else:
                at = _copy(out, at, tail, tail_edges[code], tail_edges[code + 1])
        out[at], out[at + 1] = RETURN, NEWLINE
        at += 2
    return at, -1, -1
