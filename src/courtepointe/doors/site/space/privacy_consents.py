"""Consents, for who answers for personal information: each of those noted here, and those of the rooms in counts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from courtepointe.atlas.recipe.values import Words
from courtepointe.doors.site.space.frame import Space, space_answer, space_page
from courtepointe.doors.site.space.privacy import HERE, kind_words
from courtepointe.engagement.queries import consents as of_engagement
from courtepointe.people.actions import withdraw_consent
from courtepointe.people.consents import consent_texts
from courtepointe.people.personal import Datum, closed_list, declared
from courtepointe.people.queries.consents import ConsentCount, ConsentSeen, consents_of
from courtepointe.places.assets.queries import consents as of_assets

ROOMS: tuple[Callable[[int], tuple[ConsentCount, ...]], ...] = (
    of_engagement.consents_counted,
    of_assets.consents_counted,
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


def _consent_told(one: ConsentSeen) -> tuple[ConsentSeen, Words, Words, Words]:
    text = consent_texts().get(one.text)
    name = text.name if text else Words(one.text, one.text)
    return one, name, kind_words(one.subject_kind), closed_list("how")[one.how]


@space_page("officer")
def consents(request: HttpRequest, space: Space) -> HttpResponseBase:
    """List who agreed to what, and how many in each room; withdraw as a person asks."""
    values = {
        "consents": [_consent_told(one) for one in consents_of(space.seen.id)],
        "counted": list(_counted(space.seen.id)),
        "texts": [(text, text.last) for text in consent_texts().values()],
        "ends": closed_list("ends"),
    }
    return space_answer(request, space, "privacy_consents.html", values, here=HERE)


@space_page("officer", methods=("POST",))
def withdraw(request: HttpRequest, space: Space, number: int) -> HttpResponseBase:
    """Withdraw a consent; what it declares follows at once."""
    withdraw_consent(space.seen.slug, number, by=space.by, now=space.now)
    return redirect(space.address("space_consents"))
