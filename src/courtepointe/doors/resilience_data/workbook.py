"""A portrait as Excel: a sheet a table, numbers as numbers, codes in words, nothing that a spreadsheet would run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from courtepointe.doors.resilience_data.csvw import COLUMNS, columns_of
from courtepointe.doors.resilience_data.tables import TABLES, Told, rows_of
from courtepointe.formats.workbooks import Value
from courtepointe.people.bringing.written import free_name, looks, put, width_for, written
from courtepointe.people.lists import entries

DAYS = frozenset(
    {"since", "left_out", "said", "written", "superseded", "validated", "received", "made", "due", "day"}
)  # fmt: skip
Line = Sequence[Value]


def portrait_xlsx(told: Told, lang: str) -> bytes:
    """Write a portrait; the same object gives the same bytes."""

    def fill(book: Any) -> None:
        names: list[str] = []
        _sheet(book, names, _named("about", lang), (), _about(told, lang))
        for table in TABLES:
            columns = columns_of(table)
            rows = [_row(row, columns, told, lang) for row in rows_of(table, told, lang)]
            if rows:
                _sheet(book, names, _named(table, lang), [one[lang] for one in columns.values()], rows)  # fmt: skip

    return written(fill)


def _named(table: str, lang: str) -> str:
    return str(entries(COLUMNS)[table][lang])


def _sheet(book: Any, names: list[str], wanted: str, head: Sequence[str], rows: Sequence[Line]) -> None:  # fmt: skip
    names.append(free_name(wanted, names))
    sheet, top = book.add_worksheet(names[-1]), len(head) > 0
    bold, plain = book.add_format({"bold": True, "valign": "top"}), looks(book, {"valign": "top"})
    broken = book.add_format({"valign": "top", "num_format": "0.00"})
    for column, text in enumerate(head):
        put(sheet, 0, column, text, bold)
    for number, row in enumerate(rows, start=top):
        for column, value in enumerate(row):
            put(sheet, number, column, value, broken if _is_broken(value) else plain(value))
    for column, cells in enumerate(zip(*rows, strict=True)):
        texts = [f"{one:.2f}" if _is_broken(one) else str(one) for one in cells if one is not None]
        sheet.set_column(column, column, width_for([*head[column : column + 1], *texts]))
    if top:
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, len(rows), len(head) - 1)


def _is_broken(value: Value) -> bool:
    """Say whether a number has decimals: two are shown, and all are kept."""
    return isinstance(value, float) and not value.is_integer()


def _row(row: Mapping[str, Any], columns: Mapping[str, Mapping[str, str]], told: Told, lang: str) -> Line:  # fmt: skip
    return [_cell(name, row.get(name), one, told, lang) for name, one in columns.items()]


def _cell(name: str, held: Any, column: Mapping[str, str], told: Told, lang: str) -> Value:
    if held is None or held == "":
        return None
    if "words" in column:
        words = told["vocabulary"].get(column["words"], {}).get(held)
        return str(words[lang]) if words else str(held)
    if name in DAYS:
        return _day(held)
    return held if isinstance(held, bool | int | float) else str(held)


def _day(told: str) -> date:
    return datetime.fromisoformat(told).date()


def _about(told: Told, lang: str) -> list[Line]:
    """Give what the file is, a line a fact."""
    portrait, method = told["portrait"], told["method"]
    facts: dict[str, Value] = {
        "portrait": portrait["name"],
        "workspace": told["workspace"]["name"],
        "territory": portrait["territory"] and portrait["territory"]["name"],
        "begun": portrait["begun"] and _day(portrait["begun"]),
        "closed": portrait["closed"] and _day(portrait["closed"]),
        "taken": _day(told["made"]),
        "framework": told["framework"]["version"],
        "method": method["id"],
        "sha256": method["sha256"],
        "uid": portrait["uid"],
    }
    lines = entries(COLUMNS)["about"]["columns"]
    named: list[Line] = [(lines[name][lang], held) for name, held in facts.items() if held]
    return [*named, (None, lines["small"][lang]), (None, lines["total"][lang])]
