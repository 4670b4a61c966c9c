"""The register of incidents of confidentiality."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.timezone import localdate
from django.utils.translation import gettext

from courtepointe.core.errors import NotFound
from courtepointe.doors.site.space.frame import (
    FORM,
    Space,
    acted,
    sent,
    space_answer,
    space_page,
    status_of,
)
from courtepointe.doors.site.space.privacy import HERE, taken_away
from courtepointe.doors.site.space.privacy_forms import IncidentForm, incident_begun
from courtepointe.formats.tables.plain import plain_text
from courtepointe.people.actions import change_incident, note_incident
from courtepointe.people.personal import closed_list
from courtepointe.people.queries.incidents import COLUMNS, IncidentSeen, incidents_of
from courtepointe.press.csv import BOM


def _lacking(one: IncidentSeen) -> list[Any]:
    words = closed_list("incident")
    return [words[name] for name in one.told.lacking]


@space_page("officer", methods=FORM)
def incidents(request: HttpRequest, space: Space) -> HttpResponseBase:
    """List the incidents and what each lacks; write one."""
    begun = {"discovered": localdate(space.now)}
    form = IncidentForm(sent(request, "note"), lang=space.lang, initial=begun)

    def note(typed: dict[str, Any]) -> str:
        number = note_incident(space.seen.slug, form.told(), by=space.by, now=space.now)
        return space.address("space_incident", number=number)

    if done := acted(form, note, lang=space.lang):
        return done
    values = {
        "listed": [(one, _lacking(one)) for one in incidents_of(space.seen.id)],
        "form": form,
    }
    status = status_of(form)
    return space_answer(request, space, "privacy_incidents.html", values, here=HERE, status=status)


@space_page("officer", methods=FORM)
def incident(request: HttpRequest, space: Space, number: int) -> HttpResponseBase:
    """Complete or correct an incident."""
    listed = {one.number: one for one in incidents_of(space.seen.id)}
    if number not in listed:
        raise NotFound("unknown_incident")
    begun = incident_begun(listed[number].told)
    form = IncidentForm(sent(request, "change"), lang=space.lang, initial=begun)

    def change(typed: dict[str, Any]) -> str:
        change_incident(space.seen.slug, number, form.told(), by=space.by, now=space.now)
        return space.address("space_incidents")

    if done := acted(form, change, lang=space.lang):
        return done
    values = {"one": listed[number], "lacking": _lacking(listed[number]), "form": form}
    status = status_of(form)
    return space_answer(request, space, "privacy_incident.html", values, here=HERE, status=status)


@space_page("officer")
def register(request: HttpRequest, space: Space) -> HttpResponseBase:
    """Give the register as CSV."""
    text = register_csv(incidents_of(space.seen.id), lang=space.lang)
    return taken_away(text, f"incidents-{space.seen.slug}.csv", "text/csv; charset=utf-8")


def register_csv(listed: tuple[IncidentSeen, ...], *, lang: str) -> str:
    """Write the register with its columns in words; no spreadsheet runs a cell."""
    words = closed_list("incident")
    return lines_csv([words[name].in_(lang) for name in COLUMNS], map(_row, listed))


def _row(one: IncidentSeen) -> list[str]:
    return [_cell(getattr(one.told, name)) for name in COLUMNS]


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    return str(value)


def lines_csv(columns: list[str], rows: Iterator[Any]) -> str:
    """Write rows of text as CSV with a mark that spreadsheets read accents by."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(plain_text(one) for one in columns)
    writer.writerows([plain_text(str(cell)) for cell in row] for row in rows)
    return f"{BOM}{out.getvalue()}"
