"""What an organisation counts itself: households helped by a food pantry, small counts and all."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np

from courtepointe.atlas.demo.chance import generator
from courtepointe.atlas.demo.region import Made

HEAD = ("aire_de_diffusion", "menages_aides", "dont_avec_enfants", "dont_sans_enfants")
LOW_INCOME_TOTAL, LOW_INCOME = 335, 340
HELPED_OF_POOR, HELPED_OF_OTHERS = 0.18, 0.004
WITH_CHILDREN = 0.4


class OwnData:
    """The pantry's table, growing region after region; it serves the first region only."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True)
        self._path = folder / "comptoir_menages_aides_2021.csv"
        self._rows: list[tuple[object, ...]] = []

    def add(self, made: Made) -> None:
        """Count the households helped in each dissemination area of 2021."""
        if made.region.index > 0:
            return
        rng = generator(made.seed, region=made.region.index, topic="pantry")
        n_das = len(made.codes.da)
        tally = made.tally.over(made.divisions.da, n_das)
        everyone = np.maximum(tally.of(LOW_INCOME_TOTAL), 1)
        poor = tally.of(LOW_INCOME) / everyone
        odds = poor * HELPED_OF_POOR + (1.0 - poor) * HELPED_OF_OTHERS
        helped = rng.binomial(tally.occupied, odds)
        children = rng.binomial(helped, WITH_CHILDREN)
        for code, n, with_children in zip(made.codes.da, helped, children, strict=True):
            row = (code, int(n), int(with_children), int(n - with_children))
            self._rows.append(row)

    def close(self) -> None:
        """Write the table."""
        with self._path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file, delimiter=";")
            writer.writerow(HEAD)
            writer.writerows(self._rows)
