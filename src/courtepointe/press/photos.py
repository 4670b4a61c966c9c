"""Photos made ready for print: upright, of a sensible size, without what their files tell."""

from __future__ import annotations

import io
import warnings

from PIL import Image, ImageOps, UnidentifiedImageError

from courtepointe.core.errors import BadInput
from courtepointe.press.publication.values import Photo

MOST_BYTES = 25 * 1024 * 1024
MOST_PIXELS = 80_000_000
LONGEST = 1_800
"""Pixels of the longer side: a page of A4 at some 220 points an inch."""
QUALITY = 85
KINDS = ("JPEG", "PNG", "WEBP")


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
        ``photo_too_heavy``, ``photo_unreadable``, ``photo_too_large`` (in pixels).

    Notes
    -----
    Where and when it was taken, and by which camera, are not kept.
    """
    if len(content) > MOST_BYTES:
        megabytes = round(len(content) / 2**20, 1)
        raise BadInput("photo_too_heavy", file=file, value=megabytes, expected=MOST_BYTES // 2**20)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=KINDS) as held:
                if held.width * held.height > MOST_PIXELS:
                    raise BadInput(
                        "photo_too_large", file=file, value=f"{held.width} × {held.height}",
                        expected=MOST_PIXELS // 1_000_000,
                    )  # fmt: skip
                return _ready(held)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise BadInput(
            "photo_too_large", file=file, value="—", expected=MOST_PIXELS // 1_000_000
        ) from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise BadInput("photo_unreadable", file=file, expected=", ".join(KINDS)) from error


def _ready(held: Image.Image) -> Photo:
    upright = ImageOps.exif_transpose(held)
    upright.thumbnail((LONGEST, LONGEST), Image.Resampling.LANCZOS)
    if upright.mode in ("RGBA", "LA", "P"):
        # What is see-through stands on paper.
        clear = upright.convert("RGBA")
        ground = Image.new("RGBA", clear.size, "white")
        upright = Image.alpha_composite(ground, clear)
    out = io.BytesIO()
    upright.convert("RGB").save(out, "JPEG", quality=QUALITY, optimize=True)
    return Photo(out.getvalue(), upright.width, upright.height)
