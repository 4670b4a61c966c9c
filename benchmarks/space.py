"""How soon is it known where values gather, beside esda?

Local Moran with 999 conditional permutations, on one thread, of 10,000 and of 60,000 units (squares and their eight
neighbours, weights that add up to 1); then Moran's I with as many; then which of 10,000 bent cells touch. Neighbours
are made beforehand but in the last, and each side has answered a small question first: what is compiled is compiled.
Answers agree within what chance moves: the mean index, the mean of pseudo p (one-sided, as esda's) and the parts of
units with p under 0.05 and 0.01.

    python -m venv peers && peers/bin/pip install esda libpysal
    COURTEPOINTE_SPACE_PEERS=peers/bin/python python benchmarks/space.py

Without that environment nothing is asked, and standard error says so.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import shapely

import measure
from courtepointe.core.space import contiguity, local_moran, moran_dealt, within_distance

ESDA = os.environ.get("COURTEPOINTE_SPACE_PEERS", "")
SMALL = 12
DRAWS = 999
ALIKE = 0.03


def values_of(side: int) -> np.ndarray:
    """Draw values of which a corner is higher."""
    rng = np.random.default_rng(side)
    place = np.arange(side * side)
    high = (place % side < side // 4) & (place // side < side // 4)
    drawn: np.ndarray = rng.normal(size=side * side) + 0.8 * high
    return drawn


def cells(n: int) -> np.ndarray:
    """Cut a square into cells around points."""
    points = shapely.MultiPoint(np.random.default_rng(n).uniform(0.0, 1e5, (n, 2)))
    whole = shapely.box(0.0, 0.0, 1e5, 1e5)
    parts = shapely.get_parts(shapely.voronoi_polygons(points, extend_to=whole))
    return np.asarray(shapely.intersection(parts, whole))


def lattice(side: int) -> Any:
    """Make the eight neighbours of squares."""
    row, column = np.divmod(np.arange(side * side), side)
    points = np.column_stack([column, row]).astype(np.float64)
    return within_distance(points, limit_m=1.5).standardised()


def local(argument: Mapping[str, Any]) -> measure.Timed:
    """Time our local Moran."""
    rng = np.random.default_rng(1)
    local_moran(values_of(SMALL), lattice(SMALL), rng=rng, n_draws=DRAWS)
    near, values = lattice(argument["side"]), values_of(argument["side"])
    start = time.perf_counter()
    told = local_moran(values, near, rng=rng, n_draws=DRAWS)
    p, seconds = told.p_folded, time.perf_counter() - start
    return measure.Timed(seconds, [float(told.index.mean()), float(p.mean()),
                                   float((p < 0.05).mean()), float((p < 0.01).mean())])  # fmt: skip


def whole(argument: Mapping[str, Any]) -> measure.Timed:
    """Time our Moran's I by deals."""
    near, values = lattice(argument["side"]), values_of(argument["side"])
    start = time.perf_counter()
    p = moran_dealt(values, near, rng=np.random.default_rng(1), n_draws=DRAWS)
    return measure.Timed(time.perf_counter() - start, p)


def touching(argument: Mapping[str, Any]) -> measure.Timed:
    """Time our contiguity."""
    shapes = shapely.from_wkb(np.load(argument["file"], allow_pickle=True))
    start = time.perf_counter()
    told = contiguity(shapes)
    return measure.Timed(time.perf_counter() - start, int(told.unit.size))


def by_esda(argument: Mapping[str, Any]) -> measure.Timed:
    """Hand the process over to the Python that has esda."""
    script = str(Path(__file__).with_name("esda_side.py"))
    os.execv(ESDA, [ESDA, script, json.dumps(dict(argument))])


def questions(folder: Path) -> Iterator[measure.Question]:
    """Ask about a city's units and a country's."""
    if not ESDA:
        print(
            "COURTEPOINTE_SPACE_PEERS names no Python with esda: nothing to compare.",
            file=sys.stderr,
        )
        return
    for side in (100, 245):
        np.save(folder / f"{side}.npy", values_of(side))
        np.save(folder / f"{SMALL}.npy", values_of(SMALL))
        argument = {"folder": str(folder), "side": side, "small": SMALL, "draws": DRAWS}
        size = f"{side * side:,} units, {DRAWS} permutations"
        yield measure.Question(
            "local Moran", size, {**argument, "what": "local"}, (("esda 2.9", "by_esda"),),
            ours="local", tolerance=ALIKE,
        )  # fmt: skip
        yield measure.Question(
            "Moran's I",
            size,
            {**argument, "what": "whole"},
            (("esda 2.9", "by_esda"),),
            ours="whole",
        )
    file = folder / "cells.npy"
    np.save(file, np.array(shapely.to_wkb(cells(10_000)), dtype=object), allow_pickle=True)
    argument = {"file": str(file), "what": "touching"}
    peers = (("libpysal 4.14", "by_esda"),)
    yield measure.Question("queen contiguity", "10,000 cells", argument, peers, ours="touching")


if __name__ == "__main__":
    measure.answer(
        {"local": local, "whole": whole, "touching": touching, "by_esda": by_esda}, questions
    )
