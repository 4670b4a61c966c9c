"""Streets of OpenStreetMap, from a PBF extract, through the reader that its own people keep."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import osmium
import shapely

from courtepointe.core.errors import BadInput
from courtepointe.core.typing import AnyArray, Bools, Floats, Ints
from courtepointe.formats.archives import check_file
from courtepointe.formats.boundaries.crs import DEGREES, check_coordinates, move_points
from courtepointe.formats.streets.values import Drawn, StreetFile, check_metric, lengths

RULES = Path(__file__).with_name("walkable.toml")
PERCENT = re.compile(r"^([+-]?\d+(?:[.,]\d+)?)\s*%$")
Tags = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Rules:
    """Tags that tell where people walk: key -> values."""

    left_out: Mapping[str, frozenset[str]]
    all_the_same: Mapping[str, frozenset[str]]
    stairs: Mapping[str, frozenset[str]]

    def walked(self, tags: Tags) -> bool:
        """Say whether people walk on a way."""
        if "highway" not in tags:
            return False
        invited = all(tags.get(key, "") in held for key, held in self.all_the_same.items())
        forbidden = {
            key for key, held in self.left_out.items() if key in tags and tags[key] in held
        }
        return not (forbidden - {"highway"} if invited else forbidden)

    def is_stairs(self, tags: Tags) -> bool:
        """Say whether a way is stairs."""
        return any(tags.get(key, "") in held for key, held in self.stairs.items())


@cache
def rules() -> Rules:
    """Read the rules that come with the house."""
    held = tomllib.loads(RULES.read_text(encoding="utf-8"))
    return Rules(
        *(
            {key: frozenset(values) for key, values in held[name].items()}
            for name in ("left_out", "walked_all_the_same", "stairs")
        )
    )


@dataclass(frozen=True, slots=True)
class Ways:
    """Ways of a file, one after the other.

    Attributes
    ----------
    node : (n_points,) int
        OpenStreetMap's numbers.
    degrees : (n_points, 2) float
        Longitude and latitude; NaN where the file does not hold the point.
    first : (n_ways + 1,) int
        Where the points of each way begin.
    slope_percent : (n_ways,) float
    stairs : (n_ways,) bool
    """

    node: Ints
    degrees: Floats
    first: Ints
    slope_percent: Floats
    stairs: Bools


def read_osm(path: Path | str, *, to_crs: str) -> StreetFile:
    """Read the streets that people walk on from an OpenStreetMap extract.

    Parameters
    ----------
    path : path
        PBF.
    to_crs : str
        A coordinate system in metres.

    Returns
    -------
    StreetFile
        Ways are cut where they meet: at points that two of them share, or one passes twice.
        Which ways people walk on: ``walkable.toml``. Lengths are those of the drawing.

    Raises
    ------
    BadInput
        As `check_file`; ``osm_broken``, ``osm_no_streets``, ``streets_not_metres``; as
        `check_coordinates` and `streets_of`.
    """
    check_metric(to_crs)
    path = check_file(path)
    ways = _ways(path)
    lost = np.isnan(ways.degrees[:, 0])
    first, last = _cuts(ways, lost)
    if len(first) == 0:
        raise BadInput("osm_no_streets", file=path.name, n=len(ways.first) - 1)
    held = np.flatnonzero(~lost)
    check_coordinates(
        shapely.points(ways.degrees[held]), source=DEGREES, target=to_crs,
        rows=ways.node[held], file=path.name,
    )  # fmt: skip
    metres = np.full_like(ways.degrees, np.nan)
    metres[held] = move_points(ways.degrees[held], source=DEGREES, target=to_crs)
    streets = _drawn(ways, metres, first, last).graph()
    return StreetFile(streets, path.name, "osm", n_lost_points=int(lost.sum()))


def _ways(path: Path) -> Ways:
    node: list[int] = []
    degrees: list[tuple[float, float]] = []
    first, slopes, stairs = [0], [], []
    try:
        for tags, points in _walked(path):
            for number, where in points:
                node.append(number)
                degrees.append(where)
            first.append(len(node))
            slopes.append(_slope(tags.get("incline", "")))
            stairs.append(rules().is_stairs(tags))
    except (RuntimeError, ValueError) as error:
        raise BadInput("osm_broken", file=path.name, detail=str(error)[:200]) from error
    return Ways(
        np.array(node, dtype=np.int64),
        np.array(degrees, dtype=np.float64).reshape(-1, 2),
        np.array(first, dtype=np.int64),
        np.array(slopes, dtype=np.float64),
        np.array(stairs, dtype=np.bool_),
    )


def _walked(path: Path) -> Iterator[tuple[Tags, list[tuple[int, tuple[float, float]]]]]:
    """Give the tags and the points of each way that people walk on."""
    source = osmium.io.File(str(path.resolve()), "pbf")
    told = osmium.FileProcessor(source, osmium.osm.NODE | osmium.osm.WAY).with_locations()
    nowhere = (float("nan"), float("nan"))
    for way in told.with_filter(osmium.filter.KeyFilter("highway")):
        if not isinstance(way, osmium.osm.Way):
            continue
        tags = dict(way.tags)
        if rules().walked(tags):
            yield (
                tags,
                [(one.ref, (one.lon, one.lat) if one.location.valid() else nowhere)
                 for one in way.nodes],
            )  # fmt: skip


def _slope(incline: str) -> float:
    """Read a slope in percent; *up*, *down* and what else people write do not say how much."""
    told = PERCENT.match(incline.strip())
    return float(told[1].replace(",", ".")) if told else float("nan")


def _cuts(ways: Ways, lost: Bools) -> tuple[Ints, Ints]:
    """Say where each street begins and ends among the points of the ways.

    Returns
    -------
    (n,) int, (n,) int
        Positions of first and last points: a way ends at its own ends, at points that are met twice,
        and before points that are lost.
    """
    if len(ways.node) == 0:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    _, number, met = np.unique(ways.node, return_inverse=True, return_counts=True)
    end = met[number.ravel()] > 1
    sizes = np.diff(ways.first)
    way = np.repeat(np.arange(len(sizes)), sizes)
    end[ways.first[:-1][sizes > 0]] = True
    end[ways.first[1:][sizes > 0] - 1] = True
    # The points beside a lost one are ends.
    end[:-1] |= lost[1:]
    end[1:] |= lost[:-1]
    stops = np.flatnonzero(end & ~lost)
    first, last = stops[:-1], stops[1:]
    lost_so_far = np.cumsum(lost)
    whole = (way[first] == way[last]) & (lost_so_far[first] == lost_so_far[last])
    return first[whole], last[whole]


def _drawn(ways: Ways, metres: Floats, first: Ints, last: Ints) -> Drawn:
    sizes = last - first + 1
    street: AnyArray = np.repeat(np.arange(len(first)), sizes)
    begins = np.cumsum(sizes) - sizes
    taken = np.repeat(first - begins, sizes) + np.arange(int(sizes.sum()))
    shapes = np.asarray(shapely.linestrings(metres[taken], indices=street), dtype=np.object_)
    ends = np.concatenate([first, last])
    _, place, number = np.unique(ways.node[ends], return_index=True, return_inverse=True)
    number = number.ravel()
    owner = np.searchsorted(ways.first, first, side="right") - 1
    return Drawn(
        metres[ends[place]], number[: len(first)], number[len(first) :], shapes, lengths(shapes),
        ways.slope_percent[owner], ways.stairs[owner],
    )  # fmt: skip
