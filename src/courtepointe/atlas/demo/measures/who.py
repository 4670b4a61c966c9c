"""Who is counted: rules from people to a mask."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from courtepointe.atlas.demo.people import People
from courtepointe.core.typing import AnyArray, Bools, Floats

Who: TypeAlias = Callable[[People], Bools]
What: TypeAlias = Callable[[People], Floats]


def age(p: People, first: int, end: int = 200) -> Bools:
    """Tell who is of an age: `first` included, `end` excluded."""
    inside: Bools = (p.persons.age >= first) & (p.persons.age < end)
    return inside


def adults(p: People) -> Bools:
    """Tell who is 15 or over in a private household."""
    return p.persons.private & age(p, 15)


def private(p: People) -> Bools:
    """Tell who lives in a private household."""
    return p.persons.private


def between(values: AnyArray, low: float, high: float) -> Bools:
    """Tell which values lie in a band: `low` included, `high` excluded."""
    inside: Bools = (values >= low) & (values < high)
    return inside
