"""Published answers on three data sets that libpysal ships: St. Louis, North Carolina, Mexico."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from courtepointe.core.access.equity import gini, theil
from courtepointe.core.space import (
    Neighbours,
    from_pairs,
    geary,
    local_moran,
    moran,
    smoothed,
    standardised,
)

EXAMPLES: dict[str, Any] = json.loads(
    (Path(__file__).parents[1] / "support" / "space_examples.json").read_text(encoding="utf-8")
)


def near(name: str) -> Neighbours:
    rows: list[list[int]] = EXAMPLES[name]["neighbours"]
    row = np.repeat(np.arange(len(rows)), [len(one) for one in rows])
    return from_pairs(row, np.concatenate(rows).astype(int), n_units=len(rows)).standardised()


def column(name: str, of: str) -> np.ndarray:
    return np.array(EXAMPLES[name][of], dtype=np.float64)


def test_homicides_around_st_louis() -> None:
    values = column("st_louis", "hr8893")
    told = moran(values, near("st_louis"))
    assert told.value == pytest.approx(0.24365582621771659, abs=1e-12)
    z = (told.value - told.expected) / np.sqrt(told.variance_normal)
    assert z == pytest.approx(3.6411, abs=5e-5)
    # One side, as esda gives it.
    assert told.p_normal / 2.0 == pytest.approx(0.0001357393, abs=5e-11)
    assert geary(values, near("st_louis")).value == pytest.approx(0.5971282, abs=5e-8)
    local = local_moran(values, near("st_louis"), rng=np.random.default_rng(1), n_draws=9)
    assert local.index.sum() / 77.0 == pytest.approx(told.value, abs=1e-12)


def test_sudden_infant_deaths_in_north_carolina() -> None:
    told = moran(column("sids", "sidr74"), near("sids"))
    assert told.value == pytest.approx(0.24772519320480135, abs=1e-12)
    assert told.p_normal / 2.0 == pytest.approx(5.79165e-05, abs=5e-11)
    deaths, births = column("sids", "sid74"), column("sids", "bir74")
    assert smoothed(deaths, births).rate[:5] == pytest.approx(
        [0.0016973, 0.0017054, 0.0017731, 0.0020129, 0.0035349], abs=5e-8
    )
    by_rates = moran(standardised(deaths, births).value, near("sids"))
    assert by_rates.value == pytest.approx(0.2714029670, abs=5e-11)


def test_how_unequal_the_states_of_mexico_were_in_1940() -> None:
    product = column("mexico", "pcgdp1940")
    region = np.unique(column("mexico", "hanson98"), return_inverse=True)[1]
    told = theil(product, group=region)
    assert gini(product) == pytest.approx(0.3537237117, abs=5e-11)
    assert told.t == pytest.approx(0.2089434423, abs=5e-11)
    assert told.t_between == pytest.approx(0.0345889, abs=5e-8)
    assert told.t - told.t_between == pytest.approx(0.1743545, abs=1e-7)
