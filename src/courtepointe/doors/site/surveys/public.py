"""The form by its public link: anybody answers, in any language of the survey, without an account."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.timezone import localdate
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from courtepointe.core.errors import CourtepointeError, Refused
from courtepointe.doors.site.errors import language
from courtepointe.doors.site.security import public, takes_forms
from courtepointe.doors.site.surveys.answering import AnswerForm
from courtepointe.doors.site.surveys.frame import head_of
from courtepointe.portraits.surveys.actions import answer_by_link
from courtepointe.portraits.surveys.bank import FROM_RIGHT, OWN_LANGUAGES, own_name
from courtepointe.portraits.surveys.queries import public_survey
from courtepointe.portraits.surveys.values import SurveySeen

FORM = ["GET", "HEAD", "POST"]
MOST, WINDOW = 60, 600
"""Sheets from one address in so many seconds: a whole room behind one door may answer, a machine may not."""
GONE = 410


def _seen(token: str) -> tuple[SurveySeen, str]:
    with transaction.atomic():
        return public_survey(token)


def asked_language(request: HttpRequest, seen: SurveySeen) -> str:
    """Give the language that is asked for, else the page's, else the survey's first."""
    page = language(request)
    for lang in (request.GET.get("in", ""), page):
        if lang in seen.languages:
            return lang
    return seen.languages[0]


def _languages(request: HttpRequest, seen: SurveySeen, name: str, token: str) -> list[tuple[str, str, str]]:  # fmt: skip
    """Give the form's addresses in its languages: the page turns with French and English."""
    made, page = [], language(request)
    for code in seen.languages:
        with translation.override(code if code in OWN_LANGUAGES else page):
            made.append(
                (code, own_name(code, lang=page), f"{reverse(name, args=[token])}?in={code}")
            )
    return made


@public
@takes_forms
@never_cache
@require_http_methods(FORM)
def answer(request: HttpRequest, token: str) -> HttpResponseBase:
    """Show the form; take one sheet, once.

    A page that was sent twice is the same sheet, by its key. Whoever goes back finds an empty page: on a
    telephone that goes round, that may be somebody else than who answered.
    """
    now = timezone.now()
    seen, workspace = _seen(token)
    lang = asked_language(request, seen)
    values: dict[str, Any] = {
        "survey": seen, "workspace_name": workspace, "form_lang": lang, "head": head_of(seen, lang),
        "languages": _languages(request, seen, "survey_answer", token),
    }  # fmt: skip
    if not seen.takes_web(localdate(now)):
        return render(request, "site/surveys/over.html", values, status=GONE)
    form = AnswerForm(request.POST if request.method == "POST" else None, seen=seen, lang=lang)
    if form.is_bound and form.is_valid():
        try:
            _within_rate(request, seen, now)
            answer_by_link(
                token, form.given(), key=form.cleaned_data["key"], language=lang, now=now
            )
            return redirect(f"{reverse('survey_thanks', args=[token])}?in={lang}")
        except CourtepointeError as error:
            form.say(error, lang=language(request))
    values["form"] = form
    return render(request, "site/surveys/answer.html", values, status=400 if form.errors else 200)


@public
@never_cache
@require_safe
def thanks(request: HttpRequest, token: str) -> HttpResponseBase:
    """Thank whoever answered."""
    seen, workspace = _seen(token)
    lang = asked_language(request, seen)
    values = {
        "survey": seen, "workspace_name": workspace, "form_lang": lang, "head": head_of(seen, lang),
        "direction": "rtl" if lang in FROM_RIGHT else "ltr", "again": f"{reverse('survey_answer', args=[token])}?in={lang}",
    }  # fmt: skip
    return render(request, "site/surveys/thanks.html", values)


def _within_rate(request: HttpRequest, seen: SurveySeen, now: datetime) -> None:
    """Count the sheets of an address; the address is kept nowhere, its fingerprint for ten minutes."""
    address = get_adapter().get_client_ip(request) or ""
    told = f"{settings.SECRET_KEY}|{seen.number}|{address}"
    key = f"survey-rate-{hashlib.sha256(told.encode()).hexdigest()}"
    lately = [one for one in cache.get(key, ()) if now.timestamp() - one < WINDOW]
    if len(lately) >= MOST:
        raise Refused("survey_too_many", expected=WINDOW // 60)
    cache.set(key, [*lately, now.timestamp()], WINDOW)
