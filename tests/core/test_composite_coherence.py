"""Does the index hold together? Published alphas and correlations, warnings worked by hand."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from tests.support.asem import METHOD, Asem, asem_of, rows_of

from courtepointe.core.composite import Method, Raw, Tree, index_of
from courtepointe.core.composite.coherence import (
    Caution,
    Coherence,
    coherence_of,
    correlations,
    cronbach,
)


@pytest.fixture(scope="module")
def asem(request: pytest.FixtureRequest) -> Asem:
    folder: Path = request.getfixturevalue("shared") / "reference" / "coinr_asem"
    if not folder.is_dir():
        pytest.skip(f"no reference data in {folder}")
    return asem_of(folder)


@pytest.fixture(scope="module")
def coherence(asem: Asem) -> Coherence:
    return coherence_of(index_of(asem.raw, asem.tree, METHOD).scores, asem.tree, METHOD)


def warned(told: Coherence, caution: Caution, names: list[str]) -> dict[str, str]:
    return {
        names[one.node]: names[one.other] if one.other >= 0 else ""
        for one in told.warnings
        if one.caution is caution
    }


@pytest.mark.shared
def test_alphas_and_correlations_are_the_published_ones(asem: Asem, coherence: Coherence) -> None:
    place = {code: at for at, code in enumerate(asem.nodes)}
    alphas = rows_of(asem.folder / "expected_cronbach.csv")
    assert len(alphas) == 8
    for row in alphas:
        assert coherence.alpha[place[row["group"]]] == pytest.approx(float(row["alpha"]), abs=1e-9)
    pairs = rows_of(asem.folder / "expected_corr_l2_l3.csv")
    assert len(pairs) == 16
    for row in pairs:
        found = coherence.correlation[place[row["Var1"]], place[row["Var2"]]]
        assert found == pytest.approx(float(row["Correlation"]), abs=1e-9)


@pytest.mark.shared
def test_the_asem_index_is_warned_of_as_the_reference_does(
    asem: Asem, coherence: Coherence
) -> None:
    assert set(warned(coherence, Caution.ALPHA_NEGATIVE, asem.nodes)) == {"SusEcFin", "Sust"}
    assert "Instit" in warned(coherence, Caution.ALPHA_LOW, asem.nodes)
    assert not {"Social", "P2P"} & set(warned(coherence, Caution.ALPHA_LOW, asem.nodes))
    # The first component of Sust counts social against it: weights by it reverse the meaning.
    assert warned(coherence, Caution.PCA_TURNS, asem.nodes)["Social"] == "Sust"
    assert "Environ" not in warned(coherence, Caution.PCA_TURNS, asem.nodes)
    # Equal weights are not equal: 0.1 for a pillar of Conn, 0.1667 for one of Sust.
    unequal = [one for one in coherence.warnings if one.caution is Caution.UNEQUAL_IN_EFFECT]
    at_pillars = [
        one for one in unequal if asem.nodes[one.node] in ("Environ", "Social", "SusEcFin")
    ]
    assert [one.value for one in at_pillars] == [pytest.approx(5 / 3)]


@pytest.mark.shared
def test_a_flipped_direction_is_seen(asem: Asem) -> None:
    """A published index whose freedom of the press is counted the wrong way round."""
    place = asem.nodes.index("FreePress")
    polarity = asem.raw.polarity.copy()
    polarity[place] *= -1

    def against(raw: Raw) -> dict[str, str]:
        told = coherence_of(index_of(raw, asem.tree, METHOD).scores, asem.tree, METHOD)
        return warned(told, Caution.AGAINST_PARENT, asem.nodes)

    assert "FreePress" not in against(asem.raw)
    assert against(replace(asem.raw, polarity=polarity))["FreePress"] == "Social"


def test_alpha_worked_by_hand() -> None:
    # Variances 1, 1 and 4 (of the sum, twice the same): all of it is shared.
    assert cronbach(np.array([[1.0, 1], [2, 2], [3, 3]])) == pytest.approx(1.0)
    # Variances 1 and 4 of a sum whose variance is 1: they pull against each other.
    assert cronbach(np.array([[1.0, 6], [2, 4], [3, 2]])) == pytest.approx(2 * (1 - 5))
    assert np.isnan(cronbach(np.array([[1.0, 3], [2, 2], [3, 1]])))


def test_correlation_of_what_does_not_vary_is_unknown() -> None:
    told = correlations(np.array([[1.0, 2, 5], [2, 1, 5], [3, 0, 5]]))
    np.testing.assert_allclose(told[:2, :2], [[1, -1], [-1, 1]])
    assert np.isnan(told[2]).all()
    nearly = correlations(np.array([[1.0, 0.1 + 0.2], [2, 0.3], [3, 0.3]]))
    assert np.isnan(nearly[0, 1])


def test_of_a_few_units_nothing_is_said_of_how_strongly_indicators_go_together() -> None:
    tree = Tree(2, np.array([2, 2, -1]), np.ones(3))
    one = np.array([0.0, 1, 3, 2, 5, 4, 6, 9, 7, 8])
    scores = np.column_stack([one, one, one])
    names = ["a", "a again", "index"]
    assert warned(coherence_of(scores, tree, Method()), Caution.COUNTS_TWICE, names) == {"a": "a again"}  # fmt: skip
    few = coherence_of(scores[:9], tree, Method())
    assert warned(few, Caution.COUNTS_TWICE, names) == {}
    assert warned(few, Caution.FEW_UNITS, names) == {"index": ""}
    # That one turns the index around is said all the same: it may be a slip.
    turned = coherence_of(scores[:9] * [1.0, -1.0, 1.0], tree, Method())
    assert warned(turned, Caution.AGAINST_PARENT, names) == {"a again": "index"}


def test_warnings_worked_by_hand() -> None:
    tree = Tree(3, np.array([3, 3, 4, 4, -1]), np.ones(5))
    rng = np.random.default_rng(7)
    one, other = rng.normal(size=50), rng.normal(size=50)
    parts = np.column_stack([one, one + 0.01 * other, other])
    both = parts[:, :2].mean(axis=1)
    scores = np.column_stack([parts, both, (both + other) / 2])
    told = coherence_of(scores, tree, Method())
    names = ["a", "a again", "b", "A", "index"]
    assert warned(told, Caution.COUNTS_TWICE, names) == {"a": "a again"}
    assert warned(told, Caution.NO_LINK, names) == {}
    # b alone is half of the index, and each of the other two a quarter.
    assert warned(told, Caution.UNEQUAL_IN_EFFECT, names) == {"b": "a"}
    flat = scores.copy()
    flat[:, 2] = 1.0
    assert warned(coherence_of(flat, tree, Method()), Caution.NO_LINK, names) == {"b": "index"}


def test_a_mean_of_others_is_told() -> None:
    """Of A nothing was observed in one unit, of the index exactly a half: the second is enough."""
    tree = Tree(3, np.array([3, 3, 4, 4, -1]), np.ones(5))
    scores = np.random.default_rng(7).normal(size=(9, 5))
    coverage = np.ones((9, 5))
    coverage[4] = [0.0, 0.0, 1.0, 0.0, 0.5]
    told = coherence_of(scores, tree, Method(), coverage=coverage)
    names = ["a", "b", "c", "A", "index"]
    assert warned(told, Caution.LITTLE_KNOWN, names) == {"A": ""}
    least = next(one for one in told.warnings if one.caution is Caution.LITTLE_KNOWN)
    assert (least.value, least.limit) == (0.0, 0.5)
    assert not warned(coherence_of(scores, tree, Method()), Caution.LITTLE_KNOWN, names)
