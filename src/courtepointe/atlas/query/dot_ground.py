"""Where the people of a count live: units with their counts, and the inhabited blocks inside them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from courtepointe.atlas.figures import Measure, Status
from courtepointe.atlas.fits import FitMethod
from courtepointe.atlas.query.answers import answers
from courtepointe.atlas.query.kept import Kept
from courtepointe.atlas.query.subjects import type_asking
from courtepointe.atlas.recipe.values import Indicator
from courtepointe.core.errors import NoAnswer, Refused
from courtepointe.core.typing import Bools, Floats, Ints, Shapes

PEOPLED = ("persons", "households", "dwellings", "families")
"""Units of counts that live somewhere."""


@dataclass(frozen=True, slots=True)
class DotGround:
    """The land on which the dots of one count may lie.

    Attributes
    ----------
    unit_type : str
        ``TYPE:VINTAGE`` of the units whose counts were published.
    codes : (n_units,) tuple of str
    shapes : (n_units,) shapely, metres
    counts : (n_units,) float
        0 where there is no value.
    suppressed, missing : (n_units,) bool
        Units that have no value, by reason.
    blocks : bool
        Whether dots lie in inhabited blocks; else anywhere in their unit.
    lots : (n_lots,) shapely
        Inhabited blocks, or units.
    weights : (n_lots,) float, persons or dwellings
    unit : (n_lots,) int
        Position of each lot's unit.
    sources : tuple of str
    period : str or None
    """

    unit_type: str
    codes: tuple[str, ...]
    shapes: Shapes
    counts: Floats
    suppressed: Bools
    missing: Bools
    blocks: bool
    lots: Shapes
    weights: Floats
    unit: Ints
    sources: tuple[str, ...]
    period: str | None


def dot_ground(kept: Kept, indicator: Indicator) -> DotGround:
    """Give the ground of a count on the finest units that publish it.

    Raises
    ------
    NoAnswer
        ``dots_of_a_share`` for what is no count of people, households or dwellings;
        ``map_without_values`` where no unit has a value.
    Refused
        ``dots_protected`` for an organisation's own counts: a dot would show where people live.
    """
    if (
        indicator.measure is not Measure.COUNT
        or indicator.aggregation != "sum"
        or indicator.unit not in PEOPLED
    ):
        raise NoAnswer("dots_of_a_share", indicator=indicator.code)
    unit_type = _finest(kept, indicator)
    table = kept.pack.area_tables[unit_type]
    asking = type_asking(kept, unit_type, method=FitMethod.BEST_FIT)
    figures = [found[0] for found in answers(kept, asking, [indicator])]
    known = np.array([figure.value is not None for figure in figures])
    if not known.any():
        raise NoAnswer("map_without_values", indicator=indicator.code)
    counts = np.array([figure.value or 0.0 for figure in figures])
    suppressed = np.array([figure.status is Status.SUPPRESSED for figure in figures])
    lots, weights, unit, blocks = _lots(kept, unit_type, indicator, counts)
    first = next(figure for figure in figures if figure.value is not None)
    return DotGround(
        unit_type, table.codes, table.shapes, np.maximum(counts, 0.0), suppressed,
        ~known & ~suppressed, blocks, lots, weights, unit, first.sources, first.period,
    )  # fmt: skip


def _finest(kept: Kept, indicator: Indicator) -> str:
    """Find the finest units that publish a count; refuse an organisation's own."""
    guarded = {r.code for r in kept.pack.recipe.releases if r.protection is not None}
    for asked in kept.plan(kept.unit_types).asked:
        if any(held.code == indicator.code for held in asked.indicators):
            if asked.release in guarded:
                raise Refused("dots_protected", indicator=indicator.code)
            return asked.unit_type
    raise NoAnswer("map_without_values", indicator=indicator.code)


def _lots(
    kept: Kept, unit_type: str, indicator: Indicator, counts: Floats
) -> tuple[Shapes, Floats, Ints, bool]:
    """Give the inhabited blocks; a counted unit that has none is its own lot."""
    pack = kept.pack
    shapes = pack.area_tables[unit_type].shapes
    everywhere = np.arange(len(shapes))
    if pack.blocks is None or unit_type not in pack.blocks.unit_position:
        return shapes, np.ones(len(shapes)), everywhere, False
    people = indicator.unit == "persons"
    weights = pack.blocks.people if people else pack.blocks.dwellings
    unit = pack.blocks.unit_position[unit_type]
    lived = (unit >= 0) & (weights > 0.0)
    bare = everywhere[(np.bincount(unit[lived], minlength=len(shapes)) == 0) & (counts > 0.0)]
    return (
        np.concatenate([pack.blocks.shapes[lived], shapes[bare]]),
        np.concatenate([weights[lived], np.ones(bare.size)]),
        np.concatenate([unit[lived], bare]),
        True,
    )
