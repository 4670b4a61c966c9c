"""Questions about all areas of a type at once: what maps are drawn from."""

from __future__ import annotations

from typing import Any

from courtepointe.atlas.fits import FitMethod
from courtepointe.atlas.pack.values import Pack
from courtepointe.atlas.query import shapes
from courtepointe.atlas.query.answers import answers
from courtepointe.atlas.query.areas import area_table, found_key
from courtepointe.atlas.query.cluster_values import Clusters, Unequal
from courtepointe.atlas.query.clusters import clusters_of
from courtepointe.atlas.query.columns import TypeColumns, columns_of
from courtepointe.atlas.query.dot_ground import DotGround, dot_ground
from courtepointe.atlas.query.kept import Kept
from courtepointe.atlas.query.subjects import type_asking
from courtepointe.atlas.query.tiles import tile_of, zooms_of
from courtepointe.atlas.query.type_series import TypeSeries, type_series
from courtepointe.atlas.query.unequal import unequal_of
from courtepointe.atlas.query.values import AreaKey, TypeFigures
from courtepointe.atlas.recipe.values import Indicator
from courtepointe.core.errors import NotFound
from courtepointe.core.hexagons import HexagonLayout, layout_of
from courtepointe.core.tiles import Tile
from courtepointe.core.typing import Shapes


class TypeQuestions:
    """The questions of `Atlas` about a whole type.

    Parameters
    ----------
    pack : Pack
    """

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        self._kept = Kept(pack)

    def indicator(self, code: str) -> Indicator:
        """Give an indicator's declaration, or raise `NotFound`."""
        for indicator in self.pack.recipe.indicators:
            if indicator.code == code:
                return indicator
        raise NotFound("unknown_indicator", value=code)

    def figures_for_type(
        self,
        type_and_vintage: str,
        indicator: str,
        *,
        method: FitMethod = FitMethod.BEST_FIT,
    ) -> TypeFigures:
        """Give one figure for every area of a type: the same as in each area's portrait."""
        table = area_table(self.pack, type_and_vintage)
        kept, name = self._kept, table.type_and_vintage
        asked = self.indicator(indicator)

        def make() -> TypeFigures:
            asking = type_asking(kept, name, method=method)
            figures = tuple(found[0] for found in answers(kept, asking, [asked]))
            return TypeFigures(name, indicator, table.codes, figures)

        return kept.lately(("type", name, indicator, method), make)

    def series_for_type(self, type_and_vintage: str, indicator: str) -> TypeSeries:
        """Give one figure of every area of a type through time.

        Raises
        ------
        NoAnswer
            ``no_correspondence``, as in `series`.
        """
        name = area_table(self.pack, type_and_vintage).type_and_vintage
        asked = self.indicator(indicator)
        return self._kept.lately(
            ("type series", name, indicator), lambda: type_series(self._kept, name, asked)
        )

    def drawn_shapes(self, type_and_vintage: str, *, tolerance_m: float) -> Shapes:
        """Give the areas of a type without the bends that a still map cannot show, in metres."""
        name = area_table(self.pack, type_and_vintage).type_and_vintage
        kept = self._kept
        return kept.once(
            ("still", name, tolerance_m),
            lambda: shapes.simplified(kept.division_shapes(name), tolerance_m=tolerance_m),
        )

    def map_shapes(self, type_and_vintage: str, *, tolerance_m: float = 20.0) -> dict[str, Any]:
        """Give the areas of a type as small GeoJSON whose shared limits stay shared."""
        table = area_table(self.pack, type_and_vintage)
        kept, name = self._kept, table.type_and_vintage
        return kept.once(
            ("map", name, tolerance_m),
            lambda: shapes.map_shapes(
                table, kept.division_shapes(name), kept.to_degrees, tolerance_m=tolerance_m
            ),
        )

    def dot_ground(self, indicator: str) -> DotGround:
        """Give the units and the inhabited land on which the dots of a count lie.

        Raises
        ------
        NoAnswer
            ``dots_of_a_share``, ``map_without_values``.
        Refused
            ``dots_protected``.
        """
        asked = self.indicator(indicator)
        return self._kept.lately(("dots", indicator), lambda: dot_ground(self._kept, asked))

    def hexagons(self, type_and_vintage: str) -> HexagonLayout:
        """Lay one hexagon out for each area of a type, once.

        Raises
        ------
        NoAnswer
            ``hexagons_too_many``, ``hexagons_too_few``.
        """
        name = area_table(self.pack, type_and_vintage).type_and_vintage
        kept = self._kept
        return kept.once(("hexagons", name), lambda: layout_of(kept.division_shapes(name)))

    def columns_for_type(self, type_and_vintage: str, indicator: str) -> TypeColumns:
        """Give the same as `figures_for_type` as arrays: values, intervals, statuses."""
        table = area_table(self.pack, type_and_vintage)
        kept, name, asked = self._kept, table.type_and_vintage, self.indicator(indicator)
        return kept.lately(("columns", name, indicator), lambda: columns_of(kept, name, asked))

    def tile(self, type_and_vintage: str, tile: Tile, *, lang: str) -> bytes:
        """Write the vector tile (MVT 2.1) of a type; no bytes where it has no area there.

        Raises
        ------
        NotFound
            ``unknown_area_type``, ``unknown_vintage``, ``tile_zoom_not_drawn``.
        """
        return tile_of(self._kept, type_and_vintage, tile, lang=lang)

    def tile_zooms(self, type_and_vintage: str) -> tuple[int, int]:
        """Give the first and the last zoom whose tiles draw a type."""
        return zooms_of(self._kept, type_and_vintage)

    def clusters(
        self, type_and_vintage: str, indicator: str, *, within: AreaKey | None = None
    ) -> Clusters:
        """Say where values alike lie together among the areas of a type, or of those in one area.

        Raises
        ------
        NoAnswer
            ``clusters_of_a_count``, ``clusters_too_few``, ``map_without_values``,
            ``space_all_equal``, ``space_no_pairs``.
        """
        held = None if within is None else found_key(self.pack, within)
        found = self.figures_for_type(type_and_vintage, indicator)
        return self._kept.lately(
            ("clusters", found.type_and_vintage, indicator, held),
            lambda: clusters_of(self._kept, found, self.indicator(indicator), held),
        )

    def unequal(
        self,
        type_and_vintage: str,
        indicator: str,
        *,
        within: AreaKey | None = None,
        along: str | None = None,
    ) -> Unequal:
        """Say how unequal an indicator is over the same areas; ``along`` another one, too.

        Raises
        ------
        NoAnswer
            ``clusters_of_a_count``, ``clusters_too_few``, ``map_without_values``.
        """
        held = None if within is None else found_key(self.pack, within)
        found = self.figures_for_type(type_and_vintage, indicator)
        beside = None if along is None else self.figures_for_type(type_and_vintage, along)
        asked = self.indicator(indicator)
        return unequal_of(self._kept, found, asked, held, along=beside)
