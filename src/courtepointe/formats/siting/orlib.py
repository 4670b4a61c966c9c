"""Uncapacitated p-median problems of OR-Library (J. E. Beasley): a network, and how many sites."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from courtepointe.core.errors import BadInput
from courtepointe.core.typing import Floats, Ints
from courtepointe.formats.siting.text import number, text_lines, whole_number

HEADER = 3
MOST_VERTICES = 20_000
"""Distances between all pairs are held as a table."""


@dataclass(frozen=True, slots=True)
class OrLib:
    """A network whose vertices are places and sites alike.

    Attributes
    ----------
    n_vertices, n_open : int
    ends : (n_edges, 2) int
        From 0; an edge goes both ways.
    cost : (n_edges,) float
    """

    n_vertices: int
    n_open: int
    ends: Ints
    cost: Floats


def read_orlib(path: Path) -> OrLib:
    """Read a file such as pmed1.txt: ``vertices edges p``, then ``i j cost`` for each edge.

    Where an edge is listed twice the last cost counts, as the publisher says.

    Raises
    ------
    BadInput
        ``siting_file_missing``, ``siting_file_value``, ``siting_file_short``.
    """
    lines = [(row, line.split()) for row, line in text_lines(path) if line.strip()]
    if not lines or len(lines[0][1]) != HEADER:
        told = " ".join(lines[0][1]) if lines else ""
        raise BadInput(
            "siting_file_value", file=path.name, row=lines[0][0] if lines else 1, value=told,
            expected="vertices edges p",
        )  # fmt: skip
    row, header = lines[0]
    n, n_edges, n_open = (
        whole_number(one, file=path.name, row=row, least=least, most=most)
        for one, least, most in zip(header, (1, 0, 1), (MOST_VERTICES, 10**9, 10**9), strict=True)
    )
    if len(lines) - 1 != n_edges:
        raise BadInput("siting_file_short", file=path.name, value=len(lines) - 1, expected=n_edges)
    return OrLib(n, n_open, *_edges(lines[1:], n, path.name))


def _edges(lines: list[tuple[int, list[str]]], n: int, file: str) -> tuple[Ints, Floats]:
    held: dict[tuple[int, int], float] = {}
    for row, cells in lines:
        if len(cells) != HEADER:
            raise BadInput(
                "siting_file_value", file=file, row=row, value=" ".join(cells), expected="i j cost"
            )
        one, other = (
            whole_number(cell, file=file, row=row, least=1, most=n) - 1 for cell in cells[:2]
        )
        held[min(one, other), max(one, other)] = number(cells[2], file=file, row=row, least=0.0)
    ends = np.array(list(held), dtype=np.int64).reshape(-1, 2)
    return ends, np.array(list(held.values()), dtype=np.float64)
