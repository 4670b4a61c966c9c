"""From a recipe and the files that are here to the works of a build, in the order of faults."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from math import ceil
from typing import Any

from courtepointe.atlas.build import areas, releases
from courtepointe.atlas.build.blocks import Counting, count_blocks
from courtepointe.atlas.build.correspondences import Joining, join
from courtepointe.atlas.build.overlaps import Measuring, measure
from courtepointe.atlas.build.pairs import Meeting, find_cuts, find_homes
from courtepointe.atlas.build.places import Placing, read_layer_of_places
from courtepointe.atlas.build.sources import FoundSource, Summing, sum_file
from courtepointe.atlas.build.streets import StreetReading, read_the_streets
from courtepointe.atlas.build.tiles import Tiling, lay_out
from courtepointe.atlas.build.topology import Checking, check
from courtepointe.atlas.build.work import Desk, Part, Work
from courtepointe.atlas.pack.layout import division_name
from courtepointe.atlas.recipe.values import (
    Boundary,
    Correspondence,
    Overlap,
    PlaceLayer,
    Recipe,
    Release,
)

PART_BYTES = 3_000_000
"""A boundary file is cut in parts of some so many bytes: ten thousand to twenty thousand shapes."""
MOST_PARTS = 64
MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Division:
    """An area type at a vintage, while it is built.

    Attributes
    ----------
    gathered : str
        The work that leaves its areas.
    boundary : Boundary
        What says its parent.
    parts : int
        In how many runs its shapes are taken.
    """

    gathered: str
    boundary: Boundary
    parts: int
    by_code: bool


@dataclass(slots=True)
class Plan:
    """The works of a build, and what each told thing of the pack comes from.

    Attributes
    ----------
    works : list of Work
    divisions : dict of ``TYPE:VINTAGE`` -> Division
    boundaries : list of (str, str)
        ``TYPE:VINTAGE`` and the work that gathered each boundary file, in the recipe's order.
    told : dict of str -> list of str
        Part of the report -> the works that tell it, in order.
    sums : dict of Path -> str
        The works that tell the checksums of the sources' files.
    """

    recipe: Recipe
    found: Mapping[str, FoundSource]
    parts: int | None = None
    works: list[Work] = field(default_factory=list)
    divisions: dict[str, Division] = field(default_factory=dict)
    boundaries: list[tuple[str, str]] = field(default_factory=list)
    told: dict[str, list[str]] = field(default_factory=dict)
    counted: str | None = None
    _pairs: dict[tuple[Any, ...], tuple[str, ...]] = field(default_factory=dict)

    def add(self, work: Work, *, tells: str | None = None) -> str:
        """Add a work; give its name."""
        self.works.append(work)
        if tells is not None:
            self.told.setdefault(tells, []).append(work.name)
        return work.name

    def pairs(
        self,
        step: Callable[[Meeting, Desk], Mapping[str, Any]],
        from_: str,
        to: str,
        *,
        least_share: float = 0.5,
        label: str = "areas",
    ) -> tuple[str, ...]:
        """Hold the shapes of one division against another, once for all who ask."""
        key = (step.__name__, from_, to, least_share)
        if key not in self._pairs:
            left, right = self.divisions[from_], self.divisions[to]
            named = f"{step.__name__}-{division_name(from_)}--{division_name(to)}-{least_share}"
            self._pairs[key] = tuple(
                self.add(
                    Work(
                        f"{named}-{number}",
                        step,
                        Meeting(
                            left.gathered, right.gathered, Part(number, left.parts), least_share
                        ),
                        (left.gathered, right.gathered),
                        label,
                    )
                )
                for number in range(left.parts)
            )
        return self._pairs[key]


def plan_build(
    recipe: Recipe, found: Mapping[str, FoundSource], *, parts: int | None = None
) -> Plan:
    """Lay out the works of a build.

    Parameters
    ----------
    recipe : Recipe
    found : mapping of source code -> FoundSource
    parts : int, optional
        In how many runs each boundary file is taken; None: as many as its size asks for. The
        pack is the same.

    Returns
    -------
    Plan
        Its works in the order in which faults are told: a fault of an earlier work comes first.
    """
    plan = Plan(recipe, found, parts)
    for boundary in recipe.boundaries:
        if boundary.source in found:
            _read(plan, boundary)
    for where in plan.divisions:
        _place(plan, where)
    for where in plan.divisions:
        _check(plan, where)
    for where in plan.divisions:
        _tiles(plan, where)
    _count(plan)
    _values(plan)
    _between(plan)
    for path in sorted({file.path for one in found.values() for file in one.files}):
        _sum(plan, path)
    return plan


def _values(plan: Plan) -> None:
    """Add what reads values, places and streets."""
    for release in plan.recipe.releases:
        if release.source in plan.found:
            _release(plan, release)
    for layer in plan.recipe.places:
        if layer.source in plan.found:
            _layer(plan, layer)
    streets = plan.recipe.streets
    if streets is not None and streets.source in plan.found:
        given = StreetReading(streets, plan.found[streets.source], plan.recipe.metric_crs)
        plan.add(Work("streets", read_the_streets, given, label="streets"), tells="streets")


def _between(plan: Plan) -> None:
    """Add what tells how divisions lie to one another."""
    for overlap in plan.recipe.overlaps:
        if overlap.from_ in plan.divisions and overlap.to in plan.divisions:
            _overlap(plan, overlap)
    for declared in plan.recipe.correspondences:
        if declared.from_ in plan.divisions and declared.to in plan.divisions:
            _correspondence(plan, declared)


def _sum(plan: Plan, path: Any) -> None:
    work = Work(f"sum-{len(plan.told.get('sums', []))}", sum_file, Summing(path), label="sources")
    plan.add(work, tells="sums")


def _read(plan: Plan, boundary: Boundary) -> None:
    where, path = boundary.type_and_vintage, plan.found[boundary.source].one_path()
    base = plan.divisions.get(where) if boundary.replaces else None
    name = f"{len(plan.boundaries)}-{division_name(where)}"
    n_parts = plan.parts or min(MOST_PARTS, ceil(path.stat().st_size / PART_BYTES))
    unpacked: tuple[str, ...] = ()
    if n_parts > 1:
        given = areas.Unpacking(path, boundary.layer)
        unpacked = (plan.add(Work(f"unpack-{name}", areas.unpack, given)),)
    read = tuple(
        plan.add(
            Work(
                f"read-{name}-{number}",
                areas.read_part,
                areas.Reading(
                    boundary,
                    path,
                    plan.recipe.metric_crs,
                    unpacked[0] if unpacked else None,
                    Part(number, n_parts),
                ),
                unpacked,
            )
        )
        for number in range(n_parts)
    )
    bases = (base.gathered,) if base is not None else ()
    gathering = areas.Gathering(boundary, read, base.gathered if base is not None else None)
    gathered = plan.add(Work(f"gather-{name}", areas.gather, gathering, (*read, *bases)))
    if boundary.replaces and base is None:
        return
    parent = base.boundary if base is not None and base.boundary.parent else boundary
    by_code = base.by_code if base is not None else boundary.parent_code is not None
    plan.boundaries.append((where, gathered))
    plan.divisions[where] = Division(gathered, parent, n_parts, by_code)


def _place(plan: Plan, where: str) -> None:
    """Name the parents of a division's areas."""
    division = plan.divisions[where]
    parent = division.boundary.parent
    above = plan.divisions.get(parent) if parent is not None else None
    homes: tuple[str, ...] = ()
    if parent is not None and above is not None and not division.by_code:
        share = division.boundary.parent_share
        homes = plan.pairs(find_homes, where, parent, least_share=share)
    given = areas.Naming(
        where,
        division.gathered,
        plan.recipe.metric_crs,
        parent if above is not None else None,
        above.gathered if above is not None else None,
        homes,
    )
    needs = (division.gathered, *homes, *((above.gathered,) if above is not None else ()))
    name = f"place-{division_name(where)}"
    plan.add(Work(name, areas.place_areas, given, needs), tells="placed")


