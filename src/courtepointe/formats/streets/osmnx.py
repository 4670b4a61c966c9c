"""Streets that OSMnx saved as GraphML."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import numpy as np
import shapely

from courtepointe.core.errors import BadInput
from courtepointe.core.typing import Floats, Shapes
from courtepointe.formats.archives import MEGABYTE, check_file
from courtepointe.formats.boundaries.crs import check_coordinates, move_points, move_shapes
from courtepointe.formats.graphml import children, graph_in
from courtepointe.formats.streets.values import Drawn, StreetFile, check_metric, lengths

LIMIT_BYTES = 2_000 * MEGABYTE
CRS = "EPSG:4326"
STAIRS = "steps"
OTHER = 0.01
LAYER = "edges"
Data = dict[str, str]


def read_osmnx(path: Path | str, *, to_crs: str) -> StreetFile:
    """Read a street network from OSMnx's GraphML.

    Parameters
    ----------
    path : path
    to_crs : str
        A coordinate system in metres.

    Returns
    -------
    StreetFile
        Lengths are those of the drawing: files are about that say, of a street that bends, the straight
        line between its ends. The two ways of a street are one; one-way signs do not bind on foot. ``grade`` (rise over run), where edges have it, is the
        slope; ``highway`` *steps* are stairs.

    Raises
    ------
    BadInput
        As `check_file` and `graph_in`; ``streets_graph_node``, ``streets_graph_end``,
        ``streets_graph_value``, ``streets_not_metres``; as `check_coordinates` and `streets_of`.
    """
    check_metric(to_crs)
    path = check_file(path, limit_bytes=LIMIT_BYTES)
    root, graph = graph_in(path.read_bytes(), file=path.name)
    names = {
        (key.get("for", "all"), key.get("id", "")): key.get("attr.name", "")
        for key in children(root, "key")
    }
    crs = _data(graph, "graph", names).get("crs") or CRS
    numbers, degrees = _nodes(graph, names, file=path.name)
    points = shapely.points(degrees)
    rows = np.arange(1, len(points) + 1)
    check_coordinates(points, source=crs, target=to_crs, rows=rows, file=path.name)
    metres = move_points(degrees, source=crs, target=to_crs)
    drawn, told_m = _edges(graph, names, numbers, metres, crs=crs, to_crs=to_crs, file=path.name)
    other = np.abs(told_m - drawn.length_m) > OTHER * drawn.length_m
    return StreetFile(drawn.graph(), path.name, "osmnx", n_other_lengths=int(other.sum()))


def _data(element: Element, what: str, names: dict[tuple[str, str], str]) -> Data:
    """Give the data of an element by name."""
    told = {}
    for one in children(element, "data"):
        key = one.get("key", "")
        name = names.get((what, key)) or names.get(("all", key), "")
        told[name] = (one.text or "").strip()
    return told


def _nodes(
    graph: Element, names: dict[tuple[str, str], str], *, file: str
) -> tuple[dict[str, int], Floats]:
    numbers: dict[str, int] = {}
    places = []
    for element in children(graph, "node"):
        its, data = element.get("id", ""), _data(element, "node", names)
        try:
            places.append((float(data["x"]), float(data["y"])))
        except (KeyError, ValueError) as error:
            value = f"x={data.get('x', '—')}, y={data.get('y', '—')}"
            raise BadInput("streets_graph_node", file=file, row=its, value=value) from error
        if numbers.setdefault(its, len(numbers)) != len(places) - 1:
            raise BadInput("streets_graph_node", file=file, row=its, value=its)
    return numbers, np.array(places, dtype=np.float64).reshape(-1, 2)


def _edges(
    graph: Element, names: dict[tuple[str, str], str], numbers: dict[str, int], metres: Floats,
    *, crs: str, to_crs: str, file: str,
) -> tuple[Drawn, Floats]:  # fmt: skip
    """Give the edges as they are drawn, and the lengths that the file says."""
    ends: list[tuple[int, int]] = []
    held: list[tuple[float, float, bool]] = []
    texts: list[str | None] = []
    for element in children(graph, "edge"):
        one, other = element.get("source", ""), element.get("target", "")
        row = f"{one} - {other}"
        for end in (one, other):
            if end not in numbers:
                raise BadInput("streets_graph_end", file=file, layer=LAYER, row=row, value=end)
        data = _data(element, "edge", names)
        length = _number(data, "length", file=file, row=row)
        grade = _number(data, "grade", file=file, row=row) if data.get("grade") else np.nan
        ends.append((numbers[one], numbers[other]))
        held.append((length, 100.0 * grade, STAIRS in _words(data.get("highway", ""))))
        texts.append(data.get("geometry") or None)
    pairs = np.array(ends, dtype=np.int64).reshape(-1, 2)
    table = np.array(held, dtype=np.float64).reshape(-1, 3)
    shapes = _shapes(texts, pairs, metres, crs=crs, to_crs=to_crs, file=file)
    drawn = Drawn(
        metres, pairs[:, 0], pairs[:, 1], shapes, lengths(shapes), table[:, 1], table[:, 2] > 0.0
    )
    return drawn, table[:, 0]


def _number(data: Data, column: str, *, file: str, row: str) -> float:
    """Read a finite number, a length no less than 0."""
    told = data.get(column, "")
    try:
        value = float(told)
    except ValueError:
        value = float("nan")
    if not np.isfinite(value) or (column == "length" and value < 0.0):
        raise BadInput(
            "streets_graph_value", file=file, layer=LAYER, row=row, column=column,
            value=told or "—",
        )  # fmt: skip
    return value


def _words(cell: str) -> tuple[str, ...]:
    """Give the words of a cell: OSMnx writes several as a list of Python."""
    if not cell.startswith("["):
        return (cell,)
    try:
        listed: Any = ast.literal_eval(cell)
    except (ValueError, SyntaxError):
        return (cell,)
    return tuple(map(str, listed)) if isinstance(listed, list) else (cell,)


def _shapes(
    texts: list[str | None], pairs: np.ndarray, metres: Floats,
    *, crs: str, to_crs: str, file: str,
) -> Shapes:  # fmt: skip
    """Draw streets: bends where the file has them, else straight; each from its first end."""
    drawn = np.asarray(shapely.linestrings(metres[pairs]), dtype=np.object_)
    told = np.array([text is not None for text in texts], dtype=np.bool_)
    bent = shapely.from_wkt([text for text in texts if text is not None], on_invalid="ignore")
    odd = (shapely.get_type_id(bent) != 1) | shapely.is_empty(bent)
    if odd.any():
        place = int(np.flatnonzero(told)[np.flatnonzero(odd)[0]])
        raise BadInput(
            "streets_graph_value", file=file, layer=LAYER, row=f"{place + 1}",
            column="geometry", value=str(texts[place])[:60],
        )  # fmt: skip
    if told.any():
        drawn[told] = _from_first(
            move_shapes(np.asarray(bent), source=crs, target=to_crs), metres[pairs[told]]
        )
    return drawn


def _from_first(shapes: Shapes, ends: Floats) -> Shapes:
    """Turn round the lines that begin at the second end."""
    begins = shapely.get_coordinates(shapely.get_point(shapes, 0))
    turned = np.hypot(*(begins - ends[:, 0]).T) > np.hypot(*(begins - ends[:, 1]).T)
    told: Shapes = np.where(turned, shapely.reverse(shapes), shapes)
    return told
