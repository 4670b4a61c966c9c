"""Between whom an organisation stands: the five roles of Gould and Fernandez, by sector."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numba
import numpy as np

from courtepointe.core.network.possible import arcs
from courtepointe.core.network.values import Network, Rule, check_sectors
from courtepointe.core.typing import Bools, Ints


class Role(IntEnum):
    """Of a broker between one who names it and one whom it names, by the sectors of the three."""

    COORDINATOR = 0
    """All three of one sector."""
    CONSULTANT = 1
    """Two of one sector, through a broker of another."""
    GATEKEEPER = 2
    """From outside to its own sector."""
    REPRESENTATIVE = 3
    """From its own sector to outside."""
    LIAISON = 4
    """Three sectors."""


@dataclass(frozen=True, slots=True)
class Roles:
    """How often each organisation plays each role.

    Attributes
    ----------
    counts : (n_nodes, 5) int
        By `Role`: pairs of others of whom the first names it, it names the second, and the first
        does not name the second. Pairs with an organisation of no known sector are left out.
    """

    counts: Ints


@dataclass(frozen=True, slots=True)
class RoleBounds:
    """Roles from the ties that are named, and the least and the most that any answers could give.

    Attributes
    ----------
    named, lowest, highest : Roles
        Both ends exact for each organisation and role; no answers give them all together.
    """

    named: Roles
    lowest: Roles
    highest: Roles


def roles_of(names: Bools, sectors: Ints) -> Roles:
    """Count the roles in one network.

    Parameters
    ----------
    names : (n_nodes, n_nodes) bool
        Who names whom.
    sectors : (n_nodes,) int
        As `check_sectors` holds them.

    Notes
    -----
    R. V. Gould and R. M. Fernandez, "Structures of mediation: a formal approach to brokerage in
    transaction networks", Sociological Methodology 19 (1989). Ties of several kinds count once.
    """
    check_sectors(sectors, len(names))
    return _roles(names, names, sectors)


def roles(network: Network, sectors: Ints, *, rule: Rule = Rule.ANY_ANSWERS) -> RoleBounds:
    """Count the roles of each organisation with their bounds.

    Notes
    -----
    The ties of a broker and the tie that would make it needless are never the same: the most has
    all possible ties of the broker and only the certain ones beside it, the least the reverse.
    """
    certain, possible = arcs(network, rule=rule)
    check_sectors(sectors, network.n_nodes)
    return RoleBounds(
        _roles(certain, certain, sectors),
        _roles(certain, possible, sectors),
        _roles(possible, certain, sectors),
    )


def _roles(through: Bools, beside: Bools, sectors: Ints) -> Roles:
    """Count pairs that meet over the ties ``through`` a broker and not over those ``beside`` it."""
    return Roles(_counted(through, beside, sectors.astype(np.int64)))


@numba.njit(cache=True, nogil=True, error_model="numpy")
def _counted(through: Bools, beside: Bools, sectors: Ints) -> Ints:
    n = len(through)
    counts = np.zeros((n, 5), dtype=np.int64)
    for broker in range(n):
        own = sectors[broker]
        if own == 0:
            continue
        takers = np.flatnonzero(through[broker])
        for giver in range(n):
            first = sectors[giver]
            if first == 0 or not through[giver, broker]:
                continue
            for taker in takers:
                last = sectors[taker]
                if taker == giver or last == 0 or beside[giver, taker]:
                    continue
                if first == own:
                    role = 0 if last == own else 3
                elif last == own:
                    role = 2
                else:
                    role = 1 if first == last else 4
                counts[broker, role] += 1
    return counts
