"""Read an XLSForm that somebody brings: all of it, or what is wrong with it, cell by cell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from courtepointe.core.errors import BadInput
from courtepointe.formats.xlsform.cells import CHOICES, SURVEY, cells_of
from courtepointe.formats.xlsform.headings import (  # fmt: skip
    KEPT,
    TRANSLATED,
    language_named,
    languages_in,
    parted,
)
from courtepointe.formats.xlsform.names import name_from
from courtepointe.formats.xlsform.sheets import Sheet, read_sheets
from courtepointe.formats.xlsform.survey import YES, SurveyReader
from courtepointe.formats.xlsform.values import Choice, Language, Part, XlsForm
from courtepointe.formats.xlsform.write import TITLES

CONSENT = "consent"
TWICE = "allow_choice_duplicates"
SETTINGS = ("form_title", "form_id", "version", "default_language")


@dataclass(frozen=True, slots=True)
class FormRead:
    """What a workbook held.

    Attributes
    ----------
    form : XlsForm or None
        None where anything is wrong: nothing is half read.
    faults : tuple of BadInput
        Each with the file, the sheet, the row, the column, the value.
    unknown : tuple of (sheet, heading)
        Columns that the standard does not know, which are kept; and sheets, with an empty heading,
        which are left out.
    """

    form: XlsForm | None
    faults: tuple[BadInput, ...]
    unknown: tuple[tuple[str, str], ...]


def read_xlsform(path: Path) -> FormRead:
    """Read a form from a workbook.

    Parameters
    ----------
    path : Path
        XLSX or XLS with the sheets survey, choices (where lists are used) and settings (optional).

    Raises
    ------
    BadInput
        Where it cannot be read at all, as `courtepointe.formats.xlsform.sheets.read_sheets`.

    Notes
    -----
    Expressions are checked for their parentheses, quotes and names only. Columns that say how a
    question is shown are kept as they are. A form asks for consent where its first question has a
    name that begins with ``consent``.
    """
    sheets, others = read_sheets(path)
    faults: list[BadInput] = []
    settings = _settings(sheets.get("settings"))
    twice = settings.get(TWICE, "").casefold() in YES
    choices = _choices(sheets.get("choices", Sheet("choices")), path.name, faults, twice=twice)
    survey = SurveyReader(sheets["survey"], choices, file=path.name)
    parts = survey.parts()
    faults += survey.faults
    languages = _languages(sheets.values(), settings, path.name, faults)
    if not parts and not faults:
        faults.append(BadInput("xlsform_empty", file=path.name))
    unknown = (*_unknown(sheets), *((name, "") for name in others))
    form = None if faults else _form(parts, choices, languages, settings, path.stem)
    return FormRead(form, tuple(faults), unknown)


def _choices(
    sheet: Sheet, file: str, faults: list[BadInput], *, twice: bool
) -> dict[str, tuple[Choice, ...]]:
    found: dict[str, list[Choice]] = {}
    for row in sheet.rows:
        cells = cells_of(row, read=CHOICES)
        name, listed = cells.get("name"), cells.get("list_name")
        at = {"file": file, "sheet": sheet.name, "row": row.number}
        if not listed or not name:
            column = "name" if listed else "list_name"
            faults.append(BadInput("xlsform_cell_empty", **at, column=column))
            continue
        held = found.setdefault(listed, [])
        if not twice and any(name == other.name for other in held):
            faults.append(BadInput("xlsform_choice_repeated", **at, column="name", value=name, expected=listed))  # fmt: skip
        if " " in name:
            faults.append(BadInput("xlsform_choice_name", **at, column="name", value=name, expected=name_from(name)))  # fmt: skip
        held.append(Choice(name, cells.text("label"), cells.more))
    return {listed: tuple(held) for listed, held in found.items()}


def _settings(sheet: Sheet | None) -> dict[str, str]:
    if sheet is None or not sheet.rows:
        return {}
    told = sheet.rows[0].cells.items()
    return {
        column if (column := parted(head)[0]) in SETTINGS else head: cell for head, cell in told
    }


def _languages(
    sheets: Iterable[Sheet], settings: Mapping[str, str], file: str, faults: list[BadInput]
) -> tuple[Language, ...]:
    """Give the languages, the one that is shown first before the others."""
    first = settings.get("default_language", "")
    found = languages_in(heading for sheet in sheets for heading in sheet.headings)
    if not found:
        return (language_named(""),)
    wanted = language_named(first).code if first else found[0].code
    if wanted not in {one.code for one in found}:
        expected = ", ".join(one.heading or "label" for one in found)
        faults.append(
            BadInput(
                "xlsform_language", file=file, sheet="settings", row=2, column="default_language",
                value=first, expected=expected,
            )
        )  # fmt: skip
    return tuple(sorted(found, key=lambda one: one.code != wanted))


def _form(
    parts: tuple[Part, ...],
    choices: Mapping[str, tuple[Choice, ...]],
    languages: tuple[Language, ...],
    settings: Mapping[str, str],
    stem: str,
) -> XlsForm:
    more = {name: cell for name, cell in settings.items() if name not in SETTINGS}
    form_id = settings.get("form_id") or name_from(stem)
    titles = _titles(settings.get("form_title") or form_id, languages)
    form = XlsForm(form_id, settings.get("version", ""), titles, languages, parts, choices, more)
    first = form.first_asked
    return replace(form, consent=first) if first.startswith(CONSENT) else form


def _titles(title: str, languages: tuple[Language, ...]) -> dict[str, str]:
    """Part a title that says itself in each language; else all languages have the one."""
    parts = title.split(TITLES)
    if len(parts) != len(languages):
        parts = [title] * len(languages)
    return {one.code: part for one, part in zip(languages, parts, strict=True)}


def _unknown(sheets: Mapping[str, Sheet]) -> Iterator[tuple[str, str]]:
    known = {"survey": SURVEY | KEPT | {*TRANSLATED}, "choices": CHOICES | KEPT | {*TRANSLATED}}
    for name, columns in known.items():
        for heading in sheets.get(name, Sheet(name)).headings:
            if parted(heading)[0] not in columns:
                yield name, heading
