"""The survey by link: an organisation says whom it works with, without an account, and sees no other's answer."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from courtepointe.core.errors import CourtepointeError
from courtepointe.doors.site.errors import language, told
from courtepointe.doors.site.security import public, takes_forms
from courtepointe.doors.site.space.partners_forms import ChooseForm, RoleForm, TieForm
from courtepointe.engagement.partners.access import asked_by_link
from courtepointe.engagement.partners.actions import answer_by_link
from courtepointe.engagement.partners.queries import survey_form
from courtepointe.engagement.partners.survey import questions
from courtepointe.engagement.partners.values import NewTie, SurveyForm

FORM = ["GET", "HEAD", "POST"]


def _seen(secret: str) -> SurveyForm:
    with transaction.atomic():
        return survey_form(asked_by_link(secret))


@public
@takes_forms
@never_cache
@require_http_methods(FORM)
def survey(request: HttpRequest, secret: str) -> HttpResponseBase:
    """Choose among the organisations, say more of each, send; come back while the wave is open."""
    seen, lang = _seen(secret), language(request)
    values = {"seen": seen, "question": questions()[seen.text_version], "secret": secret}
    form = ChooseForm(request.POST if request.method == "POST" else None, seen=seen)
    if not form.is_bound or not form.is_valid():
        status = 400 if form.errors else 200
        return render(request, "site/space/partners_survey.html", {**values, "form": form}, status=status)  # fmt: skip
    chosen = [int(number) for number in form.cleaned_data["partners"]]
    sent = request.POST if request.POST.get("do") == "answer" else None
    said = {one.partner: one for one in seen.said}
    ties = {n: TieForm(sent, lang=lang, said=said.get(n), prefix=f"t{n}") for n in chosen}
    role = RoleForm(sent, lang=lang, initial={"role": seen.role})
    fault = ""
    if sent is not None and role.is_valid() and all(one.is_valid() for one in ties.values()):
        try:
            _answered(secret, role, ties)
            return render(request, "site/space/partners_thanks.html", {**values, "seen": _seen(secret)})  # fmt: skip
        except CourtepointeError as error:
            fault = told(error, lang=lang)
    names = {one.number: one.name for one in seen.others}
    values |= {"ties": [(n, names[n], one) for n, one in ties.items()], "role": role, "fault": fault}  # fmt: skip
    status = 400 if sent is not None else 200
    return render(request, "site/space/partners_say.html", values, status=status)


def _answered(secret: str, role: RoleForm, ties: Mapping[int, TieForm]) -> None:
    told_ties = [
        NewTie(
            number,
            tuple(one.cleaned_data["kinds"]),
            one.cleaned_data["frequency"],
            one.cleaned_data["trust"],
        )
        for number, one in ties.items()
    ]
    answer_by_link(secret, role=role.cleaned_data["role"], ties=told_ties, now=timezone.now())
