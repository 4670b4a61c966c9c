"""Sources are brought, corrected and withdrawn."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from courtepointe.core.errors import BadInput, Refused
from courtepointe.engagement.texts import at_least, line, text
from courtepointe.people.actions import change, create, log_destruction
from courtepointe.people.actions.privacy.ends import put
from courtepointe.people.consents import consent_texts
from courtepointe.people.models import Destruction
from courtepointe.people.values import Person
from courtepointe.portraits.evidence.access import source_to_change, to_change
from courtepointe.portraits.evidence.lists import CONSENT, data, known
from courtepointe.portraits.evidence.models import Coding, Passage, Source
from courtepointe.portraits.evidence.sentences import moved
from courtepointe.portraits.evidence.values import Consent, NewSource
from courtepointe.portraits.resilience.access import portrait_to_fill
from courtepointe.portraits.resilience.framework import groups
from courtepointe.portraits.resilience.framework import known as known_in_framework

LONGEST = 600_000
"""Signs of a text: some two hundred pages."""
EARLIEST = 1900
"""The first year of a source: before, a day is a slip of the finger."""
MOST_YEARS = 10
MOST_VOICES = 10_000


@transaction.atomic
def add_source(slug: str, portrait: int, what: NewSource, *, by: Person, now: datetime) -> int:
    """Bring a source to a portrait that is open and give its number; without consent it stays closed.

    Raises
    ------
    BadInput
        ``evidence_unknown_kind``, ``evidence_public_document``, ``evidence_consent_day``, ``evidence_nothing_agreed``,
        ``evidence_keep_until``, ``evidence_photo_needed``, ``day_to_come``, ``day_too_early``.
    """
    held = portrait_to_fill(slug, portrait, by=by, now=now)
    row = Source(workspace_id=held.workspace_id, portrait=held, made=now, by_id=by.id)
    values = _values(what, now=now)
    if what.kind == "photo" and what.picture is None:
        raise BadInput("evidence_photo_needed")
    for name, value in values.items():
        setattr(row, name, value)
    return create(row, by=by, now=now).pk


@transaction.atomic
def correct_source(slug: str, number: int, what: NewSource, *, by: Person, now: datetime) -> None:
    """Correct a source; passages follow the words that they hold.

    Raises
    ------
    Refused
        ``evidence_passages_changed`` where a correction changes words that somebody coded;
        ``evidence_withdraw_instead`` where it would take away a consent that codes rest on;
        ``evidence_keep_longer`` where people agreed to a shorter time.
    """
    row = source_to_change(slug, number, by=by, now=now)
    values = _values(what, now=now)
    if what.picture is None and what.kind == "photo" and row.picture is None:
        raise BadInput("evidence_photo_needed")
    if row.consent and not what.consent.way and row.passages.exists():
        raise Refused("evidence_withdraw_instead")
    if row.consent == values["consent"] and row.consent_day == values["consent_day"]:
        # What was agreed to is the wording of that day, and the last day that was said then.
        values["consent_version"] = row.consent_version
        if row.consent_day is not None and row.keep_until < what.keep_until:
            raise Refused("evidence_keep_longer", value=what.keep_until, expected=row.keep_until)
    if values["text"] != row.text:
        _move_passages(row, values["text"], by=by, now=now)
    change(row, values, by=by, now=now)


def _values(what: NewSource, *, now: datetime) -> dict[str, Any]:
    _check_day(what.day, now=now)
    last = localdate(now).year + MOST_YEARS
    if what.keep_until <= localdate(now) or what.keep_until.year > last:
        raise BadInput("evidence_keep_until", value=what.keep_until, expected=date(last, 12, 31))
    values = {
        "kind": known("kinds", what.kind),
        "title": line(what.title, needed=True),
        "day": what.day,
        "place": line(what.place, longest=120),
        "origin": line(what.origin, longest=300),
        "text": text(what.text, longest=LONGEST, needed=True),
        "keep_until": what.keep_until,
        "voices": _voices(what.voices),
        **_consent(what, now=now),
    }
    if what.picture is not None:
        picture = what.picture
        values |= {"picture": picture.content, "wide": picture.wide, "tall": picture.tall}
    return values


def _check_day(told: date, *, now: datetime) -> None:
    """Hold that a day has come, and that it is no slip of a finger."""
    if told > localdate(now):
        raise BadInput("day_to_come", value=told)
    if told.year < EARLIEST:
        raise BadInput("day_too_early", value=told, year=EARLIEST)


def _voices(told: Mapping[str, int]) -> dict[str, int]:
    for code in told:
        known_in_framework("groups", code)
    return {code: at_least(told[code], 1, most=MOST_VOICES) for code in groups() if told.get(code)}


def _consent(what: NewSource, *, now: datetime) -> dict[str, Any]:
    told = what.consent
    if not told.way:
        if told.may_quote:
            raise BadInput("evidence_nothing_agreed")
        return _agreed(Consent(), None)
    if known("consents", told.way) == "public":
        if data("kinds")[what.kind]["people"]:
            raise BadInput("evidence_public_document")
        return _agreed(told, None)
    if told.day is None:
        raise BadInput("evidence_consent_day")
    _check_day(told.day, now=now)
    return _agreed(told, consent_texts()[CONSENT].last.number)


def _agreed(told: Consent, version: int | None) -> dict[str, Any]:
    return {
        "consent": told.way,
        "consent_day": told.day,
        "consent_version": version,
        "may_quote": told.may_quote,
    }


def _move_passages(row: Source, new: str, *, by: Person, now: datetime) -> None:
    """Have passages follow their words; those that the text pushes on move from its end, so that none meets another."""
    taken: set[tuple[int, int]] = set()
    grows = len(new) > len(row.text)
    for passage in row.passages.order_by("-start" if grows else "start", "pk"):
        start, end = passage.start or 0, passage.end or 0
        found = moved(row.text, new, start, end)
        if found is None or found in taken:
            raise Refused("evidence_passages_changed", value=row.text[start:end][:80])
        taken.add(found)
        change(passage, {"start": found[0], "end": found[1]}, by=by, now=now)


@transaction.atomic
def withdraw_source(slug: str, number: int, *, by: Person, now: datetime) -> None:
    """Withdraw a source as whoever speaks in it asked: its words end at once, the counts stay.

    The text, the picture, the places of passages and coders' notes are destroyed, in the history too.
    """
    row = to_change(Source, slug, number, by=by, now=now)
    if row.withdrawn is not None:
        raise Refused("evidence_ended")
    of_source = Source.objects.filter(pk=row.pk)
    passages = Passage.objects.filter(source=row)
    codings = Coding.objects.filter(passage__source=row)
    kind = Source._meta.label_lower
    counts = {
        kind: put(of_source, dict.fromkeys(WORDS, ""), by=by, now=now),
        Passage._meta.label_lower: put(passages, {"start": "", "end": ""}, by=by, now=now),
        Coding._meta.label_lower: put(codings, {"note": ""}, by=by, now=now),
    }
    row.refresh_from_db()
    change(row, {"withdrawn": now, "may_quote": False}, by=by, now=now)
    log_destruction(
        row.workspace_id, because=Destruction.Because.WITHDRAWAL, rule=CONSENT,
        what=kind, then="emptied", counts=counts, by=by, now=now,
    )  # fmt: skip


WORDS = ("title", "place", "origin", "text", "picture")
"""What ends with a consent: all that says something of anybody."""
