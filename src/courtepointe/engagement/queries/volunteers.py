"""Volunteers as counts for readers, under codes for who writes; zones, pivot citizens, thanks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.db.models import Q
from django.utils.timezone import localdate

from courtepointe.core.errors import NotFound
from courtepointe.engagement.kinds import words_of
from courtepointe.engagement.models import (
    Attestation,
    Call,
    Enrolment,
    Mission,
    Pivot,
    Recognition,
    Volunteer,
    Zone,
    ZoneTouch,
)
from courtepointe.engagement.protect import of_whole, parts
from courtepointe.engagement.values.activities import Count
from courtepointe.engagement.values.volunteers import (
    PivotSeen,
    RecognitionSeen,
    VolunteerCounts,
    VolunteerSeen,
    ZoneAlone,
    ZoneSeen,
)
from courtepointe.people.values import WorkspaceSeen

PAGE = 100
NO_ZONE = ""


def volunteer_counts(seen: WorkspaceSeen, *, now: datetime) -> VolunteerCounts:
    """Count the volunteers who may be called, by skill, language, slot and zone: small counts protected."""
    rows = Volunteer.objects.filter(workspace_id=seen.id, keep_until__gt=localdate(now))
    held = list(rows.values_list("skills", "languages", "slots", "zone__name"))
    zones = Counter(zone or NO_ZONE for *_, zone in held)
    whole, by_zone = parts(zones)
    skills, languages, slots = (
        _overlapping(Counter(row[place] for row in held), name, len(held))
        for place, name in enumerate(("skills", "languages", "slots"))
    )
    return VolunteerCounts(whole, skills, languages, slots, _counts(by_zone))


def _overlapping(texts: Mapping[str, int], name: str, whole: int) -> tuple[Count, ...]:
    counts = dict.fromkeys(words_of(name), 0)
    for text, n in texts.items():
        for code in text.split():
            if code in counts:
                counts[code] += n
    return _counts({code: n for code, n in of_whole(counts, whole).items() if counts[code]})


def _counts(told: Mapping[str, int | None]) -> tuple[Count, ...]:
    return tuple(Count(code, count) for code, count in told.items())


def volunteers(
    seen: WorkspaceSeen,
    *,
    now: datetime,
    skill: str = "",
    language: str = "",
    zone: int | None = None,
    after: str = "",
) -> tuple[VolunteerSeen, ...]:
    """List a hundred volunteers by code, after one; the caller has asked the right to write."""
    rows = Volunteer.objects.filter(workspace_id=seen.id, keep_until__gt=localdate(now))
    rows = rows.filter(code__gt=after) if after else rows
    rows = rows.filter(zone_id=zone) if zone else rows
    for field, code in (("skills", skill), ("languages", language)):
        rows = rows.filter(_holds(field, code)) if code else rows
    found = rows.select_related("zone", "contact").order_by("code")[:PAGE]
    return tuple(map(_volunteer, found))


def _holds(field: str, code: str) -> Q:
    """Find a whole code in a text of codes with spaces between."""
    return (
        Q(**{field: code})
        | Q(**{f"{field}__startswith": f"{code} "})
        | Q(**{f"{field}__endswith": f" {code}"})
        | Q(**{f"{field}__contains": f" {code} "})
    )


def volunteer(seen: WorkspaceSeen, code: str) -> VolunteerSeen:
    """Give a volunteer by their code, or raise `NotFound`; the caller has asked the right to write."""
    rows = Volunteer.objects.filter(workspace_id=seen.id, code=code.strip().upper())
    row = rows.select_related("zone", "contact").first()
    if row is None:
        raise NotFound("unknown_volunteer")
    return _volunteer(row)


def _volunteer(row: Volunteer) -> VolunteerSeen:
    return VolunteerSeen(
        code=row.code,
        zone=row.zone.name if row.zone else "",
        skills=tuple(row.skills.split()),
        languages=tuple(row.languages.split()),
        slots=tuple(row.slots.split()),
        consented=row.consented,
        keep_until=row.keep_until,
        paused=row.paused,
        last_called=row.last_called,
        has_contact=hasattr(row, "contact"),
    )


def codes_taken(seen: WorkspaceSeen) -> frozenset[str]:
    """Give the codes of a workspace's volunteers; the caller has asked the right to write."""
    rows = Volunteer.objects.filter(workspace_id=seen.id)
    return frozenset(rows.values_list("code", flat=True))


