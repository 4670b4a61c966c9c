"""Who is elected: the most votes take the seats; a tie that seats cannot hold is left to people."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from courtepointe.core.errors import BadInput


@dataclass(frozen=True, slots=True)
class Result:
    """Candidates by number.

    Attributes
    ----------
    tied : frozenset of int
        Those who share the last seats with more of them than seats: neither elected nor not.
    """

    elected: frozenset[int]
    tied: frozenset[int]


def quorum_of(voting: int, *, percent: int) -> int:
    """Give how many voting seats make a quorum: the part, rounded up; a half is more than half.

    With 50 % of 8 seats, 5: a body decides by its majority (Code civil du Québec, art. 336, for
    boards). 0 percent is no quorum.
    """
    if percent <= 0 or voting == 0:
        return 0
    if percent == 50:
        return voting // 2 + 1
    return -(-voting * percent // 100)


def elect(candidates: Collection[int], votes: Mapping[int, int], *, seats: int) -> Result:
    """Give who is elected.

    Parameters
    ----------
    candidates : numbers
    votes : mapping of number -> votes
        Empty where there are no more candidates than seats: they are elected without a vote.
    seats : int, at least 1

    Raises
    ------
    BadInput
        ``votes_missing``: a candidate without a count.
    """
    if not votes and len(candidates) <= seats:
        return Result(frozenset(candidates), frozenset())
    if set(votes) != set(candidates):
        raise BadInput("votes_missing")
    ranked = sorted(votes.values(), reverse=True)
    last = ranked[min(seats, len(ranked)) - 1]
    above = frozenset(one for one, n in votes.items() if n > max(last, 0))
    at = frozenset(one for one, n in votes.items() if n == last and n > 0)
    if len(above) + len(at) <= seats:
        return Result(above | at, frozenset())
    return Result(above, at)


def check_count(
    votes: Collection[int], *, eligible: int, present: int, cast: int, spoiled: int, seats: int
) -> None:
    """Hold that counts agree with each other.

    Raises
    ------
    BadInput
        ``count_disagrees``: more present than eligible, more ballots than people, more votes than
        the ballots can hold.
    """
    valid = cast - spoiled
    agree = (
        0 <= spoiled <= cast <= present <= eligible
        and all(0 <= one <= valid for one in votes)
        and sum(votes) <= valid * seats
    )
    if not agree:
        raise BadInput("count_disagrees", value=sum(votes), expected=max(valid, 0) * seats)
