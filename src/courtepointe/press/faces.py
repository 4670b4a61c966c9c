"""The faces that paper is set in: made from the web faces that npm brings, once a machine.

Programs that print read TrueType; the web has the same letters in two files a weight (WOFF), cut
by alphabet. They are joined here, and given the narrow no-break space that French asks for.
"""

from __future__ import annotations

import logging
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

from fontTools.merge import Merger
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import Glyph

from courtepointe.core.errors import NotFound

FAMILY = "Atkinson Hyperlegible Next"
SYLLABICS = "Noto Sans Canadian Aboriginal"
VERSION = "1"
"""Of what is done to the faces: another makes them anew."""
STYLES = ("400-normal", "400-italic", "600-normal", "700-normal")
SUBSETS = ("latin", "latin-ext")
LATIN = "@fontsource/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-{}-{}.woff"
NOTO = (
    "@fontsource/noto-sans-canadian-aboriginal/files/"
    "noto-sans-canadian-aboriginal-canadian-aboriginal-400-normal.woff"
)
NARROW = 0x202F
NARROW_PART = 0.5
"""Of the width of a space."""


def faces(node_modules: Path, kept: Path) -> Path:
    """Give the folder of the faces, made where they are not there yet.

    Parameters
    ----------
    node_modules : Path
        Where `npm ci` put the browser libraries.
    kept : Path
        A folder to keep them in.

    Raises
    ------
    NotFound
        ``faces_missing`` where the web faces are not there.
    """
    folder = kept / f"faces-{VERSION}"
    if folder.is_dir():
        return folder
    kept.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=kept) as made:
        beside = Path(made) / "faces"
        beside.mkdir()
        for style in STYLES:
            files = [node_modules / LATIN.format(subset, style) for subset in SUBSETS]
            _joined(files).save(beside / f"text-{style}.ttf")
        syllabics = TTFont(_found(node_modules / NOTO), recalcTimestamp=False)
        syllabics.flavor = None
        syllabics.save(beside / "syllabics.ttf")
        try:
            beside.rename(folder)
        except OSError:
            if not folder.is_dir():  # else another process was first
                raise
    return folder


def _found(file: Path) -> Path:
    if not file.is_file():
        raise NotFound("faces_missing", file=str(file))
    return file


def _joined(files: Sequence[Path]) -> TTFont:
    """Join the files of one style, and give it a narrow no-break space."""
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    font = Merger().merge([os.fspath(_found(file)) for file in files])
    font.flavor = None
    font.recalcTimestamp = False
    width, _ = font["hmtx"]["space"]
    font.setGlyphOrder([*font.getGlyphOrder(), "uni202F"])
    font["glyf"]["uni202F"] = Glyph()
    font["hmtx"]["uni202F"] = (round(width * NARROW_PART), 0)
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap[NARROW] = "uni202F"
    return font
