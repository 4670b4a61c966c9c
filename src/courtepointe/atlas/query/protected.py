"""Figures of protected releases: told only as far as no small count can be worked out.

Closed by default. Official areas are chosen once for a pack, the coarse before the fine. A drawn
or assembled area is only told to somebody who brings the list of all that was told before, and
gives back what it was told: without a list, figures of protected releases stay untold.
See ``docs/methods/small-counts.md``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np
import scipy.sparse as sp

from courtepointe.atlas.figures import Figure, Method, Status, Uncertainty
from courtepointe.atlas.fits import FitMethod
from courtepointe.atlas.query.areas import area_type_of
from courtepointe.atlas.query.fit import Members, exact_members
from courtepointe.atlas.query.kept import Kept
from courtepointe.atlas.query.plan import quantity_of
from courtepointe.atlas.query.units import UnitData
from courtepointe.atlas.query.values import Ledger, Told
from courtepointe.atlas.recipe.values import Protection
from courtepointe.core.aggregate import Quantity, Rule
from courtepointe.core.disclosure import tellable
from courtepointe.core.typing import Bools, Floats

CAUTION = "protected"


class Guard:
    """One protected release: its counts, what adds up in them, and what official areas tell.

    Counts are laid out variable after variable, each over all units: one audit sees that men are
    everybody less women, and that a quarter is a borough less its other quarters.
    """

    def __init__(self, kept: Kept, data: UnitData, rule: Protection) -> None:
        self._kept, self._data, self._rule = kept, data, rule
        self._n_units = data.block.known.shape[1]
        self._n_cells = len(data.rows) * self._n_units
        values = np.where(data.block.known, data.table.values, 0.0)
        self._counts: Floats = np.ascontiguousarray(values, dtype=np.float64).ravel()
        self._quantities = {
            indicator.code: quantity
            for indicator in kept.pack.recipe.indicators
            if (quantity := quantity_of(indicator, data.rows)) is not None
        }
        self.official, self._told = self._choose()

    @property
    def unit_type(self) -> str:
        """``TYPE:VINTAGE`` of the rows."""
        return self._data.table.area

    def may_tell(
        self, indicators: Sequence[str], members: Members, ledger: Ledger
    ) -> dict[str, bool]:
        """Say which figures of a drawn area may be told, all of those together."""
        asked, owner = [], []
        for code in indicators:
            rows = self._rows(self._quantities[code], members)
            asked += rows
            owner += [code] * len(rows)
        before = sp.vstack([self._told, *self._earlier(ledger)], format="csr")
        chosen = self._tellable(asked, before)
        return {
            code: all(ok for ok, whose in zip(chosen, owner, strict=True) if whose == code)
            for code in indicators
        }

    def told(self, indicator: str, members: Members) -> Told:
        """Write down what was told of a drawn area."""
        codes = self._kept.units(self.unit_type).codes(members.units)
        shares = tuple(members.shares.tolist())
        return Told(self._data.release.code, indicator, self.unit_type, codes, shares)

    def _earlier(self, ledger: Ledger) -> Iterator[sp.csr_matrix]:
        """Give the sums told before, as far as their units still exist."""
        places = {
            code: place for place, code in enumerate(self._kept.units(self.unit_type).table.codes)
        }
        for told in ledger.told:
            quantity = self._quantities.get(told.indicator)
            if told.release != self._data.release.code or quantity is None:
                continue
            known = [
                (places[c], s) for c, s in zip(told.codes, told.shares, strict=True) if c in places
            ]
            if known:
                units, shares = (np.array(column) for column in zip(*known, strict=True))
                yield from self._rows_over(quantity, units, shares)

    def _rows(self, quantity: Quantity, members: Members) -> list[sp.csr_matrix]:
        return self._rows_over(quantity, members.units, members.shares)

    def _rows_over(
        self, quantity: Quantity, units: np.ndarray, shares: np.ndarray
    ) -> list[sp.csr_matrix]:
        """Give what a figure tells: its count; for a share its two counts and those left."""
        above = self._row(quantity.numerator, units, shares)
        if quantity.rule is Rule.SUM:
            return [above]
        below = self._row(quantity.denominator, units, shares)
        return [below, above, below - above] if quantity.subset else [below, above]

    def _row(
        self, variables: tuple[int, ...], units: np.ndarray, shares: np.ndarray
    ) -> sp.csr_matrix:
        places = np.concatenate([variable * self._n_units + units for variable in variables])
        values = np.tile(shares.astype(np.float64), len(variables))
        zeros = np.zeros(places.size, dtype=np.int64)
        return sp.csr_matrix((values, (zeros, places)), shape=(1, self._n_cells))

    def _tellable(self, asked: list[sp.csr_matrix], before: sp.csr_matrix) -> Bools:
        if not asked:
            return np.zeros(0, dtype=np.bool_)
        matrix = sp.vstack(asked, format="csr")
        return tellable(matrix, self._counts, least=self._rule.least, told=before)

    def _choose(self) -> tuple[frozenset[tuple[str, int, str]], sp.csr_matrix]:
        """Choose what official areas tell: the coarse first, then the great before the small."""
        relations = [self._relation(whole, parts) for whole, parts in self._rule.sums.items()]
        before = sp.vstack([sp.csr_matrix((0, self._n_cells)), *relations], format="csr")
        asked, owner = [], []
        for area_type in sorted(self._rule.shown_on, key=self._order):
            for place, members in self._by_size(area_type):
                for code, quantity in self._quantities.items():
                    rows = self._rows(quantity, members)
                    asked += rows
                    owner += [(area_type, place, code)] * len(rows)
        chosen = self._tellable(asked, before)
        refused = {whose for ok, whose in zip(chosen, owner, strict=True) if not ok}
        kept = [row for row, ok in zip(asked, chosen, strict=True) if ok]
        return frozenset(owner) - refused, sp.vstack([before, *kept], format="csr")

    def _relation(self, whole: str, parts: tuple[str, ...]) -> sp.csr_matrix:
        """Write, for every unit, that the parts make the whole; only where that is true."""
        rows = self._data.rows
        matrix = sp.lil_matrix((self._n_units, self._n_cells))
        everything = np.arange(self._n_units)
        matrix[everything, rows[whole] * self._n_units + everything] = -1.0
        for part in parts:
            matrix[everything, rows[part] * self._n_units + everything] = 1.0
        relation = sp.csr_matrix(matrix)
        holds = np.abs(relation @ self._counts) < 0.5
        return sp.csr_matrix(relation[np.flatnonzero(holds)])

    def _order(self, area_type: str) -> tuple[int, str]:
        return area_type_of(self._kept.pack, area_type).order, area_type

    def _by_size(self, area_type: str) -> Iterator[tuple[int, Members]]:
        """Give the areas of a type with their units, by people from the most."""
        units = self._kept.units(self.unit_type)
        found = [
            (place, members)
            for place, members in enumerate(self._members(area_type))
            if members.units.size > 0
        ]
        people = {
            place: float((units.people[members.units] * members.shares).sum())
            for place, members in found
        }
        return iter(sorted(found, key=lambda one: (-people[one[0]], one[0])))

    def _members(self, area_type: str) -> Sequence[Members]:
        if area_type == self.unit_type:
            units = self._kept.units(area_type)
            every = range(len(units.table))
            return [exact_members(units, np.array([place], dtype=np.int64)) for place in every]
        return self._kept.division(self.unit_type, area_type, FitMethod.BEST_FIT).members


def guards(kept: Kept) -> Mapping[str, Guard]:
    """Give the guards of a pack by release."""

    def make() -> dict[str, Guard]:
        found = {}
        for release in kept.pack.recipe.releases:
            for held, area in kept.pack.release_tables:
                if held == release.code and release.protection is not None:
                    found[held] = Guard(kept, kept.data(held, area), release.protection)
        return found

    return kept.once("guards", make)


def is_protected(kept: Kept, figure: Figure) -> bool:
    """Tell whether a figure rests on a protected release and states something."""
    return figure.release is not None and figure.release in guards(kept) and _states(figure)


def _states(figure: Figure) -> bool:
    return figure.value is not None or figure.low is not None


def untold(figure: Figure) -> Figure:
    """Keep a figure back: what it is of, and why nothing is said."""
    return Figure(
        indicator=figure.indicator,
        value=None,
        unit=figure.unit,
        status=Status.SUPPRESSED,
        method=Method.NOT_COMPUTED,
        uncertainty=Uncertainty.NONE,
        coverage=figure.coverage,
        n_units=figure.n_units,
        n_units_missing=figure.n_units_missing,
        sources=figure.sources,
        release=figure.release,
        period=figure.period,
        cautions=(CAUTION,),
    )


def guarded_official(
    kept: Kept, area_type: str, place: int, figures: Sequence[Figure], *, as_drawn: bool
) -> tuple[Figure, ...]:
    """Keep back what an official area must not tell; as drawn, nothing protected is told."""
    return tuple(
        figure
        if not is_protected(kept, figure)
        or (
            not as_drawn
            and (area_type, place, figure.indicator) in guards(kept)[str(figure.release)].official
        )
        else untold(figure)
        for figure in figures
    )


def guarded_custom(
    kept: Kept,
    members_on: Callable[[str], Sequence[Members | None]],
    figures: Sequence[Figure],
    ledger: Ledger | None,
) -> tuple[Figure, ...]:
    """Keep back what a drawn or assembled area must not tell.

    Parameters
    ----------
    members_on : callable
        The units of the area on a type.
    ledger : Ledger or None
        All that was told before; None: nothing protected may be told.
    """
    answer = list(figures)
    for release, guard in guards(kept).items():
        places = {
            figure.indicator: place
            for place, figure in enumerate(figures)
            if figure.release == release and _states(figure)
        }
        members = members_on(guard.unit_type)[0] if ledger is not None and places else None
        allowed: dict[str, bool] = {}
        if ledger is not None and members is not None:
            allowed = guard.may_tell(tuple(places), members, ledger)
        for code, place in places.items():
            if not allowed.get(code, False):
                answer[place] = untold(figures[place])
    return tuple(answer)


def told_of(
    kept: Kept,
    members_on: Callable[[str], Sequence[Members | None]],
    figures: Sequence[Figure],
) -> tuple[Told, ...]:
    """Write down what the figures of a drawn area tell: to be brought along next time."""
    if not guards(kept):
        return ()
    found = []
    for figure in figures:
        if is_protected(kept, figure):
            guard = guards(kept)[str(figure.release)]
            members = members_on(guard.unit_type)[0]
            if members is not None:
                found.append(guard.told(figure.indicator, members))
    return tuple(found)
