"""What closed surveys found is kept as observations: once, with what is hidden left hidden."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from tests.support.survey_made import Made, answered, opened
from tests.support.table import NOW, QUICK, Table, table_and_around

from courtepointe.core.errors import NotAllowed, NotFound, Refused
from courtepointe.people.access import workspace_to
from courtepointe.portraits.resilience import lens
from courtepointe.portraits.resilience.actions import (
    choose_indicators,
    close_portrait,
    leave_indicator,
)
from courtepointe.portraits.resilience.framework import groups
from courtepointe.portraits.resilience.models import Observation
from courtepointe.portraits.resilience.numbers import IndicatorSeen
from courtepointe.portraits.resilience.queries import indicators_of
from courtepointe.portraits.surveys.actions import (
    close_survey,
    count_again,
    set_margins,
    take_results,
)
from courtepointe.portraits.surveys.queries import results_to_take, survey_observations

DAY = timedelta(days=1)


@pytest.fixture
def table(db: None, settings: Any) -> Table:
    settings.PASSWORD_HASHERS = QUICK
    return table_and_around()


def closed(table: Table, *, tenants: int = 30, owners: int = 18, **how: Any) -> Made:
    """Close a survey that the portrait's indicators of neighbours and of a plan listen to."""
    made = opened(table, **how)
    answered(made, tenants=tenants, owners=owners)
    close_survey(table.slug, made.number, **by(table))
    choose_indicators(table.slug, made.portrait, ["PRE.plan", "REL.neighbours", "SBE.oldest"], **by(table))  # fmt: skip
    return made


def by(table: Table) -> dict[str, Any]:
    return {"by": table.coordinator, "now": NOW}


def held(table: Table, portrait: int) -> dict[str, IndicatorSeen]:
    return {one.code: one for one in indicators_of(table.id, portrait)}


def test_shares_are_kept_in_percent_with_their_interval_and_day(table: Table) -> None:
    made = closed(table)
    came = take_results(table.slug, made.portrait, **by(table))
    assert came == Observation.objects.count() > 2
    plan = held(table, made.portrait)["PRE.plan"]
    assert plan.newest is not None
    # 20 of 30 tenants and 6 of 18 owners have a plan.
    assert plan.newest.value == pytest.approx(100 * 26 / 48)
    assert plan.newest.low < plan.newest.value < plan.newest.high  # type: ignore[operator]
    assert (plan.newest.status, plan.newest.interval) == ("answered", "wilson")
    assert plan.newest.source == "Une soirée pour se dire comment ça va (n = 48)"
    assert plan.newest.period == NOW.date().isoformat()
    assert plan.by_group["tenants"].value == pytest.approx(100 * 20 / 30)
    neighbours = held(table, made.portrait)["REL.neighbours"]
    assert neighbours.newest is not None and neighbours.newest.value == pytest.approx(75.0)
    assert neighbours.by_group["tenants"].status == "suppressed", "four owners have nobody"
    assert held(table, made.portrait)["SBE.oldest"].newest is None


def test_a_share_that_the_survey_hides_stays_hidden(table: Table) -> None:
    made = closed(table, tenants=24, owners=6)
    take_results(table.slug, made.portrait, **by(table))
    plan = held(table, made.portrait)["PRE.plan"]
    found = {one.group: one for one in survey_observations(workspace_to("read", table.slug, **by(table)), made.portrait) if one.question == "PRE.plan"}  # fmt: skip
    assert found["tenants"].share is None, "30 less the tenants are 6 people"
    hidden = plan.by_group["tenants"]
    assert (hidden.value, hidden.low, hidden.status) == (None, None, "suppressed")
    assert "n =" not in hidden.source
    gap = {one.indicator.code: one for one in lens.gaps([plan], lens.counted(groups()["tenants"], {}.get), {})}  # fmt: skip
    assert (gap["PRE.plan"].known, gap["PRE.plan"].own) == (lens.FEW, None)


def test_what_was_taken_is_not_taken_twice_and_a_new_count_follows_it(table: Table) -> None:
    made = closed(table)
    seen = workspace_to("read", table.slug, **by(table))
    first = take_results(table.slug, made.portrait, **by(table))
    assert results_to_take(seen, made.portrait) == ()
    assert take_results(table.slug, made.portrait, **by(table)) == 0
    people = {"YOU.tenure": {"rent": 500.0, "own": 500.0}}
    set_margins(table.slug, made.number, people, "Recensement 2021", **by(table))
    later = by(table) | {"now": NOW + DAY}
    count_again(table.slug, made.number, **later)
    assert take_results(table.slug, made.portrait, **later) == first
    assert take_results(table.slug, made.portrait, **later) == 0
    plan = held(table, made.portrait)["PRE.plan"]
    # Half tenants with 2/3, half owners with 1/3.
    assert plan.newest is not None and plan.newest.value == pytest.approx(50.0)
    assert Observation.objects.count() == 2 * first, "what was found before stays"


def test_only_what_was_chosen_is_taken_and_what_comes_later_too(table: Table) -> None:
    made = closed(table)
    number = held(table, made.portrait)["REL.neighbours"].number
    leave_indicator(table.slug, number, "Pas cette année", **by(table))
    take_results(table.slug, made.portrait, **by(table))
    assert not Observation.objects.filter(indicator=number).exists()
    choose_indicators(table.slug, made.portrait, ["REL.neighbours"], **by(table))
    assert take_results(table.slug, made.portrait, **by(table)) > 0
    assert Observation.objects.filter(indicator=number, group="").count() == 1


def test_a_question_of_which_too_little_is_told_is_not_taken(table: Table) -> None:
    made = closed(table, tenants=5, owners=4)
    assert take_results(table.slug, made.portrait, **by(table)) == 0
    assert not Observation.objects.exists()


def test_a_closed_portrait_an_open_survey_and_others_are_refused(table: Table) -> None:
    made = closed(table)
    with pytest.raises(NotAllowed):
        take_results(table.slug, made.portrait, by=table.member, now=NOW)
    with pytest.raises(NotFound):
        take_results(table.other, made.portrait, by=table.stranger, now=NOW)
    close_portrait(table.slug, made.portrait, **by(table))
    with pytest.raises(Refused, match="portrait_closed"):
        take_results(table.slug, made.portrait, **by(table))
    assert not Observation.objects.exists()


def test_a_survey_that_is_open_gives_nothing(table: Table) -> None:
    made = opened(table)
    answered(made)
    choose_indicators(table.slug, made.portrait, ["PRE.plan"], **by(table))
    assert take_results(table.slug, made.portrait, **by(table)) == 0
