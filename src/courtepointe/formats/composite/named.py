"""Positions in the errors of the core become the codes that people know."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from courtepointe.core.errors import CourtepointeError

OF_NODES = ("indicator", "node", "part")


@contextmanager
def named(*, codes: Sequence[str], units: Sequence[str] = ()) -> Iterator[None]:
    """Put codes where an error tells positions.

    Parameters
    ----------
    codes : of the nodes, indicators first
    units : of the units
    """
    try:
        yield
    except CourtepointeError as error:
        facts = dict(error.facts)
        for name, known in (*((one, codes) for one in OF_NODES), ("unit", units)):
            place = facts.get(name)
            if isinstance(place, int) and place < len(known):
                facts[name] = known[place]
        raise type(error)(error.code, **facts) from error
