"""What stands out: chance alone hardly does, what was planted does. Fixed seeds, a few seconds."""

from __future__ import annotations

import numpy as np
import pytest

from courtepointe.core.multiplicity import false_discovery
from courtepointe.core.stand_out import among_peers
from courtepointe.core.typing import Bools, Floats

RATE = 0.10
CITIES, INDICATORS = 1000, 40


def one_city(
    chance: np.random.Generator, *, n_peers: int, error: float, alike: float, planted: int = 0
) -> tuple[Bools, Bools]:
    """Draw areas from one population, observe them with errors; say what stands out, what should.

    ``alike`` is how much the indicators follow one another, from 0 to 1.
    """
    areas = n_peers + 1
    spread = chance.uniform(0.5, 5.0, INDICATORS)
    followed = chance.normal(0, 1, (areas, 1)) * np.sqrt(alike)
    true = 20 + spread * (followed + np.sqrt(1 - alike) * chance.normal(0, 1, (areas, INDICATORS)))
    true[0, :planted] += 8 * spread[:planted]
    errors: Floats = error * spread * chance.uniform(0.5, 1.5, (areas, 1))
    seen = true + errors * chance.normal(0, 1, (areas, INDICATORS))
    every = np.ones((areas, INDICATORS), np.bool_)
    told = among_peers(seen[0], errors[0], every[0], peers=(seen[1:], errors[1:], every[1:]))
    truly = np.arange(INDICATORS) < planted
    return false_discovery(told.p_value, rate=RATE), truly


@pytest.mark.parametrize("alike", [0.0, 0.6])
@pytest.mark.parametrize("error", [0.0, 0.7])
@pytest.mark.parametrize("n_peers", [5, 8, 31])
def test_among_exchangeable_areas_hardly_anything_stands_out(
    n_peers: int, error: float, alike: float
) -> None:
    """With nothing to find, each city with a discovery has only false ones: at most one in ten."""
    chance = np.random.default_rng(20210511)
    wrong = sum(
        bool(one_city(chance, n_peers=n_peers, error=error, alike=alike)[0].any())
        for _ in range(CITIES)
    )
    assert wrong / CITIES <= RATE + 0.02


@pytest.mark.parametrize(("n_peers", "found"), [(8, 0.75), (31, 0.97)])
def test_planted_differences_are_found_and_the_false_ones_stay_few(
    n_peers: int, found: float
) -> None:
    """Six of forty indicators lie eight spreads away from the peers."""
    chance = np.random.default_rng(7)
    power, false = [], []
    for _ in range(300):
        told, truly = one_city(chance, n_peers=n_peers, error=0.5, alike=0.0, planted=6)
        power.append(told[truly].mean())
        false.append((told & ~truly).sum() / max(told.sum(), 1))
    assert np.mean(power) >= found
    assert np.mean(false) <= RATE


def test_one_test_at_a_time_would_not_hold() -> None:
    """The same cities without the correction: most of them would have something to tell."""
    chance = np.random.default_rng(20210511)
    said = 0
    for _ in range(300):
        every = np.ones((9, INDICATORS), np.bool_)
        seen, none = chance.normal(20, 2, (9, INDICATORS)), np.zeros((9, INDICATORS))
        told = among_peers(seen[0], none[0], every[0], peers=(seen[1:], none[1:], every[1:]))
        said += bool((told.p_value < RATE).any())
    assert said / 300 > 0.9
