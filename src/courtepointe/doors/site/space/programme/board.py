"""The board of the path, and a stage's own page."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.timezone import localdate

from courtepointe.core.errors import NotFound
from courtepointe.doors.site.space.frame import FORM, Space, sent, space_page, status_of
from courtepointe.doors.site.space.programme.forms import (
    AsideForm,
    BeginForm,
    NewsForm,
    OwnStageChangeForm,
    OwnStageForm,
    StageForm,
)
from courtepointe.doors.site.space.programme.frame import (
    acted,
    asked_run,
    may_write,
    news_shown,
    programme_answer,
    runs_told,
)
from courtepointe.doors.site.space.programme.told import card_told, progress_told
from courtepointe.engagement.programme.actions import (
    StageChange,
    add_missing_stages,
    add_news,
    add_own_stage,
    begin_run,
    change_stage,
    move_stage,
)
from courtepointe.engagement.programme.board import STATES, progress
from courtepointe.engagement.programme.exports import chosen
from courtepointe.engagement.programme.path import strands
from courtepointe.engagement.programme.queries import card_of, cards_of, missing_stages
from courtepointe.engagement.programme.values import Run
from courtepointe.press.words import typeset

HERE = "programme"


@space_page("read", methods=FORM)
def board(request: HttpRequest, space: Space) -> HttpResponseBase:
    """Show every stage by strand and state; begin a run where none runs; add a stage of one's own."""
    run = asked_run(request, space)
    if run is None:
        return _begin(request, space)
    form = OwnStageForm(sent(request, "own"), lang=space.lang)

    def add(typed: dict[str, Any]) -> str:
        number = add_own_stage(space.seen.slug, **typed, by=space.by, now=space.now)
        return space.address("programme_stage", number=number)

    if done := acted(form, add, lang=space.lang):
        return done
    values = {
        "lanes": _lanes(run, space),
        "states": [(state, chosen("states", state, lang=space.lang)) for state in STATES],
        "form": form,
        "missing": len(missing_stages(run.number)) if may_write(space, run) else 0,
        "others": runs_told(space, run),
    }
    status = status_of(form)
    return programme_answer(request, space, "board.html", values, part=HERE, run=run, status=status)


def _begin(request: HttpRequest, space: Space) -> HttpResponseBase:
    today = localdate(space.now)
    begun = {
        "starts": today,
        "ends": today.replace(year=today.year + 2, day=1),
        "usual_dates": True,
    }
    form = BeginForm(sent(request, "begin"), lang=space.lang, initial=begun)

    def begin(typed: dict[str, Any]) -> str:
        begin_run(space.seen.slug, **typed, by=space.by, now=space.now)
        return space.address(HERE)

    if done := acted(form, begin, lang=space.lang):
        return done
    values = {
        "form": form,
        "strands": [(typeset(one.title.in_(space.lang), lang=space.lang), typeset(one.aim.in_(space.lang), lang=space.lang)) for one in strands().values()],
    }  # fmt: skip
    status = status_of(form)
    return programme_answer(request, space, "none.html", values, part=HERE, run=None, status=status)


def _lanes(run: Run, space: Space) -> list[dict[str, Any]]:
    """Part the stages by strand, then by state; say how far each strand is."""
    today, lang = localdate(space.now), space.lang
    cards = cards_of(run.number)
    told = [card_told(card, today=today, lang=lang) for card in cards]
    return [
        {
            "code": one.strand,
            "title": typeset(strands()[one.strand].title.in_(lang), lang=lang),
            "aim": typeset(strands()[one.strand].aim.in_(lang), lang=lang),
            "facts": progress_told(one),
            "columns": [
                (state, chosen("states", state, lang=lang), [t for t in told if t.card.strand == one.strand and t.card.state == state])
                for state in STATES
            ],
        }
        for one in progress(cards, strands=list(strands()), today=today)
    ]  # fmt: skip


@space_page("write", methods=("POST",))
def add_missing(request: HttpRequest, space: Space) -> HttpResponseBase:
    """Add the stages that the path gained since the run began."""
    add_missing_stages(space.seen.slug, by=space.by, now=space.now)
    return redirect(space.address(HERE))


@space_page("write", methods=("POST",))
def move(request: HttpRequest, space: Space, number: int) -> HttpResponseBase:
    """Move a stage to another state, from the board or from its page."""
    state = request.POST.get("state", "")
    move_stage(space.seen.slug, number, state=state, by=space.by, now=space.now)
    if request.POST.get("from") == "board":
        return redirect(f"{space.address(HERE)}#stage-{number}")
    return redirect(space.address("programme_stage", number=number))


@space_page("read", methods=FORM)
def stage(request: HttpRequest, space: Space, number: int) -> HttpResponseBase:
    """Show a stage: what it asks, where it is, its notes; write it."""
    found = card_of(space.seen.id, number)
    if found is None:
        raise NotFound("unknown_stage")
    run, card = found
    slug, by, now, lang = space.seen.slug, space.by, space.now, space.lang
    here = space.address("programme_stage", number=number)
    written = (OwnStageChangeForm if card.is_own else StageForm)(sent(request, "change"), lang=lang, initial=asdict(card))  # fmt: skip
    aside = AsideForm(sent(request, "aside"), lang=lang)
    news = NewsForm(sent(request, "news"), lang=lang, initial={"on": localdate(now)})

    def change(typed: dict[str, Any]) -> str:
        change_stage(slug, number, StageChange(**typed), by=by, now=now)
        return here

    def set_aside(typed: dict[str, Any]) -> str:
        move_stage(slug, number, state="aside", why=typed["why"], by=by, now=now)
        return here

    def add(typed: dict[str, Any]) -> str:
        add_news(slug, card=number, **typed, by=by, now=now)
        return f"{here}#news"

    for form, act in ((written, change), (aside, set_aside), (news, add)):
        if done := acted(form, act, lang=lang):
            return done
    values = {
        "told": card_told(card, today=localdate(now), lang=lang),
        "form": written,
        "aside": aside,
        "news_form": news,
        **news_shown(request, run, card=number),
        "moves": [(state, chosen("states", state, lang=lang)) for state in STATES if state not in (card.state, "aside")],
    }  # fmt: skip
    status = status_of(written, aside, news)
    return programme_answer(request, space, "stage.html", values, part=HERE, run=run, status=status)
