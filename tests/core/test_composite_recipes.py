"""What city recipes need of the core: first components, classes, counts, sums; worked by hand."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from courtepointe.core.composite import Count, Mean, Method, Raw, Scale, Steps, Tree, index_of
from courtepointe.core.composite.coherence import Caution, coherence_of
from courtepointe.core.composite.components import component_scores, first_component
from courtepointe.core.composite.counts import classes_of, is_counted
from courtepointe.core.errors import BadInput

DIMENSIONS = ("social", "economique", "environnement", "securite", "proximite", "culture")
EQUITY = Method(
    scale=Scale.Z, low=0.0, high=1.0, treatment=None, means=(Mean.FIRST_COMPONENT, Mean.COUNT)
)
TREE = Tree(
    6, np.array([*range(6, 12), *[12] * 6, -1]), np.ones(13),
    np.array([1] * 6 + [1, 1, 1, 1, -1, -1, 1]),
)  # fmt: skip


def index_from(values: np.ndarray, tree: Tree = TREE, method: Method = EQUITY) -> Steps:
    n_units, n_indicators = values.shape
    raw = Raw(
        values, np.ones(n_indicators, dtype=np.int64), np.ones((n_units, 0)),
        np.full(n_indicators, -1),
    )  # fmt: skip
    return index_of(raw, tree, method)


@pytest.mark.shared
def test_the_toy_of_the_shared_case(shared: Path) -> None:
    case = json.loads((shared / "reference" / "small_exact.json").read_text("utf-8"))["iemv_rule"]
    own = [case["quintiles"][name] for name in DIMENSIONS]
    assert own == [5, 4, 2, 4, 1, 3]
    # Five areas, each quintile once in each dimension, in an order that keeps the first as it is.
    others = [[q for q in range(1, 6) if q != mine] for mine in own]
    values = np.array([own, *np.array(others).T], dtype=float)
    told = index_from(values)
    assert classes_of(told.scores[:, 6:12], 5)[0].tolist() == own
    assert told.scores[0, -1] == case["score"] == 4


def test_the_toy_worked_by_hand() -> None:
    own = np.array([[5, 4, 2, 4, 1, 3]])
    values = np.vstack([own, np.array([[q for q in range(1, 6) if q != m] for m in own[0]]).T])
    told = index_from(values.astype(float))
    # Of the first, social, economic and safety are in their two highest, proximity is in its two
    # lowest; of the others, in order: proximity and culture, culture, environment, the four burdens.
    assert told.scores[:, -1].tolist() == [4, 2, 1, 1, 4]
    # Two areas of five are counted in each of the six dimensions, whatever the values.
    assert told.scores[:, -1].sum() == 12


PUBLISHED = np.array([
    [-0.9601, -1.4736, -0.7757, -1.0947, -0.9494, -0.3334],
    [0.1509, -1.4736, -0.9933, -0.9070, -1.0610, 0.7640],
    [1.2633, 0.7948, -0.4327, -0.9575, -1.0547, -0.9958],
    [2.4964, -1.0000, 0.4993, -0.7786, -0.7666, -0.5462],
    [0.1107, 0.3120, 1.4781, -0.7922, -1.0203, 0.2156],
    [-0.8182, -0.7873, -1.1740, -1.2124, -1.1449, 0.2670],
])  # fmt: skip
COUNTED = np.array([
    [0, 0, 0, 0, 1, 1],
    [1, 0, 0, 0, 1, 0],
    [1, 1, 0, 0, 1, 1],
    [1, 0, 1, 0, 1, 1],
    [0, 1, 1, 0, 1, 0],
    [0, 0, 0, 0, 1, 0],
])  # fmt: skip
"""Sub-indices of six dissemination areas (24660002, …13, …15, …21, …36, …08) and what was counted in each:
Ville de Montréal, Indice d'équité des milieux de vie, edition of 31 July 2023 (CC BY 4.0)."""


def test_areas_of_the_published_file_are_counted_on_the_side_that_the_rule_says() -> None:
    assert COUNTED.sum(axis=1).tolist() == [2, 2, 4, 4, 3, 1]
    for column, facing in enumerate([1, 1, 1, 1, -1, -1]):
        there = facing * PUBLISHED[COUNTED[:, column] == 1, column]
        others = facing * PUBLISHED[COUNTED[:, column] == 0, column]
        assert not there.size or not others.size or there.min() > others.max()


def test_classes_are_of_equal_size_and_ties_go_down_together() -> None:
    ten = np.arange(10.0)[::-1, None]
    assert classes_of(ten, 5)[:, 0].tolist() == [5, 5, 4, 4, 3, 3, 2, 2, 1, 1]
    # Seven values: classes end at ranks 2, 3, 5, 6 (of 1.4, 2.8, 4.2, 5.6, each upward).
    assert classes_of(np.arange(7.0)[:, None], 5)[:, 0].tolist() == [1, 1, 2, 3, 3, 4, 5]
    # Ranks 2 to 4 are equal: the second is the last of the first class, and all go with it.
    tied = np.array([[0.0], [1], [1], [1], [4], [5], [6], [7], [8], [9]])
    assert classes_of(tied, 5)[:, 0].tolist() == [1, 1, 1, 1, 3, 3, 4, 4, 5, 5]
    noise = tied + np.linspace(0, 1e-12, 10)[:, None]
    assert classes_of(noise, 5).tolist() == classes_of(tied, 5).tolist()
    assert classes_of(np.ones((4, 1)), 5)[:, 0].tolist() == [1, 1, 1, 1]


