"""What the neighbourhoods are like: the fields from which people are drawn, smooth and then rough."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from courtepointe.atlas.demo.blocks import Blocks
from courtepointe.atlas.demo.chance import whole
from courtepointe.atlas.demo.pieces import Land
from courtepointe.core.typing import Floats, Ints


@dataclass(frozen=True, slots=True)
class Character:
    """Traits of a place; an array of each where it speaks of blocks.

    Attributes
    ----------
    density : float
        Log of homes per hectare against the city's mean.
    affluence : float
        About -1.2 to 1.2.
    young, old, family : float
        Log-odds of students and young adults, of elders, of families with children.
    newcomers : float
        Log-odds that a household came from abroad.
    english : float
        Log-odds that a household's language is English rather than French.
    built : float
        Usual year of construction.
    towers, houses : float
        Log-odds of tall buildings and of houses.
    """

    density: Floats
    affluence: Floats
    young: Floats
    old: Floats
    family: Floats
    newcomers: Floats
    english: Floats
    built: Floats
    towers: Floats
    houses: Floats


TRAITS = tuple(f.name for f in fields(Character))
ROUGHNESS = (0.30, 0.22, 0.25, 0.30, 0.20, 0.35, 0.30, 8.0, 0.5, 0.4)
"""Spread of each trait between neighbouring blocks."""


def character_of(
    blocks: Blocks,
    centres: Floats,
    kinds: dict[str, Floats],
    *,
    rng: np.random.Generator,
) -> Character:
    """Blend the quarters' characters over the blocks, then make each block a little its own.

    Parameters
    ----------
    blocks : Blocks
    centres : (n_quarters, 2) float, metres
    kinds : mapping of trait -> (n_quarters,) float
    """
    at = np.column_stack([blocks.x, blocks.y])
    apart = np.hypot(*(at[:, None, :] - centres[None, :, :]).transpose(2, 0, 1))
    reach = 0.42 * np.median(np.sort(apart, axis=1)[:, 1])
    near = np.exp(-0.5 * (apart / reach) ** 2) + 1e-9
    near /= near.sum(axis=1, keepdims=True)
    blended = {
        trait: near @ kinds[trait] + rough * _rough(at, rng=rng)
        for trait, rough in zip(TRAITS, ROUGHNESS, strict=True)
    }
    return Character(**blended)


def _rough(at: Floats, *, rng: np.random.Generator) -> Floats:
    """Draw a field of mean 0 and spread about 1: half of it waves of some 600 m, half its own."""
    waves = rng.normal(0.0, 2 * np.pi / 1500.0, (2, 24))
    smooth = np.cos(at @ waves + rng.uniform(0, 2 * np.pi, 24)).sum(axis=1) / np.sqrt(12)
    field: Floats = 0.75 * smooth + 0.65 * rng.normal(size=len(at))
    return field


def homes_in(
    blocks: Blocks, character: Character, *, total: float, rng: np.random.Generator
) -> Ints:
    """Draw how many households live in each block.

    Parameters
    ----------
    total : float, households
        In the blocks of homes and on the island; the works have a handful beside.

    Returns
    -------
    (n_blocks,) int, households
    """
    hectares = blocks.surface_m2 / 1e4
    crowd = np.exp(character.density) * hectares
    crowd[rng.random(len(blocks)) < 0.05] *= 0.05
    tall = (rng.random(len(blocks)) < 0.03) & (character.towers > -1.0)
    crowd[tall] *= 4.0
    crowd[blocks.land == Land.ISLAND] *= 0.5
    crowd[~np.isin(blocks.land, [Land.HOMES, Land.ISLAND])] = 0.0
    homes = rng.poisson(crowd * total / crowd.sum())
    works = np.flatnonzero(blocks.land == Land.INDUSTRY)
    middle = np.median(blocks.v[works]) if len(works) else 0.0
    homes[works] = np.where(
        blocks.v[works] > middle, rng.poisson(8.0, len(works)), rng.random(len(works)) < 0.4
    )
    return whole(homes)


def centres_of(blocks: Blocks, n_quarters: int, *, rng: np.random.Generator) -> Floats:
    """Spread the hearts of quarters over the land, one on the island where there is one.

    Returns
    -------
    (n_quarters, 2) float, metres
    """
    at = np.column_stack([blocks.x, blocks.y])
    island = blocks.v < 0
    main = np.flatnonzero(~island & (blocks.land == Land.HOMES))
    wanted = n_quarters - int(island.any())
    centres: Floats = at[rng.choice(main, wanted, replace=False)]
    for _ in range(30):
        nearest = _nearest(at[main], centres)
        weight = blocks.surface_m2[main]
        mass = np.maximum(np.bincount(nearest, weight, wanted), 1.0)
        centres = np.column_stack(
            [np.bincount(nearest, weight * at[main, axis], wanted) / mass for axis in (0, 1)]
        )
    if not island.any():
        return centres
    heart = at[island].mean(axis=0)
    ashore = at[main[np.hypot(*(at[main] - heart).T).argmin()]]
    # Half-way to the shore: the island's quarter has a foot on the mainland, and cuts its blocks.
    return np.vstack([centres, heart + 0.35 * (ashore - heart)])


def _nearest(at: Floats, centres: Floats) -> Ints:
    apart = ((at[:, None, :] - centres[None, :, :]) ** 2).sum(axis=2)
    return whole(apart.argmin(axis=1))
