"""An opened pack that answers questions: portraits, lists, search, map data.

>>> atlas = Atlas(open_pack(folder))
>>> portrait = atlas.portrait(atlas.find("quartier_sociologique:2014:32"))
>>> portrait.figure("population").value
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import shapely

from courtepointe.atlas.fits import Fit, FitMethod
from courtepointe.atlas.query import comparators, gaps, portrait
from courtepointe.atlas.query.answers import place_coverage
from courtepointe.atlas.query.areas import (
    area_table,
    found_key,
    official_identity,
    parse_key,
    summaries,
)
from courtepointe.atlas.query.drawn import shape_in_metres
from courtepointe.atlas.query.joint import Joint, Together, joint_of, together_of
from courtepointe.atlas.query.peer_values import Peers, StandsOut
from courtepointe.atlas.query.peers import group_for, peer_table, peers_of
from courtepointe.atlas.query.places import places_inside
from courtepointe.atlas.query.protected import guards
from courtepointe.atlas.query.search import search_areas
from courtepointe.atlas.query.series import refuse_unjoined, series_of
from courtepointe.atlas.query.series_values import Series
from courtepointe.atlas.query.stand_out import stands_out
from courtepointe.atlas.query.subjects import (
    assembled_subject,
    drawn_asking,
    drawn_subject,
    official_subject,
)
from courtepointe.atlas.query.type_questions import TypeQuestions
from courtepointe.atlas.query.values import (
    AreaIdentity,
    AreaKey,
    AreaSummary,
    Gap,
    LayerPlaces,
    Ledger,
    Portrait,
    SearchHit,
)
from courtepointe.atlas.recipe.values import Words
from courtepointe.core.errors import CourtepointeError
from courtepointe.core.fit import compile_ahead
from courtepointe.core.typing import Floats

DRAWN = Words("Territoire tracé", "Drawn area")
ASSEMBLED = Words("Territoire assemblé", "Assembled area")


class Atlas(TypeQuestions):
    """A pack and what is computed once for it.

    Parameters
    ----------
    pack : Pack

    Notes
    -----
    Safe for several threads. The first question of a kind pays for trees and cells; `warm` pays
    for them beforehand. Nothing is ever written to the pack.
    """

    def warm(self) -> None:
        """Make now what the first questions would wait for."""
        compile_ahead()
        kept = self._kept
        for unit_type in kept.unit_types:
            kept.data_on(unit_type)
        guards(kept)
        self.search("a")
        self.map_shapes(self.pack.recipe.home, tolerance_m=20.0)
        comparators.warm_cities(kept)
        for group in self.pack.recipe.peer_groups:
            peer_table(kept, group.area_type)
        for unit_type in kept.unit_types_under(self.pack.recipe.home):
            kept.division(unit_type, self.pack.recipe.home, FitMethod.BEST_FIT)

    # ------------------------------------------------------------------ which areas there are

    def find(self, text: str) -> AreaKey:
        """Read ``TYPE:VINTAGE:CODE``, or ``TYPE:CODE`` for the current vintage.

        Raises
        ------
        BadInput
            ``area_key``.
        NotFound
            ``unknown_area_type``, ``unknown_vintage``, ``unknown_area`` (with near codes).
        """
        return parse_key(self.pack, text)

    def areas(self, type_and_vintage: str) -> tuple[AreaSummary, ...]:
        """List the areas of ``TYPE:VINTAGE``, or of the current vintage of ``TYPE``, by code."""
        table = area_table(self.pack, type_and_vintage)
        key = ("areas", table.type_and_vintage)
        to_degrees = self._kept.to_degrees
        return self._kept.once(
            key, lambda: summaries(self.pack, table.type_and_vintage, to_degrees)
        )

    def identity(self, key: AreaKey) -> AreaIdentity:
        """Give the header of an official area."""
        return official_identity(self.pack, found_key(self.pack, key), self._kept.to_degrees)

    def shape(self, key: AreaKey) -> shapely.Geometry:
        """Give an official area as drawn, in the pack's metres."""
        return official_subject(self._kept, key, method=FitMethod.BEST_FIT).shape

    def search(self, text: str, *, limit: int = 8) -> tuple[SearchHit, ...]:
        """Find the areas that a typed text may mean, the likeliest first."""
        return search_areas(self._kept.search_index, text, limit=limit)

    # ------------------------------------------------------------------ portraits

    def portrait(
        self,
        key: AreaKey,
        *,
        method: FitMethod = FitMethod.BEST_FIT,
        unit_type: str | None = None,
    ) -> Portrait:
        """Give the portrait of an official area.

        Parameters
        ----------
        key : AreaKey
        method : FitMethod
            Best fit gives each unit to one area of the type at most; as drawn splits units, after
            overlaps between areas of the type are resolved.
        unit_type : str or None
            ``TYPE:VINTAGE`` of the only units to use; None: the finest with an answer.

        Raises
        ------
        NotFound
        """

        def make() -> Portrait:
            subject = official_subject(self._kept, key, method=method, unit_type=unit_type)
            return portrait.portrait_of(self._kept, subject, gaps=self.gaps(key, method=method))

        return self._kept.lately(("portrait", key, method, unit_type), make)

    def portrait_of_shape(
        self,
        shape: shapely.Geometry,
        *,
        name: Words = DRAWN,
        method: FitMethod = FitMethod.BEST_FIT,
        unit_type: str | None = None,
        in_metres: bool = False,
        ledger: Ledger | None = None,
    ) -> Portrait:
        """Give the portrait of a polygon in longitude and latitude.

        Parameters
        ----------
        shape : shapely polygon or multipolygon
        name : Words
        method : FitMethod
        unit_type : str or None
            As in `portrait`.
        in_metres : bool
            The shape is in the pack's metric system already.
        ledger : Ledger or None
            All that was told before of protected releases. Without it nothing of them is told;
            with it the answer's ``told`` must be added to it before anybody asks again.

        Raises
        ------
        BadInput
            ``area_shape_empty``, ``area_shape_not_surface``, ``area_shape_not_degrees``,
            ``area_shape_too_detailed``, ``area_shape_invalid``.
        NoAnswer
            ``area_outside_atlas``, ``area_too_small``.
        """
        drawn = shape_in_metres(shape, None if in_metres else self._kept.to_metres)
        subject = drawn_subject(
            self._kept, drawn, name=name, method=method, unit_type=unit_type, ledger=ledger
        )
        return portrait.portrait_of(self._kept, subject)

    def portrait_of_units(
        self,
        unit_type: str,
        codes: Iterable[str],
        *,
        name: Words = ASSEMBLED,
        ledger: Ledger | None = None,
    ) -> Portrait:
        """Give the portrait of an area that somebody assembled from units; ``ledger`` as above.

        Raises
        ------
        BadInput
            ``area_without_units`` where no code is given.
        NotFound
            ``unknown_area``, ``unknown_area_type``.
        """
        subject = assembled_subject(self._kept, unit_type, tuple(codes), name=name, ledger=ledger)
        return portrait.portrait_of(self._kept, subject)

    # ------------------------------------------------------------------ time

    def series(
        self,
        area: AreaKey | shapely.Geometry | Iterable[str],
        indicator: str,
        *,
        on: str | None = None,
    ) -> Series:
        """Give one quantity of an area through time, on one chosen geography.

        Parameters
        ----------
        area : AreaKey, polygon in degrees, or codes of units of ``on``
        indicator : str
        on : str or None
            ``TYPE:VINTAGE`` of the units that all points are brought to; None: those of the
            area's portrait. Needed with codes.

        Raises
        ------
        NotFound
            ``unknown_indicator``, ``unknown_area``, ``unknown_area_type``.
        NoAnswer
            ``no_correspondence`` where another vintage has data and nothing joins it to ``on``.
        """
        asked = self.indicator(indicator)
        if isinstance(area, AreaKey):
            held = self.portrait(area, unit_type=on)
        elif isinstance(area, shapely.Geometry):
            held = self.portrait_of_shape(area, unit_type=on)
        else:
            held = self.portrait_of_units(on or self._kept.unit_types[0], area)
        refuse_unjoined(self._kept, held.fit.unit_type, asked)
        found = series_of(self._kept, held, [asked])
        if indicator not in found:
            figure = held.figure(indicator)
            return Series(figure.indicator, held.fit.unit_type, (), (), ())
        return found[indicator]

    def series_of(self, held: Portrait) -> dict[str, Series]:
        """Give the series of all figures of a portrait, on the units that it was fitted on."""
        if held.area.key is None:
            return series_of(self._kept, held)
        key = ("series", held.area.key, held.fit.method, held.fit.unit_type, held.fit.unit_codes)
        return self._kept.lately(key, lambda: series_of(self._kept, held))

    # ------------------------------------------------------------------ comparison

    def against(self, held: Portrait, refs: Sequence[str]) -> Portrait:
        """Give a portrait beside what a reader asks for.

        Parameters
        ----------
        held : Portrait
        refs : sequence of str
            ``city``, ``parent``, ``peers``, ``peers:GROUP``, ``past``, ``target``, or
            ``TYPE:VINTAGE:CODE``.

        Raises
        ------
        NotFound
            ``unknown_comparator``, ``unknown_peer_group``, ``unknown_area``.
        NoAnswer
            ``no_parent``, ``no_peer_group``, ``no_past``, ``no_target``, ``same_area``.
        """
        return comparators.with_comparators(self._kept, held, refs)

    def offered(self, held: Portrait) -> tuple[tuple[str, Words], ...]:
        """Give what the recipe offers to read a portrait against: words to ask by, and names."""
        return tuple(comparators.offered(self._kept, held, self.pack.recipe.comparators))

    def against_some(
        self, held: Portrait, refs: Sequence[str]
    ) -> tuple[Portrait, tuple[CourtepointeError, ...]]:
        """Give the same, and the reasons why some of what is asked for cannot be."""
        return comparators.without_refused(self._kept, held, refs)

    def peers(self, area: AreaKey | Portrait, group: str | None = None) -> Peers:
        """Find the areas most alike by the variables of a group, and say by which.

        Raises
        ------
        NotFound
            ``unknown_peer_group``, ``unknown_area``.
        NoAnswer
            ``no_peer_group``, ``no_peer_variable``.
        """
        held = self.portrait(area) if isinstance(area, AreaKey) else area
        return peers_of(self._kept, held, group_for(self._kept, held, group))

    def stands_out(self, held: Portrait) -> StandsOut:
        """Say what stands out in an area against its peers, false discoveries held."""
        return stands_out(self._kept, held)

    def both(self, held: Portrait, first: str, second: str) -> Joint:
        """Read two shares of one area together: the least and the most who can be both.

        Raises
        ------
        NotFound
            ``unknown_indicator``.
        """
        return joint_of(self._kept, held, self.indicator(first), self.indicator(second))

    def together(self, held: Portrait, counts: Sequence[str], *, base: str) -> Together:
        """Read counts of groups of one area together: the least and the most who can be of all of them.

        Raises
        ------
        NotFound
            ``unknown_indicator``.
        """
        some = [self.indicator(code) for code in counts]
        return together_of(self._kept, held, some, self.indicator(base))

    # ------------------------------------------------------------------ parts of portraits

    def fit(
        self,
        area: AreaKey | shapely.Geometry,
        *,
        method: FitMethod = FitMethod.BEST_FIT,
        unit_type: str | None = None,
    ) -> Fit:
        """Say how units stand for an official area, or for a polygon in degrees."""
        kept = self._kept
        if isinstance(area, AreaKey):
            subject = official_subject(kept, area, method=method, unit_type=unit_type)
        else:
            drawn = shape_in_metres(area, kept.to_metres)
            subject = drawn_subject(kept, drawn, name=DRAWN, method=method, unit_type=unit_type)
        return subject.fit

    def in_metres(self, degrees: Sequence[tuple[float, float]]) -> Floats:
        """Carry longitudes and latitudes to the pack's metres: (n, 2)."""
        x, y = self._kept.to_metres.transform([d[0] for d in degrees], [d[1] for d in degrees])
        return np.column_stack([x, y])

    def places_in(
        self, area: AreaKey | shapely.Geometry, *, in_metres: bool = False
    ) -> tuple[LayerPlaces, ...]:
        """List the places inside an official area, or a polygon, by layer.

        The polygon is in degrees, or in the pack's metres where ``in_metres``.
        """
        kept = self._kept
        if isinstance(area, AreaKey):
            asking = official_subject(kept, area, method=FitMethod.BEST_FIT).asking
        else:
            transformer = None if in_metres else kept.to_metres
            asking = drawn_asking(kept, shape_in_metres(area, transformer))
        return tuple(
            places_inside(
                finder,
                asking.shapes[0],
                coverage=float(place_coverage(kept, asking, finder)[0]),
            )
            for finder in kept.finders.values()
        )

    def gaps(
        self, key: AreaKey | None = None, *, method: FitMethod = FitMethod.BEST_FIT
    ) -> tuple[Gap, ...]:
        """Give the recipe's reconciliations: those of an area, or all of them."""
        return gaps.reconciled(self._kept, key, method=method)

    def outside_division(
        self, type_and_vintage: str, *, method: FitMethod = FitMethod.BEST_FIT
    ) -> Gap:
        """Give the people of the first comparator's area beside those in any area of a type."""
        table = area_table(self.pack, type_and_vintage)
        return gaps.outside_division(self._kept, table.type_and_vintage, method=method)
