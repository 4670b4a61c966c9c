"""The chronology of a run, what is due and what is silent; the chronology as a file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.timezone import localdate

from courtepointe.doors.site.space.frame import FORM, Space, sent, space_page, status_of
from courtepointe.doors.site.space.programme.forms import (
    CloseForm,
    NewsForm,
    PhaseForm,
    RunForm,
    Told,
)
from courtepointe.doors.site.space.programme.frame import (
    acted,
    asked_run,
    needed_run,
    news_shown,
    nothing_yet,
    programme_answer,
    runs_told,
)
from courtepointe.doors.site.space.programme.told import (
    DueTold,
    card_told,
    drift_told,
    kind_words,
    month_told,
    stale_told,
)
from courtepointe.doors.site.views.exports import attached
from courtepointe.engagement.programme.actions import add_news, change_run, close_run, keep_record
from courtepointe.engagement.programme.board import WHENS, Due, by_when, dues, stales
from courtepointe.engagement.programme.exports import chronology_csv, phase_title, stage_title
from courtepointe.engagement.programme.queries import cards_of, records_of
from courtepointe.engagement.programme.timeline import Timeline, timeline
from courtepointe.engagement.programme.values import (
    Achievement,
    Card,
    Communication,
    Phase,
    Question,
    Risk,
    Run,
    Transfer,
)

WIDE, NARROW = 1_000.0, 330.0


@space_page("read", methods=FORM)
def chronology(request: HttpRequest, space: Space) -> HttpResponseBase:
    """Draw what was planned and what was; write phases, notes of the whole, the run itself."""
    run = asked_run(request, space)
    if run is None:
        return nothing_yet(request, space, part="programme_chronology")
    forms = _forms(request, space, run)
    for form, act in forms.values():
        if done := acted(form, act, lang=space.lang):
            return done
    today = localdate(space.now)
    phases = records_of(Phase, run.number)
    achieved = records_of(Achievement, run.number)
    drawn = _drawn(run, phases, achieved, today)
    values = {
        "drawn": drawn,
        "months": {tick.on: month_told(tick.on, lang=space.lang) for _size, made in drawn for tick in made.ticks},
        "titles": {one.number: phase_title(one, lang=space.lang) for one in phases},
        "phases": [(one, phase_title(one, lang=space.lang), drift_told(one, today=today)) for one in phases],
        "achieved": achieved,
        **news_shown(request, run),
        "stages": {one.number: stage_title(one, lang=space.lang) for one in cards_of(run.number)},
        "others": runs_told(space, run),
        **{f"{name}_form": form for name, (form, _act) in forms.items()},
    }  # fmt: skip
    status = status_of(*(form for form, _act in forms.values()))
    return programme_answer(
        request, space, "chronology.html", values, part="programme_chronology", run=run, status=status
    )  # fmt: skip


def _drawn(
    run: Run, phases: Sequence[Phase], achieved: Iterable[Achievement], today: date
) -> list[tuple[str, Timeline]]:
    """Draw the chronology for a wide screen and for a phone: a style shows one of them."""
    days = [one.on for one in achieved]
    return [
        (size, timeline(run, phases, achieved=days, today=today, width=width))
        for size, width in (("wide", WIDE), ("slim", NARROW))
    ]


def _forms(request: HttpRequest, space: Space, run: Run) -> dict[str, tuple[Any, Any]]:
    """Give the page's forms, each with what it does."""
    slug, by, now, lang = space.seen.slug, space.by, space.now, space.lang
    here, today = space.address("programme_chronology"), localdate(now)

    def phase(typed: dict[str, Any]) -> str:
        keep_record(slug, Phase(number=0, code="", **typed), by=by, now=now)
        return here

    def news(typed: dict[str, Any]) -> str:
        add_news(slug, **typed, by=by, now=now)
        return f"{here}#news"

    def change(typed: dict[str, Any]) -> str:
        change_run(slug, **typed, by=by, now=now)
        return here

    def close(typed: dict[str, Any]) -> str:
        close_run(slug, on=typed["on"], by=by, now=now)
        return here

    made: dict[str, tuple[type[Told], Any, dict[str, Any]]] = {
        "phase": (PhaseForm, phase, {}),
        "news": (NewsForm, news, {"on": today}),
        "run": (RunForm, change, asdict(run)),
        "close": (CloseForm, close, {"on": today}),
    }
    # Several of them ask for a day under the same name: each label leads to its own field.
    return {
        name: (make(sent(request, name), lang=lang, initial=begun, auto_id=f"{name}_%s"), act)
        for name, (make, act, begun) in made.items()
    }


@space_page("read")
def chronology_file(request: HttpRequest, space: Space) -> HttpResponseBase:
    """Give the chronology as CSV."""
    run = needed_run(request, space)
    told = chronology_csv(
        run,
        phases=records_of(Phase, run.number),
        cards=cards_of(run.number),
        achievements=records_of(Achievement, run.number),
        lang=space.lang,
    )
    name = f"{space.seen.slug}-chronologie.csv" if space.lang == "fr" else f"{space.seen.slug}-chronology.csv"  # fmt: skip
    return attached(told.encode(), name, "text/csv; charset=utf-8")


@space_page("read")
def due(request: HttpRequest, space: Space) -> HttpResponseBase:
    """List what is expected, by how soon, and what is asked about."""
    run = asked_run(request, space)
    if run is None:
        return nothing_yet(request, space, part="programme_due")
    today = localdate(space.now)
    cards = cards_of(run.number)
    open_ = run.closed is None
    expected = _expected(run, cards, space) if open_ else []
    parted = by_when([one.due for one in expected], today=today)
    told = {(one.due.kind, one.due.number): one for one in expected}
    held = {card.number: card for card in cards}
    values = {
        "parted": [(name, [told[i.kind, i.number] for i in parted[name]]) for name in WHENS],
        "silent": [
            (card_told(held[one.card], today=today, lang=space.lang), stale_told(one))
            for one in stales(cards, today=today)
        ]
        if open_
        else [],
    }
    return programme_answer(request, space, "due.html", values, part="programme_due", run=run)


def _expected(run: Run, cards: Iterable[Card], space: Space) -> list[DueTold]:
    phases = records_of(Phase, run.number)
    others: dict[str, tuple[Any, ...]] = {
        "communication": records_of(Communication, run.number),
        "transfer": records_of(Transfer, run.number),
        "question": records_of(Question, run.number),
        "risk": records_of(Risk, run.number),
    }
    titles: dict[tuple[str, int], str] = {
        ("card", one.number): stage_title(one, lang=space.lang) for one in cards
    }
    for one in phases:
        titles["phase_start", one.number] = phase_title(one, lang=space.lang)
        titles["phase_end", one.number] = phase_title(one, lang=space.lang)
    for kind, rows in others.items():
        titles |= {(kind, row.number): _title(row) for row in rows}
    found = dues(
        cards=cards,
        phases=phases,
        communications=others["communication"],
        transfers=others["transfer"],
        questions=others["question"],
        risks=others["risk"],
    )
    kinds = kind_words()
    return [
        DueTold(one, kinds[one.kind], titles[one.kind, one.number], _address(one, space))
        for one in found
    ]


def _title(row: Any) -> str:
    told = getattr(row, "message", "") or getattr(row, "what", "") or getattr(row, "text", "")
    return str(told)


def _address(one: Due, space: Space) -> str:
    names = {"card": "stage", "phase_start": "phase", "phase_end": "phase"}
    return space.address(f"programme_{names.get(one.kind, one.kind)}", number=one.number)
