"""Plans, as pages read them: a draft from what is held today, an adopted one from its copy."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.timezone import localdate

from courtepointe.core.errors import NotFound
from courtepointe.hubs.queries.hubs import hubs
from courtepointe.people.values import WorkspaceSeen
from courtepointe.plans.contents import (
    PlanAction,
    PlanContent,
    PlanEffect,
    PlanHub,
    PlanLink,
    PlanPriority,
    PlanReading,
    thawed,
)
from courtepointe.plans.marks import mark_of
from courtepointe.plans.models import ResiliencePlan
from courtepointe.plans.queries.actions import priorities, whole_actions
from courtepointe.plans.values import ActionSeen, EffectSeen, PlanLine
from courtepointe.portraits.readings.queries.readings import readings_of
from courtepointe.portraits.resilience.queries import dimension_names, portrait


@dataclass(frozen=True, slots=True)
class PlanSeen:
    """A version of a plan with what it says; ``mark`` is what its next title and cycle come after."""

    line: PlanLine
    content: PlanContent
    digest: str
    decision_number: int | None
    decision_text: str
    comes_from: int | None
    followed_by: int | None
    mark: str


def _rows(workspace: int) -> QuerySet[ResiliencePlan]:
    rows = ResiliencePlan.objects.filter(workspace_id=workspace)
    return rows.select_related("decision", "next").order_by("-portrait__begun", "-portrait_id", "-version")  # fmt: skip


def plans(seen: WorkspaceSeen, *, portrait: int | None = None) -> tuple[PlanLine, ...]:
    """List the versions of plans of a workspace, or of a portrait, the newest first."""
    rows = _rows(seen.id)
    rows = rows if portrait is None else rows.filter(portrait_id=portrait)
    return tuple(map(_line, rows))


def _line(row: ResiliencePlan) -> PlanLine:
    return PlanLine(
        row.pk, row.portrait_id, row.title, row.version, row.state, row.starts, row.ends, row.adopted,
        str(row.decision) if row.decision else "",
    )  # fmt: skip


def plan(seen: WorkspaceSeen, number: int, *, now: datetime) -> PlanSeen:
    """Give a plan, or raise `NotFound`."""
    row = _rows(seen.id).filter(pk=number).first()
    if row is None:
        raise NotFound("unknown_plan")
    after = getattr(row, "next", None)
    return PlanSeen(
        line=_line(row),
        content=content_today(seen, row, now=now) if row.frozen is None else thawed(row.frozen),
        digest=row.digest,
        decision_number=row.decision_id,
        decision_text=row.decision.text if row.decision else "",
        comes_from=row.comes_from_id,
        followed_by=None if after is None else after.pk,
        mark=mark_of(row),
    )


def content_today(seen: WorkspaceSeen, row: ResiliencePlan, *, now: datetime) -> PlanContent:
    """Gather what a plan says today: priorities, the actions that are more than ideas, hubs."""
    about = portrait(seen, row.portrait_id)
    held = whole_actions(seen, row.portrait_id, now=now)
    taken = [one for one in held if one.line.state not in ("idea", "cancelled")]
    first = priorities(seen, portrait=row.portrait_id)
    names, read = dimension_names(seen.id), readings_of(about)
    used = set(read) | {code for one in taken for code in (one.line.dimension, one.line.part)}
    used |= {code for one in first for code in (one.dimension, one.part)}
    return PlanContent(
        workspace=seen.name,
        portrait=about.name,
        territory=about.territory.name if about.territory else "",
        read_on=localdate(now),
        names={code: (names[code].fr, names[code].en) for code in sorted(used) if code in names},
        texts={one.section: one.text for one in row.texts.all()},
        readings=tuple(
            PlanReading(
                one.dimension, one.state, one.text.fr if one.text else "", one.text.en if one.text else "",
                one.validated, one.validated_by,
            )
            for one in read.values()
        ),
        priorities=tuple(
            PlanPriority(one.number, one.dimension, one.part, one.statement, one.why) for one in first
        ),
        actions=tuple(map(_action, taken)),
        hubs=tuple(
            PlanHub(one.name, one.form, one.status, one.aim, one.reached or "", one.host)
            for one in hubs(seen, now=now) if one.status != "ended"
        ),
        n_ideas=sum(1 for one in held if one.line.state == "idea"),
    )  # fmt: skip


def _action(one: ActionSeen) -> PlanAction:
    line = one.line
    return PlanAction(
        number=line.number, priority=line.priority, dimension=line.dimension, statement=line.statement,
        bearer=line.bearer, lead=line.lead,
        partners=tuple(f"{p.name} ({p.does})" if p.does else p.name for p in one.partners),
        beside=line.beside, beside_by=line.beside_by, means=line.means, cost=line.cost,
        horizon=line.horizon, due=line.due, state=line.state,
        effects=tuple(_effect(e) for e in one.effects if not e.replaced),
        links=tuple(PlanLink(e.kind, e.name) for e in one.links), gaps=line.gaps,
    )  # fmt: skip


def _effect(one: EffectSeen) -> PlanEffect:
    return PlanEffect(one.name.fr, one.name.en, one.direction, one.by_day)
