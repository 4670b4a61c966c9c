"""A custom tabulation: what the publisher counts on order inside limits that a client gave."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import shapely

from courtepointe.atlas.demo.chance import generator
from courtepointe.atlas.demo.disclosure import rounded
from courtepointe.atlas.demo.region import Made
from courtepointe.core.typing import Ints

COLUMNS = {
    "Total - Âge": 8,
    "0 à 14 ans": 9,
    "15 à 64 ans": 13,
    "65 ans et plus": 24,
    "Total - Ménages privés": 50,
    "1 personne": 51,
    "Total - Univers de la MFR-Apl": 335,
    "Sous la MFR-Apl": 340,
}
"""Heading in the table -> characteristic of the profile."""
GEOGRAPHY = "Géographie"
FEWEST = 100
"""Areas made of blocks or postal codes are told from 100 people on."""
CONFIDENTIAL = "x"


class OrderedTable:
    """The table of the quarters, growing region after region."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True)
        self._path = folder / "CO-2417_quartiers_sociologiques_2021.csv"
        self._rows: list[tuple[object, ...]] = []

    def add(self, made: Made) -> None:
        """Count the people of each quarter: those of the blocks whose middle lies inside."""
        quarters = made.quarters
        part = quarter_of_blocks(made)
        inside = part >= 0
        within = np.where(inside, part, len(quarters.codes))
        tally = made.tally.over(within, len(quarters.codes) + 1)
        rng = generator(made.seed, region=made.region.index, topic="ordered_table")
        told = [rounded(tally.of(one).astype(np.float64), rng=rng) for one in COLUMNS.values()]
        for place, (code, name) in enumerate(zip(quarters.codes, quarters.names, strict=True)):
            few = tally.population[place] < FEWEST
            cells = [CONFIDENTIAL if few else int(column[place]) for column in told]
            self._rows.append((f"{name} ({code})", *cells))

    def close(self) -> None:
        """Write the table."""
        with self._path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow((GEOGRAPHY, *COLUMNS))
            writer.writerows(self._rows)


def quarter_of_blocks(made: Made) -> Ints:
    """Give the quarter that holds the middle of each block, the first where two do; -1 for none."""
    points = shapely.point_on_surface(made.blocks.shapes)
    block, quarter = shapely.STRtree(made.limits).query(points, predicate="intersects")
    found = np.full(len(points), len(made.limits), dtype=np.int64)
    np.minimum.at(found, block, quarter)
    return np.where(found == len(made.limits), -1, found)
