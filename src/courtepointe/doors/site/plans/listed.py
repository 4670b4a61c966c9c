"""Actions by horizon and state; priorities."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from courtepointe.doors.site.gathering.deeds import Deed, page_of, row_deed
from courtepointe.doors.site.hubs.frame import records
from courtepointe.doors.site.plans.forms import ActionForm, PriorityForm
from courtepointe.doors.site.plans.frame import (
    HERE,
    PAGES,
    by_dimension,
    names_of,
    parted,
    places,
    portrait_asked,
    priority_choices,
)
from courtepointe.doors.site.space.frame import FORM, Space, keys, space_page
from courtepointe.plans.actions.actions import write_action
from courtepointe.plans.actions.priorities import end_priority, set_priority
from courtepointe.plans.kinds import words_of
from courtepointe.plans.queries.actions import actions, priorities
from courtepointe.plans.values import ActionLine, NewAction, NewPriority
from courtepointe.portraits.resilience.queries import portraits
from courtepointe.portraits.resilience.values import PortraitSeen

KEPT = "0"
"""Stands for the organisation that leads an action already, and is offered no more."""


def new_action(typed: dict[str, Any]) -> NewAction:
    """Read an action from a form."""
    dimension, part = parted(typed.pop("place"))
    return NewAction(dimension=dimension, part=part, **typed)


def new_priority(typed: dict[str, Any]) -> NewPriority:
    """Read a priority from a form."""
    dimension, part = parted(typed.pop("place"))
    return NewPriority(dimension=dimension, part=part, **typed)


def action_form(
    space: Space,
    portrait: int,
    *,
    lead: str = "",
    form: type[ActionForm] = ActionForm,
    **begun: Any,
) -> Any:
    """Give the form of an action of a portrait; ``lead`` is who leads it though its record is closed."""
    leads = records(space, "organization") if space.may("write") else []
    leads += [(KEPT, lead)] if lead else []
    return partial(
        form, lang=space.lang, places=places(space), leads=leads,
        priorities=priority_choices(space, portrait), **begun,
    )  # fmt: skip


@space_page("read", methods=FORM)
def listed(request: HttpRequest, space: Space) -> HttpResponseBase:
    """List the actions of a portrait by horizon; write one."""
    about, state = portrait_asked(request, space), request.GET.get("state", "")
    state = state if state in words_of("states") else ""

    def write(typed: dict[str, Any]) -> str:
        assert about is not None
        made = write_action(space.seen.slug, about.number, new_action(typed), **keys(space))
        return space.address("space_action", number=made)

    def draw() -> dict[str, Any]:
        held = () if about is None else actions(space.seen, now=space.now, portrait=about.number)
        shown = [one for one in held if not state or one.state == state]
        return {
            **_frame(space, about),
            "by_horizon": _by_horizon(shown),
            "n_actions": len(held),
            "asked_state": state,
            "states": [(code, words.in_(space.lang)) for code, words in words_of("states").items()],
        }

    deeds = []
    if about is not None:
        form = action_form(space, about.number, initial={"horizon": "year", "bearer": "together"})
        deeds = [Deed("write", _("Keep this action"), write, form, _("Write an action"))]
    return page_of(request, space, f"{PAGES}actions.html", deeds, draw, here=HERE)


def _frame(space: Space, about: PortraitSeen | None) -> dict[str, Any]:
    return {"portrait": about, "portraits": portraits(space.seen), "names": names_of(space)}


def _by_horizon(held: Iterable[ActionLine]) -> list[tuple[str, list[ActionLine]]]:
    found: dict[str, list[ActionLine]] = {code: [] for code in words_of("horizons")}
    for one in held:
        found.setdefault(one.horizon, []).append(one)
    return [(code, those) for code, those in found.items() if those]


@space_page("read", methods=FORM)
def all_priorities(request: HttpRequest, space: Space) -> HttpResponseBase:
    """List the priorities of a portrait by dimension; write one."""
    about = portrait_asked(request, space)

    def write(typed: dict[str, Any]) -> str:
        assert about is not None
        made = set_priority(space.seen.slug, about.number, new_priority(typed), **keys(space))
        return space.address("space_priority", number=made)

    def draw() -> dict[str, Any]:
        held = () if about is None else priorities(space.seen, portrait=about.number)
        return {**_frame(space, about), "by_dimension": by_dimension(space, held)}

    deeds = []
    if about is not None:
        form = partial(PriorityForm, places=places(space))
        deeds = [
            Deed("set", _("Keep this priority"), write, form, _("Write a priority")),
            row_deed("end", _("Set aside"), lambda n: end_priority(space.seen.slug, n, **keys(space))),
        ]  # fmt: skip
    return page_of(request, space, f"{PAGES}priorities.html", deeds, draw, here=HERE)
