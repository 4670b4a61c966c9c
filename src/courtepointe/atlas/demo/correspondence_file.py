"""The demo's correspondence file: which dissemination areas of 2021 share ground with those of 2016."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from courtepointe.atlas.demo.region import Made
from courtepointe.formats.correspondence import write_correspondence


class CorrespondenceFile:
    """The pairs, gathered region after region; codes do not cross regions."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._newer: list[str] = []
        self._older: list[str] = []
        self._percent: list[float] = []

    def add(self, made: Made) -> None:
        """Add the pairs of a region, with the part of each newer area's surface."""
        d, codes, surface = made.divisions, made.codes, made.blocks.surface_m2
        width = len(codes.da_2016)
        keys, which = np.unique(d.da * width + d.da_2016, return_inverse=True)
        shared = np.bincount(which, surface)
        whole = np.bincount(d.da, surface)
        newer, older = keys // width, keys % width
        self._newer += [codes.da[place] for place in newer.tolist()]
        self._older += [codes.da_2016[place] for place in older.tolist()]
        self._percent += (100.0 * shared / whole[newer]).tolist()

    def close(self) -> None:
        """Write the file."""
        write_correspondence(
            self._path,
            newer="2021",
            older="2016",
            newer_codes=self._newer,
            older_codes=self._older,
            surface_percent=np.minimum(np.array(self._percent), 100.0),
        )
