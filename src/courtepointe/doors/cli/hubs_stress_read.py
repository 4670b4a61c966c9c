"""What `courtepointe hubs stress` reads: hubs of a file on streets, and where people live."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from courtepointe.atlas.query.atlas import Atlas
from courtepointe.core.access import along_streets
from courtepointe.core.errors import BadInput, NoAnswer
from courtepointe.core.streets import Snapped, Streets, snap
from courtepointe.core.stress import Hubs, people_of_areas
from courtepointe.core.typing import Bools, Floats
from courtepointe.formats.boundaries.crs import DEGREES, move_points
from courtepointe.formats.places import PlaceFile
from courtepointe.formats.scenarios import (
    SHIPPED,
    Assumed,
    ScenarioFile,
    read_scenario,
    shipped_scenario,
)
from courtepointe.formats.tables.numbers import number_in

NUMBERS = ("capacity", "autonomy_h", "staff")


@dataclass(frozen=True, slots=True)
class HubsRead:
    """Hubs of a file, those on streets.

    Attributes
    ----------
    hubs : Hubs
    rows : list of int
        The row of each in its file.
    far : list of dict
        Rows that are too far from any street, with their metres.
    n_read : int
    """

    hubs: Hubs
    rows: list[int]
    far: list[dict[str, Any]]
    n_read: int


def scenario_named(name: str, crs: str) -> ScenarioFile:
    """Read a file, or a scenario that is shipped."""
    if name in SHIPPED or not Path(name).suffix:
        return shipped_scenario(name, to_crs=crs)
    return read_scenario(Path(name), to_crs=crs)


def hubs_of(
    streets: Streets, places: PlaceFile, assumed: Assumed, *, crs: str, within_m: float
) -> HubsRead:
    """Put hubs on streets; tell those that are too far from any, and the rows of those kept."""
    degrees = np.stack([places.longitude, places.latitude], axis=1)
    metres = move_points(degrees, source=DEGREES, target=crs)
    put = snap(streets, metres, limit_m=within_m)
    numbers = places.attributes.row_numbers
    far = [
        {"row": int(numbers[place]), "metres": round(float(put.away_m[place]))}
        for place in np.flatnonzero(put.too_far)
    ]
    if len(far) == len(places):
        put.check()
    held = ~put.too_far
    capacity, autonomy, staff = (_numbers(places, one, getattr(assumed, one)) for one in NUMBERS)
    hubs = Hubs(
        Snapped(put.edge[held], put.along[held], put.away_m[held], within_m), metres[held],
        capacity[held], autonomy[held], staff[held].astype(np.int64),
        tuple(one for one, kept in zip(_traits(places, assumed), held, strict=True) if kept),
        _dry(places, assumed)[held],
    )  # fmt: skip
    return HubsRead(hubs, [int(one) for one in numbers[held]], far, len(places))


def _texts(places: PlaceFile, column: str) -> tuple[str | None, ...]:
    if column not in places.attributes.columns:
        return (None,) * len(places)
    return places.attributes.texts(column)


def _numbers(places: PlaceFile, column: str, assumed: float) -> Floats:
    """Read numbers of hubs; what a row does not say is assumed."""
    told = np.full(len(places), float(assumed))
    for place, text in enumerate(_texts(places, column)):
        if text is None or not text.strip():
            continue
        number = float("inf") if text.strip().lower() == "inf" else number_in(text)
        if number is None or (column == "staff" and number != int(min(number, 1e9))):
            row = int(places.attributes.row_numbers[place])
            raise BadInput(
                "stress_column", file=places.attributes.file, row=row, column=column, value=text
            )
        told[place] = number
    return told


def _traits(places: PlaceFile, assumed: Assumed) -> list[frozenset[str]]:
    return [
        assumed.traits
        if text is None
        else frozenset(one.strip() for one in text.replace(";", ",").split(",") if one.strip())
        for text in _texts(places, "traits")
    ]


def _dry(places: PlaceFile, assumed: Assumed) -> Bools:
    told = [
        assumed.dry if text is None else text.strip().lower() in ("true", "1", "yes", "oui")
        for text in _texts(places, "dry")
    ]
    return np.array(told, dtype=np.bool_)


def living_along(atlas: Atlas, streets: Streets) -> Floats:
    """Place the people of an atlas at the ends of the streets of their areas."""
    people_code = atlas.pack.recipe.fit.people
    if people_code is None:
        raise NoAnswer("access_no_people")
    ground = atlas.dot_ground(people_code)
    placed = along_streets(streets, ground.shapes)
    if not placed.whole.any():
        raise NoAnswer("access_no_area", areas=ground.unit_type)
    known = ~(ground.suppressed | ground.missing)
    return people_of_areas(streets, placed, np.where(known, ground.counts, 0.0))
