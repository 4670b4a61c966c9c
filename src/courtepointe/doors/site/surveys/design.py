"""One survey: its questions in their order, its languages, its link; opened, closed, begun anew."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from courtepointe.doors.site.gathering.deeds import Deed, NumberForm, page_of, row_deed
from courtepointe.doors.site.space.frame import FORM, Space, keys, space_page
from courtepointe.doors.site.surveys.forms import CodeForm, LanguageForm, SurveyForm
from courtepointe.doors.site.surveys.frame import HERE, PAGES, lines_of, opened, values_of
from courtepointe.formats.letters import folded
from courtepointe.portraits.surveys import actions
from courtepointe.portraits.surveys.bank import spoken
from courtepointe.portraits.surveys.values import NewSurvey, State, SurveySeen

Typed = dict[str, Any]
Verb = Callable[..., Any]


@space_page("read", methods=FORM)
def one(request: HttpRequest, space: Space, number: int) -> HttpResponseBase:
    """Show a survey; design it while it is a draft, lead it once it is open."""
    seen, _held = opened(space, number)
    deeds = {State.DRAFT: _draft, State.OPEN: _open, State.CLOSED: _closed}[seen.state](space, seen)

    def draw() -> dict[str, Any]:
        now, held = opened(space, number)
        link = ""
        if now.state is State.OPEN:
            link = request.build_absolute_uri(reverse("survey_answer", args=[now.token]))
        return {**values_of(space, now, held), "lines": lines_of(space, now), "link": link}

    return page_of(request, space, f"{PAGES}survey.html", deeds, draw, here=HERE)


def _plain(space: Space, seen: SurveySeen, act: Verb) -> Callable[[Typed], None]:
    def on(_typed: Typed) -> None:
        act(space.seen.slug, seen.number, **keys(space))

    return on


def _describe(space: Space, seen: SurveySeen) -> Deed:
    def describe(typed: Typed) -> None:
        actions.describe_survey(space.seen.slug, seen.number, NewSurvey(**typed), **keys(space))

    held = {"name": seen.name, "found": seen.found, "closes_on": seen.closes_on}
    form = partial(SurveyForm, lang=space.lang, initial=held)
    return Deed("describe", _("Keep"), describe, form, _("Name, people, last day"))


def _draft(space: Space, seen: SurveySeen) -> list[Deed]:
    slug, number, k = space.seen.slug, seen.number, keys(space)

    def moved(up: bool) -> Callable[[Typed], str]:
        def on(typed: Typed) -> str:
            actions.move_question(slug, number, typed["number"], up=up, **k)
            return f"{space.address('space_survey', number=number)}#question-{typed['number']}"

        return on

    def remove(question: int) -> None:
        actions.remove_question(slug, number, question, **k)

    def add(typed: Typed) -> str:
        actions.add_language(slug, number, typed["lang"], **k)
        return space.address("space_survey_texts", number=number, lang=typed["lang"])

    def drop_language(typed: Typed) -> None:
        actions.drop_language(slug, number, typed["lang"], **k)

    def drop(_typed: Typed) -> str:
        portrait = actions.drop_survey(slug, number, **k)
        return space.address("space_surveys", number=portrait)

    more = [(code, words.in_(space.lang)) for code, words in spoken().items() if code not in seen.languages]  # fmt: skip
    more.sort(key=lambda one: folded(one[1]))
    return [
        Deed("up", _("Up"), moved(True), NumberForm, in_line=True),
        Deed("down", _("Down"), moved(False), NumberForm, in_line=True),
        row_deed("remove", _("Take out"), remove),
        Deed("drop_language", _("Take this language out"), drop_language, CodeForm, in_line=True),
        Deed("open", _("Open the survey"), _plain(space, seen, actions.open_survey), in_line=True),
        Deed("language", _("Add this language"), add, partial(LanguageForm, languages=more), _("Add a language")),
        _describe(space, seen),
        Deed("drop", _("Throw this draft away"), drop, forms.Form, _("Throw this draft away")),
    ]  # fmt: skip


def _follow(space: Space, seen: SurveySeen) -> list[Deed]:
    def follow(_typed: Typed) -> str:
        made = actions.follow_survey(space.seen.slug, seen.number, **keys(space))
        return space.address("space_survey", number=made)

    if seen.followed_by is not None:
        return []
    return [Deed("follow", _("Begin a new version"), follow, title=_("Begin a new version"))]


def _open(space: Space, seen: SurveySeen) -> list[Deed]:
    return [
        _describe(space, seen),
        Deed("renew", _("Replace the link"), _plain(space, seen, actions.renew_link), title=_("Replace the link: the one before ends")),
        Deed("close", _("Close and count"), _plain(space, seen, actions.close_survey), title=_("Close the survey and count its answers")),
        *_follow(space, seen),
    ]  # fmt: skip


def _closed(space: Space, seen: SurveySeen) -> list[Deed]:
    return _follow(space, seen)
