"""Volunteers are kept under codes, corrected, paused, forgotten; pivot citizens are named."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from courtepointe.core.errors import BadInput, Refused
from courtepointe.engagement.access import row_of, to_change, volunteer_of
from courtepointe.engagement.actions.destroyed import destroy
from courtepointe.engagement.brought import LONGEST_CONTACT
from courtepointe.engagement.days import months_after
from courtepointe.engagement.kinds import Consent, consent_in_force, folded, known
from courtepointe.engagement.models import (
    CallAnswer,
    Enrolment,
    Mission,
    Pivot,
    Recognition,
    Volunteer,
    VolunteerContact,
    Zone,
)
from courtepointe.engagement.queries.sheets import sheet_read, zones_by_name
from courtepointe.engagement.texts import codes, line
from courtepointe.engagement.values.volunteers import Brought, NewVolunteer
from courtepointe.people.access import workspace_to
from courtepointe.people.actions import change, create, create_many, new_batch, remove
from courtepointe.people.sealed import fingerprint
from courtepointe.people.values import Person
from courtepointe.press.attestations import SYMBOLS

CODE_LENGTH = 6
MOST_VOLUNTEERS = 200_000


def new_codes(count: int, taken: Iterable[str]) -> list[str]:
    """Draw codes that nobody has."""
    held = set(taken)
    drawn: list[str] = []
    while len(drawn) < count:
        code = "".join(secrets.choice(SYMBOLS) for _ in range(CODE_LENGTH))
        if code not in held:
            held.add(code)
            drawn.append(code)
    return drawn


def _zone(told: str, zones: Mapping[str, int]) -> int | None:
    if not told.strip():
        return None
    if folded(told) not in zones:
        raise BadInput(
            "gathering_unknown_kind", value=told[:60], expected=", ".join(list(zones)[:20])
        )
    return zones[folded(told)]


def _described(what: NewVolunteer, zones: Mapping[str, int]) -> dict[str, Any]:
    return {
        "zone_id": _zone(what.zone, zones),
        "skills": " ".join(codes("skills", what.skills)),
        "languages": " ".join(codes("languages", what.languages)),
        "slots": " ".join(codes("slots", what.slots)),
    }


def _row(workspace: int, code: str, what: NewVolunteer, zones: Mapping[str, int], consent: Consent, today: date) -> Volunteer:  # fmt: skip
    consented = what.consented or today
    return Volunteer(
        workspace_id=workspace,
        code=code,
        consent=consent.version,
        consented=consented,
        keep_until=months_after(consented, consent.months),
        **_described(what, zones),
    )


def _contact(volunteer: Volunteer, contact: str) -> VolunteerContact:
    return VolunteerContact(
        workspace_id=volunteer.workspace_id,
        volunteer_id=volunteer.pk,
        contact=contact,
        fingerprint=fingerprint(contact),
    )


@transaction.atomic
def keep_volunteer(slug: str, what: NewVolunteer, *, by: Person, now: datetime) -> str:
    """Keep a volunteer who agreed, and give their code. A contact asks for the right to contacts."""
    workspace = workspace_to("write", slug, by=by, now=now)
    taken = Volunteer.objects.filter(workspace_id=workspace.id)
    (code,) = new_codes(1, taken.values_list("code", flat=True))
    today, zones = localdate(now), zones_by_name(workspace.id)
    if what.consented is not None and what.consented > today:
        raise BadInput("volunteer_consent_to_come", value=what.consented)
    row = _row(workspace.id, code, what, zones, consent_in_force("volunteers"), today)
    if row.keep_until <= today:
        raise BadInput("volunteer_consent_over", value=row.consented)
    create(row, by=by, now=now)
    if what.contact.strip():
        write_contact(slug, code, what.contact, by=by, now=now)
    return code


@transaction.atomic
def change_volunteer(
    slug: str, code: str, what: NewVolunteer, *, by: Person, now: datetime
) -> None:
    """Correct what a volunteer says of themselves; their contact is another matter."""
    workspace = workspace_to("write", slug, by=by, now=now)
    row = volunteer_of(code, workspace=workspace.id)
    change(row, _described(what, zones_by_name(workspace.id)), by=by, now=now)


@transaction.atomic
def write_contact(slug: str, code: str, contact: str, *, by: Person, now: datetime) -> None:
    """Write how to reach a volunteer; an empty contact removes it for good."""
    workspace = workspace_to("contacts", slug, by=by, now=now)
    volunteer = volunteer_of(code, workspace=workspace.id)
    plain = line(contact, longest=LONGEST_CONTACT)
    held = VolunteerContact.objects.filter(volunteer=volunteer).first()
    others = VolunteerContact.objects.filter(workspace_id=workspace.id, fingerprint=fingerprint(plain))  # fmt: skip
    if plain and others.exclude(volunteer=volunteer).exists():
        raise Refused("volunteer_known")
    if not plain:
        destroy([held] if held else [], by=by, now=now, why="")
    elif held is None:
        create(_contact(volunteer, plain), by=by, now=now)
    else:
        change(held, {"contact": plain, "fingerprint": fingerprint(plain)}, by=by, now=now)


@transaction.atomic
def renew_consent(slug: str, code: str, *, by: Person, now: datetime) -> None:
    """Write down that a volunteer agrees again, today, to the text in force."""
    workspace = workspace_to("write", slug, by=by, now=now)
    consent, today = consent_in_force("volunteers"), localdate(now)
    until = months_after(today, consent.months)
    held = {"consent": consent.version, "consented": today, "keep_until": until}
    change(volunteer_of(code, workspace=workspace.id), held, by=by, now=now)


@transaction.atomic
def pause_volunteer(slug: str, code: str, paused: bool, *, by: Person, now: datetime) -> None:
    """Call a volunteer no more for a while, or again."""
    workspace = workspace_to("write", slug, by=by, now=now)
    change(volunteer_of(code, workspace=workspace.id), {"paused": paused}, by=by, now=now)


def _forget(rows: Sequence[Volunteer], *, by: Person | None, now: datetime, why: str) -> int:
    """Destroy volunteers with all that hangs on them; attestations stay, of nobody."""
    keys = [row.pk for row in rows]
    hanging = [
        kind._default_manager.filter(volunteer__in=keys)
        for kind in (VolunteerContact, Enrolment, CallAnswer, Recognition, Pivot)
    ]
    return destroy(rows, hanging=hanging, by=by, now=now, why=why)


@transaction.atomic
def withdraw_volunteer(slug: str, code: str, *, by: Person, now: datetime) -> None:
    """Withdraw a volunteer's consent: all that was kept of them is destroyed at once."""
    workspace = workspace_to("write", slug, by=by, now=now)
    _forget([volunteer_of(code, workspace=workspace.id)], by=by, now=now, why="")


