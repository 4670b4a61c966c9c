"""What the pages of the path share: which run is read, whether it may be written, where one is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from courtepointe.core.errors import CourtepointeError, NotAllowed, NotFound
from courtepointe.doors.site.space.frame import Space, add_fault, space_answer
from courtepointe.engagement.programme.queries import NEWS_PAGE, news_of, run_of, runs_of
from courtepointe.engagement.programme.values import Run

PARTS: Sequence[tuple[str, str | Promise]] = (
    ("programme", _("Board")),
    ("programme_due", _("Due and silent")),
    ("programme_chronology", _("Chronology")),
    ("programme_communications", _("Communications")),
    ("programme_transfers", _("Transfers")),
    ("programme_evaluation", _("Evaluation")),
    ("programme_risks", _("Risks")),
    ("programme_achievements", _("Achievements")),
    ("programme_steering", _("All sectors")),
)


def asked_run(request: HttpRequest, space: Space) -> Run | None:
    """Give the run that the address asks for, else the one that runs, else the newest; nothing before the first."""
    told = request.GET.get("run", "")
    if not told:
        return run_of(space.seen.id)
    number = int(told) if told.isascii() and told.isdecimal() and len(told) < 18 else 0
    found = run_of(space.seen.id, number)
    if found is None:
        raise NotFound("unknown_programme_record")
    return found


def news_shown(request: HttpRequest, run: Run, *, card: int | None = None) -> dict[str, Any]:
    """Give a page of notes, those that the address asks for; where the next page begins, and the first."""
    told = request.GET.get("before", "")
    before = int(told) if told.isascii() and told.isdecimal() and len(told) < 18 else None
    found = news_of(run.number, card=card, before=before, most=NEWS_PAGE + 1)
    if before is not None and not found:
        raise NotFound("unknown_programme_record")
    shown = found[:NEWS_PAGE]
    of_run = f"run={run.number}&" if "run" in request.GET else ""
    return {
        "news": shown,
        "older": f"?{of_run}before={shown[-1].number}#news" if len(found) > NEWS_PAGE else "",
        "newest": f"?{of_run}#news" if before is not None else "",
    }


def needed_run(request: HttpRequest, space: Space) -> Run:
    """Give the run that is read, or `NotFound` where there is none yet."""
    run = asked_run(request, space)
    if run is None:
        raise NotFound("unknown_programme_record")
    return run


def may_write(space: Space, run: Run | None) -> bool:
    """Say whether whoever looks may write in a run."""
    return run is not None and run.closed is None and space.may("write")


def acted(
    form: forms.Form, act: Callable[[dict[str, Any]], str], *, lang: str
) -> HttpResponseBase | None:
    """Act on a form that was sent and is clean, as the frame does; who may not is told so at once."""
    if not form.is_bound or not form.is_valid():
        return None
    try:
        return redirect(act(form.cleaned_data))
    except NotAllowed:
        raise
    except CourtepointeError as error:
        add_fault(form, error, lang=lang)
        return None


def programme_answer(
    request: HttpRequest,
    space: Space,
    template: str,
    values: dict[str, Any],
    *,
    part: str,
    run: Run | None,
    status: int = 200,
) -> HttpResponseBase:
    """Draw a page of the path under its part of the path's navigation."""
    asked = f"?run={run.number}" if run and "run" in request.GET else ""
    frame = {
        "parts": [(space.address(name) + asked, title, name == part) for name, title in PARTS],
        "run": run,
        "today": localdate(space.now),
        "writes": may_write(space, run),
        "notes": run is not None and run.closed is None and space.may("contribute"),
    }
    return space_answer(
        request,
        space,
        f"programme/{template}",
        {**frame, **values},
        here="programme",
        status=status,
    )


def nothing_yet(
    request: HttpRequest, space: Space, *, part: str, status: int = 200
) -> HttpResponseBase:
    """Say that no run has begun, what the pages will hold, and where the first step is."""
    return programme_answer(request, space, "none.html", {}, part=part, run=None, status=status)


def runs_told(space: Space, run: Run | None) -> tuple[Run, ...]:
    """List the other runs of the workspace."""
    return tuple(one for one in runs_of(space.seen.id) if run is None or one.number != run.number)
