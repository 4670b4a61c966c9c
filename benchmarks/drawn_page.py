"""How long does the server take for the page of a drawn area, from shape to HTML?

Discs of 0.4 to 4 km anywhere in the city, none asked before, on a warm server as `site serve`
starts it; what the drawing's own steps kept for each area is forgotten before its page is timed.
The peer is the limit we set ourselves: 100 ms at the 95th percentile. The pack is the demo
city's, or the one that `COURTEPOINTE_PACK` names: the limit speaks of the whole of Montréal.
"""

from __future__ import annotations

import gc
import json
import logging
import os
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from packs import COMMAND, measured_pack

AREAS, LIMIT_S = 200, 0.100
RADII = (0.005, 0.01, 0.02, 0.05)


def seconds_of_pages() -> list[float]:
    """Draw areas as a person does, and time the page of each."""
    import django

    django.setup()
    import shapely
    from django.test import Client

    from courtepointe.doors.served import open_early, served

    open_early()
    gc.collect()
    gc.freeze()
    atlas, shelf = served().atlas, served().shelf
    comparator = atlas.find(served().pack.recipe.comparators[0].area)
    west, south, east, north = atlas.identity(comparator).bounds
    visitor, chance, taken = Client(HTTP_HOST="localhost"), random.Random(1), []
    while len(taken) < AREAS + 5:
        kept = set(shelf.held)
        centre = shapely.Point(chance.uniform(west, east), chance.uniform(south, north))
        disc = shapely.to_wkt(centre.buffer(chance.choice(RADII), quad_segs=6))
        drawn = visitor.post("/fr/tracer/", {"way": "draw", "shape": disc})
        if drawn.status_code != 302:
            continue
        form = visitor.get(drawn["Location"]).content.decode()
        fit = re.search(r'name="fit" value="(\w+)"', form)
        assert fit is not None
        named = visitor.post(drawn["Location"], {"name": "Essai", "fit": fit[1]})
        if len(taken) >= 5:
            for name in set(shelf.held) - kept:
                del shelf.held[name]
        start = time.perf_counter()
        page = visitor.get(named["Location"])
        taken.append(time.perf_counter() - start)
        assert page.status_code == 200, (page.status_code, disc)
    return sorted(taken[5:])


def main() -> None:
    """Print the median and the 95th percentile."""
    logging.disable(logging.WARNING)
    with tempfile.TemporaryDirectory(prefix="courtepointe-bench-") as told:
        folder = Path(told)
        os.environ["COURTEPOINTE_PACK"] = str(measured_pack(folder))
        os.environ["COURTEPOINTE_DATA"] = str(folder / "data")
        os.environ["DJANGO_SETTINGS_MODULE"] = "courtepointe.config.settings"
        subprocess.run([COMMAND, "site", "prepare"], check=True, stdout=sys.stderr)
        seconds = seconds_of_pages()
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    for name, part in (("median", 0.5), ("95th percentile", 0.95)):
        taken = seconds[int(len(seconds) * part)]
        line = {
            "name": f"Page of a drawn area, {name}",
            "size": f"{len(seconds)} areas",
            "ours_s": round(taken, 4),
            "ours_mb": megabytes,
            "peer": "our limit",
            "peer_s": LIMIT_S,
            "peer_mb": None,
            "ratio": round(taken / LIMIT_S, 2),
            "same_answer": taken <= LIMIT_S,
        }
        print(json.dumps(line, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    main()