@transaction.atomic
def forget_volunteers(*, now: datetime) -> int:
    """Destroy the volunteers whose time is over, of every workspace; give how many."""
    over = list(Volunteer.objects.filter(keep_until__lte=localdate(now)).order_by("pk"))
    total = 0
    for place in range(0, len(over), 500):
        total += _forget(over[place : place + 500], by=None, now=now, why="")
    return total


@transaction.atomic
def bring_volunteers(
    slug: str,
    rows: Sequence[Mapping[str, str]],
    *,
    by: Person,
    now: datetime,
    batch: str = "",
    file: str = "",
) -> Brought:
    """Bring the volunteers of a sheet, all of them or none.

    Parameters
    ----------
    rows : sequence of column -> text
        As `brought.read_rows`.
    batch : str
        Names the writes, so that they can be undone together; drawn where it is empty.

    Returns
    -------
    Brought
        Where a row has a fault nothing is kept, and every fault of every row is told.
    """
    workspace = workspace_to("write", slug, by=by, now=now)
    if any(cells.get("contact", "").strip() for cells in rows):
        workspace = workspace_to("contacts", slug, by=by, now=now)
    held = Volunteer.objects.filter(workspace_id=workspace.id)
    taken = set(held.values_list("code", flat=True))
    if len(taken) + len(rows) > MOST_VOLUNTEERS:
        raise Refused("too_many_volunteers", value=MOST_VOLUNTEERS)
    today, zones = localdate(now), zones_by_name(workspace.id)
    read, faults = sheet_read(workspace.id, rows, today=today, file=file)
    batch = batch or new_batch()
    if faults:
        ordered = sorted(faults, key=lambda fault: int(str(fault.facts["row"])))
        return Brought(0, (), tuple(ordered), batch)
    consent = consent_in_force("volunteers")
    drawn = _codes(read, taken)
    made = create_many(
        [_row(workspace.id, code, one, zones, consent, today) for code, one in zip(drawn, read, strict=True)],
        by=by, now=now, batch=batch,
    )  # fmt: skip
    contacts = [_contact(row, one.contact) for row, one in zip(made, read, strict=True) if one.contact]  # fmt: skip
    create_many(contacts, by=by, now=now, batch=batch)
    return Brought(len(made), tuple(drawn), (), batch)


