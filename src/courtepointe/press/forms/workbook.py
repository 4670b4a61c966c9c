"""A publication as Excel: a sheet a section, numbers as numbers, intervals and statuses apart."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from math import ceil
from typing import Any

import xlsxwriter

from courtepointe.press.document.values import SourcePart
from courtepointe.press.forms.settled import settled
from courtepointe.press.numbers import date_text
from courtepointe.press.palette import LIGHT
from courtepointe.press.publication.told import stamp
from courtepointe.press.publication.values import DataRow, DataSheet, Publication
from courtepointe.press.words import say

FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
"""What a sheet's name may not hold."""
LONGEST = 31
WIDE = {"label": 42, "value": 12, "low": 12, "high": 12, "unit": 15, "interval": 22, "status": 22,
        "beside": 20, "their_value": 12, "verdict": 16, "universe": 24, "period": 9, "sources": 34,
        "cautions": 38}  # fmt: skip
ROOM = 1.15
"""Words do not break anywhere: a line holds somewhat less than its width."""
LINE = 15.0
"""Points of a line of text."""
NUMBERS = ("value", "low", "high", "their_value")


def write_xlsx(made: Publication) -> bytes:
    """Write all figures of a publication's sections; the same publication gives the same bytes."""
    out = io.BytesIO()
    # Nothing that a person wrote may become a formula or a link.
    book = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
              "strings_to_numbers": False}
    )  # fmt: skip
    writer = _Writer(made, book)
    writer.write()
    book.close()
    return settled(out.getvalue())


