"""The story of the demonstration, written into a workspace by the verbs that people use."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from courtepointe.core.errors import NotFound
from courtepointe.doors.served import served
from courtepointe.doors.territories import taken_from
from courtepointe.people.access import workspace_to
from courtepointe.people.actions.workspaces import stand_on
from courtepointe.people.queries import territories_of
from courtepointe.people.values import Person, WorkspaceSeen
from courtepointe.plans.actions.actions import move_action, write_action
from courtepointe.plans.actions.followed import expect, note_result
from courtepointe.plans.actions.grounds import ground
from courtepointe.plans.actions.plans import begin_plan
from courtepointe.plans.actions.priorities import set_priority
from courtepointe.plans.values import NewAction, NewEffect, NewPlan, NewPriority, NewResult
from courtepointe.portraits.evidence.actions.codebook import add_code
from courtepointe.portraits.evidence.actions.coding import code
from courtepointe.portraits.evidence.actions.sources import add_source
from courtepointe.portraits.evidence.queries import passages_of
from courtepointe.portraits.evidence.values import Consent, NewCode, NewCoding, NewSource
from courtepointe.portraits.readings import actions as readings
from courtepointe.portraits.readings.queries import readings_of, replies_to_review
from courtepointe.portraits.readings.values import NewReading, NewReply, Validation
from courtepointe.portraits.resilience import actions
from courtepointe.portraits.resilience.numbers import NewObservation
from courtepointe.portraits.resilience.queries import indicators_of, portrait, portraits
from courtepointe.portraits.resilience.values import NewOwnPart, NewPortrait, PortraitSeen

STORY = Path(__file__).with_name("story.toml")
KEPT_DAYS = 3 * 365
BEGUN, HEARD, READ = 170, 50, 45
"""Days before the last one of the story: the portrait begun, what was said coded, the readings written."""
Told = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Scene:
    """Where the story is written, by whom; its last day, and when it stands."""

    slug: str
    by: Person
    today: date
    now: datetime

    @property
    def keys(self) -> dict[str, Any]:
        """Give who writes and when, as actions ask for them."""
        return {"by": self.by, "now": self.now}

    @property
    def seen(self) -> WorkspaceSeen:
        """Give the workspace as its writer sees it."""
        return workspace_to("write", self.slug, **self.keys)

    def ago(self, days: int) -> date:
        """Give a day that is past, seen from the story's last one."""
        return self.today - timedelta(days=days)

    def before(self, days: int) -> Scene:
        """Give the scene so many days before: what came first is written first."""
        return replace(self, now=self.now - timedelta(days=days))


@transaction.atomic
def demonstrate(slug: str, *, by: Person, now: datetime) -> int:
    """Write the story into a workspace, all or nothing, and give its portrait's number.

    A workspace that has a portrait is left as it is.

    Raises
    ------
    NotFound
        ``unknown_area`` where the served atlas has no area of the story's name.
    """
    scene = Scene(slug, by, localdate(now), now)
    held = portraits(scene.seen)
    if held:
        return held[-1].number
    story = tomllib.loads(STORY.read_text(encoding="utf-8"))
    number = _begin(scene.before(BEGUN), story)
    about = portrait(scene.seen, number)
    _count(scene, about, story)
    _hear(scene.before(HEARD), number, story)
    _read(scene, number, story)
    _plan(scene, about, story)
    return number


def _begin(scene: Scene, story: Told) -> int:
    found = served().atlas.search(story["area"], limit=1)
    if not found:
        raise NotFound("unknown_area", value=story["area"])
    key, name = str(found[0].key), found[0].name.fr
    places = {one.area_key: one.number for one in territories_of(scene.seen.id)}
    if key not in places:
        atlas = served().pack.recipe.code
        stand_on(scene.slug, atlas_code=atlas, area_key=key, name=name, since=scene.ago(365), **scene.keys)  # fmt: skip
        places = {one.area_key: one.number for one in territories_of(scene.seen.id)}
    for one in story["own"]:
        actions.add_own_part(scene.slug, NewOwnPart(**one), **scene.keys)
    for one in story["code"]:
        add_code(scene.slug, NewCode(**one), **scene.keys)
    new = NewPortrait(story["name"], places[key], story["about"])
    return actions.begin_portrait(scene.slug, new, **scene.keys)


