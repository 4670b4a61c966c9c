"""Priorities and actions, as pages read them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils.timezone import localdate

from courtepointe.core.errors import NotFound
from courtepointe.hubs.queries.directory import records_of
from courtepointe.people.values import WorkspaceSeen
from courtepointe.places.models import Entry
from courtepointe.plans.gaps import Held, gaps_of
from courtepointe.plans.marks import mark_of
from courtepointe.plans.models import Action, ActionLink, ActionPartner, Effect, Priority, Result
from courtepointe.plans.queries.linked import WITH, link_seen
from courtepointe.plans.queries.moves import Own, own_indicators, what_moves
from courtepointe.plans.values import (
    ActionLine,
    ActionSeen,
    EffectSeen,
    LinkSeen,
    PartnerSeen,
    PrioritySeen,
    ResultSeen,
)

Records = Mapping[UUID, Entry]


def priorities(seen: WorkspaceSeen, *, portrait: int) -> tuple[PrioritySeen, ...]:
    """List the priorities of a portrait that stand, in the order in which they were written."""
    rows = Priority.objects.filter(workspace_id=seen.id, portrait_id=portrait, ended=None)
    return tuple(map(_priority, _counted(rows).order_by("pk")))


def priority(seen: WorkspaceSeen, number: int) -> PrioritySeen:
    """Give a priority, or raise `NotFound`."""
    row = _counted(Priority.objects.filter(workspace_id=seen.id, pk=number)).first()
    if row is None:
        raise NotFound("unknown_priority")
    return _priority(row)


def _counted(rows: QuerySet[Priority]) -> QuerySet[Priority]:
    living = ~Q(actions__state="cancelled")
    return rows.annotate(n_actions=Count("actions", filter=living))


def _priority(row: Priority) -> PrioritySeen:
    return PrioritySeen(
        row.pk, row.portrait_id, row.dimension, row.part, row.statement, row.why, row.made, row.ended,
        row.n_actions,  # type: ignore[attr-defined]
        mark_of(row),
    )  # fmt: skip


def _rows(workspace: int) -> QuerySet[Action]:
    rows = Action.objects.filter(workspace_id=workspace)
    return rows.prefetch_related(
        "links", *(f"links__{name}" for name in WITH), "effects", "results", "grounds"
    )


def actions(
    seen: WorkspaceSeen, *, now: datetime, portrait: int | None = None, dimension: str = "",
    states: Collection[str] = (), priority: int | None = None,
) -> tuple[ActionLine, ...]:  # fmt: skip
    """List actions, those due first coming first: of a portrait, a dimension, some states, a priority."""
    rows = _rows(seen.id)
    rows = rows if portrait is None else rows.filter(portrait_id=portrait)
    rows = rows.filter(dimension=dimension) if dimension else rows
    rows = rows.filter(state__in=states) if states else rows
    rows = rows if priority is None else rows.filter(priority_id=priority)
    held = sorted(rows, key=lambda row: (row.due or date.max, row.pk))
    records = records_of(seen.id, (row.lead for row in held))
    today = localdate(now)
    return tuple(_line(row, records, links_seen(row), today=today) for row in held)


def action(seen: WorkspaceSeen, number: int, *, now: datetime) -> ActionSeen:
    """Give an action with all that is held of it, or raise `NotFound`."""
    found = _whole(_rows(seen.id).filter(pk=number), seen.id, now)
    if not found:
        raise NotFound("unknown_action")
    return found[0]


def whole_actions(seen: WorkspaceSeen, portrait: int, *, now: datetime) -> tuple[ActionSeen, ...]:
    """Give the actions of a portrait with all that is held of each, those due first coming first."""
    found = _whole(_rows(seen.id).filter(portrait_id=portrait), seen.id, now)
    return tuple(sorted(found, key=lambda one: (one.line.due or date.max, one.line.number)))


def _whole(rows: QuerySet[Action], workspace: int, now: datetime) -> list[ActionSeen]:
    held = list(rows.select_related("priority").prefetch_related("partners"))
    asked = [uid for row in held for uid in (row.lead, *(one.record for one in row.partners.all()))]
    records = records_of(workspace, asked)
    own = own_indicators(one for row in held for one in row.effects.all())
    return [_seen(row, records, own, today=localdate(now)) for row in held]


def _seen(row: Action, records: Records, own: Own, *, today: date) -> ActionSeen:
    links = links_seen(row)
    return ActionSeen(
        line=_line(row, records, links, today=today),
        about=row.about,
        lead_record=_number(row.lead, records),
        role=row.role,
        priority=row.priority.statement if row.priority else "",
        suggested=row.suggested,
        learned_from=row.learned_from,
        partners=tuple(
            PartnerSeen(one.pk, _named(one.record, records) or one.name, _number(one.record, records), one.does)
            for one in sorted(row.partners.all(), key=_by_number)
        ),
        effects=effects_seen(row.effects.all(), own),
        results=results_seen(row.results.all()),
        links=links,
        mark=mark_of(row),
    )  # fmt: skip


def links_seen(row: Action) -> tuple[LinkSeen, ...]:
    """Give the links of an action, in the order in which they were made."""
    return tuple(link_seen(one) for one in sorted(row.links.all(), key=_by_number))


def _by_number(row: ActionLink | ActionPartner | Effect | Result) -> int:
    return int(row.pk)


def effects_seen(rows: Sequence[Effect] | QuerySet[Effect], own: Own) -> tuple[EffectSeen, ...]:
    """Give expected effects in the order in which they were written, with which of them were replaced."""
    gone = {row.replaces_id for row in rows}
    return tuple(
        EffectSeen(
            row.pk, row.indicator, row.words, what_moves(row, own), row.direction, row.by_day, row.why, row.made, row.pk in gone
        )
        for row in sorted(rows, key=_by_number)
    )  # fmt: skip


def results_seen(rows: Sequence[Result] | QuerySet[Result]) -> tuple[ResultSeen, ...]:
    """Give results in the order in which they were seen, with which of them were corrected."""
    gone = {row.replaces_id for row in rows}
    return tuple(
        ResultSeen(
            row.pk, row.action_id, row.effect_id, row.seen_on, row.text, row.direction, row.seen_by, row.link,
            row.source_id,
            row.pk in gone, row.why,
        )
        for row in sorted(rows, key=lambda row: (row.seen_on, row.pk))
    )  # fmt: skip


def _number(uid: UUID | None, records: Records) -> int | None:
    return None if uid is None or uid not in records else int(records[uid].pk)


def _named(uid: UUID | None, records: Records) -> str:
    return "" if uid is None or uid not in records else str(records[uid].values.get("name") or "")


def _line(row: Action, records: Records, links: Sequence[LinkSeen], *, today: date) -> ActionLine:
    lead = _named(row.lead, records) or row.role
    held = Held(
        state=row.state, bearer=row.bearer, due=row.due, has_lead=bool(lead), has_beside=bool(row.beside),
        has_effect=bool(row.effects.all()), has_result=bool(row.results.all()),
        has_ground=row.priority_id is not None or bool(row.grounds.all()), has_ended_hub=any(one.ended for one in links),
        has_lost_link=any(one.leads is None for one in links),
    )  # fmt: skip
    return ActionLine(
        number=row.pk, portrait=row.portrait_id, priority=row.priority_id, dimension=row.dimension,
        part=row.part, read=row.read, statement=row.statement, bearer=row.bearer, lead=lead,
        beside=row.beside, beside_by=row.beside_by, means=row.means, cost=row.cost, horizon=row.horizon,
        due=row.due, done=row.done, state=row.state, gaps=gaps_of(held, today=today),
    )  # fmt: skip
