"""All that a portrait holds for whoever may read it, read once: the same queries as its pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.timezone import localdate

from courtepointe.atlas.recipe.values import Words
from courtepointe.doors.territories import groups_of
from courtepointe.people.values import WorkspaceSeen
from courtepointe.plans.queries.actions import priorities, whole_actions
from courtepointe.plans.queries.grounds import every_ground
from courtepointe.plans.values import ActionSeen, GroundSeen, PrioritySeen
from courtepointe.portraits.evidence.queries import heard, passages_of, voices_of
from courtepointe.portraits.evidence.values import Quote
from courtepointe.portraits.readings.queries import every_version, replies_shown
from courtepointe.portraits.readings.values import ReadingSeen, ReplySeen
from courtepointe.portraits.resilience import queries
from courtepointe.portraits.resilience.framework import Dimension
from courtepointe.portraits.resilience.lens import GroupSeen
from courtepointe.portraits.resilience.numbers import IndicatorSeen, ObservationSeen
from courtepointe.portraits.resilience.scoring import NumbersSeen
from courtepointe.portraits.resilience.values import DimensionVoices, PortraitSeen


@dataclass(frozen=True, slots=True)
class Gathered:
    """A portrait with all that is told of it.

    Attributes
    ----------
    names : mapping of code to Words
        Of all dimensions and parts, what was withdrawn included.
    observations : mapping of an indicator's number to ObservationSeen
        All that was ever said, what was followed included.
    groups : mapping of group to GroupSeen
        As the served atlas counts them.
    heard : mapping of group to int
        In how many sources each speaks.
    grounds : mapping of (kind, number) to GroundSeen
    """

    workspace: WorkspaceSeen
    portrait: PortraitSeen
    now: datetime
    dimensions: Mapping[str, Dimension]
    names: Mapping[str, Words]
    indicators: Sequence[IndicatorSeen]
    observations: Mapping[int, Sequence[ObservationSeen]]
    numbers: NumbersSeen
    groups: Mapping[str, GroupSeen]
    heard: Mapping[str, int]
    voices: Mapping[str, DimensionVoices]
    quotes: Mapping[str, Sequence[Quote]]
    readings: Sequence[ReadingSeen]
    replies: Mapping[str, Sequence[ReplySeen]]
    priorities: Sequence[PrioritySeen]
    actions: Sequence[ActionSeen]
    grounds: Mapping[tuple[str, int], Sequence[GroundSeen]]


def gathered(workspace: WorkspaceSeen, number: int, *, now: datetime, lang: str) -> Gathered:
    """Read a portrait of a workspace, or raise `NotFound` ``unknown_resilience_portrait``."""
    seen, on = queries.portrait(workspace, number), localdate(now)
    voices = voices_of(workspace, number, now=now)
    spoken = [code for code, one in voices.items() if one.n_sources]
    return Gathered(
        workspace=workspace,
        portrait=seen,
        now=now,
        dimensions=queries.dimensions_of(workspace.id),
        names=queries.dimension_names(workspace.id),
        indicators=queries.indicators_of(workspace.id, number, all_of_them=True),
        observations=queries.every_observation(workspace.id, number),
        numbers=queries.numbers_seen(workspace, seen),
        groups=groups_of(seen),
        heard=heard(workspace, number, now=now),
        voices=voices,
        quotes={code: passages_of(workspace, number, code, on=on) for code in spoken},
        readings=every_version(seen),
        replies=replies_shown(seen, now=now),
        priorities=priorities(workspace, portrait=number),
        actions=whole_actions(workspace, number, now=now),
        grounds=every_ground(workspace, number, now=now, lang=lang),
    )
