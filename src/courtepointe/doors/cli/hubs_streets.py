"""The streets that a command walks: those of a file, else those of the atlas."""

from __future__ import annotations

from pathlib import Path

from courtepointe.atlas.pack.values import StreetTable
from courtepointe.atlas.query.atlas import Atlas
from courtepointe.core.errors import BadInput, NoAnswer
from courtepointe.formats.streets import StreetFile, read_streets

METRES = "EPSG:32188"


def metres_of(atlas: Atlas | None) -> str:
    """Give the metric system that is worked in."""
    return METRES if atlas is None else atlas.pack.recipe.metric_crs


def streets_asked(
    file: Path | None, *, atlas: Atlas | None, layer: str | None
) -> StreetFile | StreetTable:
    """Give the streets of the file that is named, else those of the atlas.

    Raises
    ------
    BadInput
        ``streets_not_named`` where there is neither a file nor an atlas; ``streets_layer_of_pack`` where a
        layer is named without its file; as `read_streets`.
    NoAnswer
        ``pack_without_streets``.
    """
    if file is not None:
        return read_streets(file, to_crs=metres_of(atlas), layer=layer)
    if atlas is None:
        raise BadInput("streets_not_named")
    if layer is not None:
        raise BadInput("streets_layer_of_pack", value=layer)
    table = atlas.pack.streets
    if table is None:
        raise NoAnswer("pack_without_streets", atlas=atlas.pack.recipe.code)
    return table
