"""What a portrait is about: an official area, a drawn one, one assembled from units."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from courtepointe.atlas.fits import Fit, FitMethod
from courtepointe.atlas.query.answers import Asking
from courtepointe.atlas.query.areas import (
    area_table,
    custom_identity,
    degree_bounds,
    official_identity,
    position_of,
)
from courtepointe.atlas.query.fit import Members, exact_members, fit_shape
from courtepointe.atlas.query.kept import Kept
from courtepointe.atlas.query.values import AreaIdentity, AreaKey, Ledger
from courtepointe.atlas.recipe.values import Words
from courtepointe.core.errors import BadInput, NoAnswer
from courtepointe.core.typing import Shapes


@dataclass(frozen=True, slots=True)
class Subject:
    """One area: its header, its shape in metres, its fit, and how its figures are asked for."""

    identity: AreaIdentity
    shape: shapely.Geometry
    fit: Fit
    asking: Asking


def _rule(method: FitMethod) -> FitMethod:
    """Exact is what a fit turns out to be, not what can be asked: best fit finds it."""
    return FitMethod.AS_DRAWN if method is FitMethod.AS_DRAWN else FitMethod.BEST_FIT


def _only(kept: Kept, types: tuple[str, ...], unit_type: str | None) -> tuple[str, ...]:
    if unit_type is None:
        return types
    return (area_table(kept.pack, unit_type).type_and_vintage,)


def official_subject(
    kept: Kept, key: AreaKey, *, method: FitMethod, unit_type: str | None = None
) -> Subject:
    """Ask about an official area, fitted together with the other areas of its type."""
    table = area_table(kept.pack, key.type_and_vintage)
    place = position_of(table, key.code)
    types = _only(kept, kept.unit_types_under(key.type_and_vintage), unit_type)
    rule = _rule(method)

    def on(unit_type: str) -> Members:
        if unit_type == key.type_and_vintage:
            return _Themselves(kept, unit_type)[place]
        return kept.in_division(unit_type, key.type_and_vintage, rule, place=place)

    shape = table.shapes[place]
    return Subject(
        identity=official_identity(kept.pack, key, kept.to_degrees),
        shape=shape,
        fit=on(types[0]).fit,
        asking=Asking(
            shapes=np.array([shape], dtype=object),
            unit_types=types,
            members_on=lambda unit_type: [on(unit_type)],
            own_type=key.type_and_vintage,
            own_rows=(place,),
            as_drawn=rule is FitMethod.AS_DRAWN,
        ),
    )


def type_asking(kept: Kept, type_and_vintage: str, *, method: FitMethod) -> Asking:
    """Ask about all areas of a type."""
    table = kept.pack.area_tables[type_and_vintage]
    return Asking(
        shapes=table.shapes,
        unit_types=kept.unit_types_under(type_and_vintage),
        members_on=_official_members(kept, type_and_vintage, _rule(method)),
        own_type=type_and_vintage,
        own_rows=tuple(range(len(table))),
        as_drawn=_rule(method) is FitMethod.AS_DRAWN,
    )


def _official_members(
    kept: Kept, area_type: str, method: FitMethod
) -> Callable[[str], Sequence[Members]]:
    """Give the units of all areas of a type; a unit is its own and only unit."""

    def members_on(unit_type: str) -> Sequence[Members]:
        if unit_type == area_type:
            return _Themselves(kept, unit_type)
        return kept.division(unit_type, area_type, method).members

    return members_on


class _Themselves(Sequence[Members]):
    """Units as the areas that they are themselves, written when looked at."""

    def __init__(self, kept: Kept, unit_type: str) -> None:
        self._units = kept.units(unit_type)

    def __len__(self) -> int:
        return len(self._units.table)

    def __getitem__(self, place: int) -> Members:  # type: ignore[override]
        if not 0 <= place < len(self):
            raise IndexError(place)
        return exact_members(self._units, np.array([place], dtype=np.int64))


def drawn_subject(
    kept: Kept,
    shape: shapely.Geometry,
    *,
    name: Words,
    method: FitMethod,
    unit_type: str | None = None,
    ledger: Ledger | None = None,
) -> Subject:
    """Ask about a polygon in metres, fitted by itself.

    Raises
    ------
    NoAnswer
        ``area_outside_atlas`` with the atlas's bounds; ``area_too_small`` with the nearest unit.
    """
    types = _only(kept, kept.unit_types, unit_type)
    parts: Shapes = np.array([shape], dtype=object)
    fits = _Fits(kept, shape, _rule(method))
    try:
        fit = fits.on(types[0]).fit
    except NoAnswer as error:
        if error.code == "area_outside_units":
            raise _outside(kept, types[0]) from None
        raise
    return Subject(
        identity=custom_identity(parts, kept.to_degrees, name=name, kind="drawn"),
        shape=shape,
        fit=fit,
        asking=Asking(parts, types, fits.or_none, ledger=ledger),
    )


def drawn_asking(kept: Kept, shape: shapely.Geometry) -> Asking:
    """Ask about a polygon in metres that may stand for no unit at all."""
    fits = _Fits(kept, shape, FitMethod.BEST_FIT)
    parts: Shapes = np.array([shape], dtype=object)
    return Asking(parts, kept.unit_types, fits.or_none)


def _outside(kept: Kept, unit_type: str) -> NoAnswer:
    shapes = kept.pack.area_tables[unit_type].shapes
    boxes = degree_bounds(shapes, kept.to_degrees)
    west, south = boxes[:, :2].min(axis=0).round(4).tolist()
    east, north = boxes[:, 2:].max(axis=0).round(4).tolist()
    return NoAnswer("area_outside_atlas", west=west, south=south, east=east, north=north)


class _Fits:
    """A shape's units on each type, measured once."""

    def __init__(self, kept: Kept, shape: shapely.Geometry, method: FitMethod) -> None:
        self._kept, self._shape, self._method = kept, shape, method
        self._found: dict[str, Members] = {}

    def on(self, unit_type: str) -> Members:
        """Fit the shape on units of a type, or raise `NoAnswer`."""
        if unit_type not in self._found:
            units = self._kept.units(unit_type)
            self._found[unit_type] = fit_shape(units, self._shape, method=self._method)
        return self._found[unit_type]

    def or_none(self, unit_type: str) -> Sequence[Members | None]:
        """Fit the shape on units of a type; None where none of them stands for it."""
        try:
            return [self.on(unit_type)]
        except NoAnswer:
            return [None]


