"""Peers, what stands out and who may be both, decided again by the slow obvious way on the demo city."""

from __future__ import annotations

import math
import statistics
from pathlib import Path

import numpy as np
import pytest
from scipy import stats

from courtepointe.atlas.figures import Figure
from courtepointe.atlas.pack.open import open_pack
from courtepointe.atlas.query.atlas import Atlas
from courtepointe.atlas.query.peer_values import Among
from courtepointe.atlas.query.values import AreaKey, Portrait
from courtepointe.core.rounding import rounding_half_width

HOME = "quartier_sociologique:2014"
UNITS = "dissemination_area:2021"
RATE = 0.10
MAD = 1 / float(stats.norm.ppf(0.75))


@pytest.fixture(scope="module")
def atlas(demo_pack: Path) -> Atlas:
    return Atlas(open_pack(demo_pack))


@pytest.fixture(scope="module")
def portraits(atlas: Atlas) -> dict[AreaKey, Portrait]:
    return {area.key: atlas.portrait(area.key) for area in atlas.areas(HOME)}


def values_of(portraits: dict[AreaKey, Portrait], code: str) -> dict[AreaKey, float]:
    held = {key: one.figure(code).value for key, one in portraits.items()}
    return {key: value for key, value in held.items() if value is not None}


def test_peers_are_the_nearest_one_by_one(atlas: Atlas, portraits: dict[AreaKey, Portrait]) -> None:
    group = atlas.pack.recipe.peer_groups[0]
    columns = {code: values_of(portraits, code) for code in group.variables}
    for key in portraits:
        apart: list[tuple[float, str]] = []
        for other in portraits:
            if other == key:
                continue
            squares = []
            for held in columns.values():
                centre = statistics.median(held.values())
                spread = MAD * statistics.median(abs(v - centre) for v in held.values())
                squares.append(((held[key] - held[other]) / spread) ** 2)
            apart.append((round(math.sqrt(sum(squares) / len(squares)), 9), str(other)))
        found = atlas.peers(portraits[key])
        slow = sorted(apart)[: group.n_peers]
        assert [str(one.key) for one in found.peers] == [name for _, name in slow]
        assert [one.distance for one in found.peers] == pytest.approx(
            [d for d, _ in slow], rel=1e-6
        )


def error_of(figure: Figure) -> float | None:
    """Give a standard error; None where it is not known."""
    if figure.uncertainty.value == "unknown" or figure.method.value == "range_of_medians":
        return None
    if figure.low is None or figure.high is None:
        return 0.0 if figure.uncertainty.value == "none" else None
    return (figure.high - figure.low) / (2 * 1.959963984540054)


def slow_tests(
    key: AreaKey, others: list[AreaKey], portraits: dict[AreaKey, Portrait], codes: list[str]
) -> dict[str, float]:
    """Give the p-value of every figure that can be tested."""
    told = {}
    for code in codes:
        ours = portraits[key].figure(code)
        error = error_of(ours)
        held = [portraits[other].figure(code) for other in others]
        known = [
            (f.value, e) for f in held if f.value is not None and (e := error_of(f)) is not None
        ]
        if ours.value is None or error is None or len(known) < 4:
            continue
        values = [value for value, _ in known]
        if max(values) - min(values) <= 1e-9 * max(abs(v) for v in values):
            continue
        noise = statistics.fmean(e * e for _, e in known)
        variance = statistics.variance(values) * (1 + 1 / len(values)) + max(0.0, error**2 - noise)
        t = abs(ours.value - statistics.fmean(values)) / math.sqrt(variance)
        told[code] = float(2 * stats.t.sf(t, len(values) - 1))
    return told


def slow_found(p_values: dict[str, float]) -> set[str]:
    """Step through the p-values from the least one: Benjamini and Hochberg."""
    ordered = sorted(p_values, key=lambda code: p_values[code])
    last = 0
    for place, code in enumerate(ordered, start=1):
        if p_values[code] <= place / len(ordered) * RATE:
            last = place
    return set(ordered[:last])


@pytest.mark.parametrize("among", [Among.PEERS, Among.OTHERS])
def test_what_stands_out_is_decided_alike(
    atlas: Atlas, portraits: dict[AreaKey, Portrait], among: Among
) -> None:
    n_found = 0
    for key, portrait in portraits.items():
        told = atlas.stands_out(portrait)
        reading = next(one for one in told.readings if one.among is among)
        peers = atlas.peers(portrait)
        others = [one.key for one in peers.peers]
        codes = [one.figure.indicator for one in reading.tested]
        if among is Among.OTHERS:
            others = [other for other in portraits if other != key]
        chose = set(peers.group.variables) if among is Among.PEERS else set()
        asked = [
            one.code
            for one in atlas.pack.recipe.indicators
            if one.measure.value
            in {"share", "rate", "mean", "median", "quantile", "ratio", "index"}
            and one.code not in chose
        ]
        slow = slow_tests(key, others, portraits, asked)
        assert set(codes) == set(slow)
        fast = {one.figure.indicator: one.p_value for one in reading.tested}
        assert fast == pytest.approx(slow, rel=1e-6, abs=1e-12)
        assert {one.figure.indicator for one in reading.found} == slow_found(slow)
        n_found += len(reading.found)
    assert n_found > 0 or among is Among.PEERS


