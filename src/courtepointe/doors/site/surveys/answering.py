"""The form that somebody answers: made of a survey in one of its languages."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from courtepointe.core.errors import CourtepointeError
from courtepointe.doors.site.errors import told
from courtepointe.doors.site.surveys.frame import head_of, in_language, when_text
from courtepointe.portraits.surveys.asked import CLOSED, LONGEST_TEXT, STATUSES, Asked
from courtepointe.portraits.surveys.bank import FROM_RIGHT
from courtepointe.portraits.surveys.values import SurveySeen
from courtepointe.portraits.surveys.xlsform import name_of


@dataclass(frozen=True, slots=True)
class Place:
    """A question on the form."""

    asked: Asked
    field: Any
    number: int
    when: str
    opens_about: bool


class AnswerForm(forms.Form):
    """Every question of a survey, none needed, after consent."""

    agree = forms.BooleanField(
        error_messages={"required": _("Tick this first: without it nothing is kept.")}
    )
    key = forms.CharField(widget=forms.HiddenInput, max_length=100, required=False)

    def __init__(self, *args: Any, seen: SurveySeen, lang: str, **kwargs: Any) -> None:
        self.seen, self.lang = seen, lang
        self.head = head_of(seen, lang)
        kwargs["initial"] = {"key": secrets.token_urlsafe(16), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self.fields["agree"].label = self.head.get("agree", "")
        for one in seen.questions:
            self.fields[name_of(one.code)] = self._field(one)

    @property
    def direction(self) -> str:
        """Which way the language is read."""
        return "rtl" if self.lang in FROM_RIGHT else "ltr"

    def _field(self, asked: Asked) -> forms.Field:
        label = in_language(asked.texts, self.lang)
        if asked.kind == "number":
            wide = forms.TextInput(attrs={"inputmode": "decimal", "size": 8})
            return forms.CharField(label=label, required=False, max_length=20, widget=wide)
        if asked.kind not in CLOSED:
            area = forms.Textarea(attrs={"rows": 3})
            return forms.CharField(
                label=label, required=False, max_length=LONGEST_TEXT, widget=area
            )
        offered = [(one.code, in_language(one.texts, self.lang)) for one in asked.options]
        offered += [(status, self.head.get(status, "")) for status in STATUSES]
        if asked.kind == "several":
            return forms.MultipleChoiceField(label=label, required=False, choices=offered, widget=forms.CheckboxSelectMultiple)  # fmt: skip
        return forms.ChoiceField(label=label, required=False, choices=offered, widget=forms.RadioSelect)  # fmt: skip

    @property
    def places(self) -> list[Place]:
        """The questions as they stand on the page."""
        made, about = [], False
        for n, one in enumerate(self.seen.questions, 1):
            opens = one.about and not about
            about = one.about
            when = when_text(self.seen, one, self.lang)
            made.append(Place(one, self[name_of(one.code)], n, when, opens))
        return made

    def given(self) -> dict[str, Any]:
        """Give the answers by the code of their question."""
        return {one.code: self.cleaned_data.get(name_of(one.code)) for one in self.seen.questions}

    def say(self, error: CourtepointeError, *, lang: str) -> None:
        """Say what is wrong beside the question that it is about, or at the head."""
        code = str(error.facts.get("column", ""))
        field = name_of(code) if code and name_of(code) in self.fields else None
        self.add_error(field, told(error, lang=lang))
