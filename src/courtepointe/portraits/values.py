"""What the site reads of a kept area: a frozen value, without the database behind it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import shapely

from courtepointe.atlas.fits import FitMethod
from courtepointe.core.errors import BadInput

NAME_LIMIT = 120
LARGEST_SHAPE = 20_000
"""Points of a shape that is kept: a borough's true limit has some two thousand."""


@dataclass(frozen=True, slots=True)
class Shaped:
    """An area given by its shape, in longitude and latitude."""

    shape: shapely.Geometry

    def __post_init__(self) -> None:
        if self.shape.is_empty or self.shape.geom_type not in ("Polygon", "MultiPolygon"):
            raise BadInput("custom_area_not_a_surface", value=self.shape.geom_type)
        points = int(shapely.get_num_coordinates(self.shape))
        if points > LARGEST_SHAPE:
            raise BadInput("custom_area_too_detailed", value=points, expected=LARGEST_SHAPE)


@dataclass(frozen=True, slots=True)
class Assembled:
    """An area given by whole units of one type."""

    unit_type: str
    codes: tuple[str, ...]

    def __post_init__(self) -> None:
        if not self.codes:
            raise BadInput("custom_area_without_units", unit_type=self.unit_type)


@dataclass(frozen=True, slots=True)
class KeptArea:
    """A kept area.

    Attributes
    ----------
    kind : str
        ``drawn``, ``uploaded`` or ``assembled``.
    sections : tuple of str
        Codes of the sections to show; empty for all.
    comparators : tuple of str
        ``TYPE:VINTAGE:CODE`` of chosen areas of comparison; empty for the atlas's own.
    named : bool
        Until it is named, an area is a draft that lives two days.
    """

    token: str
    kind: str
    name: str
    what: Shaped | Assembled
    fit_method: FitMethod
    sections: tuple[str, ...]
    comparators: tuple[str, ...]
    atlas_code: str
    pack_hash: str
    created: datetime
    expires: datetime
    named: bool
