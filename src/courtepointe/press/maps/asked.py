"""What map is asked for: of what, drawn how, of which period, beside what."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from courtepointe.core.errors import BadInput

FEWEST, MOST = 2, 5
"""Classes: one shows nothing, and an eye tells five shades of one hue apart."""
METHODS = ("quantile", "ckmeans")


class MapKind(StrEnum):
    """The few ways of drawing; always the same."""

    SHADES = "shades"
    CHANGE = "change"
    DOTS = "dots"
    PAIR = "pair"
    HEXAGONS = "hexagons"
    MULTIPLES = "multiples"


BESIDE = {MapKind.PAIR: 1, MapKind.DOTS: 2, MapKind.MULTIPLES: 5}
"""How many other indicators each kind takes."""


@dataclass(frozen=True, slots=True)
class MapAsked:
    """A map that somebody asks for.

    Attributes
    ----------
    area_type : str
        ``TYPE:VINTAGE``.
    period : str
        Empty: the latest.
    against : str
        For change and pairs: the other period; empty: the one before.
    beside : tuple of str
        Other indicators: one of a pair, groups of dots, small multiples.
    method, number : str, int
        Of the classes; empty and 0: the indicator's own.
    here : str
        Code of an area to outline.

    Raises
    ------
    BadInput
        ``map_kind``, ``map_classes_number``, ``map_classes_method``, ``map_too_many_beside``,
        ``map_same_twice``.
    """

    area_type: str
    indicator: str
    kind: MapKind = MapKind.SHADES
    period: str = ""
    against: str = ""
    beside: tuple[str, ...] = ()
    method: str = ""
    number: int = 0
    here: str = ""

    def __post_init__(self) -> None:
        # The word of an address is not yet a kind, though it compares like one.
        object.__setattr__(self, "kind", kind_of(self.kind))
        if self.number and not FEWEST <= self.number <= MOST:
            raise BadInput("map_classes_number", value=self.number, low=FEWEST, high=MOST)
        if self.method and self.method not in METHODS:
            raise BadInput("map_classes_method", value=self.method, expected=", ".join(METHODS))
        most = BESIDE.get(self.kind, 0)
        if len(self.beside) > most:
            raise BadInput("map_too_many_beside", value=len(self.beside), expected=most)
        if len({self.indicator, *self.beside}) <= len(self.beside):
            raise BadInput("map_same_twice", value=self.indicator)

    @property
    def indicators(self) -> tuple[str, ...]:
        """All indicators that it shows."""
        return (self.indicator, *self.beside)


def kind_of(word: str) -> MapKind:
    """Read a kind, or raise `BadInput` ``map_kind``."""
    if word not in set(MapKind):
        raise BadInput("map_kind", value=word, expected=", ".join(MapKind))
    return MapKind(word)
