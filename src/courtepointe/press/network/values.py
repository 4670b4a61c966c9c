"""Who is drawn, and what a drawing gives."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

import numpy as np

from courtepointe.core.errors import BadInput
from courtepointe.core.network.values import UNSAID
from courtepointe.core.typing import Ints


@dataclass(frozen=True, slots=True)
class Partners:
    """The organisations of a network, in the order of their positions.

    Attributes
    ----------
    names : tuple of str
    sectors : (n_nodes,) int
        From 1; `UNSAID` where not known.
    sector_names : tuple of str
        Of sector 1, 2...

    Raises
    ------
    BadInput
        ``core_shape``, ``network_position``.
    """

    names: tuple[str, ...]
    sectors: Ints
    sector_names: tuple[str, ...]

    def __post_init__(self) -> None:
        if self.sectors.shape != (len(self.names),):
            raise BadInput(
                "core_shape",
                array="sectors",
                shape=self.sectors.shape,
                expected=(len(self.names),),
            )
        most = int(self.sectors.max(initial=0))
        if most > len(self.sector_names):
            raise BadInput("network_position", value=most, expected=len(self.sector_names))

    def numbers(self) -> Ints:
        """Give each its number on drawings: from 1, sector by sector, then by the alphabet.

        Returns
        -------
        (n_nodes,) int
            Those of no known sector come last.
        """
        last = len(self.sector_names) + 1
        order = sorted(
            range(len(self.names)),
            key=lambda n: (int(self.sectors[n]) or last, alphabetical(self.names[n]), n),
        )
        given = np.empty(len(self.names), dtype=np.int64)
        given[order] = np.arange(1, len(self.names) + 1)
        return given

    def among(self, places: Ints) -> Partners:
        """Keep some of them, in the order given."""
        names = tuple(self.names[int(place)] for place in places)
        return Partners(names, self.sectors[places], self.sector_names)

    def sector_of(self, node: int) -> str:
        """Give the name of a sector; empty where it is not known."""
        sector = int(self.sectors[node])
        return "" if sector == UNSAID else self.sector_names[sector - 1]


def alphabetical(name: str) -> str:
    """Fold a name for the order of the alphabet."""
    split = unicodedata.normalize("NFD", name.casefold().replace("œ", "oe"))
    return "".join(letter for letter in split if not unicodedata.combining(letter))


@dataclass(frozen=True, slots=True)
class Listed:
    """A line of the list beside a drawing."""

    number: int
    name: str
    sector: str
    is_broker: bool
    answered: bool
    node: int


@dataclass(frozen=True, slots=True)
class Legible:
    """How legible a drawing is.

    Attributes
    ----------
    closest : float, discs
        The least distance between two middles, over the width of a disc: under 1 they overlap.
    n_named, n_wanted : int
        Names that found a place beside their disc, and names that sought one; the others are in the list.
    n_sectors_named : int
    """

    closest: float
    n_named: int
    n_wanted: int
    n_sectors_named: int


@dataclass(frozen=True, slots=True)
class DrawnNetwork:
    """A drawing.

    Attributes
    ----------
    svg, title, desc : str
    listed : tuple of Listed
        Every organisation by its number, whether or not its name is on the drawing.
    numbered : bool
        The discs hold numbers; False where every name stands beside its disc.
    width, height : float, pixels
    legible : Legible
    """

    svg: str
    title: str
    desc: str
    listed: tuple[Listed, ...]
    numbered: bool
    width: float
    height: float
    legible: Legible
