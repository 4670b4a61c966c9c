"""Indicators of a portrait: chosen, added, weighed; what is found stays; scores by dimension with their interval."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db.models import QuerySet
from tests.support.resilience_made import Begun, begin
from tests.support.table import NOW, Table

from courtepointe.atlas.figures import Figure, Method, Status, Uncertainty
from courtepointe.core.errors import BadInput, NotAllowed, NotFound, Refused
from courtepointe.people.access import workspace_to
from courtepointe.people.actions import undo_batch
from courtepointe.people.actions.workspaces import stand_on
from courtepointe.people.queries import territories_of
from courtepointe.people.values import WorkspaceSeen
from courtepointe.portraits.resilience import actions, queries
from courtepointe.portraits.resilience.models import (
    Goalposts,
    Indicator,
    Observation,
    ResiliencePortrait,
    ScoreRow,
)
from courtepointe.portraits.resilience.numbers import (
    IndicatorSeen,
    NewGoalposts,
    NewIndicator,
    NewObservation,
    Taken,
)
from courtepointe.portraits.resilience.values import DimensionNumbers, NewOwnPart, NewPortrait

LATER = NOW + timedelta(days=400)
OWN = NewIndicator("REL", "Fêtes de ruelle", "count", 0, 8, "De rien à une par mois d’été", part="REL.cohesion")  # fmt: skip


@pytest.fixture
def begun(table: Table) -> Begun:
    return begin(table)


def keys(table: Table) -> dict[str, Any]:
    return {"by": table.coordinator, "now": NOW}


def seen(table: Table) -> WorkspaceSeen:
    return workspace_to("read", table.slug, by=table.coordinator, now=NOW)


def chosen(table: Table, begun: Begun, *codes: str) -> dict[str, IndicatorSeen]:
    actions.choose_indicators(table.slug, begun.portrait, codes, **keys(table))
    return held(table, begun)


def held(table: Table, begun: Begun) -> dict[str, IndicatorSeen]:
    return {one.code: one for one in queries.indicators_of(table.id, begun.portrait)}


def numbers(table: Table, portrait: int) -> dict[str, DimensionNumbers]:
    return dict(queries.numbers_of(seen(table), queries.portrait(seen(table), portrait), now=NOW))


def told(value: float | None = None, **more: Any) -> NewObservation:
    return NewObservation(**{"period": "2026", "source": "Table", "value": value, **more})


def test_suggestions_are_chosen_once_and_left_out_with_a_reason(table: Table, begun: Begun) -> None:
    some = chosen(table, begun, "RES.low_income", "RES.organisations", "SBE.health")
    assert list(some) == ["SBE.health", "RES.organisations", "RES.low_income"]
    assert actions.choose_indicators(table.slug, begun.portrait, ["SBE.health"], **keys(table)) == 0
    one = some["RES.low_income"]
    assert (one.polarity, one.asset, one.posts.low, one.posts.high) == (-1, False, 0.0, 40.0)
    with pytest.raises(BadInput, match="gathering_line_needed"):
        actions.leave_indicator(table.slug, one.number, " ", **keys(table))
    actions.leave_indicator(table.slug, one.number, "Nous parlons d’abord de ce qui est là", **keys(table))  # fmt: skip
    assert "RES.low_income" not in held(table, begun)
    with_it = queries.indicators_of(table.id, begun.portrait, all_of_them=True)
    assert [one.left_why for one in with_it if not one.counts] == ["Nous parlons d’abord de ce qui est là"]  # fmt: skip
    actions.leave_suggestion(table.slug, begun.portrait, "SBE.oldest", "Trop peu", **keys(table))
    assert "SBE.oldest" not in [one.code for one in queries.still_suggested(table.id, begun.portrait)]  # fmt: skip
    assert "RES.low_income" in chosen(table, begun, "RES.low_income")
    with pytest.raises(BadInput, match="resilience_unknown_kind"):
        chosen(table, begun, "RES.nothing")


def test_who_only_contributes_counts_nothing_and_another_workspace_finds_nothing(
    table: Table, begun: Begun
) -> None:
    one = chosen(table, begun, "SBE.health")["SBE.health"]
    with pytest.raises(NotAllowed):
        actions.observe(table.slug, one.number, told(50.0), by=table.member, now=NOW)
    with pytest.raises(NotFound, match="unknown_workspace"):
        actions.observe(table.slug, one.number, told(50.0), by=table.stranger, now=NOW)
    with pytest.raises(NotFound, match="unknown_resilience_indicator"):
        actions.observe(table.other, one.number, told(50.0), by=table.stranger, now=NOW)
    with pytest.raises(NotFound, match="unknown_resilience_indicator"):
        queries.indicator_of(table.id + 1_000, one.number)


def test_an_own_indicator_has_its_goalposts_and_their_reason(table: Table, begun: Begun) -> None:
    number = actions.add_indicator(table.slug, begun.portrait, OWN, **keys(table))
    one, portrait = queries.indicator_of(table.id, number)
    assert (one.own, one.flipped, portrait, one.name.en) == (True, False, begun.portrait, "Fêtes de ruelle")  # fmt: skip
    for low, high in ((3.0, 3.0), (5.0, 1.0), (0.0, float("inf"))):
        new = NewIndicator("REL", "Autre", "count", low, high, "Pour voir")
        with pytest.raises(BadInput, match="resilience_goalposts"):
            actions.add_indicator(table.slug, begun.portrait, new, **keys(table))
    assert Indicator.objects.count() == 1
    with pytest.raises(BadInput, match="resilience_unknown_kind"):
        actions.add_indicator(table.slug, begun.portrait, NewIndicator("XXX", "A", "count", 0, 1, "b"), **keys(table))  # fmt: skip


def test_goalposts_move_in_a_new_line_and_a_turned_direction_is_known(
    table: Table, begun: Begun
) -> None:
    one = chosen(table, begun, "RES.low_income")["RES.low_income"]
    with pytest.raises(Refused, match="resilience_goalposts_same"):
        actions.move_goalposts(table.slug, one.number, NewGoalposts(0, 40, "x", polarity=-1), **keys(table))  # fmt: skip
    with pytest.raises(BadInput, match="gathering_line_needed"):
        actions.move_goalposts(table.slug, one.number, NewGoalposts(0, 30, "", polarity=-1), **keys(table))  # fmt: skip
    new = NewGoalposts(0, 30, "Assez large pour les quartiers d’ici", polarity=1)
    actions.move_goalposts(table.slug, one.number, new, by=table.coordinator, now=LATER)
    again = held(table, begun)["RES.low_income"]
    assert (again.posts.high, again.posts.since, again.flipped) == (30.0, LATER.date(), True)
    assert [line.high for line in again.posts_before] == [40.0]


def test_weights_that_sum_to_zero_are_refused_by_name(table: Table, begun: Begun) -> None:
    some = chosen(table, begun, "CON.memory", "CON.trained", "SBE.health")
    first, second = some["CON.memory"].number, some["CON.trained"].number
    actions.weigh_indicator(table.slug, first, 0.0, **keys(table))
    with pytest.raises(Refused) as refused:
        actions.weigh_indicator(table.slug, second, 0.0, **keys(table))
    assert refused.value.code == "resilience_weights_zero"
    assert "Local knowledge" in str(refused.value.facts["value"])
    with pytest.raises(Refused, match="resilience_weights_zero"):
        actions.leave_indicator(table.slug, second, "Pas compté", **keys(table))
    assert held(table, begun)["CON.trained"].counts
    for weight in (-1.0, 11.0, float("nan")):
        with pytest.raises(BadInput, match="resilience_weight"):
            actions.weigh_indicator(table.slug, second, weight, **keys(table))


def test_an_observation_is_followed_never_changed(table: Table, begun: Begun) -> None:
    one = chosen(table, begun, "SBE.health")["SBE.health"]
    actions.observe(table.slug, one.number, told(40.0, period="2025"), **keys(table))
    actions.observe(table.slug, one.number, told(50.0), **keys(table))
    actions.observe(table.slug, one.number, told(55.0, interval="exact"), **keys(table))
    newest = held(table, begun)["SBE.health"].newest
    assert newest is not None
    assert (newest.value, newest.period, newest.interval) == (55.0, "2026", "exact")
    every = queries.observations_of(table.id, one.number)
    assert [row.value for row in every] == [55.0, 50.0, 40.0]
    assert Observation.objects.get(value=55.0).supersedes == Observation.objects.get(value=50.0)
    actions.observe(table.slug, one.number, told(20.0, group="seniors"), **keys(table))
    assert held(table, begun)["SBE.health"].by_group["seniors"].value == 20.0


@pytest.mark.parametrize(
    ("what", "code"),
    [
        (told(), "resilience_value_missing"),
        (told(120.0), "resilience_out_of_range"),
        (told(-1.0), "resilience_out_of_range"),
        (told(float("nan")), "resilience_out_of_range"),
        (told(50.0, low=60.0, high=70.0), "resilience_interval"),
        (told(50.0, low=40.0), "resilience_interval"),
        (told(50.0, interval="given"), "resilience_interval"),
        (told(50.0, period="mai"), "resilience_period"),
        (told(50.0, period="2099"), "resilience_period_to_come"),
        (told(50.0, period="2026-07"), "resilience_period_to_come"),
        (told(50.0, period="2026-06-02"), "resilience_period_to_come"),
        (told(50.0, numerator=3.0), "resilience_share_counts"),
        (told(50.0, numerator=3.0, denominator=4.0), "resilience_share_counts"),
        (told(numerator=5.0, denominator=4.0), "resilience_share_counts"),
        (told(numerator=0.0, denominator=0.0), "resilience_share_counts"),
        (told(50.0, status="not_available"), "resilience_value_without_right"),
        (told(50.0, status="rumour"), "resilience_unknown_kind"),
        (told(50.0, group="nobody"), "resilience_unknown_kind"),
        (told(50.0, source=" "), "gathering_line_needed"),
    ],
)
def test_an_observation_that_cannot_be_is_refused(
    table: Table, begun: Begun, what: NewObservation, code: str
) -> None:
    one = chosen(table, begun, "SBE.health")["SBE.health"]
    with pytest.raises(BadInput, match=code):
        actions.observe(table.slug, one.number, what, **keys(table))
    assert not Observation.objects.exists()


def test_we_do_not_know_is_an_answer_and_no_zero(table: Table, begun: Begun) -> None:
    one = chosen(table, begun, "SBE.health")["SBE.health"]
    actions.observe(table.slug, one.number, told(status="not_available"), **keys(table))
    newest = held(table, begun)["SBE.health"].newest
    assert newest is not None
    assert (newest.value, newest.status) == (None, "not_available")
    found = numbers(table, begun.portrait)["SBE"]
    assert (found.score, found.why, found.n_used, found.n_missing) == (None, "coverage", 0, 1)


def test_observations_come_all_or_none(table: Table, begun: Begun) -> None:
    chosen(table, begun, "SBE.health")
    some = [("SBE.health", told(50.0)), ("CON.memory", told(3.0))]
    with pytest.raises(BadInput, match="resilience_unknown_kind"):
        actions.observe_many(table.slug, begun.portrait, some, **keys(table))
    assert not Observation.objects.exists()
    assert actions.observe_many(table.slug, begun.portrait, some[:1], **keys(table)) == 1


def taken(*figures: Figure, area: str = "x:2021:1") -> Taken:
    return Taken("demo", area, "mark", figures, {"low_income_lim_at_share": "Recensement"})


def test_the_atlas_gives_values_with_their_status_and_nothing_twice(
    table: Table, begun: Begun
) -> None:
    chosen(table, begun, "RES.low_income", "RES.employment", "SBE.living_alone")
    whole = Figure(
        "low_income_lim_at_share", 20.0, "percent", Status.AGGREGATED, Method.RATIO_OF_SUMS,
        18.0, 22.0, Uncertainty.SAMPLING, coverage=0.97, release="census_2021", period="2020",
        numerator=200.0, denominator=1000.0,
    )  # fmt: skip
    none = Figure("employment_rate", None, "percent", Status.SUPPRESSED, Method.NOT_COMPUTED)
    with pytest.raises(Refused, match="resilience_other_atlas"):
        actions.take_figures(table.slug, begun.portrait, taken(whole, area="x:2021:2"), **keys(table))  # fmt: skip
    assert actions.take_figures(table.slug, begun.portrait, taken(whole, none), **keys(table)) == 3
    assert actions.take_figures(table.slug, begun.portrait, taken(whole, none), **keys(table)) == 0
    found = {code: one.newest for code, one in held(table, begun).items()}
    assert {code: one and (one.value, one.status) for code, one in found.items()} == {
        "RES.low_income": (20.0, "aggregated"),
        "RES.employment": (None, "suppressed"),
        "SBE.living_alone": (None, "not_loaded"),
    }
    first = found["RES.low_income"]
    assert first is not None
    assert (first.low, first.interval, first.coverage, first.taken) == (18.0, "published", 0.97, "census_2021")  # fmt: skip


def test_a_score_by_hand(table: Table, begun: Begun) -> None:
    """REL.close holds 60 and 20 of 100: 40; REL.between 5 ties of 10: 50; the dimension is their mean, 45."""
    some = chosen(table, begun, "REL.neighbours", "REL.nobody", "REL.ties")
    for code, value in (("REL.neighbours", 60.0), ("REL.nobody", 80.0), ("REL.ties", 5.0)):
        actions.observe(table.slug, some[code].number, told(value, interval="exact"), **keys(table))
    found = numbers(table, begun.portrait)["REL"]
    assert found.score is not None
    assert found.score.value == pytest.approx(45.0)
    assert found.score.low < 45.0 < found.score.high
    assert (found.score.due_data, found.score.due_missing) == (0.0, 0.0)
    assert found.score.due_method == pytest.approx((found.score.high - found.score.low) / 2)
    assert (found.n_assets, found.n_lacks, found.n_used, found.score.coverage) == (2, 1, 3, 1.0)
    assert numbers(table, begun.portrait)["COM"].why == "no_indicator"
    assert numbers(table, begun.portrait) == numbers(table, begun.portrait)


def test_a_gap_widens_the_interval_and_too_many_leave_no_score(table: Table, begun: Begun) -> None:
    some = chosen(table, begun, "ATT.hope", "ATT.worried", "ATT.trust")
    actions.observe(table.slug, some["ATT.hope"].number, told(60.0, low=50.0, high=70.0), **keys(table))  # fmt: skip
    first = numbers(table, begun.portrait)["ATT"]
    assert (first.score, first.why) == (None, "coverage")
    actions.observe(table.slug, some["ATT.trust"].number, told(60.0, low=55.0, high=65.0), **keys(table))  # fmt: skip
    score = numbers(table, begun.portrait)["ATT"].score
    assert score is not None
    assert min(score.due_data, score.due_missing, score.due_method) > 0.0
    assert score.due_missing > score.due_data
    assert score.coverage == pytest.approx(2 / 3)


def test_an_edition_keeps_its_scores_and_the_next_has_its_goalposts(
    table: Table, begun: Begun
) -> None:
    part = actions.add_own_part(table.slug, NewOwnPart("", "Le canal"), **keys(table))
    canal = NewIndicator(f"own-{part}", "Accès à l’eau", "percent", 0, 100, "Toute la part")
    own = actions.add_indicator(table.slug, begun.portrait, canal, **keys(table))
    one = chosen(table, begun, "SBE.health")["SBE.health"]
    for number in (own, one.number):
        actions.observe(table.slug, number, told(50.0, interval="exact"), **keys(table))
    who: dict[str, Any] = {"by": table.coordinator, "now": LATER}
    actions.move_goalposts(table.slug, one.number, NewGoalposts(20, 90, "Plus près d’ici"), **who)
    open_numbers = numbers(table, begun.portrait)
    actions.close_portrait(table.slug, begun.portrait, **who)
    assert numbers(table, begun.portrait) == open_numbers
    row = ScoreRow.objects.get(dimension="SBE")
    assert row.used["SBE.health"]["posts"] == [20.0, 90.0]
    assert (row.seed, len(row.digest)) == (1, 64)
    with pytest.raises(Refused, match="portrait_closed"):
        actions.observe(table.slug, one.number, told(60.0), **who)
    after = actions.follow_portrait(table.slug, begun.portrait, **who)
    (health,) = [each for each in queries.indicators_of(table.id, after) if each.code == "SBE.health"]  # fmt: skip
    assert (health.posts.low, health.posts.since, health.newest) == (20.0, LATER.date(), None)
    assert [line.high for line in health.posts_before] == [100.0]
    assert len(queries.indicators_of(table.id, after)) == 2
    assert Goalposts.objects.count() == 6
    assert numbers(table, after)["SBE"].why == "coverage"


def test_a_portrait_with_observations_keeps_its_territory(table: Table, begun: Begun) -> None:
    who: dict[str, Any] = {"by": table.coordinator, "now": NOW}
    stand_on(table.slug, atlas_code="demo", area_key="x:2021:2", name="Ailleurs", since=date(2020, 1, 1), **who)  # fmt: skip
    other = next(one.number for one in territories_of(table.id) if one.name == "Ailleurs")
    actions.describe_portrait(table.slug, begun.portrait, NewPortrait("A", other), **who)
    actions.describe_portrait(table.slug, begun.portrait, NewPortrait("A", begun.territory), **who)
    one = chosen(table, begun, "SBE.health")["SBE.health"]
    actions.observe(table.slug, one.number, told(50.0), **who)
    actions.describe_portrait(table.slug, begun.portrait, NewPortrait("B", begun.territory), **who)
    with pytest.raises(Refused, match="resilience_territory_counted"):
        actions.describe_portrait(table.slug, begun.portrait, NewPortrait("C", other), **who)


def test_scores_are_kept_when_asked_and_stay(table: Table, begun: Begun) -> None:
    one = chosen(table, begun, "SBE.health")["SBE.health"]
    actions.observe(table.slug, one.number, told(50.0, interval="exact"), **keys(table))
    assert queries.last_kept(table.id, begun.portrait) is None
    actions.keep_scores(table.slug, begun.portrait, **keys(table))
    actions.observe(table.slug, one.number, told(90.0, interval="exact"), **keys(table))
    kept = ScoreRow.objects.get()
    assert kept.numbers["score"]["value"] == 50.0
    assert queries.last_kept(table.id, begun.portrait) == NOW
    score = numbers(table, begun.portrait)["SBE"].score
    assert score is not None
    assert score.value == 90.0


def test_values_whose_error_nobody_knows_are_counted_beside_the_score(
    table: Table, begun: Begun
) -> None:
    one = chosen(table, begun, "SBE.health")["SBE.health"]
    actions.observe(table.slug, one.number, told(50.0), **keys(table))
    assert numbers(table, begun.portrait)["SBE"].n_no_error == 1
    actions.observe(table.slug, one.number, told(50.0, interval="exact"), **keys(table))
    assert numbers(table, begun.portrait)["SBE"].n_no_error == 0


def test_a_closed_edition_says_nothing_of_a_dimension_whose_indicators_were_left_out_since(
    table: Table, begun: Begun
) -> None:
    one = chosen(table, begun, "SBE.health", "REL.neighbours")["SBE.health"]
    actions.observe(table.slug, one.number, told(50.0, interval="exact"), **keys(table))
    actions.keep_scores(table.slug, begun.portrait, **keys(table))
    actions.leave_indicator(table.slug, one.number, "Trop vieux pour le quartier", **keys(table))
    actions.close_portrait(table.slug, begun.portrait, by=table.coordinator, now=LATER)
    closed = numbers(table, begun.portrait)["SBE"]
    assert (closed.score, closed.why) == (None, "no_indicator")


@pytest.mark.parametrize("is_closed", [False, True])
def test_an_import_into_an_edition_that_was_closed_since_is_not_undone(
    table: Table, begun: Begun, is_closed: bool
) -> None:
    chosen(table, begun, "SBE.cool_places")
    actions.observe_many(table.slug, begun.portrait, [("SBE.cool_places", told(3.0))], batch="b", **keys(table))  # fmt: skip
    if is_closed:
        actions.close_portrait(table.slug, begun.portrait, **keys(table))
        with pytest.raises(Refused, match="batch_closed"):
            undo_batch(table.slug, "b", **keys(table))
    else:
        assert undo_batch(table.slug, "b", **keys(table)) == 1
    assert Observation.objects.count() == is_closed


def test_a_portrait_is_locked_before_its_indicators(
    table: Table, begun: Begun, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever chooses or closes locks the portrait first: two orders would have two people wait for each other."""
    one = chosen(table, begun, "SBE.cool_places")["SBE.cool_places"].number
    locked, lock = [], QuerySet.select_for_update

    def spied(rows: QuerySet[Any], *more: Any, **how: Any) -> QuerySet[Any]:
        locked.append(rows.model)
        return lock(rows, *more, **how)

    monkeypatch.setattr(QuerySet, "select_for_update", spied)
    for write in (
        lambda: actions.observe(table.slug, one, told(3.0), **keys(table)),
        lambda: actions.weigh_indicator(table.slug, one, 2.0, **keys(table)),
        lambda: actions.move_goalposts(table.slug, one, NewGoalposts(0, 20, "Vu"), **keys(table)),
        lambda: actions.leave_indicator(table.slug, one, "Vu", **keys(table)),
    ):
        locked.clear()
        write()
        assert locked.index(ResiliencePortrait) < locked.index(Indicator)
