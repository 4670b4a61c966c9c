"""The sheets of a mapping workshop as PDF/UA-1: the guide, the map, the cards, set by Typst.

The layout of the pages is in ``workshop.typ``; where everything stands comes from
`courtepointe.core.sheets`, by which photos of the sheets are cut.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst

from courtepointe.core.errors import BadInput
from courtepointe.core.sheets import (
    Box,
    Cell,
    Code,
    Layout,
    SheetPaper,
    card_layout,
)
from courtepointe.press.faces import FAMILY, SYLLABICS
from courtepointe.press.maps.furniture import round_length
from courtepointe.press.numbers import number
from courtepointe.press.workshop.drawn import DrawnGround, draw_ground
from courtepointe.press.workshop.ground import LARGER, Ground
from courtepointe.press.workshop.marks import mark_svg, qr_svg
from courtepointe.press.workshop.words import guide_parts, say_sheet, sheet_words

LAYOUT = Path(__file__).with_name("workshop.typ")
NO_CLOCK = datetime(2000, 1, 1, tzinfo=UTC)
MOST_SHEETS = 200
PLAIN_PPI = 200.0


@dataclass(frozen=True, slots=True)
class Workshop:
    """What is printed for a workshop.

    Attributes
    ----------
    area : str
        Its name, in the language of the sheets.
    paper : SheetPaper
        Of guide and cards: ``a4`` or ``letter``.
    map_code : Code
    card_codes : tuple of Code
        One a sheet of cards.
    ground : Ground or None
        None: only cards, for a map that is already printed.
    """

    area: str
    paper: SheetPaper
    lang: str
    map_code: Code
    card_codes: tuple[Code, ...]
    ground: Ground | None = None


@dataclass(frozen=True, slots=True)
class _Press:
    compiler: typst.Compiler
    turn: threading.Lock = field(default_factory=threading.Lock)


@lru_cache(maxsize=4)
def _press(fonts: Path) -> _Press:
    held = typst.Fonts(include_system_fonts=False, font_paths=[str(fonts)])
    return _Press(typst.Compiler(str(LAYOUT), font_paths=held, ignore_system_fonts=True))


def write_sheets(made: Workshop, *, fonts: Path) -> bytes:
    """Write the sheets of a workshop as PDF/UA-1: the guide, the map where there is one, the cards.

    Parameters
    ----------
    made : Workshop
    fonts : Path
        Of `courtepointe.press.faces.faces`.

    Raises
    ------
    BadInput
        ``unknown_paper``; ``sheets_too_many_asked`` beyond 200 sheets of cards.
    """
    held = _press(fonts)
    told = _told(made)
    with held.turn:
        pdf = held.compiler.compile(
            format="pdf", sys_inputs={"sheets": told}, pdf_standards="ua-1", timestamp=NO_CLOCK
        )
    assert isinstance(pdf, bytes)
    return pdf


def sheet_pictures(made: Workshop, *, fonts: Path, ppi: float = PLAIN_PPI) -> list[bytes]:
    """Give the pages of the sheets as PNG, for a look before they are printed.

    Parameters
    ----------
    ppi : float, pixels per inch
    """
    held = _press(fonts)
    told = _told(made)
    with held.turn:
        pages = held.compiler.compile(format="png", sys_inputs={"sheets": told}, ppi=ppi)
    assert pages is not None
    return [pages] if isinstance(pages, bytes) else list(pages)


def _told(made: Workshop) -> str:
    if made.paper not in LARGER:
        raise BadInput("unknown_paper", value=made.paper, expected=", ".join(LARGER))
    if len(made.card_codes) > MOST_SHEETS:
        raise BadInput("sheets_too_many_asked", value=len(made.card_codes), expected=MOST_SHEETS)
    say = _Words(made.lang)
    cards = card_layout(made.paper)
    pages = [_guide_page(made, say, cards)]
    if made.ground is not None:
        pages.append(_map_page(made, made.ground, say))
    pages += [_cards_page(made, code, cards, say) for code in made.card_codes]
    told = {
        "title": say("sheet.title", area=made.area),
        "lang": made.lang,
        "fonts": [FAMILY, SYLLABICS],
        "foot": say("sheet.foot"),
        "pages": pages,
    }
    return json.dumps(told, ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class _Words:
    lang: str

    def __call__(self, key: str, **slots: object) -> str:
        return say_sheet(key, lang=self.lang, **slots)


def _guide_page(made: Workshop, say: _Words, cards: Layout) -> dict[str, Any]:
    codes = [code.spaced for code in made.card_codes]
    shown = codes if len(codes) <= 6 else [*codes[:5], "…", codes[-1]]
    key = "guide.print" if codes else "guide.no_print"
    slots = {"map": made.map_code.spaced} | ({"cards": ", ".join(shown)} if codes else {})
    return {
        "kind": "guide",
        "wide": cards.wide,
        "tall": cards.tall,
        "title": say("guide.title"),
        "about": say("guide.about", area=made.area),
        "print": say(key, **slots),
        "answers": [
            {"kind": kind, "text": say(f"guide.{kind}")} for kind in ("ticked", "undone", "again")
        ],
        "credit": "" if made.ground is None else " ".join(made.ground.foot),
        "parts": [
            {"title": part.title, "items": part.items} for part in guide_parts(lang=made.lang)
        ],
    }


def _page(layout: Layout, code: Code, say: _Words) -> dict[str, Any]:
    """Write what every sheet carries: its size, its marks, its codes."""
    return {
        "kind": layout.kind.value,
        "wide": layout.wide,
        "tall": layout.tall,
        "marks": [
            {
                "box": _box(mark.box),
                "svg": mark_svg(mark.id),
                "alt": say("sheet.mark", n=mark.corner.number),
                "number": str(mark.corner.number),
                "right": mark.box.x > layout.wide / 2,
            }
            for mark in layout.marks
        ],
        "qr": {
            "box": _box(layout.qr),
            "svg": qr_svg(code),
            "alt": say("sheet.qr", code=code.spaced),
        },
        "code": code.spaced,
    }


def _box(box: Box) -> list[float]:
    return [round(size, 3) for size in (box.x, box.y, box.wide, box.tall)]


def _cards_page(made: Workshop, code: Code, layout: Layout, say: _Words) -> dict[str, Any]:
    told = _page(layout, code, say)
    return told | {
        "code_name": say("sheet.code"),
        "title": say("cards.title"),
        "area": made.area,
        "head": [say("cards.how"), say("cards.map", code=made.map_code.spaced)],
        "foot": [say("cards.people"), say("cards.after")],
        "labels": dict(sheet_words("field", lang=made.lang)),
        "cards": [_card(cell, code, made.lang) for cell in layout.cells],
    }


def _card(cell: Cell, code: Code, lang: str) -> dict[str, Any]:
    options = {name: sheet_words(name, lang=lang) for name in ("class", "visibility")}
    return {
        "box": _box(cell.box),
        "code": Code(code.sheet, int(cell.name)).spaced,
        "writing": [{"field": one.field, "box": _box(one.box)} for one in cell.writing],
        "ticks": [
            {"field": one.field, "text": options[one.field][one.option], "box": _box(one.box)}
            for one in cell.ticks
        ],
    }


def _map_page(made: Workshop, ground: Ground, say: _Words) -> dict[str, Any]:
    drawn = draw_ground(ground)
    layout, frame = ground.layout, ground.frame
    side = _length(frame.side, say)
    per_mm = frame.side / layout.cells[0].box.wide
    bar = round_length(per_mm * 60.0)
    last = layout.cells[-1].name
    alt = say(
        "map.alt", area=made.area, side=side, last=last, landmarks=drawn.landmarks,
        streets=say("map.with_streets" if drawn.streets else "map.with_blocks"),
    )  # fmt: skip
    middle = frame.names()[len(frame.names()) // 2]
    return _page(layout, made.map_code, say) | {
        "code_name": say("sheet.map_code"),
        "title": say("map.title", area=made.area),
        "head": [say("map.how", side=side, name=middle)],
        "grid": _grid(layout),
        "svg": drawn.svg,
        "alt": alt,
        "bar": [bar / per_mm, _length(bar, say)],
        "north": say("map.north"),
        "legend": _legend(drawn, ground, say),
        "credit": " ".join(ground.credit),
    }


def _length(metres: float, say: _Words) -> str:
    if metres >= 1000:
        return say("map.km", n=number(metres / 1000, decimals=0 if metres % 1000 == 0 else 1, lang=say.lang))  # fmt: skip
    return say("map.m", n=number(metres, lang=say.lang))


def _grid(layout: Layout) -> dict[str, Any]:
    first, last = layout.cells[0].box, layout.cells[-1].box
    return {
        "box": _box(Box(first.x, first.y, last.right - first.x, last.bottom - first.y)),
        "columns": [cell.name[0] for cell in layout.cells[: layout.columns]],
        "rows": [str(row + 1) for row in range(layout.rows)],
        "side": first.wide,
    }


def _legend(drawn: DrawnGround, ground: Ground, say: _Words) -> Sequence[tuple[str, str]]:
    """Name what the map shows, each with the sample that the layout draws for it."""
    told = [("limit", say("map.limit"))]
    blocks = "map.blocks" if ground.city_blocks else "map.units"
    told.append(("street", say("map.streets")) if drawn.streets else ("block", say(blocks)))
    if drawn.landmarks:
        told.append(("dot", say("map.landmark")))
    if drawn.outside:
        told.append(("grey", say("map.outside")))
    elif drawn.water:
        told.append(("grey", say("map.water")))
    return told
