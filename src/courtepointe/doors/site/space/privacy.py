"""Personal information, for who answers for it: what is due, consents, the log, the impact sheet."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.timezone import localdate

from courtepointe.atlas.recipe.values import Words
from courtepointe.core.errors import NotFound
from courtepointe.doors.faces import paper_faces
from courtepointe.doors.site.space.frame import Space, space_answer, space_page
from courtepointe.people.actions import destroy_due
from courtepointe.people.consents import consent_texts
from courtepointe.people.impact import impact_sheet
from courtepointe.people.personal import closed_list, declared
from courtepointe.people.queries import agreements_of, workspace_named
from courtepointe.people.queries.consents import consents_over
from courtepointe.people.queries.exports import exports_of
from courtepointe.people.queries.incidents import incidents_of
from courtepointe.people.queries.requests import requests_of
from courtepointe.people.queries.retention import (
    Destroyed,
    Due,
    destructions_of,
    due,
    last_run,
)
from courtepointe.press.forms.pdf import write_pdf
from courtepointe.press.publication.values import Publication, TableBlock, TextBlock

HERE = "space_privacy"
COMMAND = "courtepointe people destroy-due"


def kind_words(model: str) -> Words:
    """Name a kind of rows as people do."""
    held = declared().models.get(model)
    return held.name if held is not None else Words(model, model)


@dataclass(frozen=True, slots=True)
class DueTold:
    """What is due, in words."""

    due: Due
    what: Words
    then: Words
    beside: tuple[tuple[Words, int], ...]


def _due_told(one: Due) -> DueTold:
    beside = tuple((kind_words(model), count) for model, count in one.beside)
    return DueTold(one, kind_words(one.rule.model), closed_list("ends")[one.rule.then], beside)


@space_page("officer")
def dashboard(request: HttpRequest, space: Space) -> HttpResponseBase:
    """Show what waits for who answers for personal information."""
    asked = requests_of(space.seen.id, now=space.now)
    incidents = incidents_of(space.seen.id)
    exports = exports_of(space.seen.id, now=space.now)
    values = {
        "about": workspace_named(space.seen.slug),
        "due": [_due_told(one) for one in due(now=space.now, workspace_id=space.seen.id)],
        "open": [one for one in asked if one.state == "open"],
        "late": [one for one in asked if one.state == "open" and one.days_left < 0],
        "unfinished": [one for one in incidents if one.told.lacking],
        "urgent": [one for one in incidents if "cai_told" in one.told.lacking],
        "waiting": [one for one in exports if one.state == "waiting"],
        "incident_words": closed_list("incident"),
        "over": sum(
            one.count for one in consents_over(on=localdate(space.now), workspace_id=space.seen.id)
        ),
        "run": last_run(now=space.now),
        "command": COMMAND,
    }
    return space_answer(request, space, "privacy.html", values, here=HERE)


@space_page("officer", methods=("POST",))
def destroy(request: HttpRequest, space: Space, rule: str) -> HttpResponseBase:
    """End what a rule calls for."""
    destroy_due(space.seen.slug, rule, by=space.by, now=space.now)
    return redirect(space.address("space_destructions"))


@dataclass(frozen=True, slots=True)
class DestroyedTold:
    """A line of the log, in words."""

    line: Destroyed
    what: Words
    then: Words
    because: Words
    rule: Words | None
    beside: tuple[tuple[Words, int], ...]


def _destroyed_told(line: Destroyed) -> DestroyedTold:
    rule, text = declared().rules.get(line.rule), consent_texts().get(line.rule)
    ends, because = closed_list("ends"), closed_list("because")
    return DestroyedTold(
        line,
        kind_words(line.what),
        ends[line.then],
        because[line.because],
        rule.words if rule else text.name if text else None,
        tuple((kind_words(model), count) for model, count in line.beside.items()),
    )


@space_page("officer")
def destructions(request: HttpRequest, space: Space) -> HttpResponseBase:
    """Show the log of destruction."""
    values = {"log": [_destroyed_told(line) for line in destructions_of(space.seen.id)]}
    return space_answer(request, space, "privacy_log.html", values, here=HERE)


def _sheet(space: Space) -> Publication:
    about = workspace_named(space.seen.slug)
    if about is None:
        raise NotFound("unknown_workspace")
    agreements = agreements_of(space.seen.id, now=space.now)
    return impact_sheet(about, agreements, lang=space.lang, today=localdate(space.now))


@space_page("officer")
def sheet(request: HttpRequest, space: Space) -> HttpResponseBase:
    """Show the privacy impact sheet on screen."""
    made = _sheet(space)
    parts = [
        (
            part,
            [
                (
                    block if isinstance(block, TextBlock) else None,
                    block.table if isinstance(block, TableBlock) else None,
                )
                for block in part.blocks
            ],
        )
        for part in made.parts
    ]
    values = {"made": made, "parts": parts}
    return space_answer(request, space, "privacy_sheet.html", values, here=HERE)


@space_page("officer")
def sheet_file(request: HttpRequest, space: Space) -> HttpResponseBase:
    """Give the privacy impact sheet as an accessible PDF."""
    content = write_pdf(_sheet(space), fonts=paper_faces())
    return taken_away(content, f"efvp-{space.seen.slug}.pdf", "application/pdf")


def taken_away(content: bytes | str, name: str, kind: str) -> HttpResponse:
    """Answer with a file that no page shows and no cache keeps."""
    response = HttpResponse(content, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
