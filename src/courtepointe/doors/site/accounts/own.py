"""What is held on me: each workspace where I am or was, who answers for it there, what I may ask."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from courtepointe.core.errors import NotFound
from courtepointe.doors.site.errors import language
from courtepointe.doors.site.security import takes_forms
from courtepointe.doors.site.space.frame import acted, signed_in, status_of
from courtepointe.doors.site.space.privacy import taken_away
from courtepointe.doors.site.space.privacy_forms import AskForm
from courtepointe.doors.site.space.privacy_requests import dossier_json, dossier_told
from courtepointe.people.actions import ask_about_me
from courtepointe.people.personal import closed_list
from courtepointe.people.queries.requests import Holder, holders_of, requests_by
from courtepointe.people.queries.subjects import dossier
from courtepointe.people.queries.whom import Whom


def _holder(request: HttpRequest, number: int) -> Holder:
    """Find a workspace in which whoever signed in has or had a seat."""
    now, by = timezone.now(), signed_in(request)
    found = {one.id: one for one in holders_of(by.id, now=now)}
    if number not in found:
        raise NotFound("unknown_workspace")
    return found[number]


@never_cache
@require_safe
def own(request: HttpRequest) -> HttpResponseBase:
    """List where something is held on me, and what I asked."""
    now, by = timezone.now(), signed_in(request)
    values = {
        "holders": holders_of(by.id, now=now),
        "asked": requests_by(by.id, now=now),
        "kinds": closed_list("requests"),
    }
    return render(request, "site/accounts/own.html", values)


@takes_forms
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def held(request: HttpRequest, workspace: int) -> HttpResponseBase:
    """Show what a workspace holds on me; ask for it to be corrected, given, destroyed."""
    now, by, lang = timezone.now(), signed_in(request), language(request)
    holder = _holder(request, workspace)
    form = AskForm(request.POST if request.method == "POST" else None, lang=lang)

    def ask(typed: dict[str, Any]) -> str:
        ask_about_me(holder.id, typed["kind"], detail=typed["detail"], by=by, now=now)
        return reverse("own")

    if done := acted(form, ask, lang=lang):
        return done
    found = dossier(holder.id, Whom(by.id), own=True, now=now)
    values = {
        "holder": holder,
        "told": dossier_told(found, lang=lang),
        "not_searched": found.not_searched,
        "form": form,
    }
    return render(request, "site/accounts/held.html", values, status=status_of(form))


@never_cache
@require_safe
def held_file(request: HttpRequest, workspace: int) -> HttpResponseBase:
    """Take away what a workspace holds on me, as structured data."""
    now, by = timezone.now(), signed_in(request)
    holder = _holder(request, workspace)
    found = dossier(holder.id, Whom(by.id), own=True, now=now)
    return taken_away(dossier_json(found, holder.name), f"{holder.slug}.json", "application/json")
