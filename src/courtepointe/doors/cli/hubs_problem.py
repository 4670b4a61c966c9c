"""What `courtepointe hubs solve` is asked, read from any of its kinds of files."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from courtepointe.core.errors import BadInput
from courtepointe.core.siting import Rounding, Terms, all_pairs
from courtepointe.core.typing import Floats, Ints
from courtepointe.formats.siting import (
    Places,
    read_demand,
    read_orlib,
    read_sites,
    read_tsplib,
    read_ways,
    way_table,
)

MOST_CELLS = 100_000_000
EARTH_M = 6_371_008.8


@dataclass(frozen=True, slots=True)
class Problem:
    """People, sites, and the way between them.

    Attributes
    ----------
    names : tuple of str or int
        Of the sites.
    people : (n_rows,) float
    terms : Terms
    table : (n_rows, n_sites) float or None
        Distances, where they are no straight lines on a plane.
    points, sites : (n, 2) float or None
    rounding : Rounding
    price : (n_sites,) float or None
    n_open : int or None
        Where the file says it.
    """

    names: tuple[str | int, ...]
    people: Floats
    terms: Terms
    table: Floats | None = None
    points: Floats | None = None
    sites: Floats | None = None
    rounding: Rounding = Rounding.NONE
    price: Floats | None = None
    n_open: int | None = None

    @property
    def distance(self) -> Floats:
        """Give the table of distances, made if need be."""
        if self.table is not None:
            return self.table
        points, sites = self.points, self.sites
        if points is None or sites is None:
            raise BadInput("siting_points", file="—")
        if len(points) * len(sites) > MOST_CELLS:
            raise BadInput("siting_too_large", value=len(points) * len(sites), expected=MOST_CELLS)
        across, along = (points[:, None, axis] - sites[None, :, axis] for axis in (0, 1))
        return self.rounding.of(np.hypot(across, along))


def of_orlib(path: Path) -> Problem:
    """Read a network of OR-Library: a person at each vertex, a site at each vertex."""
    read = read_orlib(path)
    n = read.n_vertices
    table = all_pairs(n, read.ends, read.cost)
    return Problem(tuple(range(1, n + 1)), np.ones(n), Terms(n), table, n_open=read.n_open)


def of_tsplib(path: Path, rounding: Rounding) -> Problem:
    """Read points of TSPLIB: a person at each, a site at each."""
    points = read_tsplib(path)
    n = len(points)
    return Problem(
        tuple(range(1, n + 1)), np.ones(n), Terms(n), points=points, sites=points, rounding=rounding
    )


def of_tables(demand: Path, sites: Path, ways: Path | None, people: str | None) -> Problem:
    """Read people and sites, and distances between them, or where both are."""
    told = None if ways is None else read_ways(ways)
    rows = read_demand(demand, known=set(told.start) if told else (), people=people)
    places = read_sites(sites, known=set(told.end) if told else ())
    held = rows.people if rows.people is not None else np.zeros(0)
    made = Problem(places.names, held, _terms(places), price=places.price)
    if told is not None:
        return _with(made, table=way_table(told, rows.names, places.names))
    for one in (rows, places):
        if one.points is None or one.degrees != rows.degrees:
            raise BadInput("siting_points", file=one.file)
    if rows.points is None or places.points is None:
        raise BadInput("siting_points", file=rows.file)
    if rows.degrees:
        return _with(made, table=_over_the_globe(rows.points, places.points))
    return _with(made, points=rows.points, sites=places.points)


def _with(
    made: Problem, *, table: Floats | None = None, points: Floats | None = None,
    sites: Floats | None = None,
) -> Problem:  # fmt: skip
    return Problem(made.names, made.people, made.terms, table, points, sites, price=made.price)


def _terms(places: Places) -> Terms:
    def at(status: str) -> Ints:
        return np.array(
            [place for place, one in enumerate(places.status) if one == status], dtype=np.int64
        )

    return Terms(len(places.names), at("forced"), at("forbidden"), at("existing"))


def _over_the_globe(points: Floats, sites: Floats) -> Floats:
    """Give metres along the great circle (haversine), on a sphere of the Earth's mean radius."""
    if len(points) * len(sites) > MOST_CELLS:
        raise BadInput("siting_too_large", value=len(points) * len(sites), expected=MOST_CELLS)
    (lon, lat), (lon2, lat2) = np.radians(points).T, np.radians(sites).T
    half = np.sin((lat[:, None] - lat2) / 2) ** 2
    half += np.cos(lat)[:, None] * np.cos(lat2) * np.sin((lon[:, None] - lon2) / 2) ** 2
    told: Floats = 2 * EARTH_M * np.arcsin(np.sqrt(np.minimum(half, 1.0)))
    return told
