"""Files of a programme: its chronology as CSV, its communications plan as Excel. No clock, no person."""

from __future__ import annotations

import csv
import io
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

import xlsxwriter

from courtepointe.engagement.programme.path import FOLDER, choices, stages, strands, usual_phases
from courtepointe.engagement.programme.values import (
    Achievement,
    Card,
    Communication,
    Phase,
    Run,
)
from courtepointe.formats.tables.plain import plain_text
from courtepointe.press.csv import BOM
from courtepointe.press.forms.settled import settled
from courtepointe.press.palette import LIGHT
from courtepointe.press.words import typeset

WIDTHS = {"message": 48, "languages": 22, "seen_after": 40, "audience": 26, "carrier": 24}
CREATED = datetime(2000, 1, 1, tzinfo=UTC)
CHRONOLOGY = ("kind", "title", "strand", "state", "planned_start", "planned_end", "real_start", "real_end")  # fmt: skip
COMMUNICATIONS = ("audience", "message", "channel", "languages", "on", "carrier", "state", "sent_on", "seen_after")  # fmt: skip


@cache
def _heads() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    return tomllib.loads((FOLDER / "exports.toml").read_text(encoding="utf-8"))


def _head(table: str, name: str, lang: str) -> str:
    return _heads()[table][name][lang]


def chosen(list_name: str, code: str, *, lang: str) -> str:
    """Say a choice in a language; one that is known no more is given as its code."""
    known = choices(list_name)
    return typeset(known[code].in_(lang), lang=lang) if code in known else code


def stage_title(card: Card, *, lang: str) -> str:
    """Say a stage: the path's own in either language, a sector's in its words."""
    known = stages().get(card.stage)
    return typeset(known.title.in_(lang), lang=lang) if known else card.title or card.stage


def phase_title(phase: Phase, *, lang: str) -> str:
    """Say a phase: its own title, else the usual one's."""
    known = usual_phases().get(phase.code)
    if phase.title or known is None:
        return phase.title or phase.code
    return typeset(known.title.in_(lang), lang=lang)


def _day(day: date | None) -> str:
    return "" if day is None else day.isoformat()


def _chronology(
    run: Run,
    phases: Iterable[Phase],
    cards: Iterable[Card],
    achievements: Iterable[Achievement],
    lang: str,
) -> Iterable[tuple[str, ...]]:
    yield ("programme", run.name, "", "", _day(run.starts), _day(run.ends), "", _day(run.closed))
    for phase in phases:
        planned = (_day(phase.starts), _day(phase.ends), _day(phase.began), _day(phase.ended))
        yield ("phase", phase_title(phase, lang=lang), "", "", *planned)
    for card in cards:
        strand = strands().get(card.strand)
        yield (
            "own_stage" if card.is_own else "stage",
            stage_title(card, lang=lang),
            strand.title.in_(lang) if strand else card.strand,
            chosen("states", card.state, lang=lang),
            "",
            _day(card.due),
            _day(card.began),
            _day(card.done_on),
        )
    for one in achievements:
        yield ("achievement", one.title, "", "", "", "", _day(one.on), _day(one.on))


def chronology_csv(
    run: Run,
    *,
    phases: Iterable[Phase],
    cards: Iterable[Card],
    achievements: Iterable[Achievement],
    lang: str,
) -> str:
    """Write what was planned and what was, one row a phase, a stage or an achievement; days are ISO."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(_head("chronology", name, lang) for name in CHRONOLOGY)
    for kind, *cells in _chronology(run, phases, cards, achievements, lang):
        writer.writerow([_head("kinds", kind, lang), *map(plain_text, cells)])
    return BOM + out.getvalue()


def _told(row: Communication, name: str, lang: str) -> Any:
    value = getattr(row, name)
    lists = {"audience": "audiences", "channel": "channels", "carrier": "carriers", "state": "communication_states"}  # fmt: skip
    if name == "languages":
        return ", ".join(chosen("languages", code, lang=lang) for code in value)
    return chosen(lists[name], value, lang=lang) if name in lists and value else value


def communications_xlsx(rows: Sequence[Communication], *, title: str, lang: str) -> bytes:
    """Write the communications plan as one sheet; the same plan gives the same bytes."""
    out = io.BytesIO()
    # Nothing that a person wrote may become a formula or a link.
    book = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )  # fmt: skip
    book.set_properties({"title": title, "author": "Courtepointe", "created": CREATED})
    line = {"border": 1, "border_color": LIGHT.rule, "valign": "top", "text_wrap": True}
    plain, day = book.add_format(line), book.add_format(line | {"num_format": "yyyy-mm-dd"})
    head = book.add_format(line | {"bold": True, "bg_color": LIGHT.raised})
    sheet = book.add_worksheet(_head("communications", "sheet", lang))
    for column, name in enumerate(COMMUNICATIONS):
        sheet.set_column(column, column, WIDTHS.get(name, 16))
        sheet.write_string(0, column, _head("communications", name, lang), head)
        for i, row in enumerate(rows, start=1):
            _write(sheet, i, column, _told(row, name, lang), plain, day)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(len(rows), 1), len(COMMUNICATIONS) - 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    book.close()
    return settled(out.getvalue())


def _write(sheet: Any, row: int, column: int, told: object, plain: Any, day: Any) -> None:
    if told is None or told == "":
        sheet.write_blank(row, column, None, plain)
    elif isinstance(told, date):
        sheet.write_datetime(row, column, datetime(told.year, told.month, told.day), day)
    else:
        sheet.write_string(row, column, str(told), plain)
