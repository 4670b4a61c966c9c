"""Vector tiles of the areas of a pack: geometry, codes and names; what is measured comes apart."""

from __future__ import annotations

from courtepointe.atlas.pack.values import AreaTable
from courtepointe.atlas.query.areas import area_table
from courtepointe.atlas.query.kept import Kept
from courtepointe.atlas.tiling import all_layers
from courtepointe.core.errors import NotFound
from courtepointe.core.tiles import MAX_ZOOM, Layer, Tile, cut
from courtepointe.formats.mvt import Texts, texts_of, write_layer


def zooms_of(kept: Kept, type_and_vintage: str) -> tuple[int, int]:
    """Give the first and the last zoom that draw a type."""
    table = area_table(kept.pack, type_and_vintage)
    return min(_layers(kept, table.type_and_vintage), default=MAX_ZOOM), MAX_ZOOM


def tile_of(kept: Kept, type_and_vintage: str, tile: Tile, *, lang: str) -> bytes:
    """Write the tile of a type, its one layer named ``TYPE:VINTAGE``; empty where it has no area.

    Raises
    ------
    NotFound
        ``tile_zoom_not_drawn`` below the first zoom of the type.
    """
    table = area_table(kept.pack, type_and_vintage)
    layers = _layers(kept, table.type_and_vintage)
    if tile.zoom not in layers:
        first, last = zooms_of(kept, type_and_vintage)
        raise NotFound(
            "tile_zoom_not_drawn",
            value=tile.zoom,
            name=table.type_and_vintage,
            expected=f"{first}-{last}",
        )
    pieces = cut(layers[tile.zoom], tile)
    return write_layer(table.type_and_vintage, pieces, _texts(kept, table, lang))


def _layers(kept: Kept, name: str) -> dict[int, Layer]:
    """Give the layers of a type by zoom: the pack's own, else made now."""

    def make() -> dict[int, Layer]:
        zooms = kept.pack.tile_zooms.get(name)
        if zooms is not None:
            return {zoom: kept.pack.tile_layers[name, zoom] for zoom in zooms}
        shapes = kept.division_shapes(name)
        made = all_layers(shapes, metric_crs=kept.pack.recipe.metric_crs)
        return {layer.zoom: layer for layer in made}

    return kept.once(("tile layers", name), make)


def _texts(kept: Kept, table: AreaTable, lang: str) -> Texts:
    names = table.names_en if lang == "en" else table.names_fr
    return kept.once(
        ("tile texts", table.type_and_vintage, lang),
        lambda: texts_of({"code": table.codes, "name": names}),
    )
