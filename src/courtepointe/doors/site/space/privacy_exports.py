"""Lists of contacts that leave the workspace: asked by one person, agreed to by another."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from courtepointe.core.errors import NotAllowed
from courtepointe.doors.site.space.frame import (
    FORM,
    Space,
    acted,
    reason_sent,
    sent,
    space_answer,
    space_page,
    status_of,
)
from courtepointe.doors.site.space.privacy import taken_away
from courtepointe.doors.site.space.privacy_forms import ExportForm
from courtepointe.doors.site.space.privacy_incidents import lines_csv
from courtepointe.people.actions import approve_export, ask_export, refuse_export, take_export
from courtepointe.people.personal import declared
from courtepointe.people.queries.exports import exports_of

HERE = "space_exports"


@space_page("read", methods=FORM)
def exports(request: HttpRequest, space: Space) -> HttpResponseBase:
    """List what was asked; ask. Open to those who may ask, and to those who may agree."""
    if not (space.may("contacts") or space.may("officer")):
        raise NotAllowed("role_needed")
    form = ExportForm(sent(request, "ask"), lang=space.lang)

    def ask(typed: dict[str, Any]) -> str:
        ask_export(space.seen.slug, typed["what"], why=typed["why"], by=space.by, now=space.now)
        return space.address(HERE)

    if done := acted(form, ask, lang=space.lang):
        return done
    names = {code: one.name for code, one in declared().exports.items()}
    listed = exports_of(space.seen.id, now=space.now)
    values = {
        "listed": [(one, names.get(one.what)) for one in listed],
        "form": form,
        "lists": names,
        "mine": space.by.id,
    }
    status = status_of(form)
    return space_answer(request, space, "privacy_exports.html", values, here=HERE, status=status)


@space_page("read", methods=("POST",))
def answer(request: HttpRequest, space: Space, number: int) -> HttpResponseBase:
    """Agree to an export, or refuse it."""
    slug, by, now = space.seen.slug, space.by, space.now
    if request.POST.get("do") == "approve":
        approve_export(slug, number, by=by, now=now)
    else:
        refuse_export(slug, number, by=by, now=now, why=reason_sent(request))
    return redirect(space.address(HERE))


@space_page("contacts", methods=("POST",))
def take(request: HttpRequest, space: Space, number: int) -> HttpResponseBase:
    """Take the contacts, once, as CSV."""
    taken = take_export(space.seen.slug, number, by=space.by, now=space.now)
    text = lines_csv(list(taken.columns), iter(taken.rows))
    return taken_away(text, f"{taken.export.code}-{number}.csv", "text/csv; charset=utf-8")
