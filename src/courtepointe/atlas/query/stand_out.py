"""What stands out in an area: every comparable figure tested, false discoveries held."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from courtepointe.atlas.comparable import COMPARABLE, difference_of, estimate
from courtepointe.atlas.figures import Figure
from courtepointe.atlas.query.kept import Kept
from courtepointe.atlas.query.peer_values import (
    Among,
    Peers,
    PeerTable,
    Reading,
    Standing,
    StandsOut,
)
from courtepointe.atlas.query.peers import group_for, measures, peer_table, peers_of
from courtepointe.atlas.query.values import Compared, Portrait
from courtepointe.atlas.recipe.values import Indicator, Words
from courtepointe.atlas.recipe.values.comparison import CITY, PARENT
from courtepointe.core.errors import NoAnswer
from courtepointe.core.multiplicity import adjusted
from courtepointe.core.stand_out import LEAST_PEERS, among_peers, p_of_margin
from courtepointe.core.typing import Ints

SIZE = 3.0
"""An area this many times smaller than the smallest of a type, or larger than its largest, is not
tested among them: small areas differ more from each other than large ones do."""


def stands_out(kept: Kept, portrait: Portrait) -> StandsOut:
    """Test the figures of an area against its peers, and against all other areas of their type.

    Parameters
    ----------
    kept : Kept
    portrait : Portrait
        Compared with the city too: where it has no peers, it is tested against the city.

    Returns
    -------
    StandsOut
    """
    try:
        peers = peers_of(
            kept, portrait, group_for(kept, portrait, kept.pack.recipe.stand_out.group)
        )
    except NoAnswer:
        return StandsOut(_city(kept, portrait), "no_group")
    table = peer_table(kept, peers.group.area_type)
    if not _alike_in_size(kept, portrait, table):
        return StandsOut(_city(kept, portrait), "size")
    if len(peers.peers) < LEAST_PEERS:
        return StandsOut(_city(kept, portrait), "few")
    return StandsOut((_against_peers(kept, portrait, peers, table),
                      _against_others(kept, portrait, peers, table)))  # fmt: skip


def city_reading(
    figures: Sequence[Figure],
    compared: Sequence[Compared],
    indicators: Mapping[str, Indicator],
    *,
    rate: float,
) -> tuple[Reading, ...]:
    """Test figures against the first fixed area beside them; nothing where there is none.

    Notes
    -----
    The error of the difference alone is counted: nothing is known here of how areas differ. An
    area so tested stands out from the whole, and its neighbours may do so too.
    """
    first = next((one for one in compared if one.kind in (CITY, PARENT)), None)
    if first is None:
        return ()
    theirs = {figure.indicator: figure for figure in first.figures}
    kept_back: dict[str, list[str]] = {}
    pairs: list[tuple[Figure, Figure]] = []
    for figure in figures:
        indicator, other = indicators.get(figure.indicator), theirs.get(figure.indicator)
        if indicator is None or indicator.measure not in COMPARABLE:
            continue
        reason = _untestable(figure, other)
        if reason or other is None:
            kept_back.setdefault(reason, []).append(figure.indicator)
        else:
            pairs.append((figure, other))
    gaps = [difference_of(ours, other, contains=first.contains) for ours, other in pairs]
    least = adjusted(
        p_of_margin(np.array([gap.difference for gap in gaps], dtype=np.float64),
                    np.array([gap.margin or 0.0 for gap in gaps], dtype=np.float64))
    )  # fmt: skip
    tested = [
        Standing(ours, gap.difference, value, value, 1, p, p, p <= rate)
        for (ours, other), gap, p in zip(pairs, gaps, least.tolist(), strict=True)
        if (value := other.value) is not None
    ]
    untested = {reason: tuple(codes) for reason, codes in kept_back.items()}
    return (Reading(Among.CITY, first.name, "", 1, tuple(tested), untested, rate, first),)


def _untestable(figure: Figure, other: Figure | None) -> str:
    if figure.value is None:
        return "no_value"
    if not estimate(figure).error_known:
        return "error_unknown"
    if other is None or other.value is None or not estimate(other).error_known:
        return "others_unknown"
    return ""


def _city(kept: Kept, portrait: Portrait) -> tuple[Reading, ...]:
    recipe = kept.pack.recipe
    indicators = {one.code: one for one in recipe.indicators}
    return city_reading(portrait.figures, portrait.compared, indicators, rate=recipe.stand_out.rate)


def _alike_in_size(kept: Kept, portrait: Portrait, table: PeerTable) -> bool:
    if portrait.area.key is not None:
        return True
    fit, units = portrait.fit, kept.units(portrait.fit.unit_type)
    at = {code: place for place, code in enumerate(units.table.codes)}
    places = np.array([at[code] for code in fit.unit_codes], dtype=np.int64)
    people = float((units.weighing(places) * np.array(fit.unit_shares)).sum())
    lived_in = table.people[table.people > 0.0]
    if lived_in.size == 0:
        return False
    return bool(lived_in.min() / SIZE <= people <= lived_in.max() * SIZE)


def _against_peers(kept: Kept, portrait: Portrait, peers: Peers, table: PeerTable) -> Reading:
    rows = np.array([table.codes.index(one.key.code) for one in peers.peers], dtype=np.int64)
    chose = frozenset(one.indicator for one in peers.variables)
    return _reading(kept, portrait, table, rows, Among.PEERS, name=peers.group.name, chose=chose)


def _against_others(kept: Kept, portrait: Portrait, peers: Peers, table: PeerTable) -> Reading:
    """Test against all areas of the type that this one has nothing in common with."""
    own = portrait.area.key
    apart = {key.code for key in peers.overlapping} | ({own.code} if own is not None else set())
    rows = np.array([i for i, code in enumerate(table.codes) if code not in apart], dtype=np.int64)
    return _reading(kept, portrait, table, rows, Among.OTHERS, name=None, chose=frozenset())


def _reading(
    kept: Kept,
    portrait: Portrait,
    table: PeerTable,
    rows: Ints,
    among: Among,
    *,
    name: Words | None,
    chose: Iterable[str],
) -> Reading:
    held = {figure.indicator: figure for figure in portrait.figures}
    ours = tuple(held[code] for code in table.indicators)
    value, error, has_value, has_error = measures(ours)
    asked = np.array([code not in set(chose) for code in table.indicators])
    known = table.has_value[rows] & table.has_error[rows]
    told = among_peers(value, error, has_value & has_error & asked,
                       peers=(table.values[rows], table.errors[rows], known))  # fmt: skip
    places = np.flatnonzero(told.tested)
    least = dict(zip(places.tolist(), adjusted(told.p_value[places]).tolist(), strict=True))
    rate = kept.pack.recipe.stand_out.rate
    tested, kept_back = [], dict[str, list[str]]()
    for place, figure in enumerate(ours):
        if place not in least:
            reason = _why_not(figure, asked=bool(asked[place]))
            kept_back.setdefault(reason, []).append(figure.indicator)
            continue
        others = table.values[rows, place][known[:, place]]
        tested.append(
            Standing(
                figure,
                float(told.difference[place]),
                float(others.min()),
                float(others.max()),
                int(told.n_peers[place]),
                float(told.p_value[place]),
                least[place],
                least[place] <= rate,
            )
        )
    untested = {reason: tuple(codes) for reason, codes in kept_back.items()}
    return Reading(among, name, table.type_and_vintage, rows.size, tuple(tested), untested, rate)


def _why_not(figure: Figure, *, asked: bool) -> str:
    if figure.value is None:
        return "no_value"
    if not asked:
        return "chose_peers"
    return "others_unknown" if estimate(figure).error_known else "error_unknown"
