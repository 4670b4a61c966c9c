"""Passages are coded, each coder for themselves, and what was done is taken back step by step."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from courtepointe.core.errors import BadInput, NotFound, Refused
from courtepointe.engagement.texts import at_least, text
from courtepointe.people.actions import change, create, remove
from courtepointe.people.values import Person
from courtepointe.portraits.evidence.access import own_coding, source_to_code
from courtepointe.portraits.evidence.lists import OWN, STRENGTHS, known
from courtepointe.portraits.evidence.models import Code, Coding, Passage, Round, Source
from courtepointe.portraits.evidence.sentences import is_whole
from courtepointe.portraits.evidence.values import NewCoding, Undone
from courtepointe.portraits.resilience.queries import known_dimension


@dataclass(frozen=True, slots=True)
class Coded:
    """A code that stands after a key was pressed: its number, its passage, whether it was not there before."""

    number: int
    passage: int
    is_new: bool


@transaction.atomic
def code(slug: str, source: int, what: NewCoding, *, by: Person, now: datetime) -> Coded:
    """Note what a passage tells of; the same said twice is one code, with the strength said last.

    Raises
    ------
    BadInput
        ``evidence_place``: not whole sentences of the text as it is; ``evidence_unknown_kind``, ``gathering_number``.
    Refused
        ``evidence_second_reading``: somebody who reads a second time codes the passages of that reading.
    """
    row = source_to_code(slug, source, by=by, now=now)
    direction = known("directions", what.direction)
    strength = _strength(what.strength)
    dimension, own = _named(row.workspace_id, what.what)
    passage = _passage(row, what, by=by, now=now)
    same = Coding.objects.select_for_update().filter(
        passage=passage, coder_id=by.id, dimension=dimension, code=own, direction=direction
    )
    held = same.first()
    if held is not None:
        _strengthen(held, strength, by=by, now=now)
        return Coded(held.pk, passage.pk, is_new=False)
    new = Coding(
        workspace_id=row.workspace_id, passage=passage, coder_id=by.id, dimension=dimension,
        code=own, direction=direction, strength=strength, made=now, touched=now,
    )  # fmt: skip
    return Coded(create(new, by=by, now=now).pk, passage.pk, is_new=True)


def _strength(told: int) -> int:
    return at_least(told, STRENGTHS[0], most=STRENGTHS[-1])


def _strengthen(held: Coding, strength: int, *, by: Person, now: datetime) -> None:
    if held.strength == strength:
        return
    _refuse_read_twice(held)
    before = {"strength": held.strength, "touched": held.touched.isoformat()}
    values = {"strength": strength, "touched": now, "was": [*held.was, before]}
    change(held, values, by=by, now=now)


def _named(workspace: int, what: str) -> tuple[str, str]:
    """Give the dimension and the own code that a coding names, or raise `BadInput`."""
    if not what.startswith(OWN):
        return known_dimension(workspace, what).code, ""
    number = what.removeprefix(OWN)
    rows = Code.objects.filter(workspace_id=workspace, ended=None)
    found = rows.filter(pk=number).first() if number.isascii() and number.isdecimal() else None
    if found is None:
        raise NotFound("unknown_evidence_code")
    return found.dimension, f"{OWN}{found.pk}"


def _passage(row: Source, what: NewCoding, *, by: Person, now: datetime) -> Passage:
    held = row.passages.filter(start=what.start, end=what.end).first()
    reading = Round.objects.filter(source=row, second_id=by.id, done=None).first()
    if reading is not None and (held is None or held.pk not in reading.passages):
        raise Refused("evidence_second_reading")
    if held is not None:
        return held
    if not is_whole(row.text, what.start, what.end):
        raise BadInput("evidence_place")
    new = Passage(workspace_id=row.workspace_id, source=row, start=what.start, end=what.end)
    return create(new, by=by, now=now)


@transaction.atomic
def describe_coding(
    slug: str, number: int, *, part: str, strength: int, note: str, by: Person, now: datetime
) -> None:
    """Say of one's own code of which part of the dimension it tells, how strongly, and a note."""
    row = own_coding(slug, number, by=by, now=now)
    if part:
        known_dimension(row.workspace_id, row.dimension, part)
    _strengthen(row, _strength(strength), by=by, now=now)
    values = {"part": part, "note": text(note, longest=2_000)}
    change(row, values, by=by, now=now)


@transaction.atomic
def uncode(slug: str, number: int, *, by: Person, now: datetime) -> None:
    """Take one's own code off a passage; or raise `Refused` ``evidence_read_twice``."""
    _take_off(own_coding(slug, number, by=by, now=now), by=by, now=now)


@transaction.atomic
def undo(slug: str, source: int, *, by: Person, now: datetime) -> Undone | None:
    """Take back what one did last in a source: the code, or its last change of strength; None where nothing is left.

    What was read twice stays: undoing stops there.
    """
    row = source_to_code(slug, source, by=by, now=now)
    last = _mine(row, by).exclude(passage__in=_read_twice(row.pk)).last()
    if last is None:
        return None
    passage = last.passage
    told: dict[str, Any] = {
        "start": passage.start, "end": passage.end,
        "what": last.code or last.dimension, "direction": last.direction,
    }  # fmt: skip
    if last.was:
        *was, before = last.was
        touched = datetime.fromisoformat(before["touched"])
        values = {"strength": before["strength"], "touched": touched, "was": was}
        change(last, values, by=by, now=now)
        return Undone(**told, strength=last.strength, is_back=True)
    gone = Undone(**told, strength=last.strength, is_back=False)
    _take_off(last, by=by, now=now)
    return gone


def _mine(row: Source, by: Person) -> QuerySet[Coding]:
    rows = Coding.objects.select_for_update(of=("self",)).select_related("passage")
    return rows.filter(passage__source=row, coder_id=by.id).order_by("touched", "pk")


def _take_off(row: Coding, *, by: Person, now: datetime) -> None:
    _refuse_read_twice(row)
    passage = row.passage
    remove(row, by=by, now=now)
    in_reading = any(passage.pk in one.passages for one in Round.objects.filter(source_id=passage.source_id))  # fmt: skip
    if not in_reading and not passage.codings.exists():
        remove(passage, by=by, now=now)


def _refuse_read_twice(row: Coding) -> None:
    """Keep what two people noted independently as it was when they compared it."""
    if row.passage_id in _read_twice(row.passage.source_id, made=row.made):
        raise Refused("evidence_read_twice")


def _read_twice(source: int, *, made: datetime | None = None) -> list[int]:
    """List the passages of finished second readings; those finished after a moment where one is given."""
    rows = Round.objects.filter(source_id=source, done__isnull=False)
    if made is not None:
        rows = rows.filter(done__gte=made)
    return [number for one in rows for number in one.passages]
