"""The areas of a type with chosen figures: GeoPackage and GeoParquet, the same columns in both."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from courtepointe.atlas.figures import Figure
from courtepointe.atlas.pack.geoparquet import write_geoparquet
from courtepointe.atlas.query.areas import area_table, moved, to_degrees
from courtepointe.atlas.query.atlas import Atlas
from courtepointe.atlas.recipe.values import Indicator, Recipe
from courtepointe.core.typing import Shapes
from courtepointe.formats.published.geopackage import write_geopackage
from courtepointe.press.citation import View, cite, releases_used
from courtepointe.press.words import typeset

SIDES = ("value", "low", "high", "status")


def figure_columns(
    atlas: Atlas, type_and_vintage: str, indicators: Sequence[Indicator]
) -> dict[str, list[Any]]:
    """Lay areas and figures out in columns: four for each figure.

    Parameters
    ----------
    atlas : Atlas
    type_and_vintage : str
    indicators : sequence of Indicator

    Returns
    -------
    dict of name -> (n_areas,) list
        A value that is not there is None, beside the status that says why.
    """
    table = area_table(atlas.pack, type_and_vintage)
    columns: dict[str, list[Any]] = {
        "code": list(table.codes),
        "name_fr": list(table.names_fr),
        "name_en": list(table.names_en),
        "dguid": [dguid or None for dguid in table.dguids],
        "parent": [parent or None for parent in table.parents],
        "surface_km2": [round(float(m2) / 1e6, 6) for m2 in table.surface_m2],
    }
    for indicator in indicators:
        found = atlas.figures_for_type(table.type_and_vintage, indicator.code).figures
        for side in SIDES:
            columns[f"{indicator.code}_{side}"] = [_side(figure, side) for figure in found]
    return columns


def _side(figure: Figure, side: str) -> float | str | None:
    return figure.status.value if side == "status" else getattr(figure, side)


def figures_of(
    atlas: Atlas, type_and_vintage: str, indicators: Sequence[Indicator]
) -> tuple[Figure, ...]:
    """Give all figures of a table.

    Parameters
    ----------
    atlas : Atlas
    type_and_vintage : str
    indicators : sequence of Indicator
    """
    return tuple(
        figure
        for indicator in indicators
        for figure in atlas.figures_for_type(type_and_vintage, indicator.code).figures
    )


def about(
    atlas: Atlas, type_and_vintage: str, indicators: Sequence[Indicator], *, lang: str, address: str
) -> dict[str, str]:
    """Say what goes with every export: releases, licences, citation, hash of the pack.

    Parameters
    ----------
    atlas : Atlas
    type_and_vintage : str
    indicators : sequence of Indicator
    lang : str
    address : str
        Where the export was had.
    """
    recipe, figures = atlas.pack.recipe, figures_of(atlas, type_and_vintage, indicators)
    view = View(
        title=title_of(recipe, type_and_vintage, lang=lang),
        atlas=recipe.name.in_(lang),
        releases=releases_used(recipe, figures, lang=lang),
        address=address,
        pack_hash=atlas.pack.content_hash,
    )
    recalled = {r.code for r in recipe.releases if r.recalled is not None}
    used = dict.fromkeys(f.release for f in figures if f.release)
    told = {
        "title": view.title,
        "releases": "; ".join(used),
        "recalled_releases": "; ".join(code for code in used if code in recalled),
        "licences": "; ".join(_licences(recipe, figures, type_and_vintage, lang=lang)),
        "citation": cite(view, lang=lang).text,
        "pack": view.pack_hash,
    }
    notice = recipe.notice.in_(lang) if recipe.notice else ""
    return {name: text for name, text in (*told.items(), ("notice", notice)) if text}


def title_of(recipe: Recipe, type_and_vintage: str, *, lang: str) -> str:
    """Name the areas of a type at a vintage.

    Parameters
    ----------
    recipe : Recipe
    type_and_vintage : str
    lang : str
    """
    code, _, vintage = type_and_vintage.partition(":")
    kind = next(held for held in recipe.area_types if held.code == code)
    return typeset(f"{kind.plural.in_(lang)}, {vintage}", lang=lang)


def _licences(
    recipe: Recipe, figures: Sequence[Figure], type_and_vintage: str, *, lang: str
) -> list[str]:
    """Name the licences of the figures and of the limits, with the words that they ask for."""
    limits = [b.source for b in recipe.boundaries if b.type_and_vintage == type_and_vintage]
    sources = {*limits, *(code for figure in figures for code in figure.sources)}
    codes = {source.licence for source in recipe.sources if source.code in sources}
    return [
        f"{held.title.in_(lang)} <{held.url}>: {held.attribution.in_(lang)}"
        for held in recipe.licences
        if held.code in codes
    ]


def shapes_in_degrees(atlas: Atlas, type_and_vintage: str) -> Shapes:
    """Give the limits of a type in longitude and latitude: (n_areas,).

    Parameters
    ----------
    atlas : Atlas
    type_and_vintage : str
    """
    table = area_table(atlas.pack, type_and_vintage)
    return moved(table.shapes, to_degrees(atlas.pack))


def areas_geopackage(
    atlas: Atlas, type_and_vintage: str, indicators: Sequence[Indicator], *, told: dict[str, str]
) -> bytes:
    """Write a type's areas and figures as a GeoPackage; ``told`` is `about` them."""
    columns = figure_columns(atlas, type_and_vintage, indicators)
    layer = type_and_vintage.replace(":", "_")
    return write_geopackage(layer, columns, shapes_in_degrees(atlas, type_and_vintage), about=told)


def areas_geoparquet(
    atlas: Atlas, type_and_vintage: str, indicators: Sequence[Indicator], *, told: dict[str, str]
) -> bytes:
    """Write a type's areas and figures as GeoParquet; ``told`` is `about` them."""
    columns = figure_columns(atlas, type_and_vintage, indicators)
    shapes = shapes_in_degrees(atlas, type_and_vintage)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "areas.parquet"
        write_geoparquet(path, columns, shapes, about=told)
        return path.read_bytes()
