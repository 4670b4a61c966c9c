"""Tags and filters of every template: marks, numbers, the import map."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext

from courtepointe.atlas.query.values import AreaKey
from courtepointe.doors.site.libraries import import_map
from courtepointe.doors.site.subjects import Subject
from courtepointe.press import numbers
from courtepointe.press.patches import patch_mark
from courtepointe.press.sentences.values import Sentence
from courtepointe.press.words import typeset as set_type

register = template.Library()


def _lang() -> str:
    return "en" if (get_language() or "fr").startswith("en") else "fr"


@register.simple_tag
def import_map_script() -> SafeString:
    """Write the import map; its hash is in the policy."""
    return mark_safe(f'<script type="importmap">{import_map()}</script>')  # noqa: S308


@register.simple_tag
def map_words() -> str:
    """Give the words of MapLibre's own buttons."""
    words = {
        "NavigationControl.ZoomIn": gettext("Zoom in"),
        "NavigationControl.ZoomOut": gettext("Zoom out"),
        "Map.Title": gettext("Map"),
        "ScaleControl.Meters": "m",
        "ScaleControl.Kilometers": "km",
    }
    return json.dumps(words, ensure_ascii=False)


@register.filter
def number(value: float) -> str:
    """Write a whole number as the language does."""
    return numbers.number(float(value), lang=_lang())


@register.filter
def percent(value: float) -> str:
    """Write a share in hundredths as the language does."""
    return numbers.amount(float(value), unit="percent", lang=_lang())


@register.filter
def plain(value: float) -> str:
    """Write a number as SVG does."""
    return f"{float(value):.2f}".rstrip("0").rstrip(".")


@register.filter
def minus(value: float, other: str) -> str:
    """Take a length from another, as SVG writes it."""
    return plain(float(value) - float(other))


@register.filter
def as_json(value: object) -> str:
    """Write a value as JSON, for a script that reads an attribute."""
    return json.dumps(value)


@register.filter
def typeset(text: str) -> str:
    """Set the apostrophes and spaces of a text of the recipe."""
    return set_type(text, lang=_lang())


@register.filter
def in_language(words: object) -> str:
    """Give words in the page's language."""
    return set_type(words.in_(_lang()), lang=_lang())  # type: ignore[attr-defined]


@register.simple_tag
def number_link(subject: Subject, figure: object, text: str) -> SafeString:
    """Write a number as the link that opens its drawer."""
    has_value = figure.status.has_value  # type: ignore[attr-defined]
    return format_html(
        '<a class="number{}" href="{}" data-drawer>{}</a>',
        "" if has_value else " none",
        subject.address("figure", indicator=figure.indicator),  # type: ignore[attr-defined]
        text,
    )


@register.simple_tag
def said(subject: Subject, sentence: Sentence) -> SafeString:
    """Write a sentence; each figure that is the area's own is a link to its drawer."""
    own = set(subject.portrait().figures)
    pieces: Iterable[SafeString | str] = (
        number_link(subject, piece.figure, piece.text)
        if piece.figure is not None and piece.figure in own
        else format_html("{}", piece.text)
        for piece in sentence.pieces
    )
    return mark_safe("".join(pieces))  # noqa: S308


@register.simple_tag
def mark(key: AreaKey | None, size: str = "") -> SafeString:
    """Draw an area's patches: its mark in lists and on its page."""
    return mark_safe(_mark(str(key or ""), size))  # noqa: S308


@cache
def _mark(code: str, size: str) -> str:
    drawn = patch_mark(code)
    return drawn.replace('class="patch-mark" width="48" height="48"', f'class="mark {size}"')
