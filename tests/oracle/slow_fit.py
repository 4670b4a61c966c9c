"""The fit of units to an area the slow way: every unit and block cut, one by one, no index."""

from __future__ import annotations

import shapely


def surface_share(unit: shapely.Geometry, area: shapely.Geometry) -> float:
    """Give the part of a unit's surface inside."""
    part = unit.intersection(area).area / unit.area
    return 0.0 if part < 1e-9 else 1.0 if part > 1 - 1e-9 else part


def block_share(
    unit: int,
    shape: shapely.Geometry,
    area: shapely.Geometry,
    blocks: list[tuple[shapely.Geometry, float, int]],
) -> float:
    """Give the part of a unit's people inside; each block is (shape, people, its unit)."""
    mine = [(block, people) for block, people, of in blocks if of == unit]
    everyone = sum(people for _, people in mine)
    if everyone == 0:
        return surface_share(shape, area)
    inside = sum(surface_share(block, area) * people for block, people in mine) / everyone
    return 0.0 if inside < 1e-9 else 1.0 if inside > 1 - 1e-9 else inside


def division(shares: list[dict[int, float]], union: list[float]) -> list[int]:
    """Give the area of each unit, -1 for none; ``shares`` holds area -> part, unit by unit."""
    chosen = []
    for parts, inside in zip(shares, union, strict=True):
        parts = {area: part for area, part in parts.items() if part > 0}
        most = max(parts.values(), default=0.0)
        if not parts or max(inside, most) < 0.5 - 1e-9:
            chosen.append(-1)
        else:
            chosen.append(min(area for area, part in parts.items() if part >= most - 1e-9))
    return chosen
