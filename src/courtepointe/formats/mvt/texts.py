"""The properties of areas, written once as a tile will hold them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from courtepointe.core.typing import Codes, Ints

VALUE, STRING = 0x22, 0x0A
"""Field 4 of a layer, a value; field 1 of a value, a string."""


@dataclass(frozen=True, slots=True)
class Texts:
    """Texts of areas: each different one once.

    Attributes
    ----------
    keys : tuple of str
        Names of the properties.
    of_area : (n_areas, n_keys) int
        Which text each area has.
    content : (n_bytes,) uint8
        All texts as values of a layer, one after the other.
    ends : (n_texts,) int
        Where each ends.
    """

    keys: tuple[str, ...]
    of_area: Ints
    content: Codes
    ends: Ints


def texts_of(columns: Mapping[str, Sequence[str]]) -> Texts:
    """Write columns of texts as values of a layer.

    Parameters
    ----------
    columns : mapping of property name -> (n_areas,) texts
        A text that several columns or areas have is held once.
    """
    places: dict[str, int] = {}
    of_area = np.array(
        [[places.setdefault(text, len(places)) for text in column] for column in columns.values()],
        dtype=np.int64,
    ).reshape(len(columns), -1)
    values = [_value(text.encode()) for text in places]
    ends = np.cumsum([len(value) for value in values], dtype=np.int64)
    content = np.frombuffer(b"".join(values), dtype=np.uint8)
    return Texts(tuple(columns), np.ascontiguousarray(of_area.T), content, ends)


def _value(text: bytes) -> bytes:
    held = bytes([STRING]) + varint(len(text)) + text
    return bytes([VALUE]) + varint(len(held)) + held


def varint(number: int) -> bytes:
    """Write a whole number in sevens of bits, the least first."""
    made = bytearray()
    while number > 0x7F:
        made.append(number & 0x7F | 0x80)
        number >>= 7
    made.append(number)
    return bytes(made)
