"""The master of our presentations: python-pptx's own, made wide, in our colours.

Nothing is drawn on slides that a master can hold: who changes it changes all slides at once.
"""

from __future__ import annotations

from typing import Any

from lxml import etree
from pptx.dml.color import RGBColor
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.util import Mm, Pt

from courtepointe.press.forms.native import A
from courtepointe.press.forms.office import FACE
from courtepointe.press.palette import LIGHT

TITLE, CONTENT, TITLE_ONLY = 0, 1, 2
"""Layouts: the first slide, a title over text, a title over room for anything."""
WIDE, TALL = 338.7, 190.5
AT: dict[str, tuple[float, float, float, float]] = {
    "title": (15, 8, 309, 22),
    "whole": (15, 33, 309, 138),
    "above": (15, 31, 309, 26),
    "below": (15, 59, 309, 112),
    "right": (190, 40, 134, 120),
    "foot": (15, 176, 309, 10),
}
"""Left, top, width, height in millimetres."""
USED = (0, 1, 5)
"""Where the library's own master has these three."""


def dress(deck: Any, *, foot: str, notice: str) -> None:
    """Make a new presentation wide, and set its master in our faces and colours."""
    deck.slide_width, deck.slide_height = Mm(WIDE), Mm(TALL)
    master = deck.slide_master
    _theme(master)
    for place, layout in reversed(list(enumerate(deck.slide_layouts))):
        if place not in USED:
            deck.slide_layouts.remove(layout)
    _lay(master.placeholders, {"TITLE": AT["title"], "BODY": AT["whole"]})
    for layout in deck.slide_layouts:
        _lay(layout.placeholders, {"TITLE": AT["title"], "OBJECT": AT["whole"]})
        for shape in list(layout.placeholders):
            if shape.placeholder_format.type.name in ("DATE", "FOOTER", "SLIDE_NUMBER"):
                shape._element.getparent().remove(shape._element)
    first = deck.slide_layouts[0]
    _lay(first.placeholders, {"CENTER_TITLE": (15, 45, 170, 60), "SUBTITLE": (15, 108, 170, 45)})
    for letters in first.placeholders[1]._element.iter(f"{{{A}}}lvl1pPr"):
        letters.set("algn", "l")
    for shape in list(master.placeholders):
        if shape.placeholder_format.type.name in ("DATE", "FOOTER", "SLIDE_NUMBER"):
            shape._element.getparent().remove(shape._element)
    _foot(master, foot, notice)
    _titles(master)


def _lay(shapes: Any, places: dict[str, tuple[float, float, float, float]]) -> None:
    for shape in shapes:
        at = places.get(shape.placeholder_format.type.name)
        if at is not None:
            shape.left, shape.top, shape.width, shape.height = map(Mm, at)


def _foot(master: Any, foot: str, notice: str) -> None:
    """Write what every slide says at its foot on the master itself."""
    box = _text_box(master, AT["foot"])
    for text, colour, bold in ((notice, LIGHT.caution, True), (foot, LIGHT.ink_soft, False)):
        if not text:
            continue
        paragraph = box.add_paragraph() if box.text else box.paragraphs[0]
        run = paragraph.add_run()
        run.text, run.font.size, run.font.bold = text, Pt(10), bold
        fill = run.font.fill
        fill.solid()
        fill.fore_color.rgb = RGBColor.from_string(colour[1:].upper())


def _text_box(master: Any, at: tuple[float, float, float, float]) -> Any:
    """Add a box of text to the master, which the library offers for slides only."""
    tree = master.shapes._spTree
    left, top, wide, tall = map(Mm, at)
    number = 1 + max(int(one.get("id")) for one in tree.iter() if one.get("id", "").isdigit())
    element = tree.add_textbox(number, "Foot", left, top, wide, tall)
    frame = next(s for s in master.shapes if s._element is element).text_frame
    frame.word_wrap = True
    return frame


def _titles(master: Any) -> None:
    """Set titles to the left, in our ink, of a size that two lines of French fit in."""
    styles = master._element.find(
        "{http://schemas.openxmlformats.org/presentationml/2006/main}txStyles"
    )
    title = styles[0].find(f"{{{A}}}lvl1pPr")
    title.set("algn", "l")
    letters = title.find(f"{{{A}}}defRPr")
    letters.set("sz", "2800")
    letters.set("b", "1")


def _theme(master: Any) -> None:
    """Put our colours and face in the theme."""
    part = master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    xml = etree.fromstring(part.blob)
    colours = {"dk1": LIGHT.ink, "lt1": "#ffffff", "dk2": LIGHT.accent, "lt2": LIGHT.raised,
               "accent1": LIGHT.data, "hlink": LIGHT.accent, "folHlink": LIGHT.accent}  # fmt: skip
    colours |= {f"accent{n}": colour for n, colour in enumerate(LIGHT.categories[1:], start=2)}
    scheme = xml.find(f".//{{{A}}}clrScheme")
    for name, colour in colours.items():
        held = scheme.find(f"{{{A}}}{name}")
        for old in list(held):
            held.remove(old)
        etree.SubElement(held, f"{{{A}}}srgbClr").set("val", colour[1:])
    for kind in ("majorFont", "minorFont"):
        xml.find(f".//{{{A}}}{kind}/{{{A}}}latin").set("typeface", FACE)
    part._blob = etree.tostring(xml, xml_declaration=True, encoding="UTF-8", standalone=True)
