"""A record or a detail is added, corrected, removed."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext

from courtepointe.core.errors import NotFound
from courtepointe.doors.site.space.directory import HERE, details_of, writing
from courtepointe.doors.site.space.directory_forms import KINDS, RecordForm
from courtepointe.doors.site.space.frame import (
    FORM,
    Space,
    acted,
    space_answer,
    space_page,
    status_of,
)
from courtepointe.places.access import audience_of, entry_to_read
from courtepointe.places.actions import add, add_part, change_fields, change_part, remove_part
from courtepointe.places.queries import named, seen_by
from courtepointe.places.values import Seen
from courtepointe.places.words import table_word


@space_page("contribute", methods=FORM)
def new(request: HttpRequest, space: Space, kind: str) -> HttpResponseBase:
    """Add an organisation, a service or a place."""
    if kind not in KINDS:
        raise Http404
    form = _form(request, space, kind)

    def act(typed: dict[str, Any]) -> str:
        number = add(space.seen.slug, kind, form.said(), writing=writing(space))
        return space.address("space_record", number=number)

    title = gettext("Add: %(kind)s") % {"kind": table_word(kind, lang=space.lang)}
    back = space.address(HERE)
    return acted(form, act, lang=space.lang) or _drawn(request, space, form, title, back)


def _form(
    request: HttpRequest, space: Space, table: str, initial: dict[str, Any] | None = None
) -> RecordForm:
    organisations = [(uid, name) for _, uid, name in named(space.seen.id, "organization")] if table == "service" else ()  # fmt: skip
    data = request.POST if request.method == "POST" else None
    return RecordForm(
        data, table=table, lang=space.lang, organisations=organisations, initial=initial or {}
    )


def _drawn(
    request: HttpRequest, space: Space, form: RecordForm, title: str, back: str, **more: Any
) -> HttpResponseBase:
    values = {"form": form, "form_title": title, "back": back, **more}
    return space_answer(
        request, space, "directory_edit.html", values, here=HERE, status=status_of(form)
    )


def _seen(space: Space, number: int) -> tuple[Seen, dict[str, Any]]:
    workspace, row = entry_to_read(space.seen.slug, number, by=space.by, now=space.now)
    return seen_by(row, audience_of(workspace), now=space.now), dict(row.values)


@space_page("contribute", methods=FORM)
def edit(request: HttpRequest, space: Space, number: int) -> HttpResponseBase:
    """Correct a record; who may only contribute proposes."""
    seen, values = _seen(space, number)
    form = _form(request, space, seen.listed.table, values)

    def act(typed: dict[str, Any]) -> str:
        change_fields(space.seen.slug, number, form.said(), writing=writing(space))
        return space.address("space_record", number=number)

    title = gettext("Correct: %(name)s") % {"name": seen.listed.name}
    back = space.address("space_record", number=number)
    more = {"proposes": not space.may("write")}
    return acted(form, act, lang=space.lang) or _drawn(request, space, form, title, back, **more)


@space_page("write", methods=FORM)
def new_detail(request: HttpRequest, space: Space, number: int, table: str) -> HttpResponseBase:
    """Add a detail to a record."""
    seen, _ = _seen(space, number)
    if table not in details_of(seen.listed.table):
        raise Http404
    form = _form(request, space, table)
    back = space.address("space_record", number=number)

    def act(typed: dict[str, Any]) -> str:
        said = form.said()
        if table == "schedule" and said.get("opens_at"):
            said["freq"] = "WEEKLY"
        add_part(space.seen.slug, number, table, said, writing=writing(space))
        return back

    title = f"{seen.listed.name} · {table_word(table, lang=space.lang)}"
    return acted(form, act, lang=space.lang) or _drawn(request, space, form, title, back)


@space_page("write", methods=FORM)
def detail(request: HttpRequest, space: Space, number: int, part: int) -> HttpResponseBase:
    """Correct a detail, or remove it."""
    seen, _ = _seen(space, number)
    found = next((one for one in seen.parts if one.number == part), None)
    if found is None:
        raise NotFound("unknown_record")
    back = space.address("space_record", number=number)
    if request.method == "POST" and request.POST.get("do") == "remove":
        remove_part(space.seen.slug, part, writing=writing(space))
        return redirect(back)
    form = _form(request, space, found.table, dict(found.values))

    def act(typed: dict[str, Any]) -> str:
        change_part(space.seen.slug, part, form.said(), writing=writing(space))
        return back

    title = f"{seen.listed.name} · {table_word(found.table, lang=space.lang)}"
    return acted(form, act, lang=space.lang) or _drawn(
        request, space, form, title, back, removable=True
    )
