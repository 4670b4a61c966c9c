"""Tags and filters of every template: marks, numbers, the import map."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from html import escape

from django import template
from django.forms.boundfield import BoundField
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localdate
from django.utils.translation import get_language, gettext, pgettext

from courtepointe.atlas.figures import Figure
from courtepointe.atlas.query.values import AreaKey
from courtepointe.core.small_counts import LEAST, Told
from courtepointe.doors.site.libraries import import_map
from courtepointe.doors.site.portrait_page import NamedUnit
from courtepointe.doors.site.subjects import Subject
from courtepointe.press import numbers
from courtepointe.press.document import AgainstText, Document, Row
from courtepointe.press.patches import patch_mark
from courtepointe.press.sentences.values import Sentence
from courtepointe.press.words import typeset as set_type

register = template.Library()
WHOLE = 99.5
"""From here on a part in hundredths reads as the whole."""
COLUMNS = ("value", "interval", "against", "cautions")


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
def protected_count(value: int, mark: int | None = None) -> str:
    """Write a count of people; one of a few is never told.

    Alone, a count of 1 to 4 is « moins de 5 ». In a table, ``mark`` is what `core.small_counts` chose for it.
    """
    told = mark
    if told is None:
        told = Told.FEW if 0 < int(value) < LEAST else Told.VALUE
    if told == Told.FEW:
        return gettext("fewer than %(least)d") % {"least": LEAST}
    return gettext("not shown") if told == Told.HIDDEN else number(float(value))


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
def written_date(told: str | date) -> str:
    """Write an ISO date, a day, or the day of a moment where the site stands, as the language does."""
    day = localdate(told) if isinstance(told, datetime) else told
    iso = day if isinstance(day, str) else day.isoformat()
    return numbers.date_text(iso, lang=_lang())


@register.filter
def plain_field(field: BoundField) -> SafeString:
    """Draw a field of a form; the sign-in framework's forms repeat their labels in it, which stand beside it here."""
    theirs = type(field.form).__module__.startswith("allauth.")
    return field.as_widget(attrs={"placeholder": False} if theirs else None)


@register.filter
def named_in(table: Mapping[str, object], key: str) -> object:
    """Give what a table holds under a key, else the key itself."""
    return table.get(key, key)


@register.filter
def in_language(words: object) -> str:
    """Give words in the page's language."""
    return set_type(words.in_(_lang()), lang=_lang())  # type: ignore[attr-defined]


LONG = 9
"""Letters of a value that still fits on a card in the large size."""


@register.simple_tag
def number_link(subject: Subject, figure: Figure, text: str, kind: str = "") -> SafeString:
    """Write a number of the subject's own as the link that opens its drawer."""
    return _link(subject.figure_address(figure.indicator), figure, text, kind)


@register.simple_tag
def figure_link(subject: Subject, figure: Figure, text: str) -> SafeString:
    """Write a figure that a subject's pages show, its own or another's, as a link to its drawer."""
    return _link(subject.address_of(figure), figure, text)


def _link(address: str, figure: Figure, text: str, kind: str = "") -> SafeString:
    if not address:
        return mark_safe(escape(text))  # noqa: S308
    classes = "number"
    if not figure.status.has_value:
        classes += " none"
    if kind == "long" and len(text) > LONG:
        classes += " long"
    if kind == "beside":
        classes += " beside"
    told = f'<a class="{classes}" href="{escape(address)}" data-drawer>{escape(text)}</a>'
    return mark_safe(told)  # noqa: S308


@register.simple_tag
def said(subject: Subject, sentence: Sentence) -> SafeString:
    """Write a sentence; each of its figures is a link to what stands behind it."""
    pieces: Iterable[SafeString | str] = (
        escape(piece.text)
        if piece.figure is None
        else figure_link(subject, piece.figure, piece.text)
        for piece in sentence.pieces
    )
    return mark_safe("".join(pieces))  # noqa: S308


@register.simple_tag
def beside(subject: Subject, other: AgainstText) -> SafeString:
    """Write an area of comparison and its figure as one link, then the words on the two."""
    text = f"{other.name}{gettext_colon()}{other.value}"
    told: str = _link(subject.address_of(other.figure), other.figure, text, "beside")
    if other.verdict_text:
        told = f'{told} <span class="soft">({escape(other.verdict_text)})</span>'
    return mark_safe(told)  # noqa: S308


@register.simple_tag
def figure_rows(subject: Subject, document: Document, rows: Iterable[Row]) -> SafeString:
    """Write the rows of a portrait's table; a template would take ten times as long."""
    words = {name: escape(document.words[f"column_{name}"]) for name in COLUMNS}
    return mark_safe("\n".join(_row(subject, row, words) for row in rows))  # noqa: S308


def _row(subject: Subject, row: Row, words: dict[str, str]) -> str:
    against = "<br>".join(beside(subject, other) for other in row.against) or "—"
    cautions = escape("; ".join(row.cautions)) or "—"
    kind = ' class="lacking"' if row.figure.filled_by else ""
    return (
        f'<tr{kind}><th scope="row">{escape(row.label)}</th>'
        f'<td class="amount" data-label="{words["value"]}">'
        f"{number_link(subject, row.figure, row.value)}</td>"
        f'<td data-label="{words["interval"]}">{escape(row.interval) or "—"}</td>'
        f'<td data-label="{words["against"]}"><span>{against}</span></td>'
        f'<td data-label="{words["cautions"]}">{cautions}</td></tr>'
    )


@register.simple_tag
def name_items(names: Iterable[str]) -> SafeString:
    """Write the items of a list of names."""
    told = "".join(f"<li>{escape(name or '—')}</li>" for name in names)
    return mark_safe(told)  # noqa: S308


@register.simple_tag
def unit_items(units: Iterable[NamedUnit]) -> SafeString:
    """Write the items of a list of units, with the part inside of those that the limit crosses."""
    words = gettext("%(share)s inside")
    return mark_safe("".join(_unit_item(unit, words) for unit in units))  # noqa: S308


def _unit_item(unit: NamedUnit, words: str) -> str:
    if unit.inside is None or unit.inside >= WHOLE:
        return f"<li>{escape(unit.name)}</li>"
    share = words % {"share": percent(unit.inside)}
    return f'<li>{escape(unit.name)} <span class="soft">— {escape(share)}</span></li>'


def gettext_colon() -> str:
    """Give the colon with the spaces that the language sets around it."""
    return pgettext("colon", ": ")


@register.simple_tag
def mark(key: AreaKey | str, size: str = "") -> SafeString:
    """Draw an area's patches: its mark in lists and on its page."""
    return mark_safe(_mark(str(key), size))  # noqa: S308


@cache
def _mark(code: str, size: str) -> str:
    drawn = patch_mark(code)
    return drawn.replace('class="patch-mark" width="48" height="48"', f'class="mark {size}"')


@register.simple_tag
def at(values: Sequence[str], place: int) -> str:
    """Give the value at a place of a list."""
    return values[place]
