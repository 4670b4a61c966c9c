"""What answers of who reaches a hub have in common: made once, kept while streets and atlas stay."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any, TypeVar

import shapely

from courtepointe.atlas.query.inside import Inside
from courtepointe.atlas.query.on_foot import (
    Afoot,
    Reach,
    Told,
    inside_of,
    on_streets,
    reach,
    told_inside,
)
from courtepointe.core.streets import Streets
from courtepointe.core.typing import Floats

Made = TypeVar("Made")


@dataclass(slots=True)
class Lately:
    """The last few things that were made for one owner; those of another are made anew.

    A key names an owner by its place in memory, so that it is looked at whether it is still that one.
    """

    most: int
    held: OrderedDict[Hashable, tuple[object, Any]] = field(default_factory=OrderedDict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def take(self, owner: object, key: Hashable, make: Callable[[], Made]) -> Made:
        """Give what was made under a key for this owner, or make it now."""
        name = (id(owner), key)
        with self.lock:
            found = self.held.get(name)
            if found is not None and found[0] is owner:
                self.held.move_to_end(name)
                same: Made = found[1]
                return same
        made = make()
        with self.lock:
            self.held[name] = (owner, made)
            while len(self.held) > self.most:
                self.held.popitem(last=False)
        return made


SHAPES = Lately(16)
REACHES, GROUNDS, TOLDS = Lately(8), Lately(16), Lately(64)
MAPS = Lately(8)


def everywhere(streets: Streets) -> shapely.Geometry:
    """Give the rectangle that holds all streets."""
    return SHAPES.take(streets, (), lambda: shapely.box(*shapely.total_bounds(streets.lines())))


def union_of(streets: Streets, shapes: tuple[shapely.Geometry, ...]) -> shapely.Geometry:
    """Give several territories as one."""
    return SHAPES.take(streets, shapes, lambda: shapely.union_all(shapes))


def reach_from(walked: Afoot, points: Floats) -> Reach:
    """Give what is reached from hubs; what was searched lately is not searched again."""
    return REACHES.take(walked, points.tobytes(), lambda: reach(walked, on_streets(walked, points)))


def ground_of(walked: Afoot, shape: shapely.Geometry) -> Inside:
    """Give what lies inside a territory."""
    return GROUNDS.take(walked, shape, lambda: inside_of(walked, shape))


def told_in(found: Reach, ground: Inside) -> Told:
    """Tell what is reached inside a territory."""
    return TOLDS.take(found, ground.shape, lambda: told_inside(found, ground))
