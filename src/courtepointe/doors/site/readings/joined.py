"""What telephones reach with the code that is on the screen, without an account, while a workshop is open."""

from __future__ import annotations

import secrets
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from courtepointe.core.errors import CourtepointeError, NotFound, Refused
from courtepointe.doors.site.errors import language, told, wants_json
from courtepointe.doors.site.rates import counted
from courtepointe.doors.site.readings.forms import CodeForm, JoinedReplyForm
from courtepointe.doors.site.readings.telling import offered
from courtepointe.doors.site.security import public, takes_forms
from courtepointe.doors.site.space.frame import add_fault
from courtepointe.doors.words import status as status_of_error
from courtepointe.portraits.readings.access import voted_by, workshop_joined
from courtepointe.portraits.readings.actions import reply_from_workshop, vote
from courtepointe.portraits.readings.kinds import VOTED
from courtepointe.portraits.readings.values import Joined, NewReply

DEVICE = "together"
DAY = 24 * 3600
# A room of people shares one address: many votes a minute are right, many wrong codes are not.
RATES = {"wrong": 60, "votes": 900, "replies": 20}
"""What an address may do in a minute."""


def _within(request: HttpRequest, what: str, *, by: int = 1) -> None:
    """Hold an address to its rate, or raise `Refused` ``workshop_too_often``."""
    if counted(request, f"together-{what}", by=by) > RATES[what]:
        raise Refused("workshop_too_often")


@public
@never_cache
@require_safe
def join(request: HttpRequest) -> HttpResponseBase:
    """Ask for the code on the screen."""
    form = CodeForm(request.GET or None)
    if form.is_bound and form.is_valid():
        try:
            return redirect("workshop_vote", code=_found(request, form.cleaned_data["code"]).code)
        except CourtepointeError as error:
            add_fault(form, error, lang=language(request))
    return render(
        request, "site/readings/join.html", {"form": form}, status=400 if form.errors else 200
    )


def _found(request: HttpRequest, code: str) -> Joined:
    _within(request, "wrong", by=0)
    try:
        with transaction.atomic():
            return workshop_joined(code, now=timezone.now())
    except NotFound:
        _within(request, "wrong")
        raise


@public
@takes_forms
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ballot(request: HttpRequest, code: str) -> HttpResponseBase:
    """Show the dimensions to vote on, each once; take a vote, or a reply."""
    seen, lang = _found(request, code), language(request)
    device = request.get_signed_cookie(DEVICE, default="", salt=seen.code) or secrets.token_urlsafe(24)  # fmt: skip
    sent = request.POST.get("do", "") if request.method == "POST" else ""
    form = _reply_form(seen, lang, request.POST if sent == "reply" else None)
    if sent == "vote":
        response = _vote(request, seen, device, lang)
    elif sent == "reply" and form.is_valid() and _replied(request, seen, form, lang):
        response = redirect(f"{request.path}?thanks=1#reply")
    else:
        response = _drawn(request, seen, device, lang, form)
    response.set_signed_cookie(
        DEVICE, device, salt=seen.code, max_age=DAY, path=request.path, httponly=True,
        samesite="Lax", secure=request.is_secure(),
    )  # fmt: skip
    return response


def _reply_form(seen: Joined, lang: str, sent: Any = None) -> JoinedReplyForm:
    choices = [(one.code, one.name.in_(lang)) for one in seen.dimensions]
    return JoinedReplyForm(sent, dimensions=choices, lang=lang)


def _vote(request: HttpRequest, seen: Joined, device: str, lang: str) -> HttpResponse:
    dimension, state = request.POST.get("dimension", ""), request.POST.get("state", "")
    try:
        _within(request, "votes")
        vote(seen.code, dimension, state, device=device, now=timezone.now())
    except CourtepointeError as error:
        is_counted = error.code == "already_voted"
        said = told(error, lang=lang)
        if wants_json(request):
            held = {"counted": is_counted, "said": said}
            return JsonResponse(held, status=200 if is_counted else status_of_error(error))
        form = _reply_form(seen, lang)
        return _drawn(request, seen, device, lang, form, fault=said, status=status_of_error(error))
    if wants_json(request):
        return JsonResponse({"counted": True, "said": ""})
    return redirect(f"{request.path}#{dimension}")


def _replied(request: HttpRequest, seen: Joined, form: JoinedReplyForm, lang: str) -> bool:
    try:
        _within(request, "replies")
        reply_from_workshop(seen.code, NewReply(**form.cleaned_data), now=timezone.now())
    except CourtepointeError as error:
        add_fault(form, error, lang=lang)
        return False
    return True


def _drawn(
    request: HttpRequest,
    seen: Joined,
    device: str,
    lang: str,
    form: JoinedReplyForm,
    *,
    fault: str = "",
    status: int = 200,
) -> HttpResponse:
    words = dict(offered("states", lang=lang))
    values = {
        "seen": seen,
        "states": [(state, words[state]) for state in VOTED],
        "done": voted_by(seen.code, device, now=timezone.now()),
        "form": form,
        "fault": fault,
        "thanks": request.GET.get("thanks") == "1",
    }
    shown = 400 if form.is_bound and form.errors else status
    return render(request, "site/readings/ballot.html", values, status=shown)
