"""Write a layer of a vector tile, all its areas in one compiled pass.

Mapbox Vector Tile Specification 2.1: https://github.com/mapbox/vector-tile-spec
"""

from __future__ import annotations

import numba
import numpy as np

from courtepointe.core.tiles import EXTENT, Pieces, Units
from courtepointe.core.typing import AnyArray, Codes, Ints
from courtepointe.formats.mvt.texts import Texts, varint

MEDIA_TYPE = "application/vnd.mapbox-vector-tile"
VERSION = 2
LAYER, NAME, FEATURE, KEY, EXTENT_FIELD, VERSION_FIELD = 0x1A, 0x0A, 0x12, 0x1A, 0x28, 0x78
ID, TAGS, KIND, GEOMETRY = 0x08, 0x12, 0x18, 0x22
POLYGON = 3
MOVE_TO, LINE_TO, CLOSE_PATH = 1, 2, 15
LONGEST = 10
"""Bytes of the longest number."""

compiled = numba.njit(cache=True, nogil=True)


def write_layer(name: str, pieces: Pieces, texts: Texts) -> bytes:
    """Write one layer; a tile is its layers one after the other.

    Parameters
    ----------
    name : str
    pieces : Pieces
        In units from the tile's north-west corner.
    texts : Texts
        Of the table whose positions ``pieces.areas`` holds.

    Returns
    -------
    bytes
        Empty where there are no pieces: a tile holds no empty layer. The id of a feature is its
        area's position, counted from 1.
    """
    if len(pieces) == 0:
        return b""
    used, tags = np.unique(texts.of_area[pieces.areas], return_inverse=True)
    features = _features(
        pieces.areas + 1,
        tags.reshape(len(pieces), -1).astype(np.int64),
        pieces.area_ends,
        pieces.ring_ends,
        pieces.points,
    )
    held = b"".join(
        (
            bytes([VERSION_FIELD, VERSION]),
            _text(NAME, name),
            features.tobytes(),
            *(_text(KEY, key) for key in texts.keys),
            _values(used, texts.content, texts.ends).tobytes(),
            bytes([EXTENT_FIELD]) + varint(EXTENT),
        )
    )
    return bytes([LAYER]) + varint(len(held)) + held


def _text(field: int, text: str) -> bytes:
    content = text.encode()
    return bytes([field]) + varint(len(content)) + content


@compiled
def _put(content: Codes, at: int, number: int) -> int:
    """Write a whole number that is not negative; give where the next byte goes."""
    while number > 0x7F:
        content[at] = number & 0x7F | 0x80
        number >>= 7
        at += 1
    content[at] = number
    return at + 1


@compiled
def _signed(number: int) -> int:
    """Fold negative numbers among the others, the small ones first (zigzag)."""
    return 2 * number if number >= 0 else -2 * number - 1


@compiled
def _ring(content: Codes, at: int, points: AnyArray, pen: Ints) -> int:
    """Write a ring as moves of a pen, which stays on its last point."""
    for place in range(len(points)):
        if place == 0:
            at = _put(content, at, MOVE_TO | 1 << 3)
        elif place == 1:
            at = _put(content, at, LINE_TO | (len(points) - 1) << 3)
        at = _put(content, at, _signed(points[place, 0] - pen[0]))
        at = _put(content, at, _signed(points[place, 1] - pen[1]))
        pen[0], pen[1] = points[place, 0], points[place, 1]
    return _put(content, at, CLOSE_PATH)


@compiled
def _block(content: Codes, at: int, field: int, inside: Codes, size: int) -> int:
    """Write a field of bytes with its length."""
    content[at] = field
    at = _put(content, at + 1, size)
    content[at : at + size] = inside[:size]
    return at + size


@compiled
def _features(
    ids: Units, tags: Ints, area_ends: Units, ring_ends: Units, points: AnyArray
) -> Codes:
    """Write all areas as features of a layer."""
    n_keys = tags.shape[1]
    # A step between points of one tile takes three bytes at most, a count four.
    room = 6 * len(points) + 16 * len(ring_ends) + (6 * LONGEST + 2 * LONGEST * n_keys) * len(ids)
    content = np.empty(room, dtype=np.uint8)
    feature, part = np.empty(room, dtype=np.uint8), np.empty(room, dtype=np.uint8)
    pen = np.zeros(2, dtype=np.int64)
    at, ring, start = 0, 0, 0
    for place in range(len(ids)):
        feature[0] = ID
        size = _put(feature, 1, ids[place])
        length = 0
        for key in range(n_keys):
            length = _put(part, _put(part, length, key), tags[place, key])
        size = _block(feature, size, TAGS, part, length)
        feature[size], feature[size + 1] = KIND, POLYGON
        length, pen[0], pen[1] = 0, 0, 0
        while ring < area_ends[place]:
            length = _ring(part, length, points[start : ring_ends[ring]], pen)
            start = ring_ends[ring]
            ring += 1
        size = _block(feature, size + 2, GEOMETRY, part, length)
        at = _block(content, at, FEATURE, feature, size)
    return content[:at]


@compiled
def _values(used: Ints, content: Codes, ends: Ints) -> Codes:
    """Gather the texts that are used."""
    size = 0
    for text in used:
        size += ends[text] - (ends[text - 1] if text else 0)
    gathered = np.empty(size, dtype=np.uint8)
    at = 0
    for text in used:
        start = ends[text - 1] if text else 0
        gathered[at : at + ends[text] - start] = content[start : ends[text]]
        at += ends[text] - start
    return gathered
