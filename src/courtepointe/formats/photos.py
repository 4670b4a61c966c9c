"""Photos as people send them: opened with care, nothing of them trusted."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from PIL import Image, UnidentifiedImageError

from courtepointe.core.errors import BadInput

MOST_PIXELS = 80_000_000
KINDS = ("JPEG", "PNG", "WEBP")
HEIC = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif", b"avis")
"""Brands of the container in which some telephones write; HEIF, ISO/IEC 23008-12."""


@contextmanager
def opened_photo(content: bytes, *, file: str, most_bytes: int) -> Iterator[Image.Image]:
    """Open a photo; what is met while it is decoded is told as what is met on opening it.

    Parameters
    ----------
    content : bytes
        JPEG, PNG or WebP.
    file : str
        What the person calls it, for messages.
    most_bytes : int

    Raises
    ------
    BadInput
        ``photo_too_heavy``, ``photo_heic``, ``photo_unreadable``, ``photo_too_large`` (in pixels).
    """
    if len(content) > most_bytes:
        megabytes = round(len(content) / 2**20, 1)
        raise BadInput("photo_too_heavy", file=file, value=megabytes, expected=most_bytes >> 20)
    if content[4:8] == b"ftyp" and content[8:12] in HEIC:
        raise BadInput("photo_heic", file=file, expected=", ".join(KINDS))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=KINDS) as held:
                if held.width * held.height > MOST_PIXELS:
                    raise _too_large(file, f"{held.width} × {held.height}")
                yield held
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_large(file, "—") from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise BadInput("photo_unreadable", file=file, expected=", ".join(KINDS)) from error


def _too_large(file: str, size: str) -> BadInput:
    return BadInput("photo_too_large", file=file, value=size, expected=MOST_PIXELS // 1_000_000)


def on_paper(picture: Image.Image) -> Image.Image:
    """Give a picture in red, green and blue: what is see-through stands on paper."""
    if picture.mode in ("RGBA", "LA", "P"):
        clear = picture.convert("RGBA")
        picture = Image.alpha_composite(Image.new("RGBA", clear.size, "white"), clear)
    return picture.convert("RGB")
