"""How large the city is, and into which regions a large one is cut."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from math import ceil, isqrt

from courtepointe.core.errors import BadInput

NAMED_SIZES = {"town": 12, "city": 144}
COUNTRY = 57_936
"""Dissemination areas of Canada in 2021: the largest size."""
REGION = 160
"""A region never has more dissemination areas than this, so memory is that of one region."""
CELLS_PER_DA = 9.8
CELLS_PER_DA_OF_A_COUNTRY = 10.8
"""Then a country of Canada's size has some 500,000 blocks, as Canada has."""
FIRST_PROVINCE = 98
PROVINCES = 4
"""A country has as many at most, each with a Census Profile of its own: codes 98 down to 95."""
LANGUAGES = ("en", "fr")


@dataclass(frozen=True, slots=True)
class Region:
    """One municipality: its place on the lattice that all regions share, and its codes.

    Attributes
    ----------
    index : int
    province, number : int
        Its province's code, and its own place among the regions of that province.
    n_das : int
        Dissemination areas of 2021.
    i0, j0 : int
        The lattice node of its south-west corner.
    nx, ny : int
        Cells eastwards and northwards.
    alone : bool
        Whether the whole city is this one region: then it has a shore, an island, round corners.
    """

    index: int
    province: int
    number: int
    n_das: int
    i0: int
    j0: int
    nx: int
    ny: int
    alone: bool

    @property
    def cduid(self) -> str:
        """Give the census division: provinces 98 and below do not exist, so no code is a real one."""
        return f"{self.province:02d}{self.number:02d}"

    @property
    def csduid(self) -> str:
        """Give the census subdivision's code."""
        return f"{self.cduid}023"

    @property
    def cma(self) -> str:
        """Give the metropolitan area's code, which begins those of its tracts."""
        return f"{998 - self.index:03d}"


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be generated.

    Attributes
    ----------
    seed : int
    n_das : int
        Dissemination areas of 2021 in all regions.
    lang : str
        The edition of the Census Profile, ``en`` or ``fr``.
    """

    seed: int
    n_das: int
    lang: str
    regions: tuple[Region, ...]

    @property
    def provinces(self) -> tuple[tuple[int, tuple[Region, ...]], ...]:
        """Give each province's code with its regions, in the order of the regions."""
        runs = groupby(self.regions, key=lambda region: region.province)
        return tuple((province, tuple(its)) for province, its in runs)


def plan_of(size: str, *, seed: int, lang: str) -> Plan:
    """Read a size, ``town``, ``city`` or a number of dissemination areas.

    Raises
    ------
    BadInput
        ``demo_size``, ``demo_lang``, ``demo_seed``.
    """
    if lang not in LANGUAGES:
        raise BadInput("demo_lang", value=lang, expected="fr, en")
    if not 0 <= seed < 2**32:
        raise BadInput("demo_seed", value=seed, expected=f"0–{2**32 - 1}")
    n_das = NAMED_SIZES[size] if size in NAMED_SIZES else _number(size)
    n_regions = ceil(n_das / REGION)
    across = isqrt(n_regions - 1) + 1
    shares = [n_das // n_regions + (r < n_das % n_regions) for r in range(n_regions)]
    alone = n_regions == 1
    nx, ny = _cells(max(shares) * (CELLS_PER_DA if alone else CELLS_PER_DA_OF_A_COUNTRY))
    regions = tuple(
        Region(r, *_place(r, n_regions), n, (r % across) * nx, (r // across) * ny, nx, ny, alone)
        for r, n in enumerate(shares)
    )
    return Plan(seed, n_das, lang, regions)


def _place(region: int, n_regions: int) -> tuple[int, int]:
    """Give the province of a region and its number there: provinces are runs of regions."""
    n_provinces = min(PROVINCES, n_regions)
    province = region * n_provinces // n_regions
    first = -(-province * n_regions // n_provinces)
    return FIRST_PROVINCE - province, region - first


def _number(size: str) -> int:
    least, most = NAMED_SIZES["town"], COUNTRY
    if not size.isdecimal() or not least <= int(size) <= most:
        raise BadInput("demo_size", value=size, expected=f"town, city, {least}–{most}")
    return int(size)


def _cells(cells: float) -> tuple[int, int]:
    """Give the cells eastwards and northwards of a region of so many."""
    nx = max(9, round((cells * 1.25) ** 0.5))
    return nx, max(8, round(cells / nx))
