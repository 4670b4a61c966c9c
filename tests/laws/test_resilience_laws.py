"""Scores of a portrait's dimensions, for every choice of indicators: a slow nested mean, mirrored directions, no total."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from statistics import fmean

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from courtepointe.atlas.recipe.values import Words
from courtepointe.portraits.resilience.numbers import GoalpostsSeen, IndicatorSeen, ObservationSeen
from courtepointe.portraits.resilience.scoring import effective_weights, reckon

NOW = datetime(2026, 6, 1, tzinfo=UTC)
NAME = Words("x", "x")
HUNDREDTHS = st.integers(0, 10_000).map(lambda n: n / 100.0)


@st.composite
def indicators(draw: st.DrawFn, *, whole: bool) -> list[IndicatorSeen]:
    """Up to eight indicators of one dimension in three parts; the first weighs something."""
    n = draw(st.integers(1, 8))
    return [one(place, draw, whole=whole) for place in range(n)]


def one(place: int, draw: st.DrawFn, *, whole: bool) -> IndicatorSeen:
    value = draw(HUNDREDTHS)
    low = draw(st.integers(-50, 50))
    posts = GoalpostsSeen(low, low + draw(st.integers(1, 120)), draw(st.sampled_from((1, -1))), NAME, NOW.date())  # fmt: skip
    known = whole or draw(st.booleans())
    half = draw(st.sampled_from((0.0, 3.0)))
    seen = ObservationSeen(place, "", "2026", value, None, None, value - half, value + half,
                           "given", "counted", None, "", "", "", NOW)  # fmt: skip
    weight = draw(st.integers(0 if place else 1, 5))
    return IndicatorSeen(
        place, f"own.{place}", "SBE", draw(st.sampled_from(("a", "b", "c"))), "survey", "typed",
        NAME, NAME, "percent", "none", draw(st.booleans()), "edition", "own", float(weight), None,
        "", posts, (), seen if known else None, {}, flipped=False, own=True,
    )  # fmt: skip


def placed(seen: IndicatorSeen) -> float:
    assert seen.newest is not None
    assert seen.newest.value is not None
    share = (seen.newest.value - seen.posts.low) / (seen.posts.high - seen.posts.low)
    cut = 100.0 * min(max(share, 0.0), 1.0)
    return cut if seen.polarity == 1 else 100.0 - cut


def slowly(some: list[IndicatorSeen]) -> float:
    """Mean of each part by its weights, then the mean of the parts that weigh something."""
    means = []
    for part in ("a", "b", "c"):
        held = [seen for seen in some if seen.part == part and seen.weight > 0.0]
        if held:
            whole = sum(seen.weight for seen in held)
            means.append(sum(placed(seen) * seen.weight for seen in held) / whole)
    return fmean(means)


@settings(max_examples=60, deadline=None)
@given(indicators(whole=True))
def test_a_score_is_the_mean_of_parts_and_its_interval_holds_it(some: list[IndicatorSeen]) -> None:
    found = reckon(("SBE",), some).numbers["SBE"]
    assert found.score is not None
    assert found.score.value == pytest.approx(slowly(some), abs=1e-9)
    assert found.score.low <= found.score.value <= found.score.high
    assert found.score.due_missing == 0.0
    assert sum(effective_weights(some).values()) == pytest.approx(1.0)
    squares = found.score.due_data**2 + found.score.due_missing**2 + found.score.due_method**2
    half = (found.score.high - found.score.low) / 2.0
    assert squares == pytest.approx(half**2) or squares == 0.0


@settings(max_examples=40, deadline=None)
@given(indicators(whole=True))
def test_turning_every_direction_mirrors_the_score(some: list[IndicatorSeen]) -> None:
    turned = [replace(seen, posts=replace(seen.posts, polarity=-seen.polarity)) for seen in some]
    first, second = (reckon(("SBE",), each).numbers["SBE"].score for each in (some, turned))
    assert first is not None
    assert second is not None
    assert first.value + second.value == pytest.approx(100.0)


@settings(max_examples=40, deadline=None)
@given(indicators(whole=False))
def test_what_is_missing_is_counted_and_never_taken_for_zero(some: list[IndicatorSeen]) -> None:
    found = reckon(("SBE", "COM"), some).numbers
    assert found["COM"].why == "no_indicator"
    told = found["SBE"]
    assert told.n_used + told.n_missing == told.n_assets + told.n_lacks == len(some)
    weights = effective_weights(some)
    known = sum(weights[seen.code] for seen in some if seen.newest is not None)
    if known < 0.5 - 1e-9:
        assert (told.score, told.why) == (None, "coverage")
    elif told.score is not None:
        assert told.score.value <= max(placed(seen) for seen in some if seen.newest) + 1e-9


def test_all_equal_is_no_special_case() -> None:
    posts = GoalpostsSeen(0.0, 100.0, 1, NAME, date(2026, 1, 1))
    seen = ObservationSeen(1, "", "2026", 50.0, None, None, None, None, "exact", "counted", None, "", "", "", NOW)  # fmt: skip
    some = [
        IndicatorSeen(n, f"own.{n}", "SBE", "", "survey", "typed", NAME, NAME, "percent", "none", True,
                      "edition", "own", 1.0, None, "", posts, (), seen, {}, flipped=False, own=True)
        for n in range(3)
    ]  # fmt: skip
    score = reckon(("SBE",), some).numbers["SBE"].score
    assert score is not None
    assert score.value == pytest.approx(50.0)
    assert score.due_data == 0.0
