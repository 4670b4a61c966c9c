"""Who was heard, as anybody may read it: in how many sources a group speaks, never how many people of it.

A source counts its voices by group. Sums of such counts over dimensions, editions and days overlap: whatever
numbers, or bands of numbers, are told of them, a few people can be worked out of some. What is told is
therefore made of one thing alone, whether a group speaks in a source: it says nothing of how many.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from courtepointe.portraits.resilience.framework import groups


def heard_in(voices: Iterable[Mapping[str, int]]) -> Mapping[str, int]:
    """Count the sources in which each group speaks, in the order of the lens; groups of which nobody speaks are left out.

    Parameters
    ----------
    voices : iterable of mapping of group to int
        People by group, a mapping a source.

    Notes
    -----
    Guarantee: counts of people that agree with all that is told of any sources still agree when more people of
    a group speak where somebody of it speaks, so that no count of a few is told from a greater one.
    """
    held = list(voices)
    counted = {code: sum(1 for one in held if one.get(code)) for code in groups()}
    return {code: n for code, n in counted.items() if n}
