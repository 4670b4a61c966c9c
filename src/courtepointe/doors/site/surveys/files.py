"""What of a survey leaves and comes as a file: the form for ODK and Kobo, the sheet to print, filled forms, results."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.timezone import localdate

from courtepointe.core.errors import BadInput
from courtepointe.doors.faces import paper_faces
from courtepointe.doors.site.errors import told
from courtepointe.doors.site.space.frame import (
    FORM,
    Space,
    acted,
    keys,
    space_answer,
    space_page,
    status_of,
)
from courtepointe.doors.site.surveys.forms import SheetsFileForm
from courtepointe.doors.site.surveys.frame import (
    HERE,
    PAGES,
    head_of,
    in_language,
    opened,
    values_of,
    when_text,
)
from courtepointe.doors.site.surveys.public import asked_language
from courtepointe.doors.site.views.exports import attached
from courtepointe.formats.xlsform import write_xlsform
from courtepointe.portraits.surveys.actions import take_sheets
from courtepointe.portraits.surveys.asked import CLOSED, STATUSES, Asked
from courtepointe.portraits.surveys.values import SurveySeen
from courtepointe.portraits.surveys.xlsform import brought_from, form_of
from courtepointe.press.surveys import PaperForm, PaperQuestion, write_form

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHOWN = 100


def stem(space: Space, number: int) -> str:
    """Begin the name of a file of a survey."""
    return f"{space.seen.slug}-{'sondage' if space.lang == 'fr' else 'survey'}-{number}"


@space_page("read")
def xlsform(request: HttpRequest, space: Space, number: int) -> HttpResponseBase:
    """Give the survey as a form that ODK and Kobo load."""
    seen, _held = opened(space, number)
    if not seen.questions:
        raise BadInput("survey_paper_empty")
    return attached(write_xlsform(form_of(seen)), f"{stem(space, number)}.xlsx", XLSX)


@space_page("read")
def paper(request: HttpRequest, space: Space, number: int) -> HttpResponseBase:
    """Print the form, in one of the survey's languages."""
    seen, _held = opened(space, number)
    lang = asked_language(request, seen)
    head = head_of(seen, lang)
    made = PaperForm(
        title=head["title"],
        intro=head["intro"],
        consent=head["consent"],
        agree=head["agree"],
        about=head["about"],
        workspace=space.seen.name,
        mark=f"{space.seen.slug}:{number}",
        made=localdate(space.now),
        lang=lang,
        questions=tuple(_question(seen, one, lang) for one in seen.questions),
    )
    answer = HttpResponse(write_form(made, fonts=paper_faces()), content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="{stem(space, number)}-{lang}.pdf"'
    return answer


def _question(seen: SurveySeen, one: Asked, lang: str) -> PaperQuestion:
    options: tuple[str, ...] = ()
    if one.kind in CLOSED:
        options = tuple(in_language(each.texts, lang) for each in one.options)
        options += tuple(head_of(seen, lang)[status] for status in STATUSES)
    lines = {"number": 1, "text": 2}.get(one.kind, 0)
    text = in_language(one.texts, lang)
    return PaperQuestion(text, options, one.kind == "several", lines, when_text(seen, one, lang), one.about)  # fmt: skip


@space_page("write", methods=FORM)
def bring(request: HttpRequest, space: Space, number: int) -> HttpResponseBase:
    """Take in a file of filled forms: all of it, or nothing with what is wrong."""
    seen, held = opened(space, number)
    form = SheetsFileForm(request.POST or None, request.FILES or None)
    faults: list[BadInput] = []
    done: dict[str, Any] = {}

    def act(typed: dict[str, Any]) -> None:
        file = typed["file"]
        with tempfile.TemporaryDirectory() as folder:
            where = Path(folder) / Path(file.name).name
            where.write_bytes(file.read())
            brought, found, n_unagreed = brought_from([where], seen)
        faults.extend(found)
        if not found:
            n_new, n_held, n_empty = take_sheets(space.seen.slug, number, brought, why=file.name[-100:], **keys(space))  # fmt: skip
            done.update(n_new=n_new, n_held=n_held, n_empty=n_empty, n_unagreed=n_unagreed)

    acted(form, act, lang=space.lang)
    values = {
        **values_of(space, seen, held), "form": form, "done": done,
        "faults": [told(one, lang=space.lang) for one in faults[:SHOWN]],
        "n_more": max(len(faults) - SHOWN, 0),
    }  # fmt: skip
    status = 400 if faults else status_of(form)
    return space_answer(request, space, f"{PAGES}import.html", values, here=HERE, status=status)
