"""The patchwork mark: a small quilt block for each area, drawn from its code.

Decoration only: hidden from screen readers, and never the sole sign of anything.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from itertools import permutations

from courtepointe.press.palette import PALETTES, Scheme

CELLS = 4
"""Patches of a quarter block; the block is the quarter turned four times."""
MOTIFS = ("plain", "triangle", "corner", "stripe", "square", "plain")
UNIT = 6
SIDE = 4 * UNIT


@dataclass(frozen=True, slots=True)
class Patch:
    """One patch: its motif, the colour of its ground and that of its motif (0-2 in the trio)."""

    motif: str
    ground: int
    top: int


@dataclass(frozen=True, slots=True)
class Block:
    """A mark before it is drawn: three colours of the palette, four patches of a quarter."""

    colours: tuple[int, int, int]
    quarter: tuple[Patch, ...]


def block(code: str) -> Block:
    """Choose a block from a code; the same code gives the same block, for ever.

    A block that would be nearly plain is passed over for the next one of the same code.
    """
    attempt = 0
    while True:
        made = _block(f"{code}#{attempt}")
        if is_rich(made):
            return made
        attempt += 1


def is_rich(made: Block) -> bool:
    """Say whether a block shows its three colours and at least two patches that are not plain."""
    patterned = [patch for patch in made.quarter if patch.motif != "plain"]
    shown = {patch.ground for patch in made.quarter} | {patch.top for patch in patterned}
    grounds = {patch.ground for patch in made.quarter}
    return len(patterned) >= 2 and len(shown) == 3 and len(grounds) >= 2


def _block(text: str) -> Block:
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    trios = list(permutations(range(6), 3))
    colours = trios[int.from_bytes(digest[:2], "big") % len(trios)]
    quarter = tuple(_patch(digest[2 + 2 * n], digest[3 + 2 * n]) for n in range(CELLS))
    return Block(colours, quarter)


def _patch(first: int, second: int) -> Patch:
    """Choose a patch; its two colours always differ."""
    ground = second % 3
    return Patch(MOTIFS[first % len(MOTIFS)], ground, (ground + 1 + (second // 3) % 2) % 3)


def patch_mark(code: str, *, size: float = 48, scheme: Scheme | str = Scheme.LIGHT) -> str:
    """Draw an area's mark as SVG, legible from 24 to 96 pixels."""
    made = block(code)
    palette = PALETTES[Scheme(scheme)]
    colours = [palette.categories[n] for n in made.colours]
    cells = "".join(
        _cell(patch, colours, UNIT * (n % 2), UNIT * (n // 2))
        for n, patch in enumerate(made.quarter)
    )
    half = SIDE // 2
    turned = "".join(f'<g transform="rotate({90 * k} {half} {half})">{cells}</g>' for k in range(4))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="patch-mark" width="{size:g}" '
        f'height="{size:g}" viewBox="0 0 {SIDE} {SIDE}" aria-hidden="true" focusable="false">'
        f'<rect width="{SIDE}" height="{SIDE}" fill="{palette.paper}"/>{turned}</svg>'
    )


def _cell(patch: Patch, colours: list[str], x: int, y: int) -> str:
    ground, top = colours[patch.ground], colours[patch.top]
    u = UNIT
    drawn = f'<path d="M{x} {y}h{u}v{u}h-{u}z" fill="{ground}"/>'
    shapes = {
        "triangle": f"M{x} {y}h{u}l-{u} {u}z",
        "corner": f"M{x + u} {y}v{u}h-{u}z",
        "stripe": f"M{x} {y + u // 3}h{u}v{u // 3}h-{u}z",
        "square": f"M{x + 1.5:g} {y + 1.5:g}h3v3h-3z",
    }
    if patch.motif in shapes:
        drawn += f'<path d="{shapes[patch.motif]}" fill="{top}"/>'
    return drawn
