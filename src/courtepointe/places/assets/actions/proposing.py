"""Somebody contributes: what they say waits for review, with what they agreed to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from courtepointe.core.errors import BadInput
from courtepointe.people.access import workspace_to
from courtepointe.people.actions import create
from courtepointe.people.values import Person
from courtepointe.places.assets.kept import VISIBLE_TO, consent_of, hash_of, ids_of, kept
from courtepointe.places.assets.models import Contribution, ContributionPhoto
from courtepointe.places.collecting import Contribution as Contributed
from courtepointe.places.collecting import FieldForm
from courtepointe.press.publication.values import Photo

SOURCES, HOW = set(Contribution.Source), set(Contribution.How)
VISIBILITIES = set(Contribution.Visibility)


@transaction.atomic
def propose(
    slug: str,
    said: Contributed,
    form: FieldForm,
    *,
    by: Person,
    now: datetime,
    visibility: str = "",
    source: str = "hand",
    how: str = "online",
    photos: Mapping[str, Photo] | None = None,
) -> int:
    """Contribute something that somebody else will review; give its number.

    Parameters
    ----------
    said : courtepointe.places.collecting.Contribution
    visibility : str
        Who may see it once it is accepted; empty: what was said in the form.
    source : str
        ``hand``, or ``workshop`` where a sheet is keyed in: the code of its cell is the key.
    how : str
        How consent was given: ``online``, ``paper``, ``spoken``.

    Raises
    ------
    BadInput
        ``unknown_visibility``, ``unknown_consent_way``, ``contributed_already``.
    """
    workspace = workspace_to("contribute", slug, by=by, now=now)
    if how not in HOW:
        raise BadInput("unknown_consent_way", value=how, expected=", ".join(sorted(HOW)))
    held = Contribution.objects.filter(
        workspace_id=workspace.id, source=source, source_key=said.instance_id, source_turn=said.turn
    )
    if source not in SOURCES or held.exists():
        raise BadInput("contributed_already", value=said.instance_id)
    row = Contribution(
        workspace_id=workspace.id,
        **kept(said, form),
        **consent_of(said, how=how),
        **named(said, form, source),
        visibility=checked_visibility(visibility or VISIBLE_TO[said.visibility]),
        by_id=by.id if source == Contribution.Source.HAND else None,
        made=now,
    )
    create(row, by=by, now=now)
    for name, photo in (photos or {}).items():
        create(photo_row(row, name, photo, now=now), by=by, now=now)
    return row.pk


def named(said: Contributed, form: FieldForm, source: str) -> dict[str, Any]:
    """Give the fields that tell which filled form a contribution was."""
    return {
        "source": source,
        "source_key": said.instance_id,
        "source_ids": ids_of(said),
        "source_turn": said.turn,
        "source_hash": hash_of(said, form),
    }


def checked_visibility(told: str) -> str:
    """Hold who may see something to be one of the four."""
    if told not in VISIBILITIES:
        raise BadInput("unknown_visibility", value=told, expected=", ".join(VISIBILITIES))
    return told


def photo_row(
    row: Contribution, name: str, photo: Photo, *, now: datetime, people_seen: str = "unknown"
) -> ContributionPhoto:
    """Make the row of a photograph; it is not saved yet."""
    return ContributionPhoto(
        workspace_id=row.workspace_id,
        contribution_id=row.pk,
        name=name[-120:],
        picture=photo.content,
        wide=photo.wide,
        tall=photo.tall,
        people_seen=people_seen,
        made=now,
    )
