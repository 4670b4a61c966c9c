"""How names are broken into lines, and how much room they take."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from courtepointe.core.typing import Floats
from courtepointe.press.charts.text import width as text_width
from courtepointe.press.charts.text import wrap_at_most

SIZE, SECTOR_SIZE = 11.5, 12.5
LINE = 1.16
BOLD = 1.07
"""How much wider bold letters are."""
ROOMS = (112.0, 88.0, 150.0, 260.0)
"""Widths that a name is broken at, the best liked first."""
MOST_LINES = 3


def name_wraps(name: str, *, bold: bool) -> tuple[tuple[str, ...], ...]:
    """Break a name in several ways, the best liked first; none cuts a word, unless all would."""
    size = SIZE * (BOLD if bold else 1.0)
    made = dict.fromkeys(wrap_at_most(name, size, room, lines=MOST_LINES) for room in ROOMS)
    whole = tuple(lines for lines in made if " ".join(lines) == name)
    return whole or (wrap_at_most(name, size, ROOMS[-1], lines=MOST_LINES),)


def name_size(lines: Sequence[str], *, size: float = SIZE, bold: bool) -> Floats:
    """Give the width and the height of lines: (2,) float, pixels."""
    wide = max(text_width(line, size) for line in lines) * (BOLD if bold else 1.0)
    return np.array([wide, len(lines) * size * LINE + 1.0])
