"""Photos made ready for print: upright, of a sensible size, without what their files tell."""

from __future__ import annotations

import io

from PIL import Image, ImageOps

from courtepointe.formats.photos import on_paper, opened_photo
from courtepointe.press.publication.values import Photo

MOST_BYTES = 25 * 1024 * 1024
LONGEST = 1_800
"""Pixels of the longer side: a page of A4 at some 220 points an inch."""
QUALITY = 85


def read_photo(content: bytes, *, file: str) -> Photo:
    """Make a photo ready.

    Parameters
    ----------
    content : bytes
        JPEG, PNG or WebP.
    file : str
        What the person calls it, for messages.

    Raises
    ------
    BadInput
        As `opened_photo`.

    Notes
    -----
    Where and when it was taken, and by which camera, are not kept.
    """
    with opened_photo(content, file=file, most_bytes=MOST_BYTES) as held:
        return _ready(held)


def _ready(held: Image.Image) -> Photo:
    upright = ImageOps.exif_transpose(held)
    upright.thumbnail((LONGEST, LONGEST), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    on_paper(upright).save(out, "JPEG", quality=QUALITY, optimize=True)
    return Photo(out.getvalue(), upright.width, upright.height)