def assembled_subject(
    kept: Kept,
    unit_type: str,
    codes: tuple[str, ...],
    *,
    name: Words,
    ledger: Ledger | None = None,
) -> Subject:
    """Ask about units that somebody put together: they fit exactly.

    Raises
    ------
    BadInput
        ``area_without_units``.
    NotFound
        ``unknown_area``.
    """
    if not codes:
        raise BadInput("area_without_units", area_type=unit_type)
    table = area_table(kept.pack, unit_type)
    positions = np.array(sorted({position_of(table, code) for code in codes}), dtype=np.int64)
    parts: Shapes = table.shapes[positions]
    shape = shapely.union_all(parts)
    mine = exact_members(kept.units(table.type_and_vintage), positions)
    fits = _Fits(kept, shape, FitMethod.BEST_FIT)

    def members_on(units: str) -> Sequence[Members | None]:
        return [mine] if units == table.type_and_vintage else fits.or_none(units)

    others = [units for units in kept.unit_types if units != table.type_and_vintage]
    return Subject(
        identity=custom_identity(parts, kept.to_degrees, name=name, kind="assembled"),
        shape=shape,
        fit=mine.fit,
        asking=Asking(
            np.array([shape], dtype=object),
            (table.type_and_vintage, *others),
            members_on,
            ledger=ledger,
        ),
    )