def _check(plan: Plan, where: str) -> None:
    gathered = plan.divisions[where].gathered
    resolved = where != plan.recipe.fit.blocks
    given = Checking(where, gathered, plan.recipe.metric_crs, resolved)
    name = f"check-{division_name(where)}"
    plan.add(Work(name, check, given, (gathered,)), tells="checked")


def _tiles(plan: Plan, where: str) -> None:
    gathered, name = plan.divisions[where].gathered, division_name(where)
    checked = f"check-{name}"
    given = Tiling(where, gathered, checked, plan.recipe.metric_crs)
    plan.add(Work(f"tiles-{name}", lay_out, given, (gathered, checked), "tiles"))


def _count(plan: Plan) -> None:
    fit = plan.recipe.fit
    if fit.blocks is None or fit.blocks not in plan.divisions:
        return
    here = [unit for unit in fit.units if unit in plan.divisions]
    homes = {
        unit: plan.pairs(find_homes, fit.blocks, unit)
        for unit in here
        if unit not in fit.block_unit
    }
    units = tuple((u, plan.divisions[u].gathered, fit.block_unit.get(u)) for u in here)
    table = plan.divisions[fit.blocks].gathered
    given = Counting(
        fit.blocks,
        table,
        plan.recipe.metric_crs,
        fit.block_people,
        fit.block_dwellings,
        units,
        homes,
    )
    needs = (table, *(work for _, work, _ in units), *(n for ns in homes.values() for n in ns))
    plan.counted = plan.add(Work("count-blocks", count_blocks, given, needs), tells="blocks")


