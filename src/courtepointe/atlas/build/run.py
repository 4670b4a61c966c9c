"""Build a pack: recipe and files in, a folder out, or the reason why not."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from courtepointe.atlas.build.assemble import Assembled, assemble
from courtepointe.atlas.build.engine import Engine, InProcess, OnStep, carry_out
from courtepointe.atlas.build.plan import Plan, plan_build
from courtepointe.atlas.build.sources import find_sources
from courtepointe.atlas.build.swap import replacing
from courtepointe.atlas.pack.describe import seal
from courtepointe.atlas.recipe.read import read_recipe

SCRATCH = "works"


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


def build_pack(
    recipe_file: Path,
    *,
    sources: Path,
    out: Path,
    now: datetime,
    on_step: OnStep | None = None,
    engine: Engine | None = None,
    parts: int | None = None,
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
    engine : Engine, optional
        What does the works; None: this process, one after another. It must see `sources` and the
        folder that `out` is in under the same paths.
    parts : int, optional
        In how many runs each boundary file is taken; None: as many as its size asks for. Like
        the engine, it changes nothing in the pack.

    Raises
    ------
    BadInput, NotFound, Refused
        Naming file, row, column, value and what was expected. Nothing half built is left.
    """
    recipe = read_recipe(recipe_file)
    step = on_step or (lambda what, done, total: None)
    step("sources", 0, 1)
    plan = plan_build(recipe, find_sources(recipe, sources.absolute()), parts=parts)
    with replacing(out.absolute()) as folder:
        assembled = _work(plan, engine or InProcess(), folder, on_step=step)
        step("sealing", 0, 1)
        loaded = {code: one.facts() for code, one in assembled.found.items()}
        content_hash = seal(folder, recipe, loaded_sources=loaded, now=now)
    step("sealing", 1, 1)
    return Built(out, content_hash, assembled.report)


def _work(plan: Plan, engine: Engine, folder: Path, *, on_step: OnStep) -> Assembled:
    """Do all works beside the pack's parts, put these in their place, and clear away the rest."""
    scratch = folder / SCRATCH
    scratch.mkdir()
    try:
        carry_out(plan.works, engine, scratch, on_step=on_step)
    finally:
        engine.drop()
    assembled = assemble(plan, scratch, folder)
    shutil.rmtree(scratch)
    return assembled
