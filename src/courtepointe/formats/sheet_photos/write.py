"""Write pixels as PNG."""

from __future__ import annotations

import io

import numpy as np
from numpy.typing import NDArray
from PIL import Image


def png_of(pixels: NDArray[np.uint8], *, dpi: float) -> bytes:
    """Write a picture.

    Parameters
    ----------
    pixels : (height, width) or (height, width, 3) uint8
    dpi : float, pixels per inch
        Noted in the file, so that it prints at its size.
    """
    out = io.BytesIO()
    Image.fromarray(pixels).save(out, "PNG", dpi=(dpi, dpi))
    return out.getvalue()
