"""Attestations are issued, and withdrawn."""

from __future__ import annotations

import secrets
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from courtepointe.core.errors import BadInput, Refused
from courtepointe.engagement.access import to_change
from courtepointe.engagement.days import months_after
from courtepointe.engagement.models import Attestation, TrainingSession
from courtepointe.engagement.texts import line
from courtepointe.people.actions import change, create
from courtepointe.people.values import Person
from courtepointe.press.attestations import code_of


def _new_code() -> str:
    while True:
        code = code_of(secrets.token_bytes(5))
        if not Attestation.objects.filter(code=code).exists():
            return code


@transaction.atomic
def issue_attestations(
    slug: str, session: int, *, issued: date, by: Person, now: datetime
) -> tuple[str, ...]:
    """Issue an attestation to each who came and has none yet; give the codes, in the order of enrolment."""
    row = to_change(TrainingSession, slug, session, by=by, now=now)
    attended = localdate(row.ends)
    if issued < attended or issued > localdate(now):
        raise BadInput("issued_when", value=issued, expected=attended)
    months = row.course.months
    until = months_after(issued, months) if months else None
    came = row.enrolments.filter(attended=True, attestation=None).order_by("made", "pk")
    issued_codes = []
    for one in came:
        made = Attestation(
            workspace_id=row.workspace_id, course_id=row.course_id, enrolment=one,
            code=_new_code(), attended=attended, issued=issued, until=until,
        )  # fmt: skip
        issued_codes.append(create(made, by=by, now=now).code)
    if not issued_codes:
        raise Refused("nobody_to_attest")
    return tuple(issued_codes)


@transaction.atomic
def withdraw_attestation(slug: str, number: int, *, by: Person, now: datetime, why: str) -> None:
    """Withdraw an attestation: whoever checks its code is told so."""
    row = to_change(Attestation, slug, number, by=by, now=now)
    if row.withdrawn is not None:
        raise Refused("already_withdrawn")
    reason = line(why, longest=400, needed=True)
    change(row, {"withdrawn": now, "why_withdrawn": reason}, by=by, now=now)
