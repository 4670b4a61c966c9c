"""The ASEM index of COINr, figure by figure: the numbers that its authors print, and those of its tables that no step gives."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from tests.support.asem import METHOD, Asem, asem_of, number, rows_of

from courtepointe.core.composite import (
    Mean,
    Scale,
    Steps,
    effective_weights,
    index_of,
    ranks_downward,
)
from courtepointe.core.composite.coherence import coherence_of
from courtepointe.core.composite.gaps import known_share
from courtepointe.core.composite.treat import excess_kurtosis, skewness
from courtepointe.core.composite.uncertainty import Doubt, method_sensitivity, uncertainty_of

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def asem(request: pytest.FixtureRequest) -> Asem:
    folder: Path = request.getfixturevalue("shared") / "reference" / "coinr_asem"
    if not folder.is_dir():
        pytest.skip(f"no reference data in {folder}")
    return asem_of(folder)


@pytest.fixture(scope="module")
def steps(asem: Asem) -> Steps:
    return index_of(asem.raw, asem.tree, METHOD)


SCORES = {
    ("CHE", "Index"): 68.3837242383, ("NLD", "Index"): 64.8195161698, ("DNK", "Index"): 64.8040799606,
    ("NOR", "Index"): 64.4677758497, ("BEL", "Index"): 63.5395198949, ("SWE", "Index"): 62.9996794892,
    ("CHE", "Conn"): 62.7879617181, ("CHE", "Sust"): 73.9794867586,
    ("IND", "Index"): 39.7920399835, ("IND", "Environ"): 75.3417300756, ("IND", "Social"): 22.741068987,
}  # fmt: skip
RANKS = {("CHE", "Index"): 1, ("NLD", "Index"): 2, ("BEL", "Index"): 5, ("AUT", "Index"): 7, ("IND", "Index"): 45,
         ("BGD", "Index"): 46, ("IND", "Environ"): 6, ("IND", "Social"): 51}  # fmt: skip
DRAWN_IN = {
    "Services": 4,
    "Bord": 3,
    "Gas": 3,
    "ForPort": 3,
    "Tariff": 3,
    "CultServ": 3,
    "Poverty": 3,
    "NGOs": 3,
}
ALPHAS = {"Social": 0.886, "P2P": 0.850, "Instit": 0.285, "SusEcFin": -0.377}


def test_scores_and_ranks_that_are_quoted(asem: Asem, steps: Steps) -> None:
    for (unit, node), score in SCORES.items():
        found = steps.scores[asem.units.index(unit), asem.nodes.index(node)]
        assert found == pytest.approx(score, abs=1e-9), (unit, node)
    for (unit, node), rank in RANKS.items():
        column = steps.scores[:, asem.nodes.index(node)]
        assert ranks_downward(column)[asem.units.index(unit)] == rank, (unit, node)


def test_the_table_of_results(asem: Asem, steps: Steps) -> None:
    gathering = asem.nodes[asem.tree.n_indicators :]
    theirs = asem.expected("results_scores", gathering)
    np.testing.assert_allclose(steps.scores[:, asem.tree.n_indicators :], theirs, atol=1e-9)


def test_points_drawn_in_that_are_quoted(asem: Asem, steps: Steps) -> None:
    told = {
        code: int(points)
        for code, points in zip(asem.indicators, steps.treated.n_drawn_in, strict=True)
        if points
    }
    assert len(told) == 15 and not steps.treated.logged.any()
    assert {code: points for code, points in told.items() if points >= 3} == DRAWN_IN


def test_warnings_that_are_quoted(asem: Asem, steps: Steps) -> None:
    told = coherence_of(steps.scores, asem.tree, METHOD)
    for code, alpha in ALPHAS.items():
        assert told.alpha[asem.nodes.index(code)] == pytest.approx(alpha, abs=5e-4), code
    sust = asem.nodes.index("Sust")
    parts = [asem.nodes[child] for child in asem.tree.children(sust)]
    loading = dict(zip(parts, told.components[sust].loading, strict=True))
    assert (loading["Environ"], loading["Social"]) == pytest.approx((0.65, -0.74), abs=5e-3)
    weights = dict(zip(asem.nodes, effective_weights(asem.tree), strict=True))
    conn = asem.tree.children(asem.nodes.index("Conn"))
    assert len(conn) == 5
    assert [weights[asem.nodes[child]] for child in conn] == pytest.approx([0.1] * 5)
    assert [weights[part] for part in parts] == pytest.approx([1 / 6] * 3)


def test_raw_statistics_and_what_is_available(asem: Asem, steps: Steps) -> None:
    """COINr takes them of raw values, gaps left out; its shares of what is known too."""
    stats = {row["iCode"]: row for row in rows_of(asem.folder / "expected_stats_raw.csv")}
    values = asem.raw.values
    for place, code in enumerate(asem.indicators):
        there = values[:, place][np.isfinite(values[:, place])]
        row = stats[code]
        assert skewness(there) == pytest.approx(number(row["Skew"]), abs=1e-9), code
        assert excess_kurtosis(there) == pytest.approx(number(row["Kurt"]), abs=1e-9), code
        assert there.mean() == pytest.approx(number(row["Mean"]), rel=1e-9), code
        assert there.size == int(row["N.Avail"]), code
    available = {row["uCode"]: row for row in rows_of(asem.folder / "expected_data_avail_raw.csv")}
    known = dict(zip(asem.units, known_share(values), strict=True))
    for unit, row in available.items():
        assert known[unit] == pytest.approx(number(row["Dat_Avail"]), abs=1e-9), unit


RANGES = {"BEL": (3.0, 9.0), "AUT": (5.95, 9.0), "BGD": (41.0, 48.0)}
TOTALS = {"means": 0.618, "scale": 0.271, "weights": 0.178, "treatment": 0.048}


def test_ranges_of_ranks_and_shares_of_doubt_that_are_quoted(asem: Asem) -> None:
    """COINr's own run is random, of a hundred draws; its totals stand within some 0.2 (5 to 95 %)."""
    method = replace(METHOD, low=1.0)
    steps = index_of(asem.raw, asem.tree, method)
    doubt = Doubt(
        scales=((Scale.MIN_MAX, 1.0, 100.0), (Scale.RANK, 0.0, 1.0)),
        means=(Mean.ARITHMETIC, Mean.GEOMETRIC),
        most_points=(1, 2, 3, 4, 5),
    )
    told = uncertainty_of(asem.raw, steps, method, doubt, n_draws=2_000, seed=1).method
    assert told is not None
    for unit, (low, high) in RANGES.items():
        at = asem.units.index(unit)
        assert told.rank_low[at] == pytest.approx(low, abs=2.0), unit
        assert told.rank_high[at] == pytest.approx(high, abs=2.0), unit
    found = method_sensitivity(asem.raw, steps, method, doubt, log2_n=9, seed=3)
    for name, total in zip(doubt.inputs(), found.total, strict=True):
        assert total == pytest.approx(TOTALS[name], abs=0.1), name
