"""Needs, and what serves them: where nothing does, and where people do, never fewer than five told."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import shapely

from courtepointe.core.disclosure import is_small
from courtepointe.places.assets.lists import ASSETS, NEEDS, words
from courtepointe.places.assets.values import ContributionSeen, NeedServed
from courtepointe.places.collecting.gather import SILENT

FEWEST = 5


def served_needs(
    found: Iterable[ContributionSeen], *, within: shapely.Geometry | None = None
) -> tuple[NeedServed, ...]:
    """Count what serves each need.

    Parameters
    ----------
    found : iterable of ContributionSeen
        What one reader may see: nothing else is counted.
    within : geometry in longitude and latitude, or None
        Only places inside it; people have no point and are counted in the whole workspace.
        A place without a point is counted everywhere: it is somewhere.

    Notes
    -----
    Counts of people stand alone: no total holds them, no area parts them, so that nothing can be
    subtracted from anything.
    """
    held = [one for one in found if one.kind == "asset"]
    if within is not None:
        shapely.prepare(within)
    needs = [need for need in words(ASSETS, NEEDS) if need not in SILENT]
    serving = [[one for one in held if need in one.needs] for need in needs]
    people = np.array([sum(one.is_person for one in ones) for ones in serving], dtype=np.float64)
    few = is_small(people, least=FEWEST)
    return tuple(
        NeedServed(
            need,
            sum(not one.is_person and _is_in(one, within) for one in ones),
            None if few[n] else int(people[n]),
        )
        for n, (need, ones) in enumerate(zip(needs, serving, strict=True))
    )


def _is_in(one: ContributionSeen, within: shapely.Geometry | None) -> bool:
    if within is None or one.spot is None:
        return True
    return bool(shapely.contains_xy(within, one.spot.longitude, one.spot.latitude))
