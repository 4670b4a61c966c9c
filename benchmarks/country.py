"""How long does a country take to answer: the portrait of a drawn area, the data of a shaded map?

The pack of the synthetic Canada (57,936 dissemination areas, 512,694 blocks, 329 characteristics, two censuses):

    courtepointe atlas demo --out FOLDER --size 57936 --jobs 2
    courtepointe atlas build recipes/country.toml --sources FOLDER --out PACK --workers 2
    COURTEPOINTE_COUNTRY_PACK=PACK python benchmarks/country.py

Without that setting there is nothing to measure, and nothing is printed. Discs of 0.5 to 60 km around
blocks, as many of each size (the largest hold 30 % of the units), fixed seed, none asked before; every indicator over all dissemination areas, none asked before, as the
API writes it. The peer is the limit we set ourselves: 60 ms and 100 ms at the 95th percentile.
"""

from __future__ import annotations

import json
import os
import random
import resource
import sys
import time
from pathlib import Path

import numpy as np
import orjson
import shapely

from courtepointe.atlas.pack.open import open_pack
from courtepointe.atlas.query.areas import moved, to_degrees
from courtepointe.atlas.query.atlas import Atlas
from courtepointe.atlas.recipe.values import Words
from courtepointe.core.errors import CourtepointeError, NoAnswer
from courtepointe.core.fit import compile_ahead
from courtepointe.press.maps.asked import MapAsked
from courtepointe.press.maps.moving import shades_of

AREAS, PORTRAIT_S, MAP_S = 200, 0.060, 0.100
UNITS = "dissemination_area:2021"
BLOCKS = "dissemination_block:2021"
RADII_M = (500.0, 2_000.0, 10_000.0, 60_000.0)


def portraits(atlas: Atlas) -> list[float]:
    """Time portraits of discs around blocks."""
    chance, taken = random.Random(1), []
    blocks = atlas.pack.area_tables[BLOCKS].shapes
    while len(taken) < AREAS + 5:
        disc = chance.choice(blocks).centroid.buffer(chance.choice(RADII_M), quad_segs=6)
        drawn = moved(disc, to_degrees(atlas.pack))
        start = time.perf_counter()
        try:
            atlas.portrait_of_shape(drawn, name=Words("Ici", "Here"))
        except NoAnswer:
            continue
        taken.append(time.perf_counter() - start)
    return sorted(taken[5:])


def maps(atlas: Atlas) -> tuple[list[float], int]:
    """Time the data of maps; give also how many indicators have none."""
    taken, without = [], 0
    atlas.columns_for_type(UNITS, "population")
    for one in atlas.pack.recipe.indicators:
        start = time.perf_counter()
        try:
            found = shades_of(atlas, MapAsked(UNITS, one.code), lang="fr")
        except CourtepointeError:
            without += 1
            continue
        columns = found.columns
        numbers = [
            np.ascontiguousarray(one.round(4)) for one in (columns.value, columns.low, columns.high)
        ]
        orjson.dumps([columns.codes, found.place, *numbers], option=orjson.OPT_SERIALIZE_NUMPY)
        taken.append(time.perf_counter() - start)
        if taken[-1] > 1.0:
            print(f"{one.code}: {taken[-1]:.1f} s", file=sys.stderr)
    return sorted(taken), without


def main() -> None:
    """Print the median and the 95th percentile of both."""
    named = os.environ.get("COURTEPOINTE_COUNTRY_PACK")
    if not named:
        print("COURTEPOINTE_COUNTRY_PACK names no pack: nothing measured.", file=sys.stderr)
        return
    atlas = Atlas(open_pack(Path(named)))
    compile_ahead()
    shapely.prepare(atlas.pack.area_tables[UNITS].shapes)
    drawn = portraits(atlas)
    shaded, without = maps(atlas)
    print(f"{without} indicators without a map", file=sys.stderr)
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    for what, seconds, limit in (("Portrait of a drawn area", drawn, PORTRAIT_S),
                                 ("Data of a shaded map", shaded, MAP_S)):  # fmt: skip
        for name, part in (("median", 0.5), ("95th percentile", 0.95)):
            taken = seconds[int(part * len(seconds))]
            line = {"name": f"{what}, {name}", "size": f"{len(seconds)} questions", "ours_s": round(taken, 4),
                    "ours_mb": megabytes, "peer": "our limit", "peer_s": limit, "peer_mb": None,
                    "ratio": round(taken / limit, 2), "same_answer": taken <= limit}  # fmt: skip
            print(json.dumps(line), flush=True)


if __name__ == "__main__":
    main()
