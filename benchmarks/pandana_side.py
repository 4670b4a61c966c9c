"""Pandana's side of `access.py`, run by a Python that has it: the house does not depend on pandana."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import numpy as np
import pandana
import pandas as pd

argument = json.loads(sys.argv[1])
folder = Path(argument["folder"])
points, one, other, length, hubs = (
    np.load(folder / f"{name}.npy")
    for name in ("points", "from_node", "to_node", "length_m", "hubs")
)
start = time.perf_counter()
network = pandana.Network(
    pd.Series(points[:, 0]), pd.Series(points[:, 1]), pd.Series(one), pd.Series(other),
    pd.DataFrame({"length": length}), twoway=True,
)  # fmt: skip
metres = argument["metres"]
network.precompute(metres)
network.set_pois(
    "hubs", metres, argument["k"], pd.Series(points[hubs, 0]), pd.Series(points[hubs, 1])
)
found = network.nearest_pois(metres, "hubs", num_pois=argument["k"], include_poi_ids=True)
seconds = time.perf_counter() - start
reached = int((found[1].to_numpy() < metres).sum())
print(json.dumps({"seconds": seconds, "answer": reached}))
