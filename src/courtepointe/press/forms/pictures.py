"""Charts, maps and photos as pictures of a known size, for documents that hold no drawing."""

from __future__ import annotations

from dataclasses import dataclass

import vl_convert

from courtepointe.press.charts import draw_png, vega_lite
from courtepointe.press.charts.frame import ROWS
from courtepointe.press.palette import LIGHT
from courtepointe.press.publication.values import ChartBlock, MapBlock

SCALE = 2.0
MM_A_PIXEL = 25.4 / 96


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG with what it shows in words.

    Attributes
    ----------
    wide, tall : float, millimetres
        At the size at which its letters are easy to read.
    """

    content: bytes
    alt: str
    wide: float
    tall: float

    def within(self, wide: float, tall: float) -> tuple[float, float]:
        """Give the largest size, in millimetres, that fits a box without changing its shape."""
        part = min(wide / self.wide, tall / self.tall)
        return self.wide * part, self.tall * part


def chart_picture(block: ChartBlock, *, width: float) -> Picture:
    """Draw a chart, ``width`` pixels wide."""
    spec = vega_lite(block.chart, width=width)
    spec["layer"] = [one for one in spec["layer"] if one.get("name") != ROWS]
    spec["background"] = "#ffffff"
    return _picture(draw_png(spec, scale=SCALE), block.chart.alt)


def map_picture(block: MapBlock, *, width: float) -> Picture:
    """Draw a map, ``width`` pixels wide."""
    drawn = block.draw(width)
    svg = drawn.svg.replace(f'fill="{LIGHT.paper}"', 'fill="#ffffff"')
    return _picture(vl_convert.svg_to_png(svg, scale=SCALE), block.alt(drawn))


def _picture(png: bytes, alt: str) -> Picture:
    # A PNG says its size in the first chunk, after the signature.
    wide, tall = int.from_bytes(png[16:20], "big"), int.from_bytes(png[20:24], "big")
    return Picture(png, alt, wide / SCALE * MM_A_PIXEL, tall / SCALE * MM_A_PIXEL)
