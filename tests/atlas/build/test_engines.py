"""A build does the same whatever does its works: here, in parts, in other processes, some of them killed."""

from __future__ import annotations

import os
import signal
from collections.abc import Mapping
from concurrent.futures import wait
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from tests.atlas.build.conftest import NOW

from courtepointe.atlas.build.engine import Engine, InProcess, Outcome, carry_out
from courtepointe.atlas.build.pool import MOST_DEATHS, Pool
from courtepointe.atlas.build.run import build_pack
from courtepointe.atlas.build.work import Desk, Work
from courtepointe.core.errors import BadInput, NoAnswer

ROOT = Path(__file__).resolve().parents[3]


def built(
    demo_sources: Path, out: Path, *, engine: Engine | None = None, parts: int | None = None
) -> str:
    recipe = ROOT / "recipes" / "demo.toml"
    made = build_pack(recipe, sources=demo_sources, out=out, now=NOW, engine=engine, parts=parts)
    return made.content_hash


def test_parts_and_processes_change_nothing(demo_sources: Path, tmp_path: Path) -> None:
    alone = built(demo_sources, tmp_path / "alone")
    assert built(demo_sources, tmp_path / "parts", parts=5) == alone
    with Pool(2) as pool:
        assert built(demo_sources, tmp_path / "pool", engine=pool, parts=3) == alone
    assert sorted(path.name for path in tmp_path.iterdir()) == ["alone", "parts", "pool"]


@dataclass(frozen=True)
class Given:
    """What a made-up work is told."""

    marks: Path
    deaths: int = 0
    fault: str = ""


def count_and_die(given: Given, desk: Desk) -> Mapping[str, Any]:
    """Leave a mark; die as a killed process does for the first few times."""
    given.marks.mkdir(parents=True, exist_ok=True)
    tried = len(list(given.marks.iterdir()))
    (given.marks / str(tried)).touch()
    (desk.out / "half").write_text("half")
    if tried < given.deaths:
        os.kill(os.getpid(), signal.SIGKILL)
    if given.fault:
        raise BadInput(given.fault)
    return {"tried": tried + 1}


def works(folder: Path, **special: Given) -> list[Work]:
    names = ("one", "two", "three", "four")
    return [
        Work(name, count_and_die, special.get(name, Given(folder / "marks" / name)),
             needs=("one",) if name == "four" else ())
        for name in names
    ]  # fmt: skip


def test_a_worker_killed_in_the_middle_loses_nothing(tmp_path: Path) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    dying = Given(tmp_path / "marks" / "two", deaths=1)
    with Pool(2) as pool:
        carry_out(works(tmp_path, two=dying), pool, scratch)
    assert sorted(path.name for path in scratch.iterdir() if path.name[0] != ".") == [
        "four", "one", "three", "two",
    ]  # fmt: skip
    assert len(list(dying.marks.iterdir())) == 2


def test_a_work_given_to_processes_that_just_died_is_done_all_the_same(tmp_path: Path) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    one, two, *_ = works(tmp_path, one=Given(tmp_path / "marks" / "one", deaths=1))
    with Pool(1) as pool:
        pool.start(one, scratch)
        wait(pool._under_way)
        pool.start(two, scratch)
        assert {pool.ended() for _ in range(2)} == {Outcome("one", None), Outcome("two", None)}


def test_a_work_that_always_kills_its_worker_is_named(tmp_path: Path) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    dying = Given(tmp_path / "marks" / "two", deaths=100)
    with Pool(1) as pool, pytest.raises(NoAnswer) as caught:
        carry_out(works(tmp_path, two=dying), pool, scratch)
    assert caught.value.code == "build_worker_died"
    assert caught.value.facts["step"] == "two"
    assert len(list(dying.marks.iterdir())) == MOST_DEATHS


@pytest.mark.parametrize("many", [False, True])
def test_the_first_fault_in_the_order_of_works_is_told(tmp_path: Path, many: bool) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    some = works(
        tmp_path,
        two=Given(tmp_path / "marks" / "two", fault="first"),
        three=Given(tmp_path / "marks" / "three", fault="second"),
    )
    with Pool(2) as pool, pytest.raises(BadInput, match="first"):
        carry_out(some, pool if many else InProcess(), scratch)
