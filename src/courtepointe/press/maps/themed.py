"""A map of a theme as a value: what it shows and says, before any size or colour."""

from __future__ import annotations

from dataclasses import dataclass

from courtepointe.atlas.figures import Figure
from courtepointe.core.change import Change
from courtepointe.core.classes import Classes
from courtepointe.core.typing import Floats
from courtepointe.press.maps.asked import MapAsked
from courtepointe.press.maps.values import MapArea


@dataclass(frozen=True, slots=True)
class Panel:
    """One drawing of a map: an indicator at a period, all areas of a type.

    Attributes
    ----------
    heading : str
        What tells it from the other panels; empty where it is alone.
    figures : (n_areas,) tuple of Figure
    changes : (n_areas,) tuple of Change or None
        On a map of change, beside the figures of the later period.
    before : str
        On a map of change, the earlier period.
    classes : Classes
        On a map of change the one limit between small and great, of amounts without sign.
    """

    indicator: str
    label: str
    period: str
    heading: str
    unit: str
    decimals: int
    areas: tuple[MapArea, ...]
    figures: tuple[Figure, ...]
    classes: Classes
    changes: tuple[Change | None, ...] = ()
    before: str = ""


@dataclass(frozen=True, slots=True)
class DotGroup:
    """The dots of one group, in metres: (n_dots, 2)."""

    label: str
    points: Floats


@dataclass(frozen=True, slots=True)
class DotLayer:
    """All dots of a map.

    Attributes
    ----------
    amount : str
        What one stands for, in words: « 50 personnes ».
    per_dot : int
    in_blocks : bool
    n_missing : int
        Units without a value.
    """

    groups: tuple[DotGroup, ...]
    per_dot: int
    amount: str
    in_blocks: bool
    n_units: int
    n_missing: int

    @property
    def n_dots(self) -> int:
        """How many there are."""
        return sum(len(group.points) for group in self.groups)


@dataclass(frozen=True, slots=True)
class ThematicMap:
    """A map ready to be drawn at any width and in any scheme.

    Attributes
    ----------
    code : str
        Stable: the beginning of its ids.
    areas_name : str
        The kind of its areas, in the plural.
    subtitle : str
        Measure, universe, year; whose areas, of which vintage.
    foot : tuple of str
        Sources with their licence; the atlas with the hash of its inputs.
    words : tuple of str
        The map in words.
    warnings : tuple of str
        What to know before reading.
    kept : float or None
        Of hexagons: the part of neighbours that still touch.
    """

    asked: MapAsked
    lang: str
    code: str
    title: str
    subtitle: str
    areas_name: str
    foot: tuple[str, ...]
    panels: tuple[Panel, ...]
    words: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    dots: DotLayer | None = None
    kept: float | None = None
