"""Who the city is: names and neighbourhoods, read from `identity.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import linear_sum_assignment

from courtepointe.atlas.demo.character import ROUGHNESS, TRAITS
from courtepointe.atlas.demo.plan import Region
from courtepointe.core.typing import Floats

TABLE = Path(__file__).with_name("identity.toml")


@cache
def words() -> dict[str, Any]:
    """Give all names."""
    return tomllib.loads(TABLE.read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Quarters:
    """The community's quarters of a region.

    Attributes
    ----------
    codes, names, tables : (n_quarters,) tuple of str
        A table is the round table that answers for the quarter.
    centres : (n_quarters, 2) float, metres
    kinds : mapping of trait -> (n_quarters,) float
    """

    codes: tuple[str, ...]
    names: tuple[str, ...]
    tables: tuple[str, ...]
    centres: Floats
    kinds: dict[str, Floats]


def municipality(region: Region) -> str:
    """Name a municipality: the city alone, or the first one, bears the city's name."""
    if region.index == 0:
        return str(words()["city"])
    more = words()["more"]
    saints, places = more["saints"], more["places"]
    at = region.index - 1
    return f"{saints[at % len(saints)]}-{places[(at + at // len(saints)) % len(places)]}"


def quarters_of(
    region: Region, centres: Floats, shares: Floats, *, rng: np.random.Generator
) -> Quarters:
    """Give each centre the written quarter whose place it is nearest, elsewhere a drawn one.

    Parameters
    ----------
    centres : (n_quarters, 2) float, metres
    shares : (n_quarters, 2) float
        The same points as shares of the region's width and height.
    """
    written: list[dict[str, Any]] = words()["quarters"]
    first = region.index * 100 + 1
    codes = tuple(f"Q{first + k:02d}" for k in range(len(centres)))
    if region.index > 0:
        return _drawn(region, codes, centres, rng=rng)
    at = np.array([quarter["at"] for quarter in written])
    apart = np.hypot(*(shares[:, None, :] - at[None, :, :]).transpose(2, 0, 1))
    chosen = linear_sum_assignment(apart)[1]
    mine = [written[k] for k in chosen]
    kinds = {t: np.array([float(q["traits"][t]) for q in mine]) for t in TRAITS}
    names, tables = (tuple(str(q[word]) for q in mine) for word in ("name", "table"))
    return Quarters(codes, names, tables, centres, kinds)


def _drawn(
    region: Region, codes: tuple[str, ...], centres: Floats, *, rng: np.random.Generator
) -> Quarters:
    places = words()["more"]["places"]
    n = len(centres)
    names = tuple(
        f"{municipality(region)}–{places[(region.index + 5 * k) % len(places)]}" for k in range(n)
    )
    usual = (0.1, 0.0, 0.0, 0.0, 0.1, -1.2, -1.8, 1968.0, -1.5, -0.8)
    wide = (0.5, 0.7, 0.5, 0.4, 0.5, 0.8, 0.8, 20.0, 0.8, 1.2)
    assert len(usual) == len(ROUGHNESS)
    kinds = {
        trait: rng.normal(mean, spread, n)
        for trait, mean, spread in zip(TRAITS, usual, wide, strict=True)
    }
    return Quarters(codes, names, ("Pas de table",) * n, centres, kinds)
