"""What a file of places holds once read: attributes and points in degrees."""

from __future__ import annotations

from dataclasses import dataclass

from courtepointe.core.typing import Floats
from courtepointe.formats.tables.values import Table


@dataclass(frozen=True, slots=True)
class PlaceNote:
    """Something to know about one row, or about all of them (``row`` 0).

    Attributes
    ----------
    code : str
        ``no_coordinates``, ``out_of_range``, ``null_island``, ``point_of_a_surface``, ``unnamed``.
    row : int
        In the file; 0 for all rows together.
    value : str
        What was found there.
    """

    code: str
    row: int
    value: str


@dataclass(frozen=True, slots=True)
class PlaceFile:
    """Places with a position; those without one are counted and left out.

    Attributes
    ----------
    attributes : Table
        Nested tags are columns of their own, ``tags.shop``.
    longitude, latitude : (n_places,) float, degrees (WGS 84)
        Finite.
    n_without_coordinates : int
        Rows left out for want of a usable position; `notes` tells which.
    notes : tuple of PlaceNote
    """

    attributes: Table
    longitude: Floats
    latitude: Floats
    n_without_coordinates: int = 0
    notes: tuple[PlaceNote, ...] = ()

    def __post_init__(self) -> None:
        if not len(self.attributes) == len(self.longitude) == len(self.latitude):
            raise ValueError("each place has attributes, a longitude and a latitude")

    def __len__(self) -> int:
        return len(self.longitude)