def _release(plan: Plan, release: Release) -> None:
    source, metric_crs = plan.found[release.source], plan.recipe.metric_crs
    if release.reader == "census_profile":
        _profile(plan, release, source)
    elif release.area in plan.divisions:
        assert release.area is not None
        table = plan.divisions[release.area].gathered
        reading = releases.TableReading(release, source, release.area, table, metric_crs)
        name = f"release-{release.code}"
        work = Work(name, releases.read_table_release, reading, (table,), release.code)
        plan.add(work, tells="releases")


def _profile(plan: Plan, release: Release, source: FoundSource) -> None:
    levels = tuple(
        (prefix, where, plan.divisions[where].gathered)
        for prefix, where in release.levels.items()
        if where in plan.divisions
    )
    if not levels:
        return
    tables, encoding = tuple(dict.fromkeys(w for _, _, w in levels)), source.source.encoding
    read = tuple(
        plan.add(
            Work(
                f"profile-{release.code}-{number}",
                releases.read_profile_file,
                releases.ProfileReading(release, (path,), encoding, levels),
                tables,
                release.code,
                1 + path.stat().st_size // MEGABYTE,
            )
        )
        for number, path in enumerate(source.paths)
    )
    whole = releases.ProfileReading(release, source.paths, encoding, levels)
    given = releases.ProfileJoining(whole, read, plan.recipe.metric_crs)
    name = f"release-{release.code}"
    work = Work(name, releases.join_profile, given, (*tables, *read), release.code)
    plan.add(work, tells="releases")


def _layer(plan: Plan, layer: PlaceLayer) -> None:
    borough = plan.divisions.get(layer.borough_type) if layer.borough_type else None
    named: tuple[str, str] | None = None
    needs: tuple[str, ...] = ()
    if borough is not None and layer.borough_type is not None:
        named, needs = (layer.borough_type, borough.gathered), (borough.gathered,)
    given = Placing(layer, plan.found[layer.source], plan.recipe.metric_crs, named)
    work = Work(f"layer-{layer.code}", read_layer_of_places, given, needs, layer.code)
    plan.add(work, tells="places")


def _overlap(plan: Plan, wanted: Overlap) -> None:
    from_, to = plan.divisions[wanted.from_].gathered, plan.divisions[wanted.to].gathered
    surface = plan.pairs(find_cuts, wanted.from_, wanted.to, label="overlaps")
    homes: tuple[str, ...] = ()
    cuts: tuple[str, ...] = ()
    blocks = plan.recipe.fit.blocks
    if plan.counted is not None and blocks is not None:
        homes = plan.pairs(find_homes, blocks, wanted.from_, label="overlaps")
        cuts = plan.pairs(find_cuts, blocks, wanted.to, label="overlaps")
    given = Measuring(
        wanted.from_, wanted.to, from_, to, plan.recipe.metric_crs, surface, plan.counted, homes,
        cuts,
    )  # fmt: skip
    counted = (plan.counted,) if plan.counted is not None else ()
    name = f"overlap-{division_name(wanted.from_)}--{division_name(wanted.to)}"
    needs = (from_, to, *surface, *counted, *homes, *cuts)
    plan.add(Work(name, measure, given, needs, "overlaps"), tells="overlaps")


def _correspondence(plan: Plan, declared: Correspondence) -> None:
    older, newer = plan.divisions[declared.from_].gathered, plan.divisions[declared.to].gathered
    source = plan.found.get(declared.source) if declared.source is not None else None
    fit, blocks = plan.recipe.fit, None
    older_homes: tuple[str, ...] = ()
    newer_homes: tuple[str, ...] = ()
    needs: tuple[str, ...] = (older, newer)
    if plan.counted is not None and fit.blocks is not None:
        table = plan.divisions[fit.blocks].gathered
        blocks = (fit.blocks, table, plan.counted)
        if declared.block_property is None:
            older_homes = plan.pairs(find_homes, fit.blocks, declared.from_)
        if declared.to not in fit.units:
            newer_homes = plan.pairs(find_homes, fit.blocks, declared.to)
        needs += (table, plan.counted, *older_homes, *newer_homes)
    given = Joining(
        declared,
        older,
        newer,
        plan.recipe.metric_crs,
        source.one_path() if source is not None else None,
        blocks,
        older_homes,
        newer_homes,
    )
    name = f"correspondence-{division_name(declared.from_)}--{division_name(declared.to)}"
    plan.add(Work(name, join, given, needs, "correspondences"), tells="correspondences")
