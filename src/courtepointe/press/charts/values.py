"""A chart as a value: what it says and the figures it draws, before any size or colour."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from courtepointe.atlas.figures import Figure


class ChartKind(StrEnum):
    """The few kinds of charts; always the same."""

    BARS = "bars"
    PYRAMID = "pyramid"
    DOTS = "dots"
    STRIP = "strip"
    LINE = "line"


@dataclass(frozen=True, slots=True)
class OtherMark:
    """The same figure for an area of comparison."""

    name: str
    figure: Figure
    value_text: str
    verdict_text: str = ""


@dataclass(frozen=True, slots=True)
class ChartRow:
    """One figure of a chart.

    Attributes
    ----------
    label : str
        A category, or an age group.
    value_text : str
        The value with its unit, or the short words of its status.
    side : str
        For pyramids: ``men`` or ``women``. For lines: what broke before this point.
    told : str
        The row in words: label, value, interval, comparators.
    """

    label: str
    figure: Figure
    value_text: str
    interval_text: str = ""
    side: str = ""
    others: tuple[OtherMark, ...] = ()
    told: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart ready to be drawn at any width and in any scheme.

    Attributes
    ----------
    code : str
        Stable in its portrait: ``population-1``.
    title : str
        A finding; ``heading`` names the subject.
    subtitle : str
        Measure, universe, year; then how uncertainty is drawn.
    foot : str
        The source.
    alt : str
        The chart in words.
    background : tuple of float
        For strips: the unnamed values of other areas.
    most : float or None
        For dots: where the scale ends; None: at the greatest of what is drawn.
    """

    code: str
    kind: ChartKind
    heading: str
    title: str
    subtitle: str
    foot: str
    alt: str
    lang: str
    rows: tuple[ChartRow, ...]
    here: str = ""
    sides: tuple[str, str] = ("", "")
    background: tuple[float, ...] = ()
    most: float | None = None
