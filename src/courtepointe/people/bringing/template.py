"""A table of a shape as a workbook: empty, to be filled in, or with rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from courtepointe.formats.workbooks import CellStatus, Value
from courtepointe.people.bringing.shape import Field, Kind, Shape
from courtepointe.people.bringing.words import field_text, say, shown
from courtepointe.people.bringing.written import free_name, looks, put, width_for, written
from courtepointe.press.palette import LIGHT

LISTED_ROWS = 2_000
"""Rows in which a list of choices is offered."""
LONGEST_LIST = 255
"""Characters of a list that a spreadsheet takes with a cell."""


def write_table(shape: Shape, rows: Iterable[Mapping[str, object]] = (), *, lang: str) -> bytes:
    """Write a table of a shape: its headings, what each takes as a note, its choices as lists.

    Parameters
    ----------
    shape : Shape
    rows : iterable of mapping of field code -> clean value
        As `RowRead.values`; none for an empty table to fill in.
    lang : {"fr", "en"}

    Returns
    -------
    bytes
        Read again, each value is the same, and each missing one misses in the same way.
    """
    return written(lambda book: _fill(book, shape, rows, lang))


def _fill(book: Any, shape: Shape, rows: Iterable[Mapping[str, object]], lang: str) -> None:
    page = book.add_worksheet(free_name(shape.said(lang), ()))
    head = book.add_format({"bold": True, "bg_color": LIGHT.raised, "border": 1, "border_color": LIGHT.rule})  # fmt: skip
    text = book.add_format({"num_format": "@"})
    look = looks(book, {})
    page.freeze_panes(1, 0)
    for column, field in enumerate(shape.fields):
        page.set_column(column, column, width_for([field.said(lang) + "    "]), text)
        page.write_string(0, column, field.said(lang), head)
        page.write_comment(0, column, _note(field, lang), {"x_scale": 2.2, "author": "Courtepointe"})  # fmt: skip
        _offer(page, column, field, lang)
    for number, row in enumerate(rows, start=1):
        for column, field in enumerate(shape.fields):
            value = _cell(row.get(field.code), field, lang)
            put(page, number, column, value, look(value) or text)


def _cell(value: object, field: Field, lang: str) -> Value:
    """Give what a spreadsheet counts and sorts as it is, and the rest in words."""
    if isinstance(value, CellStatus):
        return say("mark", value.value, lang=lang) or None
    if isinstance(value, dt.date | dt.time):
        return value
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return value if isinstance(value, int) else float(value)
    return shown(value, field, lang=lang) or None


def _note(field: Field, lang: str) -> str:
    required = f" ({say('sheet', 'required', lang=lang)})" if field.required else ""
    return f"{field.said(lang)}{required}\n{field_text(field, lang=lang)}"


def _offer(page: Any, column: int, field: Field, lang: str) -> None:
    """Offer the choices of a field as a list, where a spreadsheet can hold it and one is chosen."""
    told = [one.said(lang) for one in field.choices]
    if field.kind == Kind.YES_NO:
        told = [say("said", "yes", lang=lang), say("said", "no", lang=lang)]
    if told and not field.many and len(",".join(told)) <= LONGEST_LIST and "," not in "".join(told):
        page.data_validation(
            1, column, LISTED_ROWS, column,
            {"validate": "list", "source": told, "error_type": "warning"},
        )  # fmt: skip
