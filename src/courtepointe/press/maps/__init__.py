"""Static maps as SVG: on the home page without a script, in sections, on paper."""

from courtepointe.press.maps.draw import draw_choropleth, draw_outlines
from courtepointe.press.maps.values import DrawnMap, MapArea, MapClass, MapLegend, Paint

__all__ = [
    "DrawnMap",
    "MapArea",
    "MapClass",
    "MapLegend",
    "Paint",
    "draw_choropleth",
    "draw_outlines",
]
