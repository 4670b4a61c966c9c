"""Reports as files: a study, a plan, a resilience portrait, by the press, in the form that an address asks for."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpResponse

from courtepointe.core.errors import NotFound
from courtepointe.doors.faces import paper_faces
from courtepointe.doors.site.documents import turn
from courtepointe.doors.site.views.exports import attached
from courtepointe.press.forms.registry import MEDIA, Form, Setting, write_publication
from courtepointe.press.hubs.report import StudyReport, study_publication

ENDINGS: Sequence[str] = (Form.PDF.value, Form.DOCX.value, Form.HTML.value)
"""Of a report: PDF to read and sign, Word to go on with, a page for any browser."""


def report_form(ending: str) -> Form:
    """Read the form of a report, or raise `NotFound` ``unknown_form``."""
    if ending not in ENDINGS:
        raise NotFound("unknown_form", value=ending, expected=", ".join(ENDINGS))
    return Form(ending)


def report_answer(told: StudyReport, form: Form, *, stem: str) -> HttpResponse:
    """Answer with a report as a file, once there is a turn to write it."""
    made = study_publication(told)
    with turn():
        content = write_publication(made, form, Setting(paper_faces(), paper="letter"))
    return attached(content, f"{stem}.{form.value}", MEDIA[form])
