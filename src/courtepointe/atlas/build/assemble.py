"""From the folders of the works to one pack: what they wrote, moved; what they told, in order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from courtepointe.atlas.build.plan import Plan
from courtepointe.atlas.build.report import not_loaded, told_sources, without_areas
from courtepointe.atlas.build.sources import FoundSource, with_sums
from courtepointe.atlas.build.work import PACK, read_told
from courtepointe.atlas.pack.write import PackWriter


@dataclass(frozen=True, slots=True)
class Assembled:
    """What was put together.

    Attributes
    ----------
    found : mapping of source code -> FoundSource
        With the checksums of their files.
    report : dict
    """

    found: Mapping[str, FoundSource]
    report: dict[str, Any]


def assemble(plan: Plan, scratch: Path, folder: Path) -> Assembled:
    """Put a pack together from works that are all done.

    Parameters
    ----------
    plan : Plan
    scratch : Path
        Where the works left their folders; on the disk of `folder`.
    folder : Path
        Of the pack.

    Returns
    -------
    Assembled
    """
    writer = PackWriter(folder, plan.recipe.metric_crs)
    told = {work.name: read_told(scratch, work.name) for work in plan.works}
    for work in plan.works:
        _move(scratch / work.name / PACK, folder)
        _list(told[work.name].get("index"), writer.index)
    _in_recipe_order(plan, writer.index)
    found = _identified(plan, told)
    report = _report(plan, found, told, writer.index)
    writer.finish(recipe_text=plan.recipe.text, report=report)
    return Assembled(found, report)


def _move(made: Path, folder: Path) -> None:
    for path in sorted(path for path in made.rglob("*") if path.is_file()):
        place = folder / path.relative_to(made)
        place.parent.mkdir(parents=True, exist_ok=True)
        path.replace(place)


def _list(index: Mapping[str, Any] | None, whole: dict[str, Any]) -> None:
    """Add what one work wrote to the list of what lies where."""
    for key, listed in (index or {}).items():
        if isinstance(listed, list):
            whole[key].extend(listed)
        elif listed is not None:
            whole[key] = listed


def _in_recipe_order(plan: Plan, index: dict[str, Any]) -> None:
    """List resolved divisions as the report does: in the order of their last boundary file."""
    order = {where: place for place, (where, _) in enumerate(plan.boundaries)}
    index["divisions"].sort(key=order.__getitem__)


def _identified(plan: Plan, told: Mapping[str, Any]) -> Mapping[str, FoundSource]:
    paths = sorted({file.path for one in plan.found.values() for file in one.files})
    names = plan.told.get("sums", [])
    sums = {path: told[name]["sha256"] for path, name in zip(paths, names, strict=True)}
    return with_sums(plan.found, sums)


def _report(
    plan: Plan,
    found: Mapping[str, FoundSource],
    told: Mapping[str, Any],
    index: Mapping[str, Any],
) -> dict[str, Any]:
    recipe = plan.recipe

    def tellings(part: str) -> Iterator[Any]:
        return (told[name]["told"] for name in plan.told.get(part, ()))

    unplaced = without_areas(recipe, found, plan.divisions)
    return {
        "format": 1,
        "recipe": recipe.code,
        "sources": told_sources(recipe, found),
        "boundaries": list(_boundaries(plan, told)),
        "resolved_divisions": list(_resolved(plan, told)),
        "releases": [one for some in tellings("releases") for one in some],
        "without_areas": unplaced,
        "places": list(tellings("places")),
        **_streets(plan, told),
        "overlaps": list(tellings("overlaps")),
        "correspondences": list(tellings("correspondences")),
        "not_loaded": not_loaded(recipe, index, unplaced=unplaced),
    }


def _boundaries(plan: Plan, told: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Tell each boundary file; of the last one of a division, its parents and its topology too."""
    divisions = list(plan.divisions)
    for where, name in plan.boundaries:
        facts = dict(told[name])
        if name != plan.divisions[where].gathered:
            yield facts | {"replaced_later": True}
            continue
        at = divisions.index(where)
        placed, checked = (told[plan.told[part][at]]["told"] for part in ("placed", "checked"))
        yield facts | placed | checked


def _streets(plan: Plan, told: Mapping[str, Any]) -> dict[str, Any]:
    """Tell the streets; nothing where there are none, so that a pack without any stays what it was."""
    names = plan.told.get("streets")
    return {"streets": told[names[0]]["told"]} if names else {}


def _resolved(plan: Plan, told: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    divisions = list(plan.divisions)
    for where, name in plan.boundaries:
        if name == plan.divisions[where].gathered:
            checked = told[plan.told["checked"][divisions.index(where)]]
            if "resolved" in checked:
                yield checked["resolved"]
