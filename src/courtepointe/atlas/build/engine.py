"""What carries out the works of a build: this process, others on this machine, or a cluster.

An engine is told which work to start and gives outcomes as they come; the order among works, what
is needed for what, and which fault is told are decided here, once for all engines.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from courtepointe.atlas.build.work import Work, do

OnStep = Callable[[str, int, int], None]
"""Called with what is being done, how much of it is done, and how much there is."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a work ended.

    Attributes
    ----------
    name : str
        Of the work.
    fault : Exception or None
        None: it is done, and its folder is there.
    """

    name: str
    fault: Exception | None = None


class Engine(Protocol):
    """What does works.

    Attributes
    ----------
    at_once : int
        How many works are worth starting before the first has ended.
    """

    at_once: int

    def start(self, work: Work, scratch: Path) -> None:
        """Begin a work, or put it in line."""

    def ended(self) -> Outcome:
        """Wait for one of the works that were started to end.

        A work whose process died is started again; one whose process keeps dying ends with a
        fault.
        """

    def drop(self) -> None:
        """Give up what was started; nothing is written once this returns."""


class InProcess:
    """Does one work after another, here."""

    at_once = 1

    def __init__(self) -> None:
        self._waiting: deque[tuple[Work, Path]] = deque()

    def start(self, work: Work, scratch: Path) -> None:
        """Put a work in line."""
        self._waiting.append((work, scratch))

    def ended(self) -> Outcome:
        """Do the next work."""
        work, scratch = self._waiting.popleft()
        try:
            do(work, scratch)
        except Exception as fault:
            return Outcome(work.name, fault)
        return Outcome(work.name)

    def drop(self) -> None:
        """Forget what is in line."""
        self._waiting.clear()


@dataclass(slots=True)
class _Progress:
    """How far each kind of work is."""

    on_step: OnStep
    total: Counter[str]
    done: Counter[str] = field(default_factory=Counter)

    def begin(self, work: Work) -> None:
        self.on_step(work.label, self.done[work.label], self.total[work.label])

    def end(self, work: Work) -> None:
        self.done[work.label] += work.size
        self.begin(work)


def carry_out(
    works: Sequence[Work], engine: Engine, scratch: Path, *, on_step: OnStep | None = None
) -> None:
    """Do all works, each after those that it needs.

    Parameters
    ----------
    works : sequence of Work
        Each after those that it needs.
    engine : Engine
    scratch : Path
        Seen under this path by whatever does the works.
    on_step : callable, optional

    Raises
    ------
    Exception
        The fault of the first work, in the order given, that has one: the same whichever engine
        works and whichever work ends first.
    """
    total: Counter[str] = Counter()
    for work in works:
        total[work.label] += work.size
    progress = _Progress(on_step or (lambda what, done, total: None), total)
    by_name = {work.name: place for place, work in enumerate(works)}
    waiting = dict(enumerate(works))
    done: set[str] = set()
    fault: tuple[int, Exception] | None = None
    n_started = 0
    while True:
        last = len(works) if fault is None else fault[0]
        for place in _ready(waiting, done, last=last, room=engine.at_once - n_started):
            work = waiting.pop(place)
            progress.begin(work)
            engine.start(work, scratch)
            n_started += 1
        if n_started == 0:
            break
        outcome = engine.ended()
        n_started -= 1
        place = by_name[outcome.name]
        if outcome.fault is None:
            done.add(outcome.name)
            progress.end(works[place])
        elif fault is None or place < fault[0]:
            fault = (place, outcome.fault)
        if fault is not None and not _may_yet_fail(works, done, before=fault[0]):
            break
    if fault is not None:
        raise fault[1]


def _ready(waiting: dict[int, Work], done: set[str], *, last: int, room: int) -> list[int]:
    """Give the first works that may start, before the place of a fault."""
    ready = (
        place
        for place, work in waiting.items()
        if place < last and all(name in done for name in work.needs)
    )
    return [place for place, _ in zip(ready, range(room), strict=False)]


def _may_yet_fail(works: Sequence[Work], done: set[str], *, before: int) -> bool:
    """Say whether a work that stands before a fault is still to be done."""
    return any(work.name not in done for work in works[:before])
