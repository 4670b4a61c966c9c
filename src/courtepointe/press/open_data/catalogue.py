"""The catalogue of the atlas: one data set for each type and vintage of areas, in every form."""

from __future__ import annotations

from collections.abc import Callable

from courtepointe.atlas.query.areas import degree_bounds, steward_of, to_degrees
from courtepointe.atlas.query.atlas import Atlas
from courtepointe.atlas.recipe.values import Recipe, Words
from courtepointe.formats.published.catalogue import Catalogue, Dataset, Distribution
from courtepointe.press.open_data.areas import title_of

FORMS = (
    ("geopackage", "application/geopackage+sqlite3", "GeoPackage"),
    ("geoparquet", "application/vnd.apache.parquet", "GeoParquet"),
    ("sdmx_csv", "application/vnd.sdmx.data+csv", "SDMX-CSV 2.0"),
    ("sdmx_json", "application/vnd.sdmx.data+json", "SDMX-JSON 2.0"),
    ("items", "application/geo+json", "OGC API - Features"),
)
Address = Callable[[str, str], str]
"""Name of a form, ``TYPE:VINTAGE`` -> the whole address of its file."""


def atlas_catalogue(atlas: Atlas, *, address: str, file: Address) -> Catalogue:
    """List the data sets of an atlas.

    Parameters
    ----------
    atlas : Atlas
    address : str
        Of the catalogue.
    file : callable
    """
    recipe = atlas.pack.recipe
    return Catalogue(
        address=address,
        title=both(recipe.name),
        description=both(recipe.notice) if recipe.notice else both(recipe.name),
        publisher=recipe.stewards[0].name.fr if recipe.stewards else recipe.name.fr,
        datasets=tuple(_dataset(atlas, name, file) for name in atlas.pack.area_tables),
    )


def both(words: Words) -> dict[str, str]:
    """Give words by language."""
    return {"fr": words.fr, "en": words.en}


def _dataset(atlas: Atlas, name: str, file: Address) -> Dataset:
    pack, recipe = atlas.pack, atlas.pack.recipe
    table, steward = pack.area_tables[name], steward_of(pack, name)
    title = {lang: title_of(recipe, name, lang=lang) for lang in ("fr", "en")}
    bounds = degree_bounds(table.shapes, to_degrees(pack)) if len(table) else None
    sources = _sources(recipe, name)
    held = {source.code: source for source in recipe.sources}
    licences = {held[code].licence for code in sources}
    return Dataset(
        identifier=name.replace(":", "-"),
        title=title,
        description=title,
        publisher=steward.name.fr if steward else recipe.name.fr,
        licences=tuple(one.url for one in recipe.licences if one.code in licences and one.url),
        keywords=tuple(both(section.name) for section in recipe.sections),
        bounds=None
        if bounds is None
        else (
            float(bounds[:, 0].min()),
            float(bounds[:, 1].min()),
            float(bounds[:, 2].max()),
            float(bounds[:, 3].max()),
        ),
        sources=tuple(held[code].citation.fr for code in sources),
        version=pack.content_hash,
        distributions=tuple(
            Distribution(media, file(form, name), {"fr": label, "en": label})
            for form, media, label in FORMS
        ),
    )


def _sources(recipe: Recipe, name: str) -> tuple[str, ...]:
    """Give the sources of a type's limits and of all releases."""
    limits = [b.source for b in recipe.boundaries if b.type_and_vintage == name]
    used = {*limits, *(release.source for release in recipe.releases)}
    return tuple(source.code for source in recipe.sources if source.code in used)
