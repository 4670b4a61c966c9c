"""A survey of the table's portrait, drafted, open, answered: for tests of surveys and of who reads them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tests.support.resilience_made import Begun, begin
from tests.support.table import NOW, Table

from courtepointe.portraits.surveys.actions import (
    answer_by_link,
    begin_survey,
    open_survey,
    pick,
)
from courtepointe.portraits.surveys.models import Survey
from courtepointe.portraits.surveys.values import NewSurvey

NAME = "Une soirée pour se dire comment ça va"
PICKED = ("REL.neighbours", "PRE.plan", "CON.strengths", "YOU.tenure", "YOU.age")


@dataclass(frozen=True)
class Made:
    """A survey, its number, its portrait's, its link's end once it is open."""

    number: int
    portrait: int
    token: str = ""


def drafted(
    table: Table, *, picked: Sequence[str] = PICKED, begun: Begun | None = None, found: str = "came"
) -> Made:
    """Draft a survey with questions of the bank."""
    held = begun or begin(table)
    when = {"by": table.coordinator, "now": NOW}
    number = begin_survey(table.slug, held.portrait, NewSurvey(NAME, found), **when)
    pick(table.slug, number, picked, **when)
    return Made(number, held.portrait)


def opened(table: Table, **how: Any) -> Made:
    """Draft a survey and open it."""
    made = drafted(table, **how)
    open_survey(table.slug, made.number, by=table.coordinator, now=NOW)
    return Made(made.number, made.portrait, Survey.objects.get(pk=made.number).token)


def answer(made: Made, given: Mapping[str, Any], key: str, *, now: datetime = NOW) -> bool:
    """Answer by the link."""
    return answer_by_link(made.token, given, key=key, language="fr", now=now)


def answered(made: Made, *, tenants: int = 30, owners: int = 18) -> None:
    """Have tenants, of whom two in three have a plan, and owners, of whom one in three has, answer.

    Of a plan the tenants are told: 20 of 30, which leaves 6 of 18 owners. Of neighbours they are not: 4 owners have none.
    """
    for n in range(tenants + owners):
        is_tenant = n < tenants
        has_plan = n % 3 != 0 if is_tenant else n % 3 == 0
        answer(
            made,
            {
                "REL.neighbours": ("none", "one_two", "three_five", "six_more")[n % 4],
                "PRE.plan": "yes" if has_plan else "no",
                "CON.strengths": ["neighbours", "nature"] if n % 2 else ["places"],
                "YOU.tenure": "rent" if is_tenant else "own",
            },
            f"page-{n}",
        )
