"""The frame of a workspace's pages: who acts, where, when; one gate before every view."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from courtepointe.core.errors import CourtepointeError, NotAllowed
from courtepointe.doors.site.errors import language, told
from courtepointe.doors.site.security import takes_forms
from courtepointe.people.access import workspace_to
from courtepointe.people.queries import person_of
from courtepointe.people.roles import kinds
from courtepointe.people.values import Person, WorkspaceSeen

READ = ("GET", "HEAD")
FORM = ("GET", "HEAD", "POST")


@dataclass(frozen=True, slots=True)
class Space:
    """A workspace, whoever looks at it, the clock and the language of the page."""

    seen: WorkspaceSeen
    by: Person
    now: datetime
    lang: str

    def may(self, right: str) -> bool:
        """Say whether the person has a right here."""
        return right in self.seen.rights

    def address(self, name: str, **where: object) -> str:
        """Give the address of a page of this workspace."""
        return reverse(name, kwargs={"slug": self.seen.slug, **where})


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the workspace's own navigation: the page's name, its words, the right it asks for.

    ``keeps`` says that it is not the work itself, but what keeps the workspace: who, what, since when.
    """

    name: str
    title: str | Promise
    right: str = "read"
    keeps: bool = False


# In the order in which people use them. One line a page: first the work, then what keeps the workspace.
ENTRIES: Sequence[Entry] = (
    Entry("space", _("Overview")),
    Entry("space_directory", _("Directory")),
    Entry("space_resilience", pgettext_lazy("navigation", "Resilience")),
    Entry("space_plan", pgettext_lazy("navigation", "Plan")),
    Entry("space_hubs", _("Hubs")),
    Entry("space_assets", _("Assets")),
    Entry("space_network", _("Network")),
    Entry("space_meetings", _("Meetings")),
    Entry("space_activities", _("Activities")),
    Entry("space_trainings", _("Trainings")),
    Entry("space_volunteers", _("Volunteers")),
    Entry("programme", _("Path")),
    Entry("space_bring", _("Import"), "write"),
    Entry("space_members", _("Members"), keeps=True),
    Entry("space_sharing", _("Sharing"), keeps=True),
    Entry("space_exports", _("Exports"), "contacts", keeps=True),
    Entry("space_history", _("History"), keeps=True),
    Entry("space_privacy", _("Personal information"), "officer", keeps=True),
    Entry("space_settings", _("Settings"), "settings", keeps=True),
)


def signed_in(request: HttpRequest) -> Person:
    """Give who signed in, or `NotAllowed`."""
    if not request.user.is_authenticated:
        raise NotAllowed("sign_in_needed")
    return person_of(request.user)


def keys(space: Space) -> dict[str, Any]:
    """Give who writes and when, as actions ask for them."""
    return {"by": space.by, "now": space.now}


View = Callable[..., HttpResponseBase]


def space_page(right: str, *, methods: Sequence[str] = READ) -> Callable[[View], View]:
    """Make a view a page of a workspace: it is called with a `Space` once the right was found."""

    def wrap(view: View) -> View:
        @never_cache
        @require_http_methods(list(methods))
        @wraps(view)
        def page(request: HttpRequest, slug: str, **where: Any) -> HttpResponseBase:
            now, by = timezone.now(), signed_in(request)
            seen = workspace_to(right, slug, by=by, now=now)
            return view(request, Space(seen, by, now, language(request)), **where)

        page.right = right  # type: ignore[attr-defined]
        return takes_forms(page) if "POST" in methods else page

    return wrap


Line = tuple[str, str | Promise, bool]


def entries(space: Space, here: str) -> tuple[list[Line], list[Line]]:
    """Give the workspace's navigation as one person may use it, in two rows: the work, what keeps it.

    Of each line the address, its words, whether it is here.
    """
    rows: tuple[list[Line], list[Line]] = ([], [])
    for entry in ENTRIES:
        if space.may(entry.right):
            line = (space.address(entry.name), entry.title, here == entry.name)
            rows[entry.keeps].append(line)
    return rows


def space_answer(
    request: HttpRequest,
    space: Space,
    template: str,
    values: dict[str, Any],
    *,
    here: str,
    status: int = 200,
) -> HttpResponseBase:
    """Draw a page of a workspace; ``here`` is the entry of its navigation that it stands under."""
    frame = {
        "space": space,
        "workspace": space.seen,
        "workspace_kind": kinds()[space.seen.kind].in_(space.lang)
        if space.seen.kind in kinds()
        else "",
        "entries": entries(space, here),
        "rights": space.seen.rights,
    }
    taken = frame.keys() & values.keys()
    if taken:
        raise ValueError(f"{template} hides the frame's {', '.join(sorted(taken))}")
    return render(request, f"site/space/{template}", {**frame, **values}, status=status)


def add_fault(form: forms.Form, error: CourtepointeError, *, lang: str) -> None:
    """Say an error of ours at the head of the form that caused it; what was typed stays."""
    form.add_error(None, told(error, lang=lang))


def acted(
    form: forms.Form, act: Callable[[dict[str, Any]], str | None], *, lang: str
) -> HttpResponseBase | None:
    """Act on a form that was sent and is clean, and go to the address that the act gives.

    Nothing where the form was not sent, or has faults: the page is drawn again with what was typed.
    """
    if not form.is_bound or not form.is_valid():
        return None
    try:
        address = act(form.cleaned_data)
    except CourtepointeError as error:
        add_fault(form, error, lang=lang)
        return None
    return redirect(address) if address else None


def status_of(*drawn: forms.Form) -> int:
    """Give 400 where a form that was sent has faults, else 200."""
    return 400 if any(form.is_bound and form.errors for form in drawn) else 200


def reason_sent(request: HttpRequest, *, longest: int = 500) -> str:
    """Give the reason that goes with a button: one line, without what no keyboard writes."""
    told = " ".join(request.POST.get("why", "").split())
    return "".join(letter for letter in told if letter.isprintable())[:longest]


def sent(request: HttpRequest, what: str) -> Any:
    """Give what was sent with one of a page's forms, named by its ``do``; nothing for the others."""
    return request.POST if request.method == "POST" and request.POST.get("do") == what else None
