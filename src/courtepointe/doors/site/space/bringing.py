"""Bring a table in: choose its kind, look at how it was understood, put it right, take it in or not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from courtepointe.core.errors import BadInput, CourtepointeError
from courtepointe.doors.site.errors import told
from courtepointe.doors.site.gathering.calendar_brought import calendar_table, is_calendar
from courtepointe.doors.site.space.bringers import Bringer, bringer, offered_to
from courtepointe.doors.site.space.frame import FORM, Space, acted, space_answer, space_page
from courtepointe.formats.workbooks import Grid, Workbook, find_grids, read_workbook, text_of
from courtepointe.people.access import draft_to_take
from courtepointe.people.actions import drop_draft, keep_draft, match_draft, take_in
from courtepointe.people.bringing import (
    Matching,
    Remembered,
    Result,
    Shape,
    accepted,
    best_grid,
    caution_text,
    looked_at,
    propose_mapping,
    read_rows,
    shape,
    shown,
    whole_text,
    write_corrected,
    write_table,
)
from courtepointe.people.queries import brought, headings_remembered, imports_of, waiting_of
from courtepointe.people.queries.brought import Brought

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHOWN_FAULTS, SHOWN_UNDERSTOOD, SAMPLE = 200, 50, 3
HERE = "space_bring"


class TableForm(forms.Form):
    """A table to bring."""

    shape = forms.ChoiceField(label=_("What it lists"), choices=())
    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "Excel, LibreOffice or CSV, as it is; for activities, a calendar (.ics) too, what repeats in it for a year. The next page shows how it was understood, before anything is written."
        ),
    )

    def __init__(self, *args: Any, space: Space, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [(code, shape(code).said(space.lang)) for code in offered_to(space)]
        self.fields["shape"].choices = offered  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class Understanding:
    """A draft as it is read now: its workbook, the table chosen, the columns, the rows, the faults."""

    draft: Brought
    shape: Shape
    taker: Bringer
    workbook: Workbook
    grids: tuple[Grid, ...]
    grid: Grid
    matching: Matching
    result: Result
    place: str
    places: Sequence[tuple[str, str]]


@space_page("write", methods=FORM)
def bring(request: HttpRequest, space: Space) -> HttpResponseBase:
    """Bring a table; list those that wait, and the imports that may be undone."""
    posted = request.method == "POST"
    form = TableForm(
        request.POST if posted else None, request.FILES if posted else None, space=space
    )

    def keep(typed: dict[str, Any]) -> str:
        content, name = typed["file"].read(), typed["file"].name
        if is_calendar(content, file=name):
            content = calendar_table(
                content, file=name, asked=typed["shape"], lang=space.lang, now=space.now
            )
            name = f"{name}.xlsx"
        find_grids(read_workbook(content, file=name))
        number = keep_draft(
            space.seen.slug,
            shape=typed["shape"],
            file=name,
            content=content,
            by=space.by,
            now=space.now,
        )
        return space.address("space_brought", number=number)

    if done := acted(form, keep, lang=space.lang):
        return done
    kinds = {code: shape(code).said(space.lang) for code in offered_to(space)}
    values = {
        "form": form,
        "kinds": kinds.items(),
        "waiting": [
            (one, kinds.get(one.shape, one.shape))
            for one in waiting_of(space.seen.id, space.by, now=space.now)
        ],
        "imports": imports_of(space.seen.id),
    }
    status = 400 if form.is_bound and form.errors else 200
    return space_answer(request, space, "bring.html", values, here=HERE, status=status)


@space_page("write")
def empty_table(request: HttpRequest, space: Space, code: str) -> HttpResponseBase:
    """Give an empty table of a kind, with its headings and what each takes."""
    bringer(code, space)
    return _file(write_table(shape(code), lang=space.lang), f"{code}.xlsx")


def understanding(space: Space, number: int, *, into: str = "") -> Understanding:
    """Read a draft as its person has put it so far; ``into`` is where its rows are to go, of what may be chosen."""
    row = draft_to_take(space.seen.slug, number, by=space.by, now=space.now)
    draft = brought(row)
    wanted, taker = shape(draft.shape), bringer(draft.shape, space)
    places = taker.places(space) if taker.places else ()
    place = next((code for code, _name in places if code == into), places[0][0] if places else "")
    taker = taker.at(place) if taker.places else taker
    remembered = draft.matched or headings_remembered(space.seen.id, draft.shape)
    workbook = read_workbook(draft.content, file=draft.file)
    grids = tuple(find_grids(workbook))
    grid = _chosen(grids, wanted, remembered, draft)
    matching = propose_mapping(grid, wanted, remembered)
    result = read_rows(
        grid, matching, wanted, existing=taker.existing(space), today=localdate(space.now)
    )
    unfit, known = taker.look(space, result.every_row)
    result = looked_at(result, grid, unfit=unfit, known=known)
    return Understanding(
        draft, wanted, taker, workbook, grids, grid, matching, result, place, places
    )


def _chosen(
    grids: Sequence[Grid], wanted: Shape, remembered: Remembered | None, draft: Brought
) -> Grid:
    """Choose the table to read; where no heading speaks, the longest: its columns are said by hand."""
    asked = {"sheet": draft.sheet or None, "place": draft.place}
    try:
        return best_grid(grids, wanted, remembered=remembered, **asked)  # type: ignore[arg-type]
    except BadInput as error:
        if error.code != "bring_nothing_fits" or not grids:
            raise
        return max(grids, key=lambda grid: len(grid.rows))


@space_page("write", methods=FORM)
def look(request: HttpRequest, space: Space, number: int) -> HttpResponseBase:
    """Show how a table was understood; change which column is what; take it in, or drop it."""
    # The rows go where the page said, whichever plan was begun since.
    into, fault = request.POST.get("into") or request.GET.get("into", ""), ""
    seen = understanding(space, number, into=into)
    if request.method == "POST":
        try:
            return _acted(request.POST, space, seen)
        except CourtepointeError as error:
            fault = told(error, lang=space.lang)
    values = {**_shown(space, seen), "fault": fault}
    return space_answer(
        request, space, "brought.html", values, here=HERE, status=400 if fault else 200
    )


def _acted(typed: QueryDict, space: Space, seen: Understanding) -> HttpResponseBase:
    slug, number = space.seen.slug, seen.draft.number
    act = typed.get("do", "")
    if act == "drop":
        drop_draft(slug, number, by=space.by, now=space.now)
        return redirect(space.address(HERE))
    if act == "take":
        batch = _taken(typed, space, seen)
        return redirect(f"{space.address('space_history')}?batch={batch}")
    sheet, place = _table_asked(typed, seen)
    moved = (sheet, place) != (seen.grid.sheet, seen.grid.place)
    matched = Remembered(seen.shape.code, {}) if moved and typed.get("table") else _matched(typed, seen)  # fmt: skip
    match_draft(slug, number, sheet=sheet, place=place, matched=matched, by=space.by, now=space.now)
    into = typed.get("into", seen.place)
    more = f"?{urlencode({'into': into})}" if seen.places else ""
    return redirect(space.address("space_brought", number=number) + more)


def _table_asked(typed: QueryDict, seen: Understanding) -> tuple[str, int | None]:
    """Say which table of the workbook was asked for, by its number in the list."""
    asked = typed.get("table", "")
    tables = _tables(seen)
    if asked.isascii() and asked.isdecimal() and int(asked) < len(tables):
        sheet, place, _ = tables[int(asked)]
        return sheet, place
    return seen.draft.sheet, seen.draft.place


def _tables(seen: Understanding) -> list[tuple[str, int, bool]]:
    """List the tables of the workbook: sheet, place among those of the sheet, whether it is this one."""
    return [(grid.sheet, grid.place, grid == seen.grid) for grid in seen.grids]


def _matched(typed: QueryDict, seen: Understanding) -> Remembered:
    """Read which field each column was said to be; the last column said wins a field."""
    matching = seen.matching
    for column in seen.matching.columns:
        told_field = typed.get(f"column-{column.letters}")
        if told_field is None or told_field == column.field:
            continue
        if told_field and told_field not in seen.shape.by_code:
            raise BadInput("unknown_field", value=told_field, shape=seen.shape.code, expected=", ".join(seen.shape.by_code))  # fmt: skip
        matching = matching.changed(column.letters, told_field)
    days = {"day": True, "month": False}.get(typed.get("days", ""))
    return matching.with_days(first=days).remembered()


def _taken(typed: QueryDict, space: Space, seen: Understanding) -> str:
    skip = set(seen.result.faulty_rows) if typed.get("skip") else set()
    known: Any = typed.get("known", "refuse")
    rows = accepted(
        seen.result, skip_rows=skip, known=known if known in ("skip", "take") else "refuse"
    )
    if not rows:
        raise BadInput("bring_no_rows", file=seen.draft.file)
    batch, _ = take_in(
        space.seen.slug,
        seen.draft.number,
        lambda workspace, batch: seen.taker.bring(space, rows, batch),
        matched=seen.matching.remembered(),
        by=space.by,
        now=space.now,
    )
    return batch


def _shown(space: Space, seen: Understanding) -> dict[str, Any]:
    result, lang = seen.result, space.lang
    fields = seen.shape.by_code
    return {
        "draft": seen.draft,
        "kind": seen.shape.said(lang),
        "sheet": seen.grid.sheet,
        "place": seen.place,
        "places": seen.places,
        "tables": list(enumerate(_tables(seen))) if len(seen.grids) > 1 else [],
        "columns": [
            (one, [text_of(row[one.place]) for row in seen.grid.rows[:SAMPLE]])
            for one in seen.matching.columns
        ],
        "fields": [(field.code, field.said(lang), field.required) for field in seen.shape.fields],
        "lacking": [fields[code].said(lang) for code in result.lacking],
        "n_rows": result.n_rows,
        "n_clean": len(result.rows),
        "n_faulty": len(result.faulty_rows),
        "n_known": len(result.known),
        "faults": [
            (one, text_of(one.value), whole_text(one, seen.shape, lang=lang))
            for one in result.faults[:SHOWN_FAULTS]
        ],
        "n_faults": len(result.faults),
        "understood": [
            (one, text_of(one.value), shown(one.read, fields[one.field], lang=lang))
            for one in result.understood[:SHOWN_UNDERSTOOD]
        ],
        "n_understood": len(result.understood),
        "cautions": [caution_text(one, lang=lang) for one in result.cautions],
        "left_out": len(result.left_out),
        "days": {True: "day", False: "month", None: ""}[seen.matching.day_first],
    }


@space_page("write")
def corrected(request: HttpRequest, space: Space, number: int) -> HttpResponseBase:
    """Give the person's file back, its faulty cells coloured, each with what is wrong."""
    seen = understanding(space, number, into=request.GET.get("into", ""))
    content = write_corrected(seen.workbook, seen.result, seen.shape, lang=space.lang)
    return _file(content, f"{seen.draft.shape}-a-corriger.xlsx" if space.lang == "fr" else f"{seen.draft.shape}-to-correct.xlsx")  # fmt: skip


def _file(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=XLSX)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
