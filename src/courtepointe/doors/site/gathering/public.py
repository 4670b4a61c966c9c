"""What anybody reaches: to register by a link, to change one's mind, to check an attestation."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from courtepointe.core.errors import CourtepointeError
from courtepointe.doors.site.errors import language, told
from courtepointe.doors.site.gathering.forms_of_people import ComeForm, VerifyForm
from courtepointe.doors.site.gathering.words import offered
from courtepointe.doors.site.security import public, takes_forms
from courtepointe.doors.site.space.frame import add_fault
from courtepointe.doors.words import status as status_of_error
from courtepointe.engagement.access import activity_offered, my_registration
from courtepointe.engagement.actions.registrations import register, withdraw_registration
from courtepointe.engagement.kinds import consent_in_force
from courtepointe.engagement.queries.trainings import verify
from courtepointe.engagement.values.activities import NewRegistration
from courtepointe.press.attestations import shown

FORM = ["GET", "HEAD", "POST"]


@public
@takes_forms
@never_cache
@require_http_methods(FORM)
def join(request: HttpRequest, token: str) -> HttpResponseBase:
    """Show an activity to whoever holds its link; register."""
    now, lang = timezone.now(), language(request)
    seen = activity_offered(token, now=now)
    form = ComeForm(
        request.POST if request.method == "POST" else None,
        asked=seen.needs_offered,
        languages=offered("languages", lang=lang),
        lang=lang,
        text=consent_in_force("registrations").text.in_(lang),
    )
    if form.is_bound and form.is_valid():
        typed = form.cleaned_data
        what = NewRegistration(typed["name"], typed["people"], form.needs_told(), typed["agrees"])
        try:
            return redirect("my_registration", secret=register(token, what, now=now).secret)
        except CourtepointeError as error:
            add_fault(form, error, lang=lang)
    values = {"activity": seen, "form": form}
    return render(request, "site/gathering/join.html", values, status=400 if form.errors else 200)


@public
@takes_forms
@never_cache
@require_http_methods(FORM)
def mine(request: HttpRequest, secret: str) -> HttpResponseBase:
    """Show one's own registration; withdraw it."""
    now = timezone.now()
    seen, activity = my_registration(secret, now=now)
    if request.method == "POST":
        withdraw_registration(secret, now=now)
        return render(request, "site/gathering/gone.html", {"activity": activity})
    return render(request, "site/gathering/mine.html", {"mine": seen, "activity": activity})


@public
@never_cache
@require_safe
def check(request: HttpRequest) -> HttpResponseBase:
    """Ask for a code to check."""
    form = VerifyForm(request.GET or None)
    if form.is_bound and form.is_valid():
        return _checked(request, form.cleaned_data["code"], form)
    return render(request, "site/gathering/check.html", {"form": form})


@public
@never_cache
@require_safe
def verified(request: HttpRequest, code: str) -> HttpResponseBase:
    """Say of a code whether it is valid, expired or withdrawn, and of which training. No name."""
    return _checked(request, code, VerifyForm(initial={"code": code}))


def _checked(request: HttpRequest, code: str, form: VerifyForm) -> HttpResponseBase:
    lang = language(request)
    values: dict[str, Any] = {"form": form}
    try:
        values["told"] = verify(code, now=timezone.now())
        values["code"] = shown(values["told"].code)
    except CourtepointeError as error:
        values["fault"] = told(error, lang=lang)
        return render(request, "site/gathering/check.html", values, status=status_of_error(error))
    return render(request, "site/gathering/check.html", values)
