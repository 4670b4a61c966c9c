"""What a workspace says of itself, where it stands, who answers for its money."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.timezone import localdate

from courtepointe.core.errors import BadInput, NotFound
from courtepointe.doors.served import served
from courtepointe.doors.site.areas_typed import area_typed
from courtepointe.doors.site.space.forms import (
    EndForm,
    FiduciaryForm,
    TerritoryForm,
    WorkspaceForm,
)
from courtepointe.doors.site.space.frame import (
    FORM,
    Space,
    acted,
    sent,
    space_answer,
    space_page,
    status_of,
)
from courtepointe.doors.site.views.search import lines_found
from courtepointe.people.actions import (
    change_workspace,
    drop_territory,
    end_fiduciary,
    name_fiduciary,
    stand_on,
)
from courtepointe.people.actions.workspaces import Described
from courtepointe.people.queries import fiduciaries_of, territories_of, workspace_named


@space_page("settings", methods=FORM)
def settings(request: HttpRequest, space: Space) -> HttpResponseBase:
    """Change what a workspace says of itself, its territories, its fiduciary."""
    about, today = workspace_named(space.seen.slug), localdate(space.now)
    if about is None:
        raise NotFound("unknown_workspace")
    begun = {name: getattr(about, name) for name in WorkspaceForm.base_fields}
    form = WorkspaceForm(sent(request, "describe"), lang=space.lang, initial=begun)
    area = TerritoryForm(_picked(sent(request, "stand")), initial={"since": today})
    money = FiduciaryForm(sent(request, "fiduciary"), initial={"since": today})
    done = (
        acted(form, lambda typed: _describe(space, typed), lang=space.lang)
        or acted(area, lambda typed: _stand(space, typed), lang=space.lang)
        or acted(money, lambda typed: _fiduciary(space, typed), lang=space.lang)
    )
    if done:
        return done
    values = {
        "form": form,
        "area": area,
        "candidates": lines_found(area.data["area"], lang=space.lang, limit=8)
        if area.is_bound and area.data.get("area", "").strip()
        else (),
        "money": money,
        "ending": EndForm(initial={"until": today}),
        "today": today,
        "territories": territories_of(space.seen.id),
        "fiduciaries": fiduciaries_of(space.seen.id),
    }
    status = status_of(form, area, money)
    return space_answer(
        request, space, "settings.html", values, here="space_settings", status=status
    )


def _picked(sent_form: QueryDict | None) -> QueryDict | None:
    """Take the area picked in the list that was offered, rather than the text typed before."""
    if sent_form is None or not sent_form.get("pick"):
        return sent_form
    picked = sent_form.copy()
    picked["area"] = str(sent_form["pick"])
    return picked


def _describe(space: Space, typed: dict[str, Any]) -> str:
    change_workspace(space.seen.slug, Described(**typed), by=space.by, now=space.now)
    return space.address("space_settings")


def _stand(space: Space, typed: dict[str, Any]) -> str:
    pack = served().pack
    key, name = area_typed(served(), typed["area"], lang=space.lang)
    stand_on(
        space.seen.slug,
        atlas_code=pack.recipe.code,
        area_key=key,
        name=name,
        since=typed["since"],
        by=space.by,
        now=space.now,
    )
    return f"{space.address('space_settings')}#territories"


def _fiduciary(space: Space, typed: dict[str, Any]) -> str:
    name_fiduciary(space.seen.slug, **typed, by=space.by, now=space.now)
    return f"{space.address('space_settings')}#money"


def _last_day(request: HttpRequest) -> date:
    """Read the day on which something ends, or refuse: today is not what somebody meant by another day."""
    form = EndForm(request.POST)
    if not form.is_valid():
        raise BadInput("last_day_needed", value=request.POST.get("until", "")[:40])
    day: date = form.cleaned_data["until"]
    return day


@space_page("settings", methods=("POST",))
def end_territory(request: HttpRequest, space: Space, number: int) -> HttpResponseBase:
    """End a territory of the workspace."""
    drop_territory(space.seen.slug, number, until=_last_day(request), by=space.by, now=space.now)
    return redirect(f"{space.address('space_settings')}#territories")


@space_page("settings", methods=("POST",))
def end_mandate(request: HttpRequest, space: Space, number: int) -> HttpResponseBase:
    """Say when a fiduciary's mandate ended."""
    end_fiduciary(space.seen.slug, number, until=_last_day(request), by=space.by, now=space.now)
    return redirect(f"{space.address('space_settings')}#money")
