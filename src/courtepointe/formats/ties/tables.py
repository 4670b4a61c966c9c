"""Organisations and ties from tables (CSV, XLSX), and as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from courtepointe.core.errors import BadInput
from courtepointe.formats.tables.plain import as_typed, plain_text
from courtepointe.formats.tables.read import read_table
from courtepointe.formats.tables.values import Table
from courtepointe.formats.ties.gathered import (
    ORGANISATION_FIELDS,
    TIE_FIELDS,
    Cells,
    Faults,
    organisations_of,
    roll_of,
    ties_of,
)
from courtepointe.formats.ties.values import NamedTie, Organisation, Read, Survey
from courtepointe.formats.ties.vocabulary import Vocabulary, cleaned, vocabulary

BOM = "\ufeff"


def read_organisations(path: Path) -> Read:
    """Read organisations: a name each; a code, a sector and whether it answered if they are there.

    Parameters
    ----------
    path : Path
        CSV (any of four delimiters; UTF-8 with or without a mark, or cp1252) or XLSX.

    Returns
    -------
    Read
        A survey without ties, or every fault: ``ties_lacks``, ``ties_value``,
        ``ties_organisation_twice``. A code that is not given is the name.

    Raises
    ------
    BadInput
        As `read_table`; ``ties_columns``.
    """
    table = read_table(path)
    rows, faults, ignored = _rows(table, ORGANISATION_FIELDS, needed=("name",))
    made = organisations_of(rows, faults, vocabulary())
    if faults.found:
        return Read(None, tuple(faults.found), ignored=ignored)
    return Read(Survey(made, ()), ignored=ignored)


def read_ties(path: Path, organisations: Iterable[Organisation]) -> Read:
    """Read who names whom, by code or by name.

    Parameters
    ----------
    path : Path
        As for `read_organisations`.
    organisations : iterable of Organisation

    Returns
    -------
    Read
        The organisations with their ties, or every fault: ``ties_lacks``, ``ties_value``,
        ``ties_unknown``, ``ties_unknown_near``, ``ties_self``, ``ties_tie_twice``.

    Raises
    ------
    BadInput
        As `read_table`; ``ties_columns``.
    """
    held = tuple(organisations)
    table = read_table(path)
    rows, faults, ignored = _rows(table, TIE_FIELDS, needed=("from", "to"))
    ties, repeated = ties_of(rows, roll_of(held), faults, vocabulary())
    if faults.found:
        return Read(None, tuple(faults.found), ignored=ignored)
    return Read(Survey(held, ties), n_repeated=repeated, ignored=ignored)


def _rows(
    table: Table, fields: Sequence[str], *, needed: Sequence[str]
) -> tuple[list[tuple[int | str, Cells]], Faults, tuple[str, ...]]:
    """Give each row by field, where faults are noted, and the columns that no field claims."""
    words = vocabulary()
    claimed: dict[str, str] = {}
    for heading in table.columns:
        name = words.field_of(heading, fields)
        if name is not None and name not in claimed:
            claimed[name] = heading
    lacking = [name for name in needed if name not in claimed]
    if lacking:
        told = " / ".join(_headings(lacking, words, lang) for lang in ("fr", "en"))
        raise BadInput(
            "ties_columns", file=table.file, value=", ".join(table.columns), expected=told
        )
    columns = {name: table.texts(heading) for name, heading in claimed.items()}
    rows: list[tuple[int | str, Cells]] = [
        (int(row), {name: cleaned(as_typed(cells[place] or "")) for name, cells in columns.items()})
        for place, row in enumerate(table.row_numbers.tolist())
    ]
    ignored = tuple(one for one in table.columns if one not in claimed.values())
    return rows, Faults(table.file, claimed), ignored


def _headings(fields: Iterable[str], words: Vocabulary, lang: str) -> str:
    return ", ".join(words.written[lang][name] for name in fields)


def organisations_csv(organisations: Iterable[Organisation], *, lang: str) -> str:
    """Write organisations as CSV in a language, with the mark that spreadsheets read accents by."""
    words = vocabulary()
    yes, no = words.answers[lang]
    rows = (
        (one.code, one.name, one.sector,
         "" if one.answered is None else yes if one.answered else no)
        for one in organisations
    )  # fmt: skip
    return _csv([words.written[lang][name] for name in ORGANISATION_FIELDS], rows)


def ties_csv(survey: Survey, *, lang: str, with_trust: bool = False) -> str:
    """Write who names whom as CSV in a language, by code and with names beside.

    Trust is left out unless it is asked for: it is for the evaluator only.
    """
    words = vocabulary()
    fields = TIE_FIELDS if with_trust else TIE_FIELDS[:-1]
    names = {one.code: one.name for one in survey.organisations}
    headings = [words.written[lang][name] for name in fields]
    beside = [f"{words.written[lang]['name']} ({headings[side]})" for side in (0, 1)]
    rows = (
        (*_tie_cells(tie, words, lang)[: len(fields)], names[tie.from_code], names[tie.to_code])
        for tie in survey.ties
    )
    return _csv([*headings, *beside], rows)


def _tie_cells(tie: NamedTie, words: Vocabulary, lang: str) -> tuple[str, ...]:
    often = words.frequencies[lang][tie.frequency - 1] if tie.frequency else ""
    trust = words.trusts[lang][tie.trust - 1] if tie.trust else ""
    kind = words.kinds[tie.kind][lang] if tie.kind else ""
    return tie.from_code, tie.to_code, kind, often, trust


def _csv(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(headings)
    writer.writerows([plain_text(cell) for cell in row] for row in rows)
    return BOM + out.getvalue()
