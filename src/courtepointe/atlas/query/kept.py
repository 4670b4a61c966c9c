"""What is computed once for a pack and kept: trees, cells, fits of divisions, names."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Any, TypeVar

import shapely
from pyproj import Transformer

from courtepointe.atlas.fits import FitMethod
from courtepointe.atlas.pack.values import Pack
from courtepointe.atlas.query.areas import area_type_of, to_degrees, to_metres
from courtepointe.atlas.query.compress import Level, levels_of
from courtepointe.atlas.query.fit import DivisionFit, Members, fit_division, fit_in_division
from courtepointe.atlas.query.nesting import Nesting, nesting
from courtepointe.atlas.query.places import PlaceFinder
from courtepointe.atlas.query.plan import Plan, loaded_unit_types, make_plan
from courtepointe.atlas.query.search import SearchIndex, build_search_index
from courtepointe.atlas.query.units import UnitData, UnitSet, index_blocks, index_units, read_units
from courtepointe.core.errors import NoAnswer
from courtepointe.core.typing import Bools, Shapes

Made = TypeVar("Made")
MOST_LATELY = 400
"""Portraits and maps of one figure that are kept."""
WHOLE_DIVISION = 200
"""Divisions of no more areas than this are fitted whole when one of them is asked about."""


class Kept:
    """The lasting work of a pack; each part is made when it is first asked for.

    Notes
    -----
    Safe for several threads: a part is made by one of them while the others that ask for
    anything new wait; what is made is read without waiting.
    """

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        self._made: dict[Any, Any] = {}
        self._lately: OrderedDict[Any, Any] = OrderedDict()
        self._making = threading.RLock()

    def once(self, key: Any, make: Callable[[], Made]) -> Made:
        """Give what was made under a key, or make it now."""
        if key not in self._made:
            with self._making:
                if key not in self._made:
                    self._made[key] = make()
        made: Made = self._made[key]
        return made

    def lately(self, key: Any, make: Callable[[], Made]) -> Made:
        """Give what was made under a key not long ago, or make it now.

        Only the last `MOST_LATELY` are kept: a country has more areas than memory has room for
        their portraits.
        """
        with self._making:
            if key in self._lately:
                self._lately.move_to_end(key)
                found: Made = self._lately[key]
                return found
        made = make()
        with self._making:
            self._lately[key] = made
            while len(self._lately) > MOST_LATELY:
                self._lately.popitem(last=False)
        return made

    @property
    def to_degrees(self) -> Transformer:
        """The way from metres to longitude and latitude."""
        return self.once("to_degrees", lambda: to_degrees(self.pack))

    @property
    def to_metres(self) -> Transformer:
        """The way from longitude and latitude to metres."""
        return self.once("to_metres", lambda: to_metres(self.pack))

    @property
    def search_index(self) -> SearchIndex:
        """The names."""
        return self.once("search", lambda: build_search_index(self.pack))

    @property
    def unit_types(self) -> tuple[str, ...]:
        """Unit types on which something is published, finest first.

        Raises
        ------
        NoAnswer
            ``atlas_without_units``.
        """
        held = loaded_unit_types(self.pack)
        found = held or tuple(u for u in self.pack.recipe.fit.units if u in self.pack.area_tables)
        if not found:
            raise NoAnswer("atlas_without_units", expected=", ".join(self.pack.recipe.fit.units))
        return found

    def unit_types_under(self, area_type: str) -> tuple[str, ...]:
        """Give the unit types that may stand for areas of a type: not coarser than it."""
        order = area_type_of(self.pack, area_type).order
        types = self.unit_types
        fine = tuple(unit for unit in types if area_type_of(self.pack, unit).order >= order)
        return fine or types[:1]

    def units(self, unit_type: str) -> UnitSet:
        """Give the units of a type."""
        return self.once(
            ("units", unit_type),
            lambda: index_units(
                self.pack, unit_type, self.once("blocks", lambda: index_blocks(self.pack))
            ),
        )

    def data(self, release: str, area_type: str) -> UnitData:
        """Give what a release says of the areas of a type."""

        def read() -> UnitData:
            declared = next(r for r in self.pack.recipe.releases if r.code == release)
            table = self.pack.release_tables[release, area_type]
            return read_units(table, declared, self.units(area_type))

        return self.once(("data", release, area_type), read)

    def data_on(self, area_type: str) -> list[UnitData]:
        """Give all releases with rows for a type of area: custom tabulations, then the others.

        Either in the recipe's order.
        """
        ordered = sorted(self.pack.recipe.releases, key=lambda one: not one.custom_tabulation)
        return [
            self.data(release.code, area_type)
            for release in ordered
            if (release.code, area_type) in self.pack.release_tables
        ]

    def levels(self, release: str, unit_type: str) -> tuple[Level, ...]:
        """Give the larger units that a release has rows for and units nest in, the largest first.

        A protected release is told by its own rows alone, which is what its audit knows.
        """

        def make() -> tuple[Level, ...]:
            leaf = self.data(release, unit_type)
            if leaf.release.protection is not None:
                return ()
            order = area_type_of(self.pack, unit_type).order
            larger = [
                area
                for held, area in self.pack.release_tables
                if held == release and area_type_of(self.pack, area).order < order
            ]
            above = [self.data(release, area) for area in sorted(larger)]
            return levels_of(leaf, above, lambda area: self.nesting(unit_type, area))

        return self.once(("levels", release, unit_type), make)

    def nesting(self, unit_type: str, area_type: str) -> Nesting:
        """Say which units make up which areas of a type, whole."""
        tables = self.pack.area_tables
        return self.once(
            ("nesting", unit_type, area_type),
            lambda: nesting(tables[unit_type], tables[area_type], tables),
        )

    def plan(self, unit_types: tuple[str, ...]) -> Plan:
        """Say what to ask of which release on those units."""
        return self.once(("plan", unit_types), lambda: make_plan(self.pack, unit_types))

    def division_shapes(self, area_type: str) -> Shapes:
        """Give the areas of a type without overlaps between them."""
        resolved = self.pack.division_shapes.get(area_type)
        return self.pack.area_tables[area_type].shapes if resolved is None else resolved

    def division(self, unit_type: str, area_type: str, method: FitMethod) -> DivisionFit:
        """Fit all areas of a type on units."""
        return self.once(
            ("division", unit_type, area_type, method),
            lambda: fit_division(
                self.units(unit_type), self.division_shapes(area_type), method=method
            ),
        )

    def in_division(
        self, unit_type: str, area_type: str, method: FitMethod, *, place: int
    ) -> Members:
        """Fit one area of a type on units: of a large division only the part around it."""
        if len(self.pack.area_tables[area_type]) <= WHOLE_DIVISION:
            return self.division(unit_type, area_type, method).members[place]
        tree = self.once(
            ("areas_tree", area_type), lambda: shapely.STRtree(self.division_shapes(area_type))
        )
        units = self.units(unit_type)
        return self.lately(
            ("in_division", unit_type, area_type, method, place),
            lambda: fit_in_division(units, tree, place, method=method),
        )

    def covered_units(self, layer: str, unit_type: str) -> Bools:
        """Say which units lie where a layer describes places."""
        return self.once(
            ("covered", layer, unit_type),
            lambda: self.finders[layer].covers_units(self.units(unit_type).table.shapes),
        )

    @property
    def finders(self) -> dict[str, PlaceFinder]:
        """The layers of places that the pack holds."""
        return self.once(
            "finders",
            lambda: {
                layer.code: PlaceFinder.of(self.pack, layer)
                for layer in self.pack.recipe.places
                if layer.code in self.pack.place_tables
            },
        )
