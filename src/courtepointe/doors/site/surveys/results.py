"""What a survey found: sentences, charts, a table to take away; how many people live there, for weights."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from functools import partial
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from courtepointe.core.errors import NotFound
from courtepointe.doors.site.gathering.deeds import Deed, page_of
from courtepointe.doors.site.space.frame import (
    FORM,
    Space,
    acted,
    keys,
    space_answer,
    space_page,
    status_of,
)
from courtepointe.doors.site.surveys.files import stem
from courtepointe.doors.site.surveys.forms import PeopleForm
from courtepointe.doors.site.surveys.frame import (
    HERE,
    PAGES,
    in_language,
    opened,
    values_of,
)
from courtepointe.doors.site.surveys.told import chart_of, says_text, told_of, weighing_text
from courtepointe.doors.site.views.exports import asked_drawing, attached, svg
from courtepointe.formats.tables.plain import plain_text
from courtepointe.portraits.resilience.queries import dimension_names
from courtepointe.portraits.surveys.actions import count_again, set_margins
from courtepointe.portraits.surveys.bank import words_of
from courtepointe.portraits.surveys.counting import channels_told
from courtepointe.portraits.surveys.queries import results, written
from courtepointe.portraits.surveys.results import Results
from courtepointe.portraits.surveys.values import SurveySeen
from courtepointe.press.charts import draw_chart

COLUMNS = (
    "question", "text", "answer", "group", "tells", "share_percent", "low_percent", "high_percent", "unweighted_percent",
    "n", "n_effective",
)  # fmt: skip
BOM = "\ufeff"


@space_page("read", methods=FORM)
def page(request: HttpRequest, space: Space, number: int) -> HttpResponseBase:
    """Show what a survey found; before it is closed, only how many answered."""
    seen, held = opened(space, number)
    deeds = []
    if seen.closed is not None and seen.n_sheets:

        def again(_typed: dict[str, Any]) -> None:
            count_again(space.seen.slug, number, **keys(space))

        deeds.append(Deed("again", _("Count again with the numbers of people of today"), again))

    def draw() -> dict[str, Any]:
        return {**values_of(space, seen, held), **_found(space, seen)}

    return page_of(request, space, f"{PAGES}results.html", deeds, draw, here=HERE)


def _found(space: Space, seen: SurveySeen) -> dict[str, Any]:
    found, lang = results(space.seen, seen.number), space.lang
    if found is None:
        return {"says": says_text(seen, lang=lang)}
    names = {code: words.in_(lang) for code, words in dimension_names(space.seen.id).items()}
    channels = {code: words.in_(lang) for code, words in words_of("channels").items()}
    texts = [one for one in seen.questions if one.kind == "text"] if space.may("write") else []
    return {
        "says": says_text(seen, lang=lang),
        "results": found[0],
        "made": found[1],
        "told": told_of(seen, found[0], names, lang=lang),
        "weighing": weighing_text(seen, found[0].weighing, lang=lang),
        "channels": [
            (channels.get(code, code), n, mark)
            for code, n, mark in channels_told(found[0].channels)
        ],
        "written": [
            (in_language(one.texts, lang), written(space.seen, seen.number, one.code))
            for one in texts
        ],
    }


def _counted(space: Space, number: int) -> tuple[SurveySeen, Results]:
    seen, _held = opened(space, number)
    found = results(space.seen, number)
    if found is None:
        raise NotFound("survey_no_results")
    return seen, found[0]


@space_page("read")
def chart(request: HttpRequest, space: Space, number: int, code: str) -> HttpResponseBase:
    """Draw the answers to a question at one of the widths, light or dark."""
    width, scheme = asked_drawing(request)
    seen, found = _counted(space, number)
    asked = {one.code: one for one in seen.questions}
    one = next((each for each in found.questions if each.code == code and each.options), None)
    if one is None:
        raise NotFound("survey_no_results")
    return svg(draw_chart(chart_of(asked[code], one, lang=space.lang), width=width, scheme=scheme))


@space_page("read")
def table(request: HttpRequest, space: Space, number: int) -> HttpResponseBase:
    """Give the results as CSV."""
    seen, found = _counted(space, number)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows([[plain_text(cell) for cell in row] for row in _rows(seen, found, space.lang)])
    name = f"{stem(space, number)}.csv"
    return attached((BOM + out.getvalue()).encode(), name, "text/csv; charset=utf-8")


def _rows(seen: SurveySeen, found: Results, lang: str) -> Iterator[list[str]]:
    asked = {one.code: one for one in seen.questions}
    for one in found.questions:
        text = in_language(asked[one.code].texts, lang)
        texts = {each.code: in_language(each.texts, lang) for each in asked[one.code].options}
        head = [one.code, text]
        if one.tells != "told":
            yield [*head, "", "", one.tells, "", "", "", "", "", ""]
            continue
        counts = [str(one.n), f"{one.n_effective:.1f}"]
        for option in one.options:
            yield [*head, texts[option.code], "", one.tells, *_numbers(option.share), *counts]
        if one.yes is not None:
            yield [*head, "*", "", one.tells, *_numbers(one.yes), *counts]
        for each in one.groups:
            more = [str(each.n), f"{each.n_effective:.1f}"] if each.share else ["", ""]
            yield [*head, "*", each.group, each.tells, *_numbers(each.share), *more]


def _numbers(share: Any) -> list[str]:
    if share is None:
        return ["", "", "", ""]
    return [f"{100 * one:.1f}" for one in (share.value, share.low, share.high, share.plain)]


@space_page("write", methods=FORM)
def people(request: HttpRequest, space: Space, number: int) -> HttpResponseBase:
    """Type how many people live there, so that answers can be weighed."""
    seen, held = opened(space, number)
    about = [one for one in seen.questions if one.about]
    begun: dict[str, Any] = {"source": seen.margins_source}
    for code, counts in seen.margins.items():
        begun |= {
            f"{code}={answer}": int(value) if value == int(value) else value
            for answer, value in counts.items()
        }
    make = partial(PeopleForm, questions=about, lang=space.lang, initial=begun)
    form = make(request.POST or None)

    def act(typed: dict[str, Any]) -> str:
        set_margins(space.seen.slug, number, form.typed(), typed["source"], **keys(space))
        where = "space_survey_results" if seen.closed else "space_survey"
        return space.address(where, number=number)

    if done := acted(form, act, lang=space.lang):
        return done
    asked = [(in_language(one.texts, space.lang), fields) for one, fields in form.asked]
    values = {**values_of(space, seen, held), "form": form, "asked": asked}
    return space_answer(request, space, f"{PAGES}people.html", values, here=HERE, status=status_of(form))  # fmt: skip
