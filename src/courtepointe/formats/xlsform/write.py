"""Write a form as an XLSForm: a workbook with the sheets survey, choices and settings."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence

import openpyxl
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.worksheet import Worksheet

from courtepointe.formats.whole import zipped
from courtepointe.formats.xlsform.headings import TRANSLATED, translated
from courtepointe.formats.xlsform.values import Choice, Group, Language, Part, Question, XlsForm

Row = dict[str, str]
TITLES = " / "
"""Between the titles of the languages: a form has one title only."""
WIDTHS = {"type": 28, "name": 26, "label": 60, "hint": 50, "relevant": 36}
USUAL_WIDTH = 22
ORDER = (
    "list_name", "type", "name", "label", "hint", "required", "relevant", "constraint",
    "constraint_message", "calculation", "appearance", "default", "repeat_count", "form_title",
    "form_id", "version", "default_language",
)  # fmt: skip
CLOCK = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


def sheets_of(form: XlsForm) -> dict[str, list[Row]]:
    """Give the rows of the three sheets, a mapping from heading to cell each.

    Notes
    -----
    Only filled cells are in a row. A form has one title: those of all languages stand in it, the
    default language first.
    """
    survey = [row for part in form.parts for row in _part_rows(part, form.languages)]
    choices = [
        _choice_row(name, choice, form.languages)
        for name, listed in form.choices.items()
        for choice in listed
    ]
    titles = [form.title[one.code] for one in form.languages if form.title.get(one.code)]
    settings = {
        "form_title": TITLES.join(dict.fromkeys(titles)), "form_id": form.id, "version": form.version,
        "default_language": form.languages[0].heading, **form.settings,
    }  # fmt: skip
    return {"survey": survey, "choices": choices, "settings": [_filled(settings)]}


def _part_rows(part: Part, languages: Sequence[Language]) -> Iterator[Row]:
    if isinstance(part, Question):
        yield _question_row(part, languages)
        return
    word = "repeat" if part.repeat else "group"
    yield _group_row(f"begin_{word}", part, languages)
    for inner in part.parts:
        yield from _part_rows(inner, languages)
    yield {"type": f"end_{word}"}


def _group_row(begin: str, group: Group, languages: Sequence[Language]) -> Row:
    return _filled(
        {
            "type": begin, "name": group.name, **_texts("label", group.label, languages),
            "relevant": group.relevant, "repeat_count": group.count, "appearance": group.appearance,
            **group.more,
        }
    )  # fmt: skip


def _question_row(question: Question, languages: Sequence[Language]) -> Row:
    kind = " ".join(filter(None, (question.kind, question.choices, "or_other" * question.or_other)))
    texts = [_texts(column, getattr(question, column), languages) for column in TRANSLATED]
    return _filled(
        {
            "type": kind, "name": question.name, **texts[0], **texts[1],
            "required": "yes" * question.required, "relevant": question.relevant,
            "constraint": question.constraint, **texts[2], "calculation": question.calculation,
            "appearance": question.appearance, "default": question.default, **question.more,
        }
    )  # fmt: skip


def _choice_row(name: str, choice: Choice, languages: Sequence[Language]) -> Row:
    label = _texts("label", choice.label, languages)
    return _filled({"list_name": name, "name": choice.name, **label, **choice.more})


def _texts(column: str, told: Mapping[str, str], languages: Sequence[Language]) -> Row:
    return {translated(column, one): told.get(one.code, "") for one in languages}


def _filled(row: Row) -> Row:
    return {heading: cell for heading, cell in row.items() if cell}


def write_xlsform(form: XlsForm) -> bytes:
    """Write a form as XLSX; the same form gives the same bytes.

    Parameters
    ----------
    form : XlsForm
    """
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets_of(form).items():
        _write_sheet(book.create_sheet(name), rows)
    out = io.BytesIO()
    book.save(out)
    return _without_clock(out.getvalue())


def _write_sheet(sheet: Worksheet, rows: Sequence[Row]) -> None:
    headings = sorted(dict.fromkeys(heading for row in rows for heading in row), key=_rank)
    for n_column, heading in enumerate(headings, start=1):
        head = sheet.cell(1, n_column, heading)
        head.font = Font(bold=True)
        letter = head.column_letter
        sheet.column_dimensions[letter].width = WIDTHS.get(heading.split("::")[0], USUAL_WIDTH)
        for n_row, row in enumerate(rows, start=2):
            if heading in row:
                cell = sheet.cell(n_row, n_column, row[heading])
                # Text, even where it begins like a formula.
                cell.data_type = "s"
                cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "C2" if sheet.title == "survey" else "A2"


def _rank(heading: str) -> int:
    column = heading.split("::")[0]
    return ORDER.index(column) if column in ORDER else len(ORDER)


def _without_clock(book: bytes) -> bytes:
    """Write the workbook again without the hour at which it was made."""
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        parts = [(name, archive.read(name)) for name in archive.namelist()]
    return zipped(
        (name, CLOCK.sub(rb"\g<1>1980-01-01T00:00:00Z", part) if name.startswith("docProps/") else part)
        for name, part in parts
    )  # fmt: skip
