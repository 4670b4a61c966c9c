"""The compiled reader against a slow one that anyone can follow, on random files."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support.census_profile import MEANING, PLAIN, line, profile, rows, saved, slow_rows

from courtepointe.formats.census_profile import ProfileQuery
from courtepointe.formats.census_profile.scan import read_number

NUMBERS = st.one_of(
    st.just(""),
    st.integers(-(10**9), 10**9).map(str),
    st.decimals(-(10**6), 10**6, places=2, allow_nan=False).map(str),
    st.floats(-1e9, 1e9, allow_nan=False).map(lambda number: f"{number:.4f}"),
)
CELLS = st.lists(st.tuples(NUMBERS, st.sampled_from(sorted(MEANING))), min_size=6, max_size=6)
WORDS = st.text(st.sampled_from('abé’œ, "–…'), max_size=8)
IDS = st.integers(1, 2631)


@st.composite
def files(draw: st.DrawFn) -> str:
    lines = []
    for place in range(draw(st.integers(1, 4))):
        geo_name, flag = draw(WORDS), draw(st.sampled_from(["00000", "00999", "05055"]))
        lines += [
            line(
                number,
                draw(CELLS),
                dguid=f"2021S0512{place}",
                geo_name=geo_name,
                name=draw(WORDS),
                flag=flag,
            )
            for number in sorted(draw(st.sets(IDS, max_size=6)))
        ]
    return profile(lines, end=draw(st.sampled_from(["\n", "\r\n"])))


@settings(max_examples=60, deadline=None)
@given(files(), st.sampled_from(["cp1252", "utf-8"]), st.none() | st.frozensets(IDS, max_size=40))
def test_fast_equals_slow(
    tmp_path_factory: pytest.TempPathFactory,
    text: str,
    encoding: str,
    wanted: frozenset[int] | None,
) -> None:
    path = saved(tmp_path_factory.mktemp("twin"), text.encode(encoding))
    fast = rows(path, query=ProfileQuery(wanted), encoding=encoding)
    slow = slow_rows(text)
    expected = [row for row in slow if wanted is None or row["characteristic"] in wanted]
    keys = ["dguid", "geo_name", "quality_flag", "characteristic"]
    keys += [f"{name}{part}" for name in PLAIN for part in ("", "_status", "_flags")]
    assert [{key: row[key] for key in keys} for row in fast] == expected


@given(
    st.decimals(
        allow_nan=False, allow_infinity=False, places=6, min_value=-(10**9), max_value=10**9
    )
)
def test_numbers_are_read_to_the_last_bit(number: object) -> None:
    raw = str(number).encode()
    is_one, value = read_number(np.frombuffer(raw, dtype=np.uint8), 0, len(raw))
    assert is_one and value == float(raw)
