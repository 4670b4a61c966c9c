"""Rates of small counts: published answers, and what is refused."""

from __future__ import annotations

import numpy as np
import pytest

from courtepointe.core.errors import BadInput
from courtepointe.core.small_rates import age_standardised


def test_two_regions_with_the_ages_of_a_standard_population() -> None:
    """The example that pysal documents."""
    events = np.array([[30, 25, 25, 15], [33, 21, 30, 20]], dtype=float)
    people = np.array([[1000, 1000, 1100, 900], [1000, 900, 1100, 900]], dtype=float)
    rate, low, high = age_standardised(events, people, np.array([1000.0, 900.0, 1000.0, 900.0]))
    assert rate == pytest.approx([0.02374402, 0.02665072], abs=1e-8)
    assert low == pytest.approx([0.01920491, 0.02177143], abs=1e-8)
    assert high == pytest.approx([0.02904848, 0.03230508], abs=1e-8)


def test_a_region_without_events_has_an_interval_from_none() -> None:
    rate, low, high = age_standardised(np.zeros((1, 2)), np.full((1, 2), 100.0), np.ones(2))
    assert (rate[0], low[0]) == (0.0, 0.0)
    assert high[0] == pytest.approx(3.688879 / 200.0, rel=1e-6), "half of chi-square on two degrees"


def test_an_age_without_people_is_refused_by_position() -> None:
    with pytest.raises(BadInput) as told:
        age_standardised(np.ones((1, 2)), np.array([[10.0, 0.0]]), np.ones(2))
    assert told.value.facts["position"] == 1 and told.value.facts["array"] == "people"
    with pytest.raises(BadInput):
        age_standardised(np.ones((1, 2)), np.ones((1, 2)), np.zeros(2))
