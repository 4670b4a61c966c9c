"""Read a photo or a scan of a sheet."""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps, UnidentifiedImageError

from courtepointe.core.errors import BadInput

MOST_BYTES = 40 * 1024 * 1024
MOST_PIXELS = 80_000_000
LONGEST_PX = 4_800
"""A page of A4 then has over 15 pixels a millimetre: more than a pen needs."""
SHORTEST_PX = 500
KINDS = ("JPEG", "PNG", "WEBP")
HEIC = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif", b"avis")
"""Brands of the container in which some telephones write; HEIF, ISO/IEC 23008-12."""


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
        ``sheet_photo_heavy``, ``sheet_photo_heic``, ``sheet_photo_pdf``, ``sheet_photo_unreadable``,
        ``sheet_photo_large`` and ``sheet_photo_small`` (in pixels).

    Notes
    -----
    Where and when it was taken, and by which camera, are not kept.
    """
    if len(content) > MOST_BYTES:
        megabytes = round(len(content) / 2**20, 1)
        raise BadInput("sheet_photo_heavy", file=file, value=megabytes, expected=MOST_BYTES >> 20)
    if content[4:8] == b"ftyp" and content[8:12] in HEIC:
        raise BadInput("sheet_photo_heic", file=file, expected=", ".join(KINDS))
    if content.startswith(b"%PDF"):
        raise BadInput("sheet_photo_pdf", file=file, expected=", ".join(KINDS))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=KINDS) as held:
                _check_size(held, file)
                return SheetPhoto(_upright(held), file)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise BadInput(
            "sheet_photo_large", file=file, value="—", expected=MOST_PIXELS // 1_000_000
        ) from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise BadInput("sheet_photo_unreadable", file=file, expected=", ".join(KINDS)) from error


def _check_size(held: Image.Image, file: str) -> None:
    size = f"{held.width} × {held.height}"
    if held.width * held.height > MOST_PIXELS:
        raise BadInput(
            "sheet_photo_large", file=file, value=size, expected=MOST_PIXELS // 1_000_000
        )
    if min(held.size) < SHORTEST_PX:
        raise BadInput("sheet_photo_small", file=file, value=size, expected=SHORTEST_PX)


def _upright(held: Image.Image) -> NDArray[np.uint8]:
    if held.format == "JPEG":
        # Decoded smaller at once where the camera gives far more than is needed.
        held.draft("RGB", (LONGEST_PX, LONGEST_PX))
    turned = ImageOps.exif_transpose(held)
    turned.thumbnail((LONGEST_PX, LONGEST_PX), Image.Resampling.BOX)
    if turned.mode in ("RGBA", "LA", "P"):
        clear = turned.convert("RGBA")
        turned = Image.alpha_composite(Image.new("RGBA", clear.size, "white"), clear)
    return np.asarray(turned.convert("RGB"), dtype=np.uint8)
