"""Measure ours and a peer in turn, each in a fresh process, and print one JSON line a comparison.

A benchmark file names its sides (functions of one dictionary that give a small answer) and its
questions, and ends with ``measure.answer(SIDES, questions)``:

    python benchmarks/census_profile.py             every question of the file
    python benchmarks/census_profile.py --rounds 3

Seconds are the wall time of the side's function, imports left out, a compiled function's loading
left in, unless the side times itself (`Timed`); the median of the rounds. Megabytes are the greatest resident memory of the whole process,
imports included; the median too. `same_answer` compares what the two sides gave.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Side = Callable[[Mapping[str, Any]], Any]


@dataclass(frozen=True)
class Question:
    """What is asked of each side.

    Attributes
    ----------
    name : str
        What is measured.
    size : str
        On how much, for people: ``"200 MB, 900,000 rows"``.
    argument : mapping
        Given to both sides, as JSON.
    peers : tuple of (str, str)
        Name of the peer for people, name of its side.
    ours : str
        Name of our side.
    tolerance : float
        Relative, for numbers of the two answers.
    """

    name: str
    size: str
    argument: Mapping[str, Any]
    peers: tuple[tuple[str, str], ...]
    ours: str = "ours"
    tolerance: float = field(default=1e-9)


@dataclass(frozen=True)
class Run:
    """One run of one side."""

    seconds: float
    megabytes: float
    answer: Any


@dataclass(frozen=True)
class Timed:
    """What a side gives that times itself, to leave its preparation out."""

    seconds: float
    answer: Any


def answer(sides: Mapping[str, Side], questions: Callable[[Path], Iterator[Question]]) -> None:
    """Run as a side when asked to, else measure every question and print its lines.

    Parameters
    ----------
    sides : mapping of str to function
    questions : function
        Of a temporary folder, for the files that the questions need.
    """
    parser = argparse.ArgumentParser()
    parser.add_argument("--side", help="run one side once (used by the harness itself)")
    parser.add_argument("--argument", default="{}")
    parser.add_argument("--rounds", type=int, default=5)
    asked = parser.parse_args()
    if asked.side:
        _run_here(sides[asked.side], json.loads(asked.argument))
        return
    with tempfile.TemporaryDirectory(prefix="courtepointe-bench-") as folder:
        for question in questions(Path(folder)):
            for line in compare(question, rounds=asked.rounds):
                print(json.dumps(line, ensure_ascii=False), flush=True)


def compare(question: Question, *, rounds: int) -> Iterator[dict[str, Any]]:
    """Run all sides in turn, round after round, after one run each that does not count."""
    names = [question.ours, *(side for _, side in question.peers)]
    runs: dict[str, list[Run]] = {name: [] for name in names}
    for count in range(rounds + 1):
        for name in names:
            run = _run_apart(name, question.argument)
            if count:
                runs[name].append(run)
    ours = runs[question.ours]
    for peer, side in question.peers:
        theirs = runs[side]
        yield {
            "name": question.name,
            "size": question.size,
            "ours_s": round(_seconds(ours), 4),
            "ours_mb": round(_megabytes(ours)),
            "peer": peer,
            "peer_s": round(_seconds(theirs), 4),
            "peer_mb": round(_megabytes(theirs)),
            "ratio": round(_seconds(ours) / _seconds(theirs), 2),
            "same_answer": _same(ours[0].answer, theirs[0].answer, question.tolerance),
        }


def _seconds(runs: list[Run]) -> float:
    return statistics.median(run.seconds for run in runs)


def _megabytes(runs: list[Run]) -> float:
    return statistics.median(run.megabytes for run in runs)


def _run_here(side: Side, argument: Mapping[str, Any]) -> None:
    started = time.perf_counter()
    given = side(argument)
    seconds = time.perf_counter() - started
    if isinstance(given, Timed):
        seconds, given = given.seconds, given.answer
    print(json.dumps({"seconds": seconds, "answer": given}))


def _run_apart(side: str, argument: Mapping[str, Any]) -> Run:
    """Run a side in a process of its own; its peak memory comes from the system's account of it."""
    command = [sys.executable, sys.argv[0], "--side", side, "--argument", json.dumps(argument)]
    with tempfile.TemporaryFile() as told:
        process = subprocess.Popen(command, stdout=told)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            raise SystemExit(f"{side} failed with exit code {process.returncode}")
        told.seek(0)
        last = json.loads(told.read().splitlines()[-1])
    unit = 1 if sys.platform == "darwin" else 1024
    return Run(last["seconds"], usage.ru_maxrss * unit / 1e6, last["answer"])


def _same(one: Any, other: Any, tolerance: float) -> bool:
    if isinstance(one, float | int) and isinstance(other, float | int):
        return math.isclose(one, other, rel_tol=tolerance, abs_tol=tolerance)
    if isinstance(one, list) and isinstance(other, list):
        pairs = zip(one, other, strict=False)
        return len(one) == len(other) and all(_same(a, b, tolerance) for a, b in pairs)
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(
            _same(one[key], other[key], tolerance) for key in one
        )
    return bool(one == other)