def test_a_count_takes_the_highest_or_the_lowest_classes() -> None:
    values = np.column_stack([np.arange(5.0), np.arange(5.0)])
    told = is_counted(values, np.array([1, -1]), Count(5, 2))
    assert told[:, 0].tolist() == [False, False, False, True, True]
    assert told[:, 1].tolist() == [True, True, False, False, False]
    assert is_counted(values, np.array([1, 1]), Count(5, 1)).sum() == 2
    for classes, counted in ((5, 0), (5, 5), (1, 1)):
        with pytest.raises(BadInput, match="composite_count"):
            Count(classes, counted)


def test_a_first_component_worked_by_hand() -> None:
    # Two parts of variance 1 with any positive correlation have the loadings (1, 1)/√2: their sum.
    parts = np.array([[0.0, 10], [1, 30], [2, 20], [3, 50]])
    alike = (parts - parts.mean(axis=0)) / parts.std(axis=0)
    expected = alike.sum(axis=1) / alike.sum(axis=1).std()
    told = component_scores(parts)
    assert told is not None
    np.testing.assert_allclose(told, expected, atol=1e-12)
    assert told.mean() == pytest.approx(0) and told.std() == pytest.approx(1)


def test_the_sign_of_a_component_is_stated() -> None:
    x = np.array([0.0, 1, 2, 4])
    # Most parts go up with x, whichever sign the decomposition finds.
    for parts in (np.column_stack([x, x, -x]), np.column_stack([-x, x, x])):
        told = component_scores(parts)
        assert told is not None and np.all(np.diff(told) > 0)
    # Where they balance, the first one decides.
    up, down = (component_scores(np.column_stack([s * x, -s * x])) for s in (1, -1))
    assert up is not None and down is not None
    assert np.all(np.diff(up) > 0) and np.all(np.diff(down) < 0)
    single = component_scores(x[:, None])
    assert single is not None
    np.testing.assert_allclose(single, (x - x.mean()) / x.std())
    assert first_component(np.column_stack([x, np.ones(4)])).loading.tolist() == [1, 0]


def test_a_node_where_nothing_varies_has_no_component() -> None:
    assert component_scores(np.ones((4, 2))) is None
    posts = np.array([[0.0, 10.0]] * 6)
    flat = replace(EQUITY, scale=Scale.GOALPOSTS, goalposts=posts)
    values = np.column_stack([np.full(5, 3.0), *[np.arange(5.0)] * 5])
    with pytest.raises(BadInput, match="composite_flat") as refused:
        index_from(values, method=flat)
    assert refused.value.facts["node"] == 6


def test_an_index_like_bric_worked_by_hand() -> None:
    tree = Tree(3, np.array([3, 3, 4, 5, 5, -1]), np.ones(6))
    method = Method(
        scale=Scale.MIN_MAX, low=0.0, high=1.0, treatment=None, means=(Mean.ARITHMETIC, Mean.SUM)
    )
    values = np.array([[0.0, 10, 5], [5, 20, 5], [10, 10, 10], [10, 30, 15]])
    # Capitals: the mean of 0-10 and 10-30 on 0 to 1, and 5-15 alone; the index is their sum.
    assert index_from(values, tree, method).scores[:, 3:].tolist() == [
        [0, 0, 0], [0.5, 0, 0.5], [0.5, 0.5, 1], [1, 1, 2],
    ]  # fmt: skip


def test_warnings_read_directions_where_something_does() -> None:
    values = np.random.default_rng(3).normal(size=(60, 6))
    values[:, 4] = -values[:, 0] + 0.1 * values[:, 4]
    told = index_from(values)
    found = coherence_of(told.scores, told.tree, EQUITY).warnings
    about = {(one.caution, one.node) for one in found}
    # Proximity runs against the count, as its direction says it should.
    assert (Caution.AGAINST_PARENT, 10) not in about
    assert not any(one.caution is Caution.DIRECTION_UNREAD for one in found)
    plain = replace(EQUITY, means=(Mean.ARITHMETIC,))
    unread = coherence_of(index_from(values, method=plain).scores, TREE, plain).warnings
    assert [one.node for one in unread if one.caution is Caution.DIRECTION_UNREAD] == [10, 11]


def test_an_indicator_counted_backwards_is_told() -> None:
    rng = np.random.default_rng(8)
    x = rng.normal(size=(40, 1))
    values = np.hstack([x, x, -x]) + 0.3 * rng.normal(size=(40, 3))
    tree = Tree(3, np.array([3, 3, 3, -1]), np.ones(4))
    method = replace(EQUITY, means=(Mean.FIRST_COMPONENT,))
    told = coherence_of(index_from(values, tree, method).scores, tree, method).warnings
    assert [one.node for one in told if one.caution is Caution.BACKWARDS] == [2]


def test_directions_of_a_tree_are_one_or_minus_one() -> None:
    for wrong in (np.ones(3, dtype=np.int64), np.zeros(13, dtype=np.int64)):
        with pytest.raises(BadInput, match="composite_shape"):
            replace(TREE, direction=wrong)
