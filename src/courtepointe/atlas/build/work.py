"""A work: a step of the build with all that it is given, done anywhere, leaving files in one folder.

A step is a plain function of a frozen value and a `Desk`. It writes into its own folder only and
reads only sources and the folders of works that it names, so that any process that sees the same
disk may do it, twice if need be, and the outcome is the same.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

TOLD = "told.json"
PACK = "pack"
"""Where a step writes what belongs to the pack, under its own folder."""


@dataclass(frozen=True, slots=True)
class Desk:
    """Where a step writes, and where the steps before it wrote.

    Attributes
    ----------
    scratch : Path
        With a folder for each work that is done.
    out : Path
        The folder of this work, to be filled.
    """

    scratch: Path
    out: Path

    def of(self, name: str) -> Path:
        """Give the folder of an earlier work."""
        return self.scratch / name

    def told(self, name: str) -> dict[str, Any]:
        """Read what an earlier work told."""
        return read_told(self.scratch, name)


Step = Callable[[Any, Desk], Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Work:
    """One step to be done on one part of what is built.

    Attributes
    ----------
    name : str
        Of its folder; no two works share one.
    step : function
        Of the top level of a module, so that it can be named to another process.
    given : frozen value
    needs : tuple of str
        Works whose folders it reads; all stand before it.
    label : str
        What a person who waits is told.
    size : int
        How much of that this work is.
    """

    name: str
    step: Step
    given: Any
    needs: tuple[str, ...] = ()
    label: str = "areas"
    size: int = 1


@dataclass(frozen=True, slots=True)
class Part:
    """The how-manieth part of something cut in equal runs.

    Attributes
    ----------
    number : int
        From 0.
    of : int
    """

    number: int = 0
    of: int = 1

    def bounds(self, n: int) -> tuple[int, int]:
        """Give where it begins and ends among ``n``."""
        return self.number * n // self.of, (self.number + 1) * n // self.of


WHOLE = Part()


def do(work: Work, scratch: Path) -> None:
    """Do a work beside its place, and give it its place in one go when it is whole.

    Parameters
    ----------
    work : Work
    scratch : Path

    Notes
    -----
    A process that dies half-way leaves nothing under the work's name. A work that is done twice,
    because the first answer was lost, leaves what the first one left.
    """
    out = Path(tempfile.mkdtemp(prefix=f".{work.name}-", dir=scratch))
    try:
        told = work.step(work.given, Desk(scratch, out))
        text = json.dumps(told, ensure_ascii=False, allow_nan=False)
        (out / TOLD).write_text(text, encoding="utf-8")
        _give_place(out, scratch / work.name)
    finally:
        shutil.rmtree(out, ignore_errors=True)


def _give_place(out: Path, place: Path) -> None:
    try:
        out.rename(place)
    except OSError:
        if not (place / TOLD).is_file():
            raise


def read_told(scratch: Path, name: str) -> dict[str, Any]:
    """Read what a work told."""
    told: dict[str, Any] = json.loads((scratch / name / TOLD).read_text(encoding="utf-8"))
    return told
