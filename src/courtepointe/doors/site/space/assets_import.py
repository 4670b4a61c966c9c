"""Filled forms of telephones: brought, looked at, taken in or not; and the forms to fill."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from courtepointe.core.errors import CourtepointeError
from courtepointe.doors.site.errors import told as said
from courtepointe.doors.site.security import takes_photos
from courtepointe.doors.site.space.assets_forms import FilesForm
from courtepointe.doors.site.space.assets_told import joined
from courtepointe.doors.site.space.frame import (
    FORM,
    Space,
    acted,
    space_answer,
    space_page,
    status_of,
)
from courtepointe.formats.xlsform import write_xlsform
from courtepointe.places.assets.access import field_draft_to_take
from courtepointe.places.assets.actions import drop_files, keep_files, take_files
from courtepointe.places.assets.arriving import Arrived, arrived
from courtepointe.places.assets.lists import TITLES, categories
from courtepointe.places.assets.queries import arriving, field_draft, field_drafts_of
from courtepointe.places.collecting import field_form, field_forms

HERE = "space_assets"
SHOWN = 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@takes_photos
@space_page("write", methods=FORM)
def bring(request: HttpRequest, space: Space) -> HttpResponseBase:
    """Bring files of filled forms; list those that wait; give the forms."""
    posted = request.method == "POST"
    form = FilesForm(
        request.POST if posted else None, request.FILES if posted else None, lang=space.lang
    )

    def keep(typed: dict[str, Any]) -> str:
        files = [(one.name, one.read()) for one in typed["files"]]
        number = keep_files(space.seen.slug, form=typed["form"], files=files, by=space.by, now=space.now)  # fmt: skip
        return space.address("space_assets_brought", number=number)

    if done := acted(form, keep, lang=space.lang):
        return done
    titles = {code: one.form.title[space.lang] for code, one in field_forms().items()}
    drafts = field_drafts_of(space.seen.id, space.by, now=space.now)
    values = {
        "form": form,
        "titles": titles.items(),
        "waiting": [(one, titles.get(one.form, one.form)) for one in drafts],
    }
    return space_answer(request, space, "assets_import.html", values, here=HERE, status=status_of(form))  # fmt: skip


@space_page("write", methods=FORM)
def look(request: HttpRequest, space: Space, number: int) -> HttpResponseBase:
    """Show what files would bring; take it in, or drop it."""
    row, fault = field_draft_to_take(space.seen.slug, number, by=space.by, now=space.now), ""
    if request.method == "POST":
        try:
            return _acted(request, space, number)
        except CourtepointeError as error:
            fault = said(error, lang=space.lang)
    held, form = arrived(field_draft(row), row.form), field_form(row.form)
    values = {
        "fault": fault,
        "title": form.form.title[space.lang],
        "counts": arriving(space.seen.id, held.found, form),
        "faults": [said(one, lang=space.lang) for one in held.faults[:SHOWN]],
        "told": [said(one, lang=space.lang) for one in held.told[:SHOWN]],
        "brought": _brought(held, space),
        "n_photos": len(held.photos),
    }
    status = 400 if fault else 200
    return space_answer(request, space, "assets_brought.html", values, here=HERE, status=status)


def _brought(held: Arrived, space: Space) -> list[tuple[str, str, int]]:
    """Give the first contributions: name, sort, and how many clues a reviewer will look at."""
    return [
        (
            next((one.texts[name] for name in TITLES if one.texts.get(name)), "—"),
            joined(one.category, categories(one.form), space.lang),
            len(one.clues),
        )
        for one in held.found.contributions[:SHOWN]
    ]


def _acted(request: HttpRequest, space: Space, number: int) -> HttpResponseBase:
    if request.POST.get("do") == "drop":
        drop_files(space.seen.slug, number, by=space.by, now=space.now)
        return redirect(space.address("space_assets_bring"))
    taken = take_files(space.seen.slug, number, by=space.by, now=space.now)
    if taken.n_new or taken.n_corrected:
        return redirect(f"{space.address('space_history')}?batch={taken.batch}")
    return redirect(space.address(HERE))


@space_page("contribute")
def form_file(request: HttpRequest, space: Space, form: str) -> HttpResponseBase:
    """Give a form as a workbook to load into ODK or Kobo, titled with the workspace's name."""
    asked = field_form(form).form
    title = {lang: f"{text} · {space.seen.name}" for lang, text in asked.title.items()}
    answer = HttpResponse(write_xlsform(replace(asked, title=title)), content_type=XLSX)
    answer.headers["Content-Disposition"] = f'attachment; filename="{asked.id}.xlsx"'
    return answer