def _count(scene: Scene, about: PortraitSeen, story: Told) -> None:
    """Choose indicators, take what the atlas knows of the territory, type what the story counted."""
    actions.choose_indicators(scene.slug, about.number, story["indicators"], **scene.keys)
    actions.take_figures(scene.slug, about.number, taken_from(about), **scene.keys)
    held = {one.code: one.number for one in indicators_of(about.workspace, about.number)}
    period = str(scene.today.year)
    for told in story["observed"]:
        low, high = told.get("low"), told.get("high")
        what = NewObservation(
            period, told["source"], float(told["value"]), low=low, high=high,
            interval="exact" if low is None else "given",
        )  # fmt: skip
        actions.observe(scene.slug, held[told["code"]], what, **scene.keys)


def _hear(scene: Scene, number: int, story: Told) -> None:
    for told in story["source"]:
        day, way = scene.ago(told["days_ago"]), told["consent"]
        source = add_source(scene.slug, number, NewSource(
            kind=told["kind"], title=told["title"], day=day, place=told["place"], origin=told["origin"],
            text=" ".join(one["text"] for one in told["passage"]), voices=told["voices"],
            keep_until=localdate(scene.now) + timedelta(days=KEPT_DAYS),
            consent=Consent(way, day if way else None, told["may_quote"]),
        ), **scene.keys)  # fmt: skip
        for start, passage in _placed(told["passage"]):
            for what, direction, strength in passage["codes"]:
                end = start + len(passage["text"])
                code(scene.slug, source, NewCoding(start, end, what, direction, strength), **scene.keys)  # fmt: skip


def _placed(passages: Sequence[Told]) -> list[tuple[int, Told]]:
    """Give each passage with where it begins in the text of its source."""
    held, start = [], 0
    for one in passages:
        held.append((start, one))
        start += len(one["text"]) + 1
    return held


def _read(scene: Scene, number: int, story: Told) -> None:
    names = ("number_view", "local_view", "agreement", "state", "text_fr", "text_en")
    for told in story["reading"]:
        new = NewReading(**{name: told[name] for name in names})
        made = readings.write_reading(
            scene.slug, number, told["dimension"], new, **scene.before(READ).keys
        )
        agreed = told.get("validated")
        if agreed:
            by_whom = Validation(agreed["by_whom"], scene.ago(agreed["days_ago"]), agreed["people"])
            readings.validate_reading(
                scene.slug, made, by_whom, **scene.before(agreed["days_ago"]).keys
            )
    for told in story["reply"]:
        readings.add_reply(scene.slug, number, NewReply(**told, agreed=True), **scene.keys)
    for reply in replies_to_review(portrait(scene.seen, number), now=scene.now):
        readings.show_reply(scene.slug, reply.number, **scene.keys)


def _plan(scene: Scene, about: PortraitSeen, story: Told) -> None:
    held = readings_of(about)
    for told in story["priority"]:
        dimension = told["dimension"]
        new = NewPriority(dimension, told["statement"], why=told["why"])
        priority = set_priority(scene.slug, about.number, new, **scene.keys)
        said = passages_of(scene.seen, about.number, dimension, on=localdate(scene.now))
        if dimension in held:
            ground(scene.slug, "priority", priority, "reading", held[dimension].number, **scene.keys)  # fmt: skip
        for quote in said[:1]:
            ground(scene.slug, "priority", priority, "passage", quote.passage, **scene.keys)
        for one in told["action"]:
            _act(scene, about.number, priority, dimension, one)
    place = about.territory.name if about.territory else about.name
    begin_plan(scene.slug, about.number, NewPlan(f"Plan de résilience communautaire de {place}"), **scene.keys)  # fmt: skip


def _act(scene: Scene, number: int, priority: int, dimension: str, told: Told) -> None:
    names = ("statement", "role", "means", "beside", "beside_by", "cost", "horizon")
    due = localdate(scene.now) + timedelta(days=told["due_in"])
    new = NewAction(
        dimension=dimension, priority=priority, bearer="together", due=due,
        **{name: told[name] for name in names},
    )  # fmt: skip
    made = write_action(scene.slug, number, new, **scene.keys)
    for state in ("preparing", "active") if told["begun"] else ("preparing",):
        move_action(scene.slug, made, state, **scene.keys)
    effect = expect(scene.slug, made, NewEffect(**told["effect"]), **scene.keys)
    seen = told.get("result")
    if seen:
        note_result(scene.slug, made, NewResult(
            scene.ago(seen["days_ago"]), seen["text"], seen["seen_by"], effect=effect,
            direction=seen["direction"],
        ), **scene.keys)  # fmt: skip
