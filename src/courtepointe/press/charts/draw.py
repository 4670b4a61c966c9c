"""Draw a specification as SVG, without a browser and without a network."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import vl_convert

from courtepointe.press.charts.frame import DESKTOP, ROWS
from courtepointe.press.charts.spec import vega_lite
from courtepointe.press.charts.values import Chart
from courtepointe.press.palette import Scheme

VEGA_LITE = "6.4"
OPENING = re.compile(r"<svg\b[^>]*>")
SIZE = re.compile(r'\b(width|height)="([\d.]+)"')


def draw_chart(chart: Chart, *, width: float = DESKTOP, scheme: Scheme | str = Scheme.LIGHT) -> str:
    """Draw a chart as an SVG that says in words what it shows."""
    spec = vega_lite(chart, width=width, scheme=scheme)
    # Nobody points at a still picture: the rows that answer would only weigh.
    spec["layer"] = [one for one in spec["layer"] if one.get("name") != ROWS]
    return render_svg(spec, title=chart.title, desc=chart.alt, code=chart.code)


def render_svg(spec: dict[str, Any], *, title: str, desc: str, code: str = "chart") -> str:
    """Draw a Vega-Lite specification; the same specification gives the same bytes."""
    drawn: str = vl_convert.vegalite_to_svg(spec, vl_version=VEGA_LITE, allowed_base_urls=[])
    return _spoken(drawn, title=title, desc=desc, code=code)


def draw_png(spec: dict[str, Any], *, scale: float = 2.0) -> bytes:
    """Draw a specification as PNG, for documents that hold no SVG."""
    png: bytes = vl_convert.vegalite_to_png(
        spec, vl_version=VEGA_LITE, scale=scale, allowed_base_urls=[]
    )
    return png


def register_fonts(folder: Path) -> None:
    """Let charts be measured and drawn with the TTF and OTF faces of a folder."""
    vl_convert.register_font_directory(str(folder))


def _spoken(svg: str, *, title: str, desc: str, code: str) -> str:
    """Give the picture its role, its title and its description, and its ids a name of their own."""
    opening = OPENING.search(svg)
    assert opening is not None
    sizes = dict(SIZE.findall(opening.group()))
    wide, tall = sizes["width"], sizes["height"]
    stem = re.sub(r"[^a-z0-9-]+", "-", code.lower())
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="chart" viewBox="0 0 {wide} {tall}" '
        f'width="{wide}" height="{tall}" role="img" aria-labelledby="{stem}-t {stem}-d">'
        f'<title id="{stem}-t">{escape(title)}</title><desc id="{stem}-d">{escape(desc)}</desc>'
    )
    return head + _plain(svg[opening.end() :], stem)


def _plain(body: str, stem: str) -> str:
    """Take out what a strict page forbids or a reader would stumble on: styles, inner roles."""
    body = re.sub(r' (style|aria-[a-z]+|role|pointer-events)="[^"]*"', "", body)
    body = re.sub(r'\bid="([^"]+)"', rf'id="{stem}-\1"', body)
    return re.sub(r"url\(#([^)]+)\)", rf"url(#{stem}-\1)", body)
