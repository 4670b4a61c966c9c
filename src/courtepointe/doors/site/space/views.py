"""A workspace: its overview, its members, what it shares, its history, its settings."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from courtepointe.core.errors import NotFound
from courtepointe.doors.site.errors import language
from courtepointe.doors.site.space.forms import InviteForm, ReasonForm, RolesForm
from courtepointe.doors.site.space.frame import (
    FORM,
    Space,
    acted,
    sent,
    signed_in,
    space_answer,
    space_page,
    status_of,
)
from courtepointe.doors.site.space.told import changes_told
from courtepointe.people.actions import (
    change_roles,
    end_seat,
    invite,
    leave,
    revoke_invitation,
    undo_batch,
)
from courtepointe.people.queries import (
    agreements_of,
    changes_of,
    fiduciary_on,
    invitations_waiting,
    members_of,
    territories_of,
    workspace_named,
    workspaces_of,
)
from courtepointe.people.roles import kinds, rights, roles
from courtepointe.portraits.resilience.queries import portraits

BATCH = re.compile(r"[-a-zA-Z0-9_]{1,43}")


@never_cache
@require_safe
def spaces(request: HttpRequest) -> HttpResponseBase:
    """List the workspaces of whoever signed in."""
    lang, now = language(request), timezone.now()
    listed = [
        (one, kinds()[one.kind].in_(lang) if one.kind in kinds() else "", [roles()[r].name.in_(lang) for r in roles() if r in one.roles])
        for one in workspaces_of(signed_in(request), now=now)
    ]  # fmt: skip
    return render(request, "site/space/spaces.html", {"listed": listed})


@space_page("read")
def overview(request: HttpRequest, space: Space) -> HttpResponseBase:
    """Show where a workspace stands and what was written last."""
    today = localdate(space.now)
    values = {
        "about": workspace_named(space.seen.slug),
        "territories": territories_of(space.seen.id, on=today),
        "fiduciary": fiduciary_on(space.seen.id, today),
        "members": [m for m in members_of(space.seen.id) if m.until is None or m.until >= today],
        "waiting": [
            one for one in agreements_of(space.seen.id, now=space.now)
            if one.state == "offered" and one.receiver_slug == space.seen.slug
        ],
        "portraits": [one for one in portraits(space.seen) if one.is_open],
        "changes": changes_told(changes_of(space.seen.id, rights=space.seen.rights, limit=8), space),
    }  # fmt: skip
    return space_answer(request, space, "overview.html", values, here="space")


@space_page("read", methods=FORM)
def members(request: HttpRequest, space: Space) -> HttpResponseBase:
    """List who is in a workspace; invite, and leave."""
    form = InviteForm(sent(request, "invite"), lang=space.lang, initial={"roles": ["member"]})
    made: dict[str, str] = {}

    def act(typed: dict[str, Any]) -> None:
        secret = invite(
            space.seen.slug,
            label=typed["label"],
            told_roles=typed["roles"],
            until=typed["until"],
            by=space.by,
            now=space.now,
        )
        made["link"] = request.build_absolute_uri(reverse("join", args=[secret]))
        made["label"] = typed["label"]

    acted(form, act, lang=space.lang)
    values = {
        "members": members_of(space.seen.id),
        "former": members_of(space.seen.id, former=True) if space.may("invite") else (),
        "waiting": invitations_waiting(space.seen.id, now=space.now) if space.may("invite") else (),
        "form": InviteForm(lang=space.lang, initial={"roles": ["member"]}) if made else form,
        "made": made,
        "role_names": {code: role.name.in_(space.lang) for code, role in roles().items()},
        "explained": [
            (role.name.in_(space.lang), [rights()[r].in_(space.lang) for r in rights() if r in role.rights])
            for role in roles().values()
        ],
    }  # fmt: skip
    return space_answer(
        request, space, "members.html", values, here="space_members", status=status_of(form)
    )


@space_page("invite", methods=("POST",))
def take_back(request: HttpRequest, space: Space, number: int) -> HttpResponseBase:
    """Take an invitation back."""
    revoke_invitation(space.seen.slug, number, by=space.by, now=space.now)
    return redirect(space.address("space_members"))


@space_page("read", methods=("POST",))
def quit(request: HttpRequest, space: Space) -> HttpResponseBase:
    """Leave a workspace."""
    leave(space.seen.slug, by=space.by, now=space.now)
    return redirect("spaces")


@space_page("invite", methods=FORM)
def member(request: HttpRequest, space: Space, number: int) -> HttpResponseBase:
    """Change somebody's roles, or end their seat."""
    seats = {one.number: one for one in members_of(space.seen.id)}
    seat = seats.get(number)
    begun = {"roles": seat.roles, "until": seat.until} if seat else {}
    form = RolesForm(sent(request, "change"), lang=space.lang, initial=begun)
    ending = ReasonForm(sent(request, "end"))
    slug, by, now = space.seen.slug, space.by, space.now

    def change(typed: dict[str, Any]) -> str:
        change_roles(slug, number, told_roles=typed["roles"], until=typed["until"], by=by, now=now)
        return space.address("space_members")

    def end(typed: dict[str, Any]) -> str:
        end_seat(slug, number, by=by, now=now, why=typed["why"])
        return space.address("space_members")

    done = acted(form, change, lang=space.lang) or acted(ending, end, lang=space.lang)
    if done:
        return done
    if seat is None:
        return space_answer(request, space, "nobody.html", {}, here="space_members", status=404)
    values = {"seat": seat, "form": form, "ending": ending}
    status = status_of(form, ending)
    return space_answer(request, space, "member.html", values, here="space_members", status=status)


@space_page("read")
def history(request: HttpRequest, space: Space) -> HttpResponseBase:
    """List what was written, by whom, when, why, before and after."""
    told = request.GET.get("before", "")
    before = int(told) if told.isascii() and told.isdecimal() and len(told) < 18 else None
    batch = request.GET.get("batch", "")
    if batch and not BATCH.fullmatch(batch):
        raise NotFound("unknown_batch")
    changes = changes_of(space.seen.id, before=before, batch=batch, rights=space.seen.rights)
    values = {
        "changes": changes_told(changes, space),
        "batch": batch,
        "older": changes[-1].number if len(changes) >= 50 else None,
        "undone": any(one.verb == "undone" for one in changes),
        "since": space.now - timedelta(days=30),
    }
    return space_answer(request, space, "history.html", values, here="space_history")


@space_page("write", methods=("POST",))
def undo(request: HttpRequest, space: Space, batch: str) -> HttpResponseBase:
    """Undo an import."""
    form = ReasonForm(request.POST)

    def act(typed: dict[str, Any]) -> str:
        undo_batch(space.seen.slug, batch, by=space.by, now=space.now, why=typed["why"])
        return f"{space.address('space_history')}?batch={batch}"

    done = acted(form, act, lang=space.lang)
    if done:
        return done
    values = {"changes": [], "form": form, "batch": batch}
    return space_answer(request, space, "history.html", values, here="space_history", status=409)
