"""Somebody is looked for in a workspace's own texts, for a request: the register keeps what was found and done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from courtepointe.core.errors import BadInput, NotFound
from courtepointe.people.access import workspace_to
from courtepointe.people.actions.privacy.requests import LONGEST, request_of
from courtepointe.people.actions.rows import change, create
from courtepointe.people.models import RequestSearch
from courtepointe.people.queries.free_texts import Search, free_texts
from courtepointe.people.values import Person

LONGEST_WORDS = 800


@dataclass(frozen=True, slots=True)
class Looked:
    """A search that the register keeps, and what it found."""

    number: int
    search: Search


@transaction.atomic
def look_in_texts(
    slug: str, number: int, words: str, *, leads: Mapping[str, str], by: Person, now: datetime
) -> Looked:
    """Look for somebody in all that people wrote, for a request, to the officer.

    The register keeps the words and how many rows of each kind hold them; never what they say.

    Parameters
    ----------
    words : str
        A name, a code, an address or part of a number a line.
    leads : mapping
        As `courtepointe.people.queries.free_texts.free_texts`.

    Raises
    ------
    BadInput
        ``search_too_short``, ``search_without_words``.
    NotFound
        ``unknown_request``.
    """
    row = request_of(slug, number, by=by, now=now)
    plain = words.strip()[:LONGEST_WORDS]
    found = free_texts(row.workspace_id, plain, leads=leads, but=str(row.pk))
    kept = RequestSearch(
        workspace_id=row.workspace_id, request_id=row.pk, words=plain, found=found.counts, at=now,
        by_id=by.id,
    )  # fmt: skip
    return Looked(create(kept, by=by, now=now).pk, found)


@transaction.atomic
def say_what_was_done(
    slug: str, number: int, search: int, done: str, *, by: Person, now: datetime
) -> None:
    """Write in the register what was done about what a search found; the history keeps what it said before.

    Raises
    ------
    BadInput
        ``search_done_says_nothing``.
    NotFound
        ``unknown_request``.
    """
    workspace = workspace_to("officer", slug, by=by, now=now)
    rows = RequestSearch.objects.select_for_update().filter(workspace_id=workspace.id)
    row = rows.filter(pk=search, request_id=number).first()
    if row is None:
        raise NotFound("unknown_request")
    if not done.strip():
        raise BadInput("search_done_says_nothing")
    change(row, {"done": done.strip()[:LONGEST]}, by=by, now=now)
