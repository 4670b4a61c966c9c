"""The layers of vector tiles on disk: one run of whole numbers a zoom, mapped, shared between processes."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from courtepointe.core.errors import BadInput
from courtepointe.core.tiles import Layer, Pieces, Units

HEAD = 6
"""Numbers before the content: how many areas, rings, points, blocks, tops; a zero."""


def write_layer(path: Path, layer: Layer) -> None:
    """Write the layer of one zoom as ``ZOOM.npy``."""
    held = layer.pieces
    parts = (
        held.areas,
        held.area_ends,
        held.outer.astype(np.int32),
        held.ring_ends,
        held.points.ravel(),
        layer.boxes.ravel(),
        layer.blocks.ravel(),
        layer.tops.ravel(),
    )
    sizes = (len(held), len(held.outer), len(held.points), len(layer.blocks), len(layer.tops), 0)
    path.parent.mkdir(parents=True, exist_ok=True)
    np.save(path, np.concatenate([np.array(sizes, dtype=np.int32), *parts]))


def read_layer(path: Path, *, zoom: int) -> Layer:
    """Open what `write_layer` wrote; nothing is copied but which rings are outer ones.

    Raises
    ------
    BadInput
        ``pack_broken``.
    """
    try:
        whole: Units = np.load(path, mmap_mode="r").view(np.ndarray)
    except (OSError, ValueError) as error:
        raise BadInput(
            "pack_broken", folder=path.parent.name, file=path.name, found=str(error)
        ) from error
    areas, rings, points, blocks, tops = whole[: HEAD - 1].tolist()
    sizes = (areas, areas, rings, rings, 2 * points, 4 * areas, 4 * blocks, 4 * tops)
    if len(whole) != HEAD + sum(sizes):
        found = f"{len(whole)} != {HEAD + sum(sizes)}"
        raise BadInput("pack_broken", folder=path.parent.name, file=path.name, found=found)
    parts = np.split(whole[HEAD:], np.cumsum(sizes)[:-1])
    pieces = Pieces(parts[0], parts[1], parts[2] != 0, parts[3], parts[4].reshape(-1, 2))
    boxes, block_boxes, top_boxes = (part.reshape(-1, 4) for part in parts[5:])
    return Layer(zoom, pieces, boxes, block_boxes, top_boxes)
