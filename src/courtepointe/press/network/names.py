"""The names of a drawing: those who bridge others, then the sectors, then the others where they fit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from courtepointe.core.network.labels import beside, place_labels
from courtepointe.core.typing import Floats, Ints
from courtepointe.press.charts.text import wrap
from courtepointe.press.maps.furniture import text
from courtepointe.press.network.lettering import (
    BOLD,
    LINE,
    SECTOR_SIZE,
    SIZE,
    name_size,
    name_wraps,
)
from courtepointe.press.network.lines import Lines
from courtepointe.press.network.patches import Patch, name_places
from courtepointe.press.network.places import Places
from courtepointe.press.network.values import Partners
from courtepointe.press.palette import Palette


@dataclass(frozen=True, slots=True)
class Name:
    """A name with a place.

    Attributes
    ----------
    node : int
        -1 for a sector.
    box : (4,) float, pixels
    """

    node: int
    lines: tuple[str, ...]
    box: Floats
    bold: bool


@dataclass(frozen=True, slots=True)
class _Wanted:
    node: int
    wraps: tuple[tuple[str, ...], ...]
    choices: Floats
    bold: bool

    def lines(self, choice: int) -> tuple[str, ...]:
        return self.wraps[choice // (len(self.choices) // len(self.wraps))]


def place_names(
    places: Places,
    partners: Partners,
    *,
    shown: Ints,
    wanted: Sequence[tuple[int, bool]],
    patches: Sequence[Patch],
    lines: Lines,
) -> tuple[Name, ...]:
    """Find a place for names; those that find none are left to the list.

    Parameters
    ----------
    places : Places
    partners : Partners
    shown : (n_shown,) int
        Organisations whose discs are drawn.
    wanted : sequence of (node, bold)
        The most telling first.
    patches : sequence of Patch
    lines : Lines
    """
    own = [_own(places, partners, node, bold=bold) for node, bold in wanted]
    asked = [one for one in own if one.bold]
    asked += [_sector(patch, partners) for patch in patches]
    asked += [one for one in own if not one.bold]
    if not asked:
        return ()
    placed = place_labels(
        [one.choices for one in asked],
        points=places.layout.positions[shown],
        radius=places.radius,
        box=np.array([places.width, places.foot]),
        lines=lines.samples(),
    )
    return tuple(
        Name(one.node, one.lines(int(choice)), box, one.bold)
        for one, choice, box in zip(asked, placed.choice, placed.boxes, strict=True)
        if choice >= 0
    )


def _sector(patch: Patch, partners: Partners) -> _Wanted:
    name = partners.sector_names[patch.sector - 1]
    rooms = (240.0, 120.0)
    wraps = tuple(dict.fromkeys(wrap(name, SECTOR_SIZE * BOLD, room) for room in rooms))
    sizes = [name_size(told, size=SECTOR_SIZE, bold=True) for told in wraps]
    return _Wanted(-1, wraps, np.concatenate([name_places(patch, size) for size in sizes]), True)


def _own(places: Places, partners: Partners, node: int, *, bold: bool) -> _Wanted:
    name = partners.names[node]
    wraps = name_wraps(name, bold=bold)
    middle = places.layout.positions[node]
    choices = [
        beside(middle, radius=places.radius, size=name_size(told, bold=bold)) for told in wraps
    ]
    return _Wanted(node, wraps, np.concatenate(choices), bold)


def name_svg(name: Name, places: Places, palette: Palette) -> str:
    """Write a name with a halo, aligned to its disc."""
    size = SECTOR_SIZE if name.node < 0 else SIZE
    colour = palette.ink_soft if name.node < 0 else palette.ink
    left, top, right, _ = name.box.tolist()
    x, anchor = (left + right) / 2, "middle"
    if name.node >= 0:
        across = float(places.layout.positions[name.node, 0])
        if left > across:
            x, anchor = left, "start"
        elif right < across:
            x, anchor = right, "end"
    more = (
        f' text-anchor="{anchor}" aria-hidden="true" pointer-events="none" stroke="{palette.paper}" '
        'stroke-width="3.2" stroke-linejoin="round" paint-order="stroke"'
    )
    if name.bold:
        more += ' font-weight="700"'
    step = size * LINE
    return "".join(
        text(
            round(x, 1), round(top + step * (n + 0.8), 1), line, colour=colour, size=size, more=more
        )
        for n, line in enumerate(name.lines)
    )
