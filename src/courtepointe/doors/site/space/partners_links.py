"""Links of the survey, shown once; files of the network, in and out."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse

from courtepointe.core.errors import BadInput, CourtepointeError, NotFound
from courtepointe.doors.site.errors import told
from courtepointe.doors.site.space.frame import (
    FORM,
    Space,
    acted,
    space_answer,
    space_page,
    status_of,
)
from courtepointe.doors.site.space.partners_forms import NetworkFileForm, OrganisationsFileForm
from courtepointe.engagement.partners.access import ties_to
from courtepointe.engagement.partners.actions import (
    make_links,
    renew_link,
    take_organisations,
    take_survey,
    take_ties,
)
from courtepointe.engagement.partners.files import FORMS, read_file, written
from courtepointe.engagement.partners.queries import (
    asked_in,
    organisations_listed,
    survey_of,
    wave_of,
)
from courtepointe.engagement.partners.survey import roles
from courtepointe.formats.ties import Read, Survey
from courtepointe.people.access import workspace_to

HERE = "space_network"
SHOWN = 200
SILENT = "silent"
"""Asks for a new link for each organisation that has not answered."""


@space_page("write", methods=FORM)
def links(request: HttpRequest, space: Space, number: int) -> HttpResponseBase:
    """Say who is asked and who answered; make links, which are shown on this answer alone."""
    seen, fault = wave_of(space.seen.id, number), ""
    made: list[tuple[str, str]] = []
    if request.method == "POST":
        try:
            made = _made(request, space, number)
        except CourtepointeError as error:
            fault = told(error, lang=space.lang)
    asked = asked_in(space.seen.id, number)
    values = {
        "wave": seen,
        "fault": fault,
        "made": [(name, request.build_absolute_uri(reverse("survey", args=[secret]))) for name, secret in made],
        "asked": [(one, roles()[one.role].in_(space.lang) if one.role in roles() else "") for one in asked],
        "some_silent": any(one.has_link and one.answered is None for one in asked),
    }  # fmt: skip
    status = 400 if fault else 200
    return space_answer(request, space, "partners_links.html", values, here=HERE, status=status)


def _made(request: HttpRequest, space: Space, number: int) -> list[tuple[str, str]]:
    renewed = request.POST.get("renew", "")
    if renewed in ("", SILENT):
        again = renewed == SILENT
        return make_links(space.seen.slug, number, again=again, by=space.by, now=space.now)
    if not (renewed.isascii() and renewed.isdecimal() and len(renewed) < 18):
        raise NotFound("unknown_survey_link")
    return [renew_link(space.seen.slug, number, int(renewed), by=space.by, now=space.now)]


@space_page("write", methods=FORM)
def bring_organisations(request: HttpRequest, space: Space) -> HttpResponseBase:
    """Take in a file of organisations: all of it or nothing."""
    form = OrganisationsFileForm(request.POST or None, request.FILES or None)

    def take(survey: Survey, what: str, file: str) -> str:
        return take_organisations(space.seen.slug, survey.organisations, why=file, by=space.by, now=space.now)  # fmt: skip

    return _bring(request, space, form, take, {})


@space_page("write", methods=FORM)
def bring(request: HttpRequest, space: Space, number: int) -> HttpResponseBase:
    """Take in a file of a wave: all of it or nothing."""
    seen = wave_of(space.seen.id, number)
    form = NetworkFileForm(request.POST or None, request.FILES or None, initial={"what": "ties"})

    def take(survey: Survey, what: str, file: str) -> str:
        act = take_ties if what == "ties" else take_survey
        return act(space.seen.slug, number, survey, why=file, by=space.by, now=space.now)

    return _bring(request, space, form, take, {"wave": seen})


def _bring(
    request: HttpRequest, space: Space, form: Any, take: Any, values: dict[str, Any]
) -> HttpResponseBase:
    faults: list[BadInput] = []

    def act(typed: dict[str, Any]) -> str | None:
        file, what = typed["file"], typed.get("what", "organisations")
        read: Read = read_file(
            file.read(), file=file.name, what=what, listed=organisations_listed(space.seen.id)
        )
        faults.extend(read.faults)
        if read.survey is None:
            return None
        batch = take(read.survey, what, file.name[-100:])
        return f"{space.address('space_history')}?batch={batch}"

    if done := acted(form, act, lang=space.lang):
        return done
    shown = [told(one, lang=space.lang) for one in faults[:SHOWN]]
    values |= {"form": form, "faults": shown, "n_more": max(len(faults) - SHOWN, 0)}
    status = 400 if faults else status_of(form)
    return space_answer(request, space, "partners_import.html", values, here=HERE, status=status)


@space_page("read")
def leave(request: HttpRequest, space: Space, number: int, file: str) -> HttpResponseBase:
    """Give a wave as a file to who may read its ties; with trust to who may read that."""
    with_trust = "trust" in request.GET
    ties_to(space.seen.slug, by=space.by, now=space.now)
    if with_trust:
        workspace_to("trust", space.seen.slug, by=space.by, now=space.now)
    wave = wave_of(space.seen.id, number)
    survey = survey_of(space.seen.id, number, with_trust=with_trust)
    content = written(survey, file, lang=space.lang, with_trust=with_trust)
    answer = HttpResponse(content, content_type=FORMS[file])
    name = f"{space.seen.slug}-{wave.number}" + (".graphml" if file == "graphml" else f"-{file}")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
