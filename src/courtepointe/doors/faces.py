"""The faces that paper is set in, made once in the data folder, and known to the charts."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from django.conf import settings

from courtepointe.press.charts import register_fonts
from courtepointe.press.faces import faces


@cache
def paper_faces() -> Path:
    """Give the folder of the faces."""
    folder = faces(settings.NODE_MODULES, settings.DATA / "faces")
    register_fonts(folder)
    return folder
