"""One quantity of every area of a type through time: what maps of change and of periods read."""

from __future__ import annotations

from dataclasses import dataclass

from courtepointe.atlas.fits import FitMethod
from courtepointe.atlas.query.answers import answers
from courtepointe.atlas.query.areas import official_identity
from courtepointe.atlas.query.kept import Kept
from courtepointe.atlas.query.plan import PLACES, PUBLISHED_ONLY
from courtepointe.atlas.query.series import refuse_unjoined, series_of
from courtepointe.atlas.query.series_values import Series
from courtepointe.atlas.query.subjects import type_asking
from courtepointe.atlas.query.values import AreaKey, Portrait
from courtepointe.atlas.recipe.values import Indicator

MOST = 2_000
"""Series of more areas than this would keep people waiting."""


@dataclass(frozen=True, slots=True)
class TypeSeries:
    """One indicator over all areas of a type and all its periods.

    Attributes
    ----------
    codes : (n_areas,) tuple of str
        In the order of the area table.
    series : (n_areas,) tuple of Series
        Without points where nothing is known of an area.
    """

    type_and_vintage: str
    indicator: str
    codes: tuple[str, ...]
    series: tuple[Series, ...]

    @property
    def periods(self) -> tuple[str, ...]:
        """The periods in which some area has a value, the earliest first."""
        found = {
            point.period
            for one in self.series
            for point in one.points
            if point.figure.status.has_value
        }
        return tuple(sorted(found))


def type_series(kept: Kept, type_and_vintage: str, indicator: Indicator) -> TypeSeries:
    """Give the series of every area of a type: the same as from each area's own portrait.

    Raises
    ------
    NoAnswer
        ``no_correspondence`` where another vintage has data and nothing joins it to the units.
    """
    table = kept.pack.area_tables[type_and_vintage]
    asking = type_asking(kept, type_and_vintage, method=FitMethod.BEST_FIT)
    finest = asking.unit_types[0]
    refuse_unjoined(kept, finest, indicator)
    members = asking.members_on(finest)
    figures = answers(kept, asking, [indicator])
    timeless = indicator.aggregation in (PLACES, PUBLISHED_ONLY)
    held = []
    for place, code in enumerate(table.codes):
        figure, nothing = figures[place][0], Series(indicator.code, finest, (), (), ())
        its = members[place]
        if timeless or len(table) > MOST or its is None or not its.units.size:
            held.append(nothing)
            continue
        identity = official_identity(kept.pack, AreaKey.of(type_and_vintage, code), kept.to_degrees)
        alone = Portrait(identity, its.fit, (figure,), (), (), kept.pack.content_hash)
        held.append(series_of(kept, alone, [indicator]).get(indicator.code, nothing))
    return TypeSeries(type_and_vintage, indicator.code, table.codes, tuple(held))
