"""What the process that answers studies does: one study at a time, telling how far it is."""

from __future__ import annotations

import hashlib
import logging
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib.metadata import version
from typing import Any

import shapely
from django.db import connection
from django.db.utils import OperationalError
from django.utils import timezone
from django_tasks import task

from courtepointe.core.errors import BadInput, CourtepointeError, NoAnswer, NotFound
from courtepointe.core.siting import Watch
from courtepointe.doors.editions import code_edition
from courtepointe.doors.served import Served, served
from courtepointe.doors.site.studies.stress_answer import answer_stress
from courtepointe.doors.streets import ServedStreets, streets_of
from courtepointe.hubs.actions import running
from courtepointe.hubs.actions.running import Begun
from courtepointe.hubs.studies.ground import ALL_STREETS, TOGETHER, Ground
from courtepointe.hubs.studies.siting import Siting
from courtepointe.hubs.studies.values import siting_asked

log = logging.getLogger(__name__)
BREATH_S, BEAT_S = 0.5, 20.0
"""How often a study tells how far it is, and hears whether to stop; how often it says that it lives, whatever it does."""


class Stopped(Exception):
    """Somebody stopped the study, or took it away."""


class Breath:
    """What a search asks all the time: whether to go on; heard from the database twice a second.

    Parameters
    ----------
    number : int
        Of the study.
    most_s : float or None, seconds
        Past which the search ends with what it has.
    """

    def __init__(self, number: int, most_s: float | None = None) -> None:
        self.number, self.most_s = number, most_s
        self.began = self.last = time.monotonic()
        self.told: dict[str, Any] = {}
        self.stopped = False

    def go_on(self) -> bool:
        """Say whether to go on: nothing is raised here, for a solver in C asks too."""
        now = time.monotonic()
        if now - self.last >= BREATH_S and not self.stopped:
            self.last = now
            try:
                self.stopped = not running.go_on(self.number, self.told, now=timezone.now())
            except OperationalError:
                # The database is busy: the next breath asks again.
                log.warning("study %s: the database did not answer", self.number)
        return not self.stopped and (self.most_s is None or now - self.began < self.most_s)

    def check(self) -> None:
        """Raise `Stopped` where somebody stopped the study."""
        if self.stopped:
            raise Stopped

    def tell(self, objective: float, bound: float) -> None:
        """Keep how near the best is to the bound."""
        self.told = {"objective": _finite(objective), "bound": _finite(bound)}

    def tell_part(self, part: float) -> None:
        """Keep which part is done, 0 to 1; raise as `check`."""
        self.told = {"part": part}
        self.go_on()
        self.check()


@contextmanager
def beating(number: int) -> Iterator[None]:
    """Say now and then that a study is answered: a solver may not breathe for minutes."""
    ended = threading.Event()

    def beat() -> None:
        while not ended.wait(BEAT_S):
            try:
                running.beat(number, now=timezone.now())
            except OperationalError:
                log.warning("study %s: the database did not answer", number)
            finally:
                connection.close()

    thread = threading.Thread(target=beat, daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def _finite(value: float) -> float | None:
    return value if abs(value) < float("inf") else None


Answer = Callable[[Begun, Ground, Breath], Mapping[str, Any]]


def answer_siting(row: Begun, ground: Ground, breath: Breath) -> Mapping[str, Any]:
    """Answer where the next hubs could stand."""
    asked = siting_asked(row.asked)
    breath.most_s = asked.most_minutes * 60.0
    return Siting(asked, ground).solve(Watch(breath.go_on, breath.tell))


ANSWERS: Mapping[str, Answer] = {"siting": answer_siting, "stress": answer_stress}


@task()
def work(number: int) -> None:
    """Answer a study that waits."""
    row = running.begin(number, now=timezone.now(), method=f"{version('courtepointe')} {code_edition()}")  # fmt: skip
    if row is None:
        return
    try:
        ground = ground_of(row.asked["territories"])
        breath = Breath(number)
        with beating(number):
            told = ANSWERS[row.kind](row, ground, breath)
        breath.check()
        running.finish(number, told, pack=ground.pack, now=timezone.now())
    except Stopped:
        running.end_stopped(number, now=timezone.now())
    except CourtepointeError as error:
        running.fail(number, error, now=timezone.now())
    except Exception:
        log.exception("study %s", number)
        running.fail(number, BadInput("study_broke"), now=timezone.now())


def send(number: int) -> None:
    """Put a study in the line of what waits."""
    work.enqueue(number)


def ground_of(territories: Sequence[Sequence[str]]) -> Ground:
    """Give the city that is served, with the territories of a study.

    Raises
    ------
    NoAnswer
        ``study_no_streets``, ``study_territory_lost``.
    """
    held = served()
    streets = streets_of(held)
    if streets is None:
        raise NoAnswer("study_no_streets")
    shapes = [(name, _shape(held, name, key)) for name, key in territories]
    return Ground(
        _edition(held), streets.walked, held.atlas.in_metres, _grounds(shapes, streets), held.atlas
    )


def _shape(held: Served, name: str, key: str) -> shapely.Geometry:
    try:
        return held.atlas.shape(held.atlas.find(key))
    except NotFound:
        raise NoAnswer("study_territory_lost", place=name) from None


def _grounds(
    shapes: list[tuple[str, shapely.Geometry]], streets: ServedStreets
) -> list[tuple[str, shapely.Geometry]]:
    if not shapes:
        bounds = shapely.total_bounds(streets.file.streets.lines())
        return [(ALL_STREETS, shapely.box(*bounds))]
    if len(shapes) == 1:
        return shapes
    return [(TOGETHER, shapely.union_all([shape for _, shape in shapes])), *shapes]


def _edition(held: Served) -> str:
    """Name the atlas, and what was said of its releases since."""
    if not held.notices:
        return held.pack.content_hash
    said = hashlib.sha256(repr(held.notices).encode()).hexdigest()
    return f"{held.pack.content_hash} {said[:16]}"
