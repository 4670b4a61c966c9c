"""The indicators of a portrait: what was chosen and what it says; and one of them, with all that was found of it."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from courtepointe.doors.site.gathering.deeds import Deed, page_of
from courtepointe.doors.site.resilience import numbers_forms as forms
from courtepointe.doors.site.resilience.charted import indicators_chart, profile_chart
from courtepointe.doors.site.resilience.frame import HERE, PAGES, dimension_of
from courtepointe.doors.site.resilience.numbers_told import lines_of, one_told, references
from courtepointe.doors.site.resilience.taking import counts_of
from courtepointe.doors.site.space.frame import FORM, Space, keys, space_page
from courtepointe.doors.site.views.exports import asked_drawing, svg
from courtepointe.doors.territories import taken_from
from courtepointe.portraits.resilience import actions, queries
from courtepointe.portraits.resilience.numbers import (
    IndicatorSeen,
    NewGoalposts,
    NewIndicator,
    NewObservation,
)
from courtepointe.portraits.resilience.values import PortraitSeen
from courtepointe.portraits.surveys.actions import take_results
from courtepointe.portraits.surveys.queries import results_to_take
from courtepointe.press.charts import draw_chart


@space_page("read", methods=FORM)
def listed(request: HttpRequest, space: Space, number: int) -> HttpResponseBase:
    """List a portrait's indicators by dimension; choose, leave out, add, take what the atlas and this place know."""
    seen = queries.portrait(space.seen, number)
    deeds = _deeds(space, seen) if seen.is_open else []

    def draw() -> dict[str, Any]:
        seen = queries.portrait(space.seen, number)
        some = queries.indicators_of(space.seen.id, number, all_of_them=True)
        chosen = [one for one in some if one.counts]
        numbers = queries.numbers_of(space.seen, seen, now=space.now)
        held = queries.by_dimension(chosen)
        told = lines_of(space, seen, chosen)
        return {
            "portrait": seen,
            "groups": [
                (one, numbers[code], [told[each.code] for each in held[code]])
                for code, one in queries.dimensions_of(space.seen.id).items()
                if code in held
            ],
            "left": [one for one in some if not one.counts],
            "flipped": [one for one in chosen if one.flipped],
            "references": [name for name, _figures in references(space, seen)],
            "n_suggested": len(queries.still_suggested(space.seen.id, number)),
            "opened": not chosen,
            "kept": queries.last_kept(space.seen.id, number),
        }

    return page_of(request, space, f"{PAGES}indicators.html", deeds, draw, here=HERE)


def _deeds(space: Space, seen: PortraitSeen) -> list[Deed]:
    slug, number, k, lang = space.seen.slug, seen.number, keys(space), space.lang
    left = queries.still_suggested(space.seen.id, number)
    held = queries.dimensions_of(space.seen.id)
    names = {code: one.name.in_(lang) for code, one in held.items()}

    def choose(typed: dict[str, Any]) -> None:
        actions.choose_indicators(slug, number, typed["codes"], **k)

    def leave(typed: dict[str, Any]) -> None:
        actions.leave_suggestion(slug, number, typed["code"], typed["why"], **k)

    def add(typed: dict[str, Any]) -> str:
        dimension, _slash, part = typed.pop("where").partition("/")
        asset = typed.pop("tells") == "asset"
        new = NewIndicator(dimension=dimension, part=part, asset=asset, **typed)
        made = actions.add_indicator(slug, number, new, **k)
        return space.address("space_resilience_indicator", number=made)

    def atlas(_typed: dict[str, Any]) -> None:
        actions.take_figures(slug, number, taken_from(seen), **k)

    def counts(_typed: dict[str, Any]) -> None:
        actions.take_counts(slug, number, counts_of(space, seen), **k)

    def surveyed(_typed: dict[str, Any]) -> None:
        take_results(slug, number, **k)

    some = [
        Deed("choose", _("Count these"), choose, partial(forms.ChooseForm, some=left, names=names, lang=lang), _("Choose among the suggested indicators")),
        Deed("leave", _("Leave it out"), leave, partial(forms.LeaveSuggestionForm, some=left, lang=lang), _("Leave a suggestion out, with a reason")),
    ] if left else []  # fmt: skip

    def keep(_typed: dict[str, Any]) -> None:
        actions.keep_scores(slug, number, **k)

    take = [
        Deed("atlas", _("Take the figures of the atlas"), atlas),
        Deed("counts", _("Count what this workspace knows"), counts),
        Deed("keep", _("Keep today’s scores"), keep),
    ] if queries.indicators_of(space.seen.id, number) else []  # fmt: skip
    own = partial(forms.OwnIndicatorForm, dimensions=list(held.values()), lang=lang)
    if results_to_take(space.seen, number):
        take.insert(0, Deed("surveys", _("Take the results of closed surveys"), surveyed))
    add_own = Deed("add", _("Add this indicator"), add, own, _("Add an indicator of your own"))
    return [*take, *some, add_own]


