"""Review what was contributed, one after the other, by keyboard as by hand."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from courtepointe.core.errors import CourtepointeError, NotFound
from courtepointe.doors.site.errors import told as said
from courtepointe.doors.site.space.assets_forms import CorrectForm
from courtepointe.doors.site.space.assets_told import seen_told, told
from courtepointe.doors.site.space.frame import FORM, Space, space_answer, space_page
from courtepointe.places.assets.actions import (
    accept,
    correct,
    merge,
    refuse,
    say_who_is_seen,
    withdraw,
    withdraw_for,
)
from courtepointe.places.assets.queries import contribution, likely_same, waiting
from courtepointe.places.assets.values import ContributionSeen

HERE = "space_assets"


@space_page("review")
def queue(request: HttpRequest, space: Space) -> HttpResponseBase:
    """Go to the first that waits; say so where none does."""
    first = next(iter(waiting(space.seen, space.by)), None)
    if first is not None:
        return redirect(space.address("space_assets_review", number=first.number))
    return space_answer(request, space, "assets_done.html", {}, here=HERE)


@space_page("review", methods=FORM)
def review(request: HttpRequest, space: Space, number: int) -> HttpResponseBase:
    """Look at a contribution: correct, accept, refuse, join it to another, or go to the next."""
    one = contribution(space.seen, space.by, number)
    if one.handled is None:
        raise NotFound("unknown_contribution")
    posted = request.method == "POST"
    act = request.POST.get("do", "") if posted else ""
    form = CorrectForm(
        request.POST if act in ("accept", "correct") else None,
        one=one, texts=one.handled.said, lang=space.lang,
    )  # fmt: skip
    following, fault = _following(space, number), ""
    if posted:
        try:
            if _acted(request, space, one, form, act):
                return redirect(following if act != "correct" else request.path)
        except CourtepointeError as error:
            fault = said(error, lang=space.lang)
    same = [told(other, lang=space.lang) for other in likely_same(space.seen, space.by, number)]
    values: dict[str, Any] = {
        "told": told(one, lang=space.lang),
        "form": form,
        "same": same,
        "fault": fault,
        "following": following,
        "n_waiting": len(waiting(space.seen, space.by)),
        "seen_words": seen_told(),
    }
    status = 400 if fault or (form.is_bound and form.errors) else 200
    return space_answer(request, space, "assets_review.html", values, here=HERE, status=status)


def _acted(
    request: HttpRequest, space: Space, one: ContributionSeen, form: CorrectForm, act: str
) -> bool:
    """Do what was asked; False where the form has faults."""
    slug, typed = space.seen.slug, request.POST
    if act == "refuse":
        refuse(slug, one.number, why=typed.get("why", "")[:500], by=space.by, now=space.now)
        return True
    if act == "merge":
        into = typed.get("into", "")
        merge(slug, one.number, int(into) if into.isascii() and into.isdecimal() and len(into) < 18 else 0, by=space.by, now=space.now)  # fmt: skip
        return True
    if act not in ("accept", "correct") or not form.is_valid():
        return False
    if form.has_changed():
        correct(slug, one.number, **form.corrected(), by=space.by, now=space.now)
    if act == "accept":
        accept(slug, one.number, by=space.by, now=space.now)
    return True


def _following(space: Space, number: int) -> str:
    """Give the address of what comes after one in the queue; the first again after the last."""
    numbers = [one.number for one in waiting(space.seen, space.by)]
    if number not in numbers:
        return space.address("space_assets_queue")
    place = numbers.index(number) + 1
    after = [*numbers[place:], *numbers[: place - 1]]
    if not after:
        return space.address("space_assets_queue")
    return space.address("space_assets_review", number=after[0])


@space_page("review", methods=("POST",))
def people_seen(request: HttpRequest, space: Space, number: int) -> HttpResponseBase:
    """Say who can be recognised on a photograph."""
    say_who_is_seen(space.seen.slug, number, seen=request.POST.get("seen", ""), by=space.by, now=space.now)  # fmt: skip
    back = request.POST.get("back", "")
    if back.isascii() and back.isdecimal() and len(back) < 18:
        return redirect(space.address("space_asset", number=int(back)))
    return redirect(space.address(HERE))


@space_page("read", methods=("POST",))
def withdraw_one(request: HttpRequest, space: Space, number: int) -> HttpResponseBase:
    """Withdraw one's own contribution; or somebody's who asked the team to."""
    one = contribution(space.seen, space.by, number)
    if one.handled and one.handled.is_own:
        withdraw(number, by=space.by, now=space.now)
    else:
        withdraw_for(space.seen.slug, number, by=space.by, now=space.now)
    return redirect(space.address(HERE))
