"""What an action lacks, said plainly: gaps are told, never counted into a score."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from courtepointe.plans.kinds import SETTLED, asks_beside


@dataclass(frozen=True, slots=True)
class Held:
    """What is held of an action, as far as gaps go."""

    state: str
    bearer: str
    due: date | None
    has_lead: bool
    has_beside: bool
    has_effect: bool
    has_result: bool
    has_ground: bool
    has_ended_hub: bool
    has_lost_link: bool


def gaps_of(held: Held, *, today: date) -> tuple[str, ...]:
    """Give what an action lacks today, what stops it first; nothing of a cancelled one."""
    if held.state == "cancelled":
        return ()
    awaited = () if held.state in SETTLED else tuple(_of_doing(held, today))
    return (*awaited, *_of_telling(held))


def _of_doing(held: Held, today: date) -> Iterator[str]:
    if not held.has_lead:
        yield "no_lead"
    if held.due is None:
        yield "no_due"
    elif held.due < today:
        yield "overdue"
    if held.has_ended_hub:
        yield "hub_ended"


def _of_telling(held: Held) -> Iterator[str]:
    if asks_beside(held.bearer) and not held.has_beside:
        yield "no_beside"
    if not held.has_effect:
        yield "no_effect"
    if held.state == "completed" and not held.has_result:
        yield "no_result"
    if held.has_lost_link:
        yield "link_lost"
    if not held.has_ground:
        yield "no_ground"
