"""Peers of an area, and what stands out beside them: what questions are answered with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from courtepointe.atlas.figures import Figure
from courtepointe.atlas.query.values import AreaKey, Compared
from courtepointe.atlas.recipe.values import PeerGroup, Words
from courtepointe.core.typing import Bools, Floats


@dataclass(frozen=True, slots=True)
class PeerTable:
    """The comparable figures of all areas of a type, as arrays: made once for a pack.

    Attributes
    ----------
    indicators : mapping of indicator -> column
    values, errors : (n_areas, n_indicators) float
        With standard errors; 0 where there is none.
    has_value, has_error : (n_areas, n_indicators) bool
        Whether there is a value; whether its error is known too.
    people : (n_areas,) float
    """

    type_and_vintage: str
    codes: tuple[str, ...]
    names: tuple[Words, ...]
    indicators: Mapping[str, int]
    values: Floats
    errors: Floats
    has_value: Bools
    has_error: Bools
    people: Floats


@dataclass(frozen=True, slots=True)
class Likeness:
    """One variable of a group, as it was measured.

    Attributes
    ----------
    centre, spread : float
        What values are measured from, and by, in the indicator's unit.
    own : float
        The area's value.
    score : float
        ``(own - centre) / spread``.
    weight : float
        Part of the squared distance that the variable decides, 0 to 1.
    """

    indicator: str
    centre: float
    spread: float
    own: float
    score: float
    weight: float


@dataclass(frozen=True, slots=True)
class Peer:
    """An area that is alike.

    Attributes
    ----------
    distance : float
        In spreads, for a variable on average.
    contribution : (n_variables,) tuple of float
        Part of the squared distance that is of each variable.
    values : (n_variables,) tuple of float
    """

    key: AreaKey
    name: Words
    distance: float
    contribution: tuple[float, ...]
    values: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Peers:
    """The peers of an area, and why these.

    Attributes
    ----------
    variables : tuple of Likeness
        Those that were used.
    set_aside : tuple of (indicator, reason)
        Those that were not: ``no_value`` (the area has none), ``no_spread`` (areas do not differ).
    peers : tuple of Peer
        The most alike first; areas at one same distance by code.
    left_out : tuple of (AreaKey, indicators)
        Areas of the type that lack a variable.
    overlapping : tuple of AreaKey
        Areas that share units with this one, which would be compared with itself.
    inputs_hash : str
        Of the pack, the group and the values used: the same gives the same peers.
    """

    group: PeerGroup
    variables: tuple[Likeness, ...]
    set_aside: tuple[tuple[str, str], ...]
    peers: tuple[Peer, ...]
    left_out: tuple[tuple[AreaKey, tuple[str, ...]], ...]
    overlapping: tuple[AreaKey, ...]
    inputs_hash: str


class Among(StrEnum):
    """What an area's figures are tested against."""

    PEERS = "peers"
    OTHERS = "others"
    """All other areas of the type."""
    CITY = "city"
    """The first area of comparison, by sampling and rounding errors alone."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A figure that was tested.

    Attributes
    ----------
    difference : float
        Ours less the mean of the others, or less the city's.
    least, most : float
        The range of the others' values; the city's value twice.
    p_value : float
    adjusted : float
        The least false discovery rate at which it stands out.
    """

    figure: Figure
    difference: float
    least: float
    most: float
    n_others: int
    p_value: float
    adjusted: float
    stands_out: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """The tests of an area against one reference, all of them together.

    Attributes
    ----------
    name : Words or None
        Of the group, or of the city; None for the other areas of the type.
    tested : tuple of Standing
        In the recipe's order.
    untested : mapping of reason -> indicators
        ``no_value``, ``error_unknown``, ``others_unknown`` (too few others with a known error),
        ``chose_peers`` (the variables that the peers were chosen by).
    rate : float
        The false discovery rate.
    beside : Compared or None
        The city that the figures were tested against; None for other areas.
    """

    among: Among
    name: Words | None
    area_type: str
    n_others: int
    tested: tuple[Standing, ...]
    untested: Mapping[str, tuple[str, ...]]
    rate: float
    beside: Compared | None = None

    @property
    def found(self) -> tuple[Standing, ...]:
        """Those that stand out."""
        return tuple(one for one in self.tested if one.stands_out)


@dataclass(frozen=True, slots=True)
class StandsOut:
    """What stands out in an area.

    Attributes
    ----------
    readings : tuple of Reading
        Against peers, then against the other areas of the type; or against the city alone.
    why_city : str
        Why there are no peers to test against: ``no_group``, ``few``, ``size`` (the area is much
        smaller or larger than they are); empty where there are.
    """

    readings: tuple[Reading, ...]
    why_city: str = ""
