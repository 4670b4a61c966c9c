"""Somebody reviews: accepts, corrects, refuses with a reason, joins what is one thing told twice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from courtepointe.core.errors import BadInput, NotFound, Refused
from courtepointe.people.actions import change
from courtepointe.people.values import Person
from courtepointe.places.assets.access import contribution_to_review, photo_to_review
from courtepointe.places.assets.actions.proposing import checked_visibility
from courtepointe.places.assets.lists import NEEDS, OPEN_TO, categories, words
from courtepointe.places.assets.models import Contribution, ContributionPhoto
from courtepointe.places.collecting import field_form
from courtepointe.places.collecting.gather import SILENT

State = Contribution.State
ORDER = [str(one) for one in Contribution.Visibility]
"""From the narrowest to the widest."""


def _reviewed(row: Contribution, state: str, *, by: Person, now: datetime, why: str = "", **more: Any) -> None:  # fmt: skip
    values = {"state": state, "reviewed_by_id": by.id, "reviewed": now, "refusal": "", "merged_into_id": None}  # fmt: skip
    change(row, {**values, **more}, by=by, now=now, why=why)


@transaction.atomic
def accept(slug: str, number: int, *, by: Person, now: datetime) -> None:
    """Accept a contribution: it is seen by whom it was contributed for."""
    row = contribution_to_review(slug, number, by=by, now=now)
    _reviewed(row, State.ACCEPTED, by=by, now=now)


@transaction.atomic
def refuse(slug: str, number: int, *, why: str, by: Person, now: datetime) -> None:
    """Refuse a contribution, and say why to who contributed it."""
    row = contribution_to_review(slug, number, by=by, now=now)
    if not why.strip():
        raise BadInput("refusal_without_reason")
    _reviewed(row, State.REFUSED, by=by, now=now, refusal=why.strip())


@transaction.atomic
def merge(slug: str, number: int, into: int, *, by: Person, now: datetime) -> None:
    """Say that a contribution tells of one that was accepted: that one serves the needs of both.

    No words and no photograph cross: each stays with who contributed it, and goes with their consent.
    """
    row = contribution_to_review(slug, number, by=by, now=now)
    target = contribution_to_review(slug, into, by=by, now=now)
    if target.pk == row.pk or target.state != State.ACCEPTED or target.kind != row.kind:
        raise Refused("cannot_merge")
    if target.is_person != row.is_person:
        raise Refused("cannot_merge")
    choices = dict(target.choices)
    for name in (NEEDS, OPEN_TO):
        both = {*choices.get(name, ()), *row.choices.get(name, ())}
        if both:
            choices[name] = [code for code in words(target.form, name) if code in both]
    change(target, {"choices": choices}, by=by, now=now)
    _reviewed(row, State.MERGED, by=by, now=now, merged_into_id=target.pk)


@transaction.atomic
def correct(
    slug: str,
    number: int,
    *,
    texts: Mapping[str, str],
    category: Sequence[str],
    needs: Sequence[str] = (),
    visibility: str = "",
    point: tuple[float, float] | None = None,
    by: Person,
    now: datetime,
    why: str = "",
) -> None:
    """Correct what was contributed: names and clues out, a sort put right, a point moved or taken out.

    Raises
    ------
    BadInput
        ``unknown_category``, ``unknown_need``, ``unknown_visibility``.
    Refused
        ``wider_than_agreed``: nobody shows it to more people than its contributor agreed to.
    """
    row = contribution_to_review(slug, number, by=by, now=now)
    _check_codes(row.form, category, needs)
    shown = checked_visibility(visibility or row.visibility)
    if ORDER.index(shown) > ORDER.index(row.visibility):
        raise Refused("wider_than_agreed")
    choices = {name: told for name, told in row.choices.items() if name != NEEDS}
    if needs:
        choices[NEEDS] = [code for code in words(row.form, NEEDS) if code in {*needs}]
    is_person = bool(field_form(row.form).persons & {*category})
    values = {
        "texts": {name: text.strip() for name, text in texts.items() if text.strip()},
        "category": [*category],
        "choices": choices,
        "is_person": is_person,
        "point": None if is_person else _moved(row, point),
        "visibility": shown,
    }
    change(row, values, by=by, now=now, why=why)


def _moved(row: Contribution, point: tuple[float, float] | None) -> dict[str, float | None] | None:
    """Give the point: as it was measured where it is the same, else as a hand placed it."""
    if point is None:
        return None
    if row.point is not None and (row.point["lon"], row.point["lat"]) == point:
        return dict(row.point)
    return {"lon": point[0], "lat": point[1], "accuracy_m": None}


def _check_codes(form: str, category: Sequence[str], needs: Sequence[str]) -> None:
    sorts, served = ([code for code in of if code not in SILENT] for of in (categories(form), words(form, NEEDS)))  # fmt: skip
    strange = [one for one in category if one not in sorts]
    if strange or not category:
        raise BadInput("unknown_category", value=", ".join(strange), expected=", ".join(sorts))
    strange = [one for one in needs if one not in served]
    if strange:
        raise BadInput("unknown_need", value=", ".join(strange), expected=", ".join(served))


@transaction.atomic
def say_who_is_seen(slug: str, number: int, *, seen: str, by: Person, now: datetime) -> None:
    """Say of a photograph that nobody can be recognised on it, or that who is seen agreed."""
    row = photo_to_review(slug, number, by=by, now=now)
    if seen not in set(ContributionPhoto.Seen):
        raise NotFound("unknown_contribution")
    change(row, {"people_seen": seen}, by=by, now=now)
