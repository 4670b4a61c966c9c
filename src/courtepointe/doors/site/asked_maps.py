"""Maps by address: what a question asks for, and the address of what is asked for."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.http import urlencode

from courtepointe.core.errors import BadInput
from courtepointe.doors.editions import short_edition
from courtepointe.doors.served import Served
from courtepointe.press.maps.asked import BESIDE, FEWEST, MOST, MapAsked, MapKind, kind_of
from courtepointe.press.maps.poster import draw_map
from courtepointe.press.maps.setting import set_map
from courtepointe.press.maps.themed import ThematicMap
from courtepointe.press.maps.values import DrawnMap

BESIDE_KEY = "beside"


def asked_map(question: QueryDict, *, area_type: str, vintage: str, indicator: str) -> MapAsked:
    """Read a map's address.

    Raises
    ------
    BadInput
        ``map_kind``, ``map_classes_number``, ``map_classes_method``, ``map_too_many_beside``,
        ``map_same_twice``.
    """
    return MapAsked(
        area_type=f"{area_type}:{vintage}",
        indicator=indicator,
        kind=kind_of(question.get("kind", MapKind.SHADES.value)),
        period=question.get("period", ""),
        against=question.get("against", ""),
        beside=tuple(code for code in question.getlist(BESIDE_KEY) if code),
        method=question.get("method", ""),
        number=_number(question.get("number", "")),
        here=question.get("here", ""),
    )


def _number(text: str) -> int:
    if not text:
        return 0
    if not text.isdecimal() or not text.isascii() or len(text) > 3 or int(text) == 0:
        raise BadInput("map_classes_number", value=text, low=FEWEST, high=MOST)
    return int(text)


def map_address(asked: MapAsked, ending: str = "", **more: str) -> str:
    """Give the address of a map's page, or of its file with an ending; what is usual is not named."""
    area_type, vintage = asked.area_type.split(":", 1)
    kwargs = {"area_type": area_type, "vintage": vintage, "indicator": asked.indicator}
    address = reverse(f"map_{ending}" if ending else "map", kwargs=kwargs)
    question = [
        ("kind", "" if asked.kind is MapKind.SHADES else asked.kind.value),
        ("period", asked.period),
        ("against", asked.against),
        *((BESIDE_KEY, code) for code in asked.beside),
        ("method", asked.method),
        ("number", str(asked.number or "")),
        ("here", asked.here),
        *more.items(),
    ]
    told = urlencode([(key, text) for key, text in question if text])
    return f"{address}?{told}" if told else address


def drawing_address(asked: MapAsked) -> str:
    """Give the address of the drawing in a page, which a browser may keep for a year."""
    return map_address(asked, "svg", bare="1", e=short_edition())


def of_kind(asked: MapAsked, kind: MapKind) -> MapAsked:
    """Ask for the same thing drawn otherwise; what the other kind cannot take is left out."""
    beside = asked.beside[: BESIDE.get(kind, 0)]
    return replace(asked, kind=kind, beside=beside)


def made_map(served: Served, asked: MapAsked, *, lang: str) -> ThematicMap:
    """Set a map once while the pack is served; see `set_map` for what it raises."""
    return served.shelf.take(
        ("thematic map", asked, lang), lambda: set_map(served.atlas, asked, lang=lang)
    )


def drawn_map(
    served: Served, asked: MapAsked, *, lang: str, width: int, scheme: str, bare: bool
) -> DrawnMap:
    """Draw a map once while the pack is served."""

    def draw() -> DrawnMap:
        made = made_map(served, asked, lang=lang)
        indicators = [served.atlas.indicator(code) for code in asked.indicators]
        return draw_map(made, indicators, width=float(width), scheme=scheme, bare=bare)

    return served.shelf.take(("drawn map", asked, lang, width, scheme, bare), draw)


def is_bare(request: HttpRequest) -> bool:
    """Say whether the drawing goes in a page that writes title and sources around it."""
    return request.GET.get("bare") == "1"
