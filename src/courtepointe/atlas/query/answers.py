"""The figures of one area, or of all areas of a type: the same rules in the same order.

An area's own row in a release comes first. Else its units are asked, release after release, until
one covers at least 90 % of its people; else the release that covers most. Medians come from bands
where any release has them, else as the range of the units' medians.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from courtepointe.atlas.figures import Figure, Status
from courtepointe.atlas.fits import FitMethod
from courtepointe.atlas.query.asides import asides
from courtepointe.atlas.query.compress import Batch, batches
from courtepointe.atlas.query.direct import direct_figures
from courtepointe.atlas.query.figures import FEW_UNITS, Basis, figure_of
from courtepointe.atlas.query.fit import Members
from courtepointe.atlas.query.kept import Kept
from courtepointe.atlas.query.places import PlaceFinder, counted_places
from courtepointe.atlas.query.plan import PLACES, Asked
from courtepointe.atlas.query.protected import guarded_custom, guarded_official, guards
from courtepointe.atlas.query.recalled import with_recalls
from courtepointe.atlas.query.values import Ledger
from courtepointe.atlas.recipe.values import Indicator
from courtepointe.core.aggregate import (
    COVERAGE_CAUTION,
    Estimate,
    Quantity,
    estimate_area,
    estimate_areas,
    membership,
)
from courtepointe.core.typing import Floats, Shapes

SLACK = 1e-9
FINAL = frozenset(
    {
        Status.PUBLISHED,
        Status.AGGREGATED,
        Status.SUPPRESSED,
        Status.UNRELIABLE,
        Status.NOT_APPLICABLE,
    }
)
"""A publisher's own word on an area that nothing else may replace."""


@dataclass(frozen=True, slots=True)
class Asking:
    """One area, or all areas of a type, about which figures are asked.

    Attributes
    ----------
    shapes : (n_areas,) shapely, metric CRS
        As each is drawn.
    unit_types : tuple of str
        Those that may stand for the areas, finest first.
    members_on : callable
        The units of each area on a type; None where none of them stands for it.
    own_type : str or None
        ``TYPE:VINTAGE`` of official areas: they may have rows of their own.
    own_rows : (n_areas,) tuple of int
        Their positions in the table of that type.
    as_drawn : bool
        Whether units that a limit crosses are split.
    ledger : Ledger or None
        What was told before of protected releases; None: nothing of them is told of this area.
    releases : frozenset of str or None
        The only releases that may answer; None: any.
    """

    shapes: Shapes
    unit_types: tuple[str, ...]
    members_on: Callable[[str], Sequence[Members | None]]
    own_type: str | None = None
    own_rows: tuple[int, ...] = ()
    as_drawn: bool = False
    ledger: Ledger | None = None
    releases: frozenset[str] | None = None

    def asks(self, release: str) -> bool:
        """Whether a release may answer."""
        return self.releases is None or release in self.releases


Question = tuple[str, int]
"""The code of an indicator, and the position of an area."""


class _Best:
    """The best answer so far to each question."""

    def __init__(self) -> None:
        self.figures: dict[Question, Figure] = {}
        self.coverage: dict[Question, float] = {}

    def wants(self, question: Question) -> bool:
        """Whether nothing yet covers enough."""
        return self.coverage.get(question, -1.0) < COVERAGE_CAUTION - SLACK

    def beats(self, question: Question, coverage: float) -> bool:
        """Whether an answer would cover more than what is kept."""
        return coverage > self.coverage.get(question, -1.0) + SLACK

    def keep(self, question: Question, figure: Figure, coverage: float) -> None:
        """Keep an answer."""
        self.figures[question] = figure
        self.coverage[question] = coverage

    def lacks(self, question: Question) -> bool:
        """Whether nothing was found, or nothing that stands."""
        figure = self.figures.get(question)
        return figure is None or figure.status not in FINAL

    def has_value(self, question: Question) -> bool:
        """Whether something is stated."""
        figure = self.figures.get(question)
        return figure is not None and figure.status.has_value


def answers(
    kept: Kept, asking: Asking, indicators: Sequence[Indicator]
) -> tuple[tuple[Figure, ...], ...]:
    """Give (n_areas,) tuples of (n_indicators,) figures."""
    areas = range(len(asking.shapes))
    from_cells = [i for i in indicators if i.aggregation != PLACES]
    best = _own_figures(kept, asking, from_cells)
    plan = kept.plan(asking.unit_types)
    every = {(indicator.code, area) for indicator in from_cells for area in areas}
    for asked in plan.asked:
        if asking.asks(asked.release):
            _ask(kept, asking, asked, best, every)
    _add_ranges(kept, asking, best, {question for question in every if best.lacks(question)})
    loaded = [i for i in indicators if i.aggregation == PLACES and i.code not in plan.filled_by]
    counted = counted_places(
        loaded,
        kept.finders,
        asking.shapes,
        coverage=lambda finder: place_coverage(kept, asking, finder),
    )
    for code, figures in counted.items():
        best.figures.update(((code, area), figure) for area, figure in enumerate(figures))
    return tuple(
        _guarded(
            kept,
            asking,
            area,
            tuple(best.figures.get((i.code, area), plan.nothing[i.code]) for i in indicators),
        )
        for area in areas
    )


def _guarded(
    kept: Kept, asking: Asking, area: int, figures: tuple[Figure, ...]
) -> tuple[Figure, ...]:
    """Keep back what protected releases must not tell: nothing leaves here without this."""
    figures = with_recalls(kept.pack.recipe, figures)
    if not guards(kept):
        return figures
    if asking.own_type is None:
        return guarded_custom(kept, asking.members_on, figures, asking.ledger)
    place = asking.own_rows[area]
    return guarded_official(kept, asking.own_type, place, figures, as_drawn=asking.as_drawn)


