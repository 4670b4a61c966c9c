"""Plans are begun, written, adopted by a decision, put in force, closed, followed by another version."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.timezone import localdate

from courtepointe.core.errors import BadInput, Refused
from courtepointe.engagement.access import row_of as gathering_row
from courtepointe.engagement.models import Decision
from courtepointe.engagement.texts import line, text
from courtepointe.people.access import workspace_to
from courtepointe.people.actions import change, create
from courtepointe.people.digests import digest_of
from courtepointe.people.values import Person
from courtepointe.plans.access import plan_to_write, to_change
from courtepointe.plans.actions.overwriting import hold, overwrite
from courtepointe.plans.contents import frozen
from courtepointe.plans.kinds import known
from courtepointe.plans.marks import mark_of_section
from courtepointe.plans.models import PlanText, ResiliencePlan
from courtepointe.plans.queries.plans import content_today
from courtepointe.plans.values import NewPlan
from courtepointe.portraits.resilience.access import to_change as portrait_to_change
from courtepointe.portraits.resilience.models import ResiliencePortrait


def _plan(what: NewPlan) -> dict[str, Any]:
    if what.starts and what.ends and what.ends < what.starts:
        raise BadInput("ends_before_it_begins", value=what.ends, expected=what.starts)
    return asdict(what) | {"title": line(what.title, needed=True)}


@transaction.atomic
def begin_plan(slug: str, portrait: int, what: NewPlan, *, by: Person, now: datetime) -> int:
    """Begin the plan of a portrait and give its number.

    It comes from the last plan of the portrait's edition before, where there is one.

    Raises
    ------
    Refused
        ``plan_begun``: the portrait has one; its next version is begun from it.
    """
    held = portrait_to_change(ResiliencePortrait, slug, portrait, by=by, now=now)
    if ResiliencePlan.objects.filter(portrait=held).exists():
        raise Refused("plan_begun")
    before = ResiliencePlan.objects.filter(portrait_id=held.follows_id, next=None).exclude(state="draft")  # fmt: skip
    last = before.order_by("-version").first() if held.follows_id else None
    return _begun(held, _plan(what), last, by=by, now=now)


def _begun(
    portrait: ResiliencePortrait, told: dict[str, Any], before: ResiliencePlan | None, *, by: Person, now: datetime
) -> int:  # fmt: skip
    last = ResiliencePlan.objects.filter(portrait=portrait).aggregate(last=Max("version"))["last"]
    row = ResiliencePlan(
        workspace_id=portrait.workspace_id, portrait=portrait, version=(last or 0) + 1, state="draft",
        comes_from=before, **told,
    )  # fmt: skip
    create(row, by=by, now=now)
    for one in before.texts.order_by("pk") if before else ():
        copy = PlanText(workspace_id=row.workspace_id, plan=row, section=one.section, text=one.text)
        create(copy, by=by, now=now)
    return row.pk


@transaction.atomic
def describe_plan(
    slug: str, number: int, what: NewPlan, *, after: str, by: Person, now: datetime
) -> None:
    """Change the title and the cycle of a draft; ``after`` is the mark of what its writer read."""
    row = plan_to_write(slug, number, by=by, now=now)
    overwrite(row, _plan(what), after=after, by=by, now=now)


@transaction.atomic
def write_section(
    slug: str, number: int, section: str, told: str, *, after: str, by: Person, now: datetime
) -> None:
    """Write a section of a draft; an empty text empties it.

    Raises
    ------
    Refused
        ``plan_not_draft``; ``plan_moved_on`` where ``after`` is not the mark of what stands.
    """
    row = plan_to_write(slug, number, by=by, now=now)
    kept = {"text": text(told)}
    held = PlanText.objects.select_for_update().filter(plan=row, section=known("sections", section)).first()  # fmt: skip
    if held is not None:
        overwrite(held, kept, after=after, by=by, now=now)
    elif kept["text"]:
        hold(after, mark_of_section(""))
        made = PlanText(workspace_id=row.workspace_id, plan=row, section=section, **kept)
        create(made, by=by, now=now)


@transaction.atomic
def adopt_plan(slug: str, number: int, decision: int | None, *, by: Person, now: datetime) -> None:
    """Adopt a plan by a decision of the register: its copy is kept, and nothing of it changes any more.

    Raises
    ------
    Refused
        ``plan_not_draft``, ``plan_needs_decision``, ``decision_ended``, ``plan_empty``.
    """
    row = plan_to_write(slug, number, by=by, now=now)
    if decision is None:
        raise Refused("plan_needs_decision")
    by_whom = gathering_row(Decision, decision, workspace=row.workspace_id)
    if by_whom.state != Decision.State.IN_FORCE:
        raise Refused("decision_ended", value=str(by_whom))
    content = content_today(workspace_to("read", slug, by=by, now=now), row, now=now)
    if not content.actions:
        raise Refused("plan_empty")
    kept = frozen(content)
    told = {
        "state": "adopted", "decision": by_whom, "adopted": by_whom.taken, "frozen": kept, "digest": digest_of(kept),
    }  # fmt: skip
    change(row, told, by=by, now=now)


@transaction.atomic
def put_in_force(slug: str, number: int, *, by: Person, now: datetime) -> None:
    """Put an adopted plan in force; the one that was in force is closed."""
    row = to_change(ResiliencePlan, slug, number, by=by, now=now)
    if row.state != "adopted":
        raise Refused("plan_not_adopted")
    closed = {"state": "closed", "closed": localdate(now)}
    for one in _in_force_beside(row):
        change(one, closed, by=by, now=now)
    change(row, {"state": "in_force"}, by=by, now=now)


def _in_force_beside(row: ResiliencePlan) -> list[ResiliencePlan]:
    held = ResiliencePlan.objects.select_for_update().filter(state="in_force")
    return [one for one in held.filter(workspace_id=row.workspace_id) if one.portrait_id == row.portrait_id or one.pk == row.comes_from_id]  # fmt: skip


@transaction.atomic
def close_plan(slug: str, number: int, *, by: Person, now: datetime) -> None:
    """Close a plan in force: its cycle is over."""
    row = to_change(ResiliencePlan, slug, number, by=by, now=now)
    if row.state != "in_force":
        raise Refused("plan_not_in_force")
    change(row, {"state": "closed", "closed": localdate(now)}, by=by, now=now)


@transaction.atomic
def next_plan(slug: str, number: int, *, by: Person, now: datetime) -> int:
    """Begin the next version of an adopted plan, with its texts, and give its number.

    Raises
    ------
    Refused
        ``plan_still_draft``, ``plan_followed``.
    """
    row = to_change(ResiliencePlan, slug, number, by=by, now=now)
    if row.state == "draft":
        raise Refused("plan_still_draft")
    if ResiliencePlan.objects.filter(comes_from=row).exists():
        raise Refused("plan_followed")
    told = {"title": row.title, "starts": None, "ends": None}
    return _begun(row.portrait, told, row, by=by, now=now)
