"""Works done by a Dask cluster: the workers of several machines that see the same disk."""

from __future__ import annotations

import hashlib
import importlib.metadata
import logging
import queue
import threading
import time
import uuid
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import Any

from distributed import Client, Future, KilledWorker, get_worker

import courtepointe
from courtepointe.atlas.build.engine import Outcome
from courtepointe.atlas.build.pool import worker_died
from courtepointe.atlas.build.work import Work, do
from courtepointe.core.errors import BadInput, NoAnswer, Refused

ANSWER_WITHIN_S = 10
"""A scheduler that has not answered by then is not there."""
PATIENCE_S = 60
"""A cluster without any worker for so long is given up: those that died may be on their way back."""
LIBRARIES = ("numpy", "scipy", "numba", "shapely", "pyproj", "pyogrio", "pyarrow", "duckdb")
"""What figures and limits come out of: the same versions give the same pack."""

_one_at_a_time = threading.Lock()
_under_way: set[Path] = set()
"""In a worker: the scratch folders that a work of this process writes in."""


class Cluster:
    """Does works on the workers of a Dask scheduler, to be used in a ``with``.

    Parameters
    ----------
    address : str
        Of the scheduler, such as ``tcp://10.0.0.5:8786``.
    folders : tuple of Path
        Folders that every worker must see as this process does: those of the sources.

    Raises
    ------
    NoAnswer
        ``cluster_unreachable``, ``cluster_without_workers``; in the middle of a build,
        ``cluster_lost``.
    Refused
        ``cluster_other_code`` where a worker has another Courtepointe or other libraries.
    BadInput
        ``cluster_folder_unseen`` where a worker does not see a folder.

    Notes
    -----
    Dask begins again a work whose worker died, three times by default. A worker does one work at a
    time whatever its threads: some of the libraries underneath keep a state for the whole process.
    A worker that comes in the middle is held to the same conditions when it takes its first work.
    """

    def __init__(self, address: str, *, folders: tuple[Path, ...] = ()) -> None:
        self.at_once = 1
        self._address = address
        self._folders = folders
        self._client: Client | None = None
        self._started: dict[str, tuple[Work, Future[None]]] = {}
        self._done: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._scratch: Path | None = None

    def __enter__(self) -> Cluster:
        for name in ("distributed", "tornado"):
            logging.getLogger(name).setLevel(logging.CRITICAL)
        try:
            self._client = Client(self._address, timeout=ANSWER_WITHIN_S, set_as_default=False)
        except (OSError, ValueError, ImportError) as error:
            raise NoAnswer("cluster_unreachable", address=self._address) from error
        try:
            self.at_once = self._look_at_workers()
        except BaseException:
            self._close()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.drop()
        self._close()

    def start(self, work: Work, scratch: Path) -> None:
        """Give a work to the scheduler."""
        if scratch != self._scratch:
            self._show(scratch)
            self._scratch = scratch
        assert self._client is not None
        future = self._client.submit(
            work_here, work, scratch, code_digest(), key=f"{work.name}-{uuid.uuid4()}", pure=False
        )
        self._started[work.name] = (work, future)
        future.add_done_callback(lambda _, name=work.name: self._done.put(name))

    def ended(self) -> Outcome:
        """Wait for a work to end."""
        last_seen = time.monotonic()
        while True:
            try:
                name = self._done.get(timeout=1.0)
            except queue.Empty:
                last_seen = self._still_there(last_seen)
                continue
            if name in self._started:
                return self._outcome(*self._started.pop(name))

    def drop(self) -> None:
        """Cancel what waits, and let what is being done come to its end."""
        if self._client is None or not self._started:
            return
        futures = [future for _, future in self._started.values()]
        self._started.clear()
        if self._client.status != "running":
            return
        try:
            self._client.cancel(futures, force=True)
            while any(self._asked(is_at_work, self._scratch).values()):
                time.sleep(0.1)
        except (OSError, RuntimeError, ValueError):
            return  # the cluster went away: its workers end by themselves

    def _close(self) -> None:
        if self._client is not None:
            self._client.close(timeout=ANSWER_WITHIN_S)
            self._client = None

    def _outcome(self, work: Work, future: Future[None]) -> Outcome:
        if future.status == "finished":
            return Outcome(work.name)
        if future.cancelled() or self._client is None or self._client.status != "running":
            raise NoAnswer("cluster_lost", address=self._address)
        fault = future.exception()
        if isinstance(fault, KilledWorker):
            return Outcome(work.name, worker_died(work, fault.allowed_failures + 1))
        if isinstance(fault, Exception):
            return Outcome(work.name, fault)
        raise NoAnswer("cluster_lost", address=self._address)

    def _still_there(self, last_seen: float) -> float:
        """Give the moment at which the cluster was last seen whole."""
        assert self._client is not None
        if self._client.status != "running":
            raise NoAnswer("cluster_lost", address=self._address)
        if _workers(self._client):
            return time.monotonic()
        if time.monotonic() - last_seen > PATIENCE_S:
            raise NoAnswer("cluster_without_workers", address=self._address)
        return last_seen

    def _look_at_workers(self) -> int:
        """Hold every worker to the conditions; give how many there are."""
        assert self._client is not None
        workers = _workers(self._client)
        if not workers:
            raise NoAnswer("cluster_without_workers", address=self._address)
        for worker, found in self._asked(code_digest).items():
            if found != code_digest():
                raise Refused("cluster_other_code", worker=worker)
        for folder in self._folders:
            here = listing(folder)
            for worker, found in self._asked(listing, folder).items():
                if found != here:
                    raise BadInput("cluster_folder_unseen", worker=worker, folder=str(folder))
        return len(workers)

    def _show(self, scratch: Path) -> None:
        """See that every worker reads what is written here."""
        mark = scratch / f".seen-{uuid.uuid4()}"
        mark.touch()
        try:
            for worker, seen in self._asked(is_there, mark).items():
                if not seen:
                    raise BadInput("cluster_folder_unseen", worker=worker, folder=str(scratch))
        finally:
            mark.unlink()

    def _asked(self, question: Any, *given: object) -> dict[str, Any]:
        """Ask every worker; one that cannot even find the question has other code."""
        assert self._client is not None
        answers: dict[str, Any] = self._client.run(question, *given, on_error="return")
        for worker, answer in answers.items():
            if isinstance(answer, ImportError | AttributeError):
                raise Refused("cluster_other_code", worker=worker)
        return {w: a for w, a in answers.items() if not isinstance(a, Exception)}


