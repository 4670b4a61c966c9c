"""Consents, for who answers for personal information: each of those noted here, and those of the rooms in counts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.timezone import localdate

from courtepointe.atlas.recipe.values import Words
from courtepointe.core.errors import NotFound
from courtepointe.doors.site.space.frame import (
    FORM,
    Space,
    acted,
    space_answer,
    space_page,
    status_of,
)
from courtepointe.doors.site.space.privacy import HERE, kind_words
from courtepointe.doors.site.space.privacy_forms import ConsentForm
from courtepointe.engagement.queries import consents as of_engagement
from courtepointe.people.actions import note_consent, withdraw_consent
from courtepointe.people.consents import consent_texts
from courtepointe.people.personal import Datum, closed_list, declared
from courtepointe.people.queries.consents import (
    ConsentCount,
    ConsentSeen,
    ConsentTold,
    consents_of,
    subject_is_held,
)
from courtepointe.places.assets.queries import consents as of_assets
from courtepointe.portraits.evidence import queries as of_evidence

ROOMS: tuple[Callable[[int], tuple[ConsentCount, ...]], ...] = (
    of_engagement.consents_counted,
    of_assets.consents_counted,
    of_evidence.consents_counted,
)
"""The rooms that keep consents beside what they let them keep."""


@dataclass(frozen=True, slots=True)
class CountTold:
    """Consents of a kind of rows to one wording, in words; ``end`` says what ends them."""

    count: ConsentCount
    what: Words
    purpose: Words
    end: Words


def _counted(workspace_id: int) -> Iterator[CountTold]:
    made = declared()
    for read in ROOMS:
        for one in read(workspace_id):
            datum = resting(one.kind)
            yield CountTold(
                one,
                kind_words(one.kind),
                made.purposes[datum.purpose],
                made.rules[datum.retention].words,
            )


def resting(kind: str) -> Datum:
    """Give what is declared of the fields that rest on a consent."""
    return next(datum for datum in declared().models[kind].data if datum.ground == "consent")


def _consent_told(one: ConsentSeen) -> tuple[ConsentSeen, Words, Words | None, Words]:
    text = consent_texts().get(one.text)
    name = text.name if text else Words(one.text, one.text)
    kind = kind_words(one.subject_kind) if one.subject_kind else None
    return one, name, kind, closed_list("how")[one.how]


@space_page("officer")
def consents(request: HttpRequest, space: Space) -> HttpResponseBase:
    """List who agreed to what, and how many in each room; withdraw as a person asks."""
    values = {
        "consents": [
            _consent_told(one) for one in consents_of(space.seen.id, on=localdate(space.now))
        ],
        "counted": list(_counted(space.seen.id)),
        "texts": [(text, text.last) for text in consent_texts().values()],
        "ends": closed_list("ends"),
    }
    return space_answer(request, space, "privacy_consents.html", values, here=HERE)


@space_page("officer", methods=FORM)
def note(request: HttpRequest, space: Space) -> HttpResponseBase:
    """Note a consent by hand: of somebody, or of whom a row is about that the address names."""
    kind, key = _about(request, space)
    offered = declared().models[kind].agrees if kind else tuple(consent_texts())
    form = ConsentForm(
        request.POST if request.method == "POST" else None,
        lang=space.lang, offered=offered,
        initial={"given": localdate(space.now), "who": request.GET.get("who", "")[:200]},
    )  # fmt: skip

    def keep(typed: dict[str, Any]) -> str:
        told = ConsentTold(**typed, lang=space.lang, kind=kind, key=key)
        note_consent(space.seen.slug, told, by=space.by, now=space.now)
        return space.address("space_consents")

    if done := acted(form, keep, lang=space.lang):
        return done
    texts = [(text, text.last) for code, text in consent_texts().items() if code in offered]
    about = (kind_words(kind), key) if kind else None
    values = {"form": form, "texts": texts, "about": about}
    status = status_of(form)
    return space_answer(
        request, space, "privacy_note_consent.html", values, here=HERE, status=status
    )


def _about(request: HttpRequest, space: Space) -> tuple[str, str]:
    """Give the kind and the key of the row that the address asks about; nothing where it asks about none."""
    asked = request.GET.get("about", "")
    if not asked:
        return "", ""
    kind, _colon, key = asked.partition(":")
    held = declared().models.get(kind)
    texts = held.agrees if held else ()
    if not any(subject_is_held(space.seen.id, kind, key, text) for text in texts):
        raise NotFound("unknown_consent_subject")
    return kind, key


@space_page("officer", methods=("POST",))
def withdraw(request: HttpRequest, space: Space, number: int) -> HttpResponseBase:
    """Withdraw a consent; what it declares follows at once."""
    withdraw_consent(space.seen.slug, number, by=space.by, now=space.now)
    return redirect(space.address("space_consents"))
