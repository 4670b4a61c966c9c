"""Filled forms of telephones are taken in: each once, the earlier versions corrected, together or not at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from courtepointe.core.errors import BadInput, Refused
from courtepointe.people.access import workspace_to
from courtepointe.people.actions import change, create, create_many, new_batch
from courtepointe.people.sealed import seal_bytes
from courtepointe.people.values import Person
from courtepointe.places.assets.access import field_draft_to_take
from courtepointe.places.assets.actions.proposing import named, photo_row
from courtepointe.places.assets.actions.withdrawing import empty
from courtepointe.places.assets.arriving import Arrived, File, arrived
from courtepointe.places.assets.kept import VISIBLE_TO, consent_of, ids_of, kept
from courtepointe.places.assets.models import Contribution, ContributionPhoto, FieldDraft
from courtepointe.places.assets.queries.review import Matched, field_draft, matched, withdrawn_by
from courtepointe.places.collecting import Contribution as Contributed
from courtepointe.places.collecting import FieldForm, field_form
from courtepointe.press.publication.values import Photo

LIFE = timedelta(days=1)
MOST_DRAFTS = 20


@dataclass(frozen=True, slots=True)
class Taken:
    """What was taken in, and the batch by which it can be undone."""

    batch: str
    n_new: int
    n_corrected: int
    n_withdrawn: int


@transaction.atomic
def keep_files(slug: str, *, form: str, files: Sequence[File], by: Person, now: datetime) -> int:
    """Keep files of filled forms, sealed, while their person looks at them; give the draft's number."""
    workspace = workspace_to("write", slug, by=by, now=now)
    FieldDraft.objects.filter(expires__lte=now).delete()
    arrived(files, field_form(form).code)
    if FieldDraft.objects.filter(workspace_id=workspace.id, by_id=by.id).count() >= MOST_DRAFTS:
        raise Refused("too_many_tables_wait", value=MOST_DRAFTS)
    row = FieldDraft.objects.create(
        workspace_id=workspace.id,
        by_id=by.id,
        form=form,
        files=[[name[-200:], len(content)] for name, content in files],
        content=seal_bytes(b"".join(content for _, content in files)),
        made=now,
        expires=now + LIFE,
    )
    return row.pk


@transaction.atomic
def drop_files(slug: str, number: int, *, by: Person, now: datetime) -> None:
    """Destroy files that are not to be taken in."""
    field_draft_to_take(slug, number, by=by, now=now).delete()


@transaction.atomic
def take_files(slug: str, number: int, *, by: Person, now: datetime) -> Taken:
    """Take a draft's filled forms in, all or none, and destroy the files."""
    draft = field_draft_to_take(slug, number, by=by, now=now)
    form = field_form(draft.form)
    held = arrived(field_draft(draft), form.code)
    if held.faults:
        raise BadInput("field_faults", value=len(held.faults))
    taken = import_filled(slug, held, form, by=by, now=now)
    draft.delete()
    return taken


@transaction.atomic
def import_filled(slug: str, held: Arrived, form: FieldForm, *, by: Person, now: datetime) -> Taken:
    """Write what telephones brought, as proposals to review.

    The same filled form twice is one. A later version corrects the earlier one, which is reviewed
    again. What was withdrawn does not come back, and what is not agreed to any more is withdrawn.
    """
    workspace = workspace_to("write", slug, by=by, now=now)
    batch = new_batch()
    known = matched(workspace.id, held.found, form)
    fresh = _fresh(workspace.id, held, known, form, by=by, now=now, batch=batch)
    corrected = 0
    for one, row, changes in zip(held.found.contributions, known.rows, known.changes, strict=True):
        if row is not None and changes:
            corrected += 1
            _correct(row, one, form, held.photos, by=by, now=now, batch=batch)
    gone = withdrawn_by(workspace.id, held.found.refused, form)
    for row in gone:
        empty(row, by=by, now=now)
    return Taken(batch, len(fresh), corrected, len(gone))


def _fresh(
    workspace_id: int,
    held: Arrived,
    known: Matched,
    form: FieldForm,
    *,
    by: Person,
    now: datetime,
    batch: str,
) -> list[Contribution]:
    """Write what was not held yet. Nobody's account stands on it: a telephone does not say whose it is."""
    new = [
        one for one, row in zip(held.found.contributions, known.rows, strict=True) if row is None
    ]
    rows = create_many(
        [
            Contribution(
                workspace_id=workspace_id,
                **kept(one, form),
                **consent_of(one, how="phone"),
                **named(one, form, "phone"),
                visibility=VISIBLE_TO[one.visibility],
                made=now,
            )
            for one in new
        ],
        by=by, now=now, batch=batch,
    )  # fmt: skip
    photos = [
        photo_row(row, name, held.photos[name], now=now)
        for one, row in zip(new, rows, strict=True)
        for name in dict.fromkeys(one.photos)
        if name in held.photos
    ]
    create_many(photos, by=by, now=now, batch=batch)
    return rows


def _correct(
    row: Contribution,
    one: Contributed,
    form: FieldForm,
    photos: Mapping[str, Photo],
    *,
    by: Person,
    now: datetime,
    batch: str,
) -> None:
    ids = {"source_ids": sorted({*row.source_ids, *ids_of(one)})}
    values = {
        **kept(one, form),
        **consent_of(one, how="phone"),
        **named(one, form, "phone"),
        **ids,
        "source_key": row.source_key,
        "visibility": VISIBLE_TO[one.visibility],
        "state": Contribution.State.PROPOSED,
        "refusal": "",
        "merged_into_id": None,
    }
    change(row, values, by=by, now=now, batch=batch)
    there = ContributionPhoto.objects.filter(contribution_id=row.pk)
    held = {*there.values_list("name", flat=True)}
    for photo in there.exclude(name__in=one.photos):
        # It is in the form no more: a reviewer looks at it before anybody else does again.
        change(photo, {"people_seen": "unknown"}, by=by, now=now, batch=batch)
    for name in dict.fromkeys(one.photos):
        if name in photos and name not in held:
            create(photo_row(row, name, photos[name], now=now), by=by, now=now, batch=batch)
