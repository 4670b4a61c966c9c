"""Networks worked by hand: six organisations of three sectors, one of whom did not answer."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from courtepointe.core.errors import BadInput
from courtepointe.core.network import (
    UNSAID,
    ChangeVerdict,
    Network,
    Reading,
    Role,
    Rule,
    Trusted,
    among,
    arcs,
    as_often_as,
    between,
    brokers,
    change_between,
    diversity,
    ego_view,
    foremost,
    network_of,
    of_kinds,
    roles,
    state,
    trust_counts,
    trusting,
    trusting_both_ways,
)

# 0 - 1 - 2 in a row, 1 also knows 3 who did not answer; 4 names 3; 5 knows nobody.
TIES = ((0, 1), (1, 0), (1, 2), (1, 3), (4, 3))
SECTORS = np.array([1, 1, 2, 2, 3, UNSAID])


def six(silent: tuple[int, ...] = (3,)) -> Network:
    return network_of(TIES, n_nodes=6, silent=silent)


def test_the_figures_of_six_organisations() -> None:
    told = state(six(), SECTORS)
    assert (told.n_named, told.n_links, told.n_mutual) == (5, 4, 1)
    # 3 may be a partner of 0, 2 and 5 as well; under the rule, of nobody else.
    assert (told.n_open, told.n_open_named_by_other) == (3, 0)
    assert told.density.value == pytest.approx(4 / 15)
    assert told.density.any_answers.low == pytest.approx(4 / 15)
    assert told.density.any_answers.high == pytest.approx(7 / 15)
    assert told.density.named_by_other is not None
    assert told.density.named_by_other.high == pytest.approx(4 / 15)
    # Known pairs: 0 and 1 name each other; 1 names 2, who answered and does not. The pairs 1-3 and
    # 4-3 may yet be mutual, as may none of 3's other ties, which nobody returns.
    assert told.reciprocity.value == pytest.approx(1 / 2)
    assert told.reciprocity.any_answers.low == pytest.approx(1 / 7)
    assert told.reciprocity.any_answers.high == pytest.approx(3 / 4)
    assert told.reciprocity.named_by_other is None
    # Five hold together (0 1 2 3 4); if 3 knows 5, all six.
    assert (told.in_largest.value, told.in_largest.any_answers.high) == (5 / 6, 1.0)
    assert (told.n_alone.value, told.n_alone.any_answers.low) == (1.0, 0.0)
    # Two steps: 0 reaches 1 2 3, 1 reaches 0 2 3 4, 2: 1 0 3, 3: 1 4 0 2, 4: 3 1, 5: none.
    assert told.reach_in_two.value == pytest.approx((3 + 4 + 3 + 4 + 2) / 30)
    assert told.reach_in_two.any_answers.high == 1.0
    # 1 has three partners: (6 * 3 - 2 * 4) / 20. Were 3 to know all, it would have five: (30 - 14) / 20.
    assert told.centralisation.value == pytest.approx(0.5)
    assert told.centralisation.any_answers.high == pytest.approx(0.8)
    # Of known sectors: 0-1 inside; 1-2, 1-3, 4-3 across.
    assert told.across_sectors.value == pytest.approx(3 / 4)
    assert told.across_by_chance == pytest.approx(1 - 2 / 10)
    assert told.brokers.tolist() == [1, 3]


def test_brokers_worked_by_hand() -> None:
    told = brokers(between(six()).certain)
    # Through 1: 0-2, 0-3, 0-4, 2-3, 2-4 of ten pairs; through 3: 0-4, 1-4, 2-4.
    assert told.betweenness.tolist() == [0.0, 0.5, 0.0, 0.3, 0.0, 0.0]
    assert told.n_partners.tolist() == [1, 3, 1, 2, 1, 0]
    assert told.effective_size.tolist() == [1.0, 3.0, 1.0, 2.0, 1.0, 0.0]
    # Burt: 1 spends a third on each of three who are not tied: 3 * (1/3)^2.
    assert told.constraint[1] == pytest.approx(1 / 3)
    assert told.constraint[5] == 0.0 and told.n_partners[5] == 0


def test_equal_brokers_are_not_told_apart() -> None:
    equal = np.array([0.4, 0.2, 0.2, 0.2, 0.0])
    assert foremost(equal, most=4).tolist() == [0, 1, 2, 3]
    assert foremost(equal, most=3).tolist() == [0], "three are equal and only two would fit"
    assert foremost(np.zeros(3), most=2).size == 0


def test_roles_worked_by_hand() -> None:
    # 0 and 1 of one sector, 2 of a second, 3 of a third; 0 -> 1 -> 2 and 2 -> 1 -> 0.
    network = network_of([(0, 1), (1, 2), (2, 1), (1, 0), (3, 1)], n_nodes=4)
    told = roles(network, np.array([1, 1, 2, 3])).named.counts
    expected = np.zeros((4, 5), dtype=int)
    expected[1, Role.REPRESENTATIVE] = 1  # 0 -> 1 -> 2
    expected[1, Role.GATEKEEPER] = 2  # 2 -> 1 -> 0 and 3 -> 1 -> 0
    expected[1, Role.LIAISON] = 1  # 3 -> 1 -> 2
    assert told.tolist() == expected.tolist()


def test_diversity_worked_by_hand() -> None:
    network = network_of([(0, 1), (0, 2), (0, 3), (0, 4)], n_nodes=5)
    told = diversity(between(network).certain, np.array([1, 1, 2, 2, UNSAID]))
    # Partners of 0 with a known sector: one of its own, two of another.
    assert told.blau[0] == pytest.approx(1 - 1 / 9 - 4 / 9)
    assert told.evenness[0] == pytest.approx(2 * (4 / 9))
    assert told.outward[0] == pytest.approx((2 - 1) / 3)
    assert told.n_sectors[0] == 2
    assert told.has_partners.tolist() == [True] * 5 and told.outward[4] == 0.0


def test_silence_is_not_absence() -> None:
    certain, possible = arcs(six())
    assert not certain[3].any() and possible[3].sum() == 5
    ruled, open_ = arcs(six(), rule=Rule.NAMED_BY_OTHER)
    assert np.flatnonzero(ruled[3]).tolist() == [1, 4]
    assert (ruled[3] == open_[3]).all(), "all the others answered, and speak for it"
    two = six(silent=(3, 5))
    assert np.flatnonzero(arcs(two, rule=Rule.NAMED_BY_OTHER)[1][5]).tolist() == [3]


def test_readings() -> None:
    assert int(between(six(), reading=Reading.DIRECTED).certain.sum()) == 5
    assert int(between(six(), reading=Reading.BOTH).certain.sum()) == 2
    # A tie that both name is possible for 1 and 3 and for 4 and 3, who are named by one.
    assert int(between(six(), reading=Reading.BOTH).possible.sum()) == 6


def test_ties_are_chosen_by_kind_and_by_frequency_and_the_unsaid_stay_open() -> None:
    none = np.zeros(4, dtype=np.int64)
    network = Network(
        4, np.array([0, 1, 2, 0]), np.array([1, 2, 3, 1]), np.array([1, 1, 2, 2]),
        np.array([4, 2, UNSAID, 3]), np.ones(4, dtype=bool), none.astype(bool),
    )  # fmt: skip
    assert of_kinds(network, [2]).n_ties == 2
    often = as_often_as(network, 3)
    span = between(often)
    assert np.argwhere(np.triu(span.certain)).tolist() == [[0, 1]]
    assert np.argwhere(np.triu(span.open)).tolist() == [[2, 3]], "nobody said how often"
    few = among(network, np.array([2, 1]))
    assert (few.n_nodes, few.from_node.tolist(), few.to_node.tolist()) == (2, [1], [0])


def test_a_change_worked_by_hand() -> None:
    # The wave after: 0 and 1 as before; 1 and 2 no longer; 4 and 3 for sure now, as 3 answers.
    after = network_of([(0, 1), (3, 4), (0, 2), (5, 6)], n_nodes=7, silent=(1,))
    every = np.arange(6)
    told = change_between(six(), after, places=(every, every), sectors=SECTORS)
    assert (told.n_shared, told.n_left, told.n_joined) == (6, 0, 1)
    pairs = told.pairs
    # 1 is silent now: 1-2 and 1-3 are unknown, 0-1 is named by 0. 0-2 was known absent: new. Was 3 partner of 0, 2, 5?
    assert np.argwhere(np.triu(pairs.kept)).tolist() == [[0, 1], [3, 4]]
    assert np.argwhere(np.triu(pairs.new)).tolist() == [[0, 2]]
    assert not pairs.ended.any()
    assert np.argwhere(np.triu(pairs.unknown)).tolist() == [[1, 2], [1, 3]]
    assert (pairs.n_kept.low, pairs.n_kept.high) == (2.0, 4.0)
    # Under the rule 2 speaks for 1 and does not name it.
    ruled = told.pairs_named_by_other
    assert np.argwhere(np.triu(ruled.ended)).tolist() == [[1, 2], [1, 3]]
    assert told.of("density").verdict is ChangeVerdict.OPEN
    assert told.of("density").verdict_named_by_other is ChangeVerdict.LOWER


def test_trust_is_told_apart() -> None:
    network = six()
    trusted = Trusted(network, np.array([4, 3, UNSAID, 1, 2]))
    assert trust_counts(trusted, n_levels=4).tolist() == [1, 1, 1, 1, 1]
    told = trusting(trusted, least=3)
    # Two of four said; with the unsaid one and the five that 3 might have named, 2 to 8 of 10.
    assert told.value == pytest.approx(0.5)
    assert (told.any_answers.low, told.any_answers.high) == (0.2, 0.8)
    both = trusting_both_ways(trusted, least=3)
    assert both.value == 1.0
    # 1 trusts 3 little and 4 does too: if 3 names them, these pairs are mutual and not trusting.
    assert (both.any_answers.low, both.any_answers.high) == (pytest.approx(1 / 3), 1.0)


def test_a_partner_sees_its_own_ties_and_sums_that_give_nobody_away() -> None:
    told = ego_view(six(), 1, sectors=SECTORS)
    assert [tie.partner for tie in told.ties] == [0, 2, 3]
    assert (told.n_named.value, told.n_naming_it.value, told.shares) == (None, None, ())
    rng = np.random.default_rng(4)
    n = 40
    pairs = sorted({(int(a), int(b)) for a, b in rng.integers(0, n, (300, 2)) if a != b})
    large = network_of(pairs, n_nodes=n, silent=(7,))
    sectors = rng.integers(1, 4, n)
    view = ego_view(large, 3, sectors=sectors)
    assert view.n_named.value == len(pairs) and view.shares
    assert all(round(part * 20, 6) == round(part * 20) for _, part in view.shares)


@pytest.mark.parametrize("n_naming", [0, 1, 4, 5, 12, 15, 19])
def test_who_names_it_is_counted_only_where_neither_few_do_nor_few_do_not(n_naming: int) -> None:
    n = 20
    rng = np.random.default_rng(1)
    pairs = {(k, 0) for k in range(1, n_naming + 1)}
    pairs |= {(a, b) for a, b in rng.integers(1, n, (120, 2)).tolist() if a != b}
    network = network_of(sorted(pairs), n_nodes=n)
    told = ego_view(network, 0, sectors=np.array([1, 2] * 10))
    clear = 5 <= n_naming <= n - 1 - 5
    assert (told.n_naming_it.value == n_naming) if clear else (told.n_naming_it.value is None)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"to_node": np.array([1, 0, 2, 3, 6])}, "network_position"),
        ({"to_node": np.array([1, 1, 2, 3, 3])}, "network_self_tie"),
        ({"from_node": np.array([0, 0, 1, 1, 4]), "to_node": np.array([1, 1, 2, 3, 3])}, "network_tie_twice"),
        ({"kind": np.array([0, 0, 0, 0, -1])}, "network_below_zero"),
        ({"kind": np.array([0])}, "core_shape"),
        ({"answered": np.ones(5, dtype=bool)}, "core_shape"),
        ({"n_nodes": 0}, "network_too_large"),
    ],
)  # fmt: skip
def test_what_is_no_network_is_refused(changed: dict[str, object], code: str) -> None:
    with pytest.raises(BadInput, match=code):
        replace(six(), **changed)  # type: ignore[arg-type]


def test_sectors_that_are_none_are_refused() -> None:
    assert roles(six(), SECTORS).named.counts.shape == (6, 5)
    for figures in (state, roles):
        with pytest.raises(BadInput, match="core_shape"):
            figures(six(), SECTORS[:3])
        with pytest.raises(BadInput, match="network_below_zero"):
            figures(six(), SECTORS - SECTORS.max() - 1)
    with pytest.raises(BadInput, match="network_position"):
        ego_view(six(), 6, sectors=SECTORS)


def test_one_organisation_alone_gives_no_shares() -> None:
    told = state(network_of([], n_nodes=1), np.array([1]))
    assert told.density.value is None and told.reciprocity.value is None
    assert told.centralisation.value is None and told.across_sectors.value is None
    assert told.in_largest.value == 1.0 and told.brokers.size == 0