def zones(seen: WorkspaceSeen) -> tuple[ZoneSeen, ...]:
    """List the zones by name, with those that each touches."""
    touching: dict[int, list[int]] = {}
    for one, other in ZoneTouch.objects.filter(workspace_id=seen.id).values_list("one_id", "other_id"):  # fmt: skip
        touching.setdefault(one, []).append(other)
        touching.setdefault(other, []).append(one)
    rows = Zone.objects.filter(workspace_id=seen.id).order_by("name")
    return tuple(
        ZoneSeen(row.pk, row.code, row.name, tuple(sorted(touching.get(row.pk, ()))))
        for row in rows
    )


def zone(seen: WorkspaceSeen, number: int) -> ZoneAlone:
    """Give a zone with how many are in it, or raise `NotFound`; the caller may write."""
    found = next((one for one in zones(seen) if one.number == number), None)
    if found is None:
        raise NotFound("unknown_zone")
    kinds = (Volunteer, Pivot, Mission, Call)
    return ZoneAlone(found, *(kind._default_manager.filter(zone=number).count() for kind in kinds))


def pivots(seen: WorkspaceSeen, *, now: datetime) -> tuple[PivotSeen, ...]:
    """List the pivot citizens of today with the state of their training; the caller may write."""
    today = localdate(now)
    rows = Pivot.objects.filter(workspace_id=seen.id).filter(Q(until=None) | Q(until__gte=today))
    rows = rows.select_related("volunteer", "zone").order_by("zone__name", "role", "pk")
    found = list(rows)
    states = _trainings([row.volunteer_id for row in found], today)
    return tuple(_pivot(row, states) for row in found)


def _pivot(row: Pivot, states: Mapping[int, tuple[str, date | None]]) -> PivotSeen:
    training, until = states.get(row.volunteer_id, ("none", None))
    return PivotSeen(
        number=row.pk,
        volunteer=row.volunteer.code,
        role=row.role,
        zone=row.zone.name if row.zone else "",
        since=row.since,
        until=row.until,
        training=training,
        valid_until=until,
    )


def _trainings(volunteers: Iterable[int], today: date) -> dict[int, tuple[str, date | None]]:
    """Say of each volunteer: valid (until the last day of the longest), expired, enrolled; else nothing."""
    keys = list(volunteers)
    states: dict[int, tuple[str, date | None]] = {}
    waiting = Enrolment.objects.filter(volunteer__in=keys, state="confirmed", attended=None)
    for who in waiting.values_list("volunteer_id", flat=True):
        states[who] = ("enrolled", None)
    rows = Attestation.objects.filter(enrolment__volunteer__in=keys, withdrawn=None)
    valid: dict[int, date | None] = {}
    for who, until in rows.values_list("enrolment__volunteer_id", "until"):
        if until is not None and until < today:
            states.setdefault(who, ("expired", until))
        elif who not in valid or until is None:
            valid[who] = until
        elif valid[who] is not None:
            valid[who] = max(valid[who] or until, until)
    return states | {who: ("valid", until) for who, until in valid.items()}


def pivot_counts(seen: WorkspaceSeen, *, now: datetime) -> tuple[int | None, tuple[Count, ...]]:
    """Count the pivot citizens by zone, small counts protected: what every reader may read."""
    today = localdate(now)
    rows = Pivot.objects.filter(workspace_id=seen.id).filter(Q(until=None) | Q(until__gte=today))
    people = set(rows.values_list("volunteer_id", "zone__name"))
    whole, by_zone = parts(Counter(zone or NO_ZONE for _, zone in people))
    return whole, _counts(by_zone)


def recognitions(seen: WorkspaceSeen, *, code: str = "") -> tuple[RecognitionSeen, ...]:
    """List thanks, the last first, of one volunteer or of all; the caller may write."""
    rows = Recognition.objects.filter(workspace_id=seen.id).select_related("volunteer", "mission")
    rows = rows.filter(volunteer__code=code) if code else rows
    return tuple(
        RecognitionSeen(
            number=row.pk,
            volunteer=row.volunteer.code,
            kind=row.kind,
            text=row.text,
            mission=row.mission.title if row.mission else "",
            given=row.given,
        )
        for row in rows.order_by("-given", "-pk")[:PAGE]
    )
