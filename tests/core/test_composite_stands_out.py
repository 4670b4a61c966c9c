"""What stands out in a unit: worked by hand, and Spain's strengths as COINr ranks them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from scipy.stats import t
from tests.support.asem import METHOD, asem_of, rows_of

from courtepointe.core.composite import index_of, ranks_downward
from courtepointe.core.composite.stands_out import stands_out
from courtepointe.core.errors import BadInput

VALUES = np.array([
    [1.0, 50, 9], [2, 10, 7], [3, 11, np.nan], [4, 12, 7], [5, 13, 7], [3, 14, 7],
])  # fmt: skip
POLARITY = np.array([1, -1, 1])


def test_a_unit_beside_the_others_worked_by_hand() -> None:
    told = stands_out(VALUES, POLARITY)
    # The other five: 10 to 14, mean 12, variance 2.5. Fewer is better, so 50 lags by 38.
    assert told.others[0, 1] == 12 and told.lead[0, 1] == -38
    statistic = 38 / np.sqrt(2.5 * (1 + 1 / 5))
    assert told.p_value[0, 1] == pytest.approx(2 * t.sf(statistic, 4))
    assert told.told_apart[0].tolist() == [False, True, False]
    assert told.attention(0, most=5).tolist() == [1, 0]
    assert told.strengths(0, most=5).tolist() == []
    # Where the others are all alike, nothing says how areas differ.
    assert not told.tested[0, 2] and told.p_value[0, 2] == 1
    # What was never observed does not stand out, and is no peer.
    assert not told.tested[2, 2] and not told.told_apart[2, 2]


def test_the_farthest_come_first_and_no_more_than_asked() -> None:
    told = stands_out(VALUES, POLARITY)
    both = told.strengths(4, most=5)
    assert both.tolist() == sorted(both, key=lambda k: told.p_value[4, k])
    assert told.strengths(4, most=1).tolist() == both[:1].tolist()


def test_what_is_not_known_exactly_stands_out_less() -> None:
    errors = np.zeros(VALUES.shape)
    errors[0, 1] = 30.0
    told = stands_out(VALUES, POLARITY, errors=errors)
    assert told.lead[0, 1] == -38 and not told.told_apart[0, 1]


def test_a_few_units_say_nothing() -> None:
    told = stands_out(VALUES[:4], POLARITY)
    assert not told.tested.any() and not told.lead.any() and not told.others.any()
    with pytest.raises(BadInput, match="composite_shape"):
        stands_out(VALUES, POLARITY, errors=np.zeros((2, 3)))
    with pytest.raises(BadInput, match="rate_out_of_range"):
        stands_out(VALUES, POLARITY, rate=1.0)


@pytest.mark.shared
def test_spain_as_coinr_ranks_it(shared: Path) -> None:
    """COINr lists the five best and the five last ranks of observed values, told apart or not."""
    folder = shared / "reference" / "coinr_asem"
    if not folder.is_dir():
        pytest.skip(f"no reference data in {folder}")
    asem = asem_of(folder)
    raw, spain = asem.raw, asem.units.index("ESP")
    turned = raw.values * raw.polarity
    ranks = {}
    for k, code in enumerate(asem.indicators):
        known = np.isfinite(turned[:, k])
        # COINr leaves out an indicator of which the unit has the least value.
        if known[spain] and turned[spain, k] > turned[known, k].min():
            own = int(known[:spain].sum())
            ranks[code] = float(ranks_downward(turned[known, k])[own])
    for name, last in (("strengths", False), ("weaknesses", True)):
        published = rows_of(folder / f"expected_ESP_{name}.csv")
        for row in published:
            assert ranks[row["Code"]] == float(row["Rank"])
        worst = max if not last else min
        edge = worst(float(row["Rank"]) for row in published)
        beyond = [c for c, rank in ranks.items() if (rank > edge if last else rank < edge)]
        assert set(beyond) <= {row["Code"] for row in published}
    # Ranks say nothing of how far: once divided by what they are counted on, none of Spain's values
    # can be told from how countries differ.
    denominated = index_of(raw, asem.tree, METHOD).denominated
    assert not stands_out(denominated, raw.polarity).told_apart[spain].any()
