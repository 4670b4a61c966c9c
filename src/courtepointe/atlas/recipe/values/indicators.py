"""What is measured, and the parts of the portrait that show it."""

from __future__ import annotations

from dataclasses import dataclass

from courtepointe.atlas.figures import Measure
from courtepointe.atlas.recipe.values.sources import Words


@dataclass(frozen=True, slots=True)
class Universe:
    """Who or what is counted."""

    code: str
    name: Words


@dataclass(frozen=True, slots=True)
class Band:
    """One band of a distribution: ``from_`` included, ``to`` excluded; None: open."""

    variable: str
    from_: float | None
    to: float | None


@dataclass(frozen=True, slots=True)
class MapClasses:
    """How an indicator falls into classes on maps.

    Attributes
    ----------
    method : str
        ``quantile``, ``ckmeans`` or ``fixed``.
    number : int
        At most this many, 2 to 5; not for fixed limits.
    limits : tuple of float
        For ``fixed``: where one class ends and the next begins, 1 to 4 of them, rising.
    """

    method: str = "quantile"
    number: int = 5
    limits: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Indicator:
    """What is measured, and the rule that carries it to any area.

    Attributes
    ----------
    aggregation : str
        ``sum`` (of ``numerator``), ``ratio_of_sums`` (``numerator`` over ``denominator``, times
        ``scale``), ``weighted_mean`` (of ``value``, weighted by ``weight``), ``median``
        (from ``bands``, else the range of ``value``), ``quantile`` (the ``q`` of ``bands``),
        ``quantile_ratio`` (the ``q`` of ``bands`` over their ``q_below``), ``published_only``
        (``value`` where the area is a published unit), ``count_places`` (of ``places``).
    published : str or None
        The variable with the publisher's own figure, used where the area is a published unit.
    scale : float
        100 for shares in percent.
    places : tuple of (layer, category)
        For ``count_places``; category ``"*"`` is all.
    bands_of : str or None
        Another indicator whose bands it reads, instead of bands of its own.
    q, q_below : float or None
        More than 0, less than 1; for quantiles and their ratios.
    classes : MapClasses or None
        On maps; None: five by quantiles.
    """

    code: str
    section: str
    label: Words
    universe: str
    measure: Measure
    unit: str
    aggregation: str
    numerator: tuple[str, ...] = ()
    denominator: tuple[str, ...] = ()
    value: str | None = None
    weight: str | None = None
    published: str | None = None
    scale: float = 1.0
    decimals: int = 0
    note: Words | None = None
    concept: str | None = None
    dimension: str | None = None
    category: str | None = None
    bands: tuple[Band, ...] = ()
    bands_of: str | None = None
    design_factor: float = 1.0
    q: float | None = None
    q_below: float | None = None
    places: tuple[tuple[str, str], ...] = ()
    classes: MapClasses | None = None

    def variables(self) -> tuple[str, ...]:
        """Give the codes of all variables it needs, without the publisher's own figure."""
        named = (*self.numerator, *self.denominator, *(b.variable for b in self.bands))
        return named + tuple(v for v in (self.value, self.weight) if v is not None)


@dataclass(frozen=True, slots=True)
class ChartPlan:
    """A chart of a section: which indicators, drawn how."""

    kind: str
    """``bars`` (categories), ``pyramid``, ``dots`` (figure against comparators)."""
    indicators: tuple[str, ...]
    title: Words


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the portrait: its words, its figures in order, its charts, its map."""

    code: str
    name: Words
    indicators: tuple[str, ...]
    key_figures: tuple[str, ...] = ()
    charts: tuple[ChartPlan, ...] = ()
    map_indicator: str | None = None
    place_layers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """Two ways to the same quantity, shown with their gap."""

    code: str
    area: str
    """``TYPE:VINTAGE:CODE`` or ``TYPE:VINTAGE`` for all of its areas together."""
    indicator: str
    against: str
    name: Words
