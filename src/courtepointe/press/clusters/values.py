"""A map of clusters as a value: its areas, what is said of each, its sentences."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from courtepointe.atlas.query.cluster_values import Clusters, ClusterUnit, Unequal, WhyNot
from courtepointe.atlas.recipe.values import Indicator
from courtepointe.core.space import Quadrant
from courtepointe.press.maps.values import MapArea
from courtepointe.press.numbers import interval_text
from courtepointe.press.words import say


class Shown(StrEnum):
    """How an area of the map is filled."""

    HIGH_HIGH = "high_high"
    LOW_LOW = "low_low"
    HIGH_LOW = "high_low"
    LOW_HIGH = "low_high"
    NONE = "none"
    ALONE = "alone"
    WITHOUT_VALUE = "without_value"


KINDS = (Shown.HIGH_HIGH, Shown.LOW_LOW, Shown.HIGH_LOW, Shown.LOW_HIGH)
"""Of clusters, in the order in which they are told."""
OF_QUADRANT = {
    Quadrant.HIGH_HIGH: Shown.HIGH_HIGH,
    Quadrant.LOW_LOW: Shown.LOW_LOW,
    Quadrant.HIGH_LOW: Shown.HIGH_LOW,
    Quadrant.LOW_HIGH: Shown.LOW_HIGH,
    Quadrant.NONE: Shown.NONE,
}


def shown(unit: ClusterUnit) -> Shown:
    """Say how a unit is filled."""
    if unit.why_not is WhyNot.NO_VALUE:
        return Shown.WITHOUT_VALUE
    if unit.why_not is WhyNot.NO_NEIGHBOUR:
        return Shown.ALONE
    return OF_QUADRANT[unit.quadrant] if unit.kept or unit.unsure else Shown.NONE


def reading(unit: ClusterUnit, *, lang: str) -> str:
    """Say in a few words what may be said of a unit: its cluster, or what keeps it out."""
    if unit.kept:
        return say(f"clusters.{shown(unit).value}", lang=lang)
    return say(f"clusters.why.{unit.why_not.value}", lang=lang)


@dataclass(frozen=True, slots=True)
class ClusterArea:
    """An area of the map and the unit that it is."""

    area: MapArea
    unit: ClusterUnit

    @property
    def shown(self) -> Shown:
        """How it is filled."""
        return shown(self.unit)

    def interval(self, indicator: Indicator, *, lang: str) -> str:
        """Write the interval of its value."""
        return interval_text(self.unit.figure, decimals=indicator.decimals, lang=lang)


@dataclass(frozen=True, slots=True)
class ClusterMap:
    """A map of clusters ready to be drawn and told.

    Attributes
    ----------
    areas : tuple of ClusterArea
        In the order of their codes.
    words : tuple of str
        What is found, in sentences.
    unequal_words : tuple of str
        How unequal values are: the gap first.
    warning : str
        What a cluster is not.
    how : tuple of str
        How it was found, and its limits.
    """

    indicator: Indicator
    lang: str
    title: str
    subtitle: str
    areas_name: str
    foot: tuple[str, ...]
    found: Clusters
    unequal: Unequal
    areas: tuple[ClusterArea, ...]
    words: tuple[str, ...]
    unequal_words: tuple[str, ...]
    warning: str
    how: tuple[str, ...]
