"""The form as those who lead the survey use it: looked at before it opens, keyed from paper or by phone."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from courtepointe.core.errors import CourtepointeError
from courtepointe.doors.site.space.frame import (
    FORM,
    Space,
    keys,
    space_answer,
    space_page,
    status_of,
)
from courtepointe.doors.site.surveys.answering import AnswerForm
from courtepointe.doors.site.surveys.frame import HERE, PAGES, head_of, opened, values_of
from courtepointe.doors.site.surveys.public import asked_language
from courtepointe.portraits.surveys.actions import key_sheet
from courtepointe.portraits.surveys.actions.sheets import KEYED
from courtepointe.portraits.surveys.bank import words_of
from courtepointe.portraits.surveys.values import State


class CameForm(forms.Form):
    """How a sheet came, and when."""

    channel = forms.ChoiceField(label=_("How it came"))
    day = forms.DateField(
        label=_("Day on which it was answered"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, lang: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = words_of("channels")
        self.fields["channel"].choices = [(one, words[one].in_(lang)) for one in KEYED]  # type: ignore[attr-defined]


@space_page("read")
def preview(request: HttpRequest, space: Space, number: int) -> HttpResponseBase:
    """Show the form as people will see it; nothing can be sent."""
    seen, held = opened(space, number)
    lang = asked_language(request, seen)
    values = {
        **values_of(space, seen, held), "form": AnswerForm(seen=seen, lang=lang), "form_lang": lang,
        "head": head_of(seen, lang),
    }  # fmt: skip
    return space_answer(request, space, f"{PAGES}preview.html", values, here=HERE)


@space_page("contribute", methods=FORM)
def keying(request: HttpRequest, space: Space, number: int) -> HttpResponseBase:
    """Key a sheet, then the next: the channel and the day stay."""
    seen, held = opened(space, number)
    lang = asked_language(request, seen)
    values = {**values_of(space, seen, held), "form_lang": lang, "head": head_of(seen, lang)}
    if seen.state is not State.OPEN:
        return space_answer(request, space, f"{PAGES}keying.html", values, here=HERE)
    sent = request.POST if request.method == "POST" else None
    form = AnswerForm(sent, seen=seen, lang=lang)
    kept = {"channel": request.GET.get("channel", KEYED[0]), "day": request.GET.get("day") or localdate(space.now)}  # fmt: skip
    came = CameForm(sent, lang=space.lang, initial=kept)
    if form.is_bound and form.is_valid() and came.is_valid():
        try:
            told = came.cleaned_data
            key_sheet(
                space.seen.slug, number, form.given(), key=form.cleaned_data["key"], language=lang,
                **told, **keys(space),
            )  # fmt: skip
            where = space.address("space_survey_keying", number=number)
            return redirect(
                f"{where}?in={lang}&channel={told['channel']}&day={told['day']}&kept=1#next"
            )
        except CourtepointeError as error:
            form.say(error, lang=space.lang)
    values |= {"form": form, "came": came, "was_kept": "kept" in request.GET and sent is None}
    return space_answer(request, space, f"{PAGES}keying.html", values, here=HERE, status=status_of(form, came))  # fmt: skip
