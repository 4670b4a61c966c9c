"""What is typed of surveys: how one is described, a question of one's own, people, files."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courtepointe.doors.site.numbers_typed import TypedNumber
from courtepointe.portraits.surveys.asked import Asked
from courtepointe.portraits.surveys.bank import words_of
from courtepointe.portraits.surveys.values import NewOption, NewQuestion

Choices = Sequence[tuple[str, str]]
DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
WHOLE = forms.Textarea(attrs={"rows": 3})
"""A question is read as a whole, not through a slit."""
MOST_ANSWERS = 12
FIRST_ANSWERS = 4


class SurveyForm(forms.Form):
    """How a survey is called inside, how people are found, until when the link takes answers."""

    name = forms.CharField(label=_("Name"), max_length=200)
    found = forms.ChoiceField(
        label=_("How people are found"),
        help_text=_("It decides what the results can say; the page of results says so."),
    )
    closes_on = forms.DateField(
        label=_("Last day on which the link takes answers"), required=False, widget=DAY
    )

    def __init__(self, *args: Any, lang: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [(code, words.in_(lang)) for code, words in words_of("found").items()]
        self.fields["found"].choices = offered  # type: ignore[attr-defined]


class LanguageForm(forms.Form):
    """A language in which a survey is asked besides."""

    lang = forms.ChoiceField(label=_("Language"))

    def __init__(self, *args: Any, languages: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lang"].choices = languages  # type: ignore[attr-defined]


class CodeForm(forms.Form):
    """A line of the page, by its code."""

    lang = forms.CharField(widget=forms.HiddenInput, max_length=10)


class QuestionForm(forms.Form):
    """A question of one's own, with its answers, in French and English."""

    fr = forms.CharField(label=_("Question in French"), max_length=300, required=False, widget=WHOLE)  # fmt: skip
    en = forms.CharField(label=_("Question in English"), max_length=300, required=False, widget=WHOLE)  # fmt: skip
    dimension = forms.ChoiceField(label=_("Dimension"))
    kind = forms.ChoiceField(label=_("Kind of question"))
    when = forms.ChoiceField(
        label=_("Asked only of those who answered"),
        required=False,
        help_text=_("The number is that of the question."),
    )

    def __init__(
        self, *args: Any, dimensions: Choices, when: Choices, lang: str, n_answers: int = 0, **kwargs: Any
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        kinds = [(code, words.in_(lang)) for code, words in words_of("kinds").items()]
        everybody = ("", pgettext_lazy("question", "Everybody"))
        for name, offered in (
            ("dimension", dimensions),
            ("kind", kinds),
            ("when", [everybody, *when]),
        ):
            self.fields[name].choices = offered  # type: ignore[attr-defined]
        self.n_answers = min(MOST_ANSWERS, max(FIRST_ANSWERS, n_answers + 2, self._sent()))
        for n in range(1, self.n_answers + 1):
            for lang_of in ("fr", "en"):
                self.fields[f"{lang_of}_{n}"] = forms.CharField(required=False, max_length=120)
            self.fields[f"yes_{n}"] = forms.BooleanField(required=False)
            self.fields[f"code_{n}"] = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)  # fmt: skip

    def _sent(self) -> int:
        """Say how many answers were sent: more may have been asked for than the page begins with."""
        return sum(f"fr_{n}" in self.data for n in range(1, MOST_ANSWERS + 1))

    @property
    def told_of(self) -> list[Any]:
        """The fields of the question itself."""
        return [self[name] for name in ("fr", "en", "dimension", "kind", "when")]

    @property
    def answers(self) -> list[tuple[int, Any, Any, Any, Any]]:
        """The fields of each answer: its number, French, English, whether it counts, which it was before."""
        return [
            (n, self[f"fr_{n}"], self[f"en_{n}"], self[f"yes_{n}"], self[f"code_{n}"])
            for n in range(1, self.n_answers + 1)
        ]

    def typed(self) -> NewQuestion:
        """Give what was typed, as a question."""
        held = self.cleaned_data
        options = tuple(
            NewOption(held[f"fr_{n}"], held[f"en_{n}"], held[f"yes_{n}"], held[f"code_{n}"])
            for n in range(1, self.n_answers + 1)
        )
        return NewQuestion(held["dimension"], held["kind"], held["fr"], held["en"], options, held["when"])  # fmt: skip


def begun(asked: Asked) -> dict[str, Any]:
    """Give what a question of one's own holds, as its form begins."""
    held: dict[str, Any] = {
        "fr": asked.texts.get("fr", ""),
        "en": asked.texts.get("en", ""),
        "dimension": asked.dimension,
        "kind": asked.kind,
        "when": "=".join(asked.when) if asked.when else "",
    }
    for n, one in enumerate(asked.options, 1):
        held |= {f"fr_{n}": one.texts.get("fr", ""), f"en_{n}": one.texts.get("en", ""), f"yes_{n}": one.yes, f"code_{n}": one.code}  # fmt: skip
    return held


class PeopleForm(forms.Form):
    """How many people live there, answer by answer, and where that is known from."""

    source = forms.CharField(
        label=_("Where these numbers come from"), max_length=200, required=False
    )

    def __init__(self, *args: Any, questions: Sequence[Asked], lang: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = questions
        for asked in questions:
            for one in asked.options:
                self.fields[f"{asked.code}={one.code}"] = TypedNumber(
                    label=one.texts.get(lang, one.code), required=False, min_value=0, max_value=1e9
                )

    @property
    def asked(self) -> list[tuple[Asked, list[Any]]]:
        """Each question with its fields."""
        return [(one, [self[f"{one.code}={each.code}"] for each in one.options]) for one in self.questions]  # fmt: skip

    def typed(self) -> dict[str, dict[str, float]]:
        """Give the numbers of the questions of which any was typed; an empty one beside others is zero."""
        made = {}
        for asked in self.questions:
            held = {
                one.code: self.cleaned_data[f"{asked.code}={one.code}"] for one in asked.options
            }
            if any(value is not None for value in held.values()):
                made[asked.code] = {code: value or 0.0 for code, value in held.items()}
        return made


class SheetsFileForm(forms.Form):
    """A file of filled forms."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("An export of ODK or Kobo (CSV, XLSX, JSON, XML, or a ZIP of these)."),
    )
