"""What may be told of a few people's answers."""

from __future__ import annotations

from enum import StrEnum

from courtepointe.core.errors import BadInput

FEW = 5


class Tell(StrEnum):
    """Whether a share is told, and why it is not."""

    TOLD = "told"
    TOO_FEW = "too_few"
    """Too few answered, in the group or among the others: the whole less the one would tell of the other."""
    FEW_DIFFER = "few_differ"
    """In the group nearly all say the same: what a handful say otherwise is not told."""


def telling(n: int, n_yes: int, n_others: int, *, least: int) -> Tell:
    """Say whether a group's share may be told beside that of everybody.

    Parameters
    ----------
    n, n_yes : int, persons
        Of the group: who answered, and who of them said yes.
    n_others : int, persons
        Who answered and is not known to be of the group.
    least : int
        The least number of persons of whom something is told.

    Returns
    -------
    Tell
        ``told`` where the group and the others are each ``least`` or more (or there are no others), and not
        1 to 4 of the group stand against the rest of it.

    Raises
    ------
    BadInput
        ``protection_least``, ``core_negative_count``.
    """
    if least < 1:
        raise BadInput("protection_least", value=least)
    if min(n, n_yes, n_others, n - n_yes) < 0:
        raise BadInput("core_negative_count", value=float(min(n, n_yes, n_others, n - n_yes)))
    if n < least or 0 < n_others < least:
        return Tell.TOO_FEW
    return Tell.FEW_DIFFER if 0 < min(n_yes, n - n_yes) < FEW else Tell.TOLD
