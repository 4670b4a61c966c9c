"""Static maps as SVG: on the home page without a script, in sections, on paper."""

from courtepointe.press.maps.classes import class_limits, class_of
from courtepointe.press.maps.draw import draw_choropleth, draw_outlines, map_legend
from courtepointe.press.maps.values import DrawnMap, MapArea, MapClass, MapLegend

__all__ = [
    "DrawnMap",
    "MapArea",
    "MapClass",
    "MapLegend",
    "class_limits",
    "class_of",
    "draw_choropleth",
    "draw_outlines",
    "map_legend",
]
