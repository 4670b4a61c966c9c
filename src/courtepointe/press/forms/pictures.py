"""Charts, maps and photos as pictures of a known size, for documents that hold no drawing."""

from __future__ import annotations

import io
from dataclasses import dataclass

import vl_convert
from PIL import Image

from courtepointe.press.charts import draw_png, vega_lite
from courtepointe.press.charts.frame import ROWS
from courtepointe.press.palette import LIGHT
from courtepointe.press.publication.values import ChartBlock, MapBlock

SCALE = 2.0
COLOURS = 256
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
    return _picture(vl_convert.svg_to_png(on_paper(drawn.svg), scale=SCALE), block.alt(drawn))


def on_paper(svg: str) -> str:
    """Take the screen's ground from a drawing: paper is white."""
    return svg.replace(f'fill="{LIGHT.paper}"', 'fill="#ffffff"')


def _picture(png: bytes, alt: str) -> Picture:
    """Keep 256 colours of a drawing: it has few, and weighs a quarter."""
    with Image.open(io.BytesIO(png)) as held:
        few = held.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    out = io.BytesIO()
    few.save(out, "PNG", optimize=False, compress_level=6)
    return Picture(
        out.getvalue(), alt, few.width / SCALE * MM_A_PIXEL, few.height / SCALE * MM_A_PIXEL
    )
