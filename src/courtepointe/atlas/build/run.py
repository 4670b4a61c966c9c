"""Build a pack: recipe and files in, a folder out, or the reason why not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from courtepointe.atlas.build.areas import Areas, build_areas
from courtepointe.atlas.build.blocks import build_blocks
from courtepointe.atlas.build.correspondences import build_correspondence
from courtepointe.atlas.build.overlaps import build_overlap
from courtepointe.atlas.build.places import build_places
from courtepointe.atlas.build.profile import fill_from_profile, target_of
from courtepointe.atlas.build.report import not_loaded, told_sources, without_areas
from courtepointe.atlas.build.sources import FoundSource, find_sources
from courtepointe.atlas.build.swap import replacing
from courtepointe.atlas.build.tables import fill_from_table, read_any_table
from courtepointe.atlas.pack.describe import seal
from courtepointe.atlas.pack.values import BlockTable
from courtepointe.atlas.pack.write import PackWriter
from courtepointe.atlas.recipe.read import read_recipe
from courtepointe.atlas.recipe.values import Recipe, Release
from courtepointe.atlas.tiling import all_layers
from courtepointe.core.shapes import resolve_overlaps
from courtepointe.core.typing import Shapes

OnStep = Callable[[str, int, int], None]
"""Called with what is being done, how much of it is done, and how much there is."""


@dataclass(frozen=True, slots=True)
class Built:
    """A pack that was built.

    Attributes
    ----------
    content_hash : str
    report : mapping
        What was read, matched, repaired and refused.
    """

    folder: Path
    content_hash: str
    report: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Work:
    """What the steps of one build share."""

    recipe: Recipe
    found: Mapping[str, FoundSource]
    writer: PackWriter
    on_step: OnStep
    resolved: dict[str, Shapes] = field(default_factory=dict)


def build_pack(
    recipe_file: Path, *, sources: Path, out: Path, now: datetime, on_step: OnStep | None = None
) -> Built:
    """Build a pack from a recipe and a folder of publishers' files.

    Parameters
    ----------
    recipe_file : Path
    sources : Path
        Folder that the recipe's file patterns are relative to.
    out : Path
        The pack's folder; a former pack is served until the new one takes its place.
    now : datetime
        Written in the descriptor, outside the content that is hashed.
    on_step : callable, optional

    Raises
    ------
    BadInput, NotFound, Refused
        Naming file, row, column, value and what was expected. Nothing half built is left.
    """
    recipe = read_recipe(recipe_file)
    step = on_step or (lambda what, done, total: None)
    step("sources", 0, 1)
    found = find_sources(recipe, sources)
    with replacing(out) as folder:
        writer = PackWriter(folder, recipe.metric_crs)
        report = _write(_Work(recipe, found, writer, step))
        writer.finish(recipe_text=recipe.text, report=report)
        step("sealing", 0, 1)
        loaded = {code: one.facts() for code, one in found.items()}
        content_hash = seal(folder, recipe, loaded_sources=loaded, now=now)
    return Built(out, content_hash, report)


def _write(work: _Work) -> dict[str, Any]:
    """Write every part of the pack, and tell what was met on the way."""
    recipe = work.recipe
    work.on_step("areas", 0, len(recipe.boundaries))
    areas = build_areas(recipe, work.found)
    for table in areas.tables.values():
        work.writer.add_areas(table)
    blocks = build_blocks(recipe.fit, areas.tables)
    if blocks is not None:
        work.writer.add_blocks(blocks)
    resolved = _divisions(work, areas, blocks)
    _tiles(work, areas)
    releases = [told for release in recipe.releases for told in _release(work, release, areas)]
    unplaced = without_areas(recipe, work.found, areas.tables)
    return {
        "format": 1,
        "recipe": recipe.code,
        "sources": told_sources(recipe, work.found),
        "boundaries": areas.report,
        "resolved_divisions": resolved,
        "releases": releases,
        "without_areas": unplaced,
        "places": _places(work, areas),
        "overlaps": _overlaps(work, areas, blocks),
        "correspondences": _correspondences(work, areas, blocks),
        "not_loaded": not_loaded(recipe, work.writer.index, unplaced=unplaced),
    }


def _divisions(work: _Work, areas: Areas, blocks: BlockTable | None) -> list[dict[str, Any]]:
    """Resolve divisions whose areas overlap, so that nobody is counted twice as drawn."""
    resolved: list[dict[str, Any]] = []
    blocks_here = blocks.type_and_vintage if blocks is not None else None
    for boundary in areas.report:
        where = boundary["area"]
        if where == blocks_here or boundary.get("overlaps", {}).get("pairs", 0) == 0:
            continue
        told = resolve_overlaps(areas.tables[where].shapes)
        work.writer.add_division(where, told.shapes)
        work.resolved[where] = told.shapes
        resolved.append({"area": where, "m2": round(float(told.lost_m2.sum()), 1)})
    return resolved


def _tiles(work: _Work, areas: Areas) -> None:
    """Prepare vector tiles, so that no visitor waits for it."""
    for done, (where, table) in enumerate(areas.tables.items()):
        work.on_step("tiles", done, len(areas.tables))
        shapes = work.resolved.get(where, table.shapes)
        work.writer.add_tiles(where, all_layers(shapes, metric_crs=work.recipe.metric_crs))


def _release(work: _Work, release: Release, areas: Areas) -> list[dict[str, Any]]:
    if release.source not in work.found:
        return []
    source = work.found[release.source]
    if release.reader == "census_profile":
        return _profile(work, release, source, areas)
    assert release.area is not None
    if release.area not in areas.tables:
        return []
    area, variables = areas.tables[release.area], tuple(one.code for one in release.variables)
    work.on_step(release.code, 0, 1)
    arrays = work.writer.start_release(release.code, area, variables)
    told = fill_from_table(release, read_any_table(source), area, arrays)
    work.writer.finish_release(release.code, area, variables, arrays)
    return [told]


def _profile(
    work: _Work, release: Release, source: FoundSource, areas: Areas
) -> list[dict[str, Any]]:
    variables = tuple(one.code for one in release.variables)
    targets = {}
    for prefix, where in release.levels.items():
        if where in areas.tables:
            area = areas.tables[where]
            arrays = work.writer.start_release(release.code, area, variables)
            targets[prefix] = target_of(release, prefix, area, arrays)
    if not targets:
        return []
    told = fill_from_profile(
        release,
        source,
        targets,
        on_progress=lambda done, total: work.on_step(release.code, done, total),
    )
    for target, one in zip(targets.values(), told, strict=True):
        work.writer.finish_release(
            release.code, target.area, variables, target.arrays, absent=one["variables_absent"]
        )
    return told


def _places(work: _Work, areas: Areas) -> list[dict[str, Any]]:
    told_layers = []
    for layer in work.recipe.places:
        if layer.source not in work.found:
            continue
        work.on_step(layer.code, 0, 1)
        borough = areas.tables.get(layer.borough_type) if layer.borough_type else None
        table, told = build_places(
            layer,
            work.found[layer.source],
            metric_crs=work.recipe.metric_crs,
            borough=borough,
        )
        work.writer.add_places(table)
        told_layers.append(told)
    return told_layers


def _overlaps(work: _Work, areas: Areas, blocks: BlockTable | None) -> list[dict[str, Any]]:
    told_pairs = []
    for wanted in work.recipe.overlaps:
        if wanted.from_ not in areas.tables or wanted.to not in areas.tables:
            continue
        work.on_step("overlaps", 0, 1)
        from_, to = areas.tables[wanted.from_], areas.tables[wanted.to]
        table, told = build_overlap(from_, to, blocks=blocks)
        work.writer.add_overlaps(table, codes=(from_.codes, to.codes))
        told_pairs.append(told)
    return told_pairs


def _correspondences(work: _Work, areas: Areas, blocks: BlockTable | None) -> list[dict[str, Any]]:
    told_pairs = []
    for wanted in work.recipe.correspondences:
        if wanted.from_ not in areas.tables or wanted.to not in areas.tables:
            continue
        work.on_step("correspondences", 0, 1)
        found = work.found.get(wanted.source) if wanted.source is not None else None
        built = build_correspondence(wanted, areas.tables, blocks=blocks, found=found)
        if built is None:
            told_pairs.append({"from": wanted.from_, "to": wanted.to, "method": None})
            continue
        table, told = built
        codes = (areas.tables[wanted.from_].codes, areas.tables[wanted.to].codes)
        work.writer.add_correspondence(table, codes=codes)
        told_pairs.append(told)
    return told_pairs
