"""In which area of the atlas a point lies, and whether a label that was published says the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from courtepointe.atlas.build.places import same_word
from courtepointe.atlas.pack.values import AreaTable, Pack
from courtepointe.atlas.query.areas import area_table, position_of, to_metres
from courtepointe.atlas.query.values import AreaKey
from courtepointe.core.typing import Floats

Point = tuple[float, float]
Area = tuple[str, str]
"""Key and name."""
NOWHERE: Area = ("", "")


@dataclass(frozen=True, slots=True)
class Areas:
    """The areas of an atlas that labels name: boroughs where it has them."""

    pack: Pack
    table: AreaTable

    def at(self, points: Sequence[Point | None]) -> list[Area]:
        """Give the area of each point (longitude, latitude); empty where there is none.

        On a limit, the first area by code.
        """
        known = [n for n, one in enumerate(points) if one is not None]
        found = [NOWHERE] * len(points)
        if not known:
            return found
        degrees: Floats = np.array([points[n] for n in known], dtype=np.float64)
        x, y = to_metres(self.pack).transform(degrees[:, 0], degrees[:, 1])
        tree = shapely.STRtree(self.table.shapes)
        point, area = tree.query(shapely.points(x, y), predicate="intersects")
        for n, place in sorted(zip(point.tolist(), area.tolist(), strict=True), reverse=True):
            key = f"{self.table.type_and_vintage}:{self.table.codes[place]}"
            found[known[n]] = (key, self.table.names_fr[place])
        return found


def areas_of(pack: Pack) -> Areas:
    """Give the areas that the atlas's own layers of places are labelled with; else those of its home page."""
    kinds = [one.borough_type for one in pack.recipe.places if one.borough_type]
    return Areas(pack, area_table(pack, kinds[0] if kinds else pack.recipe.home))


def disagree(label: str, name: str) -> bool:
    """Say whether a label names another area than the one in which the point lies."""
    return bool(label and name) and same_word(label) != same_word(name)


def ground(pack: Pack, keys: Sequence[str]) -> shapely.Geometry:
    """Join official areas into one shape, in the pack's metres; those that it does not know are left out."""
    shapes = []
    for text in keys:
        key = AreaKey.parse(text)
        if key.type_and_vintage in pack.area_tables:
            table = area_table(pack, key.type_and_vintage)
            if key.code in table.codes:
                shapes.append(table.shapes[position_of(table, key.code)])
    return shapely.union_all(shapes)