class _Writer:
    """A workbook being written, sheet after sheet."""

    def __init__(self, made: Publication, book: Any) -> None:
        self.made = made
        self.book = book
        self.names: set[str] = set()
        line = {"border": 1, "border_color": LIGHT.rule, "valign": "top"}
        self.plain = book.add_format(line | {"text_wrap": True})
        self.missing = book.add_format(line | {"italic": True, "font_color": LIGHT.ink_soft})
        self.head = book.add_format(
            line | {"bold": True, "text_wrap": True, "bg_color": LIGHT.raised}
        )
        self.title = book.add_format({"bold": True, "font_size": 16, "font_color": LIGHT.accent})
        self.bold = book.add_format({"bold": True})
        self.caution = book.add_format({"bold": True, "font_color": LIGHT.caution, "text_wrap": True})  # fmt: skip
        self.text = book.add_format({"text_wrap": True, "valign": "top"})
        self.number = {
            n: book.add_format(line | {"num_format": "#,##0" + ("." + "0" * n if n else "")})
            for n in range(7)
        }

    def write(self) -> None:
        self.book.set_properties(
            {"title": self.made.title, "subject": self.made.kind, "author": "Courtepointe",
             "comments": self.made.foot, "created": stamp(self.made)}
        )  # fmt: skip
        self._about()
        for data in self.made.data:
            if data.rows:
                self._section(data)
        if any(data.places for data in self.made.data):
            self._places()
        self._sources(self.made.sources)

    def _say(self, key: str, **slots: object) -> str:
        return say(key, lang=self.made.lang, **slots)

    def _sheet(self, name: str) -> Any:
        """Begin a sheet under a name that no other has, read by eye in the other's place."""
        clean = FORBIDDEN.sub(" ", name).strip()[:LONGEST] or "—"
        free, number = clean, 2
        while free.lower() in self.names:
            ending = f" {number}"
            free, number = clean[: LONGEST - len(ending)] + ending, number + 1
        self.names.add(free.lower())
        sheet = self.book.add_worksheet(free)
        sheet.hide_gridlines(2)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer(f"&L{_safe(self.made.foot)}&R&P / &N")
        return sheet

    def _about(self) -> None:
        made = self.made
        sheet = self._sheet(self._say("print.sheet_about"))
        sheet.set_column(0, 0, 30)
        sheet.set_column(1, 1, 90)
        row = 0
        sheet.write_string(row, 0, made.title, self.title)
        sheet.set_row(row, 2 * LINE)
        if made.notice:
            row += 1
            sheet.write_string(row, 1, made.notice, self.caution)
            sheet.set_row(row, _tall([(made.notice, 90)]))
        told = [(term.term, term.text) for term in made.identity]
        if made.dated:
            told.append((self._say("print.edition"), date_text(made.dated, lang=made.lang)))
        told += [("", text) for text in made.fit]
        told += [(self._say("print.notes_title"), note) for note in made.notes]
        told += [
            (self._say("print.cite"), made.citation),
            (self._say("print.hash"), made.pack_hash),
        ]
        seen = ""
        for name, text in told:
            row += 1
            if name and name != seen:
                sheet.write_string(row, 0, name, self.bold)
            sheet.write_string(row, 1, text, self.text)
            sheet.set_row(row, _tall([(text, 90)]))
            seen = name

    def _columns(self, data: DataSheet) -> list[str]:
        beside = any(one.row.against for one in data.rows)
        more = ["beside", "their_value", "verdict"] if beside else []
        return ["label", "value", "low", "high", "unit", "interval", "status", *more,
                "universe", "period", "sources", "cautions"]  # fmt: skip

    def _section(self, data: DataSheet) -> None:
        sheet = self._sheet(data.heading)
        columns = self._columns(data)
        for place, name in enumerate(columns):
            sheet.set_column(place, place, WIDE[name])
            sheet.write_string(0, place, self._say(f"print.column_{name}"), self.head)
        sheet.freeze_panes(1, 1)
        sheet.repeat_rows(0)
        sheet.autofilter(0, 0, len(data.rows), len(columns) - 1)
        for row, one in enumerate(data.rows, start=1):
            told = [(_held(one, name), WIDE[name]) for name in columns if name not in NUMBERS]
            sheet.set_row(row, _tall((str(text or ""), wide) for text, wide in told))
            for place, name in enumerate(columns):
                self._cell(sheet, row, place, name, one)
        sheet.set_row(0, 2 * LINE)

    def _cell(self, sheet: Any, row: int, place: int, name: str, one: DataRow) -> None:
        held = _held(one, name)
        if name in NUMBERS:
            if isinstance(held, float):
                sheet.write_number(row, place, held, self.number[min(one.decimals, 6)])
            else:
                sheet.write_blank(row, place, None, self.plain)
            return
        missing = name == "status" and not one.row.figure.status.has_value
        sheet.write_string(row, place, str(held or ""), self.missing if missing else self.plain)

    def _places(self) -> None:
        sheet = self._sheet(self._say("print.sheet_places"))
        self._lines(
            sheet, ("category", "place_name"), (36, 60),
            ((group.heading, name) for data in self.made.data for group in data.places
             for name in group.names),
        )  # fmt: skip

    def _sources(self, sources: Sequence[SourcePart]) -> None:
        sheet = self._sheet(self._say("print.sheet_sources"))
        self._lines(
            sheet, ("source", "publisher", "date", "licence", "attribution", "address"),
            (50, 30, 20, 34, 50, 50),
            ((s.title, s.publisher, s.date_published or "", s.licence, s.attribution, s.page or "")
             for s in sources),
        )  # fmt: skip

    def _lines(
        self, sheet: Any, names: Sequence[str], wide: Sequence[int], lines: Iterable[Sequence[str]]
    ) -> None:
        for place, (name, width) in enumerate(zip(names, wide, strict=True)):
            sheet.set_column(place, place, width)
            sheet.write_string(0, place, self._say(f"print.{name}"), self.head)
        sheet.freeze_panes(1, 0)
        for row, line in enumerate(lines, start=1):
            sheet.set_row(row, _tall(zip(line, wide, strict=True)))
            for place, text in enumerate(line):
                sheet.write_string(row, place, text, self.plain)


def _tall(texts: Iterable[tuple[str, int]]) -> float:
    """Give the height of a row that shows all of its texts, in columns of some widths."""
    return LINE * max((ceil(len(text) * ROOM / wide) for text, wide in texts), default=1) or LINE


def _held(one: DataRow, name: str) -> float | str | None:
    """Give what a cell holds."""
    row, figure = one.row, one.row.figure
    theirs = row.against[0] if row.against else None
    numbers: dict[str, float | None] = {
        "value": figure.value,
        "low": figure.low,
        "high": figure.high,
        "their_value": theirs.figure.value if theirs else None,
    }
    if name in numbers:
        number = numbers[name]
        return None if number is None else float(number)
    known = row.figure.status.has_value and figure.low is None
    return {
        "label": row.label,
        "unit": one.unit,
        "interval": row.interval if known else "",
        "status": row.status_text,
        "beside": theirs.name if theirs else "",
        "verdict": theirs.verdict_text if theirs else "",
        "universe": one.universe,
        "period": one.period,
        "sources": one.sources,
        "cautions": " ; ".join(row.cautions),
    }[name]


def _safe(text: str) -> str:
    """Write a text into a foot, where an ampersand begins a code."""
    return text.replace("&", "&&")
