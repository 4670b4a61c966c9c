"""Run spopt (with HiGHS) or pbp-pmedian on a problem, in an environment of their own.

    python -m venv peers && peers/bin/pip install spopt highspy pbp-pmedian
    COURTEPOINTE_SITING_PEERS=peers/bin/python python benchmarks/siting.py

Called by `siting.py` with the name of the peer and a file of arrays; prints seconds and the objective.
"""

from __future__ import annotations

import json
import sys
import time
import warnings
from collections.abc import Callable
from typing import Any

import numpy as np


def pbp(given: Any) -> float:
    """Solve a p-median with pbp-pmedian."""
    from pbp_pmedian import solve

    return float(solve(np.ascontiguousarray(given["distance"].T), p=int(given["n_open"]))[0])


def spopt_median(given: Any) -> float:
    """Solve a p-median with spopt and HiGHS."""
    import pulp
    from spopt.locate import PMedian

    people = np.ones(len(given["distance"]))
    made = PMedian.from_cost_matrix(given["distance"], people, p_facilities=int(given["n_open"]))
    return float(made.solve(pulp.HiGHS(msg=False, gapRel=0)).problem.objective.value())


def spopt_cover(given: Any) -> float:
    """Solve a maximal covering with spopt and HiGHS."""
    import pulp
    from spopt.locate import MCLP

    made = MCLP.from_cost_matrix(
        given["distance"], given["people"], service_radius=float(given["limit"]),
        p_facilities=int(given["n_open"]),
    )  # fmt: skip
    return float(made.solve(pulp.HiGHS(msg=False, gapRel=0)).problem.objective.value())


PEERS: dict[str, Callable[[Any], float]] = {
    "pbp": pbp,
    "spopt_median": spopt_median,
    "spopt_cover": spopt_cover,
}


def main() -> None:
    """Solve once what is asked; imports are not counted."""
    warnings.simplefilter("ignore")
    name, file = sys.argv[1:]
    given = np.load(file)
    small = {
        "distance": np.arange(20.0).reshape(5, 4),
        "people": np.ones(5),
        "limit": 5,
        "n_open": 1,
    }
    PEERS[name](small)
    start = time.perf_counter()
    told = PEERS[name](given)
    print(json.dumps({"seconds": time.perf_counter() - start, "answer": told}))


if __name__ == "__main__":
    main()
