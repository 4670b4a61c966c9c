"""A drawing that is written from the top down: texts, drawings, a legend, each under the one before."""

from __future__ import annotations

from dataclasses import dataclass, field

from courtepointe.press.maps.furniture import SMALL, legend_block, lines_of_text
from courtepointe.press.maps.paths import Plate
from courtepointe.press.maps.sheet import MARGIN
from courtepointe.press.maps.values import MapLegend
from courtepointe.press.palette import Palette


@dataclass(slots=True)
class Column:
    """A poster being written.

    Attributes
    ----------
    on : Plate
        How wide it is, and its margins.
    body : list of str
        What is drawn so far.
    y : float, pixels
        Where the next thing begins.
    """

    on: Plate
    palette: Palette
    body: list[str] = field(default_factory=list)
    y: float = 4.0

    def write(self, words: str, *, size: float = SMALL, more: str = "") -> None:
        """Write a text on as many lines as it needs."""
        drawn, self.y = lines_of_text(
            words, on=self.on, palette=self.palette, top=self.y, size=size, more=more
        )
        self.body.append(drawn)

    def explain(self, legend: MapLegend) -> None:
        """Write a legend."""
        drawn, tall = legend_block(legend, on=self.on, palette=self.palette, top=self.y)
        self.body.append(drawn)
        self.y = round(self.y + tall, 1)


def column(width: float, palette: Palette) -> Column:
    """Begin a poster of a width in pixels."""
    return Column(Plate(0.0, 0.0, 1.0, width, 0.0, MARGIN), palette)
