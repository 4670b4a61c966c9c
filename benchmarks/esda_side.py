"""The side of esda and libpysal of `space.py`, run by a Python that has them: the house depends on neither."""

from __future__ import annotations

import json
import sys
import time
import warnings
from pathlib import Path

import esda
import geopandas
import libpysal
import numpy as np
import shapely

warnings.simplefilter("ignore")
argument = json.loads(sys.argv[1])


def local(side: int) -> tuple[float, list[float]]:
    """Time local Moran on one thread."""
    near = libpysal.weights.lat2W(side, side, rook=False)
    near.transform = "r"
    values = np.load(Path(argument["folder"]) / f"{side}.npy")
    start = time.perf_counter()
    told = esda.Moran_Local(values, near, permutations=argument["draws"], n_jobs=1, seed=1)
    p, seconds = told.p_sim, time.perf_counter() - start
    means = (told.Is.mean(), p.mean(), (p < 0.05).mean(), (p < 0.01).mean())
    return seconds, [float(one) for one in means]


def whole(side: int) -> tuple[float, float]:
    """Time Moran's I by permutations."""
    near = libpysal.weights.lat2W(side, side, rook=False)
    values = np.load(Path(argument["folder"]) / f"{side}.npy")
    start = time.perf_counter()
    told = esda.Moran(values, near, permutations=argument["draws"])
    return time.perf_counter() - start, float(told.p_sim)


def touching() -> tuple[float, int]:
    """Time queen contiguity as a graph of libpysal."""
    frame = geopandas.GeoSeries(shapely.from_wkb(np.load(argument["file"], allow_pickle=True)))
    start = time.perf_counter()
    told = libpysal.graph.Graph.build_contiguity(frame, rook=False)
    return time.perf_counter() - start, int(told.nonzero)


if argument["what"] == "local":
    local(argument["small"])
    seconds, answer = local(argument["side"])
elif argument["what"] == "whole":
    whole(argument["small"])
    seconds, answer = whole(argument["side"])
else:
    seconds, answer = touching()
print(json.dumps({"seconds": seconds, "answer": answer}))
