"""Points of TSPLIB files (G. Reinelt)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from courtepointe.core.errors import BadInput
from courtepointe.core.typing import Floats
from courtepointe.formats.siting.text import number, text_lines, whole_number

PLANAR = "EUC_2D"
POINTS = "NODE_COORD_SECTION"
MOST_POINTS = 5_000_000


def read_tsplib(path: Path) -> Floats:
    """Read the points of a file whose distances are straight lines in the plane.

    Returns
    -------
    (n_points, 2) float
        In the order of the file.

    Raises
    ------
    BadInput
        ``siting_file_missing``, ``siting_file_value``, ``siting_file_short``.
    """
    heads: dict[str, tuple[int, str]] = {}
    lines = iter(text_lines(path))
    for row, line in lines:
        name, _, told = line.partition(":")
        if name.strip() == POINTS:
            break
        heads[name.strip()] = (row, told.strip())
    else:
        raise BadInput("siting_file_value", file=path.name, row=1, value="…", expected=POINTS)
    row, kind = heads.get("EDGE_WEIGHT_TYPE", (1, "…"))
    if kind != PLANAR:
        raise BadInput("siting_file_value", file=path.name, row=row, value=kind, expected=PLANAR)
    row, dimension = heads.get("DIMENSION", (1, "…"))
    expected = whole_number(dimension, file=path.name, row=row, least=1, most=MOST_POINTS)
    points = _points(lines, path.name)
    if len(points) != expected:
        raise BadInput("siting_file_short", file=path.name, value=len(points), expected=expected)
    return points


def _points(lines: Iterator[tuple[int, str]], file: str) -> Floats:
    told: list[tuple[float, float]] = []
    for row, line in lines:
        cells = line.split()
        if not cells or cells == ["EOF"]:
            break
        if len(cells) != 3:
            raise BadInput("siting_file_value", file=file, row=row, value=line, expected="i x y")
        told.append((number(cells[1], file=file, row=row), number(cells[2], file=file, row=row)))
    return np.array(told, dtype=np.float64).reshape(-1, 2)
