"""Suggested actions, from the ten models and from what others did for the same reading."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from functools import partial
from typing import Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from courtepointe.doors.site.gathering.deeds import Deed, NumberForm, page_of
from courtepointe.doors.site.plans.frame import HERE, PAGES, names_of, portrait_asked
from courtepointe.doors.site.space.frame import FORM, Space, keys, space_page
from courtepointe.hubs.kinds import hub_models
from courtepointe.plans.actions.actions import take_from_others, take_suggestion
from courtepointe.plans.kinds import Suggested, read_words, suggested_for
from courtepointe.plans.queries.others import others_actions
from courtepointe.portraits.resilience.queries import dimensions_of, portraits
from courtepointe.portraits.resilience.values import PortraitSeen


class CodeForm(forms.Form):
    """A suggestion, by its code."""

    code = forms.CharField(max_length=40, widget=forms.HiddenInput)


@space_page("read", methods=FORM)
def suggestions(request: HttpRequest, space: Space) -> HttpResponseBase:
    """Show the suggested actions of a dimension and a reading, and what others did; take one up."""
    about = portrait_asked(request, space)
    asked = _asked(request, space)

    def take(typed: dict[str, Any]) -> str:
        assert about is not None
        made = take_suggestion(
            space.seen.slug,
            about.number,
            typed["code"],
            lang=space.lang,
            read=asked.read,
            **keys(space),
        )
        return space.address("space_action", number=made)

    def learn(typed: dict[str, Any]) -> str:
        assert about is not None
        made = take_from_others(space.seen.slug, about.number, typed["number"], **keys(space))
        return space.address("space_action", number=made)

    deeds = []
    if about is not None:
        deeds = [
            Deed("take", _("Take it up as an idea"), take, CodeForm, in_line=True),
            Deed("learn", _("Take it up as an idea"), learn, NumberForm, in_line=True),
        ]
    draw = partial(_drawn, space, about, asked)
    return page_of(request, space, f"{PAGES}suggestions.html", deeds, draw, here=HERE)


@dataclass(frozen=True, slots=True)
class Asked:
    """For which dimension, part and reading; each empty for any."""

    dimension: str
    part: str
    read: str


def _asked(request: HttpRequest, space: Space) -> Asked:
    dimension, read = request.GET.get("dimension", ""), request.GET.get("read", "")
    found = dimensions_of(space.seen.id).get(dimension)
    parts = [one.code for one in found.parts] if found else []
    part = request.GET.get("part", "")
    return Asked(
        dimension if found else "",
        part if part in parts else "",
        read if read in read_words() else "",
    )


def _drawn(space: Space, about: PortraitSeen | None, asked: Asked) -> dict[str, Any]:
    names, held = names_of(space), suggested_for(**asdict(asked))
    found: dict[str, list[Suggested]] = {}
    for one in held:
        found.setdefault(one.dimension, []).append(one)
    return {
        "portrait": about,
        "portraits": portraits(space.seen),
        "names": names,
        "dimensions": [(code, one.name.in_(space.lang)) for code, one in dimensions_of(space.seen.id).items()],
        "asked_dimension": asked.dimension,
        "asked_read": asked.read,
        "asked_part": asked.part,
        "reads": [(code, words.in_(space.lang)) for code, words in read_words().items()],
        "suggestions": [(names.get(code, code), those) for code, those in found.items()],
        "others": others_actions(space.seen.id, now=space.now, **asdict(asked)),
        "models": hub_models(),
    }  # fmt: skip
