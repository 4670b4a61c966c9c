"""Questions are picked from the bank, written, and put into each language, side by side."""

from __future__ import annotations

from functools import partial
from typing import Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from courtepointe.core.errors import NotFound
from courtepointe.doors.site.resilience.frame import dimension_choices
from courtepointe.doors.site.space.frame import (
    FORM,
    Space,
    acted,
    keys,
    space_answer,
    space_page,
    status_of,
)
from courtepointe.doors.site.surveys.forms import QuestionForm, begun
from courtepointe.doors.site.surveys.frame import (
    HERE,
    PAGES,
    in_language,
    opened,
    values_of,
    when_choices,
)
from courtepointe.portraits.resilience.queries import dimension_names
from courtepointe.portraits.surveys.actions import (
    add_question,
    change_question,
    pick,
    translate,
)
from courtepointe.portraits.surveys.bank import (
    ABOUT,
    FROM_RIGHT,
    OWN_LANGUAGES,
    offered,
    own_name,
)
from courtepointe.portraits.surveys.values import HEAD, OPTIONAL_HEAD, OWN_HEAD, SurveySeen

LONG = frozenset({"intro", "consent", "thanks"})


class PickForm(forms.Form):
    """The bank, dimension by dimension."""

    codes = forms.MultipleChoiceField(required=False)

    def __init__(self, *args: Any, codes: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["codes"].choices = [(code, code) for code in codes]  # type: ignore[attr-defined]


@space_page("write", methods=FORM)
def bank(request: HttpRequest, space: Space, number: int) -> HttpResponseBase:
    """Pick questions of the bank."""
    seen, held = opened(space, number)
    form = PickForm(request.POST or None, codes=list(offered()))

    def act(typed: dict[str, Any]) -> str:
        pick(space.seen.slug, number, typed["codes"], **keys(space))
        return f"{space.address('space_survey', number=number)}#questions"

    if done := acted(form, act, lang=space.lang):
        return done
    ticked = set(request.POST.getlist("codes"))
    values = {
        **values_of(space, seen, held),
        "form": form,
        "dimensions": _bank(space, seen, ticked),
    }
    return space_answer(request, space, f"{PAGES}bank.html", values, here=HERE, status=status_of(form))  # fmt: skip


def _bank(space: Space, seen: SurveySeen, ticked: set[str]) -> list[tuple[str, str, list[Any]]]:
    names = {code: words.in_(space.lang) for code, words in dimension_names(space.seen.id).items()}
    names[ABOUT] = _("About who answers")
    there = {one.code for one in seen.questions}
    made: dict[str, list[Any]] = {}
    for code, one in offered().items():
        words = in_language(one.texts, space.lang)
        answers = " · ".join(in_language(each.texts, space.lang) for each in one.options)
        line = (code, words, names.get(one.part, ""), answers, code in there, code in ticked)
        made.setdefault(one.dimension, []).append(line)
    return [(code, names[code], lines) for code, lines in made.items()]


@space_page("write", methods=FORM)
def own(request: HttpRequest, space: Space, number: int) -> HttpResponseBase:
    """Write a question of one's own."""
    seen, held = opened(space, number)
    form = _question_form(request, space, seen)

    def act(_typed: dict[str, Any]) -> str:
        made = add_question(space.seen.slug, number, form.typed(), **keys(space))
        return f"{space.address('space_survey', number=number)}#question-{made}"

    return _own(request, space, {**values_of(space, seen, held), "form": form}, act)


@space_page("write", methods=FORM)
def change(request: HttpRequest, space: Space, number: int, question: int) -> HttpResponseBase:
    """Write a question of one's own anew."""
    seen, held = opened(space, number)
    asked = next((one for one in seen.questions if one.number == question), None)
    if asked is None or asked.code in offered():
        raise NotFound("unknown_survey_question")
    form = _question_form(
        request, space, seen, initial=begun(asked), n_answers=len(asked.options), before=question
    )

    def act(_typed: dict[str, Any]) -> str:
        change_question(space.seen.slug, number, question, form.typed(), **keys(space))
        return f"{space.address('space_survey', number=number)}#question-{question}"

    return _own(request, space, {**values_of(space, seen, held), "form": form, "asked": asked}, act)


def _question_form(
    request: HttpRequest, space: Space, seen: SurveySeen, *, before: int = 0, **more: Any
) -> QuestionForm:
    make = partial(
        QuestionForm, dimensions=dimension_choices(space),
        when=when_choices(seen, space.lang, before=before), lang=space.lang, **more,
    )  # fmt: skip
    return make(request.POST or None)


def _own(request: HttpRequest, space: Space, values: dict[str, Any], act: Any) -> HttpResponseBase:
    form = values["form"]
    if done := acted(form, act, lang=space.lang):
        return done
    return space_answer(request, space, f"{PAGES}question.html", values, here=HERE, status=status_of(form))  # fmt: skip


class TextsForm(forms.Form):
    """The texts of a survey in a language, beside those of another."""

    def __init__(self, *args: Any, seen: SurveySeen, lang: str, beside: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.heads: list[tuple[str, Any]] = []
        self.asked: list[tuple[int, str, Any, list[tuple[str, Any]]]] = []
        attrs = {"lang": lang, "dir": "rtl" if lang in FROM_RIGHT else "ltr"}
        for name in OWN_HEAD if lang in OWN_LANGUAGES else HEAD:
            told = seen.heads[beside].get(name, "")
            wide = forms.Textarea({"rows": 4, **attrs}) if name in LONG else forms.TextInput(attrs)
            initial = seen.heads[lang].get(name, "")
            self._put(f"head.{name}", initial, wide, 2_000)
            self.heads.append((name, (told, self[f"head.{name}"])))
        for n, one in enumerate(seen.questions, 1):
            if lang in OWN_LANGUAGES and one.code in offered():
                continue
            self._put(one.code, one.texts.get(lang, ""), forms.Textarea({"rows": 3, **attrs}), 300)
            answers = []
            for each in one.options:
                name = f"{one.code}={each.code}"
                self._put(name, each.texts.get(lang, ""), forms.TextInput(attrs), 120)
                answers.append((each.texts.get(beside, ""), self[name]))
            self.asked.append((n, one.texts.get(beside, ""), self[one.code], answers))

    def _put(self, name: str, initial: str, widget: forms.Widget, most: int) -> None:
        self.fields[name] = forms.CharField(required=False, max_length=most, initial=initial, widget=widget)  # fmt: skip


@space_page("write", methods=FORM)
def texts(request: HttpRequest, space: Space, number: int, lang: str) -> HttpResponseBase:
    """Put a survey into a language, beside another; what is missing may stay so until it opens."""
    seen, held = opened(space, number)
    if lang not in seen.languages:
        raise NotFound("unknown_survey")
    others = [code for code in seen.languages if code != lang]
    beside = next((code for code in (space.lang, *others) if code in others), lang)
    form = TextsForm(request.POST or None, seen=seen, lang=lang, beside=beside)

    def act(typed: dict[str, Any]) -> str:
        head = {name: typed[f"head.{name}"] for name in HEAD if f"head.{name}" in typed}
        questions = {name: told for name, told in typed.items() if not name.startswith("head.")}
        translate(space.seen.slug, number, lang, head, questions, **keys(space))
        return f"{space.address('space_survey', number=number)}#languages"

    if done := acted(form, act, lang=space.lang):
        return done
    values = {
        **values_of(space, seen, held), "form": form, "names": _names(), "optional": OPTIONAL_HEAD,
        "into": own_name(lang, lang=space.lang), "beside": own_name(beside, lang=space.lang),
        "into_code": lang, "beside_code": beside, "lacks": seen.lacking[lang],
        "heads": [(_names()[name], name in OPTIONAL_HEAD, told, field) for name, (told, field) in form.heads],
    }  # fmt: skip
    return space_answer(request, space, f"{PAGES}texts.html", values, here=HERE, status=status_of(form))  # fmt: skip


def _names() -> dict[str, str]:
    return {
        "title": _("Title of the form"),
        "intro": _("A few words before the questions"),
        "consent": _("What is read before answering"),
        "agree": _("What is ticked to agree"),
        "not_known": _("“I don’t know”"),
        "no_answer": _("“I’d rather not say”"),
        "about": _("Heading of the questions about oneself"),
        "send": _("The button that sends"),
        "thanks": _("What is read once it is sent"),
    }
