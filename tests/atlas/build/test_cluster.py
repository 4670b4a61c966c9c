"""A build on a Dask cluster is the build alone: the same pack, whoever dies, or a plain word why not."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.atlas.build import test_engines as made_up
from tests.atlas.build.conftest import NOW
from tests.support.server import free_port
from tests.support.village import write_village

from courtepointe.atlas.build import cluster
from courtepointe.atlas.build.cluster import Cluster
from courtepointe.atlas.build.engine import carry_out
from courtepointe.atlas.build.run import build_pack
from courtepointe.core.errors import BadInput, NoAnswer, Refused

ROOT = Path(__file__).resolve().parents[3]
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")


class Machines:
    """A scheduler and workers in processes of their own, as `dask scheduler` and `dask worker` start them."""

    def __init__(self, folder: Path) -> None:
        self.address = f"tcp://127.0.0.1:{free_port()}"
        self.folder = folder
        self.scheduler = self._start("scheduler", "--port", self.address.rsplit(":", 1)[1])
        self.workers: list[subprocess.Popen[bytes]] = []

    def _start(self, kind: str, *words: str, **more: str) -> subprocess.Popen[bytes]:
        path = f"{ROOT / 'src'}{os.pathsep}{ROOT}"
        environment = os.environ | {"PYTHONPATH": path, "PYTHONWARNINGS": "ignore"} | more
        return subprocess.Popen(
            [sys.executable, "-m", "distributed.cli.dask_" + kind, *words, "--no-dashboard"],
            cwd=self.folder, env=environment, start_new_session=True,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    def add_worker(self, **environment: str) -> None:
        words = ("--nthreads", "1", "--local-directory", str(self.folder), "--memory-limit", "0")
        self.workers.append(self._start("worker", self.address, *words, **environment))
        self.wait_for(len(self.workers))

    def wait_for(self, n_workers: int) -> None:
        with cluster.Client(self.address, timeout=60, set_as_default=False) as client:
            client.wait_for_workers(n_workers, timeout=60)

    def stop(self) -> None:
        for process in (*self.workers, self.scheduler):
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
            process.wait(timeout=20)


@contextmanager
def machines(folder: Path, n_workers: int = 0) -> Iterator[Machines]:
    started = Machines(folder)
    try:
        for _ in range(n_workers):
            started.add_worker()
        yield started
    finally:
        started.stop()


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machines]:
    """Two workers."""
    with machines(tmp_path_factory.mktemp("dask"), 2) as started:
        yield started


def scratch_of(folder: Path) -> Path:
    scratch = folder / "scratch"
    scratch.mkdir()
    return scratch


@pytest.mark.slow
def test_a_cluster_changes_nothing(demo_sources: Path, tmp_path: Path, pair: Machines) -> None:
    alone = made_up.built(demo_sources, tmp_path / "alone")
    with Cluster(pair.address, folders=(demo_sources,)) as engine:
        assert engine.at_once == 2
        assert made_up.built(demo_sources, tmp_path / "many", engine=engine, parts=3) == alone
    assert sorted(path.name for path in tmp_path.iterdir()) == ["alone", "many"]


@pytest.mark.slow
def test_a_worker_killed_in_the_middle_loses_nothing(tmp_path: Path, pair: Machines) -> None:
    scratch = scratch_of(tmp_path)
    dying = made_up.Given(tmp_path / "marks" / "two", deaths=1)
    with Cluster(pair.address) as engine:
        carry_out(made_up.works(tmp_path, two=dying), engine, scratch)
    done = sorted(path.name for path in scratch.iterdir() if path.name[0] != ".")
    assert done == ["four", "one", "three", "two"]
    assert len(list(dying.marks.iterdir())) == 2
    pair.wait_for(2)


@pytest.mark.slow
def test_a_work_that_always_kills_its_worker_is_named(tmp_path: Path) -> None:
    dying = made_up.Given(tmp_path / "marks" / "two", deaths=100)
    scratch = scratch_of(tmp_path)
    with (
        machines(tmp_path, 1) as one,
        Cluster(one.address) as engine,
        pytest.raises(NoAnswer) as caught,
    ):
        carry_out(made_up.works(tmp_path, two=dying), engine, scratch)
    assert caught.value.code == "build_worker_died"
    assert caught.value.facts["step"] == "two"
    assert caught.value.facts["found"] == len(list(dying.marks.iterdir()))


def test_the_fault_of_a_work_comes_back_whole(tmp_path: Path, pair: Machines) -> None:
    faulty = made_up.Given(tmp_path / "marks" / "two", fault="first")
    with Cluster(pair.address) as engine, pytest.raises(BadInput, match="first"):
        carry_out(made_up.works(tmp_path, two=faulty), engine, scratch_of(tmp_path))


def test_a_bad_source_is_told_and_nothing_is_left(tmp_path: Path, pair: Machines) -> None:
    recipe = write_village(tmp_path)
    sources = recipe.parent / "sources"
    table = next(sources.glob("*.csv"))
    table.write_bytes(table.read_bytes() + b"nowhere;1;2;3\n")
    out = tmp_path / "out" / "pack"
    with Cluster(pair.address, folders=(sources,)) as engine, pytest.raises(BadInput) as caught:
        build_pack(recipe, sources=sources, out=out, now=NOW, engine=engine)
    with pytest.raises(BadInput) as alone:
        build_pack(recipe, sources=sources, out=out, now=NOW)
    assert (caught.value.code, caught.value.facts) == (alone.value.code, alone.value.facts)
    assert not [
        path for path in out.parent.iterdir() if re.search("pack", path.name) and path.is_dir()
    ]


def test_no_scheduler_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "ANSWER_WITHIN_S", 1)
    for address in (f"tcp://127.0.0.1:{free_port()}", "nonsense://x", "tcp://"):
        with pytest.raises(NoAnswer, match="cluster_unreachable"), Cluster(address):
            pass


def test_a_scheduler_without_workers_is_told(tmp_path: Path) -> None:
    with machines(tmp_path) as alone:
        time.sleep(1.0)
        with pytest.raises(NoAnswer, match="cluster_without_workers"), Cluster(alone.address):
            pass


def test_a_worker_with_other_code_is_refused(
    pair: Machines, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "LIBRARIES", cluster.LIBRARIES[1:])
    cluster.code_digest.cache_clear()
    with pytest.raises(Refused, match="cluster_other_code"), Cluster(pair.address):
        pass
    monkeypatch.undo()
    cluster.code_digest.cache_clear()


def test_a_worker_that_comes_later_with_other_code_is_refused(
    tmp_path: Path, pair: Machines, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Cluster(pair.address) as engine:
        monkeypatch.setattr(cluster, "code_digest", lambda: "another")
        with pytest.raises(Refused, match="cluster_other_code"):
            carry_out(made_up.works(tmp_path), engine, scratch_of(tmp_path))


def test_a_folder_that_a_worker_does_not_see_is_told(
    tmp_path: Path, pair: Machines, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = tmp_path / "here"
    here.mkdir()
    (here / "one.csv").write_text("a")
    monkeypatch.setattr(cluster, "listing", _listing_elsewhere)
    with pytest.raises(BadInput, match="cluster_folder_unseen") as caught:
        Cluster(pair.address, folders=(here,)).__enter__()
    assert caught.value.facts["folder"] == str(here)


def _listing_elsewhere(folder: Path) -> list[tuple[str, int]]:
    """Another answer in each process."""
    return [(str(os.getpid()), 0)]


@pytest.mark.slow
def test_a_scheduler_lost_in_the_middle_is_told(tmp_path: Path) -> None:
    scratch = scratch_of(tmp_path)
    with machines(tmp_path, 1) as one, Cluster(one.address) as engine:
        engine.start(made_up.works(tmp_path)[0], scratch)
        assert engine.ended().fault is None
        os.killpg(one.scheduler.pid, signal.SIGKILL)
        with pytest.raises(NoAnswer, match="cluster_lost"):
            engine.start(made_up.works(tmp_path)[1], scratch)
            engine.ended()


def test_nothing_is_written_once_a_cluster_has_dropped_its_works(
    tmp_path: Path, pair: Machines
) -> None:
    scratch = scratch_of(tmp_path)
    slow = [made_up.Work(f"w{k}", sleep_and_write, tmp_path / f"m{k}") for k in range(4)]
    with Cluster(pair.address) as engine:
        for work in slow:
            engine.start(work, scratch)
        while not (tmp_path / "m0").exists():
            time.sleep(0.05)
        engine.drop()
        seen = sorted(path.name for path in scratch.iterdir())
        time.sleep(1.5)
        assert sorted(path.name for path in scratch.iterdir()) == seen


def sleep_and_write(mark: Path, desk: made_up.Desk) -> dict[str, int]:
    """Take a second."""
    mark.touch()
    time.sleep(1.0)
    (desk.out / "late").write_text("late")
    return {}
