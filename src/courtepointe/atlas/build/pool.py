"""Works done by several processes of this machine, on the standard library's pool."""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections import Counter
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.process import BaseProcess
from pathlib import Path
from types import TracebackType

from courtepointe.atlas.build.engine import Outcome
from courtepointe.atlas.build.work import Work, do
from courtepointe.core.errors import NoAnswer

MOST_DEATHS = 3
"""A work during which so many processes died is not tried again."""


class Pool:
    """Does works in processes of their own, to be used in a ``with``.

    Parameters
    ----------
    workers : int
        How many processes.

    Notes
    -----
    When a process dies, the standard pool ends the others with it: whatever was under way is begun
    again in a new pool. A process whose parent is gone ends by itself.
    """

    def __init__(self, workers: int) -> None:
        self.at_once = workers
        self._context = multiprocessing.get_context("spawn")
        self._pool: ProcessPoolExecutor | None = None
        self._under_way: dict[Future[None], tuple[Work, Path]] = {}
        self._deaths: Counter[str] = Counter()
        self._strangers: frozenset[BaseProcess] = frozenset()

    def __enter__(self) -> Pool:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.drop()
        if self._pool is not None:
            self._pool.shutdown()
            self._pool = None

    def start(self, work: Work, scratch: Path) -> None:
        """Give a work to the next process that is free."""
        if self._pool is None:
            self._strangers = frozenset(multiprocessing.active_children())
            self._pool = ProcessPoolExecutor(
                self.at_once, mp_context=self._context, initializer=_end_with_the_parent
            )
        try:
            future = self._pool.submit(do, work, scratch)
        except BrokenProcessPool as broken:
            # A process died since `ended` last looked: the work begins with those it took along.
            future = Future()
            future.set_exception(broken)
        self._under_way[future] = (work, scratch)

    def ended(self) -> Outcome:
        """Wait for a work to end; begin again those whose process died."""
        while True:
            done, _ = wait(self._under_way, return_when=FIRST_COMPLETED)
            future = done.pop()
            fault = future.exception()
            if isinstance(fault, BrokenProcessPool):
                if (blamed := self._begin_again()) is not None:
                    return Outcome(blamed.name, worker_died(blamed))
                continue
            work, _ = self._under_way.pop(future)
            if fault is None or isinstance(fault, Exception):
                return Outcome(work.name, fault)
            raise fault

    def _begin_again(self) -> Work | None:
        """Start all that was under way in a new pool; give the work during which processes keep dying."""
        interrupted = list(self._under_way.values())
        self._deaths.update(work.name for work, _ in interrupted)
        self.drop()
        blamed = [w for w, _ in interrupted if self._deaths[w.name] >= MOST_DEATHS][:1]
        for work, scratch in interrupted:
            if work not in blamed:
                self.start(work, scratch)
        return blamed[0] if blamed else None

    def drop(self) -> None:
        """End the processes that have something under way."""
        if not self._under_way or self._pool is None:
            return
        self._under_way.clear()
        for process in set(multiprocessing.active_children()) - self._strangers:
            process.terminate()
        self._pool.shutdown(cancel_futures=True)
        self._pool = None


def worker_died(work: Work, times: int = MOST_DEATHS) -> NoAnswer:
    """Say that processes keep dying during a work."""
    return NoAnswer("build_worker_died", step=work.name, what=work.label, found=times)


def _end_with_the_parent() -> None:
    """Watch the process that began this one: a killed build leaves no process behind."""
    threading.Thread(target=_end_after, daemon=True).start()


def _end_after() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
