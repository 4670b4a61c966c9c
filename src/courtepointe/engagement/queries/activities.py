"""Activities, as their workspace reads them, and as anybody does who holds their address."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from django.db.models import Q, Sum

from courtepointe.atlas.recipe.values import Words
from courtepointe.core.errors import NotFound
from courtepointe.engagement.models import Activity, Cost, Registration, RegistrationNeed
from courtepointe.engagement.models.meetings import State
from courtepointe.engagement.protect import alone, of_whole, parts
from courtepointe.engagement.values.activities import (
    ActivityLine,
    ActivityOffered,
    ActivitySeen,
    CostAlone,
    Costs,
    CostSeen,
    Count,
    NeedTold,
    RegistrationSeen,
)
from courtepointe.people.values import WorkspaceSeen

CONFIRMED, WAITING = Registration.State.CONFIRMED, Registration.State.WAITING
PAGE = 100
LARGEST_GROUP = 30


def takes_names(row: Activity, *, now: datetime) -> bool:
    """Say whether one may register for an activity now."""
    return row.is_open and row.state == State.PLANNED and now < min(row.closes, row.starts)


def places_left(row: Activity) -> int:
    """Count the places that are left; as many as a group may be where there is no limit."""
    if row.places is None:
        return LARGEST_GROUP
    confirmed = row.registrations.filter(state=CONFIRMED).aggregate(n=Sum("people"))["n"] or 0
    return row.places - int(confirmed)


def activity_line(row: Activity) -> ActivityLine:
    """Give an activity's row as a line."""
    return ActivityLine(
        row.pk, row.kind, row.theme, row.title, row.starts, row.ends, row.place, row.state,
        row.places, row.is_open,
    )  # fmt: skip


def coming_activities(seen: WorkspaceSeen, *, now: datetime) -> tuple[ActivityLine, ...]:
    """List the activities that are not over, the next first."""
    rows = Activity.objects.filter(workspace_id=seen.id, ends__gte=now).order_by("starts", "pk")
    return tuple(map(activity_line, rows[:PAGE]))


def past_activities(seen: WorkspaceSeen, *, now: datetime) -> tuple[ActivityLine, ...]:
    """List the last activities, the latest first."""
    rows = Activity.objects.filter(workspace_id=seen.id, ends__lt=now).order_by("-starts", "-pk")
    return tuple(map(activity_line, rows[:PAGE]))


def activity(seen: WorkspaceSeen, number: int) -> ActivitySeen:
    """Give an activity; who may not write reads its small counts protected. `NotFound` where there is none."""
    row = Activity.objects.filter(workspace_id=seen.id, pk=number).first()
    if row is None:
        raise NotFound("unknown_activity")
    exact = "write" in seen.rights
    told = row.registrations.values("state").annotate(n=Sum("people"))
    people = {one["state"]: int(one["n"]) for one in told}
    confirmed, waiting = people.get(CONFIRMED, 0), people.get(WAITING, 0)
    return ActivitySeen(
        line=activity_line(row),
        text=row.text,
        access=row.access,
        needs_offered=tuple(row.needs),
        closes=row.closes,
        token=row.token if exact else "",
        confirmed=confirmed if exact else alone(confirmed),
        waiting=waiting if exact else alone(waiting),
        needs=_needs(row, confirmed, exact=exact),
        attendance=_attendance(row, exact=exact),
        costs=costs_of(seen, activity=number),
    )


def _needs(row: Activity, confirmed: int, *, exact: bool) -> tuple[Count, ...]:
    """Count what those who have a place need: what to prepare."""
    told = (
        RegistrationNeed.objects.filter(registration__activity=row, registration__state=CONFIRMED)
        .values_list("need", "language")
        .annotate(n=Sum("count"))
        .order_by("need", "-n", "language")
    )
    counts: dict[tuple[str, str], int] = {(need, language): int(n) for need, language, n in told}
    if exact:
        return tuple(Count(need, n, language) for (need, language), n in counts.items())
    keys = {f"{need} {language}": n for (need, language), n in counts.items()}
    shown = of_whole(keys, max(confirmed, *keys.values())) if keys else {}
    return tuple(Count(need, shown[f"{need} {language}"], language) for need, language in counts)


def _attendance(row: Activity, *, exact: bool) -> tuple[Count, ...]:
    counts = dict(row.attendance.values_list("group", "count"))
    shown: Mapping[str, int | None] = counts if exact else parts(counts)[1]
    return tuple(Count(group, count) for group, count in shown.items())


def cost(seen: WorkspaceSeen, number: int) -> CostAlone:
    """Give a cost with the thing that it is of, or raise `NotFound`."""
    rows = Cost.objects.filter(workspace_id=seen.id, pk=number)
    row = rows.select_related("activity", "session__course").first()
    if row is None:
        raise NotFound("unknown_cost")
    line = CostSeen(row.pk, row.kind, row.what, row.planned_cad, row.actual_cad)
    if row.activity is not None:
        return CostAlone(line, row.activity.pk, None, Words(row.activity.title, row.activity.title))
    assert row.session is not None  # the database holds that a cost is of one thing
    course = row.session.course
    return CostAlone(line, None, row.session.pk, Words(course.title_fr, course.title_en))


def costs_of(
    seen: WorkspaceSeen, *, activity: int | None = None, session: int | None = None
) -> Costs:
    """Give the costs of an activity or of a session, with their sums."""
    rows = Cost.objects.filter(workspace_id=seen.id).order_by("kind", "pk")
    rows = rows.filter(Q(activity_id=activity) if activity else Q(session_id=session))
    lines = tuple(CostSeen(r.pk, r.kind, r.what, r.planned_cad, r.actual_cad) for r in rows)
    known = [one.actual_cad for one in lines if one.actual_cad is not None]
    planned = [one.planned_cad for one in lines if one.planned_cad is not None]
    return Costs(lines, _sum(planned), _sum(known), len(known))


def _sum(amounts: list[Decimal]) -> Decimal | None:
    return sum(amounts, Decimal(0)) if amounts else None


def registrations_of(seen: WorkspaceSeen, number: int) -> tuple[RegistrationSeen, ...]:
    """List who registered, in their order; the caller has asked the right to write."""
    rows = Registration.objects.filter(workspace_id=seen.id, activity_id=number)
    return tuple(map(registration_value, rows.prefetch_related("needs").order_by("made", "pk")))


def registration_value(row: Registration) -> RegistrationSeen:
    """Give a registration's row as a value."""
    needs = sorted(row.needs.all(), key=lambda one: (one.need, one.language))
    return RegistrationSeen(
        number=row.pk,
        name=row.name,
        people=row.people,
        state=row.state,
        needs=tuple(NeedTold(one.need, one.count, one.language) for one in needs),
        made=row.made,
        destroy_on=row.destroy_on,
    )


def offered(row: Activity, *, now: datetime) -> ActivityOffered:
    """Give an activity as anybody sees it who holds its address, without a word about who comes."""
    return ActivityOffered(
        title=row.title,
        kind=row.kind,
        theme=row.theme,
        text=row.text,
        starts=row.starts,
        ends=row.ends,
        place=row.place,
        access=row.access,
        state=row.state,
        needs_offered=tuple(row.needs),
        closes=min(row.closes, row.starts),
        takes_names=takes_names(row, now=now),
        is_full=places_left(row) < 1,
        workspace=row.workspace.name,
        officer_title=row.workspace.officer_title,
        officer_contact=row.workspace.officer_contact,
    )