PAIRS = (
    ("renter_share", "households_one_person_share"),
    ("renter_share", "dwellings_major_repairs_share"),
    ("age_0_14_share", "age_65_plus_share"),
    ("unemployment_rate", "employment_rate"),
)
Z = 1.959963984540054


class SlowCounts:
    """The cells of the demo's dissemination areas, one at a time."""

    def __init__(self, atlas: Atlas, release: str) -> None:
        self._table = atlas.pack.release_tables[release, UNITS]
        described = next(r for r in atlas.pack.recipe.releases if r.code == release).variables
        self._base = {v.code: v.rounded_to for v in described}
        self._place = {code: k for k, code in enumerate(atlas.pack.area_tables[UNITS].codes)}

    def known(self, variables: tuple[str, ...], unit: str) -> bool:
        return all(np.isfinite(self._cell(v, unit)[0]) for v in variables)

    def ends(self, variables: tuple[str, ...], unit: str) -> tuple[float, float, float]:
        """Give a unit's count, and how far its end may lie."""
        cells = [self._cell(v, unit) for v in variables]
        half = Z * math.sqrt(sum(v for _, v, _ in cells)) + sum(b - 1 for _, _, b in cells if b > 1)
        value = sum(v for v, _, _ in cells)
        return value, max(value - half, 0.0), max(value + half, 0.0)

    def together(
        self, variables: tuple[str, ...], units: list[str], shares: list[float]
    ) -> tuple[float, float, float]:
        """Give the same over all units."""
        total, variance, rounded = 0.0, 0.0, 0
        for unit, share in zip(units, shares, strict=True):
            for v in variables:
                value, spread, base = self._cell(v, unit)
                total += share * value
                variance += share**2 * spread
                rounded += base > 1
        base = max(self._base[v] for v in variables)
        off = rounding_half_width(rounded, base=base) if base > 1 else 0.0
        half = math.sqrt(Z * Z * variance + off * off)
        return total, max(total - half, 0.0), max(total + half, 0.0)

    def _cell(self, variable: str, unit: str) -> tuple[float, float, int]:
        row, place = self._table.variables.index(variable), self._place[unit]
        value, low, high = (
            float(a[row, place]) for a in (self._table.values, self._table.low, self._table.high)
        )
        spread = 0.0
        if np.isfinite(low) and np.isfinite(high):
            spread = ((high - low) / (2 * Z)) ** 2
        return value, spread, self._base[variable]


def both_ends(
    a: tuple[float, float, float], b: tuple[float, float, float], n: tuple[float, float, float]
) -> tuple[float, float]:
    """Give the least and the most who are both, of one unit or of all."""
    return max(0.0, a[1] + b[1] - n[2]), max(0.0, min(a[2], b[2], n[2]))


def wider(
    one: tuple[float, float, float], other: tuple[float, float, float]
) -> tuple[float, float, float]:
    return max(one[0], other[0]), max(one[1], other[1]), max(one[2], other[2])


def slow_bounds(atlas: Atlas, portrait: Portrait, pair: tuple[str, str]) -> tuple[float, float]:
    """Walk the units one by one, each count at the end that widens; then the sums."""
    one, other = (atlas.indicator(code) for code in pair)
    counts = SlowCounts(atlas, "census_profile_2021")
    held = (one.numerator, other.numerator, one.denominator, other.denominator)
    shared = [
        (unit, share)
        for unit, share in zip(portrait.fit.unit_codes, portrait.fit.unit_shares, strict=True)
        if all(counts.known(variables, unit) for variables in held)
    ]
    units, shares = [u for u, _ in shared], [w for _, w in shared]
    low = high = 0.0
    for unit, share in shared:
        a, b, n, m = (counts.ends(variables, unit) for variables in held)
        least, most = both_ends(a, b, wider(n, m))
        low, high = low + share * least, high + share * most
    a, b, n, m = (counts.together(variables, units, shares) for variables in held)
    least, most = both_ends(a, b, wider(n, m))
    return max(low, least), min(high, most, wider(n, m)[0])


def test_bounds_are_those_of_a_slow_walk(atlas: Atlas, portraits: dict[AreaKey, Portrait]) -> None:
    bounded = 0
    for portrait in portraits.values():
        for pair in PAIRS:
            told = atlas.both(portrait, *pair)
            if told.reason:
                assert told.reason in ("universe", "same_question")
                continue
            bounded += 1
            low, high = slow_bounds(atlas, portrait, pair)
            assert told.low == pytest.approx(low, rel=1e-9, abs=1e-9)
            assert told.high == pytest.approx(high, rel=1e-9, abs=1e-9)
    assert bounded >= len(portraits)
