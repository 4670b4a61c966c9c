"""Missions and calls, as they are read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from django.db.models import Count, Q, QuerySet
from django.utils.timezone import localdate

from courtepointe.core.errors import NotFound
from courtepointe.engagement.models import Call, CallAnswer, Mission, Zone
from courtepointe.engagement.queries.arrays import answering
from courtepointe.engagement.values.volunteers import AnswerSeen, CallSeen, MissionSeen, NewCall
from courtepointe.people.values import WorkspaceSeen

PAGE = 100


def _missions(seen: WorkspaceSeen) -> QuerySet[Mission]:
    rows = Mission.objects.filter(workspace_id=seen.id).select_related("zone")
    yes = Count("calls__answers__volunteer", filter=Q(calls__answers__answer="yes"), distinct=True)
    return rows.annotate(n_yes=yes)


def _mission(row: Mission) -> MissionSeen:
    return MissionSeen(
        number=row.pk,
        title=row.title,
        text=row.text,
        zone=row.zone.name if row.zone else "",
        zone_number=row.zone_id,
        place=row.place,
        starts=row.starts,
        ends=row.ends,
        people_needed=row.people_needed,
        skills=tuple(row.skills),
        state=row.state,
        yes=int(getattr(row, "n_yes", 0)),
        people_came=row.people_came,
    )


def coming_missions(seen: WorkspaceSeen, *, now: datetime) -> tuple[MissionSeen, ...]:
    """List the missions that are not over, the next first."""
    rows = _missions(seen).filter(ends__gte=now).order_by("starts", "pk")[:PAGE]
    return tuple(map(_mission, rows))


def past_missions(seen: WorkspaceSeen, *, now: datetime) -> tuple[MissionSeen, ...]:
    """List the last missions, the latest first."""
    rows = _missions(seen).filter(ends__lt=now).order_by("-starts", "-pk")[:PAGE]
    return tuple(map(_mission, rows))


def mission(seen: WorkspaceSeen, number: int) -> MissionSeen:
    """Give a mission, or raise `NotFound`."""
    row = _missions(seen).filter(pk=number).first()
    if row is None:
        raise NotFound("unknown_mission")
    return _mission(row)


def would_answer(seen: WorkspaceSeen, asked: NewCall, *, now: datetime) -> int:
    """Count who would answer a call; the caller has asked the right to write."""
    if asked.zone and not Zone.objects.filter(workspace_id=seen.id, pk=asked.zone).exists():
        raise NotFound("unknown_zone")
    return answering(seen.id, asked, today=localdate(now)).in_all


def calls_of(seen: WorkspaceSeen, *, mission: int | None = None) -> tuple[CallSeen, ...]:
    """List calls, the last first, without who was called; the caller may write."""
    rows = Call.objects.filter(workspace_id=seen.id).select_related("zone", "mission")
    rows = rows.filter(mission_id=mission) if mission else rows
    found = list(rows.order_by("-made", "-pk")[:PAGE])
    told = CallAnswer.objects.filter(call__in=found).values_list("call_id", "answer")
    said: dict[int, Counter[str]] = {row.pk: Counter() for row in found}
    for number, answer, n in told.annotate(n=Count("pk")):
        said[number][answer] = n
    return tuple(_call(row, said[row.pk]) for row in found)


def call(seen: WorkspaceSeen, number: int) -> CallSeen:
    """Give a call with who was called, in their order, or raise `NotFound`; the caller may write."""
    row = (
        Call.objects.filter(workspace_id=seen.id, pk=number)
        .select_related("zone", "mission")
        .first()
    )
    if row is None:
        raise NotFound("unknown_call")
    answers = row.answers.select_related("volunteer", "volunteer__zone", "volunteer__contact")
    held = list(answers.order_by("place"))
    return _call(row, Counter(one.answer for one in held), held)


def _asked(row: Call) -> NewCall:
    return NewCall(
        tuple(row.skills), row.any_skill, tuple(row.languages), tuple(row.slots), row.zone_id,
        row.steps, row.most, row.mission_id,
    )  # fmt: skip


def _call(row: Call, said: Counter[str], answers: Sequence[CallAnswer] = ()) -> CallSeen:
    return CallSeen(
        number=row.pk,
        asked=_asked(row),
        zone=row.zone.name if row.zone else "",
        mission=row.mission.title if row.mission else "",
        by=row.by_name,
        made=row.made,
        closed=row.closed,
        found=row.found,
        called=said.total(),
        yes=said["yes"],
        no=said["no"],
        none=said["none"],
        answers=tuple(map(_answer, answers)),
    )


def _answer(row: CallAnswer) -> AnswerSeen:
    return AnswerSeen(
        number=row.pk,
        volunteer=row.volunteer.code,
        zone=row.volunteer.zone.name if row.volunteer.zone else "",
        languages=tuple(row.volunteer.languages.split()),
        answer=row.answer,
        has_contact=hasattr(row.volunteer, "contact"),
    )
