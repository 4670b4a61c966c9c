"""Where the bars of a chronology stand on a drawing: dates in, lengths out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from courtepointe.engagement.programme.values import Phase, Run

ROW = 46.0
HEAD = 26.0
FOOT = 30.0
APART = 104.0
"""The least distance between two dates written under the drawing."""
STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600)
"""Months between ticks: the first that leaves room is taken."""


@dataclass(frozen=True, slots=True)
class Bar:
    """From x, over a width; ``is_open`` where it has not ended: it is drawn up to today."""

    x: float
    width: float
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A phase's row: its planned bar, its real one where it began, and where they stand."""

    phase: Phase
    y: float
    planned: Bar
    real: Bar | None


@dataclass(frozen=True, slots=True)
class Tick:
    """A date under the drawing, and how its words are held: "start", "middle" or "end"."""

    x: float
    on: date
    anchor: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A day with something on it: an achievement."""

    x: float
    on: date


@dataclass(frozen=True, slots=True)
class Timeline:
    """A drawing's parts, in the drawing's own lengths."""

    width: float
    height: float
    foot: float
    lines: tuple[Line, ...]
    ticks: tuple[Tick, ...]
    marks: tuple[Mark, ...]
    today: float | None

    @property
    def today_anchor(self) -> str:
        """Say how the word above today's line is held, so that it stays on the drawing."""
        return _anchor(self.today or 0.0, self.width)


@dataclass(frozen=True, slots=True)
class _Scale:
    first: date
    last: date
    width: float

    def at(self, day: date) -> float:
        held = min(max(day, self.first), self.last)
        return (held - self.first).days / max((self.last - self.first).days, 1) * self.width

    def bar(self, starts: date, ends: date, *, is_open: bool = False) -> Bar:
        left = self.at(starts)
        return Bar(left, max(self.at(ends) - left, 2.0), is_open)


def _days(run: Run, phases: Iterable[Phase]) -> list[date]:
    told = [run.starts, run.ends]
    for phase in phases:
        told += [phase.starts, phase.ends]
        told += [day for day in (phase.began, phase.ended) if day is not None]
    return told


def timeline(
    run: Run,
    phases: Sequence[Phase],
    *,
    achieved: Iterable[date] = (),
    today: date,
    width: float,
) -> Timeline:
    """Lay a run's chronology out over a width: planned and real bars, today, dates, achievements."""
    days = _days(run, phases)
    scale = _Scale(min(days), max(days), width)
    height = HEAD + ROW * len(phases) + FOOT
    within = scale.first <= today <= scale.last
    return Timeline(
        width=width,
        height=height,
        foot=height - FOOT,
        lines=tuple(_line(one, HEAD + ROW * i, scale, today) for i, one in enumerate(phases)),
        ticks=_ticks(scale),
        marks=tuple(
            Mark(scale.at(day), day) for day in sorted(achieved) if scale.first <= day <= scale.last
        ),
        today=scale.at(today) if within else None,
    )


def _line(phase: Phase, y: float, scale: _Scale, today: date) -> Line:
    began = phase.began or phase.ended
    real = None
    if began is not None:
        ended = phase.ended or max(today, began)
        real = scale.bar(began, ended, is_open=phase.ended is None)
    return Line(phase, y, scale.bar(phase.starts, phase.ends), real)


def _months(first: date, last: date, step: int) -> list[date]:
    """List the first days of every ``step``-th month between two days, counted from January."""
    index = first.year * 12 + first.month - 1
    found = []
    while (day := date(index // 12, index % 12 + 1, 1)) <= last:
        if day >= first and index % 12 % min(step, 12) == 0 and _year_fits(day, step):
            found.append(day)
        index += 1
    return found


def _year_fits(day: date, step: int) -> bool:
    return step <= 12 or day.year % (step // 12) == 0


def _ticks(scale: _Scale) -> tuple[Tick, ...]:
    for step in STEPS:
        days = _months(scale.first, scale.last, step)
        at = [scale.at(day) for day in days]
        if all(b - a >= APART for a, b in pairwise(at)):
            break
    return tuple(
        Tick(x, day, _anchor(x, scale.width)) for x, day in zip(at, days, strict=True)
    ) or (Tick(0.0, scale.first, "start"),)


def _anchor(x: float, width: float) -> str:
    if x < APART / 2:
        return "start"
    return "end" if x > width - APART / 2 else "middle"
