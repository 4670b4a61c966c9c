"""What each symbol makes of a cell."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.support.census_profile import line, profile, refusal, rows, saved

from courtepointe.atlas.figures import Status
from courtepointe.formats.census_profile import CellStatus

CASES = [
    # value, symbol -> value, status, flags
    ("925", "", 925.0, "published", 0),
    ("0", "", 0.0, "published", 0),
    ("-4.9", "", -4.9, "published", 0),
    ("925", "E", 925.0, "published", 1),
    ("925", "r", 925.0, "published", 2),
    ("925", "rE", 925.0, "published", 3),
    ("925", "Er", 925.0, "published", 3),
    ("925", "p", 925.0, "published", 4),
    ("", "0s", 0.0, "published", 8),
    ("0", "0s", 0.0, "published", 8),
    ("", "x", None, "suppressed", 0),
    ("925", "x", None, "suppressed", 0),
    ("", "F", None, "unreliable", 0),
    ("925", "F", None, "unreliable", 0),
    ("", "..", None, "not_available", 0),
    ("", ".", None, "not_available", 0),
    ("", "...", None, "not_applicable", 0),
    ("", "…", None, "not_applicable", 0),
    ("0", "...", None, "not_applicable", 0),
    ("", "", None, "not_available", 0),
    ("", "E", None, "not_available", 0),
    ("", "r", None, "not_available", 0),
]


@pytest.mark.parametrize(("written", "symbol", "value", "status", "flags"), CASES)
def test_a_symbol_tells_why(
    tmp_path: Path, written: str, symbol: str, value: float | None, status: str, flags: int
) -> None:
    for place, name in ((0, "total_count"), (5, "women_rate")):
        cells = [("1", "")] * 6
        cells[place] = (written, symbol)
        (row,) = rows(saved(tmp_path, profile([line(cells=cells)])))
        assert (row[name], row[f"{name}_status"], row[f"{name}_flags"]) == (value, status, flags)
        assert row["men_count"] == 1.0


def test_an_ellipsis_in_utf8_is_not_applicable(tmp_path: Path) -> None:
    text = profile([line(cells=[("", "…")])]).encode("utf-8")
    assert rows(saved(tmp_path, text))[0]["total_count_status"] == "not_applicable"


@pytest.mark.parametrize("symbol", ["X", "f", "e", "....", "A", "rr", "0", "xx", "œ"])
def test_an_unknown_symbol_is_refused(tmp_path: Path, symbol: str) -> None:
    told = refusal(saved(tmp_path, profile([line(), line(2, [("5", ""), ("3", symbol)])])))
    assert told.code == "census_profile_symbol"
    assert told.facts["row"] == 3
    assert told.facts["column"] == "C2_COUNT_MEN+ SYMBOL"
    assert told.facts["value"] == symbol


def test_statuses_are_the_words_of_the_atlas() -> None:
    assert {str(status) for status in CellStatus} <= {str(status) for status in Status}


INTERVALS = [
    # value, low, high (each with its symbol) -> value, low, high
    (("100", ""), ("90", ""), ("110", ""), (100.0, 90.0, 110.0)),
    (("0", ""), ("0", ""), ("0", ""), (0.0, 0.0, 0.0)),
    (("100", "E"), ("90", "E"), ("110", "E"), (100.0, 90.0, 110.0)),
    (("100", ""), ("", "..."), ("", "..."), (100.0, None, None)),
    (("100", ""), ("90", ""), ("", ".."), (100.0, None, None)),
    (("100", ""), ("90", "F"), ("110", ""), (100.0, None, None)),
    (("", "x"), ("90", ""), ("110", ""), (None, None, None)),
    (("100", "x"), ("90", "x"), ("110", "x"), (None, None, None)),
]


@pytest.mark.parametrize(("point", "low", "high", "expected"), INTERVALS)
def test_an_interval_stands_only_whole_and_beside_its_value(
    tmp_path: Path,
    point: tuple[str, str],
    low: tuple[str, str],
    high: tuple[str, str],
    expected: tuple[float | None, ...],
) -> None:
    nothing = ("", "...")
    counts = [point, nothing, nothing, low, nothing, nothing, high, nothing, nothing]
    rates = [nothing, point, nothing, nothing, low, nothing, nothing, high, nothing]
    text = profile([line(cells=counts + rates, with_intervals=True)], with_intervals=True)
    (row,) = rows(saved(tmp_path, text))
    names = ("total_count", "total_count_low", "total_count_high")
    assert tuple(row[name] for name in names) == expected
    assert tuple(row[f"men_rate{side}"] for side in ("", "_low", "_high")) == expected
    assert row["women_count"] is None and row["women_count_status"] == "not_applicable"