def place_coverage(kept: Kept, asking: Asking, finder: PlaceFinder) -> Floats:
    """Give the part of each area's people who live where a layer describes places: (n_areas,).

    Notes
    -----
    By the units that stand for the area: rivers and lakes count for nothing. An area without
    units is measured by its surface.
    """
    coverage = np.ones(len(asking.shapes))
    if finder.covers is None:
        return coverage
    units = kept.units(asking.unit_types[0])
    inside = kept.covered_units(finder.layer.code, asking.unit_types[0])
    found = asking.members_on(asking.unit_types[0])
    for area in range(len(asking.shapes)):
        its = found[area]
        if its is None or its.units.size == 0:
            coverage[area] = finder.covers_surface(asking.shapes[[area]])[0]
            continue
        people = units.weighing(its.units) * its.shares
        everyone = float(people.sum())
        covered = float(people[inside[its.units]].sum())
        coverage[area] = covered / everyone if everyone > 0.0 else inside[its.units].mean()
    return coverage


def _own_figures(kept: Kept, asking: Asking, indicators: Sequence[Indicator]) -> _Best:
    """Read areas' own rows: the first release with a value, else the first with a reason."""
    best = _Best()
    if asking.own_type is None:
        return best
    for data in kept.data_on(asking.own_type):
        if not asking.asks(data.release.code):
            continue
        rows = np.array(asking.own_rows, dtype=np.int64)
        wanted = [
            indicator
            for indicator in indicators
            if any(not best.has_value((indicator.code, area)) for area in range(rows.size))
        ]
        for indicator, figures in zip(wanted, direct_figures(data, wanted, rows), strict=True):
            for area, figure in enumerate(figures):
                _keep_own(best, (indicator.code, area), figure)
    return best


def _keep_own(best: _Best, question: Question, figure: Figure | None) -> None:
    if figure is None or figure.status not in FINAL or best.has_value(question):
        return
    if figure.status.has_value or question not in best.figures:
        best.keep(question, figure, 1.0)


def _add_ranges(kept: Kept, asking: Asking, best: _Best, questions: set[Question]) -> None:
    """Where no bands give a median, give the range of the units' medians."""
    ranges = _Best()
    for asked in kept.plan(asking.unit_types).ranges:
        if asking.asks(asked.release):
            _ask(kept, asking, asked, ranges, questions)
    for question, figure in ranges.figures.items():
        if figure.status.has_value or question not in best.figures:
            best.keep(question, figure, ranges.coverage[question])


def _ask(kept: Kept, asking: Asking, asked: Asked, best: _Best, questions: set[Question]) -> None:
    """Ask one release about the areas' units, for what no release covers well yet."""
    unanswered = {question for question in questions if best.wants(question)}
    codes, areas = {code for code, _ in unanswered}, sorted({area for _, area in unanswered})
    pairs = zip(asked.indicators, asked.quantities, strict=True)
    wanted = [(indicator, quantity) for indicator, quantity in pairs if indicator.code in codes]
    members = _members(asking, asked.unit_type, areas) if wanted else {}
    if not members:
        return
    chosen = batches(
        kept.data(asked.release, asked.unit_type),
        kept.levels(asked.release, asked.unit_type),
        list(members.values()),
        [quantity for _, quantity in wanted],
    )
    for batch in chosen:
        some = [wanted[place] for place in batch.places]
        _put(batch, some, members, best, unanswered)


def _put(
    batch: Batch,
    wanted: Sequence[tuple[Indicator, Quantity]],
    members: Mapping[int, Members],
    best: _Best,
    unanswered: set[Question],
) -> None:
    """Keep what the cells of a batch answer better than what there is."""
    quantities = [quantity for _, quantity in wanted]
    found = _estimates(batch, quantities)
    for (area, its), estimates, cells in zip(members.items(), found, batch.cells, strict=True):
        beside = asides(quantities, cells)
        few = its.fit.method is not FitMethod.EXACT and its.units.size < FEW_UNITS
        basis = Basis.of(cells, split=its.split, few=few)
        for (indicator, quantity), estimate, aside in zip(wanted, estimates, beside, strict=True):
            question = (indicator.code, area)
            covered = 0.0 if estimate.coverage is None else estimate.coverage
            if question in unanswered and best.beats(question, covered):
                figure = figure_of(indicator, quantity, estimate, aside=aside, basis=basis)
                best.keep(question, figure, covered)


def _members(asking: Asking, unit_type: str, areas: Sequence[int]) -> dict[int, Members]:
    """Give the units of the areas that have any."""
    found = asking.members_on(unit_type)
    members = ((area, found[area]) for area in areas)
    return {area: its for area, its in members if its is not None and its.units.size > 0}


def _estimates(batch: Batch, quantities: Sequence[Quantity]) -> list[tuple[Estimate, ...]]:
    """Estimate quantities for all areas, on the block of their units alone."""
    n_areas = len(batch.shares)
    if n_areas == 1:
        shares = np.ones(batch.block.n_units)
        shares[batch.columns[0]] = batch.shares[0]
        return [estimate_area(batch.block, quantities, shares=shares)]
    matrix = membership(
        area=np.repeat(np.arange(n_areas), [one.size for one in batch.columns]),
        unit=np.concatenate(batch.columns).astype(np.int64),
        share=np.concatenate(batch.shares),
        n_areas=n_areas,
        n_units=batch.block.n_units,
    )
    table = estimate_areas(batch.block, quantities, membership=matrix)
    return [table.of_area(area) for area in range(n_areas)]
