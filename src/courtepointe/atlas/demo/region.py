"""One region whole: its ground, its divisions, its people at two censuses."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

from courtepointe.atlas.demo.blocks import Blocks, Edges, blocks_of, edges_of
from courtepointe.atlas.demo.chance import added, generator
from courtepointe.atlas.demo.character import Character, centres_of, character_of, homes_in
from courtepointe.atlas.demo.divisions import Divisions, divisions_of
from courtepointe.atlas.demo.households import earlier_homes
from courtepointe.atlas.demo.identity import Quarters, municipality, quarters_of
from courtepointe.atlas.demo.people import People, people_of
from courtepointe.atlas.demo.pieces import Ground, Land, ground_of
from courtepointe.atlas.demo.plan import Region
from courtepointe.atlas.demo.quarters import limits_of
from courtepointe.atlas.demo.tally import Tally, tally_of
from courtepointe.core.typing import Floats, Ints, Shapes

HOMES_PER_DA = 252.0
BLOCKS_PER_QUARTER = 130


@dataclass(frozen=True, slots=True)
class Codes:
    """The publishers' codes of a region's areas.

    Attributes
    ----------
    block, da, da_2016, tract : tuple of str
        ``da_2016`` is by number; some numbers are borne by no area.
    municipality, name : str
    """

    block: tuple[str, ...]
    da: tuple[str, ...]
    da_2016: tuple[str, ...]
    tract: tuple[str, ...]
    municipality: str
    name: str


@dataclass(frozen=True, slots=True)
class Made:
    """A region, generated.

    Attributes
    ----------
    limits : (n_quarters,) shapely
    people, before : People
        In 2021 and in 2016.
    tally, tally_before : Tally
        By block.
    """

    region: Region
    seed: int
    ground: Ground
    edges: Edges
    blocks: Blocks
    character: Character
    divisions: Divisions
    quarters: Quarters
    limits: Shapes
    codes: Codes
    people: People
    before: People
    tally: Tally
    tally_before: Tally


def make(region: Region, *, seed: int) -> Made:
    """Generate a region: the same seed and plan give the same region, whatever else is generated."""

    def chance(topic: str) -> np.random.Generator:
        return generator(seed, region=region.index, topic=topic)

    ground = ground_of(region, seed=seed)
    edges = edges_of(ground)
    blocks = blocks_of(ground, edges, region, seed=seed)
    quarters = _quarters(region, blocks, rng=chance("quarters"))
    character = character_of(blocks, quarters.centres, quarters.kinds, rng=chance("character"))
    total = HOMES_PER_DA * region.n_das
    homes = homes_in(blocks, character, total=total, rng=chance("blocks"))
    divisions = divisions_of(blocks, homes, n_das=region.n_das, rng=chance("divisions"))
    works = blocks.shapes[blocks.land == Land.INDUSTRY]
    limits = limits_of(quarters.centres, blocks.shapes, works, rng=chance("names"))
    people = people_of(homes, character, year=2021, rng=chance("people_2021"))
    rng = chance("people_2016")
    before = people_of(earlier_homes(homes, character, rng=rng), character, year=2016, rng=rng)
    return Made(
        region,
        seed,
        ground,
        edges,
        blocks,
        character,
        divisions,
        quarters,
        limits,
        _codes(region, divisions),
        people,
        before,
        tally_of(people),
        tally_of(before),
    )


def _quarters(region: Region, blocks: Blocks, *, rng: np.random.Generator) -> Quarters:
    count = int(np.clip(round(len(blocks) / BLOCKS_PER_QUARTER), 3, 9))
    centres = centres_of(blocks, count, rng=rng)
    at = np.column_stack([blocks.x, blocks.y])
    nearest = np.hypot(*(at[:, None] - centres[None]).transpose(2, 0, 1)).argmin(axis=0)
    shares = np.column_stack([blocks.u[nearest], blocks.v[nearest]])
    return quarters_of(region, centres, shares, rng=rng)


def _codes(region: Region, divisions: Divisions) -> Codes:
    n_2016 = max(divisions.n_das_2016, divisions.n_das)
    das = [f"{region.cduid}{number + 101:04d}" for number in range(n_2016)]
    tracts = [f"{region.cma}{number + 1:04d}.00" for number in range(divisions.n_tracts)]
    rank = ranks(divisions.da)
    blocks = [f"{das[da]}{k + 1:03d}" for da, k in zip(divisions.da, rank, strict=True)]
    return Codes(
        tuple(blocks),
        tuple(das[: divisions.n_das]),
        tuple(das),
        tuple(tracts),
        region.csduid,
        municipality(region),
    )


def ranks(group: Ints) -> Ints:
    """Number the members of each group from 0, in order of position."""
    order = np.argsort(group, kind="stable")
    ordered = group[order]
    first = np.searchsorted(ordered, ordered)
    rank = np.empty(len(group), dtype=np.int64)
    rank[order] = np.arange(len(group)) - first
    return rank


def merged(shapes: Shapes, part: Ints, n_parts: int) -> Shapes:
    """Join the shapes that bear the same number; None for a number that none bears.

    Parameters
    ----------
    shapes : (n,) shapely
    part : (n,) int

    Returns
    -------
    (n_parts,) shapely or None
    """
    whole = np.full(n_parts, None, dtype=object)
    order = np.argsort(part, kind="stable")
    for group in np.split(order, np.flatnonzero(np.diff(part[order])) + 1):
        whole[part[group[0]]] = shapely.union_all(shapes[group])
    return whole


def surface(blocks: Blocks, part: Ints, n_parts: int) -> Floats:
    """Add the surface of blocks, square metres."""
    return added(part, blocks.surface_m2, n_parts)