@space_page("read", methods=FORM)
def one(request: HttpRequest, space: Space, number: int) -> HttpResponseBase:
    """Show an indicator with all that was found of it; write what was found, move its goalposts, leave it out."""
    found, of = queries.indicator_of(space.seen.id, number)
    seen = queries.portrait(space.seen, of)
    deeds = _own_deeds(space, found) if seen.is_open else []

    def draw() -> dict[str, Any]:
        found, _of = queries.indicator_of(space.seen.id, number)
        names = queries.dimension_names(space.seen.id)
        return {
            "portrait": seen,
            "dimension": names.get(found.dimension),
            "part": names.get(found.part),
            **one_told(space, seen, found),
        }

    return page_of(request, space, f"{PAGES}indicator.html", deeds, draw, here=HERE)


def _own_deeds(space: Space, found: IndicatorSeen) -> list[Deed]:
    slug, number, k, lang = space.seen.slug, found.number, keys(space), space.lang

    def observe(typed: dict[str, Any]) -> None:
        actions.observe(slug, number, NewObservation(**typed), **k)

    def move(typed: dict[str, Any]) -> None:
        actions.move_goalposts(slug, number, NewGoalposts(**typed), **k)

    def weigh(typed: dict[str, Any]) -> None:
        actions.weigh_indicator(slug, number, typed["weight"], **k)

    def leave(typed: dict[str, Any]) -> None:
        actions.leave_indicator(slug, number, typed["why"], **k)

    def count(_typed: dict[str, Any]) -> None:
        _found, of = queries.indicator_of(space.seen.id, number)
        actions.choose_indicators(slug, of, [found.code], **k)

    if not found.counts:
        return [Deed("count", _("Count it again"), count)]
    year = {"period": str(localdate(space.now).year), "status": "counted", "interval": "unknown"}
    posts = {"low": found.posts.low, "high": found.posts.high, "polarity": found.polarity}
    return [
        Deed("observe", _("Keep this observation"), observe, partial(forms.ObserveForm, lang=lang, unit=found.unit, initial=year), _("Write what was found")),
        Deed("move", _("Set these goalposts"), move, partial(forms.PostsForm, initial=posts), _("Move the goalposts, with a reason")),
        Deed("weigh", _("Keep this weight"), weigh, partial(forms.WeightForm, initial={"weight": found.weight}), _("Say how much it weighs")),
        Deed("leave", _("Leave it out"), leave, forms.LeaveForm, _("Leave this indicator out, with a reason")),
    ]  # fmt: skip


@space_page("read")
def profile_svg(request: HttpRequest, space: Space, number: int) -> HttpResponseBase:
    """Draw the dots of a portrait's dimensions; nothing where none has a score."""
    width, scheme = asked_drawing(request)
    seen = queries.portrait(space.seen, number)
    numbers = queries.numbers_of(space.seen, seen, now=space.now)
    chart = profile_chart(queries.dimensions_of(space.seen.id), numbers, lang=space.lang)
    if chart is None:
        raise Http404
    return svg(draw_chart(chart, width=width, scheme=scheme))


@space_page("read")
def dimension_svg(request: HttpRequest, space: Space, number: int, code: str) -> HttpResponseBase:
    """Draw the indicators of a dimension; nothing where none has a value."""
    width, scheme = asked_drawing(request)
    found = dimension_of(space, code)
    queries.portrait(space.seen, number)
    some = [one for one in queries.indicators_of(space.seen.id, number) if one.dimension == code]
    chart = indicators_chart(some, found.name.in_(space.lang), lang=space.lang)
    if chart is None:
        raise Http404
    return svg(draw_chart(chart, width=width, scheme=scheme))
