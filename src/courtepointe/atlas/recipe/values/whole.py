"""The recipe as a whole."""

from __future__ import annotations

from dataclasses import dataclass, field

from courtepointe.atlas.recipe.values.areas import AreaType, Boundary, FitPlan, Overlap
from courtepointe.atlas.recipe.values.comparison import (
    CITY,
    Comparator,
    PeerGroup,
    Polarity,
    StandOut,
    Target,
)
from courtepointe.atlas.recipe.values.indicators import (
    Indicator,
    Reconciliation,
    Section,
    Universe,
)
from courtepointe.atlas.recipe.values.places import PlaceLayer
from courtepointe.atlas.recipe.values.releases import Release
from courtepointe.atlas.recipe.values.sources import Licence, Source, Steward, Words
from courtepointe.atlas.recipe.values.streets import StreetPlan
from courtepointe.atlas.recipe.values.time import Break, Correspondence


@dataclass(frozen=True, slots=True)
class Recipe:
    """All that is needed to make a pack, but for the files."""

    code: str
    name: Words
    metric_crs: str
    home: str
    """``TYPE:VINTAGE`` of the areas that the home page shows."""
    stewards: tuple[Steward, ...]
    licences: tuple[Licence, ...]
    sources: tuple[Source, ...]
    area_types: tuple[AreaType, ...]
    boundaries: tuple[Boundary, ...]
    releases: tuple[Release, ...]
    universes: tuple[Universe, ...]
    indicators: tuple[Indicator, ...]
    sections: tuple[Section, ...]
    fit: FitPlan
    places: tuple[PlaceLayer, ...] = ()
    streets: StreetPlan | None = None
    overlaps: tuple[Overlap, ...] = ()
    correspondences: tuple[Correspondence, ...] = ()
    breaks: tuple[Break, ...] = ()
    comparators: tuple[Comparator, ...] = ()
    peer_groups: tuple[PeerGroup, ...] = ()
    targets: tuple[Target, ...] = ()
    polarities: tuple[Polarity, ...] = ()
    stand_out: StandOut = field(default_factory=StandOut)
    reconciliations: tuple[Reconciliation, ...] = ()
    fictional: bool = False
    notice: Words | None = None
    text: str = ""
    """The recipe's own text, kept in the pack."""

    @property
    def cities(self) -> tuple[str, ...]:
        """Keys of the fixed areas that all are read against, the first one first."""
        return tuple(c.area for c in self.comparators if c.kind == CITY and c.area is not None)