def _codes(read: Sequence[NewVolunteer], taken: set[str]) -> list[str]:
    """Keep the codes that people have, where they are free; draw the others."""
    held = set(taken)
    kept: list[str] = []
    for one in read:
        kept.append("" if one.code in held else one.code)
        held.add(one.code)
    drawn = iter(new_codes(kept.count(""), held))
    return [code or next(drawn) for code in kept]


@transaction.atomic
def name_pivot(
    slug: str,
    code: str,
    role: str,
    *,
    zone: int | None,
    since: date,
    by: Person,
    now: datetime,
) -> int:
    """Name a volunteer as a pivot citizen; give the role's number."""
    workspace = workspace_to("write", slug, by=by, now=now)
    volunteer = volunteer_of(code, workspace=workspace.id)
    held = {"volunteer": volunteer, "role": known("pivot_roles", role)}
    if Pivot.objects.filter(until=None, **held).exists():
        raise Refused("pivot_already")
    where = row_of(Zone, zone, workspace=workspace.id) if zone else volunteer.zone
    row = Pivot(workspace_id=workspace.id, zone=where, since=since, **held)
    return create(row, by=by, now=now).pk


@transaction.atomic
def end_pivot(slug: str, number: int, on: date, *, by: Person, now: datetime) -> None:
    """End somebody's role of pivot citizen; one that is over stays as it was."""
    row = to_change(Pivot, slug, number, by=by, now=now)
    if row.until is not None and row.until <= on:
        return
    if on < row.since:
        raise BadInput("ends_before_it_begins", value=on, expected=row.since)
    change(row, {"until": on}, by=by, now=now)


@transaction.atomic
def thank(
    slug: str, code: str, kind: str, *, text: str = "", mission: int | None = None,
    given: date, by: Person, now: datetime,
) -> int:  # fmt: skip
    """Write down thanks given to a volunteer."""
    workspace = workspace_to("write", slug, by=by, now=now)
    row = Recognition(
        workspace_id=workspace.id,
        volunteer=volunteer_of(code, workspace=workspace.id),
        mission_id=mission and row_of(Mission, mission, workspace=workspace.id).pk,
        kind=known("recognitions", kind),
        text=line(text, longest=400),
        given=given,
    )
    return create(row, by=by, now=now).pk


@transaction.atomic
def take_thanks_back(slug: str, number: int, *, by: Person, now: datetime) -> None:
    """Strike thanks that were written by mistake."""
    remove(to_change(Recognition, slug, number, by=by, now=now), by=by, now=now)
