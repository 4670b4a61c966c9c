"""The sheet that a chart is drawn on: sizes in pixels, colours, and Vega-Lite layers.

Positions are computed here, so that the same specification falls on the same pixels on screen and
on paper, whatever the fonts; values travel with the marks for whoever reads the data.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from courtepointe.press.palette import FONT_STACK, PALETTES, Palette, Scheme

Layer: TypeAlias = dict[str, Any]
Datum: TypeAlias = Mapping[str, Any]

PHONE = 358
DESKTOP = 720
NARROW_UNDER = 520
"""Under this width, a label stands above its bar rather than before it."""

TITLE, LABEL, SMALL = 17, 14, 12.5
LINE = 1.32
ROWS = "rows"
"""The name of the layer that answers to a pointer."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """Where things go.

    Attributes
    ----------
    width : float, pixels
    palette : Palette
    """

    width: float
    palette: Palette

    @property
    def narrow(self) -> bool:
        """Whether labels stand above their marks."""
        return self.width < NARROW_UNDER


def sheet(width: float, scheme: Scheme | str) -> Sheet:
    """Lay out a sheet."""
    return Sheet(float(width), PALETTES[Scheme(scheme)])


@dataclass(frozen=True, slots=True)
class Axis:
    """A straight scale from values to pixels."""

    low: float
    high: float
    start: float
    end: float

    def at(self, value: float) -> float:
        """Give the pixel of a value, held within the axis."""
        span = self.high - self.low
        share = 0.0 if span <= 0 else (value - self.low) / span
        return round(self.start + (self.end - self.start) * min(1.0, max(0.0, share)), 2)


def layer(mark: Mapping[str, Any], data: Sequence[Datum], **channels: Any) -> Layer:
    """Make a layer of marks at pixel positions; strokes and boxes are nothing to read aloud."""
    values = [dict(d) for d in data]
    return {"data": {"values": values}, "mark": {"aria": False, **mark}, "encoding": channels}


def x(field: str = "x") -> dict[str, Any]:
    """Encode a horizontal pixel."""
    return {"field": field, "type": "quantitative"}


def y(field: str = "y") -> dict[str, Any]:
    """Encode a vertical pixel, downwards."""
    return {"field": field, "type": "quantitative"}


def texts(data: Sequence[Datum], *, colour: str, size: float = LABEL, **mark: Any) -> Layer:
    """Write texts at ``x``, ``y`` (the middle of their line)."""
    style = {"type": "text", "color": colour, "fontSize": size, "baseline": "middle"}
    told = style | {"align": "left"} | mark
    return layer(told, data, x=x(), y=y(), text={"field": "text", "type": "nominal"})


def boxes(data: Sequence[Datum], *, colour: str | None, **mark: Any) -> Layer:
    """Fill boxes from ``x``, ``y`` to ``x2``, ``y2``."""
    style: dict[str, Any] = {"type": "rect"} | ({"color": colour} if colour else {"filled": False})
    ends = {"x2": {"field": "x2"}, "y2": {"field": "y2"}}
    return layer(style | mark, data, x=x(), y=y(), **ends)


def strokes(data: Sequence[Datum], *, colour: str, thick: float = 1.5, **mark: Any) -> Layer:
    """Draw straight strokes from ``x``, ``y`` to ``x2``, ``y2``."""
    style = {"type": "rule", "color": colour, "strokeWidth": thick, "strokeCap": "butt"}
    ends = {"x2": {"field": "x2"}, "y2": {"field": "y2"}}
    return layer(style | mark, data, x=x(), y=y(), **ends)


def dots(data: Sequence[Datum], *, colour: str, area: float = 110, **mark: Any) -> Layer:
    """Draw points at ``x``, ``y``."""
    style = {"type": "point", "filled": True, "color": colour, "size": area, "opacity": 1}
    return layer(style | mark, data, x=x(), y=y())


def whiskers(data: Sequence[Datum], *, on: Sheet, cap: float = 5.0) -> list[Layer]:
    """Draw intervals from ``x`` to ``x2`` at ``y``, with caps, and a halo that lifts them off bars."""
    ink, paper = on.palette.ink, on.palette.paper
    ends = [
        {"x": d[end], "x2": d[end], "y": d["y"] - cap, "y2": d["y"] + cap}
        for d in data
        for end in ("x", "x2")
    ]
    lines = [dict(d) | {"y2": d["y"]} for d in data]
    return [
        strokes(lines, colour=paper, thick=4.0, opacity=0.7),
        strokes(lines, colour=ink, thick=1.6),
        strokes(ends, colour=ink, thick=1.6),
    ]


def gap_marks(data: Sequence[Datum], *, on: Sheet) -> list[Layer]:
    """Draw boxes where values are missing: dotted where suppressed, else hatched."""
    colour = on.palette.missing
    hatched = [d for d in data if not d["dotted"]]
    dotted = [d for d in data if d["dotted"]]
    made = [
        boxes(hatched, colour=None, stroke=colour, strokeWidth=1),
        strokes([h for d in hatched for h in _hatches(d)], colour=colour, thick=1),
        boxes(dotted, colour=None, stroke=colour, strokeWidth=1, strokeDash=[1, 2]),
        dots([p for d in dotted for p in _grains(d)], colour=colour, area=5, shape="circle"),
    ]
    return [made_layer for made_layer in made if made_layer["data"]["values"]]


def _hatches(box: Datum, step: float = 6.0) -> list[dict[str, float]]:
    left, right, top, bottom = box["x"], box["x2"], box["y"], box["y2"]
    tall = bottom - top
    lines = []
    start = left - tall + step
    while start < right:
        first, last = max(left, start), min(right, start + tall)
        lines.append(
            {"x": first, "x2": last, "y": bottom - (first - start), "y2": bottom - (last - start)}
        )
        start += step
    return lines


def _grains(box: Datum, step: float = 6.0) -> list[dict[str, float]]:
    across = int((box["x2"] - box["x"]) // step)
    down = int((box["y2"] - box["y"]) // step)
    return [
        {"x": box["x"] + step * (i + 0.5), "y": box["y"] + step * (j + 0.5)}
        for i in range(across)
        for j in range(down)
    ]


def pointed(data: Sequence[Datum]) -> Layer:
    """Lay an unseen box over each row: it says the row in words to a pointer or a screen reader."""
    told = {"field": "told", "type": "nominal"}
    made = boxes(data, colour="transparent", aria=True)
    said = {"tooltip": told, "description": told}
    return made | {"name": ROWS, "encoding": made["encoding"] | said}


def stripes(data: Sequence[Datum], *, on: Sheet, step: float = 7.0) -> Layer:
    """Strike bars whose error is unknown with upright stripes of the ground."""
    lines = [
        {"x": at, "x2": at, "y": d["y"], "y2": d["y2"]}
        for d in data
        for at in (d["x"] + step * (n + 1) for n in range(int((d["x2"] - d["x"]) // step)))
    ]
    return strokes(lines, colour=on.palette.paper, thick=2.0)


def specification(
    layers: Sequence[Layer], *, on: Sheet, height: float, title: Sequence[str], under: Sequence[str]
) -> dict[str, Any]:
    """Put layers under a title into a Vega-Lite specification."""
    palette = on.palette
    kept = [one for one in layers if one["data"]["values"]]
    for axis, extent in (("x", on.width), ("y", height)):
        scale = {"domain": [0, extent], "range": [0, extent], "nice": False, "zero": False}
        for one in kept:
            one["encoding"][axis] = one["encoding"][axis] | {"scale": scale, "axis": None}
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "width": on.width,
        "height": height,
        "padding": 0,
        "background": palette.paper,
        "title": _title(title, under, palette),
        "layer": kept,
        "config": {"view": {"stroke": None}, "font": FONT_STACK, "text": {"font": FONT_STACK}},
    }


def _title(title: Sequence[str], under: Sequence[str], palette: Palette) -> dict[str, Any]:
    return {
        "text": list(title),
        "subtitle": list(under),
        "anchor": "start",
        "frame": "bounds",
        "font": FONT_STACK,
        "fontSize": TITLE,
        "fontWeight": "bold",
        "lineHeight": round(TITLE * LINE),
        "color": palette.ink,
        "subtitleFont": FONT_STACK,
        "subtitleFontSize": SMALL,
        "subtitleLineHeight": round(SMALL * LINE),
        "subtitleColor": palette.ink_soft,
        "subtitlePadding": 6,
        "offset": 12,
    }
