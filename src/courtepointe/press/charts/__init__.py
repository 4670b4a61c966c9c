"""Charts: few kinds, always the same, one specification for screen and print."""

from courtepointe.press.charts.draw import draw_chart, draw_png, register_fonts, render_svg
from courtepointe.press.charts.frame import DESKTOP, PHONE
from courtepointe.press.charts.plan import plan_chart, strip_chart
from courtepointe.press.charts.spec import vega_lite
from courtepointe.press.charts.values import Chart, ChartKind, ChartRow, OtherMark

__all__ = [
    "DESKTOP",
    "PHONE",
    "Chart",
    "ChartKind",
    "ChartRow",
    "OtherMark",
    "draw_chart",
    "draw_png",
    "plan_chart",
    "register_fonts",
    "render_svg",
    "strip_chart",
    "vega_lite",
]
