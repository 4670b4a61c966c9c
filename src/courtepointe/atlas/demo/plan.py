"""How large the city is, and into which regions a large one is cut."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, isqrt

from courtepointe.core.errors import BadInput

NAMED_SIZES = {"town": 12, "city": 144}
COUNTRY = 57_936
"""Dissemination areas of Canada in 2021: the largest size."""
REGION = 160
"""A region never has more dissemination areas than this, so memory is that of one region."""
CELLS_PER_DA = 9.8
LANGUAGES = ("en", "fr")


@dataclass(frozen=True, slots=True)
class Region:
    """One municipality: its place on the lattice that all regions share, and its codes.

    Attributes
    ----------
    index : int
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
    n_das: int
    i0: int
    j0: int
    nx: int
    ny: int
    alone: bool

    @property
    def cduid(self) -> str:
        """Give the census division: provinces 98 and below do not exist, so no code is a real one."""
        return f"{98 - self.index // 100:02d}{self.index % 100:02d}"

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
    nx, ny = _cells(max(shares))
    regions = tuple(
        Region(r, shares[r], (r % across) * nx, (r // across) * ny, nx, ny, n_regions == 1)
        for r in range(n_regions)
    )
    return Plan(seed, n_das, lang, regions)


def _number(size: str) -> int:
    least, most = NAMED_SIZES["town"], COUNTRY
    if not size.isdecimal() or not least <= int(size) <= most:
        raise BadInput("demo_size", value=size, expected=f"town, city, {least}–{most}")
    return int(size)


def _cells(n_das: int) -> tuple[int, int]:
    """Give the cells eastwards and northwards that hold so many dissemination areas."""
    cells = n_das * CELLS_PER_DA
    nx = max(9, round((cells * 1.25) ** 0.5))
    return nx, max(8, round(cells / nx))
