"""The chronology's drawing: bars within, in their order, dates that do not touch."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from courtepointe.engagement.programme.timeline import APART, timeline
from courtepointe.engagement.programme.values import Phase, Run

RUN = Run(1, "Essai", date(2026, 1, 1), date(2026, 12, 31), None, "")
DAYS = st.dates(date(2020, 1, 1), date(2035, 1, 1))


def test_by_hand() -> None:
    phases = [
        Phase(1, "", "a", date(2026, 1, 1), date(2026, 7, 2), date(2026, 1, 1), None, ""),
        Phase(2, "", "b", date(2026, 7, 2), date(2026, 12, 31), None, None, ""),
    ]
    drawn = timeline(RUN, phases, achieved=[date(2026, 7, 2)], today=date(2026, 4, 2), width=364.0)
    first, second = drawn.lines
    assert (first.planned.x, first.planned.width) == (0.0, 182.0)
    assert first.real and first.real.width == 91.0 and first.real.is_open, "up to today"
    assert second.real is None and second.planned.x == 182.0
    assert drawn.today == 91.0 and [mark.x for mark in drawn.marks] == [182.0]
    assert [tick.on.month for tick in drawn.ticks] == [1, 7]
    assert [tick.anchor for tick in drawn.ticks] == ["start", "middle"]


@given(DAYS, st.integers(1, 4000), st.lists(st.tuples(DAYS, st.integers(0, 900)), max_size=6), DAYS)
def test_everything_is_on_the_drawing(
    starts: date, length: int, spans: list[tuple[date, int]], today: date
) -> None:
    run = Run(1, "", starts, starts + timedelta(days=length), None, "")
    phases = [
        Phase(i, "", "x", day, day + timedelta(days=n), day, None, "")
        for i, (day, n) in enumerate(spans)
    ]
    drawn = timeline(run, phases, today=today, width=340.0)
    for line in drawn.lines:
        for bar in (line.planned, line.real):
            assert bar is not None and 0 <= bar.x <= 340 and 0 < bar.width <= 342
    xs = [tick.x for tick in drawn.ticks]
    assert xs and all(0 <= x <= 340 for x in xs)
    assert all(b - a >= APART for a, b in pairwise(xs))
    assert drawn.today is None or 0 <= drawn.today <= 340


def test_dates_of_a_very_long_programme_still_do_not_touch() -> None:
    run = Run(1, "", date(2020, 1, 1), date(2046, 1, 1), None, "")
    drawn = timeline(run, [], today=date(2026, 1, 1), width=340.0)
    assert [tick.on.year for tick in drawn.ticks] == [2020, 2030, 2040]
