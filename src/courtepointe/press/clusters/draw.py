"""Draw clusters: purple and green around a neutral shade, stripes where they are not certain."""

from __future__ import annotations

from dataclasses import dataclass

from courtepointe.atlas.figures import Status
from courtepointe.press.clusters.values import KINDS, ClusterArea, ClusterMap, Shown
from courtepointe.press.maps.column import column
from courtepointe.press.maps.draw import stem_of
from courtepointe.press.maps.furniture import scale_bar
from courtepointe.press.maps.shading import missing_swatches, stripes_on, without_value
from courtepointe.press.maps.sheet import FOOT, MARGIN, lay_out, map_body, opening
from courtepointe.press.maps.values import DrawnMap, MapArea, MapLegend, Paint, Swatch
from courtepointe.press.palette import PALETTES, Palette, Scheme
from courtepointe.press.words import say

PLACES = {
    Shown.HIGH_HIGH: 4,
    Shown.HIGH_LOW: 3,
    Shown.NONE: 2,
    Shown.LOW_HIGH: 1,
    Shown.LOW_LOW: 0,
}
"""In the diverging ramp."""
TITLE = 18.0


@dataclass(frozen=True, slots=True)
class _Shades:
    """How areas of a map are filled."""

    palette: Palette
    stem: str
    areas: dict[str, ClusterArea]

    def paint(self, area: MapArea) -> Paint:
        """Fill an area by what may be said of it."""
        one = self.areas[area.code]
        if one.shown is Shown.WITHOUT_VALUE:
            return without_value(area, stem=self.stem)
        return self.of(one.shown, unsure=one.unit.unsure)

    def of(self, shown: Shown, *, unsure: bool = False) -> Paint:
        """Give the paint of a kind."""
        if shown is Shown.ALONE:
            return Paint(self.palette.paper, "ground")
        place = PLACES[shown]
        colour = self.palette.diverging[place]
        stripes = stripes_on(colour, palette=self.palette, stem=self.stem) if unsure else ""
        return Paint(colour, f"diverging-{place + 1}", stripes)


def draw_clusters(
    made: ClusterMap, *, width: float = 720, scheme: Scheme | str = Scheme.LIGHT, bare: bool = False
) -> DrawnMap:
    """Draw a map of clusters with all that it carries.

    Parameters
    ----------
    made : ClusterMap
    width : float, pixels
    scheme : Scheme
    bare : bool
        Without title, warning and sources: for a page that writes them around the map.
    """
    stem = stem_of(f"clusters-{made.indicator.code}")
    shades = _Shades(PALETTES[Scheme(scheme)], stem, {one.area.code: one for one in made.areas})
    legend, sheet = _legend(made, shades), column(width, shades.palette)
    if not bare:
        sheet.write(made.title, size=TITLE, more=' font-weight="700"')
        sheet.write(made.subtitle)
        sheet.y += 8
    areas = [one.area for one in made.areas]
    laid = lay_out(areas, outline=None, width=width, scheme=scheme, lang=made.lang, stem=stem)
    body = map_body(laid, shades.paint)
    sheet.body.append(f'<g transform="translate(0 {sheet.y:g})">{body}</g>')
    sheet.y = round(sheet.y + laid.on.height, 1)
    sheet.body.append(scale_bar(laid.on, palette=shades.palette, lang=made.lang, top=sheet.y))
    sheet.y += FOOT
    sheet.explain(legend)
    for line in () if bare else (made.warning, *made.foot):
        sheet.y += 3
        sheet.write(line)
    height = round(sheet.y + MARGIN, 1)
    desc = " ".join((*made.words, legend.text)).strip()
    head = opening(
        width, height, made.title, desc, palette=shades.palette, stem=stem, role="img", alone=True
    )
    svg = head + "".join(sheet.body) + "</svg>"
    return DrawnMap(svg, made.title, desc, legend, width, height)


def _legend(made: ClusterMap, shades: _Shades) -> MapLegend:
    lang = made.lang
    seen = {one.shown for one in made.areas}
    swatches = [
        Swatch(shades.of(kind), say(f"clusters.{kind.value}", lang=lang))
        for kind in (*KINDS, Shown.NONE, Shown.ALONE)
        if kind in seen
    ]
    unsure = [one for one in made.areas if one.unit.unsure]
    notes = []
    if unsure:
        swatches.append(
            Swatch(shades.of(unsure[0].shown, unsure=True), say("clusters.unsure", lang=lang))
        )
        notes.append(say("clusters.unsure_note", lang=lang))
    held = [one.area for one in made.areas if one.shown is Shown.WITHOUT_VALUE]
    suppressed = sum(area.status is Status.SUPPRESSED for area in held)
    missing = len(held) - suppressed
    swatches += missing_swatches(missing, suppressed, lang=lang, stem=shades.stem)
    sentence = say("clusters.legend", lang=lang)
    return MapLegend(sentence, (), missing, suppressed, len(unsure), tuple(swatches), tuple(notes))
