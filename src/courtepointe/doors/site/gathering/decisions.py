"""The register of decisions."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from courtepointe.doors.site.gathering.deeds import Deed, page_of
from courtepointe.doors.site.gathering.forms import DecisionForm, EndDecisionForm, KeepForm
from courtepointe.doors.site.gathering.words import states
from courtepointe.doors.site.space.frame import FORM, Space, keys, space_page
from courtepointe.engagement.actions import decisions as acts
from courtepointe.engagement.queries import meetings as reads
from courtepointe.engagement.values.meetings import NewDecision

HERE = "space_meetings"
STATES = ("in_force", "revised", "ended")


@space_page("read", methods=FORM)
def listed(request: HttpRequest, space: Space) -> HttpResponseBase:
    """List the decisions, of a state or with some words; write one down."""
    state, words = request.GET.get("state", ""), request.GET.get("q", "")[:200]

    def take(typed: dict[str, Any]) -> str:
        made = acts.decide(space.seen.slug, NewDecision(**typed), by=space.by, now=space.now)
        return space.address("space_decision", number=made)

    form = partial(DecisionForm, initial={"taken": localdate(space.now)})
    deeds = [Deed("decide", _("Write this decision down"), take, form, _("Write a decision down"))]

    def draw() -> dict[str, Any]:
        held = state if state in STATES else ""
        return {
            "decisions": reads.register(space.seen, state=held, words=words),
            "states": [(code, states()[code]) for code in STATES],
            "asked_state": held,
            "asked_words": words,
            "today": localdate(space.now),
        }

    return page_of(request, space, "decisions.html", deeds, draw, here=HERE)


@space_page("read", methods=FORM)
def one(request: HttpRequest, space: Space, number: int) -> HttpResponseBase:
    """Show a decision; keep it, revise it, end it."""
    seen = reads.decision(space.seen, number)
    slug, today, k = space.seen.slug, localdate(space.now), keys(space)

    def keep(typed: dict[str, Any]) -> None:
        acts.keep_decision(slug, number, review=typed["review"], why=typed["why"], **k)

    def revise(typed: dict[str, Any]) -> str:
        made = acts.revise_decision(slug, number, NewDecision(**typed), **k)
        return space.address("space_decision", number=made)

    def end(typed: dict[str, Any]) -> None:
        acts.end_decision(slug, number, typed["on"], why=typed["why"], **k)

    begun = {"text": seen.text, "changes": seen.changes, "taken": today}
    deeds = [
        Deed("keep", _("It holds"), keep, KeepForm, _("It was looked at and holds")),
        Deed("revise", _("Replace it"), revise, partial(DecisionForm, initial=begun), _("Replace it by another")),
        Deed("end", _("End it"), end, partial(EndDecisionForm, initial={"on": today}), _("End it")),
    ]  # fmt: skip
    offered = deeds if seen.state == "in_force" else []
    values = {"decision": seen, "today": today}
    return page_of(request, space, "decision.html", offered, lambda: values, here=HERE)
