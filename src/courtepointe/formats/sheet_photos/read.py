"""Read a photo or a scan of a sheet."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

from courtepointe.core.errors import BadInput
from courtepointe.formats.photos import KINDS, on_paper, opened_photo

MOST_BYTES = 40 * 1024 * 1024
LONGEST_PX = 4_800
"""A page of A4 then has over 15 pixels a millimetre: more than a pen needs."""
SHORTEST_PX = 500


@dataclass(frozen=True, slots=True)
class SheetPhoto:
    """A photo as pixels, turned as it was held.

    Attributes
    ----------
    pixels : (height, width, 3) uint8
        Red, green, blue.
    file : str
    """

    pixels: NDArray[np.uint8]
    file: str


def read_sheet_photo(content: bytes, *, file: str) -> SheetPhoto:
    """Read a photo.

    Parameters
    ----------
    content : bytes
        JPEG, PNG or WebP.
    file : str
        What the person calls it, for messages.

    Raises
    ------
    BadInput
        As `opened_photo`; ``sheet_photo_pdf``, ``sheet_photo_small`` (in pixels).

    Notes
    -----
    Where and when it was taken, and by which camera, are not kept.
    """
    if content.startswith(b"%PDF"):
        raise BadInput("sheet_photo_pdf", file=file, expected=", ".join(KINDS))
    with opened_photo(content, file=file, most_bytes=MOST_BYTES) as held:
        if min(held.size) < SHORTEST_PX:
            size = f"{held.width} × {held.height}"
            raise BadInput("sheet_photo_small", file=file, value=size, expected=SHORTEST_PX)
        return SheetPhoto(_upright(held), file)


def _upright(held: Image.Image) -> NDArray[np.uint8]:
    if held.format == "JPEG":
        # Decoded smaller at once where the camera gives far more than is needed.
        held.draft("RGB", (LONGEST_PX, LONGEST_PX))
    turned = ImageOps.exif_transpose(held)
    turned.thumbnail((LONGEST_PX, LONGEST_PX), Image.Resampling.BOX)
    return np.asarray(on_paper(turned), dtype=np.uint8)