def _workers(client: Client) -> dict[str, Any]:
    """Give the workers that the scheduler knows of."""
    found: dict[str, Any] = client.scheduler_info(n_workers=-1)["workers"]
    return found


def work_here(work: Work, scratch: Path, digest: str) -> None:
    """Do a work in a worker, if it has the code that the build was begun with.

    Raises
    ------
    Refused, BadInput
        As `Cluster`.
    Exception
        What the work raises.
    """
    if code_digest() != digest:
        raise Refused("cluster_other_code", worker=get_worker().address)
    if not scratch.is_dir():
        raise BadInput("cluster_folder_unseen", worker=get_worker().address, folder=str(scratch))
    with _one_at_a_time:
        _under_way.add(scratch)
        try:
            do(work, scratch)
        finally:
            _under_way.discard(scratch)


def is_at_work(scratch: Path) -> bool:
    """Say whether this process writes in a scratch folder."""
    return scratch in _under_way


def is_there(file: Path) -> bool:
    """Say whether this process sees a file."""
    return file.is_file()


def listing(folder: Path) -> list[tuple[str, int]]:
    """Give the names and sizes of what a folder holds; nothing where there is none."""
    if not folder.is_dir():
        return []
    return sorted(
        (one.name, one.stat().st_size if one.is_file() else -1) for one in folder.iterdir()
    )


@lru_cache(maxsize=1)
def code_digest() -> str:
    """Tell one Courtepointe, with its libraries, from another: SHA-256."""
    root, told = Path(courtepointe.__file__).parent, hashlib.sha256()
    for file in sorted(root.rglob("*")):
        if file.suffix in (".py", ".toml", ".csv") and file.is_file():
            told.update(file.relative_to(root).as_posix().encode())
            told.update(hashlib.sha256(file.read_bytes()).digest())
    for name in LIBRARIES:
        told.update(f"{name} {importlib.metadata.version(name)}".encode())
    return told.hexdigest()
