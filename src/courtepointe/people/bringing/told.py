"""A result told: as lines for a terminal, as plain values for JSON and for a page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from courtepointe.formats.workbooks import Grid, text_of
from courtepointe.people.bringing.folding import fingerprint
from courtepointe.people.bringing.result import CellFault, Result, Understood
from courtepointe.people.bringing.shape import Shape
from courtepointe.people.bringing.words import (
    HIDDEN,
    caution_text,
    fault_text,
    say,
    shown,
    whole_text,
)


def columns_told(result: Result, shape: Shape, *, lang: str) -> Iterator[tuple[str, ...]]:
    """Tell each column: letters, heading, field, why, how sure."""
    for one in result.matching.columns:
        field = shape.by_code[one.field].said(lang) if one.field else "—"
        sure = f"{one.confidence:.2f}" if one.field else ""
        yield one.letters, one.heading, field, say("reason", one.reason, lang=lang), sure


def faults_told(
    result: Result, shape: Shape, *, lang: str, sealed: bool, most: int
) -> Iterator[tuple[str, str]]:
    """Tell the first faults: address, and what is wrong."""
    for fault in result.faults[:most]:
        yield fault.address, whole_text(fault, shape, lang=lang, sealed=sealed)


def tables_told(grids: Iterable[Grid], read: Grid) -> list[dict[str, Any]]:
    """Tell all tables of a workbook, and which one was read."""
    return [
        {"sheet": one.sheet, "place": one.place, "rows": len(one), "hidden": one.hidden,
         "header_rows": list(one.header_rows), "titles": list(one.titles), "read": one is read}
        for one in grids
    ]  # fmt: skip


def result_told(result: Result, shape: Shape, *, lang: str, sealed: bool) -> dict[str, Any]:
    """Tell all of a result but its clean rows; what cells of personal fields hold is hidden where asked."""
    return {
        "file": result.file,
        "sheet": result.sheet,
        "shape": result.shape,
        "fingerprint": fingerprint(one.heading for one in result.matching.columns),
        "rows": {"read": result.n_rows, "clean": len(result.rows), "faulty": len(result.faulty_rows)},
        "columns": [
            {"column": one.letters, "heading": one.heading, "field": one.field, "reason": one.reason,
             "confidence": one.confidence}
            for one in result.matching.columns
        ],
        "lacking": list(result.lacking),
        "faults": [_fault(one, shape, lang, sealed) for one in result.faults],
        "understood": [_understood(one, shape, lang, sealed) for one in result.understood],
        "left_out": [{"row": one.row, "why": one.why, "text": one.text} for one in result.left_out],
        "blank_rows": list(result.blank_rows),
        "known": [{"row": one.row, "fields": list(one.fields)} for one in result.known],
        "cautions": [
            {"code": one.code, "column": one.column, "n": one.n, "sentence": caution_text(one, lang=lang)}
            for one in result.cautions
        ],
    }  # fmt: skip


def _fault(fault: CellFault, shape: Shape, lang: str, sealed: bool) -> dict[str, Any]:
    hidden = sealed and shape.by_code[fault.field].sealed
    return {
        "sheet": fault.sheet, "row": fault.row, "column": fault.column, "heading": fault.heading,
        "field": fault.field, "value": HIDDEN if hidden else text_of(fault.value), "code": fault.code,
        "expected": fault.expected, "suggestion": "" if hidden else fault.suggestion,
        "first_row": fault.first_row,
        "sentence": fault_text(fault, shape, lang=lang, sealed=sealed),
    }  # fmt: skip


def _understood(one: Understood, shape: Shape, lang: str, sealed: bool) -> dict[str, Any]:
    field = shape.by_code[one.field]
    hidden = sealed and field.sealed
    return {
        "row": one.row, "column": one.column, "field": one.field, "why": one.why,
        "value": HIDDEN if hidden else text_of(one.value),
        "read": HIDDEN if hidden else shown(one.read, field, lang=lang),
    }  # fmt: skip
